"""May this user act on this row? Whose it is says the room of the row, as sides: the gemeente and the bureau that acts
for it are one side, every other organisation is one of its own."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from cases.acting.matrix import DUTY_REFUSED, TABLE, Act, Duty, May, may
from cases.dossier.access import NotAllowed
from cases.dossier.models import Case, Task
from cases.parts.matrix import Level, Part
from cases.sight.seats import MUNICIPAL, MUNICIPAL_SIDE, Sight, owner_of, sight_of
from cases.sight.signing import organisation_then
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

NOTHING_TO_PROPOSE = "Deze stap kunt u zelf afronden. Een voorstel is niet nodig."
DUTIES = {Task.Kind.TELLING: Duty.TELLING, Task.Kind.TAKEN_OVER: Duty.TAKEN_OVER}


class NotYours(NotAllowed):
    """The row is of another organisation; the message is a sentence for the user."""


@dataclass(frozen=True)
class Owned:
    """Whose a row is: `sides` that own it, what they are called, and whether the law asks it of the gemeente."""

    sides: frozenset[int]
    name: str
    duty: Duty | None = None


def parties_of(case: Case) -> dict[int, str]:
    """The sides that take part now, with the kind of organisation of each."""
    today = timezone.localdate()
    found = {
        owner_of(i.organisation): i.organisation.kind
        for i in case.involvements.all()
        if i.holds_on(today) and i.organisation.kind not in MUNICIPAL
    }
    return {MUNICIPAL_SIDE: Organisation.Kind.GEMEENTE.value} | found


def owned_by(case: Case, *organisations: Organisation | None, duty: Duty | None = None) -> Owned:
    """Of these organisations, as far as they take part now; of nobody who does: of the gemeente."""
    here = [o for o in organisations if o is not None and owner_of(o) in parties_of(case)]
    partners = [o.name for o in here if owner_of(o) != MUNICIPAL_SIDE]
    return Owned(frozenset(owner_of(o) for o in here) or frozenset({MUNICIPAL_SIDE}), _named(case, partners), duty)


def _named(case: Case, partners: Iterable[str]) -> str:
    return next(iter(partners), f"de gemeente {case.municipality.name}")


def owner_of_task(task: Task, case: Case) -> Owned:
    """Of the organisation of who has it, else of the organisation that has it, else of the gemeente."""
    duty = DUTIES.get(Task.Kind(task.kind))
    if duty:
        return owned_by(case, duty=duty)
    if task.owner_id:
        return owned_by(case, organisation_then(case, task.owner_id, timezone.localdate()))
    return owned_by(case, task.owner_organisation)


def own_sides(sight: Sight) -> frozenset[int]:
    """For which sides somebody with this sight works in the course of events."""
    seats = [s for s in sight.seats if s.role and Right.CASE_WORK in s.role.rights]
    seats = [s for s in seats if s.at(Part.VERLOOP) == Level.WRITE]
    return frozenset(MUNICIPAL_SIDE if s.municipal else s.own or MUNICIPAL_SIDE for s in seats if s.municipal or s.own)


def may_on(act: Act, owned: Owned, sight: Sight) -> May:
    """What somebody with this sight may do on a row."""
    own = own_sides(sight)
    if not own:
        return May.NO
    gemeente = MUNICIPAL_SIDE in own
    return may(act, own=bool(own & owned.sides), gemeente=gemeente, duty=owned.duty is not None)


def check_may_act(act: Act, owned: Owned, case: Case, by: User | None, *, wanted: May = May.ACT) -> None:
    """For every act on a row that somebody owns, or (`wanted`) for proposing it. NotYours with the sentence why not.
    `by` None: the application."""
    if by is None:
        return
    found = may_on(act, owned, sight_of(case, by))
    if found == wanted:
        return
    if found == May.ACT:
        raise NotYours(NOTHING_TO_PROPOSE)
    if owned.duty:
        raise NotYours(DUTY_REFUSED.format(duty=owned.duty.value))
    raise NotYours(TABLE[act].refused.format(owner=owned.name))
