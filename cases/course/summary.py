"""What a dossier says to whoever sees this much of it: one reading of the rows for the page, the preview of a share and
the paper."""

from django.utils import timezone

from cases.clock.presentation import clock_of, current_school, obligation_in_words
from cases.dossier.models import Case
from cases.escalation.models import Review
from cases.meetings.rules import meetings_of
from cases.parts.matrix import PARTS, Level, Part
from cases.sight.seats import Sight
from cases.work.models import Contact
from leerplicht.models import HomePeriod


def summary(case: Case, sight: Sight, today) -> dict:
    """What the page, the preview of a share and the PDF say of a dossier to whoever sees this much of it."""
    deadlines = [d for d in case.deadlines.all() if d.stopped_on is None]
    pupil = case.pupil
    period = next((p for p in pupil.home_periods.all() if p.last_day is None), None)
    problems = [p for p in case.problems.all() if p.until is None]
    contacts = [c for c in case.contacts.all() if sight.knows_of(c)]
    spoken = [c for c in contacts if c.is_talk]
    # A child that moved away after its dossier was closed: what became of it is for the gemeente where it lives now.
    here = case.is_open or pupil.municipality_id == case.municipality_id
    enrolments = [e for e in pupil.enrolments.all() if here and sight.sees_school(e.school.code)]
    return {
        "case": case,
        "pupil": pupil,
        "sight": sight,
        "today": today,
        "school": current_school(pupil) if here else None,
        "obligation": obligation_in_words(pupil, today),
        "period": period,
        "back_since": back_since(period, pupil, today) if period and here and sight.absence else None,
        "before": _ended_last(case) if here and sight.absence else None,
        "spans": [_span(s, sight) for s in period.spans] if period and sight.absence else [],
        "deadlines": [{"row": d, "stand": d.standing(today)} for d in deadlines],
        "clock": clock_of(case, deadlines, today),
        "tasks": open_tasks(case) if sight.course else [],
        # Where an address is secret, how to reach the parents stays with the gemeente as well: it leads there.
        "contact_shown": sight.municipal or not pupil.secret_address,
        "address": pupil.address if here and (sight.municipal or not pupil.secret_address) else "",
        "ladder": ladder_of(case, today) if sight.course else [],
        "offers": offers_of(case) if sight.course else [],
        "barriers": barriers_of(case, today) if sight.course else [],
        "decisions": sorted(case.decisions.all(), key=lambda d: -d.pk) if sight.course else [],
        "reviews": [r for r in case.reviews.all() if r.state in Review.OPEN] if sight.course else [],
        "lead": next((r for r in case.regies.all() if r.ended_at is None), None),
        "meetings": meetings_of(case) if sight.course else None,
        "paused": next((p for p in case.pauses.all() if p.covers(today)), None) if sight.course else None,
        "guardians": _guardians(case, spoken) if here else [],
        "child_heard": next((c for c in reversed(spoken) if c.who == Contact.Who.CHILD), None),
        "problems": [p for p in problems if sight.can_read(p)],
        "running": running_tracks(case, problems, sight),
        "result": case.get_result_display() if case.result and sight.sees_result(case.result) else "",
        "involvements": case.involvements.all(),
        "consents": [
            c
            for c in case.consents.all()
            if c.withdrawn_at is None and (sight.municipal or {c.owner_id, c.recipient_id} & sight.own)
        ],
        "enrolments": enrolments,
        "claims": sorted(case.claims.all(), key=lambda c: -c.pk) if sight.exemption == "write" else [],
        "exemptions": pupil.exemptions.all() if here and sight.exemption else [],
        "permitted": pupil.permitted.all() if here and sight.absence else [],
        "returns": pupil.returns.all() if here and sight.absence else [],
        "not_enrolled": pupil.not_enrolled.all() if here and sight.absence else [],
    }


def back_since(period, pupil, today):
    """The first day back at school within a running period at home: the clock runs on until a whole week goes well.
    None when the child is not there, or was taken ill again since."""
    ended = period.spans[-1]["last_day"] if period.spans else None
    days_back = [r.first_day for r in pupil.returns.all() if not r.trial and period.first_day < r.first_day <= today]
    if not ended or not days_back:
        return None
    return max(days_back) if ended < max(days_back).isoformat() else None


def _ended_last(case: Case):
    """The period at home of this dossier that ended last; one of before it was opened is not of it."""
    ended = [p for p in case.pupil.home_periods.all() if p.last_day is not None and p.last_day >= case.opened_on]
    return max(ended, key=lambda p: p.last_day, default=None)


def ladder_of(case: Case, today) -> list[dict]:
    """The steps of the running period at home, and which one is to be taken now: the first that has begun and is not
    done. Of a closed dossier only what was done."""
    steps = [s for s in case.steps.all() if s.stopped_on is None and (case.is_open or s.is_done)]
    latest = max((s.start for s in steps), default=None)
    steps = [s for s in steps if s.start == latest]
    waiting = [s for s in steps if not s.is_done]
    now = next((s for s in waiting if s.planned_on <= today), None)
    return [
        {
            "row": s,
            "now": s is now,
            "late": not s.is_done and bool(s.due_on) and s.due_on < today,
            "begun": s.planned_on <= today,
        }
        for s in steps
    ]


def offers_of(case: Case) -> list:
    """The places that were asked for or offered; what still runs comes first."""
    return sorted(case.offers.all(), key=lambda o: (o.is_final, -o.asked_on.toordinal()))


def barriers_of(case: Case, today) -> list[dict]:
    """What blocks the way back now, the oldest first, with its age in days."""
    rows = [b for b in case.barriers.all() if b.solved_on is None]
    return [
        {"row": b, "age": (today - b.asked_on).days, "late": bool(b.promised_on) and b.promised_on < today}
        for b in rows
    ]


def open_tasks(case: Case) -> list:
    return [t for t in case.tasks.all() if t.done_on is None]


def running_tracks(case: Case, problems, sight: Sight) -> list[dict]:
    """Of enforcement and safety only whether something runs, for who may know no more than that."""
    enforced = {Part.HANDHAVING} if any(step.ended_on is None for step in case.enforcement.all()) else set()
    return [
        {"word": PARTS[part].word, "runs": part in enforced or any(p.part == part for p in problems)}
        for part in (Part.HANDHAVING, Part.VEILIGHEID)
        if sight.at(part) == Level.YES_NO or (sight.municipal and sight.at(part) > Level.NONE)
    ]


def _span(span: dict, sight: Sight) -> dict:
    """A stretch of the period at home. From what it follows can name an illness or an exemption, so that is for the
    gemeente."""
    kinds = dict(HomePeriod.KindChoices.choices)
    day = timezone.datetime.fromisoformat
    last = day(span["last_day"]).date() if span["last_day"] else None
    return {
        "kind": kinds[span["kind"]],
        "first_day": day(span["first_day"]).date(),
        "last_day": last,
        "source": span["source"] if sight.officer else "",
    }


def _guardians(case: Case, spoken) -> list[dict]:
    last = {c.guardian_id: c.on for c in spoken if c.guardian_id}
    return [{"row": g, "spoken": last.get(g.pk)} for g in case.pupil.guardians.all() if g.until is None]
