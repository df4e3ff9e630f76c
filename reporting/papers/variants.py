"""For whom a paper is, what can stand in it, and what stays out and why (domain 8.2 and 8.5). The preview and the paper
ask the same functions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils import timezone

from cases.dossier.models import Case
from cases.dossier.rules import YOUTH_DECIDES_AT
from cases.parts.matrix import Level, Part
from cases.sharing.rules import ROLES_OF_KIND
from cases.sight.seats import Seat, Sight, readable_by_parents, sight_after_sharing
from cases.work.models import Contact
from leerplicht.models import Guardian, Pupil
from thuiszitters.core.dates import age_on
from thuiszitters.core.people.organisations import Organisation


class Variant(StrEnum):
    VOLLEDIG = "volledig"
    PARTNER = "partner"
    OUDERS = "ouders"
    PSEUDONIEM = "pseudoniem"
    AANTALLEN = "aantallen"


class Chapter(StrEnum):
    """The first page (situation, clock, what parents and child say, what is asked) is always there."""

    KLOK = "klok"
    SPEELT = "speelt"
    STAPPEN = "stappen"
    AANBOD = "aanbod"
    CONTACTEN = "contacten"
    BETROKKEN = "betrokken"
    VERLOOP = "verloop"


@dataclass(frozen=True)
class VariantInfo:
    word: str
    for_whom: str
    chapters: tuple[Chapter, ...]
    named: bool = True  # whether the child can be recognised in it


ALL = tuple(Chapter)
VARIANTS: dict[Variant, VariantInfo] = {
    Variant.VOLLEDIG: VariantInfo("het hele dossier", "voor de eigen organisatie: alles wat u mag lezen", ALL),
    Variant.PARTNER: VariantInfo("voor een partner", "wat met een betrokken organisatie is gedeeld", ALL),
    Variant.OUDERS: VariantInfo("voor een ouder", "zonder wat de jongere voor zich houdt en zonder anderen", ALL),
    Variant.PSEUDONIEM: VariantInfo(
        "zonder namen",
        "voor bestuur of Thuiszitterstop: leeftijd, klok en stappen, niemand is te herkennen",
        (Chapter.KLOK, Chapter.SPEELT, Chapter.STAPPEN, Chapter.AANBOD),
        named=False,
    ),
    Variant.AANTALLEN: VariantInfo("alleen aantallen", "hoe lang, hoe vaak, hoe ver: geen tekst", (), named=False),
}

CHAPTERS: dict[Chapter, str] = {
    Chapter.KLOK: "hoe de klok is berekend",
    Chapter.SPEELT: "wat er speelt",
    Chapter.STAPPEN: "stappen",
    Chapter.AANBOD: "aanbod, besluiten en wat het tegenhoudt",
    Chapter.CONTACTEN: "contacten, met eigen woorden",
    Chapter.BETROKKEN: "wie er meedoet",
    Chapter.VERLOOP: "alles wat er gebeurde, op volgorde",
}
_NEEDS: dict[Chapter, Part] = {Chapter.KLOK: Part.VERZUIM, Chapter.STAPPEN: Part.VERLOOP, Chapter.AANBOD: Part.VERLOOP}


@dataclass(frozen=True)
class Left:
    """Something that stays out of a paper."""

    what: str
    why: str


_NUMBER = Left("het BSN of onderwijsnummer", "dat komt nooit op papier")
_COMPARTMENTS = Left("handhaving en veiligheid", "op papier hoogstens of er iets loopt (Wet politiegegevens)")
_ANONYMOUS: dict[Variant, tuple[Left, ...]] = {
    Variant.PSEUDONIEM: (
        Left("namen, geboortedatum, school, gemeente en dossiernummer", "niemand mag te herkennen zijn"),
        Left("tekst die iemand typte, behalve wat wordt gevraagd", "daarin kunnen namen staan"),
        Left("wat er bij het kind zelf speelt", "gezondheid is niet voor het bestuur"),
    ),
    Variant.AANTALLEN: (Left("alle namen, teksten en plaatsen", "hier staan alleen aantallen en dagen"),),
}


@dataclass(frozen=True)
class ParentSight(Sight):
    """What a parent may read on paper (domain 8.5): the own words and those of the child, not those of the other;
    nothing that a young person of 16 or over keeps back; without gezag the facts and the dates only."""

    pupil: Pupil | None = None
    guardian_id: int | None = None
    facts_only: bool = False

    def can_read(self, entry) -> bool:
        if not self.course or not readable_by_parents(entry, self.pupil) or not self.within.can_read(entry):
            return False
        if isinstance(entry, Contact):
            return entry.who not in (Contact.Who.PARENT, Contact.Who.OTHER) or entry.guardian_id == self.guardian_id
        return True

    def knows_of(self, entry) -> bool:
        if not self.within.knows_of(entry):
            return False
        if not isinstance(entry, Contact) or entry.who == Contact.Who.OTHER or kept_back(entry, self.pupil):
            return self.can_read(entry)
        return Part(entry.part) == Part.VERLOOP

    def knows_letter(self, document) -> bool:
        """Those to this parent."""
        return any(g.pk == self.guardian_id for g in document.guardians.all())


def kept_back(entry, pupil: Pupil) -> bool:
    """Whether a young person of 16 or over does not want the parents to know what this says."""
    return entry.kept_from_parents and is_16(pupil)


def is_16(pupil: Pupil) -> bool:
    return age_on(timezone.localdate(), pupil.born) >= YOUTH_DECIDES_AT


def on_paper(sight: Sight) -> Sight:
    """Enforcement stays in its compartment (Wet politiegegevens), and safety with who wrote it: of both a paper says at
    most whether something runs. A paper is copied."""

    def kept(seat: Seat) -> Seat:
        low = {part: min(seat.at(part), Level.YES_NO) for part in (Part.HANDHAVING, Part.VEILIGHEID)}
        return replace(seat, levels=seat.levels | low)

    return replace(sight, seats=tuple(kept(seat) for seat in sight.seats))


def sight_for(
    variant: Variant,
    case: Case,
    own: Sight,
    *,
    organisation: Organisation | None = None,
    guardian: Guardian | None = None,
) -> Sight:
    """What whoever gets the paper may read, and no more than who makes it (`own`)."""
    if variant == Variant.PARTNER:
        shared = case.involvements.running().get(organisation=organisation).parts
        roles = ROLES_OF_KIND[organisation.kind]
        theirs = sight_after_sharing(case, organisation, roles, shared, False, within=own)
        return on_paper(replace(theirs, seats=tuple(_capped(seat, own) for seat in theirs.seats)))
    if variant == Variant.OUDERS:
        secret = case.pupil.secret_address
        facts_only = guardian is None or guardian.gezag != Guardian.Gezag.YES or secret
        levels = {Part.IDENTITEIT: Level.READ, Part.VERZUIM: Level.NONE if secret else Level.READ}
        if not facts_only:
            levels |= {Part.VERLOOP: Level.READ, Part.VRIJSTELLING: Level.CONCLUSION}
        return ParentSight(
            (_capped(Seat(levels), own),),
            pupil=case.pupil,
            guardian_id=guardian and guardian.pk,
            facts_only=facts_only,
            within=own,
        )
    return on_paper(own)


def _capped(seat: Seat, own: Sight) -> Seat:
    """No more of a part than who makes the paper sees."""
    return replace(seat, levels={part: min(level, own.at(part)) for part, level in seat.levels.items()})


def is_facts_only(sight: Sight) -> bool:
    """Whether this is a paper of facts and dates, for a parent without gezag or where the address is secret."""
    return isinstance(sight, ParentSight) and sight.facts_only


def possible(variant: Variant, sight: Sight) -> list[Chapter]:
    """The chapters that can be chosen."""
    if is_facts_only(sight):
        return [Chapter.KLOK] if sight.absence else []
    return [c for c in VARIANTS[variant].chapters if c not in _NEEDS or sight.reads(_NEEDS[c])]


def left_out(variant: Variant, case: Case, sight: Sight) -> list[Left]:
    """What stays out of this paper whatever is chosen, and why: for who makes it and for who reads it."""
    found = [_NUMBER]
    found += (
        []
        if is_facts_only(sight)
        else [
            Left(CHAPTERS[c], _why_not(_NEEDS[c], sight))
            for c in VARIANTS[variant].chapters
            if c in _NEEDS and not sight.reads(_NEEDS[c])
        ]
    )
    if VARIANTS[variant].named:
        found += _texts_left_out(case, sight)
    found += _of_variant(variant, case, sight)
    return [*found, _COMPARTMENTS]


def left_out_of_pack(variant: Variant) -> list[Left]:
    """What stays out of a whole pack; per child more can."""
    found = [_NUMBER, *_ANONYMOUS.get(variant, ())]
    if variant == Variant.PARTNER:
        found.append(Left("wat niet met deze partner is gedeeld", "zo'n kind staat erin zonder naam"))
    return [*found, _COMPARTMENTS]


def _why_not(part: Part, sight: Sight) -> str:
    if sight.at(part) > Level.NONE:
        return "daarvan ziet wie dit krijgt alleen het eigen deel"
    return "het verzuim is niet gedeeld" if part == Part.VERZUIM else "het verloop is niet gedeeld"


def _texts_left_out(case: Case, sight: Sight) -> list[Left]:
    entries = [*case.contacts.all(), *case.notes.all()]
    hidden = [e for e in entries if not sight.can_read(e)]
    health = sum(Part(e.part) == Part.GEZONDHEID for e in hidden)
    other = sum(Part(e.part) == Part.VERLOOP for e in hidden)
    return [
        *(
            [
                Left(
                    _count(other, "contact of notitie", "contacten en notities"),
                    "de inhoud is niet voor wie dit papier krijgt",
                )
            ]
            if other
            else []
        ),
        *(
            [
                Left(
                    _count(health, "tekst over gezondheid", "teksten over gezondheid"),
                    "die blijft bij wie haar schreef, tenzij ouders of jongere toestemming gaven",
                )
            ]
            if health
            else []
        ),
    ]


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _of_variant(variant: Variant, case: Case, sight: Sight) -> Sequence[Left]:
    if variant == Variant.OUDERS:
        found = [Left("wat anderen dan ouders, kind, school en hulpverlening zeiden", "dat gaat over derden")]
        if is_16(case.pupil):
            found.append(
                Left(
                    "de reden van de melding en wat de jongere voor zich houdt",
                    "een jongere van 16 of ouder beslist daar zelf over",
                )
            )
        if case.pupil.secret_address:
            found.append(
                Left(
                    "alles wat laat zien waar het kind woont of naar school gaat, ook gesprekken en stappen",
                    "het adres van het kind is geheim",
                )
            )
        elif is_facts_only(sight):
            found.append(
                Left(
                    "gesprekken, stappen, aanbod en wie er meedoet",
                    "deze ouder heeft geen gezag, of dat is niet bekend: alleen feiten en data",
                )
            )
        return found
    return _ANONYMOUS.get(variant, ())
