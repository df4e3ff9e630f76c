"""What the pages are written in is HTML as the W3C checker knows it: each page and each form with errors, of whoever
gets there. The checker (vnu-jar) is a Java program; it reads all of them in one go."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from cases.family import acts as family
from leerplicht.models import Guardian
from tests.house import scene as stage
from tests.house.route_table import ROUTES
from tests.house.test_routes import address

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CHECKER = Path(settings.BASE_DIR) / "node_modules/vnu-jar/build/dist/vnu.jar"
# The page of a dossier differs most from one reader to another.
BY_EACH = {"case"}


def wrong_in(folder: Path) -> list[str]:
    """The errors of the checker, each with the page and the piece of HTML."""
    command = ["java", "-jar", str(CHECKER), "--errors-only", "--format", "json", "--skip-non-html", str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False).stderr
    return [f"{Path(m['url']).stem}: {m['message']} {m.get('extract', '')!r}" for m in json.loads(told)["messages"]]


@pytest.fixture
def checker():
    if shutil.which("java") and CHECKER.exists():
        return
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail("no Java or no vnu-jar: run `make setup`")
    pytest.skip("no Java or no vnu-jar here: run `make setup`")


def pages(scene):
    """(name, HTML) of each page that somebody sees, and of each form that was sent empty."""
    for name, route in ROUTES.items():
        for method, door in (("GET", route.get), ("POST", route.post)):
            inside = [who for who in stage.PEOPLE if door and "in" in door[who].split()]
            for who in inside if name in BY_EACH and method == "GET" else inside[:1]:
                place = stage.PLACES[door[who].split().index("in")]
                with transaction.atomic():
                    response = scene.client(who).generic(
                        method,
                        address(scene, name, place),
                        "csrfmiddlewaretoken=x",
                        "application/x-www-form-urlencoded",
                    )
                    transaction.set_rollback(True)
                if response.get("Content-Type", "").startswith("text/html") and response.content:
                    yield f"{name} {method} {who}", response.content


FAMILY = ("dossier", "mening/plan", "document", "inzage", "rechten")


def family_pages(scene):
    """The pages of a mother who looks along, the forms that she sent empty, and the page where she came in."""
    case, world = scene.cases["own"], scene.world
    family.set_door(world.organisations["nieuwegein"], is_open=True, by=world.admin)
    mother = Guardian.objects.create(pupil=case.pupil, name="Fatima", relation="moeder", gezag="ja")
    done, client = family.invite(case, mother, by_mail=False, by=world.officer), Client()
    for path in ("", "code/"):
        yield f"family {path[:-1]} empty", client.post(f"/meekijken/{path}").content
    assert client.post("/meekijken/", {"code": done.code, "pin": done.pin}).status_code == 302
    for path in FAMILY:
        shown, sent = client.get(f"/meekijken/{path}/"), client.post(f"/meekijken/{path}/")
        assert shown.status_code == 200
        yield f"family {path.replace('/', ' ')} GET", shown.content
        if sent.content:
            yield f"family {path.replace('/', ' ')} POST", sent.content


def test_every_page_is_right_for_the_checker(scene, checker, tmp_path):
    seen = 0
    for name, content in (*pages(scene), *family_pages(scene)):
        seen += 1
        (tmp_path / f"{name}.html").write_bytes(content)
    assert seen > 250
    assert wrong_in(tmp_path) == []


def test_the_checker_sees_a_form_inside_a_span(checker, tmp_path):
    """The control: as it once stood on the page of a dossier."""
    head, body = (
        '<html lang="nl"><head><title>x</title></head>',
        "<body><p><span><form></form></span></p></body></html>",
    )
    page = f"<!DOCTYPE html>{head}{body}"
    (tmp_path / "x.html").write_text(page)
    assert wrong_in(tmp_path)
