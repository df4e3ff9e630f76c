"""Every route against every role, in an own, a shared and a foreign dossier (AZ-01, AZ-02, WB-05)."""

import re
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from cases.dossier.queries import CaseQuerySet
from tests import world
from tests.house import scene as stage
from tests.house.route_table import PAPERS, ROUTES, WITHOUT_LOG_IN

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SENT = {"csrfmiddlewaretoken": "x"}
LOG_IN_ATTEMPTS = {"axes.AccessAttempt", "axes.AccessLog", "axes.AccessFailureLog"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


@pytest.fixture(autouse=True)
def papers(monkeypatch):
    """Who gets in is asked here; that papers are made, and what is in them, elsewhere."""
    monkeypatch.setattr("reporting.pdf.render._Child.__init__", lambda self: setattr(self, "done", 0))
    monkeypatch.setattr("reporting.pdf.render._Child.render", lambda self, paper, seconds: world.pdf())
    monkeypatch.setattr("reporting.pdf.render._Child.end", lambda self: None)


def patterns(nodes=None, prefix="") -> list[tuple[str, str, URLPattern]]:
    """Every route: name, address, pattern. The administration has its own door and its own test."""
    found = []
    for node in get_resolver().url_patterns if nodes is None else nodes:
        address = prefix + str(node.pattern)
        if isinstance(node, URLPattern):
            found.append((node.name, address, node))
        elif getattr(node, "namespace", None) != "admin":
            found += patterns(node.url_patterns, address)
    return found


PATTERNS = {name: pattern for name, _, pattern in patterns()}


def address(scene, name: str, place: str = "own") -> str:
    return reverse(name, kwargs=scene.arguments(name, PATTERNS[name].pattern.converters, place))


def ask(client, method: str, path: str) -> int:
    """The status of a request of which nothing stays."""
    with transaction.atomic():
        response = client.generic(method, path, "csrfmiddlewaretoken=x", "application/x-www-form-urlencoded")
        transaction.set_rollback(True)
    return response.status_code


def test_every_route_has_a_name_and_an_expectation():
    assert [a for name, a, _ in patterns() if not name] == []
    assert set(PATTERNS) == set(ROUTES) | set(WITHOUT_LOG_IN)
    assert len(patterns()) == len(PATTERNS), "two routes have the same name"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", ROUTES)
def test_each_role_gets_in_where_the_table_says(scene, name, method):
    route = ROUTES[name]
    door, inside = (route.get, route.shown) if method == "GET" else (route.post, route.sent)
    door = door or dict.fromkeys(stage.PEOPLE, "405 405 405 405")
    assert set(door) == set(stage.PEOPLE)
    answers = {}
    # An address without a dossier or row is the same in all places: one request tells it.
    places = stage.PLACES if PATTERNS[name].pattern.converters else stage.PLACES[:1]
    for who in stage.PEOPLE:
        client = scene.client(who)
        given = [ask(client, method, address(scene, name, place)) for place in places]
        answers[who] = given * (len(stage.PLACES) // len(places))
    expected = {who: [inside if s == "in" else int(s) for s in door[who].split()] for who in stage.PEOPLE}
    assert answers == expected


@pytest.mark.parametrize("name", ["case", "contact", "case-history", "refer", "pupil"])
def test_the_matrix_sees_a_scope_that_is_gone(scene, name, monkeypatch):
    """The control of the matrix: as if somebody forgot the scope."""
    monkeypatch.setattr(CaseQuerySet, "visible_to", lambda self, *args, **kwargs: self.all())
    assert ask(scene.client("officer"), "GET", address(scene, name, "foreign")) != 404


@pytest.mark.parametrize("name", ROUTES)
def test_without_log_in_there_is_only_the_log_in(scene, name):
    path = address(scene, name)
    looked, sent = Client().get(path), Client().post(path, {"text": "Lange tekst"})
    assert (looked.status_code, unquote(looked["Location"])) == (302, f"/inloggen/?next={path}")
    assert (sent.status_code, sent.templates[0].name) == (401, "core/login.html")


# Open to who knows a secret; the scene knows none.
BY_SECRET = {"agenda-feed"}


@pytest.mark.parametrize("name", WITHOUT_LOG_IN)
def test_what_is_open_to_anybody_tells_nothing(client, scene, name):
    path = address(scene, name)
    response = client.post(path) if name in ("logout", "along-leave") else client.get(path)
    assert response.status_code in ((404,) if name in BY_SECRET else (200, 302))
    assert not re.search(r"TZ-\d{4}|dossiers/", response.content.decode())


@pytest.mark.parametrize("name", [*ROUTES, *WITHOUT_LOG_IN])
def test_other_methods_than_declared_are_refused(scene, name):
    client = scene.client("officer") if name in ROUTES else Client()
    path = address(scene, name)
    declared = {
        "agenda-feed": ("GET", "HEAD"),
        "live": ("GET",),
        "ready": ("GET",),
        "login": ("GET", "POST"),
        "logout": ("POST",),
    }.get(name)
    declared = declared or PATTERNS[name].callback.methods
    for method in set(METHODS) - set(declared):
        assert ask(client, method, path) == 405, method


def in_case(name: str) -> bool:
    return "number" in PATTERNS[name].pattern.converters


def visitor(name: str) -> tuple[str, str]:
    """Who has a dossier of their own on this route, and where."""
    if name.startswith("enforcement"):
        return "boa", "own"
    return ("holder", "shared") if name == "decision-sign" else ("officer", "own")


def plain(response) -> tuple:
    """What a visitor can see of an answer, without what differs every time."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return response.status_code, body, {k: v for k, v in response.headers.items() if k != "Content-Length"}


@pytest.mark.parametrize("name", [n for n in ROUTES if in_case(n)])
def test_a_foreign_dossier_looks_like_one_that_does_not_exist(scene, name):
    client, method = scene.client(visitor(name)[0]), "get" if ROUTES[name].get else "post"
    foreign = address(scene, name, "foreign")
    number = scene.number_for(name, "foreign")
    missing = f"{number}-GEEN" if name.startswith("report") else re.sub(r"\d", "9", number)
    nothing = foreign.replace(number, missing)
    assert nothing != foreign
    answers = [plain(getattr(client, method)(path, SENT)) for path in (foreign, nothing)]
    assert answers[0] == answers[1]
    assert answers[0][0] == 404


# Another child beside that of the dossier, to join them or as a brother: any of the own gemeente, none of another.
BESIDE = {"join-preview", "sibling-said"}


@pytest.mark.parametrize(
    "name", [n for n in ROUTES if {"number", "pk"} <= set(PATTERNS[n].pattern.converters) or n == "fact-remove"]
)
def test_a_row_of_another_dossier_is_not_reached_through_the_own_one(scene, name):
    who, home = visitor(name)
    client, method = scene.client(who), "GET" if ROUTES[name].get else "POST"
    own = scene.arguments(name, PATTERNS[name].pattern.converters, home)
    for place in {"foreign"} if name in BESIDE else {"own", "shared", "foreign"} - {home}:
        path = reverse(name, kwargs=own | {"pk": scene.rows[place][name]})
        assert ask(client, method, path) == 404, place


def everything() -> dict[str, list]:
    """All rows of all tables, without what a look may write: the log, the session, and "seen"."""
    free = {"AuditEvent", "AuditSeal", "AuditSubject", "Session", "AccessLog", "AccessAttempt"}
    rows = {}
    for model in apps.get_models():
        if model.__name__ not in free:
            rows[model._meta.label] = list(model._base_manager.order_by("pk").values())
    for row in rows["cases.Assignment"]:
        row["seen_at"] = None
    return rows


@pytest.mark.parametrize("who", ["officer", "leader", "coordinator", "teacher", "region", "controller"])
def test_looking_changes_nothing(scene, who):
    client = scene.client(who)
    before = everything()
    for name, route in ROUTES.items():
        if route.get and name not in PAPERS:  # a paper is a line in a list
            client.get(address(scene, name, "shared"), {"verwijder": "1", "page": "2", "stand": "weg"})
    assert everything() == before


def admin_paths() -> list[str]:
    found = [n for n in get_resolver().url_patterns if getattr(n, "namespace", None) == "admin"]
    pages = [n for n in found[0].url_patterns if getattr(n, "name", "") not in ("login", "logout")]
    return ["/beheer/" + re.sub(r"<[^>]+>", "1", str(node.pattern)).removesuffix("$") for node in pages]


@pytest.mark.parametrize("who", [None, *(p for p in stage.PEOPLE if p != "admin")])
def test_the_administration_is_for_administrators(scene, who):
    client = scene.client(who) if who else Client()
    assert len(admin_paths()) > 3
    for path in admin_paths():
        response = client.get(path)
        assert response.status_code == 302 and "/beheer/login/" in response["Location"], path


def test_the_administration_holds_no_personal_data_of_children():
    shown = {model._meta.label for model in admin.site._registry}
    assert shown - LOG_IN_ATTEMPTS == {
        "core.User",
        "core.Organisation",
        "core.OrganisationLink",
        "core.Membership",
        "leerplicht.School",
        "leerplicht.SchoolBoard",
        "leerplicht.PostcodeArea",
        "leerplicht.Municipality",
        "cases.RegionTerm",
    }
