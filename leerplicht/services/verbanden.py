"""To which samenwerkingsverband a school belongs: by its kind of education, and where it stands."""

from collections.abc import Iterable, Iterator

from leerplicht.models import Enrolment, PostcodeArea, School, SchoolBoard
from thuiszitters.core.people.organisations import Organisation

# Special education belongs to a samenwerkingsverband by the age of its pupils (domain A5); mbo belongs to none.
LEVELS: dict[str, tuple[str, ...]] = {
    School.Sector.PO: ("PO",),
    School.Sector.SBO: ("PO",),
    School.Sector.SO: ("PO",),
    School.Sector.SO_VSO: ("PO", "VO"),
    School.Sector.VSO: ("VO",),
    School.Sector.VO: ("VO",),
    School.Sector.MBO: (),
}
# Schools for blind, partially sighted, deaf and hearing-impaired children belong to none (domain A5).
NATIONAL_CLUSTERS = frozenset({"1", "2"})


def verbanden_of(schools: Iterable[School]) -> dict[int, list[str]]:
    """Codes of the samenwerkingsverbanden per school id, PO before VO; one query. What a person wrote down goes before
    the table of postcodes; where neither knows, there is none."""
    schools = list(schools)
    areas = PostcodeArea.objects.in_bulk({school.postcode[:4] for school in schools})
    return {school.pk: _codes(school, areas.get(school.postcode[:4])) for school in schools}


def tell_of_schools(enrolments: Iterable[Enrolment]) -> None:
    """Give each enrolment `told`: what is known of its school, for a page."""
    enrolments = list(enrolments)
    told = told_of(enrolment.school for enrolment in enrolments)
    for enrolment in enrolments:
        enrolment.told = told[enrolment.school_id]


def told_of(schools: Iterable[School]) -> dict[int, str]:
    """Per school id what is known of its board and its samenwerkingsverbanden, in words; nothing known: empty."""
    schools = list(schools)
    codes = verbanden_of(schools)
    boards = SchoolBoard.objects.in_bulk({school.board for school in schools})
    kind = Organisation.Kind.SAMENWERKINGSVERBAND
    wanted = {code for found in codes.values() for code in found}
    names = dict(Organisation.objects.filter(kind=kind, code__in=wanted).values_list("code", "name"))
    return {school.pk: " · ".join(_words(school, codes[school.pk], boards, names)) for school in schools}


def _words(school: School, codes: list[str], boards: dict[str, SchoolBoard], names: dict[str, str]) -> Iterator[str]:
    if school.board:
        board = boards.get(school.board)
        yield f"bestuur {board.name}" if board else f"bestuur {school.board}"
    for code in codes:
        yield f"{names[code]} ({code})" if code in names else f"samenwerkingsverband {code}"


def _codes(school: School, area: PostcodeArea | None) -> list[str]:
    found = {}
    if area and school.cluster not in NATIONAL_CLUSTERS:
        found = {"PO": area.verband_po, "VO": area.verband_vo}
    if school.verband_by_hand:
        found[school.verband_by_hand[:2]] = school.verband_by_hand
    return [code for level in LEVELS[school.sector] if (code := found.get(level))]
