"""Who may see which part of a dossier: one table that an auditor can read (domain 8.2, docs/adr/0011). No Django.

A role is an upper bound. An organisation that takes part sees of it what was shared with it; `cases.sight` joins both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from thuiszitters.core.people.roles import Role


class Part(StrEnum):
    IDENTITEIT = "identiteit"
    NUMMER = "nummer"
    VERZUIM = "verzuim"
    VERLOOP = "verloop"
    GEZONDHEID = "gezondheid"
    VRIJSTELLING = "vrijstelling"
    HANDHAVING = "handhaving"
    VEILIGHEID = "veiligheid"


class Level(IntEnum):
    """How much of a part; more is higher. What each says on screen stands in LEVELS."""

    NONE = 0
    YES_NO = 1
    UNTIL = 2
    CONCLUSION = 3
    OWN = 4
    CONSENT = 5
    READ = 6
    WRITE = 7


@dataclass(frozen=True, slots=True)
class PartInfo:
    """`word`: what people call it. `meaning`: what is in it."""

    word: str
    meaning: str


PARTS: dict[Part, PartInfo] = {
    Part.IDENTITEIT: PartInfo(
        "wie het kind is",
        "Naam, geboortedatum, school, gemeente, ouders en hoe zij te bereiken zijn; hoe lang het kind thuis is.",
    ),
    Part.NUMMER: PartInfo("BSN of onderwijsnummer", "Het hele nummer, op verzoek en met een reden."),
    Part.VERZUIM: PartInfo(
        "verzuim", "Meldingen van school, gemiste uren, inschrijvingen, terugkeer en hoe de klok is berekend."
    ),
    Part.VERLOOP: PartInfo(
        "wat er is gedaan",
        "Contacten, notities en stappen die met de andere partijen zijn gedeeld; overleg; wat er speelt.",
    ),
    Part.GEZONDHEID: PartInfo(
        "gezondheid", "Oorzaken bij het kind zelf en notities over gezondheid. Van de organisatie die ze vastlegde."
    ),
    Part.VRIJSTELLING: PartInfo("verklaring bij een vrijstelling", "Artikel, deskundige en datum van de verklaring."),
    Part.HANDHAVING: PartInfo("handhaving", "Halt, proces-verbaal, hoorgesprek als boa."),
    Part.VEILIGHEID: PartInfo("veiligheid", "Zorgen over veiligheid en wat met Veilig Thuis is besproken."),
}

LEVELS: dict[Level, str] = {
    Level.NONE: "niets",
    Level.YES_NO: "alleen of het loopt: ja of nee",
    Level.UNTIL: "alleen tot wanneer",
    Level.CONCLUSION: "alleen de conclusie",
    Level.OWN: "alleen wat de eigen organisatie vastlegde",
    Level.CONSENT: "wat de eigen organisatie vastlegde; van een ander alleen met toestemming",
    Level.READ: "lezen",
    Level.WRITE: "lezen en schrijven",
}

_NOTHING = dict.fromkeys(Part, Level.NONE)
_OFFICER = {
    Part.IDENTITEIT: Level.WRITE,
    Part.NUMMER: Level.WRITE,
    Part.VERZUIM: Level.WRITE,
    Part.VERLOOP: Level.WRITE,
    Part.GEZONDHEID: Level.CONSENT,
    Part.VRIJSTELLING: Level.WRITE,
    Part.HANDHAVING: Level.YES_NO,
    Part.VEILIGHEID: Level.OWN,
}

MATRIX: dict[Role, dict[Part, Level]] = {
    Role.LEERPLICHTAMBTENAAR: _OFFICER,
    Role.TEAMLEIDER: _OFFICER,
    Role.BOA: _NOTHING | {Part.IDENTITEIT: Level.READ, Part.HANDHAVING: Level.WRITE},
    Role.COORDINATOR: _NOTHING
    | {
        Part.IDENTITEIT: Level.READ,
        Part.VERZUIM: Level.READ,
        Part.VERLOOP: Level.WRITE,
        Part.GEZONDHEID: Level.CONSENT,
    },
    Role.SCHOOL: _NOTHING
    | {
        Part.IDENTITEIT: Level.READ,
        Part.VERZUIM: Level.OWN,
        Part.VERLOOP: Level.WRITE,
        Part.GEZONDHEID: Level.CONSENT,
        Part.VRIJSTELLING: Level.UNTIL,
        Part.VEILIGHEID: Level.OWN,
    },
    Role.ZORG: _NOTHING
    | {
        Part.IDENTITEIT: Level.READ,
        Part.VERLOOP: Level.WRITE,
        Part.GEZONDHEID: Level.CONSENT,
        Part.VEILIGHEID: Level.OWN,
    },
    Role.HOUDER: _NOTHING
    | {
        Part.IDENTITEIT: Level.READ,
        Part.VERZUIM: Level.READ,
        Part.VERLOOP: Level.READ,
        Part.GEZONDHEID: Level.CONSENT,
        Part.VRIJSTELLING: Level.CONCLUSION,
        Part.HANDHAVING: Level.YES_NO,
        Part.VEILIGHEID: Level.YES_NO,
    },
    Role.REGIO: _NOTHING,
    Role.BEHEERDER: _NOTHING,
    Role.CONTROLEUR: _NOTHING,
}

# How it stands with a toelaatbaarheidsverklaring (TLV) at an offer (row OPP/TLV of domain 8.2): samenwerkingsverband
# and school record it, others read it. Jeugdhulp would need consent, which is asked for health only: it sees none.
TLV: dict[Role, Level] = {
    Role.COORDINATOR: Level.WRITE,
    Role.SCHOOL: Level.WRITE,
    Role.LEERPLICHTAMBTENAAR: Level.READ,
    Role.TEAMLEIDER: Level.READ,
    Role.HOUDER: Level.READ,
}

# What whoever uses the emergency procedure sees for a few hours: enough to reach and protect a child, to read only.
EMERGENCY: dict[Part, Level] = _NOTHING | {
    Part.IDENTITEIT: Level.READ,
    Part.VERZUIM: Level.READ,
    Part.VERLOOP: Level.READ,
    Part.VEILIGHEID: Level.READ,
}

# What can be chosen when a dossier is shared. Who the child is comes along always; the number never.
SHAREABLE = (Part.VERZUIM, Part.VERLOOP, Part.VRIJSTELLING, Part.HANDHAVING, Part.VEILIGHEID)
USUAL = (Part.VERZUIM, Part.VERLOOP)


def comes_by_share(part: Part, level: Level) -> bool:
    """Whether sharing brings this much of a part. What the own organisation wrote about safety it reads anyway."""
    return level > Level.NONE and not (part == Part.VEILIGHEID and level == Level.OWN)


def restrict(role: Role, shared: Iterable[str]) -> dict[Part, Level]:
    """What a role sees in a dossier of which these parts were shared with its organisation. Health hangs on consent
    and not on sharing."""
    chosen = {Part(p) for p in shared} | {Part.IDENTITEIT, Part.GEZONDHEID}
    levels = MATRIX[role]
    return {
        part: level if part in chosen or not comes_by_share(part, level) else Level.NONE
        for part, level in levels.items()
    }


def most(*levels: dict[Part, Level]) -> dict[Part, Level]:
    """Somebody with several roles sees of each part the most that one of them allows."""
    return {part: max((each[part] for each in levels), default=Level.NONE) for part in Part}


def part_of_problem(code: str) -> Part:
    """To which part a problem domain belongs: A to C tell of health (domain 8.2), D7 of safety, G of justice."""
    if code == "D7":
        return Part.VEILIGHEID
    return {"A": Part.GEZONDHEID, "B": Part.GEZONDHEID, "C": Part.GEZONDHEID, "G": Part.HANDHAVING}.get(
        code[0], Part.VERLOOP
    )
