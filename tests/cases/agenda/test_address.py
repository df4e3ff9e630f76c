"""The secret address: made, renewed, stopped; what does not work looks like what was never there."""

import json
import logging
import re
import runpy
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from cases.agenda.acts import end_unused, make_address, stop
from cases.agenda.models import CalendarFeed
from cases.agenda.queries import hash_of
from cases.nightly import run_due
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.users import User
from thuiszitters.core.sealed.secrets import keyed_hash
from thuiszitters.logs import before_send
from thuiszitters.settings import BASE_DIR

TODAY = date(2026, 11, 20)


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def token(lekstroom, friday) -> str:
    return make_address(by=again(lekstroom.officer))


def get(token: str, **about):
    return Client().get(f"/agenda/{token}.ics", **about)


def address_on(page) -> str:
    return re.search(r">http[^<]+/agenda/([^<]+)\.ics<", page.content.decode())[1]


class TestThePage:
    def test_an_address_is_shown_once_and_works(self, lekstroom, friday, as_user):
        officer = as_user("officer")
        assert "U heeft nog geen adres" in officer.get("/agenda/").content.decode()
        made = officer.post("/agenda/adres/")
        token = address_on(made)
        assert get(token).status_code == 200 and len(token) * 6 >= 256 - 6
        for page in (officer.get("/agenda/"), officer.get("/vandaag/")):
            assert token not in page.content.decode()
        assert "no-store" in made["Cache-Control"]

    def test_a_new_one_stops_the_old_one_at_once(self, lekstroom, friday, as_user):
        officer = as_user("officer")
        first, second = (address_on(officer.post("/agenda/adres/")) for _ in range(2))
        assert first != second
        assert (get(first).status_code, get(second).status_code) == (404, 200)
        assert CalendarFeed.objects.count() == 1

    def test_it_is_stopped(self, lekstroom, friday, as_user):
        officer = as_user("officer")
        token = address_on(officer.post("/agenda/adres/"))
        assert officer.post("/agenda/stoppen/").url == "/agenda/"
        assert get(token).status_code == 404 and not CalendarFeed.objects.exists()
        page = officer.get("/agenda/").content.decode()
        assert "Uw adres is gestopt." in page and "U heeft nog geen adres" in page
        assert officer.post("/agenda/stoppen/").status_code == 302  # a second click

    def test_one_person_does_not_touch_the_address_of_another(self, lekstroom, friday, as_user, token):
        as_user("leader").post("/agenda/stoppen/")
        as_user("leader").post("/agenda/adres/")
        assert get(token).status_code == 200

    def test_it_says_when_it_was_fetched_last(self, lekstroom, friday, as_user, token):
        assert "nog niet" in as_user("officer").get("/agenda/").content.decode()
        get(token)
        page = as_user("officer").get("/agenda/").content.decode()
        assert re.search(r"Laatst opgehaald op</dt>\s*<dd>\s*20 november 2026", page)

    def test_today_leads_there(self, lekstroom, friday, as_user):
        assert 'href="/agenda/"' in as_user("holder").get("/vandaag/").content.decode()
        assert 'href="/agenda/"' not in as_user("region").get("/vandaag/").content.decode()


class TestWhatDoesNotWork:
    def end_role(self, user):
        Membership.objects.filter(user=user).update(valid_until=TODAY - timedelta(days=1))

    def block(self, user):
        User.objects.filter(pk=user.pk).update(is_active=False)

    def stop(self, user):
        CalendarFeed.objects.filter(user=user).delete()

    def renew(self, user):
        make_address(by=again(user))

    def other_role(self, user):
        Membership.objects.filter(user=user).update(role="regio")

    @pytest.mark.parametrize("how", ["end_role", "block", "stop", "renew", "other_role"])
    def test_is_like_what_was_never_there(self, lekstroom, token, how, django_assert_num_queries):
        assert get(token).status_code == 200
        getattr(self, how)(lekstroom.officer)
        with django_assert_num_queries(1):
            gone = get(token)
        with django_assert_num_queries(1):
            never = get("a" * len(token))
        assert gone.status_code == never.status_code == 404
        assert (gone.content, dict(gone.headers)) == (never.content, dict(never.headers))

    def test_a_part_of_it_is_not_enough(self, lekstroom, token):
        for wrong in (token[:-1], token + "a", token.swapcase(), hash_of(token), "%00", "é", "a" * 5000):
            assert get(wrong).status_code == 404, wrong

    def test_who_comes_back_gets_the_address_back_only_before_the_night(self, lekstroom, token):
        self.block(lekstroom.officer)
        User.objects.update(is_active=True)
        assert get(token).status_code == 200
        self.block(lekstroom.officer)
        run_due(TODAY)
        User.objects.update(is_active=True)
        assert get(token).status_code == 404

    @pytest.mark.parametrize(
        ("made", "used", "gone"),
        [(90, None, False), (91, None, True), (400, 90, False), (400, 91, True), (91, 91, True)],
    )
    def test_what_nobody_uses_ends_in_the_night(self, lekstroom, token, made, used, gone):
        used_on = None if used is None else TODAY - timedelta(days=used)
        CalendarFeed.objects.update(made_on=TODAY - timedelta(days=made), last_used_on=used_on)
        assert end_unused(TODAY) == int(gone)
        assert CalendarFeed.objects.exists() != gone
        assert AuditEvent.objects.filter(action="agenda_ended", detail__owner=lekstroom.officer.pk).exists() == gone

    def test_who_sees_no_dossiers_makes_none(self, lekstroom, friday):
        for act in (make_address, stop):
            with pytest.raises(PermissionDenied):
                act(by=again(lekstroom.region))


