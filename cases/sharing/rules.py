"""With whom can be shared, what, and who must agree?"""

from collections.abc import Iterable
from datetime import date

from cases.dossier.rules import YOUTH_DECIDES_AT, YOUTH_JOINS_AT, NotNow
from cases.parts.matrix import MATRIX, PARTS, SHAREABLE, Part, comes_by_share
from thuiszitters.core.dates import age_on
from thuiszitters.core.people.roles import Role

# Whose people may take part in a dossier, and in which roles they do.
ROLES_OF_KIND: dict[str, tuple[Role, ...]] = {
    "samenwerkingsverband": (Role.COORDINATOR, Role.HOUDER),
    "school": (Role.SCHOOL,),
    "zorgpartij": (Role.ZORG,),
    "gemeente": (Role.HOUDER,),
}


def check_consent(born: date, on: date, *, parents: bool, youth: bool) -> None:
    """Who must agree before health data are shared: under 12 the parents, from 12 to 15 both, from 16 the youth
    (domain 8.1). NotNow when somebody is missing."""
    if not born <= on:
        raise NotNow("De toestemming is van voor de geboorte van het kind. Kijk de datum na.")
    age = age_on(on, born)
    if age < YOUTH_JOINS_AT and not parents:
        raise NotNow("Bij een kind onder de 12 geven de ouders met gezag toestemming.")
    if YOUTH_JOINS_AT <= age < YOUTH_DECIDES_AT and not (parents and youth):
        raise NotNow("Van 12 tot en met 15 jaar geven ouders en kind samen toestemming.")
    if age >= YOUTH_DECIDES_AT and not youth:
        raise NotNow("Vanaf 16 jaar geeft de jongere zelf toestemming.")


def shareable_with(kind: str) -> tuple[Part, ...]:
    """The parts that can be shared with an organisation of this kind: of which one of its roles may see anything."""
    roles = ROLES_OF_KIND.get(kind, ())
    return tuple(p for p in SHAREABLE if any(comes_by_share(p, MATRIX[role][p]) for role in roles))


def check_shareable(kind: str, parts: Iterable[str]) -> None:
    """NotNow when a part is named that nobody at such an organisation may see."""
    if kind not in ROLES_OF_KIND:
        raise NotNow("Met deze organisatie kan een dossier niet worden gedeeld.")
    if extra := set(parts) - set(shareable_with(kind)):
        words = ", ".join(sorted(PARTS[Part(p)].word if p in PARTS else p for p in extra))
        raise NotNow(f"Dit onderdeel mag deze organisatie niet zien: {words}.")


def check_settled_once(*, waits: bool) -> None:
    if not waits:
        raise NotNow("Dit verzoek is al beantwoord of teruggenomen.")
