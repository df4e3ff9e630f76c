"""Taking over what another system has: line by line, each whole or not at all, and told what did not come in."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef

from cases.clock.acts import facts_changed
from cases.dossier import tasks
from cases.dossier.models import Case, Task
from cases.dossier.saving import cache_last_contact
from cases.takeover.models import TakenOver
from cases.takeover.rows import WHOLE, Line
from cases.takeover.saving import children, dossiers
from cases.takeover.saving.run import KNOWN, NEW, Before, Kind, Run, Saved
from leerplicht.imports.text_files import RowRefused
from leerplicht.law.calendar import add_working_days
from leerplicht.models import Pupil
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User
from thuiszitters.core.sealed.secrets import keyed_hash
from thuiszitters.core.words import long_date

logger = structlog.get_logger(__name__)
UNCHANGED, OTHERWISE, REFUSED, REMARK = "ongewijzigd", "anders", "afgekeurd", "let op"
OUTCOMES = (NEW, KNOWN, UNCHANGED, OTHERWISE, REFUSED)
CHANGED_SINCE = "zegt nu iets anders dan toen deze werd overgenomen; er is niets veranderd"
NEXT_STEP = "Kijk het overgenomen dossier na en spreek een volgende stap af"
NEXT_STEP_WORKING_DAYS = 10
SAMPLES = 5  # of each sheet

SAVERS: dict[Kind, Callable[[Run, dict[str, Any]], Saved]] = {
    Kind.CHILD: children.child,
    Kind.GUARDIAN: children.guardian,
    Kind.ENROLMENT: children.enrolment,
    Kind.EXEMPTION: children.exemption,
    Kind.CASE: dossiers.dossier,
    Kind.CONTACT: dossiers.contact,
    Kind.NOTE: dossiers.note,
    Kind.STEP: dossiers.step,
}
# What is said of a line in a preview: never a name, nor what somebody wrote.
SHOWN: dict[Kind, tuple[str, ...]] = {
    Kind.CHILD: ("gemeentecode",),
    Kind.GUARDIAN: ("band", "gezag"),
    Kind.ENROLMENT: ("brin", "vestiging", "ingeschreven_sinds", "ingeschreven_tot_en_met"),
    Kind.EXEMPTION: ("eerste_dag", "laatste_dag"),
    Kind.CASE: ("geopend_op", "stand", "afgesloten_op", "thuis_sinds", "soort_verzuim"),
    Kind.CONTACT: ("datum", "met_wie", "hoe"),
    Kind.NOTE: ("datum", "soort"),
    Kind.STEP: ("uiterlijk_op", "gedaan_op"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A line that does not come in (`afgekeurd`, `anders`), or of which something is to be known (`let op`). No names:
    of what stood in the line it repeats nothing."""

    blad: str
    regel: int
    veld: str
    reden: str
    soort: str


