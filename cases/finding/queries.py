"""Whom a text can be about, within what somebody may see (docs/adr/0010, 0033). A constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.dossier.models import Case
from cases.finding.rules import DossierNumber, Meaning
from cases.intake.models import Intake
from cases.intake.refused import RefusedLine, raw_of, shown
from leerplicht.children.finding import born_on, nearest
from leerplicht.models import AbsenceReport, Enrolment, IdentityQuestion, Pupil, RejectedLine, School
from leerplicht.names.nearness import nearness
from leerplicht.schools.finding import matching
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

SHOWN = 50
LINES_READ = 500  # refused lines are encrypted: each is opened to read whose it is
SCHOOLS_SHOWN = 10
SHORTEST_SCHOOL = 3  # two letters stand in most names of schools


@dataclass
class Found:
    """`pupils`: keys of children, the nearest first, as many as are shown. `count`: how many there are; `cut`: there
    are more than that. What a school sent shows as it was sent, a refused line as its officer reads it. `unread`: not
    all refused lines were opened."""

    pupils: list[int] = field(default_factory=list)
    count: int = 0
    cut: bool = False
    reports: list[AbsenceReport] = field(default_factory=list)
    lines: list[RefusedLine] = field(default_factory=list)
    schools: list[School] = field(default_factory=list)
    unread: bool = False

    @property
    def more(self) -> bool:
        return self.cut or self.count > len(self.pupils)


def cases_of(user: User) -> QuerySet[Case]:
    """Dossiers that a search finds; what was opened in an emergency is in no list."""
    return Case.objects.visible_to(user, urgent=False)


def known_to(user: User) -> QuerySet[Pupil]:
    """Every child that the user may see: of an own gemeente, with or without a dossier, or by a dossier."""
    return Pupil.objects.visible_to(user) | Pupil.objects.filter(_has(cases_of(user)))


def _has(cases: QuerySet[Case]) -> Exists:
    return Exists(cases.filter(pupil=OuterRef("pk")))


def find(user: User, meaning: Meaning, most: int = SHOWN, *, lines: bool = True) -> Found:
    """All that a text can mean to this user. `lines`: also refused lines, which cost more."""
    keys, cut = _children(user, meaning)
    found = Found(keys[:most], len(keys), cut)
    found.reports = _sent(user, meaning)[:most]
    if lines:
        found.lines, found.unread = _lines(user, meaning)
    if any(len(word) >= SHORTEST_SCHOOL for word in meaning.name.words) and not meaning.born:
        found.schools = _schools(user, meaning.text)
    return found


def _children(user: User, meaning: Meaning) -> tuple[list[int], bool]:
    """Numbers before names: who types a number means that one."""
    pupils = known_to(user)
    numbered = pupils.filter(_numbered(user, meaning)).order_by("search_last", "search_first", "pk")
    keys, cut = list(numbered.values_list("pk", flat=True)) if _has_number(meaning) else [], False
    if meaning.born:
        pupils = pupils.filter(born_on(meaning.born))
    if meaning.name:
        near = nearest(pupils, meaning.name)
        keys, cut = [*keys, *near.keys], near.cut
    elif meaning.born:
        keys += pupils.order_by("search_last", "search_first", "pk").values_list("pk", flat=True)
    return list(dict.fromkeys(keys)), cut


def _has_number(meaning: Meaning) -> bool:
    return bool(meaning.dossier or meaning.report or meaning.personal or (meaning.name and not meaning.born))


def _numbered(user: User, meaning: Meaning) -> Q:
    """Children of whom a number was typed: of a dossier, here or in the system before, of a report, or their own."""
    cases, access = cases_of(user), access_of(user)
    ours = cases.filter(municipality__in=access.municipalities_with(Right.CASE_WORK)).exclude(old_number="")
    fits = Q(_has(ours.filter(old_number__iexact=meaning.text)))
    if meaning.dossier:
        fits |= Q(_has(cases.filter(_dossier(meaning.dossier))))
    if meaning.report:
        codes = access.municipalities_with(Right.REPORT_VIEW)
        rows = AbsenceReport.objects.visible_to(user).filter(number__icontains=meaning.report)
        fits |= Q(Exists(rows.filter(pupil=OuterRef("pk"), pupil__municipality__in=codes)))
    if meaning.personal:
        # Who may not see a number does not learn by searching whether it is right.
        codes = access.municipalities_with(Right.PGN_SHOW)
        seen = Q(municipality__in=codes) | Q(_has(cases.filter(municipality__in=codes)))
        fits |= Q(pgn_hash=Pupil.hash_of(meaning.personal)) & seen
    return fits


def _dossier(number: DossierNumber) -> Q:
    if number.whole:
        return Q(number=number.whole)
    year = f"-{number.year}" if number.year else ""
    fits = Q(number__endswith=f"{year}-{number.count:04}")
    return fits & Q(number__startswith=f"TZ-{number.gemeente}-") if number.gemeente else fits


def _sent(user: User, meaning: Meaning) -> list[AbsenceReport]:
    """Reports of an own school, found by what was sent and never by what stands on record (docs/adr/0029)."""
    codes = access_of(user).schools_with(Right.REPORT_VIEW)
    if not codes or not (meaning.name or meaning.born or meaning.report):
        return []
    rows = AbsenceReport.objects.visible_to(user).current().filter(school__code__in=codes, intake__isnull=False)
    rows = rows.select_related("school", "intake").order_by("-changed_at", "-pk")
    if meaning.report and not meaning.name:
        return list(rows.filter(number__icontains=meaning.report)[:SHOWN])
    if meaning.born:
        rows = rows.filter(sent_born=meaning.born)
    far = [(n, row) for row in rows.iterator(chunk_size=1000) if (n := _far(meaning, row)) is not None]
    return [row for _, row in sorted(far, key=lambda found: found[0])]


def _far(meaning: Meaning, report: AbsenceReport) -> int | None:
    if not report.sent_born:
        return None
    if not meaning.name:
        return 0
    return nearness(meaning.name, report.sent_first_names, report.sent_prefix, report.sent_last_name)


def _lines(user: User, meaning: Meaning) -> tuple[list[RefusedLine], bool]:
    """Refused lines about a child of this name, or with this number; and whether some were not read."""
    rows = RejectedLine.objects.visible_to(user).filter(state=RejectedLine.State.OPEN).order_by("-pk")
    if meaning.report and not meaning.name:
        return shown(rows.filter(number__icontains=meaning.report)[:SHOWN]), False
    if not (meaning.name or meaning.born):
        return [], False
    read = list(rows[: LINES_READ + 1])
    return shown(line for line in read[:LINES_READ] if _is_about(meaning, line)), len(read) > LINES_READ


def _is_about(meaning: Meaning, line: RejectedLine) -> bool:
    raw = raw_of(line)
    if meaning.born and meaning.born.isoformat() not in raw.get("geboortedatum", ""):
        return False
    return (
        not meaning.name or nearness(meaning.name, raw.get("voornamen", ""), "", raw.get("achternaam", "")) is not None
    )


def _schools(user: User, text: str) -> list[School]:
    """Schools of which the user sees a child, or a report."""
    enrolled = Enrolment.objects.filter(school=OuterRef("pk"), pupil__in=known_to(user).values("pk"))
    reported = AbsenceReport.objects.visible_to(user).filter(school=OuterRef("pk"))
    return list(matching(text).filter(Exists(enrolled) | Exists(reported))[:SCHOOLS_SHOWN])


def whole_dossier(user: User, meaning: Meaning) -> Case | None:
    """The dossier of which the whole number was typed."""
    number = meaning.dossier.whole if meaning.dossier else ""
    return cases_of(user).filter(number=number).first() if number else None


@dataclass
class Standing:
    """What is known of one child: its dossiers, the open one first, the newest report without one, and the question
    who it is."""

    pupil: Pupil
    cases: list[Case]
    intake: Intake | None
    question: IdentityQuestion | None


def standings(user: User, keys: Iterable[int]) -> list[Standing]:
    """Of each child, in the order of the keys, what it is to this user. A constant number of queries."""
    keys = list(keys)
    pupils = known_to(user).select_related("municipality").prefetch_related("enrolments__school").in_bulk(keys)
    cases: dict[int, list[Case]] = {}
    for case in cases_of(user).filter(pupil__in=keys).select_related("municipality", "handler").order_by("-opened_on"):
        cases.setdefault(case.pupil_id, []).append(case)
    rows = Intake.objects.visible_to(user).filter(pupil__in=keys).exclude(state=Intake.State.IN_CASE)
    intakes = {row.pupil_id: row for row in rows.order_by("state", "report__changed_at")}
    asked = {row.pupil_id: row for row in IdentityQuestion.objects.visible_to(user).open().filter(pupil__in=keys)}
    return [
        Standing(pupils[pk], sorted(cases.get(pk, []), key=lambda c: not c.is_open), intakes.get(pk), asked.get(pk))
        for pk in keys
        if pk in pupils
    ]
