"""Who stands around the children of the demonstration: professionals, and a few brothers and sisters."""

from collections import Counter

from cases.dossier.models import Case
from cases.people.acts import save_professional, say_sibling
from cases.people.models import Professional
from leerplicht.models import Guardian
from thuiszitters.core.people.organisations import Organisation

WHO = (
    ("E. Verhoeven", "mentor", "", "030 5550 120", "e.verhoeven@school.test"),
    ("S. Amrani", "jeugdarts", "GGD Lekstroom", "030 5550 130", "s.amrani@ggd.test"),
    ("T. de Graaf", "gezinscoach", "Jeugdteam Lekstroom", "030 5550 140", "t.degraaf@jeugdteam.test"),
)
EVERY = 3  # of so many dossiers one has its people written down


def stand_around() -> None:
    cases = Case.objects.open().exclude(handler=None).select_related("pupil", "handler").order_by("number")
    gemeenten = {o.code: o for o in Organisation.objects.filter(kind=Organisation.Kind.GEMEENTE)}
    for n, case in enumerate(cases):
        if n % EVERY:
            continue
        for name, role, works_at, phone, email in WHO[: 1 + n % len(WHO)]:
            row = Professional(case=case, name=name, role=role, works_at=works_at, phone=phone, email=email)
            row.organisation, row.by = gemeenten[case.municipality_id], case.handler
            save_professional(row, by=case.handler)
    _families(list(cases))


def _families(cases: list[Case]) -> None:
    """In each gemeente two pairs of children of one name live at one address: of the first somebody said that they are
    brother and sister, the second is proposed."""
    pairs: Counter[str] = Counter()
    seen: dict[tuple[str, str], Case] = {}
    for case in cases:
        other = seen.setdefault((case.municipality_id, case.pupil.last_name), case)
        if other is case or pairs[case.municipality_id] == 2 or any(c.pupil.secret_address for c in (case, other)):
            continue
        del seen[case.municipality_id, case.pupil.last_name]
        pairs[case.municipality_id] += 1
        case.pupil.address = other.pupil.address
        case.pupil.save()
        _same_parents(other, case)
        if pairs[case.municipality_id] == 1:
            say_sibling(other, case.pupil, holds=True, by=other.handler)


def _same_parents(one: Case, other: Case) -> None:
    for mine, theirs in zip(
        Guardian.objects.filter(pupil=one.pupil_id), Guardian.objects.filter(pupil=other.pupil_id), strict=False
    ):
        theirs.name, theirs.phone = mine.name, mine.phone
        theirs.save()
