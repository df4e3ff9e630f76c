"""Somebody of another organisation says that a step was done; its owner confirms, or says not yet."""

import pytest

from cases.acting.access import NotYours
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow
from cases.proposals import acts
from cases.proposals.models import Proposal
from cases.proposals.queries import to_answer_by
from cases.steps.models import EscalationStep
from tests import world


@pytest.fixture
def told(shared_case, lekstroom) -> Case:
    for key in ("school", "jeugdteam"):
        world.involve(shared_case, lekstroom.organisations[key])
    Case.objects.filter(pk=shared_case.pk).update(handler=lekstroom.officer)
    return Case.objects.get(pk=shared_case.pk)


@pytest.fixture
def task(told, lekstroom) -> Task:
    return Task.objects.create(
        case=told, title="Bel de oom", due_on="2026-11-25", owner=lekstroom.officer, by=lekstroom.officer
    )


def page(client, case) -> str:
    return client.get(f"/dossiers/{case.number}/").content.decode()


def test_a_school_proposes_and_the_gemeente_confirms(told, task, lekstroom, as_user):
    school, officer = as_user("teacher"), as_user("officer")
    shown = page(school, told)
    assert f"/stap/{task.pk}/voorstel/" in shown and f"/stap/{task.pk}/klaar/" not in shown
    sent = school.post(f"/dossiers/{told.number}/stap/{task.pk}/voorstel/", {"text": "Oom is gebeld."})
    assert sent.status_code == 302
    task.refresh_from_db()
    assert task.done_on is None, "the step stays open"
    proposal = Proposal.objects.get()
    assert list(to_answer_by(lekstroom.officer)) == [proposal]
    shown = page(officer, told)
    assert "S. School, De Lindeboom, zegt dat dit is gedaan." in shown and f"/voorstel/{proposal.pk}/" in shown
    assert "moet dit nog bevestigen" in page(school, told)
    form = officer.get(f"/dossiers/{told.number}/voorstel/{proposal.pk}/").context["form"]
    assert form["outcome"].value() == "Oom is gebeld."
    officer.post(f"/dossiers/{told.number}/voorstel/{proposal.pk}/", {"outcome": "Oom is gebeld."})
    task.refresh_from_db()
    assert (task.done_by, task.done_organisation) == (lekstroom.officer, lekstroom.organisations["nieuwegein"])
    assert not to_answer_by(lekstroom.officer).exists()
    shown = page(officer, told)
    assert "Voorgesteld als gedaan: Bel de oom" in shown and "Voorstel bevestigd: Bel de oom" in shown


def test_not_yet_with_a_reason_and_the_step_stays(told, task, lekstroom, as_user):
    proposal = acts.propose(task, told, text="Gebeld.", by=lekstroom.teacher)
    path = f"/dossiers/{told.number}/voorstel/{proposal.pk}/nog-niet/"
    assert as_user("officer").post(path, {"because": ""}).status_code == 422
    as_user("officer").post(path, {"because": "De oom weet van niets."})
    proposal.refresh_from_db()
    task.refresh_from_db()
    assert (proposal.answer, task.done_on) == ("nog niet", None)
    assert "De oom weet van niets." in page(as_user("teacher"), told)
    assert acts.propose(task, told, text="Nu echt.", by=lekstroom.teacher), "and once more"


def test_once_at_a_time_and_answered_once(told, task, lekstroom):
    proposal = acts.propose(task, told, text="Gebeld.", by=lekstroom.teacher)
    with pytest.raises(NotNow, match="al voor"):
        acts.propose(task, told, text="Ook.", by=lekstroom.nurse)
    acts.confirm(proposal, outcome="Gebeld.", by=lekstroom.officer)
    with pytest.raises(NotNow, match="al geantwoord"):
        acts.refuse(proposal, because="Nee.", by=lekstroom.officer)


def test_who_proposed_does_not_confirm(told, task, lekstroom):
    proposal = acts.propose(task, told, text="Gebeld.", by=lekstroom.teacher)
    for who in ("teacher", "nurse", "coordinator"):
        with pytest.raises(NotYours):
            acts.confirm(proposal, outcome="Gebeld.", by=lekstroom.users[who])


def test_a_step_of_the_law_is_not_proposed(told, lekstroom, as_user):
    row = EscalationStep.objects.get(case=told, name="melding leerplicht")
    shown = as_user("nurse").get(f"/dossiers/{told.number}/stappenplan/{row.pk}/voorstel/")
    assert shown.status_code == 403 and "Dit is een taak van de gemeente" in shown.content.decode()
    assert f"/stappenplan/{row.pk}/" not in page(as_user("nurse"), told)


def test_a_step_of_the_stappenplan_asks_what_it_always_asks(told, lekstroom, as_user):
    row = EscalationStep.objects.get(case=told, position=0)
    proposal = acts.propose(row, told, text="De school belde.", by=lekstroom.coordinator)
    assert list(to_answer_by(lekstroom.teacher)) == [proposal], "it is a step of the school"
    path = f"/dossiers/{told.number}/voorstel/{proposal.pk}/"
    form = as_user("teacher").get(path).context["form"]
    assert {"outcome", "late_because", "heard_0"} <= set(form.fields) and "result" not in form.fields
    sent = dict.fromkeys(form.fields, "Later.")
    assert as_user("teacher").post(path, sent | {"outcome": "Gebeld."}).status_code == 302
    row.refresh_from_db()
    assert (row.result, row.done_by, row.done_organisation.name) == ("gedaan", lekstroom.teacher, "De Lindeboom")


def test_what_was_closed_otherwise_waits_no_more(told, task, lekstroom, as_user):
    proposal = acts.propose(task, told, text="Gebeld.", by=lekstroom.teacher)
    Task.objects.filter(pk=task.pk).update(done_on="2026-11-20")
    assert not to_answer_by(lekstroom.officer).exists()
    answer = as_user("officer").get(f"/dossiers/{told.number}/voorstel/{proposal.pk}/", follow=True)
    assert acts.ANSWERED in answer.content.decode()


@pytest.mark.parametrize("who", ["colleague", "stranger", "boa", "holder", "teacher", "nurse"])
def test_waits_for_nobody_else(told, task, lekstroom, who):
    acts.propose(task, told, text="Gebeld.", by=lekstroom.coordinator)
    assert not to_answer_by(lekstroom.users[who]).exists()


def test_the_list_costs_as_much_with_many(told, lekstroom, as_user):
    from tests.cases.test_query_counts import queries

    def more(count):
        for n in range(count):
            row = Task.objects.create(case=told, title=f"Bel {n}", due_on="2026-11-25", owner=lekstroom.officer)
            acts.propose(row, told, text="Gebeld.", by=lekstroom.teacher)

    more(2)
    client = as_user("officer")
    client.get("/voorstellen/")
    few = [queries(client, "/voorstellen/"), queries(client, f"/dossiers/{told.number}/?alles=1")]
    more(20)
    assert [queries(client, "/voorstellen/"), queries(client, f"/dossiers/{told.number}/?alles=1")] == few
