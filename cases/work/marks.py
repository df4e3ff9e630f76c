"""What stands at a text in a dossier: who wrote it, who else reads it, and what the person who looks may do with it."""

from cases.dossier.entry import WrittenEntry
from cases.parts.matrix import Part
from cases.sight.event import day_of
from cases.sight.seats import MUNICIPAL, Sight
from cases.sight.signing import signed
from thuiszitters.core.people.roles import Right


def writer_of(entry: WrittenEntry) -> str:
    return signed(entry.case, entry.by, day_of(entry.at), entry.organisation) or entry.writer


def edit_of(route: str, entry: WrittenEntry, sight: Sight) -> tuple[str, int] | None:
    """Who wrote it may change it; what was written in another system nobody."""
    return (route, entry.pk) if entry.by_id is not None and entry.by_id == sight.user_id else None


def led_of(route: str, entry: WrittenEntry, sight: Sight) -> tuple[str, int] | None:
    """What another of the own side wrote, the team lead may take back."""
    own = entry.organisation.kind in MUNICIPAL and entry.by_id != sight.user_id
    return (route, entry.pk) if own and sight.municipal and sight.may(Right.CASE_ASSIGN) else None


def remarks_of(entry: WrittenEntry) -> tuple[str, ...]:
    """Who else may read this, for whoever writes on."""
    remarks = {
        Part.VERLOOP: "gedeeld met alle partijen" if entry.shared else "alleen eigen kant",
        Part.GEZONDHEID: "gezondheid: alleen eigen organisatie, of met toestemming",
        Part.HANDHAVING: "handhaving: alleen de boa",
        Part.VEILIGHEID: "veiligheid: alleen schrijver en behandelaar",
    }
    kept = ("niet voor de ouders",) if entry.kept_from_parents else ()
    return (remarks[Part(entry.part)], *kept)


def hidden(entry: WrittenEntry) -> str:
    return f"Vastgelegd door {entry.organisation.name}. De inhoud is niet met u gedeeld."
