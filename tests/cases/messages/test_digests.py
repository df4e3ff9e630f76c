"""The mail that something waits, through a real mail server: when, to whom, once, and without a word about anybody."""

import asyncio
import logging
import re
import socket
from datetime import date, datetime
from email import message_from_bytes, policy
from threading import Barrier, Thread

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from cases.dossier.models import Case, Task
from cases.messages import acts as digests
from cases.messages.acts import deliver, due, send_due
from cases.messages.models import Digest, DigestSent
from cases.messages.slots import DAILY, HERE, OFF, WEEKLY, is_working_time, slot_of
from cases.nightly import run_due
from tests import world
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.users import User

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=HERE)
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=HERE)


class Post:
    """The mail server: keeps what it took, and answers `answers` first."""

    def __init__(self):
        self.taken, self.answers = [], []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (as the server calls it)
        answer = self.answers.pop(0) if self.answers else ""
        if answer == "hang up":  # taken, and then the line breaks
            self.taken.append(envelope)
            server.transport.abort()
            await asyncio.sleep(0)
            return "250 OK"
        if not answer:
            self.taken.append(envelope)
        return answer or "250 OK"

    @property
    def receivers(self) -> list[str]:
        return sorted(address for envelope in self.taken for address in envelope.rcpt_tos)


def free_port() -> int:
    with socket.socket() as there:
        there.bind(("127.0.0.1", 0))
        return there.getsockname()[1]


@pytest.fixture
def post(settings):
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # what the server itself tells is not our log
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield post
    controller.stop()


@pytest.fixture
def case(lekstroom, friday, post) -> Case:
    """Something waits for the officer; daily, so that any working day will do."""
    child = world.pupil(first_names="Kanarie", last_name="Geelvink")
    case = world.open_case(child, lekstroom.schools["99AA00"])
    Case.objects.filter(pk=case.pk).update(handler=lekstroom.officer)
    Task.objects.create(case=case, title="Bel Geelvink", owner=lekstroom.officer, due_on=friday)
    User.objects.update(date_joined=datetime(2026, 1, 1, tzinfo=HERE))
    choose(lekstroom.officer, DAILY)
    return case


def choose(user, frequency, on=date(2026, 1, 1)):
    Digest.objects.update_or_create(user=user, defaults={"frequency": frequency, "changed_on": on})


def state() -> tuple[str, int]:
    row = DigestSent.objects.get()
    return row.state, row.tries


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        ("2026-11-20T03:00+01:00", False),
        ("2026-11-20T07:59+01:00", False),
        ("2026-11-20T08:00+01:00", True),
        ("2026-11-20T16:59+01:00", True),
        ("2026-11-20T17:00+01:00", False),
        ("2026-11-21T10:00+01:00", False),
        ("2026-04-27T10:00+02:00", False),
        ("2026-12-25T10:00+01:00", False),
        ("2026-05-05T10:00+02:00", False),
        # The Mondays after the clock was changed, and a clock that speaks UTC.
        ("2026-03-29T10:00+02:00", False),
        ("2026-03-30T06:00+00:00", True),
        ("2026-03-30T15:00+00:00", False),
        ("2026-10-26T06:59+00:00", False),
        ("2026-10-26T07:00+00:00", True),
        ("2026-10-26T15:59+00:00", True),
    ],
)
def test_working_hours(moment, works):
    assert is_working_time(datetime.fromisoformat(moment)) == works


@pytest.mark.parametrize(
    ("frequency", "today", "slot"),
    [
        (DAILY, "2026-11-18", "2026-11-18"),
        (WEEKLY, "2026-11-16", "2026-11-16"),
        (WEEKLY, "2026-11-20", "2026-11-16"),
        # Easter Monday and Koningsdag on a Monday: the week begins on Tuesday.
        (WEEKLY, "2026-04-07", "2026-04-07"),
        (WEEKLY, "2026-04-29", "2026-04-28"),
        (OFF, "2026-11-16", None),
    ],
)
def test_slots(frequency, today, slot):
    assert slot_of(frequency, date.fromisoformat(today)) == (slot and date.fromisoformat(slot))


