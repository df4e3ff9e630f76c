"""A talk that is planned stands in step, calendar, agenda and letter at once; the contact that tells of it ends it."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from icalendar import Calendar

from cases.acting.access import NotYours
from cases.agenda.entries import entries_of
from cases.closing import acts as closing
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow
from cases.talks import acts
from cases.talks.models import Talk
from cases.talks.words import talk_file
from cases.work.models import Contact
from leerplicht.models import Guardian
from tests import world

WEEK = (date(2026, 11, 24), date(2026, 11, 23), date(2026, 11, 29))
THURSDAY = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)  # ten o'clock here
pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(case):
    return Guardian.objects.create(
        pupil=case.pupil, name="F. Bakker", relation="moeder", gezag="ja", gezag_source="x", lives="kind"
    )


@pytest.fixture
def page(case):
    return f"/dossiers/{case.number}/gesprek/"


def form(mother, **values) -> dict:
    filled = {"guardians": [mother.pk], "on": "2026-11-26", "at": "10:00", "minutes": 60, "place": "Stadskantoor"}
    return filled | values


@pytest.fixture
def planned(case, mother, page, as_user) -> Talk:
    assert as_user("officer").post(page, form(mother)).status_code == 302
    return Talk.objects.select_related("task", "case").get()


def said(client, case, mother, on="2026-11-26", **values):
    entry = {
        "on": on,
        "who": "ouder",
        "guardian": mother.pk,
        "channel": "telefoon",
        "own_words": "Het gaat beter.",
        "part": "verloop",
        "version": 1,
    }
    return client.post(f"/dossiers/{case.number}/contact/", entry | values)


class TestPlanning:
    def test_who_is_spoken_first_is_ticked(self, mother, page, as_user):
        shown = as_user("officer").get(page).context["form"]
        assert shown["guardians"].value() == [mother.pk] and shown["child"].value() is True

    def test_it_is_a_step_of_who_plans_it_on_its_day(self, planned, lekstroom):
        task = planned.task
        assert task.title == "Gesprek met F. Bakker (moeder), 10.00 uur"
        assert (task.due_on, task.owner, task.kind) == (date(2026, 11, 26), lekstroom.officer, Task.Kind.TALK)

    def test_it_stands_in_the_calendar_of_the_week(self, planned, as_user):
        with time_machine.travel("2026-11-24 10:00:00+01:00"):
            shown = as_user("officer").get("/vandaag/").content.decode()
        assert f"/gesprek/{planned.pk}/" in shown and "10.00" in shown

    def test_a_second_click_plans_nothing_twice(self, planned, mother, page, as_user):
        answer = as_user("officer").post(page, form(mother))
        assert answer.status_code == 422 and acts.ALREADY in answer.content.decode()
        assert Talk.objects.count() == 1

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"guardians": [], "child": ""}, "Kies met wie u spreekt."),
            ({"on": "2026-11-19"}, "Dit moment is al geweest."),
            ({"on": "2028-11-20"}, "meer dan een jaar van nu"),
            ({"at": "25:00"}, "Vul een tijd in die bestaat"),
            ({"minutes": 5}, "minstens een kwartier"),
            ({"place": ""}, "Vul dit in"),
        ],
    )
    def test_what_cannot_be(self, mother, page, as_user, values, sentence):
        answer = as_user("officer").post(page, form(mother, **values))
        assert answer.status_code == 422 and not Talk.objects.exists()
        assert sentence in answer.content.decode()

    def test_where_no_parent_is_known_a_name_is_enough(self, page, as_user):
        client = as_user("officer")
        values = {"on": "2026-11-26", "at": "10:00", "minutes": 60, "place": "x", "name": "de ouders"}
        assert client.post(page, values).status_code == 302
        assert Talk.objects.get().task.title == "Gesprek met de ouders, 10.00 uur"


class TestChanging:
    def test_the_step_moves_along_and_the_invitation_counts_up(self, planned, mother, page, as_user):
        moved = form(mother, on="2026-11-27", at="9.30", child="on", version=planned.version)
        assert as_user("officer").post(f"{page}{planned.pk}/wijzigen/", moved).status_code == 302
        planned.refresh_from_db()
        assert planned.task.due_on == date(2026, 11, 27)
        assert planned.task.title == "Gesprek met F. Bakker (moeder) en het kind, 09.30 uur"
        assert next(iter(Calendar.from_ical(talk_file(planned)).events))["sequence"] == 1

    def test_the_history_tells_from_when_to_when(self, planned, mother, page, as_user, case):
        officer = as_user("officer")
        officer.post(f"{page}{planned.pk}/wijzigen/", form(mother, place="Thuis", version=1))
        shown = officer.get(f"/dossiers/{case.number}/geschiedenis/").content.decode()
        assert "Stadskantoor" in shown and "Thuis" in shown

    def test_of_two_who_move_it_the_second_is_told(self, planned, mother, page, as_user):
        officer, path = as_user("officer"), f"{page}{planned.pk}/wijzigen/"
        assert officer.post(path, form(mother, at="11:00", version=1)).status_code == 302
        answer = officer.post(path, form(mother, at="12:00", version=1))
        assert answer.status_code == 422 and "intussen aangepast" in answer.content.decode()
        assert ("Wanneer", "donderdag 26 november 2026, 11.00 uur") in answer.context["form"].colleague

    def test_called_off_with_a_reason_and_out_of_every_agenda(self, planned, page, as_user):
        officer, path = as_user("officer"), f"{page}{planned.pk}/afzeggen/"
        assert officer.post(path, {"because": ""}).status_code == 422
        assert officer.post(path, {"because": "Moeder is ziek."}).status_code == 302
        planned.refresh_from_db()
        assert planned.task.outcome == "Afgezegd: Moeder is ziek." and planned.is_cancelled
        calendar = Calendar.from_ical(officer.get(f"{page}{planned.pk}/uitnodiging.ics").content)
        assert calendar["method"] == "CANCEL" and calendar.events[0]["status"] == "CANCELLED"
        assert acts.OVER in officer.post(path, {"because": "Nog eens."}).content.decode()

    def test_also_on_the_morning_itself(self, planned, page, as_user):
        with time_machine.travel("2026-11-26 08:00:00+01:00"):
            officer = as_user("officer")
            officer.post(f"{page}{planned.pk}/afzeggen/", {"because": "Moeder is ziek."})
            assert "afgezegd" in officer.get(f"{page}{planned.pk}/").content.decode()
            calendar = Calendar.from_ical(officer.get(f"{page}{planned.pk}/uitnodiging.ics").content)
        assert calendar["method"] == "CANCEL"


class TestWhatWasSaid:
    """`FACT`: a contact with who was to be spoken, on the day or later, is the outcome of the talk."""

    @pytest.fixture
    def later(self, planned):
        with time_machine.travel("2026-11-27 10:00:00+01:00"):
            yield planned

    def test_a_contact_with_that_person_ends_it_and_says_so(self, later, case, mother, as_user):
        client = as_user("officer")
        said(client, case, mother)
        later.task.refresh_from_db()
        assert later.task.outcome == "Gesproken op 26 november 2026." and not later.is_cancelled
        assert later.task.title in client.get(f"/dossiers/{case.number}/").content.decode()

    @pytest.mark.parametrize(
        "values",
        [
            pytest.param({"on": "2026-11-25"}, id="before its day"),
            pytest.param({"who": "kind", "guardian": ""}, id="somebody else"),
            pytest.param({"channel": "niet gelukt"}, id="nobody was reached"),
            pytest.param({"part": "gezondheid"}, id="others would read from the step that there is such a text"),
        ],
    )
    def test_what_does_not_end_it(self, later, case, mother, as_user, values):
        assert said(as_user("officer"), case, mother, **values).status_code == 302
        assert Contact.objects.exists() and Talk.objects.planned().exists()

    def test_a_talk_is_of_who_planned_it(self, later, case, mother, lekstroom, as_user):
        world.involve(case, lekstroom.organisations["verband"])
        assert said(as_user("coordinator"), case, mother).status_code == 302
        assert Talk.objects.planned().exists()

    def test_a_contact_that_is_taken_back_asks_for_them_again(self, later, case, mother, lekstroom, as_user):
        officer = as_user("officer")
        said(officer, case, mother)
        said(officer, case, mother, who="kind", guardian="")
        assert not case.tasks.filter(kind="spreken", done_on=None).exists() and not Talk.objects.planned().exists()
        row = Contact.objects.get(guardian=mother)
        officer.post(f"/dossiers/{case.number}/contact/{row.pk}/intrekken/", {"because": "Ander kind."})
        later.refresh_from_db()
        assert later.is_open and later.contact is None and later.task.done_by is None
        again = case.tasks.get(kind="spreken", done_on=None)
        assert (again.due_on, again.owner) == (date(2026, 12, 4), Case.objects.get(pk=case.pk).handler)

    def test_done_leads_to_the_contact_with_what_is_known(self, later, case, mother, as_user):
        client = as_user("officer")
        done = client.get(f"/dossiers/{case.number}/stap/{later.task_id}/klaar/")
        assert done.url == f"/dossiers/{case.number}/gesprek/{later.pk}/vastleggen/"
        shown = client.get(done.url).context["form"]
        assert shown["on"].value() == date(2026, 11, 26) and shown["guardian"].value() == mother.pk
        answer = client.post(
            done.url,
            {f.name: f.value() or "" for f in shown}
            | {
                "who": "school",
                "guardian": "",
                "own_words": "De mentor kwam in plaats van moeder.",
                "shared": "",
                "kept_from_parents": "",
            },
        )
        assert answer.status_code == 302 and not Talk.objects.planned().exists()
        assert client.get(done.url).url == f"/dossiers/{case.number}/gesprek/{later.pk}/"

    def test_changing_the_step_leads_to_the_talk(self, planned, case, as_user):
        answer = as_user("officer").get(f"/dossiers/{case.number}/stap/{planned.task_id}/")
        assert answer.url == f"/dossiers/{case.number}/gesprek/{planned.pk}/"


class TestAgenda:
    def test_number_and_no_name(self, planned, page, as_user):
        Talk.objects.update(place="Thuis bij Noor Bakker")
        content = as_user("officer").get(f"{page}{planned.pk}/uitnodiging.ics").content.decode()
        assert "Noor" not in content and "Bakker" not in content
        event = Calendar.from_ical(content).events[0]
        assert event["summary"] == f"Gesprek {planned.case.number}" and event["dtstart"].dt == THURSDAY


class TestWho:
    def test_a_partner_reads_it_and_moves_nothing(self, planned, case, mother, page, lekstroom, as_user):
        world.involve(case, lekstroom.organisations["verband"])
        coordinator, path = as_user("coordinator"), f"{page}{planned.pk}/"
        shown = coordinator.get(path)
        assert shown.status_code == 200 and "Verzetten" not in shown.content.decode()
        assert coordinator.get(f"{path}wijzigen/").status_code == 403
        assert coordinator.post(f"{path}afzeggen/", {"because": "x"}).status_code == 403
        assert coordinator.get(f"{path}vastleggen/").status_code == 403

    def test_a_partner_plans_its_own(self, case, mother, page, lekstroom, as_user):
        world.involve(case, lekstroom.organisations["verband"])
        assert as_user("coordinator").post(page, form(mother)).status_code == 302
        task = Talk.objects.get().task
        assert task.owner is None and task.owner_organisation == lekstroom.organisations["verband"]

    @pytest.mark.parametrize(
        "path", ["", *(f"{{}}/{x}" for x in ("", "wijzigen/", "afzeggen/", "uitnodiging.ics", "vastleggen/"))]
    )
    def test_a_stranger_finds_nothing(self, planned, page, as_user, path):
        assert as_user("stranger").get(page + path.format(planned.pk)).status_code == 404

    def test_the_acts_refuse_who_did_not_plan_it(self, planned, case, mother, lekstroom):
        world.involve(case, lekstroom.organisations["verband"])
        with pytest.raises(NotYours):
            acts.change(planned, [mother], by=lekstroom.coordinator)
        with pytest.raises(NotYours):
            acts.call_off(planned, because="x", by=lekstroom.coordinator)

    def test_with_nobody_is_refused_by_the_act_as_well(self, planned, lekstroom):
        planned.child = False
        with pytest.raises(NotNow, match="met wie"):
            acts.change(planned, [], by=lekstroom.officer)

    def test_a_partner_has_its_own_in_its_week(self, case, mother, page, lekstroom, as_user):
        world.involve(case, lekstroom.organisations["verband"])
        as_user("coordinator").post(page, form(mother))
        with time_machine.travel("2026-11-24 10:00:00+01:00"):
            days = {who: entries_of(lekstroom.users[who], *WEEK) for who in ("coordinator", "officer")}
        assert [e.plain for e in days["coordinator"] if e.begins] == ["Gesprek"]
        assert not [e for e in days["officer"] if e.begins]


def test_closing_ends_it(planned, lekstroom):
    closing._close(planned.case, "geen-verzuim", lekstroom.officer, "x")
    assert not Talk.objects.planned().exists()
