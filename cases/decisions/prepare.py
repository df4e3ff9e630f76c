"""Preparing a doorzettingsbesluit: asked for, filled in, laid before the holder, given back, or not taken. Signing is
in `cases.decisions.sign`, telling in `cases.decisions.tell`."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cases.agreements.mandates import signers_on
from cases.agreements.models import Mandate
from cases.decisions.access import check_may_move
from cases.decisions.models import Decision, DecisionCondition, DecisionOption, DecisionParty
from cases.decisions.preconditions import OPP_HEARD
from cases.decisions.rules import PREPARING, DecisionState, check_decision_move, check_decision_whole, check_start
from cases.dossier import tasks
from cases.dossier.access import check_may_lead
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import CHANGED, Overtaken, hold, log_act, still_as_read
from cases.sight.access import check_may_write
from thuiszitters.core.jobs.queue import next_numbers
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

ONCE = "Er is al een besluit in voorbereiding in dit dossier."
OVERTAKEN = "Een collega heeft dit besluit net bijgewerkt. Kijk wat er veranderde en probeer het opnieuw."
NOT_NOW = "Dit besluit is niet meer in voorbereiding. Wat er staat, verandert niet meer."
STILL_TRUE = ("P5", OPP_HEARD, "P8", "P9")
DAYS_TO_PREPARE, DAYS_TO_MEND = 5, 3
# What a new decision takes over from the one before; what is asked stands in the form, and whether the child was heard
# and what runs by law is asked anew.
COPIED = (
    "kind",
    "school_id",
    "provider",
    "responsible_school_id",
    "hours_start",
    "hours_full",
    "build_up",
    "start_on",
    "because",
    "bridge",
    "funding",
    "teller",
)


Row = DecisionParty | DecisionOption | DecisionCondition


def request(decision: Decision, *, by: User) -> None:
    """Ask for a decision: why, which question, about what. Where one holds already, the new one will replace it and
    begins with what stands there. NotNow when one is in preparation."""
    check_may_write(decision.case, by)
    case, today = decision.case, timezone.localdate()
    check_open(case)
    if not decision.scopes:
        raise NotNow("Kies waarover het besluit gaat.")
    try:
        with transaction.atomic():
            hold(case)
            decision.replaces = case.decisions.filter(state=DecisionState.ONDERTEKEND).first()
            before = newest_of(case)
            _begin_with(decision, before)
            decision.asked_by, decision.asked_on = by, today
            decision.number = _number(case.municipality_id, today.year)
            decision.save()
            _copy_rows(decision, before)
            _task(decision, f"Besluit {decision.number} voorbereiden", today + timedelta(days=DAYS_TO_PREPARE), by)
            log_decision("decision_requested", decision, by)
    except IntegrityError as problem:
        raise NotNow(ONCE) from problem


def newest_of(case: Case) -> Decision | None:
    """The decision that holds, else the last that was prepared: where a new one begins."""
    return case.decisions.filter(state=DecisionState.ONDERTEKEND).first() or case.decisions.order_by("-pk").first()


def _number(municipality: str, year: int) -> str:
    return f"DM-{municipality}-{year}-{next_numbers(f'besluit-{municipality}-{year}')[0]:04}"


def _begin_with(decision: Decision, before: Decision | None) -> None:
    if not before:
        return
    for name in COPIED:
        setattr(decision, name, getattr(before, name))
    if decision.start_on and decision.start_on < timezone.localdate():
        decision.start_on = None
    decision.start_on = begun_on(decision) or decision.start_on
    decision.answers = {code: text for code, text in before.answers.items() if code in STILL_TRUE}


def _copy_rows(decision: Decision, before: Decision | None) -> None:
    """The options that were weighed, and what must still be arranged. Who is heard is asked anew."""
    if not before:
        return
    arranged = before.tasks.filter(condition__isnull=False, done_on__isnull=False).values("condition")
    waiting = before.conditions.filter(due_on__gte=timezone.localdate()).exclude(pk__in=arranged)
    rows: list[DecisionOption | DecisionCondition] = [*before.options.all(), *waiting]
    for row in rows:
        row.pk, row.decision = None, decision
        row._state.adding = True
        row.save()


def condition_title(condition: DecisionCondition) -> str:
    """The step for who arranges it. Of a TLV not everybody who reads the steps may know."""
    if condition.kind == DecisionCondition.Kind.TLV:
        return f"Voorwaarde van besluit {condition.decision.number} ({condition.who})"[:200]
    return f"{condition.get_kind_display().capitalize()}: {condition.what} ({condition.who})"[:200]


def begun_on(decision: Decision) -> date | None:
    """The first day that the child was at the place of the decision that this one replaces: it began already."""
    before = decision.replaces
    if not before or not before.offer or not before.offer.started_on or before.offer.is_final:
        return None
    same = (before.kind, before.school_id, before.provider) == (decision.kind, decision.school_id, decision.provider)
    return before.offer.started_on if same else None


def save_content(decision: Decision, *, by: User | None) -> None:
    """The question, place, hours, start and who pays. Compared with the version that was read."""
    check_may_lead(decision.case, by)
    check_start(decision.start_on, timezone.localdate(), begun=begun_on(decision))
    save_answers(decision, by=by)


def save_answers(decision: Decision, *, by: User | None) -> None:
    """The answers to what must be there first. Compared with the version that was read."""
    check_may_lead(decision.case, by)
    check_open(decision.case)
    if not decision.scopes:
        raise NotNow("Kies waarover het besluit gaat.")
    with transaction.atomic():
        hold(decision.case)
        if not still_as_read(decision, state=DecisionState.AANGEVRAAGD):
            raise NotNow(CHANGED if _prepared(decision) else NOT_NOW)
        decision.save()
        log_decision("decision_saved", decision, by)


def save_row(row: Row, *, by: User) -> None:
    """A party, option or condition of a decision in preparation."""
    check_may_lead(row.decision.case, by)
    with _preparing(row.decision):
        if not still_as_read(row):
            raise NotNow(CHANGED)
        if not row.pk:
            row.by = by
        row.save()
        log_decision("decision_saved", row.decision, by, part=row._meta.model_name, item=row.pk)


def drop_row(row: Row, *, by: User | None) -> None:
    """Take it out; what stood there stays in the history."""
    check_may_lead(row.decision.case, by)
    with _preparing(row.decision):
        pk = row.pk
        row.delete()
        log_decision("decision_saved", row.decision, by, part=row._meta.model_name, item=pk)


@contextmanager
def _preparing(decision: Decision) -> Iterator[None]:
    """A transaction in which the dossier is kept still and the decision is in preparation. NotNow otherwise."""
    check_open(decision.case)
    with transaction.atomic():
        hold(decision.case)
        if not _prepared(decision):
            raise NotNow(NOT_NOW)
        yield


def _prepared(decision: Decision) -> bool:
    return Decision.objects.filter(pk=decision.pk, state=DecisionState.AANGEVRAAGD).exists()


def present(decision: Decision, *, by: User) -> None:
    """Lay it before whoever holds the mandates. NotNow when something is missing to read, or when nobody could sign."""
    check_may_move(decision, by, DecisionState.VOORGELEGD)
    check_decision_whole(decision, timezone.localdate(), begun=begun_on(decision))
    if problems := who_cannot_sign(decision, by.pk):
        raise NotNow(" ".join(problems))
    with transaction.atomic():
        now: dict[str, Any] = {"presented_by": by, "presented_at": timezone.now(), "returned_because": "", "passed": {}}
        move(decision, DecisionState.VOORGELEGD, by=by, **now)
        end_tasks(decision, "Voorgelegd aan de houder.", by=by)


def who_cannot_sign(decision: Decision, presenter: int | None) -> list[str]:
    """Why nobody could sign today, as sentences: no mandate, a holder who cannot read the dossier, or nobody but who
    lays it before the holder (`presenter`: id of the user). Also when the start has passed meanwhile."""
    case, problems = decision.case, []
    shares = {r.organisation_id: r.shows_course for r in case.involvements.running()}
    for scope, found in signers_on(case.municipality_id, timezone.localdate(), decision.scopes).items():
        word = Mandate.Scope(scope).label
        reading = [(m, user) for m, user in found if shares.get(m.organisation_id)]
        if not found:
            problems.append(f"Voor {word} is geen houder aangewezen.")
        elif not reading:
            problems.append(_not_reading(found[0][0].organisation, word, shares))
        elif all(user == presenter for _, user in reading):
            problems.append(f"Voor {word} tekent alleen wie dit voorlegt. Laat een collega het voorleggen.")
    try:
        check_start(decision.start_on, timezone.localdate(), begun=begun_on(decision))
    except NotNow as problem:
        problems.append(str(problem))
    return problems


def _not_reading(organisation: Organisation, word: str, shares: Mapping[int, bool]) -> str:
    if organisation.pk in shares:
        return (
            f"{organisation.name} tekent voor {word}, maar leest niet wat in dit dossier is gedaan. "
            "Beëindig het delen en deel opnieuw, ook wat er is gedaan."
        )
    return f"{organisation.name} tekent voor {word}, maar doet niet mee in dit dossier. Betrek haar eerst."


def give_back(decision: Decision, *, by: User | None, reason: str) -> None:
    """Back to preparation, with what must change; signatures under this text no longer count."""
    check_may_move(decision, by, DecisionState.AANGEVRAAGD)
    with transaction.atomic():
        move(
            decision, DecisionState.AANGEVRAAGD, by=by, because=reason, returned_because=reason.strip()[:500], passed={}
        )
        due = timezone.localdate() + timedelta(days=DAYS_TO_MEND)
        _task(decision, f"Besluit {decision.number} aanpassen: het kwam terug", due, by)


def drop(decision: Decision, *, by: User | None, reason: str) -> None:
    """No decision comes, with the reason; it stays in the register as considered."""
    check_may_move(decision, by, DecisionState.NIET_GENOMEN)
    with transaction.atomic():
        gone = {"dropped_by": by, "dropped_at": timezone.now(), "dropped_because": reason.strip()[:500]}
        move(decision, DecisionState.NIET_GENOMEN, by=by, because=reason, **gone)
        end_tasks(decision, "Er kwam geen besluit.", by=by)


def end_all(cases: Iterable[int], *, by: User | None, because: str) -> None:
    """What was in preparation for these dossiers needs no decision any more. After the dossiers were changed: whoever
    signs keeps the dossier still first."""
    for row in Decision.objects.filter(case__in=cases, state__in=PREPARING).select_related("case"):
        gone = {"dropped_by": by, "dropped_at": timezone.now(), "dropped_because": because}
        waiting = Decision.objects.filter(pk=row.pk, state__in=PREPARING)
        if not waiting.update(state=DecisionState.NIET_GENOMEN, version=F("version") + 1, **gone):
            continue  # it was signed or dropped meanwhile
        row.refresh_from_db()
        Decision.history.bulk_history_create([row], update=True, default_user=by)
        end_tasks(row, because, by=by)


def move(decision: Decision, target: str, *, by: User | None, because: str = "", **fields: Any) -> None:
    """From the state in which it was read to `target`, once; in the caller's transaction."""
    case = decision.case
    check_open(case)
    found = check_decision_move(decision.state, target, because)
    hold(case)
    rows = Decision.objects.filter(pk=decision.pk, state=found.source, version=decision.version)
    if not rows.update(state=found.target, version=F("version") + 1, **fields):
        raise Overtaken(OVERTAKEN)
    decision.refresh_from_db()
    decision.case = case
    Decision.history.bulk_history_create([decision], update=True, default_user=by)
    log_decision("decision_moved", decision, by)


def end_tasks(decision: Decision, outcome: str, *, by: User | None, **which: Any) -> None:
    """The steps that hang on this decision (of them `which`) are done."""
    tasks.end_all(decision.tasks.filter(done_on=None, **which), outcome, by=by)


def _task(decision: Decision, title: str, due: date, by: User | None) -> None:
    tasks.ask(decision.case, title, due, by=by, decision=decision)


def log_decision(action: str, decision: Decision, by: User | None, **detail: Any) -> None:
    case = decision.case
    log_act(action, case, by=by, row=decision.pk, state=decision.state, **detail)
