"""A Thuiszitterstop: who plans it, which dossiers, what goes back to each of them, how it went since the last time."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from cases.clock.models import Deadline
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow
from cases.stops import acts as stops
from cases.stops import queries as reading
from cases.stops.models import Stop, StopCase
from cases.work.models import Contact
from tests import world
from thuiszitters.core.log.models import AuditEvent

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FORM = {
    "on": "2026-12-10",
    "at": "13:30",
    "minutes": "120",
    "place": "Raadzaal",
    "guests": "A. Jansen, OCW",
    "agenda": "1. Cijfers",
    "version": "1",
}


def a_stop(lekstroom, at=datetime(2026, 11, 20, 9, 0, tzinfo=AMSTERDAM), **fields) -> Stop:
    values = {
        "region": lekstroom.organisations["regio"],
        "starts_at": at,
        "place": "Raadzaal",
        "by": lekstroom.officer,
        "organisation": lekstroom.organisations["nieuwegein"],
    }
    return Stop.objects.create(**(values | fields))


def page(stop, rest="") -> str:
    return f"/thuiszitterstop/{stop.pk}/{rest}"


def batch_in(shown: str) -> str:
    """Which act the button for taking back is about."""
    return re.search(r'name="keer" value="([0-9a-f-]+)"', shown)[1]


def mark_in(shown: str) -> str:
    """The list that the button for all of it is about."""
    return re.search(r'name="lijst" value="([0-9a-f]+)"', shown)[1]


class TestPlanning:
    def test_by_who_takes_dossiers_along_for_an_own_region(self, lekstroom, friday, as_user):
        officer = as_user("officer")
        assert "Lekstroom" in officer.get("/thuiszitterstop/nieuw/").content.decode()
        response = officer.post("/thuiszitterstop/nieuw/", FORM | {"region": lekstroom.organisations["regio"].pk})
        row = Stop.objects.get()
        assert response["Location"] == page(row)
        assert (row.organisation, row.by, row.state) == (
            lekstroom.organisations["nieuwegein"],
            lekstroom.officer,
            "gepland",
        )
        assert row.starts_at == datetime(2026, 12, 10, 13, 30, tzinfo=AMSTERDAM)

    def test_not_for_a_region_elsewhere_and_not_twice(self, lekstroom, friday, as_user):
        officer = as_user("officer")
        elsewhere = FORM | {"region": lekstroom.organisations["regio_elders"].pk}
        assert officer.post("/thuiszitterstop/nieuw/", elsewhere).status_code == 422
        here = FORM | {"region": lekstroom.organisations["regio"].pk}
        officer.post("/thuiszitterstop/nieuw/", here)
        again = officer.post("/thuiszitterstop/nieuw/", here)
        assert again.status_code == 422 and "staat er al" in again.content.decode() and Stop.objects.count() == 1

    def test_a_colleague_who_was_first_is_noticed(self, lekstroom, friday, as_user):
        row = a_stop(lekstroom, datetime(2026, 12, 10, 13, 30, tzinfo=AMSTERDAM))
        Stop.objects.filter(pk=row.pk).update(version=2, place="Elders")
        response = as_user("officer").post(page(row, "wijzigen/"), FORM | {"region": row.region_id})
        shown = response.content.decode()
        assert response.status_code == 422 and "heeft dit intussen aangepast" in shown
        assert "Dit bewaarde uw collega intussen" in shown and "Elders" in shown

    def test_many_at_once_are_taken_off_at_once(self, lekstroom, friday, as_user):
        """Officer 6: "Alle 109 op de agenda" had no way back but one by one."""
        stop = a_stop(lekstroom)
        cases = [world.open_case(world.pupil(), lekstroom.schools["99AA00"]) for _ in range(3)]
        stops.add_cases(stop, [cases[0]], by=lekstroom.officer)
        stops.add_cases(stop, cases, by=lekstroom.officer)
        stop.cases.filter(case=cases[2]).update(ask="Wie neemt contact op?")
        officer = as_user("officer")
        shown = officer.get(page(stop)).content.decode()
        sent = {"keer": batch_in(shown)}
        assert "U zette 2 dossiers in een keer op de agenda" in shown
        stops.add_cases(stop, [], by=lekstroom.officer)  # nothing new came
        told = officer.post(page(stop, "laatste-weg/"), sent, follow=True).content.decode()
        assert set(stop.cases.values_list("case", flat=True)) == {cases[0].pk, cases[2].pk}
        assert "1 dossier is weer van de agenda." in told and f"blijft op de agenda: {cases[2].pupil.name}" in told
        officer.post(page(stop, "laatste-weg/"), sent)
        assert stop.cases.count() == 2

    def test_called_off_once_and_the_agenda_file_takes_it_out(self, lekstroom, friday, as_user):
        row = a_stop(lekstroom, datetime(2026, 12, 10, 13, 30, tzinfo=AMSTERDAM))
        officer = as_user("officer")
        officer.post(page(row, "afzeggen/"), {"because": "Zaal bezet"})
        row.refresh_from_db()
        assert row.is_cancelled and "Zaal bezet" in officer.get(page(row)).content.decode()
        calendar = Calendar.from_ical(officer.get(page(row, "uitnodiging.ics")).content)
        assert calendar["METHOD"] == "CANCEL" and calendar.walk("VEVENT")[0]["SEQUENCE"] == 1
        with pytest.raises(NotNow):
            stops.cancel_stop(row, because="nog eens", by=lekstroom.officer)

    def test_the_invitation_names_no_child(self, stop, as_user):
        content = as_user("officer").get(page(stop, "uitnodiging.ics")).content.decode()
        event = Calendar.from_ical(content).walk("VEVENT")[0]
        assert event["SUMMARY"] == "Thuiszitterstop Lekstroom" and event["LOCATION"] == "Raadzaal"
        assert "Noor" not in content and "TZ-" not in content

    def test_others_find_nothing(self, stop, as_user):
        for who in ("stranger", "partner_elsewhere", "region_elsewhere"):
            assert as_user(who).get(page(stop)).status_code == 404, who
        assert as_user("teacher").get(page(stop)).status_code == 403


class TestChoosing:
    def test_by_filter_all_at_once(self, lekstroom, cases, as_user):
        row = a_stop(lekstroom)
        officer = as_user("officer")
        shown = officer.get(page(row, "kiezen/?termijn=6-weken")).content.decode()
        assert "3 dossiers" in shown and "Buiten" not in shown
        Deadline.objects.filter(case=cases[2], term_code="6-weken").update(exceeded_from=date(2026, 12, 30))
        again = officer.post(page(row, "kiezen/?termijn=6-weken"), {"alle": "1", "lijst": mark_in(shown)})
        assert again.status_code == 422 and "intussen passen er andere dossiers" in again.content.decode()
        assert not row.cases.exists()
        shown = again.content.decode()
        officer.post(page(row, "kiezen/?termijn=6-weken"), {"alle": "1", "lijst": mark_in(shown)})
        assert {c.case for c in row.cases.all()} == {cases[0], cases[1]}

    def test_by_hand_and_twice_is_once(self, lekstroom, cases, as_user):
        row, officer = a_stop(lekstroom), as_user("officer")
        for _ in range(2):
            officer.post(page(row, "kiezen/"), {"dossier": [cases[1].pk, cases[0].pk, "x", "999999"]})
        assert row.cases.count() == 2
        event = AuditEvent.objects.filter(action="stop_cases_added").first()
        assert event.pupil_ids == sorted([cases[0].pupil_id, cases[1].pupil_id])

    def test_not_a_dossier_of_elsewhere(self, lekstroom, cases, as_user):
        row = a_stop(lekstroom)
        as_user("officer").post(page(row, "kiezen/"), {"dossier": [cases[3].pk]})
        assert not row.cases.exists()
        with pytest.raises(NotNow, match="niet meenemen"):
            stops.add_cases(row, [cases[3]], by=lekstroom.officer)

    @pytest.mark.parametrize(
        ("sent", "sentence"), [({}, "Kruis eerst aan"), ({"dossier": ["999999"]}, "staan al op de agenda")]
    )
    def test_nothing_chosen_is_said(self, lekstroom, cases, as_user, sent, sentence):
        row = a_stop(lekstroom)
        shown = as_user("officer").post(page(row, "kiezen/"), sent).content.decode()
        assert sentence in shown and "toegevoegd" not in shown

    def test_order_and_off(self, stop, as_user):
        officer, (first, second) = as_user("officer"), stop.cases.all()
        moved = officer.post(page(stop, f"dossier/{second.pk}/op/"))
        assert list(stop.cases.all()) == [second, first]
        assert moved["Location"] == page(stop, f"#dossier-{second.pk}")
        assert f'id="dossier-{second.pk}"' in officer.get(page(stop)).content.decode()
        officer.post(page(stop, f"dossier/{second.pk}/op/"))
        officer.post(page(stop, f"dossier/{second.pk}/neer/"))
        assert list(stop.cases.all()) == [first, second]
        officer.post(page(stop, f"dossier/{first.pk}/weg/"))
        assert list(stop.cases.all()) == [second]

    def test_what_is_no_longer_shared_shows_as_a_number_only(self, lekstroom, cases, stop, as_user):
        shared = world.involve(cases[0], lekstroom.organisations["verband"], since=date(2026, 11, 1))
        own = a_stop(lekstroom, organisation=lekstroom.organisations["verband"], by=lekstroom.coordinator)
        stops.add_cases(own, [cases[0]], by=lekstroom.coordinator)
        coordinator = as_user("coordinator")
        assert "Noor Geelvink" in coordinator.get(page(own)).content.decode()
        type(shared).objects.update(ended_at=datetime(2026, 11, 19, tzinfo=AMSTERDAM))
        after = coordinator.get(page(own)).content.decode()
        assert "Noor" not in after and "Er staat ook 1 dossier op dat u niet ziet." in after
        row = own.cases.get()
        assert coordinator.get(page(own, f"dossier/{row.pk}/")).status_code == 404

    def test_what_was_said_is_for_who_reads_the_course_of_events(self, lekstroom, cases, as_user):
        world.involve(cases[0], lekstroom.organisations["verband"], since=date(2026, 11, 1), parts=["verzuim"])
        own = a_stop(lekstroom, organisation=lekstroom.organisations["verband"], by=lekstroom.coordinator)
        stops.add_cases(own, [cases[0]], by=lekstroom.coordinator)
        own.cases.update(discussed="BESPROKENWOORD")
        Task.objects.create(case=cases[0], title="TAAKWOORD", due_on=date(2026, 12, 1), by=lekstroom.officer, stop=own)
        coordinator = as_user("coordinator")
        shown = coordinator.get(page(own)).content.decode() + coordinator.get(page(own, "afspraken/")).content.decode()
        assert "Noor Geelvink" in shown and "BESPROKENWOORD" not in shown and "TAAKWOORD" not in shown
        assert coordinator.get(page(own, f"dossier/{own.cases.get().pk}/")).status_code == 403


class TestMinutes:
    def sent(self, stop, lekstroom, **fields) -> dict:
        return {
            "ask": "Wie biedt een plek?",
            "discussed": "School wil wel.",
            "lesson": "Klein beginnen.",
            "version": "1",
            "wat_0": "Plek regelen",
            "eigenaar_0": f"u{lekstroom.officer.pk}",
            "voor_0": "2026-12-01",
        } | fields

    def test_go_back_to_the_dossier_as_steps_with_owner_and_date(self, stop, cases, lekstroom, as_user):
        row, officer = stop.cases.first(), as_user("officer")
        response = officer.post(page(stop, f"dossier/{row.pk}/"), self.sent(stop, lekstroom) | {"volgende": "1"})
        assert response["Location"] == page(stop, f"dossier/{stop.cases.last().pk}/")
        task = Task.objects.get(stop=stop)
        assert (task.case, task.title, task.owner, task.due_on) == (
            cases[0],
            "Plek regelen",
            lekstroom.officer,
            date(2026, 12, 1),
        )
        shown = officer.get(f"/dossiers/{cases[0].number}/").content.decode()
        assert "Besproken op de Thuiszitterstop Lekstroom" in shown and "School wil wel." in shown
        assert "Plek regelen" in shown
        stop.refresh_from_db()
        assert stop.state == "gehouden"
        recap = officer.get(page(stop, "afspraken/")).content.decode()
        assert "Plek regelen" in recap and "1 december 2026" in recap

    def test_before_it_begins_only_the_question(self, lekstroom, cases, as_user):
        row = a_stop(lekstroom, datetime(2026, 12, 10, 13, 30, tzinfo=AMSTERDAM))
        stops.add_cases(row, cases[:1], by=lekstroom.officer)
        at = page(row, f"dossier/{row.cases.get().pk}/")
        officer = as_user("officer")
        assert "Wat is er besproken?" not in officer.get(at).content.decode()
        officer.post(at, self.sent(row, lekstroom))
        line = row.cases.get()
        assert (line.ask, line.discussed) == ("Wie biedt een plek?", "") and not Task.objects.filter(stop=row).exists()

    @pytest.mark.parametrize("field", ["ask", "lesson"])
    def test_no_names_in_what_everybody_reads(self, stop, lekstroom, as_user, field):
        row = stop.cases.first()
        response = as_user("officer").post(
            page(stop, f"dossier/{row.pk}/"), self.sent(stop, lekstroom, **{field: "Noor wil"})
        )
        assert response.status_code == 422 and "Hieraan is te zien wie het is: Noor" in response.content.decode()

    def test_one_more_and_somebody_outside(self, stop, lekstroom, as_user):
        at, officer = page(stop, f"dossier/{stop.cases.first().pk}/"), as_user("officer")
        more = officer.post(at, self.sent(stop, lekstroom, afspraken="3", nog="1"))
        form = more.context["form"]
        assert (more.status_code, form.agreement_count, form["discussed"].value()) == (200, 4, "School wil wel.")
        assert not Task.objects.filter(stop=stop).exists()
        outside = {"wat_3": "Onderzoek", "voor_3": "2026-12-01", "buiten_naam_3": "S. Amrani", "afspraken": "4"}
        assert officer.post(at, self.sent(stop, lekstroom, **outside)).status_code == 302
        assert Task.objects.get(stop=stop, outsider__name="S. Amrani").title == "Nagaan: Onderzoek (S. Amrani)"
        assert "Uitvoering: S. Amrani" in officer.get(page(stop, "afspraken/")).content.decode()

    def test_half_an_agreement_is_said(self, stop, lekstroom, as_user):
        row = stop.cases.first()
        response = as_user("officer").post(page(stop, f"dossier/{row.pk}/"), self.sent(stop, lekstroom, voor_0=""))
        assert response.status_code == 422 and "Afspraak 1: vul in wanneer het klaar is" in response.content.decode()
        assert "School wil wel." in response.content.decode()

    def test_two_at_once_lose_nothing(self, stop, lekstroom, as_user):
        row = stop.cases.first()
        StopCase.objects.filter(pk=row.pk).update(version=2, discussed="Van de collega.")
        response = as_user("officer").post(page(stop, f"dossier/{row.pk}/"), self.sent(stop, lekstroom))
        shown = response.content.decode()
        assert response.status_code == 422 and "Van de collega." in shown and "School wil wel." in shown

    def test_only_in_what_can_be_written_in(self, stop, cases, lekstroom, as_user):
        """A closed dossier stays on the agenda, and the next child is one that can be written about."""
        first, second = stop.cases.all()
        stops.add_cases(stop, [cases[2]], by=lekstroom.officer)
        Case.objects.filter(pk=second.case_id).update(state="afgesloten", result="SBO", closed_on=date(2026, 11, 19))
        officer = as_user("officer")
        shown = officer.get(page(stop)).content.decode()
        assert "dossier gesloten" in shown and page(stop, f"dossier/{second.pk}/") + '"' not in shown
        response = officer.post(page(stop, f"dossier/{first.pk}/"), self.sent(stop, lekstroom) | {"volgende": "1"})
        assert response["Location"] == page(stop, f"dossier/{stop.cases.last().pk}/")

    def test_what_was_written_stays_on_the_agenda(self, stop, lekstroom, as_user):
        row, officer = stop.cases.first(), as_user("officer")
        officer.post(page(stop, f"dossier/{row.pk}/"), self.sent(stop, lekstroom))
        officer.post(page(stop, f"dossier/{row.pk}/weg/"))
        assert stop.cases.filter(pk=row.pk).exists()


class TestSinceTheLastTime:
    @pytest.fixture
    def before(self, lekstroom, cases) -> Stop:
        row = a_stop(lekstroom, datetime(2026, 11, 2, 9, 0, tzinfo=AMSTERDAM), state="gehouden")
        StopCase.objects.create(stop=row, case=cases[0], position=1, added_by=lekstroom.officer)
        own = {"case": cases[0], "by": lekstroom.officer, "stop": row, "due_on": date(2026, 11, 9)}
        Task.objects.create(title="a", done_on=date(2026, 11, 8), **own)
        Task.objects.create(title="b", **own)
        about = {"case": cases[0], "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
        for day in (1, 3, 4):
            Contact.objects.create(on=date(2026, 11, day), who="ouder", channel="gesprek", **about)
        return row

    def test_agreements_and_contacts_after_it(self, stop, before, lekstroom, as_user):
        line = stop.cases.first()
        found = reading.since_last([line], reading.last_before(stop, lekstroom.officer))
        assert found == {
            line.case_id: {"on": date(2026, 11, 2), "done": 1, "open": 1, "steps": 0, "contacts": 2, "days": 18}
        }
        assert (
            "afspraken 1 gedaan en 1 open, stappen 0, contacten 2"
            in as_user("officer").get(page(stop)).content.decode()
        )

    def test_not_for_who_was_not_there(self, stop, before, lekstroom):
        assert reading.since_last([stop.cases.last()], reading.last_before(stop, lekstroom.officer)) == {}

    @pytest.mark.parametrize(
        ("day", "counts"),
        [
            (date(2026, 10, 1), [0, 0, 0]),
            (date(2026, 11, 10), [3, 0, 0]),
            (date(2026, 11, 20), [3, 3, 0]),
            (date(2027, 1, 10), [3, 3, 3]),
        ],
    )
    def test_the_figures_of_a_day_are_those_of_that_day(self, cases, lekstroom, day, counts):
        found = reading.figures(reading.candidates(lekstroom.officer), day)
        assert [number for _, number in found] == counts

    def test_what_had_stopped_by_then_does_not_count(self, cases, lekstroom):
        Deadline.objects.filter(case=cases[0]).update(stopped_on=date(2026, 11, 15))
        of = {
            day: reading.figures(reading.candidates(lekstroom.officer), date(2026, 11, day))[0][1] for day in (14, 15)
        }
        assert of == {14: 3, 15: 2}

    def test_a_dossier_that_was_closed_since_counts_for_the_day_it_was_open(self, cases, lekstroom):
        Case.objects.filter(pk=cases[0].pk).update(state="afgesloten", result="ANDERE_SCHOOL", closed_on="2026-11-15")
        every = reading.candidates_ever(lekstroom.officer)
        assert {day: reading.figures(every, date(2026, 11, day))[0][1] for day in (14, 15)} == {14: 3, 15: 2}


class TestTheCost:
    @pytest.mark.parametrize("rest", ["", "kiezen/", "afspraken/", "stapels/"])
    def test_a_page_costs_as_much_with_12_as_with_2(self, lekstroom, friday, as_user, stop, rest):
        before = a_stop(lekstroom, datetime(2026, 11, 2, 9, 0, tzinfo=AMSTERDAM), state="gehouden")
        stops.add_cases(before, [row.case for row in stop.cases.all()], by=lekstroom.officer)
        officer = as_user("officer")
        officer.get(page(stop, rest))
        with CaptureQueriesContext(connection) as few:
            officer.get(page(stop, rest))
        more = [world.open_case(world.pupil(), lekstroom.schools["99AA00"]) for _ in range(10)]
        for row in (before, stop):
            stops.add_cases(row, more, by=lekstroom.officer)
        with CaptureQueriesContext(connection) as many:
            officer.get(page(stop, rest))
        assert len(many) == len(few)