class TestTheAnswer:
    def test_it_is_kept_nowhere_and_sets_nothing(self, token):
        for response in (get(token), get("niets")):
            assert response["Cache-Control"] == "private, no-store" and response["Referrer-Policy"] == "no-referrer"
            assert response["X-Robots-Tag"] == "noindex" and response["X-Content-Type-Options"] == "nosniff"
            assert not response.cookies and "Vary" not in response
        response = get(token)
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        assert response["Content-Disposition"] == 'attachment; filename="thuiszitters.ics"'

    def test_it_makes_no_session_last_longer(self, lekstroom, token, as_user):
        officer = as_user("officer")
        before = list(Session.objects.values())
        response = officer.get(f"/agenda/{token}.ics")
        assert response.status_code == 200 and not response.cookies
        assert list(Session.objects.values()) == before

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_it_is_only_to_be_read(self, token, method):
        response = getattr(Client(enforce_csrf_checks=True), method)(f"/agenda/{token}.ics")
        assert response.status_code == 405 and not response.cookies

    def test_looking_changes_nothing_but_the_day_of_use(self, lekstroom, token):
        looks = AuditEvent.objects.count()
        for _ in range(2):
            get(token)
        assert AuditEvent.objects.count() == looks
        assert CalendarFeed.objects.get().last_used_on == TODAY


class TestWhatIsWritten:
    def test_of_the_address_a_keyed_hash_alone(self, token):
        row = CalendarFeed.objects.get()
        assert row.token_hash == hash_of(token) == keyed_hash(f"agenda:{token}") and token not in str(vars(row))

    def test_making_renewing_and_stopping_are_acts(self, lekstroom, token):
        user = again(lekstroom.officer)
        make_address(by=user)
        stop(by=user)
        rows = AuditEvent.objects.filter(action__startswith="agenda_").order_by("pk")
        assert [row.action for row in rows] == ["agenda_made", "agenda_renewed", "agenda_stopped"]
        assert {row.user_id for row in rows} == {user.pk}
        assert not any(token in json.dumps(row.detail) for row in rows)

    def test_no_log_no_address(self, lekstroom, token, monkeypatch):
        """An address of which nothing is written is not made, and the old one still works."""
        monkeypatch.setattr("cases.agenda.acts.log_event", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            make_address(by=again(lekstroom.officer))
        assert get(token).status_code == 200

    def test_no_line_of_the_application_names_it(self, token, written_log, monkeypatch):
        get(token)
        get("GEHEIM-mis")
        Client().get("/agenda/GEHEIM-zonder-punt")
        monkeypatch.setattr("cases.agenda.views.feed_of", lambda *args: {}[f"/agenda/{token}.ics"])
        client = Client(raise_request_exception=False)
        assert client.get(f"/agenda/{token}.ics").status_code == 500
        written = written_log.getvalue()
        assert "request_finished" in written and "KeyError" in written and "Not Found: /agenda/-" in written
        assert token not in written and "GEHEIM" not in written

    def test_nor_what_goes_to_sentry(self, token):
        path = f"/agenda/{token}.ics"
        event = {
            "request": {"url": f"https://voorbeeld.test{path}", "headers": {"Referer": path}},
            "breadcrumbs": {"values": [{"message": f"Not Found: {path}", "data": (path, 3)}]},
        }
        assert token not in json.dumps(before_send(event, {})) and "voorbeeld.test" in str(before_send(event, {}))


class TestTheServersInFront:
    @pytest.fixture
    def logger(self):
        gunicorn = pytest.importorskip("gunicorn.config")
        made = runpy.run_path(str(BASE_DIR / "deploy" / "gunicorn.conf.py"))
        config = gunicorn.Config()
        for name in ("logger_class", "accesslog", "access_log_format"):
            config.set(name, made[name])
        return config.logger_class(config)

    def test_gunicorn_writes_no_address(self, logger, token, caplog):
        path = f"/agenda/{token}.ics"
        environ = {"REQUEST_METHOD": "GET", "RAW_URI": path, "SERVER_PROTOCOL": "HTTP/1.1", "PATH_INFO": path}
        answer, asked = SimpleNamespace(status="200 OK", headers=[], sent=3), SimpleNamespace(headers=[])
        for log in (logger.access_log, logger.error_log):
            log.addHandler(caplog.handler)
        logger.access(answer, asked, environ, timedelta(0))
        logger.error("Error handling request %s", path)
        try:
            raise ValueError
        except ValueError:
            logger.exception("Error handling request %s", path)
        for log in (logger.access_log, logger.error_log):
            log.removeHandler(caplog.handler)
        assert caplog.text.count("/agenda/-") == 3 and token not in caplog.text

    def test_other_lines_stay_as_they_are(self, logger, caplog):
        logger.error_log.addHandler(caplog.handler)
        logger.error("Worker %s ended", 3)
        logger.error_log.removeHandler(caplog.handler)
        assert "Worker 3 ended" in caplog.text and logger.error_log.level <= logging.ERROR

    @pytest.mark.parametrize(
        ("address", "written"),
        [("/agenda/geheim.ics", "/"), ("/zoeken/?q=jansen", "/zoeken/"), ("/dossiers/3/", "/dossiers/3/")],
    )
    def test_caddy_writes_no_address(self, address, written):
        """Its rule, as Python reads it: RE2 reads this one in the same way."""
        (rule,) = re.findall(r"request>uri regexp `(.+)` \"\"", (BASE_DIR / "deploy" / "Caddyfile").read_text())
        assert re.sub(rule, "", address) == written


def test_a_day_is_a_day_here(lekstroom, token):
    """Shortly after midnight it is tomorrow in Amsterdam and yesterday in Greenwich."""
    with time_machine.travel("2026-11-21 00:30:00+01:00"):
        get(token)
        assert CalendarFeed.objects.get().last_used_on == timezone.localdate() == date(2026, 11, 21)
