"""The calendar that is subscribed to: read back as a calendar reads it, for each of the people, and without a name."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from cases.agenda.acts import make_address
from cases.agenda.entries import entries_of
from cases.agenda.feed import AFTER, BEFORE
from cases.clock.acts import keep_time
from cases.dossier.models import Case, Task
from cases.handling.acts import assign
from cases.meetings.models import Meeting
from cases.offers.models import Offer
from cases.talks.acts import plan
from cases.talks.models import Talk
from cases.today.week import week_of
from leerplicht.models import Guardian
from tests import world
from thuiszitters.core.people.absences import Absence
from thuiszitters.core.people.users import User

TODAY = date(2026, 11, 20)
HERE = ZoneInfo("Europe/Amsterdam")
NAME = "Kanarie"
# What is written in the dossier and stands in no calendar.
WRITTEN = (NAME, "Geelvink", "Papegaai", "Lindeboom", "Merelhof", "MDO over", "Zaal", "nul-zes", "2013")


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def meet(case: Case, by: User, organisation, day=date(2026, 11, 24), hour=9, **fields) -> Meeting:
    at = datetime(day.year, day.month, day.day, hour, 30, tzinfo=HERE)
    about = {"kind": "mdo", "ground": "taak", "place": f"Zaal {NAME}", "question": f"MDO over {NAME}?", "minutes": 90}
    return Meeting.objects.create(case=case, starts_at=at, by=by, organisation=organisation, **(about | fields))


@pytest.fixture
def case(lekstroom, friday) -> Case:
    """A dossier of the officer in which everything stands that a calendar can hold, each with names in it."""
    child = world.pupil(first_names=NAME, last_name="Geelvink")
    Guardian.objects.create(pupil=child, name="Petra Papegaai", relation="moeder")
    case = world.open_case(child, lekstroom.schools["99AA00"], first_day=date(2026, 10, 12))
    assign(case, lekstroom.officer, by=lekstroom.officer)
    case.tasks.update(done_on=TODAY, outcome="x")
    step = {"case": case, "owner": lekstroom.officer}
    Task.objects.create(title=f"Bel moeder van {NAME}: nul-zes", due_on=date(2026, 11, 18), **step)
    Task.objects.create(title="Spreek Geelvink", kind="spreken", due_on=date(2026, 12, 3), **step)
    meet(case, lekstroom.officer, lekstroom.organisations["nieuwegein"])
    asked = {"by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"], "asked_on": TODAY}
    Offer.objects.create(
        case=case, kind="VSO", provider="Merelhof", hours_start=6, hours_full=24, state="aangekondigd",
        start_on=date(2026, 11, 30), remarks=f"{NAME} komt met de taxi", **asked,
    )  # fmt: skip
    return case


def fetch(user: User) -> bytes:
    """What a calendar gets at a new address of this person."""
    response = Client().get(f"/agenda/{make_address(by=again(user))}.ics")
    assert response.status_code == 200
    return response.content


def events(content: bytes) -> list:
    calendar = Calendar.from_ical(content)
    assert not calendar.errors
    return calendar.walk("VEVENT")


def said(user: User) -> list[tuple[str, str]]:
    return sorted((f"{e.decoded('dtstart')}", str(e["summary"])) for e in events(fetch(user)))


def test_a_talk_stands_in_it_once_with_its_time_and_without_its_people(case, lekstroom):
    talk = Talk(case=case, starts_at=datetime(2026, 11, 25, 9, tzinfo=UTC), place=f"Thuis bij {NAME}", minutes=45)
    talk.organisation = lekstroom.organisations["nieuwegein"]
    plan(talk, [case.pupil.guardians.get()], by=lekstroom.officer)
    found = [e for e in events(fetch(lekstroom.officer)) if "Gesprek" in e["summary"]]
    (event,) = found
    assert event.decoded("dtstart") == talk.starts_at and event.decoded("dtend") == talk.ends_at
    assert "Papegaai" not in event.to_ical().decode() and NAME not in event.to_ical().decode()


class TestWhatStandsInIt:
    def test_steps_overleg_terms_and_places_each_under_a_word_of_the_house(self, case, lekstroom):
        about = f"(dossier {case.number})"
        assert said(lekstroom.officer) == [
            ("2026-11-16", f"Termijn voorbij: 4 lesweken {about}"),
            ("2026-11-18", f"Stap {about}"),
            ("2026-11-23", f"Termijn voorbij: 6 weken {about}"),
            ("2026-11-24 09:30:00+01:00", f"MDO {about}"),
            ("2026-11-30", f"Plek begint {about}"),
            ("2026-12-03", f"Stap: ouders en kind spreken {about}"),
            ("2027-01-12", f"Termijn voorbij: 3 maanden {about}"),
        ]

    def test_not_what_lies_further_away(self, case, lekstroom):
        step = {"case": case, "owner": lekstroom.officer, "title": "x"}
        for days in (-15, -14, 84, 85):
            Task.objects.create(due_on=TODAY + timedelta(days=days), **step)
        found = [day for day, summary in said(lekstroom.officer) if summary.startswith("Stap (")]
        assert found == ["2026-11-06", "2026-11-18", "2027-02-12"]
        assert (BEFORE.days, AFTER.days) == (14, 84)

    def test_the_week_on_the_page_of_today_is_of_the_same_source(self, case, lekstroom):
        user = again(lekstroom.officer)
        week = [entry for day in week_of(user, TODAY) for entry in day.entries]
        assert week == entries_of(user, TODAY, date(2026, 11, 16), date(2026, 11, 22))
        assert {(e.what, e.name, e.level) for e in week} == {
            ("termijn voorbij: 4 lesweken", case.pupil.name, "near"),
            (f"Bel moeder van {NAME}: nul-zes", case.pupil.name, "over"),
        }

    def test_no_word_that_somebody_wrote(self, case, lekstroom):
        text = fetch(lekstroom.officer).decode().replace("\r\n ", "")
        assert len(events(text.encode())) == 7
        for word in (*WRITTEN, case.pupil.reveal_pgn()):
            assert word not in text, word

    def test_what_is_done_or_called_off_goes_away(self, case, lekstroom):
        Task.objects.filter(done_on=None).update(done_on=TODAY)
        Meeting.objects.update(state="afgezegd", cancelled_because="x")
        Offer.objects.update(state="mislukt")
        case.deadlines.update(stopped_on=TODAY)
        content = fetch(lekstroom.officer)
        assert events(content) == [] and b"VTIMEZONE" in content

    def test_of_a_closed_dossier_nothing(self, case, lekstroom):
        Case.objects.update(state="afgesloten", closed_on=TODAY, result="GEEN_VERZUIM")
        assert said(lekstroom.officer) == []


class TestForWhom:
    @pytest.mark.parametrize(
        "who", ["leader", "colleague", "coordinator", "holder", "teacher", "nurse", "boa", "stranger"]
    )
    def test_nobody_else_has_anything_of_it(self, case, lekstroom, who):
        for key in ("verband", "school", "jeugdteam"):
            world.involve(case, lekstroom.organisations[key], parts=["verloop", "verzuim"])
        assert said(lekstroom.users[who]) == []

    def test_a_partner_has_the_own_steps_and_the_overleg_it_planned_while_it_takes_part(self, case, lekstroom):
        verband = lekstroom.organisations["verband"]
        share = world.involve(case, verband, parts=["verloop"])
        Task.objects.create(
            case=case, title=f"Plek voor {NAME}", due_on=date(2026, 11, 25), owner=lekstroom.coordinator
        )
        meet(case, lekstroom.coordinator, verband, day=date(2026, 11, 26))
        expected = [f"Stap (dossier {case.number})", f"MDO (dossier {case.number})"]
        assert [summary for _, summary in said(lekstroom.coordinator)] == expected
        share.ended_at = datetime(2026, 11, 20, tzinfo=UTC)
        share.save()
        assert said(lekstroom.coordinator) == []

    def test_a_partner_that_does_not_read_the_course_of_events_has_nothing(self, case, lekstroom):
        world.involve(case, lekstroom.organisations["verband"], parts=["verzuim"])
        Task.objects.create(case=case, title="x", due_on=date(2026, 11, 25), owner=lekstroom.coordinator)
        meet(case, lekstroom.coordinator, lekstroom.organisations["verband"], day=date(2026, 11, 26))
        assert said(lekstroom.coordinator) == []

    def test_who_stands_in_has_the_overleg_and_the_terms_as_long_as_that_lasts(self, case, lekstroom):
        away = {"user": lekstroom.officer, "first_day": TODAY, "by": lekstroom.officer, "stand_in": lekstroom.leader}
        row = Absence.objects.create(last_day=TODAY, **away)
        assert [s.split(" (")[0] for _, s in said(lekstroom.leader)] == [
            "Termijn voorbij: 4 lesweken", "Termijn voorbij: 6 weken", "MDO", "Plek begint",
            "Termijn voorbij: 3 maanden",
        ]  # fmt: skip
        row.ended_at = datetime(2026, 11, 20, tzinfo=UTC)
        row.save()
        assert said(lekstroom.leader) == []


class TestAsACalendarReadsIt:
    def test_what_the_calendar_says_of_itself(self, case, lekstroom):
        calendar = Calendar.from_ical(fetch(lekstroom.officer))
        assert (calendar["version"], calendar["x-wr-calname"], calendar["name"]) == ("2.0", *["Thuiszitters"] * 2)
        assert calendar.decoded("refresh-interval") == timedelta(hours=4) and calendar["x-published-ttl"] == "PT4H"
        assert calendar["refresh-interval"].params["value"] == "DURATION" and "method" not in calendar

    def test_an_overleg_has_its_hours_and_the_link(self, case, lekstroom, settings):
        settings.SITE_URL = "https://voorbeeld.test"
        (event,) = [e for e in events(fetch(lekstroom.officer)) if e["summary"].startswith("MDO")]
        assert event["dtstart"].params["tzid"] == event["dtend"].params["tzid"] == "Europe/Amsterdam"
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=90)
        meeting = Meeting.objects.get()
        assert event["url"] == f"https://voorbeeld.test/dossiers/{case.number}/overleg/{meeting.pk}/"
        assert event["url"] in event["description"] and event["uid"] == f"overleg-{meeting.pk}@voorbeeld.test"
        assert "location" not in event and "attendee" not in event and event["class"] == "CONFIDENTIAL"

    def test_the_rest_takes_a_whole_day_and_keeps_nobody_busy(self, case, lekstroom):
        whole = [e for e in events(fetch(lekstroom.officer)) if not e["summary"].startswith("MDO")]
        assert len(whole) == 6
        for event in whole:
            assert event["dtstart"].params["value"] == "DATE" and event["transp"] == "TRANSPARENT"
            assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)

    def test_a_change_keeps_the_uid_and_raises_the_sequence_of_an_overleg(self, case, lekstroom):
        before = {str(e["uid"]): e for e in events(fetch(lekstroom.officer))}
        Meeting.objects.update(starts_at=datetime(2026, 11, 25, 13, tzinfo=HERE), version=2)
        Task.objects.filter(done_on=None, kind="").update(due_on=date(2026, 11, 27))
        world.take_in([], today=TODAY)
        after = {str(e["uid"]): e for e in events(fetch(lekstroom.officer))}
        assert set(before) == set(after) and len(before) == 7
        (key,) = [k for k in after if k.startswith("overleg")]
        assert after[key]["sequence"] > before[key]["sequence"] and after[key].decoded("dtstart").day == 25

    def test_the_uids_outlive_the_nightly_round(self, case, lekstroom):
        before = {str(e["uid"]) for e in events(fetch(lekstroom.officer))}
        keep_time(TODAY)
        assert {str(e["uid"]) for e in events(fetch(lekstroom.officer))} == before

    def test_its_time_zone_is_that_of_here_in_every_hour(self, case, lekstroom):
        (zone,) = Calendar.from_ical(fetch(lekstroom.officer)).walk("VTIMEZONE")
        told = zone.to_tz(lookup_tzid=False)
        for moment in (datetime(2026, 10, 20, tzinfo=UTC) + timedelta(hours=n) for n in range(0, 24 * 400, 5)):
            assert moment.astimezone(told).utcoffset() == moment.astimezone(HERE).utcoffset(), moment

    def test_the_lines_are_as_the_standard_wants_them(self, case, lekstroom):
        lines = fetch(lekstroom.officer).split(b"\r\n")
        assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2:] == [b"END:VCALENDAR", b""]
        assert all(len(line) <= 75 and b"\n" not in line for line in lines)


@pytest.mark.once
def test_fifty_cost_as_many_queries_as_five(case, lekstroom):
    path = f"/agenda/{make_address(by=again(lekstroom.officer))}.ics"

    def queries() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as caught:
            content = Client().get(path).content
        return len(events(content)), sum("SAVEPOINT" not in q["sql"] for q in caught.captured_queries)

    queries()  # the first one of a day notes that it was used
    few = queries()
    for n in range(12):
        child = world.pupil()
        other = world.open_case(child, lekstroom.schools["99AA00"])
        assign(other, lekstroom.officer, by=lekstroom.officer)
        Task.objects.create(case=other, title="x", due_on=date(2026, 12, 1), owner=lekstroom.officer)
        meet(other, lekstroom.officer, lekstroom.organisations["nieuwegein"], hour=8 + n)
    many = queries()
    assert (few[0], many[1]) == (7, few[1]) and many[0] > 50
    assert few[1] <= 10
