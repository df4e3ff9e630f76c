"""What a dossier says to whoever sees this much of it: one reading of the rows for the page, the preview of a share and
the paper. What each subject shows stands in its own room (`panel`)."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from cases.barriers.panel import BarrierShown, barriers_of
from cases.claims.models import ExemptionClaim
from cases.clock.panel import (
    DeadlineShown,
    SpanShown,
    back_since,
    deadlines_shown,
    ended_last,
    running_period,
    spans_of,
)
from cases.clock.presentation import Clock, clock_of, current_school, obligation_in_words
from cases.decisions.models import Decision
from cases.decisions.queries import decisions_of_case
from cases.disputes.panel import DisputeShown, disputes_of
from cases.dossier.models import Case, Task
from cases.dossier.taking_part import Consent, Involvement
from cases.enforcement.panel import Track, tracks_of
from cases.escalation.models import Regie, Review
from cases.escalation.panel import lead_of, open_reviews
from cases.goals.panel import Plan, plan_of
from cases.meetings.panel import MeetingsShown, meetings_of
from cases.offers.models import Offer
from cases.offers.panel import offers_of
from cases.sight.seats import Sight
from cases.steps.models import Pause
from cases.steps.panel import StepShown, ladder_of, pause_of
from cases.work.models import Contact, Problem
from cases.work.panel import GuardianShown, child_heard, guardians_of, open_tasks, problems_of, talks_of
from leerplicht.models import (
    Enrolment,
    Exemption,
    HomePeriod,
    NotEnrolled,
    PermittedAbsence,
    Pupil,
    School,
    SchoolReturn,
)


@dataclass(frozen=True)
class Summary:
    """What shows of a dossier. What the reader may not see is empty here: a page or paper need not ask again."""

    case: Case
    pupil: Pupil
    sight: Sight
    today: date
    # the clock
    period: HomePeriod | None
    before: HomePeriod | None
    back_since: date | None
    spans: Sequence[SpanShown]
    deadlines: Sequence[DeadlineShown]
    clock: Clock | None
    # the child and its facts
    school: School | None
    obligation: str
    address: str
    contact_shown: bool
    guardians: Sequence[GuardianShown]
    child_heard: Contact | None
    enrolments: Sequence[Enrolment]
    exemptions: Sequence[Exemption]
    permitted: Sequence[PermittedAbsence]
    returns: Sequence[SchoolReturn]
    not_enrolled: Sequence[NotEnrolled]
    # what people do
    tasks: Sequence[Task]
    ladder: Sequence[StepShown]
    paused: Pause | None
    plan: Plan
    offers: Sequence[Offer]
    barriers: Sequence[BarrierShown]
    disputes: Sequence[DisputeShown]
    decisions: Sequence[Decision]
    reviews: Sequence[Review]
    lead: Regie | None
    meetings: MeetingsShown | None
    claims: Sequence[ExemptionClaim]
    problems: Sequence[Problem]
    tracks: Sequence[Track]
    result: str
    # who takes part
    involvements: Sequence[Involvement]
    consents: Sequence[Consent]

    def as_context(self) -> dict[str, object]:
        """The fields by name, for a template."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


def summary(case: Case, sight: Sight, today: date) -> Summary:
    """What page, preview of a share and PDF say of a dossier to whoever sees this much of it. Reads what
    `cases.course.whole` fetches."""
    pupil = case.pupil
    # A child that moved away after its dossier was closed: what became of it is for the gemeente where it lives now.
    here = case.is_open or pupil.municipality_id == case.municipality_id
    # Where an address is secret, how to reach the parents stays with the gemeente as well: it leads there.
    reachable = sight.municipal or not pupil.secret_address
    return Summary(
        case=case,
        pupil=pupil,
        sight=sight,
        today=today,
        school=current_school(pupil) if here else None,
        obligation=obligation_in_words(pupil, today),
        contact_shown=reachable,
        address=pupil.address if here and reachable else "",
        involvements=list(case.involvements.all()),
        consents=[c for c in case.consents.all() if c.withdrawn_at is None and _shows(c, sight)],
        result=case.get_result_display() if case.result and sight.sees_result(case.result) else "",
        **_clock(case, sight, here, today),
        **_facts(pupil, sight, here),
        **_course(case, sight, today),
        **_people(case, sight, here),
    )


def _shows(consent: Consent, sight: Sight) -> bool:
    return sight.municipal or bool({consent.owner_id, consent.recipient_id} & sight.own)


def _clock(case: Case, sight: Sight, here: bool, today: date) -> dict[str, Any]:
    period, told = running_period(case.pupil), here and sight.absence
    deadlines = deadlines_shown(case, today)
    return {
        "period": period,
        "before": ended_last(case) if told else None,
        "back_since": back_since(period, case.pupil, today) if period and told else None,
        "spans": spans_of(period, sight) if period and sight.absence else [],
        "deadlines": deadlines,
        "clock": clock_of(case, [d.row for d in deadlines], today),
    }


def _facts(pupil: Pupil, sight: Sight, here: bool) -> dict[str, Any]:
    told = here and sight.absence
    return {
        "enrolments": [e for e in pupil.enrolments.all() if here and sight.sees_school(e.school.code)],
        "exemptions": pupil.exemptions.all() if here and sight.exemption else [],
        "permitted": pupil.permitted.all() if told else [],
        "returns": pupil.returns.all() if told else [],
        "not_enrolled": pupil.not_enrolled.all() if told else [],
    }


def _course(case: Case, sight: Sight, today: date) -> dict[str, Any]:
    """What was done: for who reads the course of events. Who leads shows to everybody."""
    shown = sight.course
    return {
        "tasks": open_tasks(case, sight) if shown else [],
        "ladder": ladder_of(case, today) if shown else [],
        "paused": pause_of(case, today) if shown else None,
        "plan": plan_of(case, sight, today),
        "offers": offers_of(case) if shown else [],
        "barriers": barriers_of(case, today) if shown else [],
        "disputes": disputes_of(case, sight),
        "decisions": decisions_of_case(case) if shown else [],
        "reviews": open_reviews(case) if shown else [],
        "meetings": meetings_of(case) if shown else None,
        "lead": lead_of(case),
        "claims": sorted(case.claims.all(), key=lambda c: -c.pk) if sight.exemption == "write" else [],
    }


def _people(case: Case, sight: Sight, here: bool) -> dict[str, Any]:
    talks, problems = talks_of(case, sight), problems_of(case)
    return {
        "guardians": guardians_of(case, talks) if here else [],
        "child_heard": child_heard(talks),
        "problems": [p for p in problems if sight.can_read(p)],
        "tracks": tracks_of(case, problems, sight),
    }
