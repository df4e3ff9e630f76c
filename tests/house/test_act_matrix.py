"""Every writing route against every role and every owner of the row (AZ-14)."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.acting import access as acting
from cases.acting.matrix import TABLE, Act, May, Rule
from cases.barriers.models import Barrier
from cases.disputes.models import Dispute
from cases.dossier.models import Task
from cases.meetings.models import Attendance, Meeting
from cases.offers.models import Offer
from cases.steps.models import EscalationStep
from cases.talks.models import Talk
from tests import world
from tests.house.act_table import ACTORS, GEMEENTE, OTHERWISE, OWNED, OWNERS, PROPOSED, WRITER
from tests.house.route_table import PARTNERS, ROUTES
from tests.house.scene import EVERYTHING
from tests.house.test_routes import ask

pytestmark = [pytest.mark.django_db, pytest.mark.once]
STEP_OWNERS = {"duty": "gemeente", "verband": "samenwerkingsverband", "school": "school"}


@pytest.fixture
def told(lekstroom, friday, kept_case):
    """A dossier in which samenwerkingsverband, school and jeugdteam take part with everything."""
    case = kept_case.put_back()
    for key in ("verband", "school", "jeugdteam"):
        world.involve(case, lekstroom.organisations[key], parts=EVERYTHING, since=date(2026, 11, 1))
    return case


def writing() -> set[str]:
    return {name for name, route in ROUTES.items() if route.post}


def test_every_writing_route_says_whose_row_it_acts_on():
    counts = Counter([*OWNED, *(name for names in OTHERWISE.values() for name in names)])
    assert set(counts) == writing()
    assert max(counts.values()) == 1


def test_what_is_of_the_gemeente_lets_no_partner_in():
    for name in OTHERWISE[GEMEENTE]:
        door = ROUTES[name].post
        assert not any("in" in door[who].split() for who in PARTNERS), name


def test_what_is_of_a_writer_lets_nobody_else_in():
    for name in OTHERWISE[WRITER]:
        assert [who for who, door in ROUTES[name].post.items() if "in" in door] == ["officer", "stranger"]


def row_of(name: str, owner: str, case, lekstroom) -> int:
    """A row of this owner, to act on with the route."""
    organisation = lekstroom.organisations[OWNERS.get(owner, "nieuwegein")]
    author = {"verband": "coordinator", "school": "teacher", "jeugdteam": "nurse"}.get(owner, "officer")
    by, own = lekstroom.users[author], {"case": case, "organisation": organisation}
    if name.startswith("task") or "talk" in name:
        of = {"owner": by} if owner in ("gemeente", "duty") else {"owner_organisation": organisation}
        kind = "vertellen" if owner == "duty" else ""
        kind = "gesprek" if "talk" in name else kind
        task = Task.objects.create(case=case, title="Bel", due_on=date(2026, 12, 1), by=by, kind=kind, **of)
        when = timezone.now() + timedelta(days=1)
        return Talk.objects.create(task=task, starts_at=when, place="x", by=by, **own).pk if "talk" in name else task.pk
    if name == "step":
        about = {"start": date(2020, 1, 1), "position": 90, "name": "x", "actions": "x"}
        planned = date(2026, 11, 2)
        return EscalationStep.objects.create(case=case, owner=STEP_OWNERS[owner], planned_on=planned, **about).pk
    if name.startswith("meeting"):
        when = timezone.now() - timedelta(days=1)
        meeting = Meeting.objects.create(
            kind="mdo", starts_at=when, place="Zaal", question="x", ground="taak", by=by, **own
        )
        Attendance.objects.create(meeting=meeting, role="anders", organisation=organisation)
        return meeting.pk
    asked = own | {"by": by, "asked_on": date(2026, 11, 2)}
    if name.startswith("offer"):
        return Offer.objects.create(kind="VSO", provider="De Haven", hours_start=6, hours_full=24, **asked).pk
    if name.startswith("dispute"):
        return Dispute.objects.create(route="klacht", by_whom="ouders", started_on=date(2026, 11, 2), by=by, **own).pk
    return Barrier.objects.create(kind="plek", what="Een rustige klas", **asked).pk


def address(name: str, case, pk: int) -> str:
    more = {"target": "aangeboden"} if name == "offer-move" else {}
    return reverse(name, kwargs={"number": case.number, "pk": pk, **more})


def answer(client, name: str, case, pk: int) -> str:
    """What somebody may do there: the form opens and what was sent is judged, or both are refused."""
    statuses = {ask(client, method, address(name, case, pk)) for method in ("GET", "POST")}
    assert 403 not in statuses or statuses == {403}, (name, statuses)
    return "-" if 403 in statuses else "A"


def judged(name: str, owner: str, case, lekstroom, as_user) -> str:
    pk = row_of(name, owner, case, lekstroom)
    found = []
    for who in ACTORS:
        given = answer(as_user(who), name, case, pk)
        if name in PROPOSED and answer(as_user(who), PROPOSED[name], case, pk) == "A":
            assert given == "-", "who may finish it has nothing to propose"
            given = "P"
        found.append(given)
    return " ".join(found)


@pytest.mark.parametrize(("name", "owner"), [(name, owner) for name, of in OWNED.items() for owner in of])
def test_each_organisation_acts_on_what_is_its_own(told, lekstroom, as_user, name, owner):
    assert judged(name, owner, told, lekstroom, as_user) == OWNED[name][owner]


@pytest.mark.parametrize("name", OWNED)
def test_the_matrix_sees_an_act_that_does_not_ask_whose_it_is(told, lekstroom, as_user, name, monkeypatch):
    """The control: as if somebody forgot to ask."""
    monkeypatch.setattr(acting, "may_on", lambda act, owned, sight: May.ACT)
    assert judged(name, "school", told, lekstroom, as_user) == "A A A A A" != OWNED[name]["school"]


@pytest.mark.parametrize("act", Act)
def test_every_act_says_why_and_what_a_refused_person_reads(act):
    rule = TABLE[act]
    assert isinstance(rule, Rule) and len(rule.because) > 20
    sentence = rule.refused.format(owner="de gemeente Nieuwegein")
    assert sentence.endswith((".", "?")) and "{" not in sentence


def test_who_is_refused_reads_whose_it_is(told, lekstroom, as_user):
    pk = row_of("task-done", "gemeente", told, lekstroom)
    shown = as_user("teacher").get(address("task-done", told, pk))
    assert shown.status_code == 403
    assert "Deze stap is van de gemeente Nieuwegein. Alleen de gemeente Nieuwegein kan hem afronden." in (
        shown.content.decode()
    )


def test_of_who_left_the_rows_are_of_the_gemeente(told, lekstroom, as_user):
    """Nobody is waited for who does not take part any more."""
    pk = row_of("meeting-cancel", "verband", told, lekstroom)
    assert answer(as_user("officer"), "meeting-cancel", told, pk) == "-"
    told.involvements.filter(organisation=lekstroom.organisations["verband"]).update(until=date(2026, 11, 2))
    assert answer(as_user("officer"), "meeting-cancel", told, pk) == "A"
