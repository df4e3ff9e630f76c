"""Who may judge an escalation, and how far ahead can somebody look again?"""

from collections.abc import Iterable
from datetime import date

from cases.dossier.rules import NotNow

LONGEST_LOOK = 42  # days


def check_review(state: str, sources: Iterable[str], *, proposed_by: int | None, by: int) -> None:
    """Whether a proposal can move on from where it stands. `proposed_by`: given when it is decided, by another."""
    if state not in sources:
        raise NotNow("Dit kan nu niet. Misschien heeft een collega deze opschaling al behandeld.")
    if proposed_by == by:
        raise NotNow("U hebt deze opschaling zelf voorgesteld. Een collega moet haar beoordelen.")


def check_look_again(until: date, today: date) -> None:
    """Seen, nothing to do now: for a few weeks at most."""
    if until <= today:
        raise NotNow("Kies een dag na vandaag.")
    if (until - today).days > LONGEST_LOOK:
        raise NotNow("Hoogstens zes weken vooruit. Daarna kijkt u opnieuw.")
