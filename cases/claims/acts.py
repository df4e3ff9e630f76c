"""A claim on an exemption or a request: received, judged once, and what follows for the child and the dossier."""

from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cases.claims.models import ExemptionClaim
from cases.claims.rules import POSITIVE, check_claim_dates, check_days_asked, check_days_given, check_judgement
from cases.clock.acts import sync
from cases.dossier import tasks
from cases.dossier.access import check_may_lead
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import Overtaken, hold, log_act, save_versioned
from cases.facts.acts import save_fact
from leerplicht.law.calendar import LessonCalendar
from leerplicht.law.claims import (
    ARTICLES,
    WITH_OWN_TERM,
    Claim,
    Ground,
    decide_by,
    holds_until,
    look_again_on,
    requirements,
)
from leerplicht.law.exemptions import Article
from leerplicht.law.obligation import leerplicht_end
from leerplicht.law.requirements import Requirement
from leerplicht.models import Exemption, PermittedAbsence
from leerplicht.services.calendars import calendars_of_pupils
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

ALREADY = "Er wacht al zo’n beroep of aanvraag op een oordeel. Beoordeel die eerst."
DAYS_TO_JUDGE, DAYS_TO_GO_ON = 14, 5
# Others read the steps of a dossier and not its exemptions: what a step is about stands in the claim.
JUDGE, GO_ON = "Beoordelen wat ouders stuurden", "Bespreken hoe het nu verder gaat"
LOOK_AGAIN = "Opnieuw kijken of terugkeer kan, voor 1 juli"


def as_claim(row: ExemptionClaim) -> Claim:
    """The facts that the law asks about."""
    pupil = row.case.pupil
    return Claim(
        ground=Ground(row.ground),
        born=pupil.born,
        received_on=row.received_on,
        first_day=row.first_day,
        obligation=pupil.obligation_on(row.first_day),
        leerplicht_until=leerplicht_end(pupil.born, pupil.twelve_years_done),
        statement_on=row.statement_on,
        advice_on=row.advice_on,
        notice_on=row.notice_on,
        designated=row.designated,
        treats=row.treats,
        doctor=row.expert_kind == ExemptionClaim.Expert.DOCTOR if row.expert_kind else None,
        earlier=row.earlier,
        previous_until=_previous_until(row),
        school_since=row.school_since,
        last_at_direction=row.last_at_direction,
        attends=row.attends,
        board_agreed_on=row.board_agreed_on,
        head_statement_on=row.head_statement_on,
        heard_on=row.heard_on,
        head_heard_on=row.head_heard_on,
        days=row.days,
        granted=row.granted,
        school_days=school_days_asked(row),
    )


def _previous_until(row: ExemptionClaim) -> date | None:
    """Until when the one before this ran: as the dossier knows it, else as somebody wrote it down. Vervangende
    leerplicht of 3b follows on 3a."""
    if row.ground not in ARTICLES:
        return None
    article = Article.ART_3A if row.ground == Ground.ART_3B else ARTICLES[Ground(row.ground)]
    before = [e for e in row.case.pupil.exemptions.all() if e.article == article and e.first_day < row.first_day]
    known = [e.last_day for e in before if e.last_day and e.pk != row.exemption_id]
    return max(known, default=row.previous_until)


def school_days_asked(row: ExemptionClaim) -> int | None:
    """Of leave: the school days from the first up to and including the last day that was asked, by the calendar of the
    child. None while the last day is not known. NotNow for days of which the holidays are not known."""
    return _school_days(row, row.asked_until) if row.ground == Ground.LEAVE and row.asked_until else None


def _school_days(row: ExemptionClaim, last_day: date) -> int:
    pupil = row.case.pupil
    calendar: LessonCalendar = calendars_of_pupils([pupil])[pupil.pk]
    try:
        return calendar.school_days(row.first_day, last_day)
    except ValueError as problem:
        raise NotNow(str(problem)) from problem


def requirements_of(row: ExemptionClaim) -> list[Requirement]:
    since = settings.WET_TERUGDRINGEN_SCHOOLVERZUIM_VANAF
    return requirements(as_claim(row), wet_terugdringen_schoolverzuim_vanaf=since)


def save_claim(row: ExemptionClaim, *, by: User | None) -> None:
    """Written down as it came in, or corrected before it was judged. NotNow with dates that cannot be."""
    check_may_lead(row.case, by, Right.PUPIL_EDIT)
    is_new = row.pk is None
    if not row.is_open:
        raise NotNow("Dit is al beoordeeld. Komt er iets nieuws, leg dan een nieuw beroep of een nieuwe aanvraag vast.")
    check_claim_dates(row, born=row.case.pupil.born, today=timezone.localdate())
    check_days_asked(row, school_days_asked(row))
    try:
        with transaction.atomic():
            save_versioned(row, by=by, action="claim_saved")
            if is_new:
                _task(row, JUDGE, _judge_on(row), by)
                _steps_anew(row)
    except IntegrityError as problem:
        raise NotNow(ALREADY) from problem


def _judge_on(row: ExemptionClaim) -> date:
    """Until when the step asks for a judgement: the term of the Leerplichtwet, else two weeks and never after the outer
    term of the Awb."""
    ground, soon = Ground(row.ground), timezone.localdate() + timedelta(days=DAYS_TO_JUDGE)
    last = decide_by(ground, row.received_on)
    return last if last and ground in WITH_OWN_TERM else min(soon, last or soon)


