"""Planning a talk, moving it, calling it off; and what a contact that was recorded says about it. The step of the talk
is what stands on lists: it moves along, and ends with it."""

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime

from django.db import transaction

from cases.acting.access import check_may_act, owner_of_task
from cases.acting.matrix import Act
from cases.dossier.access import is_municipal_side
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import CHANGED, Overtaken, hold, log_act, still_as_read
from cases.dossier.tasks import LONGEST_TITLE, ask, end_all, open_again
from cases.sight.access import check_may_write
from cases.talks.models import Talk
from cases.talks.moment import check_moment
from cases.talks.words import title_of
from leerplicht.models import Guardian
from thuiszitters.core.people.users import User

ALREADY = "Er staat al een gesprek op deze dag en tijd."
OVER = "Dit gesprek is al vastgelegd of afgezegd."
NO_ONE_CHOSEN = "Kies met wie u spreekt, of vul een naam in."


def plan(talk: Talk, guardians: Collection[Guardian], *, by: User) -> None:
    """Write a talk down, as a step of who plans it. NotNow when it stands there already (a second click), the moment
    was already, or nobody is spoken."""
    case = talk.case
    check_may_write(case, by)
    _check(talk, guardians)
    with transaction.atomic():
        hold(case)
        if Talk.objects.planned().filter(case=case, starts_at=talk.starts_at).exists():
            raise NotNow(ALREADY)
        own = {"owner": by} if is_municipal_side(case, by) else {"organisation": talk.organisation}
        title = title_of(talk, guardians)
        talk.task = ask(case, title, talk.on, by=by, kind=Task.Kind.TALK, **own)
        talk.by = by
        talk.save()
        talk.guardians.set(guardians)
        log_act("talk_planned", case, by=by, row=talk.pk)


def change(talk: Talk, guardians: Collection[Guardian], *, by: User | None) -> None:
    """Another time, place or person. Overtaken when a colleague was first."""
    check_may_write(talk.case, by)
    check_may_act(Act.EDIT_TASK, owner_of_task(talk.task, talk.case), talk.case, by)
    _check(talk, guardians)
    with transaction.atomic():
        hold(talk.case)
        if not still_as_read(talk, task__done_on=None):
            raise Overtaken(CHANGED) if Talk.objects.planned().filter(pk=talk.pk).exists() else NotNow(OVER)
        talk.save()
        talk.guardians.set(guardians)
        task = talk.task
        task.title, task.due_on = title_of(talk, guardians)[:LONGEST_TITLE], talk.on
        task.save()
        log_act("talk_changed", talk.case, by=by, row=talk.pk)


def call_off(talk: Talk, *, because: str, by: User | None) -> None:
    """It does not go on, for a reason; once."""
    check_may_write(talk.case, by)
    check_may_act(Act.EDIT_TASK, owner_of_task(talk.task, talk.case), talk.case, by)
    check_open(talk.case)
    if not because.strip():
        raise NotNow("Geef een reden op.")
    with transaction.atomic():
        hold(talk.case)
        if not Talk.objects.planned().filter(pk=talk.pk).exists():
            raise NotNow(OVER)
        end_all([talk.task], f"Afgezegd: {because.strip()}"[:500], by=by)
        talk.called_off = True
        talk.version += 1
        talk.save()
        log_act("talk_cancelled", talk.case, by=by, row=talk.pk)


def spoken(
    case: Case, contact: int, says: str, *, told: Talk | None, on: date, with_: Callable[[Talk], bool], by: User | None
) -> list[str]:
    """A contact (its id) was recorded of a day: the talk that it `told` of is done, and those planned until that day of
    which `with_` says that it is their outcome. Gives the names of their steps."""
    planned = case.talks.planned().select_related("task", "organisation").prefetch_related("guardians")
    done = [t for t in planned if t == told or (t.on <= on and with_(t))]
    for talk in done:
        talk.task.case = case
        talk.contact_id = contact
        talk.save()
    end_all([t.task for t in done], says, by=by)
    return [t.task.title for t in done]


def taken_back(case: Case, contact: int, *, by: User | None) -> None:
    """What was said was taken back: the talks that it ended are to be told about again."""
    for talk in case.talks.filter(contact=contact).select_related("task"):
        talk.contact = None
        talk.save()
        open_again(talk.task, by=by)


def next_of(case: Case, now: datetime) -> Talk | None:
    """The next one that is planned."""
    return case.talks.planned().filter(starts_at__gte=now).order_by("starts_at").first()


def invited_by_letter(talk: Talk, guardians: Sequence[Guardian], *, by: User) -> None:
    """A letter invites to a talk: it is planned with that, unless one stands on that day already."""
    planned = talk.case.talks.planned()
    if not any(t.on == talk.on for t in planned):
        plan(talk, guardians, by=by)


def _check(talk: Talk, guardians: Collection[Guardian]) -> None:
    check_open(talk.case)
    check_moment(talk.starts_at, past=False)
    if not (guardians or talk.child or talk.name.strip()):
        raise NotNow(NO_ONE_CHOSEN)
