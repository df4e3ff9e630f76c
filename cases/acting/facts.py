"""Which fact closes which step: the one table (docs/adr/0035). No Django.

A step of the stappenplan names the fact that answers it (`Rung.closed_by`); the national default does so here below, a
region in its own ladder. The first step of every dossier is answered by `Fact.HEARD`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Fact(StrEnum):
    """What is recorded anyway, and answers a step."""

    REPORT = "melding"
    HEARD = "gehoord"
    MDO = "mdo"
    TABLE = "tafel"


@dataclass(frozen=True, slots=True)
class FactInfo:
    """`word`: as a region chooses it. `says`: what stands as outcome of the step, with the day."""

    word: str
    says: str


FACTS: dict[Fact, FactInfo] = {
    Fact.REPORT: FactInfo("er is een verzuimmelding", "De school meldde het verzuim op {on}."),
    Fact.HEARD: FactInfo(
        "de ouders met gezag en het kind zijn gesproken", "De ouders met gezag en het kind zijn gehoord, op {on}."
    ),
    Fact.MDO: FactInfo(
        "er is een MDO gehouden, met verslag", "Het MDO is gehouden op {on}. Het verslag staat in het dossier."
    ),
    Fact.TABLE: FactInfo(
        "er is een thuiszitterstafel gehouden, met verslag",
        "De thuiszitterstafel is gehouden op {on}. Het verslag staat in het dossier.",
    ),
}
# The kind of an overleg (`Meeting.Kind`) that was held.
HELD: dict[str, Fact] = {"mdo": Fact.MDO, "tafel": Fact.TABLE}
# What a region can choose for a step. That parents and child were heard answers the first step of a dossier, which is
# no step of a stappenplan.
CHOICES = [("", "niets: iemand rondt de stap af"), *((f.value, FACTS[f].word) for f in Fact if f != Fact.HEARD)]
