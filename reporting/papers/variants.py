"""For whom a paper is and what can stand in it (domain 8.2 and 8.5). A reader is a row in VARIANTS, and what the reader
may see stands in `sight_for`: pages, paper, pack and list of papers ask these."""

from dataclasses import dataclass, replace
from enum import StrEnum

from cases.dossier.models import Case
from cases.parts.matrix import Level, Part
from cases.sharing.rules import ROLES_OF_KIND
from cases.sight.seats import Seat, Sight, sight_after_sharing
from leerplicht.models import Guardian
from reporting.papers.parents import ParentSight, is_facts_only
from thuiszitters.core.people.organisations import Organisation


class Variant(StrEnum):
    VOLLEDIG = "volledig"
    PARTNER = "partner"
    OUDERS = "ouders"
    PSEUDONIEM = "pseudoniem"
    AANTALLEN = "aantallen"


class Whom(StrEnum):
    """Who can be the reader: one of the own organisation, each organisation that takes part, each parent, or whoever
    the maker writes down."""

    OWN = "own"
    PARTNER = "partner"
    PARENT = "parent"
    ANYBODY = "anybody"


class Chapter(StrEnum):
    """The first page (situation, clock, what parents and child say, what is asked) is always there."""

    KLOK = "klok"
    SPEELT = "speelt"
    STAPPEN = "stappen"
    AANBOD = "aanbod"
    CONTACTEN = "contacten"
    BETROKKEN = "betrokken"
    VERLOOP = "verloop"


CHAPTERS: dict[Chapter, str] = {
    Chapter.KLOK: "hoe de klok is berekend",
    Chapter.SPEELT: "wat er speelt",
    Chapter.STAPPEN: "stappen",
    Chapter.AANBOD: "aanbod, besluiten en wat het tegenhoudt",
    Chapter.CONTACTEN: "contacten, met eigen woorden",
    Chapter.BETROKKEN: "wie er meedoet",
    Chapter.VERLOOP: "alles wat er gebeurde, op volgorde",
}
NEEDS: dict[Chapter, Part] = {Chapter.KLOK: Part.VERZUIM, Chapter.STAPPEN: Part.VERLOOP, Chapter.AANBOD: Part.VERLOOP}


@dataclass(frozen=True)
class Left:
    """Something that stays out of a paper."""

    what: str
    why: str


@dataclass(frozen=True)
class InPack:
    """How a reader gets a whole pack. `page`: the template of the page of a child. `word` and `choice`: what it is
    called and how it is chosen, with the {reader}, if that is other than of one dossier. `otherwise`: how much the
    reader gets of a child that is not shared with it, and `left_out` what stays out besides."""

    page: str
    word: str = ""
    choice: str = ""
    otherwise: Variant | None = None
    left_out: tuple[Left, ...] = ()


@dataclass(frozen=True)
class VariantInfo:
    """`template`: of the whole dossier. `recipient`: what stands at "voor wie" before somebody writes there. `asks`:
    whether it has words written for it, as what is asked of the reader. `left_out`: what never stands in it.
    `to_family`: read by the people themselves, so where they live and what a youth keeps back can stay out, and the
    list of papers does not tell everybody who got it. Without a `pack`, `no_pack` says why."""

    word: str
    for_whom: str
    whom: Whom
    chapters: tuple[Chapter, ...] = tuple(Chapter)
    template: str = "reporting/dossiers/dossier.html"
    recipient: str = ""
    named: bool = True  # whether the child can be recognised in it
    asks: bool = True
    to_family: bool = False
    left_out: tuple[Left, ...] = ()
    pack: InPack | None = None
    no_pack: str = ""

    @property
    def typed(self) -> bool:
        """Whether the maker writes down who reads it, because the choice does not say that."""
        return self.whom in (Whom.OWN, Whom.ANYBODY)

    @property
    def numbered(self) -> bool:
        """Whether the file is called after the dossier. Its number says of which gemeente it is: not for who may not
        know that, or who it is."""
        return self.named and not self.to_family

    @property
    def in_pack(self) -> InPack:
        """How a whole pack comes; asked only of those that can be in one."""
        if self.pack is None:
            raise ValueError(self.no_pack)
        return self.pack

    @property
    def word_in_pack(self) -> str:
        """How much of each dossier. With names it is a page per child, so not "the whole dossier"."""
        return self.in_pack.word or self.word

    def choice_of_pack(self, reader: str) -> str:
        return self.in_pack.choice.format(reader=reader) or f"{self.word[0].upper()}{self.word[1:]}: {self.for_whom}"

    def hides_place(self, case: Case) -> bool:
        """Whether what leads to where the child lives stays out, its school and gemeente as well."""
        return self.to_family and case.pupil.secret_address