@dataclass
class Outcome:
    """`counts`: by sheet, then by OUTCOMES."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    problems: list[Problem] = field(default_factory=list)
    samples: list[dict[str, Any]] = field(default_factory=list)

    @property
    def totals(self) -> Counter[str]:
        return sum(self.counts.values(), Counter())

    def as_json(self) -> dict[str, Any]:
        counts = {sheet: dict(words) for sheet, words in self.counts.items()}
        return {"counts": counts, "refused": [asdict(p) for p in self.problems], "samples": self.samples}


def take_over(
    lines: Iterable[Line],
    *,
    source: str,
    today: date,
    by: User | None = None,
    allowed: Iterable[str] | None = None,
    organisation: Organisation | None = None,
    save: bool = True,
) -> Outcome:
    """All lines that can be read, in one transaction with a savepoint for each. `source`: the name of the other system.
    `allowed`: codes of the gemeenten for which may be taken over; None: all. `organisation`: whose the texts become.
    Without `save` everything is done, told, and undone."""
    outcome = Outcome()
    with transaction.atomic():
        run = Run(
            source=" ".join(source.split()),
            by=by,
            allowed=None if allowed is None else frozenset(allowed),
            today=today,
            organisation=organisation,
            save=save,
        )
        for line in _in_order(lines):
            _one(run, line, outcome)
        if save:
            _afterwards(run, outcome)
        else:
            transaction.set_rollback(True)
    return outcome


def _in_order(lines: Iterable[Line]) -> Sequence[Line]:
    """Each sheet names only what stands in one before it, in whatever order a file or several have them."""
    order = {kind: place for place, kind in enumerate(Kind)}
    return sorted(lines, key=lambda line: order[line.kind] if line.kind else -1)


def _one(run: Run, line: Line, outcome: Outcome) -> None:
    run.remarks = []
    try:
        with transaction.atomic():
            word = _take(run, line)
    except RowRefused as refused:
        _refuse(run, line, refused, outcome)
        return
    except DatabaseError as problem:
        logger.warning("takeover_line_not_kept", line=line.number, problem=type(problem).__name__)
        _refuse(run, line, RowRefused(WHOLE, "kon niet worden bewaard: iets in deze regel past niet"), outcome)
        return
    except Exception as problem:  # one line never stops the others
        logger.error("takeover_line_failed", line=line.number, problem=type(problem).__name__)
        _refuse(run, line, RowRefused(WHOLE, "onverwachte fout; meld dit aan de beheerder"), outcome)
        return
    assert line.kind
    outcome.counts[line.kind.value][word] += 1
    if word == OTHERWISE:
        _tell(outcome, line, RowRefused(WHOLE, CHANGED_SINCE), OTHERWISE)
    for remark in run.remarks:
        _tell(outcome, line, remark, REMARK)
    if word == NEW and outcome.counts[line.kind.value][NEW] <= SAMPLES:
        outcome.samples.append({"blad": line.sheet, "regel": line.number, "kort": _short(line)})


def _refuse(run: Run, line: Line, refused: RowRefused, outcome: Outcome) -> None:
    """What refers to this line does not come in either."""
    if line.kind is None:  # a sheet or column that nobody knows is no line
        _tell(outcome, line, refused, REMARK)
        return
    if line.key and (line.kind, line.key) not in run.known:
        run.failed.add((line.kind, line.key))
    outcome.counts[line.kind.value][REFUSED] += 1
    _tell(outcome, line, refused, REFUSED)


def _tell(outcome: Outcome, line: Line, about: RowRefused, sort: str) -> None:
    outcome.problems.append(Problem(line.sheet, line.number, about.field, about.reason, sort))


def _short(line: Line) -> str:
    """The columns of SHOWN, in words."""
    assert line.kind
    told = ((name, line.values[name]) for name in SHOWN[line.kind])
    return ", ".join(f"{name.replace('_', ' ')} {_spoken(value)}" for name, value in told if value)


def _spoken(value: object) -> str:
    return long_date(value) if isinstance(value, date) else str(value)


def _take(run: Run, line: Line) -> str:
    """What became of the line: one of OUTCOMES. RowRefused: it cannot be taken over."""
    if line.refused:
        raise line.refused
    assert line.kind
    place = line.kind, line.key
    if first := run.seen.get(place):
        raise RowRefused("sleutel", f"staat ook op regel {first}")
    run.seen[place] = line.number
    content = keyed_hash(line.told)
    if before := _before(run, line):
        return UNCHANGED if before.content_hash == content else OTHERWISE
    saved = SAVERS[line.kind](run, line.values)
    code = saved.pupil.municipality_id
    TakenOver.objects.create(
        source=run.source,
        municipality_id=code,
        kind=line.kind,
        key=line.key,
        pupil=saved.pupil,
        row_id=saved.row_id,
        content_hash=content,
        by=run.by,
    )
    run.known.setdefault(place, []).append(Before(code, saved.pupil.pk, saved.row_id, content))
    run.pupils[saved.pupil.pk] = saved.pupil
    return saved.word


def _before(run: Run, line: Line) -> Before | None:
    """The same line of an earlier time: of the same child."""
    assert line.kind
    found = run.known.get((line.kind, line.key), [])
    if not found:
        return None
    if line.kind is Kind.CHILD:
        return _same_child(found, line)
    owner = _owner(run, line)
    return next((before for before in found if before.pupil_id == owner), None)


def _owner(run: Run, line: Line) -> int:
    if "kind_sleutel" in line.values:
        return run.child_of(line.values["kind_sleutel"]).pk
    return run.case_of(line.values["dossier_sleutel"]).pupil_id


def _same_child(found: Sequence[Before], line: Line) -> Before | None:
    """That of the same gemeente; of another one when the child moved, which the birth date tells: two gemeenten can
    have used the same keys."""
    here = next((b for b in found if b.municipality == line.values["gemeentecode"]), None)
    if here:
        return here
    born = line.values["geboortedatum"]
    moved = set(Pupil.objects.filter(pk__in=[b.pupil_id for b in found], born=born).values_list("pk", flat=True))
    return next((b for b in found if b.pupil_id in moved), None)


def _afterwards(run: Run, outcome: Outcome) -> None:
    """The clocks of these children, and what is asked of whoever goes on with a dossier without a step."""
    facts_changed(run.pupils, run.today)
    for case in Case.objects.filter(pk__in=run.spoken):
        cache_last_contact(case)
    due, waiting = (
        add_working_days(run.today, NEXT_STEP_WORKING_DAYS),
        Task.objects.filter(case=OuterRef("pk"), done_on=None),
    )
    for case in Case.objects.open().filter(pk__in=run.opened).exclude(Exists(waiting)):
        tasks.ask(case, NEXT_STEP, due, by=run.by, kind=Task.Kind.TAKEN_OVER)
    log_event("taken_over", by=run.by, pupils=list(run.pupils), counts=dict(outcome.totals))
