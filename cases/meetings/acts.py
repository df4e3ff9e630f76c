"""Planning an overleg, changing it, recording what happened there, calling it off. Two people who type at the same
moment lose nothing: the version that was read is compared in the UPDATE."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from cases.acting.access import check_may_act
from cases.acting.facts import HELD
from cases.acting.matrix import Act
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import CHANGED, Overtaken, cache_last_contact, hold, log_act, still_as_read
from cases.meetings.access import check_may_answer
from cases.meetings.models import Attendance, Meeting
from cases.meetings.rules import check_ground, check_minutes, check_people, owner_of_meeting, recorded_by
from cases.sight.access import check_may_write
from cases.steps.answers import answer
from cases.talks.moment import check_moment
from thuiszitters.core.people.users import User

ALREADY = "Dit overleg staat er al, op dezelfde dag en tijd."
OVER = "Dit overleg is al gehouden of afgezegd."


def plan(meeting: Meeting, people: Sequence[Attendance], *, past: bool = False, by: User) -> None:
    """Write an overleg down, with who is asked; with `past` one that has been already. NotNow when a rule is not met
    or it stands there already (a second click)."""
    check_may_write(meeting.case, by)
    _check(meeting, people, past)
    try:
        with transaction.atomic():
            hold(meeting.case)
            meeting.by = by
            meeting.save()
            for person in people:
                person.meeting = meeting
                person.save()
            _log("meeting_planned", meeting, by)
    except IntegrityError as problem:
        raise NotNow(ALREADY) from problem


def change(meeting: Meeting, people: Sequence[Attendance], *, by: User | None) -> None:
    """Another time, place, question or guest, until it is recorded. It may have been brought forward: what is over
    already is fine here. Overtaken when a colleague was first."""
    check_may_write(meeting.case, by)
    check_may_act(Act.EDIT_MEETING, owner_of_meeting(meeting), meeting.case, by)
    _check_version(meeting)
    _check(meeting, people, meeting.has_begun)
    try:
        with transaction.atomic():
            hold(meeting.case)
            moved = not Meeting.objects.filter(pk=meeting.pk, starts_at=meeting.starts_at).exists()
            _as_read(meeting, Meeting.State.PLANNED)
            meeting.save()
            _invite(meeting, people)
            if moved:
                _ask_again(meeting)
            _log("meeting_changed", meeting, by)
    except IntegrityError as problem:
        raise NotNow(ALREADY) from problem


def record(meeting: Meeting, people: Sequence[Attendance], agreements: Sequence[Task], *, by: User | None) -> list[str]:
    """What happened there; gives the names of the steps that are done by it. `people`: all rows of the overleg and new
    ones; `agreements`: new ones only. Also puts an earlier record right: what stood there stays in the history.
    Overtaken when a colleague was first."""
    check_may_write(meeting.case, by)
    check_may_act(Act.RECORD_MEETING, recorded_by(meeting), meeting.case, by)
    _check_version(meeting)
    check_open(meeting.case)
    check_minutes(meeting, people, agreements=meeting.tasks.count() + len(agreements))
    with transaction.atomic():
        hold(meeting.case)
        _as_read(meeting, Meeting.State.PLANNED, Meeting.State.HELD)
        if meeting.is_planned:
            meeting.settled_by = by
        meeting.state = Meeting.State.HELD
        meeting.save()
        _keep(meeting, people)
        for task in agreements:
            task.case, task.meeting, task.by = meeting.case, meeting, by
            save_agreement(task)
        cache_last_contact(meeting.case)
        _log("meeting_held", meeting, by)
        return answer(meeting.case, HELD[meeting.kind], on=meeting.on, by=by)


def save_agreement(task: Task) -> None:
    """A step that was agreed, with who does it when that is nobody of this application."""
    task.save()
    if outsider := getattr(task, "outsider", None):
        outsider.task = task
        outsider.save()


def cancel(meeting: Meeting, *, because: str, by: User | None) -> None:
    """Call it off, with a reason, once."""
    check_may_write(meeting.case, by)
    check_may_act(Act.CANCEL_MEETING, owner_of_meeting(meeting), meeting.case, by)
    check_open(meeting.case)
    if not because.strip():
        raise NotNow("Geef een reden op.")
    with transaction.atomic():
        hold(meeting.case)
        rows = Meeting.objects.filter(pk=meeting.pk, state=Meeting.State.PLANNED)
        if not rows.update(
            state=Meeting.State.CANCELLED,
            cancelled_because=because.strip()[:300],
            settled_by=by,
            version=F("version") + 1,
        ):
            raise NotNow(OVER)
        meeting.refresh_from_db()
        meeting.save()  # the moment of the change, and a row in the history
        _log("meeting_cancelled", meeting, by)


def call_off_all(case: Case, *, because: str, by: User | None) -> None:
    """What is still to come goes on no more, whoever planned it: the dossier closes."""
    for meeting in case.meetings.filter(state=Meeting.State.PLANNED, starts_at__gt=timezone.now()):
        meeting.state, meeting.cancelled_because, meeting.settled_by = Meeting.State.CANCELLED, because, by
        meeting.version += 1
        meeting.save()
        _log("meeting_cancelled", meeting, by)


def _check(meeting: Meeting, people: Sequence[Attendance], past: bool) -> None:
    check_open(meeting.case)
    check_moment(meeting.starts_at, past=past)
    check_ground(meeting.case, meeting.ground)
    check_people(meeting.case, people, meeting.on, meeting.uninvited_because)


def _check_version(meeting: Meeting) -> None:
    """Before any other rule: what else is wrong is only worth saying about the newest text."""
    if not Meeting.objects.filter(pk=meeting.pk, version=meeting.version).exists():
        raise Overtaken(CHANGED)


def _as_read(meeting: Meeting, *states: str) -> None:
    """Only who read the newest version writes; of two the second is told."""
    if not still_as_read(meeting, state__in=states):
        stored = Meeting.objects.get(pk=meeting.pk)
        raise Overtaken(CHANGED) if stored.state in states else NotNow(OVER)


def _invite(meeting: Meeting, people: Sequence[Attendance]) -> None:
    """Who is asked now: new ones in, others out; who stays keeps the row."""
    wanted = {p.key: p for p in people}
    for row in meeting.people.select_related("organisation", "guardian"):
        if row.key in wanted:
            del wanted[row.key]
        else:
            row.delete()
    for person in wanted.values():
        person.meeting = meeting
        person.save()


def _ask_again(meeting: Meeting) -> None:
    """Who could come then may not be able to now."""
    for row in meeting.people.exclude(comes=""):
        row.comes, row.instead, row.answered_by, row.answered_at = "", "", None, None
        row.save()


def say_who_comes(row: Attendance, *, comes: str, instead: str = "", by: User) -> None:
    """An organisation answers an invitation, as often as it likes until the overleg begins. NotNow when that is over,
    or when somebody else comes without a name."""
    check_may_answer(row, by)
    if not row.meeting.is_planned or row.meeting.has_begun:
        raise NotNow("Dit overleg is begonnen, gehouden of afgezegd. Bel wie het plande.")
    other = comes == Attendance.Comes.INSTEAD
    if other and not instead.strip():
        raise NotNow("Schrijf op wie er komt.")
    said = comes, instead.strip()[:100] if other else ""
    if said == (row.comes, row.instead):  # a second click
        return
    with transaction.atomic():
        hold(row.meeting.case)
        row.comes, row.instead = said
        row.answered_by, row.answered_at = by, timezone.now()
        row.save()
        _log("meeting_answered", row.meeting, by)


def _keep(meeting: Meeting, people: Sequence[Attendance]) -> None:
    """Write what changed about who was there, so that the history holds changes only."""
    before = {p.pk: (p.name, p.role, p.present) for p in meeting.people.all()}
    for person in people:
        if before.get(person.pk) != (person.name, person.role, person.present):
            person.meeting = meeting
            person.save()


def _log(action: str, meeting: Meeting, by: User | None) -> None:
    case = meeting.case
    log_act(action, case, by=by, row=meeting.pk, kind=meeting.kind)