class TestTheMail:
    def test_says_how_much_and_nothing_about_anybody(self, case, lekstroom, post, written_log):
        assert send_due(FRIDAY) == 1
        (envelope,) = post.taken
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert (mail["Subject"], mail["To"]) == ("Er wacht iets op u in Thuiszitters", "officer@voorbeeld.test")
        assert mail["Auto-Submitted"] == "auto-generated" and mail.get_content_type() == "text/plain"
        assert mail["Message-ID"].endswith("@thuiszitters.voorbeeld.test>")
        text = mail.get_content()
        assert "- In 1 dossier van u is een termijn voorbij." in text and "Mijn berichten" in text
        assert re.findall(r"https?://\S+", text) == ["https://thuiszitters.voorbeeld.test/vandaag/"]
        private = r"Kanarie|Geelvink|Mila|Officier|Nieuwegein|Lindeboom|TZ-|\d{8}"
        assert not re.search(private, mail["Subject"] + text)
        assert not re.search("Kanarie|Geelvink|officer@", written_log.getvalue())
        event = AuditEvent.objects.get(action="digest_sent")
        assert (event.pupil_ids, event.detail) == ([], {"receiver": lekstroom.officer.pk, "tries": 1})

    def test_nothing_waits_no_mail_and_not_later_that_day_either(self, case, lekstroom, post):
        choose(lekstroom.leader, DAILY)
        send_due(FRIDAY)
        Task.objects.create(case=case, title="x", owner=lekstroom.leader, due_on=FRIDAY.date())
        assert send_due(FRIDAY) == 0
        assert post.receivers == ["officer@voorbeeld.test"]

    @pytest.mark.parametrize("hour", [0, 3, 5, 7, 17, 23])
    def test_not_at_night(self, case, post, hour):
        assert send_due(FRIDAY.replace(hour=hour)) == 0
        assert post.taken == [] and not DigestSent.objects.exists()

    def test_the_nightly_round_makes_no_mail(self, case, post, friday):
        run_due(friday)
        assert post.taken == []


class TestTheChoice:
    def test_off(self, case, lekstroom, post):
        choose(lekstroom.officer, OFF)
        assert send_due(FRIDAY) == 0 and post.taken == []

    def test_weekly_once_in_the_week_and_made_up_for_after_a_standstill(self, case, lekstroom, post):
        choose(lekstroom.officer, WEEKLY)
        assert [send_due(MONDAY), send_due(MONDAY), send_due(FRIDAY)] == [1, 0, 0]
        DigestSent.objects.all().delete()
        assert [send_due(FRIDAY), send_due(FRIDAY)] == [1, 0]
        assert set(DigestSent.objects.values_list("day", flat=True)) == {MONDAY.date()}

    def test_without_a_choice_weekly(self, case, lekstroom, post):
        Digest.objects.all().delete()
        assert [send_due(MONDAY), send_due(FRIDAY)] == [1, 0]

    def test_a_new_choice_brings_no_mail_for_a_week_that_runs(self, case, lekstroom, post):
        choose(lekstroom.officer, WEEKLY, on=date(2026, 11, 18))
        assert send_due(FRIDAY) == 0
        assert send_due(MONDAY.replace(day=23)) == 1

    def test_daily_each_day(self, case, post):
        assert [send_due(MONDAY), send_due(MONDAY.replace(day=17)), send_due(MONDAY.replace(day=17))] == [1, 1, 0]

    def test_on_the_page(self, lekstroom, friday, as_user):
        client = as_user("officer")
        assert 'value="week"' in client.get("/berichten/").content.decode()
        assert client.post("/berichten/", {"frequency": "dag"}).status_code == 302
        assert client.post("/berichten/", {"frequency": "elk uur"}).status_code == 422
        row = Digest.objects.get()
        assert (row.user, row.frequency, row.changed_on) == (lekstroom.officer, "dag", friday)
        assert AuditEvent.objects.filter(action="digest_saved", user_id=lekstroom.officer.pk).count() == 1
        assert "/berichten/" in client.get("/wachtwoord/").content.decode()
        assert "/berichten/" not in as_user("region").get("/wachtwoord/").content.decode()


