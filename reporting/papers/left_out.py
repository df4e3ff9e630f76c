"""What stays out of a paper, and why: the page on which it is chosen and the paper itself say the same."""

from collections.abc import Iterator

from cases.disputes.access import may_see, words_of
from cases.dossier.entry import Told
from cases.dossier.models import Case
from cases.parts.matrix import Level, Part
from cases.sight.seats import Sight
from reporting.papers.parents import is_16, is_facts_only
from reporting.papers.variants import CHAPTERS, NEEDS, VARIANTS, Left, Variant

_NUMBER = Left("het BSN of onderwijsnummer", "dat komt nooit op papier")
_COMPARTMENTS = Left("handhaving en veiligheid", "op papier hoogstens of er iets loopt (Wet politiegegevens)")


def left_out(variant: Variant, case: Case, sight: Sight) -> list[Left]:
    """What stays out of this paper whatever is chosen, and why: for who makes it and for who reads it."""
    info = VARIANTS[variant]
    return [
        _NUMBER,
        *(() if is_facts_only(sight) else _chapters_left_out(variant, sight)),
        *(_texts_left_out(case, sight) if info.named else ()),
        *(_kept_from_family(case, sight) if info.to_family else ()),
        *info.left_out,
        _COMPARTMENTS,
    ]


def left_out_of_pack(variant: Variant) -> list[Left]:
    """What stays out of a whole pack; per child more can."""
    info = VARIANTS[variant]
    return [_NUMBER, *info.left_out, *info.in_pack.left_out, _COMPARTMENTS]


def _chapters_left_out(variant: Variant, sight: Sight) -> Iterator[Left]:
    for chapter in VARIANTS[variant].chapters:
        if chapter in NEEDS and not sight.reads(NEEDS[chapter]):
            yield Left(CHAPTERS[chapter], _why_not(NEEDS[chapter], sight))


def _why_not(part: Part, sight: Sight) -> str:
    if sight.at(part) > Level.NONE:
        return "daarvan ziet wie dit krijgt alleen het eigen deel"
    return "het verzuim is niet gedeeld" if part == Part.VERZUIM else "het verloop is niet gedeeld"


def _texts_left_out(case: Case, sight: Sight) -> Iterator[Left]:
    routes = [words_of(d) for d in case.disputes.all() if d.about_sealed and may_see(d, sight)]
    entries: list[Told] = [*case.contacts.all(), *case.notes.all(), *case.attachments.all(), *routes]
    hidden = [Part(e.part) for e in entries if not sight.can_read(e)]
    if other := hidden.count(Part.VERLOOP):
        what = _count(other, "contact, notitie of bijlage", "contacten, notities en bijlagen")
        yield Left(what, "de inhoud is niet voor wie dit papier krijgt")
    if health := hidden.count(Part.GEZONDHEID):
        what = _count(health, "tekst of bijlage over gezondheid", "teksten of bijlagen over gezondheid")
        yield Left(what, "die blijft bij wie haar schreef, tenzij ouders of jongere toestemming gaven")


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _kept_from_family(case: Case, sight: Sight) -> Iterator[Left]:
    yield Left("wat anderen dan ouders, kind, school en hulpverlening zeiden", "dat gaat over derden")
    if is_16(case.pupil):
        yield Left(
            "de reden van de melding en wat de jongere voor zich houdt",
            "een jongere van 16 of ouder beslist daar zelf over",
        )
    if case.pupil.secret_address:
        yield Left(
            "alles wat laat zien waar het kind woont of naar school gaat, ook gesprekken en stappen",
            "het adres van het kind is geheim",
        )
    elif is_facts_only(sight):
        yield Left(
            "gesprekken, stappen, aanbod en wie er meedoet",
            "deze ouder heeft geen gezag, of dat is niet bekend: alleen feiten en data",
        )
