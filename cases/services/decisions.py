"""Preparing a doorzettingsbesluit: asked for, filled in, laid before the holder, given back, or not taken; and after it
was signed: told. Signing itself is in `cases.services.signing`."""

from collections.abc import Iterable
from contextlib import contextmanager
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cases.decisions import PREPARING, DecisionState
from cases.mandates import signers_on
from cases.meetings import must_be_asked
from cases.models import Decision, DecisionTold, Mandate, Task
from cases.parts import Part
from cases.policies import NotNow, check_decision_move, check_decision_whole, check_open, check_start
from cases.services.holding import CHANGED, claim_version, hold
from thuiszitters.core.audit import log_event
from thuiszitters.core.jobs import next_numbers
from thuiszitters.core.words import long_date

S = DecisionState
ONCE = "Er is al een besluit in voorbereiding in dit dossier."
OVERTAKEN = "Een collega heeft dit besluit net bijgewerkt. Kijk wat er veranderde en probeer het opnieuw."
NOT_NOW = "Dit besluit is niet meer in voorbereiding. Wat er staat, verandert niet meer."
DAYS_TO_PREPARE, DAYS_TO_MEND = 5, 3
# What a new decision takes over from the one it will replace; what is asked stands in the form.
COPIED = (
    "answers", "medical", "kind", "school_id", "provider", "responsible_school_id",
    "hours_start", "hours_full", "build_up", "start_on", "because", "bridge", "funding", "teller",
)  # fmt: skip


def request(decision: Decision, *, by) -> None:
    """Ask for a decision: why, which question, about what. Where one holds already, the new one will replace it and
    begins with what stands there. NotNow when one is in preparation."""
    case, today = decision.case, timezone.localdate()
    check_open(case)
    if not decision.scopes:
        raise NotNow("Kies waarover het besluit gaat.")
    try:
        with transaction.atomic():
            hold(case)
            _begin_with(decision, case.decisions.filter(state=S.ONDERTEKEND).first())
            decision.asked_by, decision.asked_on = by, today
            decision.number = _number(case.municipality_id, today.year)
            decision.save()
            _copy_rows(decision)
            _task(decision, f"Besluit {decision.number} voorbereiden", today + timedelta(days=DAYS_TO_PREPARE), by)
            _log("decision_requested", decision, by)
    except IntegrityError as problem:
        raise NotNow(ONCE) from problem


def _number(municipality: str, year: int) -> str:
    return f"DM-{municipality}-{year}-{next_numbers(f'besluit-{municipality}-{year}')[0]:04}"


def _begin_with(decision: Decision, earlier: Decision | None) -> None:
    if earlier:
        decision.replaces = earlier
        for name in COPIED:
            setattr(decision, name, getattr(earlier, name))
        if decision.start_on and decision.start_on < timezone.localdate():
            decision.start_on = None


def _copy_rows(decision: Decision) -> None:
    """The options that were weighed, and what must still be arranged. Who is heard is asked anew."""
    if not decision.replaces:
        return
    waiting = decision.replaces.conditions.filter(due_on__gte=timezone.localdate())
    for row in (*decision.replaces.options.all(), *waiting):
        row.pk, row.decision = None, decision
        row._state.adding = True
        row.save()


def save_content(decision: Decision, *, by) -> None:
    """The place, hours, start and who pays; or the answers to what must be there first. Compared with the version that
    was read."""
    check_open(decision.case)
    check_start(decision.start_on, timezone.localdate())
    with transaction.atomic():
        hold(decision.case)
        if not claim_version(decision, state=S.AANGEVRAAGD):
            raise NotNow(CHANGED if _prepared(decision) else NOT_NOW)
        decision.save()
        _log("decision_saved", decision, by)


def save_row(row, *, by) -> None:
    """A party, option or condition of a decision in preparation."""
    with _preparing(row.decision):
        if not claim_version(row):
            raise NotNow(CHANGED)
        if not row.pk:
            row.by = by
        row.save()
        _log("decision_saved", row.decision, by, part=row._meta.model_name, item=row.pk)


def drop_row(row, *, by) -> None:
    """Take it out; what stood there stays in the history."""
    with _preparing(row.decision):
        pk = row.pk
        row.delete()
        _log("decision_saved", row.decision, by, part=row._meta.model_name, item=pk)


@contextmanager
def _preparing(decision: Decision):
    """A transaction in which the dossier is kept still and the decision is in preparation. NotNow otherwise."""
    check_open(decision.case)
    with transaction.atomic():
        hold(decision.case)
        if not _prepared(decision):
            raise NotNow(NOT_NOW)
        yield


def _prepared(decision: Decision) -> bool:
    return Decision.objects.filter(pk=decision.pk, state=S.AANGEVRAAGD).exists()


def present(decision: Decision, *, by) -> None:
    """Lay it before whoever holds the mandates. NotNow when something is missing to read, or when nobody could sign."""
    check_decision_whole(decision, timezone.localdate())
    if problems := who_cannot_sign(decision):
        raise NotNow(" ".join(problems))
    with transaction.atomic():
        now = {"presented_by": by, "presented_at": timezone.now(), "returned_because": "", "passed": {}}
        move(decision, S.VOORGELEGD, by=by, **now)
        end_tasks(decision, "Voorgelegd aan de houder.")


