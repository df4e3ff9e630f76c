"""Joining two rows of one child by hand, with a preview; and undoing it for as long as nobody wrote in it since."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from cases.clock.acts import facts_changed
from cases.dossier.access import check_may_edit_pupil
from cases.dossier.models import Case
from cases.dossier.results import DOUBLE
from cases.dossier.rules import NotNow
from cases.dossier.saving import log_act
from cases.dossier.states import State
from cases.handling.acts import reopen, transition
from cases.identity.models import Joining
from cases.identity.snapshot import fingerprint, put_out, take
from cases.intake.joining import join_pupils
from cases.sharing.acts import end_proposals, end_questions
from leerplicht.children.finding import born_on, same_family
from leerplicht.models import Pupil
from leerplicht.names.persons import same_given_names
from leerplicht.services.merging import Relation, counts
from thuiszitters.core.people.users import User
from thuiszitters.core.sealed.secrets import seal, unseal

BECAUSE = "Samengevoegd met dossier {number}: {because}"
UNDONE = "De samenvoeging is ongedaan gemaakt."
NOT_ONE = "Kies een ander kind dan dat van dit dossier."
TWO_NUMBERS = "Deze twee hebben elk een eigen nummer. Kijk in de BRP welk nummer klopt, en haal het andere eerst weg."
TOO_LATE = "Er is sinds het samenvoegen in gewerkt. Ongedaan maken kan niet meer; leg vast wat er anders moet."


def lookalikes(case: Case, user: User) -> list[Pupil]:
    """Children of the same gemeente that may be this one: the same birth date and a name that fits, as searching finds
    it (docs/adr/0033)."""
    pupil = case.pupil
    there = _others(case, user).filter(born_on(pupil.born))
    found = [p for p in there if same_given_names(p.first_names, pupil.first_names) is not False]
    return [p for p in found if same_family(p, pupil.person.last_name)]


def by_number(case: Case, user: User, number: str) -> Pupil | None:
    """The child of another dossier that the user may change, by the number of that dossier."""
    return _others(case, user).filter(cases__number=number.strip().upper()).first()


def _others(case: Case, user: User) -> QuerySet[Pupil]:
    mine = Pupil.objects.editable_by(user).filter(municipality=case.pupil.municipality_id)
    return mine.exclude(pk=case.pupil_id).exclude(pk__in=Pupil.objects.standing_apart()).distinct()


def check_joinable(gone: Pupil, keep: Pupil) -> None:
    """Within one gemeente; another number is another child, until somebody found out which one is right."""
    if gone.pk == keep.pk or gone.municipality_id != keep.municipality_id:
        raise NotNow(NOT_ONE)
    if gone.pgn_hash and keep.pgn_hash and gone.pgn_hash != keep.pgn_hash:
        raise NotNow(TWO_NUMBERS)


def join(gone: Pupil, case: Case, *, by: User, because: str) -> Joining:
    """`gone` is the child of this dossier. Its open dossier closes as double when this one is open too."""
    check_may_edit_pupil(case, by)
    keep = case.pupil
    check_joinable(gone, keep)
    if not because.strip():
        raise NotNow("Schrijf op waaruit blijkt dat dit hetzelfde kind is.")
    with transaction.atomic():
        before = take([gone, keep])
        closed = _close_double(gone, case, by, because.strip())
        join_pupils(gone, keep, by=by)
        row = Joining.objects.create(
            pupil=keep,
            gone_id=gone.pk,
            case=case,
            closed_case=closed,
            before=seal(before),
            because=because.strip(),
            by=by,
        )
        log_act("pupils_joined", case, by=by, pupils=[keep.pk, gone.pk], row=row.pk)
        row.fingerprint = fingerprint(keep)
        row.save()
    return row


def closes(gone: Pupil, case: Case) -> Case | None:
    """The open dossier that will close as double: of two open dossiers of one child the other one."""
    open_cases = Case.objects.open()
    if not open_cases.filter(pupil=case.pupil_id).exists():
        return None
    return open_cases.filter(pupil=gone).first()


def _close_double(gone: Pupil, case: Case, by: User, because: str) -> Case | None:
    other = closes(gone, case)
    if not other:
        return None
    text = BECAUSE.format(number=case.number, because=because)[:500]
    end_questions([other.pk], by=by, because=text[:500])
    transition(other, State.AFGESLOTEN, by=by, because=text, result=DOUBLE, closed_on=timezone.localdate())
    end_proposals([other.pk], by=by, because=text[:300])
    return other


def both_counts(gone: Pupil, keep: Pupil) -> list[tuple[str, int, int]]:
    """How many rows of each kind hang on either, for the preview."""
    mine, theirs = dict(counts(keep)), dict(counts(gone))
    return [(what, mine.get(what, 0), theirs.get(what, 0)) for what in {**mine, **theirs}]


@dataclass(frozen=True, slots=True)
class Undoable:
    row: Joining
    possible: bool


def joinings_of(case: Case) -> list[Undoable]:
    """For the page of the dossier: what was joined, and whether it can be undone now."""
    rows = Joining.objects.filter(pupil=case.pupil_id, undone_at=None).select_related("by", "closed_case")
    return [Undoable(row, row.fingerprint == fingerprint(row.pupil)) for row in rows]


def undo(row: Joining, case: Case, *, by: User) -> None:
    """Both rows as they were. NotNow when somebody wrote in it since: nobody can tell then of which child that was."""
    check_may_edit_pupil(case, by)
    with transaction.atomic():
        keep = Pupil.objects.select_for_update().get(pk=row.pupil_id)
        if row.undone_at or row.fingerprint != fingerprint(keep):
            raise NotNow(TOO_LATE)
        _put_back(unseal(row.before), by)
        Joining.objects.filter(pk=row.pk).update(undone_at=timezone.now(), undone_by=by)
        if row.closed_case_id:
            reopen(Case.objects.get(pk=row.closed_case_id), by=by, because=UNDONE)
        facts_changed([row.pupil_id, row.gone_id], timezone.localdate())
        log_act("joining_undone", case, by=by, pupils=[row.pupil_id, row.gone_id], row=row.pk)


def _put_back(before: str, by: User) -> None:
    """First the children, and of these the one that stays: a number stands once in a gemeente."""
    rows = put_out(before)
    pupils = [r for r in rows if isinstance(r, Pupil)]
    there = set(Pupil.objects.filter(pk__in=[p.pk for p in pupils]).values_list("pk", flat=True))
    for pupil in sorted(pupils, key=lambda p: p.pk not in there):
        pupil.version += 2
        _remember(pupil, by)
    for row in (r for r in rows if not isinstance(r, Pupil)):
        _put_row_back(row, by)


def _put_row_back(row: Any, by: User) -> None:
    """A dossier moved on by itself since (it was closed): of that only whose it is."""
    if isinstance(row, Case):
        Case.objects.filter(pk=row.pk).update(pupil=row.pupil_id)
        moved = Case.objects.get(pk=row.pk)
        Case.history.bulk_history_create([moved], update=True, default_user=by, default_change_reason=UNDONE)
    else:
        _remember(row, by)


def _remember(row: Any, by: User) -> None:
    """Exactly as it was, also when it was recorded; with a line in its history, where it has one."""
    row.save_base(raw=True)
    if hasattr(row, "history"):
        type(row).history.bulk_history_create([row], update=True, default_user=by, default_change_reason=UNDONE)


def _joinings(gone: Pupil, keep: Pupil) -> None:
    """An earlier joining is part of what is now one; it can no longer be undone by itself."""
    Joining.objects.filter(pupil=gone).update(pupil=keep)


RELATIONS = {"cases.Joining.pupil": Relation("eerdere samenvoegingen", _joinings)}
