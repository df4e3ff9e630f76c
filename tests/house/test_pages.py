"""Every page with everything in it: no variable that does not exist, nothing from elsewhere, headers pinned."""

import re
import sys

import pytest
from django.conf import settings
from django.template import Variable, VariableDoesNotExist, engines
from django.test import Client
from django.urls import reverse

from tests.house import scene as stage
from tests.house.route_table import PAPERS, ROUTES
from tests.house.test_routes import SENT, address

pytestmark = [pytest.mark.django_db, pytest.mark.once]


class Missing(str):
    """Stands in for what Django prints where a variable does not exist, and fails instead. Looking further than
    something empty (the handler of a dossier that has none) is fine: pages do that with `default`."""

    def __contains__(self, key):
        return key == "%s"

    def __mod__(self, variable: Variable):
        context = sys._getframe(1).f_locals["context"]
        for n in range(1, len(variable.lookups)):
            try:
                if Variable(".".join(variable.lookups[:n])).resolve(context) in (None, ""):
                    return ""
            except VariableDoesNotExist:
                break
        raise AssertionError(f"{{{{ {variable} }}}} does not exist in {context.template_name}")


@pytest.fixture
def strict(monkeypatch):
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", Missing("%s"))


def pages(scene, who):
    """Every page this person can see, looked at and sent back with errors."""
    client = scene.client(who)
    for name, route in ROUTES.items():
        if name in (*PAPERS, "involve-end"):
            continue
        for place in stage.PLACES[:2]:
            if route.get:
                yield name, client.get(address(scene, name, place))
            if route.post and route.sent in (200, 422):
                yield name, client.post(address(scene, name, place), SENT)


def test_the_alarm_itself_works(scene, strict):
    template = engines["django"].from_string("{{ case.bestaat_niet }}")
    with pytest.raises(AssertionError, match="bestaat_niet"):
        template.render({"case": scene.cases["own"]})


def test_a_closed_dossier_and_the_log_in_too(scene, strict, friday):
    client, case = scene.client("officer"), scene.cases["own"]
    client.post(reverse("case-close", args=[case.number]), {"result": "VERHUISD", "because": "weg"})
    assert client.get(reverse("case", args=[case.number])).status_code == 200
    for path in ("/inloggen/", "/dossiers/TZ-1/", "/inloggen/?next=/x/"):
        assert Client().get(path, follow=True).status_code == 200


@pytest.mark.parametrize("who", ["officer", "leader", "coordinator", "holder", "teacher", "region", "controller"])
def test_every_page_is_whole_of_this_house_only_and_kept_by_nobody(scene, strict, who):
    """No variable that does not exist; WB: no style or script inside the page, nothing from another host, one h1, a
    language and a title."""
    seen = 0
    for name, response in pages(scene, who):
        if "text/html" not in response.get("Content-Type", "") or response.status_code == 302:
            continue
        seen += response.status_code == 200
        body = response.content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", body), name
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', body), name
        assert len(re.findall(r"<h1[ >]", body)) == 1 and '<html lang="nl">' in body, name
        assert re.search(r"<title>\s*\S", body), name
        assert response["Cache-Control"] == "no-store", name
        assert "{{" not in body and "{%" not in body, name
    assert seen > 0


def test_the_headers_are_pinned(scene):
    response = scene.client("officer").get("/werkvoorraad/")
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'self'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    assert response["X-Frame-Options"] == "DENY" and response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin" and response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Permissions-Policy"] == "camera=(), geolocation=(), microphone=()"
    cookie = response.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_a_form_without_token_is_refused_in_dutch(scene):
    client = Client(enforce_csrf_checks=True)
    client.force_login(scene.world.users["officer"])
    for name, route in ROUTES.items():
        if route.post:
            response = client.post(address(scene, name, "shared"), {})
            assert response.status_code == 403 and "niet verstuurd" in response.content.decode(), name
