"""Who can be the reader of a paper of this dossier, as VARIANTS says it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cases.dossier.models import Case
from cases.sharing.rules import ROLES_OF_KIND
from leerplicht.models import Guardian
from reporting.papers.variants import VARIANTS, Variant, VariantInfo, Whom
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


@dataclass(frozen=True)
class Reader:
    """Somebody for whom a paper can be made. `key`: as it stands in the address of the page; `word` and `explanation`:
    how the choice is told."""

    variant: Variant
    key: str
    word: str
    explanation: str
    organisation: Organisation | None = None
    guardian: Guardian | None = None

    @property
    def info(self) -> VariantInfo:
        return VARIANTS[self.variant]

    @property
    def recipient(self) -> Organisation | Guardian | None:
        """Who it is for, when the choice says so."""
        return self.organisation or self.guardian


def readers_of(case: Case, user: User) -> list[Reader]:
    """All that can be chosen, in the order of VARIANTS."""
    return [reader for variant in VARIANTS for reader in _readers(variant, case, user)]


def reader_at(key: str, case: Case, user: User) -> Reader | None:
    """The one in the address; None when it is not there or cannot be."""
    kind, _, _ = key.partition("-")
    found = _readers(Variant(kind), case, user) if kind in VARIANTS else ()
    return next((reader for reader in found if reader.key == key), None)


def _readers(variant: Variant, case: Case, user: User) -> Iterable[Reader]:
    return _OF_WHOM[VARIANTS[variant].whom](variant, case, user)


def _anybody(variant: Variant, case: Case, user: User) -> Iterator[Reader]:
    yield Reader(variant, variant.value, VARIANTS[variant].word, VARIANTS[variant].for_whom)


def _partners(variant: Variant, case: Case, user: User) -> Iterator[Reader]:
    """Who takes part in it with people of its own, other than the own side."""
    own = access_of(user).organisations_with(Right.EXPORT)
    rows = case.involvements.running().filter(organisation__kind__in=ROLES_OF_KIND).exclude(organisation__in=own)
    for row in rows.select_related("organisation"):
        key, word = f"{variant}-{row.organisation_id}", f"voor {row.organisation.name}"
        yield Reader(variant, key, word, VARIANTS[variant].for_whom, organisation=row.organisation)


def _parents(variant: Variant, case: Case, user: User) -> Iterator[Reader]:
    for row in case.pupil.guardians.running():
        gezag = row.gezag == Guardian.Gezag.YES
        explanation = VARIANTS[variant].for_whom if gezag else f"{row.get_gezag_display()}: alleen feiten en data"
        yield Reader(variant, f"{variant}-{row.pk}", f"voor {row.name}, {row.relation}", explanation, guardian=row)


_OF_WHOM: dict[Whom, Callable[[Variant, Case, User], Iterable[Reader]]] = {
    Whom.OWN: _anybody,
    Whom.PARTNER: _partners,
    Whom.PARENT: _parents,
    Whom.ANYBODY: _anybody,
}
