"""What is recorded closes what it answers: a report, contact with parents and child, an MDO with minutes."""

from datetime import date

import pytest

from cases.agreements.regions import RegionBook
from cases.meetings import acts as meetings
from cases.steps import acts as steps
from leerplicht.models import AbsenceReport, Guardian, HomePeriod
from leerplicht.services.calendars import calendars_of_pupils
from tests import world
from tests.cases.steps.test_steps import TODAY, ladder, of

__all__ = ["ladder"]  # a fixture


@pytest.fixture
def parents(case) -> list[Guardian]:
    rows = [("Fatima Bakker", "moeder"), ("Karel Bakker", "vader")]
    return [Guardian.objects.create(pupil=case.pupil, name=n, relation=r, gezag="ja") for n, r in rows]


class TestAFactClosesAStep:
    def test_a_report_is_the_step_melding(self, case, as_user):
        row = of(case)[2]
        assert (row.name, row.result, row.fact, row.done_by) == ("melding leerplicht", "gedaan", "melding", None)
        assert row.outcome.startswith("De school meldde het verzuim op")
        shown = as_user("officer").get(f"/dossiers/{case.number}/").content.decode()
        assert "Gedaan in het stappenplan (1)" in shown and "Stappenplan: melding leerplicht (gedaan)" in shown

    def test_a_report_that_was_withdrawn_opens_it_again(self, case, friday):
        AbsenceReport.objects.filter(pupil=case.pupil).update(status="I")
        school = case.pupil.reports.first().school
        world.report(case.pupil, school, first_day=date(2026, 9, 7), last_day=date(2026, 9, 9))
        cases, periods = [case], {case.pk: HomePeriod.objects.get(pupil=case.pupil)}
        calendars = calendars_of_pupils([case.pupil])
        steps.sync_steps(cases, periods, calendars, RegionBook(), friday)
        row = of(case)[2]
        assert (row.result, row.fact, row.done_on) == ("", "", None)

    def test_a_report_does_not_stand_for_hearing_anybody(self, case):
        assert steps.missing_for(of(case)[0]) != []

    def test_a_region_says_which_fact(self, lekstroom, ladder, friday):
        ladder.rungs.filter(position=0).update(closed_by="melding")
        case = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        assert (of(case)[0].result, of(case)[0].fact) == ("gedaan", "melding")
        assert of(case)[1].result == ""

    def test_contact_with_parents_and_child_is_the_first_step(self, case, parents, as_user):
        client, path = as_user("officer"), f"/dossiers/{case.number}/contact/"
        sent = {"on": "2026-11-20", "channel": "telefoon", "own_words": "Ja.", "part": "verloop", "version": "1"}
        for parent in parents:
            client.post(path, sent | {"who": "ouder", "guardian": parent.pk})
        assert case.tasks.get().done_on is None, "the child was not heard"
        shown = client.post(path, sent | {"who": "kind"}, follow=True).content.decode()
        assert "Daarmee is ook gedaan: Spreek met de ouders en met het kind." in shown
        task = case.tasks.get()
        assert (task.done_on, task.done_by.short_name) == (TODAY, "M. Officier")
        assert "zijn gehoord, op 20 november 2026" in task.outcome

    @pytest.mark.parametrize("part", ["gezondheid", "veiligheid"])
    def test_what_is_not_for_everybody_answers_nothing(self, case, parents, as_user, part):
        client, path = as_user("officer"), f"/dossiers/{case.number}/contact/"
        sent = {"on": "2026-11-20", "channel": "telefoon", "own_words": "Ja.", "part": part, "version": "1"}
        for parent in parents:
            client.post(path, sent | {"who": "ouder", "guardian": parent.pk})
        client.post(path, sent | {"who": "kind"})
        assert case.tasks.get().done_on is None


def test_minutes_of_an_mdo_are_the_step_mdo(unrecorded, lekstroom, mother, as_user):
    case = unrecorded.case
    unrecorded.no_agreements_because = "Geen."
    people = list(unrecorded.people.all())
    for person in people:
        person.present = "ja"
    names = meetings.record(unrecorded, people, [], by=lekstroom.officer)
    row = of(case)[3]
    assert names == ["MDO"] and (row.result, row.fact) == ("gedaan", "mdo")
    assert (row.done_by, row.done_organisation.name) == (lekstroom.officer, "Gemeente Nieuwegein")
    assert "MDO is gehouden op 19 november 2026" in row.outcome
