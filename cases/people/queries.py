"""Brothers and sisters, known and proposed, and earlier dossiers: as far as the reader may see them."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from cases.dossier.models import Case
from cases.people.models import Sibling
from leerplicht.models import Guardian, Pupil
from thuiszitters.core.people.users import User


@dataclass(frozen=True, slots=True)
class SiblingShown:
    """`case`: the dossier of that child that runs, else its last one."""

    pupil: Pupil
    case: Case

    @property
    def at_home(self) -> bool:
        return self.case.is_open and self.case.home_since is not None


def pair(one: int, another: int) -> tuple[int, int]:
    """Two ids in the order in which they are kept."""
    return min(one, another), max(one, another)


def siblings_of(case: Case, user: User) -> list[SiblingShown]:
    """Those of whom this user may see a dossier: that a brother is known elsewhere shows to nobody."""
    return _of_pupils(_others(case.pupil_id, _said(case.pupil_id).filter(holds=True)), user)


def proposed_siblings(case: Case, user: User) -> list[SiblingShown]:
    """Children of the same gemeente at the same address, or with a parent of the same name and the same telephone or
    mail, of whom nobody said yet what they are. A secret address is compared with nothing."""
    said = _others(case.pupil_id, _said(case.pupil_id))
    there = Pupil.objects.editable_by(user).filter(municipality=case.pupil.municipality_id)
    found = _at_the_address(there, case.pupil) | _of_the_parents(there, case.pupil)
    return _of_pupils(found - {case.pupil_id, *said}, user)


def _at_the_address(there: QuerySet[Pupil], pupil: Pupil) -> set[int]:
    address = pupil.address.strip()
    if not address or pupil.secret_address:
        return set()
    return set(there.filter(address__iexact=address, secret_address=False).values_list("pk", flat=True))


def _of_the_parents(there: QuerySet[Pupil], pupil: Pupil) -> set[int]:
    """A name alone is no family, and a telephone or mail alone can be of an institution."""
    alike = Q()
    for parent in pupil.guardians.all():
        for way in ("phone", "email"):
            if reached := getattr(parent, way):
                alike |= Q(name__iexact=parent.name, **{f"{way}__iexact": reached})
    if not alike:
        return set()
    parents = Guardian.objects.filter(alike).values("pupil")
    return set(there.filter(pk__in=parents).values_list("pk", flat=True))


def earlier_cases(case: Case, user: User) -> list[Case]:
    """Other dossiers of the same child that this user may see, the last first."""
    return list(Case.objects.visible_to(user).filter(pupil=case.pupil_id).exclude(pk=case.pk).order_by("-opened_on"))


def _said(pupil: int) -> QuerySet[Sibling]:
    return Sibling.objects.filter(Q(pupil=pupil) | Q(other=pupil))


def _others(pupil: int, rows: QuerySet[Sibling]) -> set[int]:
    return {r.other_id if r.pupil_id == pupil else r.pupil_id for r in rows}


def _of_pupils(pupils: set[int], user: User) -> list[SiblingShown]:
    """One row a child of whom the user may see a dossier, the oldest child first."""
    if not pupils:
        return []
    rows = Case.objects.visible_to(user).filter(pupil__in=pupils).select_related("pupil")
    last: dict[int, Case] = {}
    for found in sorted(rows, key=lambda c: (c.is_open, c.opened_on, c.pk)):
        last[found.pupil_id] = found
    return sorted((SiblingShown(c.pupil, c) for c in last.values()), key=lambda s: (s.pupil.born, s.pupil.pk))