def who_cannot_sign(decision: Decision) -> list[str]:
    """Why no holder could sign today, as sentences: nobody holds a mandate, or the holder cannot open the dossier."""
    case, problems = decision.case, []
    taking_part = case.involvements.running()
    reading = {r.organisation_id for r in taking_part if Part.VERLOOP in r.parts}
    for scope, mandates in signers_on(case.municipality_id, timezone.localdate(), decision.scopes).items():
        word = Mandate.Scope(scope).label
        if not mandates:
            problems.append(f"Voor {word} is geen houder aangewezen.")
        elif not any(m.organisation_id in reading for m in mandates):
            name = mandates[0].organisation.name
            problems.append(
                f"{name} tekent voor {word}, maar ziet in dit dossier niet wat er is gedaan. Betrek haar eerst."
            )
    return problems


def give_back(decision: Decision, *, by, reason: str) -> None:
    """Back to preparation, with what must change; signatures under this text no longer count."""
    with transaction.atomic():
        move(decision, S.AANGEVRAAGD, by=by, because=reason, returned_because=reason.strip()[:500], passed={})
        due = timezone.localdate() + timedelta(days=DAYS_TO_MEND)
        _task(decision, f"Besluit {decision.number} aanpassen: het kwam terug", due, by)


def drop(decision: Decision, *, by, reason: str) -> None:
    """No decision comes, with the reason; it stays in the register as considered."""
    with transaction.atomic():
        gone = {"dropped_by": by, "dropped_at": timezone.now(), "dropped_because": reason.strip()[:500]}
        move(decision, S.NIET_GENOMEN, by=by, because=reason, **gone)
        end_tasks(decision, "Er kwam geen besluit.")


def end_all(cases: Iterable[int], *, by, because: str) -> None:
    """What was in preparation for these dossiers needs no decision any more."""
    for row in Decision.objects.filter(case__in=cases, state__in=PREPARING).select_related("case"):
        gone = {"dropped_by": by, "dropped_at": timezone.now(), "dropped_because": because}
        Decision.objects.filter(pk=row.pk).update(state=S.NIET_GENOMEN, version=F("version") + 1, **gone)
        row.refresh_from_db()
        Decision.history.bulk_history_create([row], update=True, default_user=by)
        end_tasks(row, because)


def tell(row: DecisionTold, *, by) -> None:
    """A parent or the child was told, once each. When all have been, the step to do so is done."""
    decision, today = row.decision, timezone.localdate()
    check_open(decision.case)
    if decision.state != S.ONDERTEKEND:
        raise NotNow("Alleen een besluit dat geldt, wordt verteld.")
    if not timezone.localdate(decision.signed_at) <= row.on <= today:
        raise NotNow(f"Kies een dag vanaf {long_date(timezone.localdate(decision.signed_at))} tot en met vandaag.")
    try:
        with transaction.atomic():
            hold(decision.case)
            row.by = by
            row.save()
            if not to_be_told(decision):
                end_tasks(decision, "Verteld.", title=tell_title(decision))
            _log("decision_told", decision, by, item=row.pk)
    except IntegrityError as problem:
        raise NotNow("Dit staat er al: deze persoon is het verteld.") from problem


def to_be_told(decision: Decision) -> list[tuple[int | None, str]]:
    """Parents with gezag, and the child from 12, who were not told yet: id of the parent (None: the child) and name."""
    told = set(decision.told.values_list("guardian", flat=True))
    people = must_be_asked(decision.case, timezone.localdate())
    found = [(key[1] if len(key) > 1 else None, name) for key, name in people]
    return [(pk, name) for pk, name in found if pk not in told]


def tell_title(decision: Decision) -> str:
    return f"Besluit {decision.number} vertellen aan ouders en kind"


def move(decision: Decision, target: str, *, by, because: str = "", **fields) -> None:
    """From the state in which it was read to `target`, once; in the caller's transaction."""
    case = decision.case
    check_open(case)
    found = check_decision_move(decision.state, target, because)
    hold(case)
    rows = Decision.objects.filter(pk=decision.pk, state=found.source, version=decision.version)
    if not rows.update(state=found.target, version=F("version") + 1, **fields):
        raise NotNow(OVERTAKEN)
    decision.refresh_from_db()
    decision.case = case
    Decision.history.bulk_history_create([decision], update=True, default_user=by)
    _log("decision_moved", decision, by)


def end_tasks(decision: Decision, outcome: str, *, title: str = "") -> None:
    """The steps that hang on this decision (with `title`: of that name) are done."""
    for task in decision.tasks.filter(done_on=None):
        if not title or task.title == title:
            task.done_on, task.outcome = timezone.localdate(), outcome
            task.save()


def _task(decision: Decision, title: str, due, by) -> None:
    Task.objects.create(
        case=decision.case, title=title[:200], owner=decision.case.handler, due_on=due, by=by, decision=decision
    )  # fmt: skip


def _log(action: str, decision: Decision, by, **detail) -> None:
    case = decision.case
    log_event(
        action, by=by, pupils=[case.pupil_id], case_number=case.number, row=decision.pk, state=decision.state, **detail
    )
