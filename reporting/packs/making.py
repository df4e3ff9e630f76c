"""The stack of papers for one reader of a Thuiszitterstop: a cover with list and figures, and the children."""

import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pyzipper
from django.db.models import Count
from django.template.loader import render_to_string
from django.utils import timezone

from cases.clock.models import Deadline
from cases.clock.presentation import Clock, clock_of, deadlines_of
from cases.course.whole import fetch_whole
from cases.decisions.models import Decision
from cases.decisions.rules import DECISION_STATES, DecisionState
from cases.dossier.models import Case
from cases.sight.fetching import fetch_for_sight
from cases.sight.seats import Sight, sight_of
from cases.stops import queries as stops
from cases.stops.models import StopCase
from reporting.dossiers.anonymous import anonymous
from reporting.dossiers.coarse import Standing, age_in_words, standing_of
from reporting.dossiers.first_page import WIDTH, first_page
from reporting.dossiers.making import Order, documents_of
from reporting.packs.models import Pack
from reporting.papers.footer import footer_of
from reporting.papers.left_out import left_out, left_out_of_pack
from reporting.papers.variants import VARIANTS, Variant, VariantInfo, sight_for
from thuiszitters.core.dates import age_on

AT_ONCE = 50  # dossiers read together
ROOM_FOR_A_NUMBER = 24  # points of a bar


@dataclass(frozen=True)
class Child:
    """One dossier in a pack: how it is called there, and how much of it."""

    row: StopCase
    case: Case
    number: int
    name: str
    variant: Variant

    @property
    def info(self) -> VariantInfo:
        return VARIANTS[self.variant]

    @property
    def title(self) -> str:
        return self.case.number if self.info.named else self.name


@dataclass(frozen=True)
class Line:
    """A child in the list on the cover. `standing`: of a child without a name, instead of its clock. `since`: what
    happened since the Thuiszitterstop before."""

    child: Child
    age: str
    clock: Clock | None
    standing: Standing | None
    since: stops.Since | None


@dataclass(frozen=True)
class Figure:
    """How many children are at home that long: now, at the Thuiszitterstop before, and what was agreed."""

    words: str
    now: int
    then: int | None
    agreed: str


@dataclass(frozen=True)
class Agreed:
    """What was agreed at the Thuiszitterstop before about the children of a pack, and what came of it: `filled` is the
    part of the bar that is done, in points."""

    on: date
    done: int
    open: int
    filled: float
    width: int = WIDTH

    @property
    def total(self) -> int:
        return self.done + self.open

    @property
    def done_fits(self) -> bool:
        """Whether its number can stand on the bar; in the sentence it stands always."""
        return self.filled >= ROOM_FOR_A_NUMBER

    @property
    def open_fits(self) -> bool:
        return self.width - self.filled >= ROOM_FOR_A_NUMBER


def agreed_in(since: Iterable[stops.Since]) -> Agreed | None:
    """Nothing when nothing was agreed: a bar of none says nothing."""
    rows = list(since)
    done, still = sum(row["done"] for row in rows), sum(row["open"] for row in rows)
    if not done + still:
        return None
    return Agreed(rows[0]["on"], done, still, round(WIDTH * done / (done + still), 1))


def children_of(pack: Pack) -> list[Child]:
    """The dossiers in the order of the agenda. What is not shared with the partner it is for comes without a name."""
    wanted = set(pack.paper.cases.values_list("case_id", flat=True))
    rows = pack.stop.cases.filter(case__in=wanted).select_related(
        "case__pupil__municipality", "case__municipality", "case__handler", "stop"
    )
    readable = wanted
    if pack.partner:
        readable = set(pack.partner.involvements.running().filter(case__in=wanted).values_list("case_id", flat=True))
    return [_child(pack, row, number, row.case_id in readable) for number, row in enumerate(rows, start=1)]


def _child(pack: Pack, row: StopCase, number: int, readable: bool) -> Child:
    variant = pack.variant if readable else pack.info.in_pack.otherwise
    if variant is None:
        raise ValueError("a reader that is told nothing of what is not shared with it")
    return Child(row, row.case, number, row.case.pupil.name if VARIANTS[variant].named else f"Kind {number}", variant)


def cover(pack: Pack, children: list[Child]) -> str:
    """The first document: what it is, the figures, the list, the good examples. Names only of who may be named."""
    today, by, info = timezone.localdate(), pack.maker, pack.info
    cases = Case.objects.filter(pk__in=[c.case.pk for c in children])
    before = stops.last_before(pack.stop, by)
    running = deadlines_of([c.case.pk for c in children])
    told, every = _told(pack, children), stops.candidates_ever(by)
    since = stops.since_last([c.row for c in children if c.case.pk in told], before)
    context = {
        "footer": footer_of(pack.paper, by=by, named=info.named),
        "pack": pack,
        "stop": pack.stop,
        "today": today,
        "before": before,
        "level": info,
        "rows": [_line(c, running[c.case.pk], since.get(c.case.pk), today) for c in children],
        "told": told,
        "figures": _figures(every, before, today),
        "decisions": _decisions(every.open()),
        "agreed": agreed_in(since.values()),
        "decided_here": Decision.objects.filter(case__in=cases, state=DecisionState.ONDERTEKEND).count(),
        "lessons": [c.row.lesson for c in children if c.row.lesson and info.asks],
        "left_out": left_out_of_pack(pack.variant),
    }
    return render_to_string("reporting/packs/pack_cover.html", context)


