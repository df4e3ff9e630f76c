"""What was written in the wrong dossier: taken back with a reason, or moved to where it belongs. The place keeps a
line; the text itself stays for who keeps the files, and shows nowhere any more."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.dossier.access import check_may, is_municipal_side
from cases.dossier.entry import WrittenEntry
from cases.dossier.models import Case, Task
from cases.dossier.opening import FIRST_TASK, FIRST_TASK_WORKING_DAYS
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import CHANGED, Overtaken, cache_last_contact, hold, log_act
from cases.dossier.tasks import ask
from cases.parts.matrix import Part
from cases.sight.access import check_may_write
from cases.sight.seats import MUNICIPAL, sight_of
from cases.talks.acts import taken_back
from cases.work.heard import who_is_missing
from cases.work.models import Contact, Note, Withdrawal
from leerplicht.law.calendar import add_working_days
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

SAME = "Dit is hetzelfde dossier. Kies een ander, of laat het leeg om alleen in te trekken."


def may_withdraw(entry: WrittenEntry, case: Case, user: User) -> bool:
    """Who wrote it, and the team lead of the gemeente for what its own side wrote and may be read."""
    if not case.is_open or not sight_of(case, user).can_read(entry):
        return False
    leads = entry.organisation.kind in MUNICIPAL and is_municipal_side(case, user, Right.CASE_ASSIGN)
    return entry.by_id == user.pk or leads


def check_may_withdraw(entry: WrittenEntry, case: Case, by: User) -> None:
    check_may(may_withdraw(entry, case, by))


def withdraw(entry: Contact | Note, *, because: str, to: Case | None = None, by: User) -> Withdrawal:
    """Take it back; `to`: it belongs there, and is written there as by its writer. NotNow without a reason, for the
    same dossier, or when a colleague changed it since it was read."""
    case = entry.case
    check_may_withdraw(entry, case, by)
    check_open(case)
    if not because.strip():
        raise NotNow("Geef een reden op.")
    if to is not None:
        if to.pk == case.pk:
            raise NotNow(SAME)
        check_may_write(to, by, Part(entry.part))
        check_open(to)
    with transaction.atomic():
        hold(case)
        row = Withdrawal.objects.create(
            case=case,
            what=Withdrawal.What.CONTACT if isinstance(entry, Contact) else Withdrawal.What.NOTE,
            on=entry.on if isinstance(entry, Contact) else timezone.localdate(entry.at),
            part=entry.part,
            organisation=entry.organisation,
            shared=entry.shared,
            by=entry.by,
            moved=to is not None,
            because=because.strip()[:300],
            done_by=by,
        )
        heard = not who_is_missing(case, timezone.localdate())
        _take_away(entry, row, to)
        cache_last_contact(case)
        if isinstance(entry, Contact):
            taken_back(case, entry.pk, by=by)
            if heard:
                _ask_again(case, by)
        log_act("entry_withdrawn", case, by=by, row=entry.pk, moved=to is not None)
        if to is not None:
            hold(to)
            cache_last_contact(to)
            log_act("entry_moved_here", to, by=by, row=entry.pk)
    return row


def _ask_again(case: Case, by: User) -> None:
    """Everybody was heard with it and not without: speaking them is asked for once more."""
    today = timezone.localdate()
    fresh = Case.objects.get(pk=case.pk)  # without the contacts that were read before
    if who_is_missing(fresh, today) and not case.tasks.filter(kind=Task.Kind.SPEAKING, done_on=None).exists():
        ask(case, FIRST_TASK, add_working_days(today, FIRST_TASK_WORKING_DAYS), by=by, kind=Task.Kind.SPEAKING)


def _take_away(entry: Contact | Note, row: Withdrawal, to: Case | None) -> None:
    fields: dict[str, object] = {"case": to} if to else {"withdrawal": row}
    if to and isinstance(entry, Contact) and entry.guardian:
        fields |= {"guardian": None, "name": entry.guardian.name}  # a parent of the other child
    rows = type(entry).objects.filter(pk=entry.pk, version=entry.version)
    if not rows.update(version=F("version") + 1, **fields):
        raise Overtaken(CHANGED)
    entry.refresh_from_db()
    type(entry).history.bulk_history_create([entry], update=True, default_user=row.done_by)
