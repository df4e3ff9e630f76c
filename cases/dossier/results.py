"""With what a dossier can be closed. An exemption ends the dossier but is never a suitable place (domain R14)."""

from dataclasses import dataclass
from enum import StrEnum


class Counts(StrEnum):
    """How a result counts: a suitable place, gone from the definition without a place, or another end."""

    SUITABLE_PLACE = "passende plek"
    EXEMPTION = "vrijstelling"
    OTHER_END = "andere reden"


@dataclass(frozen=True, slots=True)
class Result:
    code: str
    label: str
    counts: Counts

    @property
    def needs_return(self) -> bool:
        """A suitable place counts from the first attended day, not from a decision."""
        return self.counts == Counts.SUITABLE_PLACE


_PLACES = {
    "EIGEN_SCHOOL_VOLLEDIG": "terug op eigen school, volledig programma",
    "EIGEN_SCHOOL_OPBOUW": "eigen school, opbouwrooster",
    "ANDERE_SCHOOL": "andere reguliere school",
    "SBO": "speciaal basisonderwijs",
    "SO": "speciaal onderwijs",
    "VSO": "voortgezet speciaal onderwijs",
    "PRO": "praktijkonderwijs",
    "OPDC": "orthopedagogisch-didactisch centrum",
    "ONDERWIJS_ZORGKLAS": "onderwijs-zorgarrangement of onderwijs-zorgklas",
    "VARIAWET": "afwijking onderwijstijd (maatwerk)",
    "MBO": "mbo, ook met vervangende leerplicht (art. 3b)",
    "ART_3A": "vervangende leerplicht (art. 3a)",
    "RESIDENTIEEL": "instelling met verblijf en school",
    "B3_PARTICULIER": "particuliere school (B3/B4)",
    "AFSTANDSONDERWIJS": "digitaal afstandsonderwijs als tijdelijke steun",
    "ZORGAANBOD": "zorgaanbod (dagbehandeling of dagbesteding)",
}
_EXEMPTIONS = {
    "VRIJSTELLING_5A": "vrijstelling art. 5 onder a",
    "VRIJSTELLING_5B": "vrijstelling art. 5 onder b",
    "VRIJSTELLING_5C": "vrijstelling art. 5 onder c",
    "VRIJSTELLING_15": "vrijstelling art. 15",
}
_OTHERS = {
    "VERHUISD": "verhuisd naar een andere gemeente",
    "BUITENLAND": "vertrokken naar het buitenland",
    "OVERLEDEN": "overleden",
    "LEEFTIJD": "18 jaar geworden",
    "STARTKWALIFICATIE": "startkwalificatie behaald",
    "DUBBEL": "dubbel: dit kind heeft al een ander dossier",
    "GEEN_VERZUIM": "geen verzuim: de melding klopte niet of de afwezigheid is geoorloofd",
}

# Results that something else asks for by name.
MOVED, DIED, DOUBLE = "VERHUISD", "OVERLEDEN", "DUBBEL"
# What ends the clock by law, once the fact of it is recorded: while the clock runs, it is not there yet.
BY_FACT = frozenset({*_EXEMPTIONS, "LEEFTIJD", "STARTKWALIFICATIE"})
# A judgement of one person that the clock runs wrongly: a second person confirms it.
BY_TWO = frozenset({"GEEN_VERZUIM", DOUBLE})
PLACES = frozenset(_PLACES)
RESULTS: dict[str, Result] = {
    code: Result(code, label, counts)
    for group, counts in (
        (_PLACES, Counts.SUITABLE_PLACE),
        (_EXEMPTIONS, Counts.EXEMPTION),
        (_OTHERS, Counts.OTHER_END),
    )
    for code, label in group.items()
}


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The results grouped by how they count, for a select."""
    return [(counts.value, [(r.code, r.label) for r in RESULTS.values() if r.counts == counts]) for counts in Counts]