def _told(pack: Pack, children: Sequence[Child]) -> set[int]:
    """The dossiers (ids) of which the reader may read the course of events."""
    fetch_for_sight([c.case for c in children])
    return {c.case.pk for c in children if sight_in(pack, c, pack.maker).course}


def _line(child: Child, deadlines: Sequence[Deadline], since: stops.Since | None, today: date) -> Line:
    """Of a child without a name no age and no day (`reporting.dossiers.coarse`)."""
    age, clock = age_on(today, child.case.pupil.born), clock_of(child.case, deadlines, today)
    if child.info.named:
        return Line(child, str(age), clock, None, since)
    return Line(child, age_in_words(age), clock, standing_of(child.case, clock, deadlines, today), since)


def _figures(every, before, today) -> list[Figure]:
    """Of then, what was open then."""
    then = dict(stops.figures(every, before.on)) if before else {}
    agreed = {
        "langer dan 3 maanden": "geen kind (Thuiszitterspact)",
        "langer dan 6 weken": "geen kind (afspraak van de regio)",
    }
    return [Figure(words, now, then.get(words), agreed.get(words, "")) for words, now in stops.figures(every, today)]


def _decisions(every) -> list[tuple[str, int]]:
    """The use of doorzettingsmacht: how many decisions in each state."""
    rows = Decision.objects.filter(case__in=every.values("pk")).values("state").annotate(n=Count("pk"))
    return [(DECISION_STATES[DecisionState(r["state"])].word, r["n"]) for r in rows.order_by("state")]


def fetched(children: Sequence[Child]) -> Iterator[Child]:
    """The same children with everything of their dossiers, so many at a time that neither queries nor memory grow."""
    for start in range(0, len(children), AT_ONCE):
        some = children[start : start + AT_ONCE]
        rows = Case.objects.filter(pk__in=[c.case.pk for c in some])
        cases = {case.pk: case for case in rows.select_related("pupil__municipality", "municipality", "handler")}
        fetch_whole(list(cases.values()))
        yield from (replace(child, case=cases[child.case.pk]) for child in some)


def pages_of(pack: Pack, children: list[Child]) -> Iterator[list[str]]:
    """The cover, then the children, a page each."""
    yield [cover(pack, children)]
    since = stops.since_last([c.row for c in children], stops.last_before(pack.stop, pack.maker))
    for child in fetched(children):
        yield [page_of(pack, child, since.get(child.case.pk))]


def sight_in(pack: Pack, child: Child, by) -> Sight:
    """What the reader of the pack may read of this child. An emergency in which `by` looks now gives nothing: that is
    for reading only."""
    own = sight_of(child.case, by)
    own = replace(own, seats=tuple(seat for seat in own.seats if seat.role), emergency=None)
    return sight_for(child.variant, child.case, own, organisation=pack.partner)


def seen_in(pack: Pack, by) -> str:
    """A fingerprint of what `by` and the reader may read of everything in it: it is fetched only while that holds."""
    children = children_of(pack)
    fetch_for_sight([child.case for child in children])
    keys = [(child.case.pk, child.variant.value, sight_in(pack, child, by).key) for child in children]
    return hashlib.sha256(repr(keys).encode()).hexdigest()


def page_of(pack: Pack, child: Child, since: stops.Since | None = None) -> str:
    """One child on one page. `since`: what happened since the Thuiszitterstop before (`stops.since_last`)."""
    by, today, case = pack.paper.by, timezone.localdate(), child.case
    named, sight = child.info.named, sight_in(pack, child, by)
    order = Order(child.variant, ask=child.row.ask, name=child.name)
    context = {
        "footer": footer_of(pack.paper, by=by, about=f"Dossier {case.number}" if named else child.name, named=named),
        "case": case,
        "order": order,
        "sight": sight,
        "title": child.title,
        "since": since if sight.course else None,
        "part": f"kind {child.number} van {pack.total}, ",
    }
    if named:
        context |= first_page(case, sight, child.variant, today, child.row.ask).as_context()
    else:
        context |= vars(anonymous(case, sight, today, child.name))
        context["left_out"] = left_out(child.variant, case, sight)
    return render_to_string(child.info.in_pack.page, context)


def dossiers_of(pack: Pack, children: list[Child]) -> Iterator[list[str]]:
    """The cover, then the whole dossier of each child, for the ZIP."""
    yield [cover(pack, children)]
    for child in fetched(children):
        yield dossier_of(pack, child)


def dossier_of(pack: Pack, child: Child) -> list[str]:
    """The whole dossier of one child."""
    by = pack.paper.by
    sight = sight_in(pack, child, by)
    order = Order(
        child.variant,
        pack.paper.recipient,
        pack.paper.purpose,
        ask=child.row.ask,
        name=child.name,
        organisation=pack.partner,
    )
    return documents_of(child.case, sight, order, pack.paper, by=by)


def file_name(number: int, child: Child) -> str:
    """Of one PDF in the ZIP: the number of the dossier, or of the child in this pack; never a name."""
    about = child.case.number if child.info.named else f"kind-{number}"
    return f"{number:03}-{about}.pdf"


def zipped(files: list[tuple[str, bytes]], password: str) -> bytes:
    """The files in a ZIP; with a password as WinZip AES-256, which every common program opens."""
    out = io.BytesIO()
    kind = {"encryption": pyzipper.WZ_AES} if password else {}
    with pyzipper.AESZipFile(out, "w", compression=pyzipper.ZIP_DEFLATED, **kind) as archive:
        if password:
            archive.setpassword(password.encode())
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()
