"""What happens, whose turn it is, what was agreed: as who looks along reads it. Nothing that people typed for each
other goes in: of a step of the gemeente only its day, of a talk only that it was and what was agreed with this
person."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from cases.clock.panel import back_since, running_period
from cases.documents.models import Document
from cases.dossier.models import Case, Task
from cases.family.models import LookAlong
from cases.goals.models import Goal, Opinion
from cases.goals.panel import last_of, plan_of
from cases.meetings.models import Attendance, Meeting, Outsider
from cases.offers.models import Offer
from cases.offers.states import OfferState
from cases.talks.models import Talk
from cases.work.models import Contact
from reporting.papers.parents import ParentSight
from thuiszitters.core.words import long_date


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on the line of the dossier. `on`: by which it is put in order. `when`: as it is read."""

    on: date
    title: str
    when: str
    done: bool = False
    now: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Something on which this person can say what it thinks. `said`: what it said last."""

    key: str
    about: str
    said: Opinion | None
    goal: Goal | None = None
    meeting: Meeting | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    on: date
    text: str
    who: str = ""
    until: date | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """All that the page says. `contact`: whom to call; None while nobody has the dossier."""

    title: str
    since: date | None
    contact: str
    phone: str
    lines: Sequence[Line]
    asked: Sequence[Asked]
    agreed: Sequence[Agreed]
    letters: Sequence[Document]
    sent: Sequence[tuple[str, date]]

    @property
    def goes_on(self) -> bool:
        """Whether there is a next day on which something happens."""
        return any(not line.done for line in self.lines)


def story_of(row: LookAlong, sight: ParentSight, today: date) -> Story:
    """Of a dossier that was fetched whole."""
    case, handler = row.case, row.case.handler
    meetings, talks = list(_meetings(row)), list(_talks(row))
    outside = {o.task_id: o for o in Outsider.objects.filter(task__case=case)}
    period = running_period(case.pupil) if sight.absence else None
    done = sorted(_done(row, sight, meetings), key=lambda line: line.on)
    ahead = (
        sorted(_ahead(row, meetings, talks, outside, sight, today), key=lambda line: line.on) if case.is_open else []
    )
    return Story(
        title=_title(case, bool(period and back_since(period, case.pupil, today)), bool(period)),
        since=period.first_day if period else None,
        contact=handler.get_full_name() if handler else "",
        phone=handler.phone if handler else "",
        lines=[*done, *(Line(x.on, x.title, x.when, now=i == 0) for i, x in enumerate(ahead))],
        asked=list(asked_of(row, sight, today, meetings)),
        agreed=sorted(_agreed(row, sight, meetings, outside), key=lambda a: a.on, reverse=True),
        letters=_letters(case, sight),
        sent=[(a.title, timezone.localdate(a.at)) for a in case.attachments.all() if _is_own(a, row)],
    )


def _letters(case: Case, sight: ParentSight) -> list[Document]:
    """Of each letter the last version that was sent: one that is being corrected is still with the gemeente."""
    sent = [d for d in case.documents.all() if d.sent_on and sight.course and sight.knows_letter(d)]
    last = {(d.kind, d.recipient, d.organisation_id, d.claim_id): d for d in sent}
    return sorted(last.values(), key=lambda d: d.at, reverse=True)


def _is_own(attachment, row: LookAlong) -> bool:
    return attachment.looker is not None and attachment.looker.guardian_id == row.guardian_id


def _title(case: Case, is_back: bool, at_home: bool) -> str:
    name = case.pupil.first_names.split(" ")[0] or case.pupil.name
    if not case.is_open:
        return f"Het dossier van {name} is afgesloten"
    if is_back:
        return f"{name} gaat weer naar school"
    return f"Wij zoeken een plek voor {name}" if at_home else f"Wij volgen hoe het gaat met {name}"


def _meetings(row: LookAlong) -> Iterator[Meeting]:
    """Those to which this person was invited, or at which it was."""
    for meeting in row.case.meetings.all():
        if any(_is(row, person) and (person.invited or person.was_there) for person in meeting.people.all()):
            yield meeting


def _is(row: LookAlong, person: Attendance) -> bool:
    if row.guardian_id:
        return person.guardian_id == row.guardian_id
    return person.role == Attendance.Role.CHILD


def _talks(row: LookAlong) -> Iterator[Talk]:
    for talk in row.case.talks.all():
        mine = talk.child if row.guardian_id is None else any(g.pk == row.guardian_id for g in talk.guardians.all())
        if mine and talk.is_open:
            yield talk


def _done(row: LookAlong, sight: ParentSight, meetings: Iterable[Meeting]) -> Iterator[Line]:
    case = row.case
    first = min((i.report.changed_at for i in case.intakes.all()), default=None) if sight.absence else None
    if first:
        on = timezone.localdate(first)
        yield Line(on, "School heeft gemeld", long_date(on), done=True)
    yield Line(case.opened_on, "De gemeente begon een dossier", long_date(case.opened_on), done=True)
    for contact in case.contacts.all():
        if contact.is_talk and sight.knows_of(contact) and (with_whom := _spoken(row, contact)):
            yield Line(contact.on, f"Gesproken met {with_whom}", long_date(contact.on), done=True)
    for meeting in meetings:
        if meeting.is_held:
            yield Line(meeting.on, f"Overleg gehouden: {meeting.label}", long_date(meeting.on), done=True)
    for offer in case.offers.all():
        if offer.started_on and offer.state != OfferState.MISLUKT:
            title = f"Eerste dag bij {offer.place}"
            yield Line(offer.started_on, title, long_date(offer.started_on), done=True)


def _spoken(row: LookAlong, contact: Contact) -> str:
    """With this person itself, or with the child."""
    if contact.who == Contact.Who.CHILD:
        return "u" if row.guardian_id is None else row.case.pupil.first_names.split(" ")[0] or "uw kind"
    return "u" if row.guardian_id and contact.guardian_id == row.guardian_id else ""


def _ahead(
    row: LookAlong,
    meetings: Iterable[Meeting],
    talks: Iterable[Talk],
    outside: Mapping[int, Outsider],
    sight: ParentSight,
    today: date,
) -> Iterator[Line]:
    case = row.case
    for talk in talks:
        # A talk with both parents can be at the home of one.
        alone = len(talk.guardians.all()) < 2
        where = f", {talk.place}" if alone else ". Vraag uw contactpersoon waar."
        yield Line(talk.on, "Gesprek met u", f"{_moment(talk.starts_at)}{where}")
    for meeting in meetings:
        if meeting.is_planned:
            where = f"{_moment(meeting.starts_at)}, {meeting.place}. U bent uitgenodigd."
            yield Line(meeting.on, f"Overleg: {meeting.label}", where)
    for offer in case.offers.all():
        yield from _of_offer(offer)
    for shown in plan_of(case, sight, today).goals:
        on = shown.row.review_on
        yield Line(on, f"Kijken hoe het gaat: {shown.row.text}", f"uiterlijk {long_date(on)}")
    agreed = {task.pk for meeting in meetings for task in _open_tasks(case, meeting)}
    for task in case.tasks.all():
        if task.pk in agreed:
            what, who = _in_words(row, task, outside)
            until = f"uiterlijk {long_date(task.due_on)}"
            if what:
                yield Line(task.due_on, what, f"{who}, {until}" if who else until)
    others = [t.due_on for t in case.tasks.all() if t.done_on is None and t.pk not in agreed and not _on_its_own(t)]
    if others:
        on = min(others)
        late = f"dat zou {long_date(on)} gebeuren" if on < today else f"uiterlijk {long_date(on)}"
        yield Line(max(on, today), "De gemeente of school doet de volgende stap", late)


def _on_its_own(task: Task) -> bool:
    """What stands on the line already as itself: a planned talk, a day to look at a goal."""
    return task.kind in (Task.Kind.TALK, Task.Kind.GOAL)


def _of_offer(offer: Offer) -> Iterator[Line]:
    if offer.state == OfferState.GEVRAAGD:
        yield Line(offer.asked_on, f"Plek gevraagd bij {offer.place}", f"gevraagd op {long_date(offer.asked_on)}")
    elif offer.state == OfferState.AANGEBODEN:
        yield Line(offer.asked_on, f"Plek aangeboden bij {offer.place}", "de gemeente hoort graag wat u ervan vindt")
    elif offer.state == OfferState.AANGEKONDIGD and offer.start_on:
        yield Line(offer.start_on, f"Eerste dag bij {offer.place}", f"als het lukt op {long_date(offer.start_on)}")


def _open_tasks(case: Case, meeting: Meeting) -> Iterator[Task]:
    return (t for t in case.tasks.all() if t.meeting_id == meeting.pk and t.done_on is None)


def _moment(starts_at: datetime) -> str:
    local = timezone.localtime(starts_at)
    return f"{date_format(local, 'l j F')} om {local:%H.%M} uur"


def asked_of(row: LookAlong, sight: ParentSight, today: date, meetings: Iterable[Meeting]) -> Iterator[Asked]:
    """What this person can say something on, while the dossier is open."""
    case = row.case
    if not case.is_open or not sight.course:
        return
    own = [o for o in case.opinions.all() if o.guardian_id == row.guardian_id]
    plan = plan_of(case, sight, today)
    for shown in plan.goals:
        said = last_of(o for o in own if o.goal_id == shown.row.pk)
        yield Asked(f"doel-{shown.row.pk}", shown.row.text, said[0] if said else None, goal=shown.row)
    for meeting in meetings:
        if not meeting.is_cancelled:
            said = last_of(o for o in own if o.meeting_id == meeting.pk)
            about = f"Het overleg ({meeting.label}) van {long_date(meeting.on)}"
            yield Asked(f"overleg-{meeting.pk}", about, said[0] if said else None, meeting=meeting)
    said = last_of(o for o in own if o.of_plan)
    yield Asked("plan", "Wat er nu gebeurt: het hele plan", said[0] if said else None)


def _in_words(row: LookAlong, task: Task, outside: Mapping[int, Outsider]) -> tuple[str, str]:
    """What was agreed and who does it. Nothing of what another parent does: that is of that parent."""
    outsider = outside.get(task.pk)
    if outsider is None:
        return task.title, task.owner_name
    if outsider.guardian_id and outsider.guardian_id != row.guardian_id:
        return "", ""
    own = outsider.guardian_id == row.guardian_id if row.guardian_id else outsider.is_child
    return outsider.what, "u" if own else outsider.words


def _agreed(
    row: LookAlong, sight: ParentSight, meetings: Iterable[Meeting], outside: Mapping[int, Outsider]
) -> Iterator[Agreed]:
    for contact in row.case.contacts.all():
        if contact.agreed and _spoken(row, contact) and sight.can_read(contact):
            yield Agreed(contact.on, contact.agreed)
    for meeting in meetings:
        if meeting.is_held:
            for task in row.case.tasks.all():
                if task.meeting_id == meeting.pk:
                    what, who = _in_words(row, task, outside)
                    if what:
                        yield Agreed(meeting.on, what, who, task.due_on, task.done_on is not None)