def judge(
    row: ExemptionClaim,
    outcome: str,
    *,
    by: User | None,
    because: str,
    last_day: date | None = None,
    come_back: str = "",
) -> None:
    """Valid or not, granted or refused, or withdrawn: once. What holds becomes a fact of the child, so that the clock
    follows, and somebody looks again in time. NotNow when something that the law asks is not there, or when the same
    exemption runs in that time already; Overtaken when the claim changed since it was read."""
    check_may_lead(row.case, by, Right.PUPIL_EDIT)
    case, today = row.case, timezone.localdate()
    check_open(case)
    missing = [r.label.lower() for r in requirements_of(row) if not r.met]
    check_judgement(
        row,
        outcome,
        because=because,
        last_day=last_day,
        come_back=come_back,
        missing=missing,
        until=holds_until(row.first_day),
    )
    if row.ground == Ground.LEAVE and outcome in POSITIVE and last_day:
        check_days_given(row, last_day, _school_days(row, last_day))
    with transaction.atomic():
        hold(case)
        waiting = ExemptionClaim.objects.filter(pk=row.pk, state=ExemptionClaim.State.RECEIVED, version=row.version)
        if not waiting.update(
            state=outcome,
            judged_on=today,
            judged_by=by,
            because=because.strip(),
            last_day=last_day,
            come_back=come_back.strip(),
            version=F("version") + 1,
        ):
            raise Overtaken("Een collega heeft dit net bijgewerkt of beoordeeld. Kijk hoe het er nu voor staat.")
        row.refresh_from_db()
        row.case = case
        tasks.end_all(row.tasks.filter(done_on=None), "Beoordeeld.", by=by)
        if row.is_positive:
            _holds(row, by)
        elif row.state != ExemptionClaim.State.WITHDRAWN:
            _task(row, GO_ON, today + timedelta(days=DAYS_TO_GO_ON), by)
        ExemptionClaim.history.bulk_history_create([row], update=True, default_user=by)
        _steps_anew(row)
        log_act("claim_judged", case, by=by, row=row.pk, state=row.state)


def _steps_anew(row: ExemptionClaim) -> None:
    """A region can have steps and terms for dossiers with a claim that waits."""
    sync(Case.objects.open().filter(pk=row.case_id), timezone.localdate())


def _holds(row: ExemptionClaim, by: User | None) -> None:
    """The fact that follows, and looking again."""
    case, span = row.case, {"pupil": row.case.pupil, "first_day": row.first_day, "last_day": row.last_day}
    if row.ground == Ground.LEAVE:
        source = f"verlof volgens besluit van {row.judged_on:%d-%m-%Y}"
        row.permitted = PermittedAbsence(reason=PermittedAbsence.Reason.VERLOF, explanation=source, **span)
        save_fact(row.permitted, by=by, case=case)
    else:
        _check_not_twice(row)
        row.exemption = Exemption(
            article=ARTICLES[Ground(row.ground)],
            received_on=row.received_on,
            expert=row.expert,
            statement_on=row.statement_on,
            **span,
        )
        save_fact(row.exemption, by=by, case=case)
        look = max(look_again_on(row.first_day), timezone.localdate())
        _task(row, LOOK_AGAIN, look, by)
    ExemptionClaim.objects.filter(pk=row.pk).update(exemption=row.exemption, permitted=row.permitted)


def _check_not_twice(row: ExemptionClaim) -> None:
    """One exemption of an article at a time: a second one would hide when the first ends."""
    same = row.case.pupil.exemptions.filter(article=ARTICLES[Ground(row.ground)])
    end = row.last_day or date.max
    if any(e.first_day <= end and row.first_day <= (e.last_day or date.max) for e in same):
        raise NotNow("In die tijd loopt deze vrijstelling al. Kijk de dagen na.")


def not_to_tell(row: ExemptionClaim) -> str:
    """Why the day of sending cannot be written down with the claim; empty when it can."""
    if not row.has_decision:
        return "Er is geen besluit om te verzenden."
    if row.outcome_sent:
        return "Bij de brief staat al wanneer het besluit is verzonden. Klopt de dag niet, wijzig hem dan bij de brief."
    return ""


def record_sent(row: ExemptionClaim, *, by: User | None, on: date) -> None:
    """The decision was sent or handed over on this day, by a way that the dossier holds no letter of; also to correct.
    NotNow without a decision, when a letter says it, or with a day that cannot be."""
    check_may_lead(row.case, by, Right.PUPIL_EDIT)
    check_open(row.case)
    if problem := not_to_tell(row):
        raise NotNow(problem)
    if row.judged_on is None or not row.judged_on <= on <= timezone.localdate():
        raise NotNow(f"Kies een dag vanaf {row.judged_on:%d-%m-%Y} tot en met vandaag.")
    row.sent_on, row.sent_by = on, by
    save_versioned(row, by=by, action="claim_saved")


def object_to(row: ExemptionClaim, *, by: User | None, on: date, outcome: str) -> None:
    """An objection to a decision, and later what came of it."""
    check_may_lead(row.case, by, Right.PUPIL_EDIT)
    check_open(row.case)
    if not row.has_decision or row.judged_on is None:
        raise NotNow("Hiertegen kan geen bezwaar: er is geen besluit.")
    if not row.judged_on <= on <= timezone.localdate():
        raise NotNow(f"Kies een dag vanaf {row.judged_on:%d-%m-%Y} tot en met vandaag.")
    row.objected_on, row.objection, row.objected_by = on, outcome.strip(), by
    save_versioned(row, by=by, action="claim_saved")


def _task(row: ExemptionClaim, title: str, due: date, by: User | None) -> None:
    tasks.ask(row.case, title, due, by=by, claim=row)
