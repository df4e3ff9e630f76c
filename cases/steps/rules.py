"""When can a step be closed, and how long can the steps be held up?"""

from datetime import date
from typing import Protocol

from cases.dossier.rules import NotNow

LONGEST_PAUSE = 92  # days


class StepLike(Protocol):
    planned_on: date
    due_on: date | None


def check_step(step: StepLike, today: date, *, outcome: str, late_because: str, missing: list[dict[str, str]]) -> None:
    """Whether a step can be closed today: not before it begins, with an outcome, with a reason when it is late, and
    with a reason for each person who was not heard (`missing`: who and because)."""
    if today < step.planned_on:
        raise NotNow("Deze stap begint nog niet. U kunt hem afronden vanaf de dag waarop hij begint.")
    if not outcome.strip():
        raise NotNow("Schrijf op wat eruit kwam.")
    if step.due_on and today > step.due_on and not late_because.strip():
        raise NotNow("Deze stap is later dan afgesproken. Schrijf op waarom.")
    if unheard := [m["who"] for m in missing if not m["because"]]:
        raise NotNow(
            f"Nog niet gehoord: {', '.join(unheard)}. Leg het contact vast, of schrijf op waarom dat niet kon."
        )


def check_pause(since: date, until: date, today: date) -> None:
    if until < since:
        raise NotNow("De einddatum ligt voor de begindatum.")
    if until < today:
        raise NotNow("Deze pauze is al voorbij. Een pauze achteraf kan niet.")
    if (until - since).days > LONGEST_PAUSE:
        raise NotNow("Een pauze duurt hoogstens drie maanden. Daarna kijkt u opnieuw.")
