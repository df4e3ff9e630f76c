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
    return _with_their_case(_said(case.pupil_id).filter(holds=True), case, user)


def proposed_siblings(case: Case, user: User) -> list[SiblingShown]:
    """Children of the same gemeente at the same address, or with a parent of the same name and the same telephone or
    mail, of whom nobody said yet what they are. A secret address is compared with nothing."""
    said = {r.other_id if r.pupil_id == case.pupil_id else r.pupil_id for r in _said(case.pupil_id)}
    found = (_at_the_address(case.pupil) | _of_the_parents(case.pupil)) - {case.pupil_id, *said}
    if not found:
        return []
    there = Pupil.objects.editable_by(user).filter(pk__in=found, municipality=case.pupil.municipality_id)
    return _shown(Case.objects.visible_to(user).filter(pupil__in=there.values("pk")))


def _at_the_address(pupil: Pupil) -> set[int]:
    address = pupil.address.strip()
    if not address or pupil.secret_address:
        return set()
    return set(Pupil.objects.filter(address__iexact=address, secret_address=False).values_list("pk", flat=True))


def _of_the_parents(pupil: Pupil) -> set[int]:
    """A name alone is no family, and a telephone or mail alone can be of an institution."""
    alike = Q()
    for parent in pupil.guardians.all():
        for way in ("phone", "email"):
            if reached := getattr(parent, way):
                alike |= Q(name__iexact=parent.name, **{f"{way}__iexact": reached})
    return set(Guardian.objects.filter(alike).values_list("pupil_id", flat=True)) if alike else set()


def earlier_cases(case: Case, user: User) -> list[Case]:
    """Other dossiers of the same child that this user may see, the last first."""
    return list(Case.objects.visible_to(user).filter(pupil=case.pupil_id).exclude(pk=case.pk).order_by("-opened_on"))


def _said(pupil: int) -> QuerySet[Sibling]:
    return Sibling.objects.filter(Q(pupil=pupil) | Q(other=pupil))


def _with_their_case(rows: QuerySet[Sibling], case: Case, user: User) -> list[SiblingShown]:
    ids = [r.other_id if r.pupil_id == case.pupil_id else r.pupil_id for r in rows]
    return _shown(Case.objects.visible_to(user).filter(pupil__in=ids)) if ids else []


def _shown(cases: QuerySet[Case]) -> list[SiblingShown]:
    """One row a child, the oldest child first."""
    last: dict[int, Case] = {}
    for found in sorted(cases.select_related("pupil"), key=lambda c: (c.is_open, c.opened_on, c.pk)):
        last[found.pupil_id] = found
    return sorted((SiblingShown(c.pupil, c) for c in last.values()), key=lambda s: (s.pupil.born, s.pupil.pk))
