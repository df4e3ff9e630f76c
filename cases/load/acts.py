"""Handing out many dossiers at once, taking that back, and being away. Each act is one transaction: all or nothing."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from cases.dossier.access import check_may
from cases.dossier.models import Assignment, Case, Division, Task
from cases.dossier.rules import NotNow
from cases.handling.acts import assign, give_back
from cases.load.queries import divides_for, steps_elsewhere
from cases.owners.queries import codes_to_divide, without_handler, workers_of
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.absences import Absence
from thuiszitters.core.people.organisations import Membership, Period
from thuiszitters.core.people.users import User

UNDONE = "de verdeling is teruggedraaid"
LEFT = "werkt hier niet meer"


def hand_out(cases: Iterable[Case], to: Sequence[User], *, by: User, because: str = "") -> Division:
    """Give dossiers to colleagues, spread evenly, the child that is at home the longest first; without colleagues to
    nobody, with the reason. NotNow when nobody of them works for the gemeente of one of the dossiers."""
    cases = sorted(cases, key=lambda case: (case.clock_start or date.max, case.pk))
    if not cases:
        raise NotNow("Kruis eerst een of meer dossiers aan.")
    check_may(all(case.municipality_id in codes_to_divide(by) for case in cases))
    with transaction.atomic():
        division = Division.objects.create(by=by)
        turns = _Turns(to)
        for case in cases:
            assign(case, turns.next_for(case) if to else None, by=by, because=because, division=division)
        if not division.assignments.exists():
            raise NotNow("Deze dossiers zijn zo al verdeeld.")
        log_event("dossiers_divided", by=by, pupils=[c.pupil_id for c in cases], count=len(cases), row=division.pk)
    return division


class _Turns:
    """Whose turn it is: of who works for the gemeente, the one with the fewest of this division."""

    def __init__(self, to: Sequence[User]):
        self.got = {user.pk: 0 for user in to}
        self.users = {user.pk: user for user in to}
        self.working: dict[str, set[int]] = {}

    def next_for(self, case: Case) -> User:
        code = case.municipality_id
        if code not in self.working:
            self.working[code] = workers_of(code, timezone.localdate())
        fitting = [pk for pk in self.got if pk in self.working[code]]
        if not fitting:
            names = " en ".join(user.short_name for user in self.users.values())
            raise NotNow(f"{names} werkt niet voor de gemeente {case.municipality.name}. Kies ook een ander.")
        pk = min(fitting, key=lambda key: self.got[key])
        self.got[pk] += 1
        return self.users[pk]


def hand_out_all_of(person: User, to: Sequence[User], *, by: User, because: str = "") -> Division:
    """Everything of one person: the open dossiers as in `hand_out`, and the open steps in dossiers of others, which go
    to the handler of that dossier, or wait for who divides the work."""
    check_may(bool(codes_to_divide(by)))
    cases = Case.objects.open().filter(handler=person, municipality__in=codes_to_divide(by))
    with transaction.atomic():
        steps = list(steps_elsewhere(person, by))
        moved = []
        for task in steps:
            got = task.case.handler if task.case.handler_id != person.pk else None
            moved.append([task.pk, person.pk, got.pk if got else None])
            task.owner = got
            task.save()
        if rows := list(cases.select_related("municipality", "pupil")):
            division = hand_out(rows, to, by=by, because=because)
        elif moved:
            division = Division.objects.create(by=by)
        else:
            raise NotNow(f"{person.short_name} heeft niets meer.")
        Division.objects.filter(pk=division.pk).update(steps=moved)
    division.steps = moved
    return division


def undo(division: Division, *, by: User) -> tuple[int, int]:
    """Give every dossier of a division back to who had it, with the same steps. Gives how many went back, and how many
    did not because something happened to them since."""
    rows = list(division.assignments.select_related("case", "handler", "before"))
    check_may(all(row.case.municipality_id in codes_to_divide(by) for row in rows))
    later = Assignment.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    untouched = set(division.assignments.filter(~Exists(later)).values_list("pk", flat=True))
    back = [row for row in rows if row.pk in untouched and row.case.is_open]
    with transaction.atomic():
        if not Division.objects.filter(pk=division.pk, undone_at=None).update(undone_at=timezone.now()):
            raise NotNow("Deze verdeling is al teruggedraaid.")
        for row in back:
            give_back(row, by=by, because=UNDONE)
        for pk, before, got in division.steps:
            for task in Task.objects.filter(pk=pk, owner=got, done_on=None):
                task.owner_id = before
                task.save()
        pupils = [row.case.pupil_id for row in back]
        log_event("division_undone", by=by, pupils=pupils, count=len(back), row=division.pk)
    return len(back), len(rows) - len(back)


def release_leavers(today: date) -> int:
    """What points at somebody who does not work there any more: the dossier goes to who was named when the role ended,
    else to nobody, which puts it on the page of who divides the work; a step goes to the handler. Gives how many."""
    cases = Case.objects.open().filter(without_handler(today)).exclude(handler=None).select_related("handler")
    count = 0
    for case in cases:
        name = case.handler.short_name if case.handler else ""
        assign(case, _successor(case, today), by=None, because=f"{name} {LEFT}")
        count += 1
    inside = Membership.objects.filter(Period.covers(today), user=OuterRef("owner"), user__is_active=True)
    open_tasks = Task.objects.filter(done_on=None, case__in=Case.objects.open())
    for task in open_tasks.filter(~Exists(inside)).exclude(owner=None).select_related("case__handler"):
        task.owner = task.case.handler
        task.save()
        count += 1
    return count


def _successor(case: Case, today: date) -> User | None:
    """Who was named when the role of the handler ended, and works for this gemeente today."""
    ended = Membership.objects.filter(user=case.handler_id, valid_until__lt=today, work_to__isnull=False)
    working = workers_of(case.municipality_id, today)
    named = [m.work_to for m in ended.order_by("-valid_until", "-pk").select_related("work_to")]
    return next((user for user in named if user and user.pk in working), None)


def be_away(user: User, *, first_day: date, last_day: date, stand_in: User | None, by: User) -> Absence:
    """Write down that somebody is away: oneself, or who divides the work for a colleague. NotNow when it overlaps. What
    the stand-in cannot do, for gemeenten where that one does not work, goes to who divides the work."""
    check_may(by == user or divides_for(by, user))
    if last_day < first_day:
        raise NotNow("De laatste dag ligt voor de eerste dag.")
    with transaction.atomic():
        list(User.objects.select_for_update().filter(pk=user.pk))
        overlapping = Absence.objects.known(first_day).filter(user=user, first_day__lte=last_day)
        if overlapping.exists():
            raise NotNow("In die dagen staat al afwezigheid. Beëindig die eerst.")
        row = Absence.objects.create(user=user, first_day=first_day, last_day=last_day, stand_in=stand_in, by=by)
        log_event("absence_saved", by=by, row=row.pk, handler=user.pk, stand_in=stand_in.pk if stand_in else None)
    return row


def end_absence(row: Absence, *, by: User) -> None:
    """Somebody is back earlier, or it was wrong. Second click: nothing changes."""
    check_may(by.pk == row.user_id or divides_for(by, row.user))
    with transaction.atomic():
        if Absence.objects.filter(pk=row.pk, ended_at=None).update(ended_at=timezone.now()):
            log_event("absence_ended", by=by, row=row.pk, handler=row.user_id)
