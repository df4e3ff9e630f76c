"""Each line of the course of events is signed by who did it, for whom, from which organisation."""

import ast
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from cases.course.timeline import timeline
from cases.course.whole import fetch_whole
from cases.dossier.models import Case, Task
from cases.meetings import acts as meetings
from cases.sight.seats import sight_of
from cases.sight.signing import organisation_then, signed
from cases.steps import acts as steps
from cases.steps.models import EscalationStep
from cases.work import acts as work
from tests import world
from thuiszitters.core.people.organisations import Membership

ROOT = Path(settings.BASE_DIR)


def signature(case, user, title: str) -> str:
    case = Case.objects.get(pk=case.pk)
    fetch_whole([case])
    return next(e.by for e in timeline(case, sight_of(case, user)) if title in e.title)


class TestSteps:
    def test_a_step_of_another_is_signed_by_who_did_it_and_names_for_whom(self, shared_case, lekstroom):
        task = Task.objects.create(
            case=shared_case, title="Bel", due_on="2026-11-25", owner_organisation=lekstroom.organisations["verband"]
        )
        work.finish_task(task, outcome="Gebeld.", by=lekstroom.leader)
        expected = "T. Teamleider, Leerplicht Lekstroom, namens Verband De Verbinding"
        assert signature(shared_case, lekstroom.officer, "Stap gedaan: Bel") == expected

    def test_the_own_one_names_nobody_else(self, shared_case, lekstroom):
        task = Task.objects.create(
            case=shared_case, title="Bel", due_on="2026-11-25", owner_organisation=lekstroom.organisations["verband"]
        )
        work.finish_task(task, outcome="Gebeld.", by=lekstroom.coordinator)
        assert signature(shared_case, lekstroom.officer, "Stap gedaan: Bel") == (
            "C. Coördinator, Verband De Verbinding"
        )

    def test_a_colleague_does_it_for_a_colleague(self, case, lekstroom):
        task = Task.objects.create(case=case, title="Bel", due_on="2026-11-25", owner=lekstroom.officer)
        work.finish_task(task, outcome="Gebeld.", by=lekstroom.leader)
        assert signature(case, lekstroom.officer, "Stap gedaan: Bel") == (
            "T. Teamleider, Leerplicht Lekstroom, namens M. Officier"
        )

    def test_a_step_of_the_stappenplan(self, case, lekstroom):
        world.involve(case, lekstroom.organisations["school"])
        row = EscalationStep.objects.get(case=case, position=0)
        row.case = case
        reasons = dict.fromkeys(steps.missing_for(row), "Geen antwoord.")
        steps.finish(row, result="gedaan", outcome="x", late_because="x", reasons=reasons, by=lekstroom.officer)
        assert signature(case, lekstroom.officer, "Stappenplan:") == ("M. Officier, Gemeente Nieuwegein, namens school")

    def test_on_paper_too(self, shared_case, lekstroom, as_user):
        """The papers print the same events."""
        text = (ROOT / "templates/reporting/dossiers/event_list.html").read_text()
        assert "event.by" in text


def test_a_meeting_that_was_called_off_is_signed_by_who_did_that(unrecorded, lekstroom):
    meetings.cancel(unrecorded, because="Ziek.", by=lekstroom.leader)
    assert signature(unrecorded.case, lekstroom.officer, "afgezegd") == "T. Teamleider, Leerplicht Lekstroom"


class TestWhereSomebodyWorked:
    def test_on_that_day(self, case, lekstroom):
        """Who went to another organisation did it for the one of then."""
        user = lekstroom.officer
        Membership.objects.filter(user=user).update(valid_until=date(2026, 11, 10))
        other = lekstroom.organisations["houten"]
        Membership.objects.create(
            user=user, organisation=other, role="leerplichtambtenaar", valid_from=date(2026, 11, 11)
        )
        assert organisation_then(case, user.pk, date(2026, 11, 10)) == lekstroom.organisations["nieuwegein"]
        assert signed(case, user, date(2026, 11, 11)) == "M. Officier, Gemeente Houten"

    def test_of_several_the_one_that_takes_part(self, shared_case, lekstroom):
        user = lekstroom.coordinator
        elsewhere = lekstroom.organisations["verband_elders"]
        Membership.objects.create(user=user, organisation=elsewhere, role="coordinator", valid_from=date(2019, 1, 1))
        assert organisation_then(shared_case, user.pk, date(2026, 11, 20)) == lekstroom.organisations["verband"]

    def test_nobody_signs_what_nobody_did(self, case):
        assert signed(case, None, date(2026, 11, 20)) == ""


@pytest.mark.parametrize("path", sorted((ROOT / "cases").glob("*/events.py")), ids=lambda p: p.parent.name)
def test_no_room_signs_in_its_own_way(path):
    """A name without an organisation, or the owner of a step: `signed` is the one way."""
    assert own_names(path.read_text()) == set()


def own_names(code: str) -> set[str]:
    """Names of people in what stands as `by` of an event, or is put there."""
    found = [n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.keyword | ast.Assign)]
    signing = [n.value for n in found if getattr(n, "arg", "") == "by" or _is_by(n)]
    names = {a.attr for value in signing for a in ast.walk(value) if isinstance(a, ast.Attribute)}
    return names & {"short_name", "owner_name", "teller"} if "signed" not in code else names & {"short_name", "teller"}


def _is_by(node) -> bool:
    return isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "by" for t in node.targets)


def test_a_line_that_is_signed_with_the_owner_is_seen():
    assert own_names("yield Event(on, title, by=t.owner_name)") == {"owner_name"}
    assert own_names("by = d.asked_by.short_name") == {"short_name"}