VARIANTS: dict[Variant, VariantInfo] = {
    Variant.VOLLEDIG: VariantInfo(
        "het hele dossier",
        "voor de eigen organisatie: alles wat u mag lezen",
        Whom.OWN,
        recipient="eigen gebruik",
        pack=InPack("reporting/packs/pack_named.html", "met namen", "Met namen: alleen binnen {reader}"),
    ),
    Variant.PARTNER: VariantInfo(
        "voor een partner",
        "wat met een betrokken organisatie is gedeeld",
        Whom.PARTNER,
        pack=InPack(
            "reporting/packs/pack_named.html",
            choice="Voor {reader}: wat met hen is gedeeld",
            otherwise=Variant.PSEUDONIEM,
            left_out=(Left("wat niet met deze partner is gedeeld", "zo'n kind staat erin zonder naam"),),
        ),
    ),
    Variant.OUDERS: VariantInfo(
        "voor een ouder",
        "zonder wat de jongere voor zich houdt en zonder anderen",
        Whom.PARENT,
        to_family=True,
        no_pack="in een stapel staan ook andere kinderen",
    ),
    Variant.PSEUDONIEM: VariantInfo(
        "zonder namen",
        "voor bestuur of Thuiszitterstop: leeftijdsgroep, maand en stappen; geen naam en geen dag",
        Whom.ANYBODY,
        (Chapter.KLOK, Chapter.SPEELT, Chapter.STAPPEN, Chapter.AANBOD),
        "reporting/dossiers/pseudoniem.html",
        named=False,
        left_out=(
            Left("namen, school, gemeente, dossiernummer, precieze leeftijd en dagen", "samen wijzen die één kind aan"),
            Left("tekst die iemand typte, behalve wat wordt gevraagd", "daarin kunnen namen staan"),
            Left("wat er bij het kind zelf speelt", "gezondheid is niet voor het bestuur"),
        ),
        pack=InPack("reporting/packs/pack_anonymous.html"),
    ),
    Variant.AANTALLEN: VariantInfo(
        "alleen aantallen",
        "hoe lang, hoe vaak, hoe ver: geen tekst",
        Whom.ANYBODY,
        (),
        "reporting/dossiers/aantallen.html",
        named=False,
        asks=False,
        left_out=(Left("alle namen, teksten en plaatsen", "hier staan alleen aantallen en dagen"),),
        pack=InPack("reporting/dossiers/aantallen.html"),
    ),
}


def of_family() -> list[Variant]:
    """Those that the people themselves read."""
    return [variant for variant, info in VARIANTS.items() if info.to_family]


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
    match VARIANTS[variant].whom:
        case Whom.PARTNER if organisation:
            return _of_partner(case, own, organisation)
        case Whom.PARENT:
            return of_parent(case, own, guardian)
        case Whom.OWN | Whom.ANYBODY:
            return on_paper(own)
    raise ValueError("a partner without an organisation")


def _of_partner(case: Case, own: Sight, organisation: Organisation) -> Sight:
    shared = case.involvements.running().get(organisation=organisation).parts
    theirs = sight_after_sharing(case, organisation, ROLES_OF_KIND[organisation.kind], shared, False, within=own)
    return on_paper(replace(theirs, seats=tuple(_capped(seat, own) for seat in theirs.seats)))


def of_parent(case: Case, own: Sight, guardian: Guardian | None) -> ParentSight:
    """What a parent may read, on paper and on the own page."""
    secret = case.pupil.secret_address
    facts_only = guardian is None or guardian.gezag != Guardian.Gezag.YES or secret
    levels = {Part.IDENTITEIT: Level.READ, Part.VERZUIM: Level.NONE if secret else Level.READ}
    if not facts_only:
        levels |= {Part.VERLOOP: Level.READ, Part.VRIJSTELLING: Level.CONCLUSION}
    return ParentSight(
        (_capped(Seat(levels), own),),
        pupil=case.pupil,
        guardian_id=guardian.pk if guardian else None,
        facts_only=facts_only,
        within=own,
    )


def _capped(seat: Seat, own: Sight) -> Seat:
    """No more of a part than who makes the paper sees."""
    return replace(seat, levels={part: min(level, own.at(part)) for part, level in seat.levels.items()})


def possible(variant: Variant, sight: Sight) -> list[Chapter]:
    """The chapters that can be chosen."""
    if is_facts_only(sight):
        return [Chapter.KLOK] if sight.absence else []
    return [c for c in VARIANTS[variant].chapters if c not in NEEDS or sight.reads(NEEDS[c])]
