"""One list of what has to be done: agreed steps and the stappenplan, in one order, each with an owner and a date."""

import re

from cases.course.summary import summary
from cases.course.whole import fetch_whole
from cases.dossier.models import Case, Task
from cases.page.todo import todo_of
from cases.sight.seats import sight_of
from tests import world


def todo(case, user, works=True):
    case = Case.objects.select_related("handler").get(pk=case.pk)
    fetch_whole([case])
    return todo_of(summary(case, sight_of(case, user), world.date(2026, 11, 20)), user, works=works)


def test_both_kinds_in_one_order(case, lekstroom):
    Task.objects.create(case=case, title="Bel de oom", due_on="2026-10-20", owner=lekstroom.officer)
    Task.objects.create(case=case, title="Bel de tante", due_on="2026-12-20", owner=lekstroom.officer)
    now = todo(case, lekstroom.officer).now
    days = [t.due_on or t.since for t in now]
    assert days == sorted(days)
    assert {t.ladder for t in now} == {True, False}
    assert all(t.owner for t in now)


def test_what_did_not_begin_and_what_is_done_stand_apart(case, lekstroom):
    found = todo(case, lekstroom.officer)
    assert all(step.planned_on > world.date(2026, 11, 20) for step in found.later)
    assert [step.name for step in found.done] == ["melding leerplicht"]


def test_a_step_of_nobody_is_of_who_handles_the_dossier(case, lekstroom):
    first = next(t for t in todo(case, lekstroom.officer).now if not t.ladder)
    assert (first.owner, first.mine) == ("nog niemand", False)
    Case.objects.filter(pk=case.pk).update(handler=lekstroom.officer)
    first = next(t for t in todo(case, lekstroom.officer).now if not t.ladder)
    assert (first.owner, first.mine) == ("M. Officier", True)


def test_who_reads_only_gets_no_act(case, lekstroom):
    for item in todo(case, lekstroom.officer, works=False).now:
        assert (item.done, item.propose, item.edit) == ("", "", "")


def test_a_telling_leads_to_who_was_told(case, lekstroom):
    """The step is done when all have been told, so that nobody closes it by hand in passing."""
    Task.objects.filter(case=case).update(kind="vertellen", decision=None)
    first = next(t for t in todo(case, lekstroom.officer).now if not t.ladder)
    assert first.done == "task-done", "without a decision there is nowhere else to go"


def test_the_page_has_one_list(case, as_user):
    shown = as_user("officer").get(f"/dossiers/{case.number}/").content.decode()
    assert len(re.findall(r'aria-labelledby="aan-zet"', shown)) == 1
    assert 'id="stappenplan"' not in shown and "Afronden" not in shown
