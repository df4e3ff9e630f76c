"""When can a stappenplan be agreed?"""

from collections.abc import Iterable
from datetime import date

from cases.dossier.rules import NotNow


def check_ladder(rungs: int, valid_from: date, taken: Iterable[date], *, today: date, confirmed: bool) -> None:
    """Whether a draft can be agreed: it has steps, no other version begins that day, and who lets it begin today or
    earlier has seen which dossiers change."""
    if not rungs:
        raise NotNow("Een stappenplan heeft minstens één stap. Voeg eerst een stap toe.")
    if valid_from in taken:
        raise NotNow(f"Er is al een stappenplan dat op {valid_from:%d-%m-%Y} begint. Kies een andere dag.")
    if valid_from <= today and not confirmed:
        raise NotNow("Dit stappenplan geldt meteen, ook voor lopende dossiers. Vink aan dat dit de bedoeling is.")