@pytest.mark.parametrize("lose", ["blocked", "role", "off", "dossier"])
def test_rights_are_those_of_the_moment_of_sending(case, lekstroom, post, lose):
    """Lost after the round had made its list."""
    officer, today, line = lekstroom.officer, FRIDAY.date(), digests.Line()
    assert officer.pk in due(today)
    if lose == "blocked":
        User.objects.filter(pk=officer.pk).update(is_active=False)
    elif lose == "role":
        Membership.objects.filter(user=officer).update(valid_until=date(2026, 11, 19))
    elif lose == "off":
        choose(officer, OFF)
    else:
        Case.objects.filter(pk=case.pk).update(state="afgesloten", closed_on=today, result="VERHUISD")
    assert deliver(officer.pk, today, line) is False
    assert post.taken == []


class TestWhatGoesWrong:
    def test_no_server_costs_no_try(self, case, post, settings, written_log):
        port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
        assert [send_due(FRIDAY) for _ in range(5)] == [0] * 5
        assert not DigestSent.objects.filter(state__in=["bezig", "wacht", "mislukt"]).exists()
        assert "mail_server_unreachable" in written_log.getvalue()
        settings.EMAIL_PORT = port
        assert send_due(FRIDAY) == 1 and len(post.taken) == 1

    def test_a_refused_mail_is_tried_three_times_and_parked(self, case, post, written_log):
        Digest.objects.exclude(user__email="officer@voorbeeld.test").delete()
        post.answers = ["451 later"] * 5
        seen = []
        for _ in range(5):
            assert send_due(FRIDAY) == 0
            seen.append(DigestSent.objects.values_list("state", "tries").get(user__email="officer@voorbeeld.test"))
        assert seen == [("wacht", 1), ("wacht", 2), ("mislukt", 3), ("mislukt", 3), ("mislukt", 3)]
        assert written_log.getvalue().count("digest_parked") == 1 and len(post.answers) == 2

    def test_a_refusal_and_then_it_goes(self, case, post):
        post.answers = ["451 later"]
        assert [send_due(FRIDAY), send_due(FRIDAY), send_due(FRIDAY)] == [0, 1, 0]
        assert len(post.taken) == 1

    def test_taken_and_then_the_line_broke_is_not_sent_again(self, case, post):
        post.answers = ["hang up"]
        assert [send_due(FRIDAY), send_due(FRIDAY)] == [0, 0]
        assert len(post.taken) == 1

    def test_a_process_that_ended_while_sending_is_not_made_up_for(self, case, lekstroom, post):
        assert digests._take(lekstroom.officer, FRIDAY.date())
        assert send_due(FRIDAY) == 0 and post.taken == []

    def test_one_refusal_keeps_nobody_else_from_it(self, case, lekstroom, post):
        choose(lekstroom.leader, DAILY)
        Task.objects.create(case=case, title="x", owner=lekstroom.leader, due_on=FRIDAY.date())
        post.answers = ["550 unknown"]
        assert send_due(FRIDAY) == 1 and len(post.receivers) == 1

    def test_old_rows_go(self, case, lekstroom, post):
        for day in ("2026-10-20", "2026-10-21"):
            DigestSent.objects.create(user=lekstroom.officer, day=day, state="verstuurd")
        send_due(FRIDAY)
        assert DigestSent.objects.order_by("day").first().day == date(2026, 10, 21)


@pytest.mark.django_db(transaction=True)
def test_of_two_rounds_at_once_one_sends(case, lekstroom, post):
    """The in-memory SQLite of the tests knows one thread at a time: there they come after each other."""
    one_by_one = connection.vendor == "sqlite"
    start, counts = Barrier(1 if one_by_one else 2), []

    def round_of_one_beat():
        start.wait()
        counts.append(send_due(FRIDAY))
        connection.close()

    threads = [Thread(target=round_of_one_beat) for _ in range(2)]
    for thread in threads:
        thread.start()
        if one_by_one:
            thread.join()
    for thread in threads:
        thread.join()
    assert sorted(counts) == [0, 1] and post.receivers == ["officer@voorbeeld.test"]
