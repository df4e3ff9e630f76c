"""The code keeps to the house: scoping in views, layers, migrations, settings, commands and the drawing of states."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands
from django.test import Client

from cases.management.commands import states
from thuiszitters.celery import app
from thuiszitters.core.people.users import User

ROOT = Path(settings.BASE_DIR)
FLOORS = ("thuiszitters/core", "leerplicht", "cases", "reporting")
VIEW_MODULES = sorted(
    path for floor in FLOORS for pattern in ("views/*.py", "views.py") for path in (ROOT / floor).rglob(pattern)
)
SCOPES = {
    "adrift_for",
    "visible_to",
    "to_answer_by",
    "to_review_by",
    "asked_by_side_of",
    "asked_of",
    "editable_by",
    "unread_for",
    "none",
}
# Models that hold nothing about a child, and the bare starts that are right, each with its reason.
NO_CHILD = {"Municipality", "School", "SchoolFile", "Organisation", "OrganisationLink", "User", "Absence"}
PINNED = {
    ("cases/messages/views.py", "Digest"): "the choice of the user",
    ("cases/worklist/views/lists.py", "SavedFilter"): "of the user",
    ("cases/worklist/views/lists.py", "Case"): "whether the user has own dossiers, no more",
    ("cases/intake/views/uploads.py", "ImportFile"): "of the organisations of the user",
    ("cases/today/views.py", "Job"): "work of the machine, for who administers",
    ("cases/redivision/views.py", "Redivision"): "of gemeenten, in numbers, for who administers",
    ("cases/intake/views/uploads.py", "Job"): "of a file that came through the scope",
    ("cases/takeover/views.py", "Job"): "of a file that came through the scope",
    (
        "cases/sharing/views/emergency.py",
        "Case",
    ): "the emergency procedure opens what is not one's own, with a reason and a row in the log",
}
OWNERS = {"case", "pupil", "user", "decision__case"}


def bare_starts(path: Path) -> set[str]:
    """Models that a module queries without a scope: `X.objects.filter(...)`, `get_object_or_404(X, pk=...)`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found, scoped = set(), set()
    models = {m.__name__ for m in apps.get_models()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in SCOPES:
            scoped.add(id(node.value))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "get_object_or_404":
            first, given = node.args[0], {k.arg for k in node.keywords}
            if isinstance(first, ast.Name) and first.id in models and not given & OWNERS:
                found.add(first.id)
    for node in ast.walk(tree):
        managers = ("objects", "_default_manager", "_base_manager")
        if isinstance(node, ast.Attribute) and node.attr in managers and id(node) not in scoped:
            name = getattr(node.value, "id", "")
            if name in models:
                found.add(name)
    return found - NO_CHILD


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", VIEW_MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_view_starts_from_what_the_user_may_see(path):
    assert {name for name in bare_starts(path) if (place(path), name) not in PINNED} == set()


def test_every_pinned_start_still_exists():
    used = {(place(path), name) for path in VIEW_MODULES for name in bare_starts(path)}
    assert set(PINNED) <= used


def test_the_reader_of_views_sees_a_bare_start(tmp_path):
    file = tmp_path / "views.py"
    lines = ["Case.objects.filter(pk=1)", "Case.objects.visible_to(user)", "Note.objects.visible_to(user)"]
    file.write_text("\n".join([*lines, "get_object_or_404(Task, pk=1)", "get_object_or_404(Contact, case=case)"]))
    assert bare_starts(file) == {"Case", "Task"}


def run(*command: str, **env) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, **env})


def test_the_floors_import_in_one_direction():
    done = run(str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache")
    assert done.returncode == 0, done.stdout
    assert "5 kept, 0 broken" in done.stdout


def test_no_signals():
    """Upper floors pull rows; nothing happens behind the back of a service."""
    for floor in FLOORS:
        for path in (ROOT / floor).rglob("*.py"):
            assert not re.search(r"@receiver\b|(post|pre)_(save|delete)\b", path.read_text(encoding="utf-8")), path


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_settings_of_production_pass_the_checks_of_django():
    safe = {
        "DEBUG": "False",
        "HTTPS": "True",
        "SECRET_KEY": "Zk3" + "vQ9x-" * 12,
        "ALLOWED_HOSTS": "voorbeeld.test",
        "SITE_ADDRESS": "voorbeeld.test",
    }
    keys = {"PGN_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", "PGN_HASH_KEY": "y" * 40}
    # Browser tests in the same process allow themselves what a server must not.
    database = {
        "DATABASE_URL": "sqlite://:memory:",
        "DJANGO_SETTINGS_MODULE": "thuiszitters.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "",
    }
    done = run(
        sys.executable,
        "-W",
        "ignore",
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        **safe,
        **keys,
        **database,
    )
    # W021: to be on the list of browsers for ever is for the owner of the domain to decide.
    assert set(re.findall(r"\(([a-z]+\.[EWC]\d+)\)", done.stderr)) == {"security.W021"}, done.stderr


@pytest.mark.django_db
def test_a_session_ends_after_half_an_hour_and_no_script_reads_its_cookies(client):
    client.force_login(User.objects.create_user("iemand@voorbeeld.test"))
    session, token = client.get("/").cookies["sessionid"], Client().get("/inloggen/").cookies["csrftoken"]
    assert (session["max-age"], session["httponly"], token["httponly"]) == (1800, True, True)


@pytest.mark.django_db
def test_a_form_of_more_than_five_megabytes_is_refused(client):
    size = 5 * 1024 * 1024
    assert client.post("/inloggen/", {"username": "x" * (size - 1000)}).status_code == 200
    assert client.post("/inloggen/", {"username": "x" * (size + 1000)}).status_code == 400


def test_a_worker_that_is_lost_gives_its_work_back():
    """As the workers read it, not as the settings say it (ADR 0007)."""
    assert (app.conf.task_acks_late, app.conf.task_reject_on_worker_lost, app.conf.task_ignore_result) == (True,) * 3


def test_a_task_ends_before_the_queue_gives_it_to_another():
    assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] > settings.CELERY_TASK_TIME_LIMIT


def test_every_command_in_the_readme_exists_and_every_own_command_is_told():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = set(re.findall(r"manage\.py ([a-z_]+)", readme))
    own = {name for name, app in get_commands().items() if app.split(".")[0] in ("thuiszitters", *FLOORS)}
    assert told <= set(get_commands())
    assert own <= told
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make ([a-z-]+)`?", readme):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_drawing_of_the_states_is_that_of_the_code():
    assert states.FILE.read_text(encoding="utf-8") == states.page(), "run: manage.py states --write"


def test_the_command_draws_and_writes(monkeypatch, tmp_path, capsys, settings):
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(states, "FILE", tmp_path / "states.md")
    call_command("states")
    assert capsys.readouterr().out.startswith("stateDiagram-v2")
    call_command("states", write=True)
    assert (tmp_path / "states.md").read_text(encoding="utf-8") == states.page()


PAPERS = [p for p in (ROOT / "templates" / "reporting").rglob("*.html") if "base.html" not in p.read_text()]
PAPERS = [p for p in PAPERS if "case_base.html" not in p.read_text()] + [ROOT / "templates/components/chart.html"]


@pytest.mark.parametrize("template", PAPERS, ids=lambda path: path.name)
def test_no_value_stands_where_a_paper_would_fetch_it(template):
    """IN-04: escaping does not help inside a style or an address, so nothing that comes from rows stands there."""
    text = template.read_text()
    assert "<style" not in text and not re.search(r"""\b(style|href|src|data|srcset)\s*=\s*["'][^"']*{[{%]""", text)
