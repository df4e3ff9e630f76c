"""A child, with all its dossiers, from a gemeente that ends to the one that follows (docs/adr/0031)."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.clock.acts import facts_changed
from cases.dossier.models import Case, FormerMunicipality, StatusChange
from cases.dossier.results import MOVED
from cases.dossier.states import State
from cases.redivision.queries import same_child
from cases.sharing.acts import end_proposals, end_questions
from cases.sharing.handing_over import bring_along, go_on_in, known_there, stop_asking
from cases.sharing.models import Referral
from leerplicht.models import Pupil
from thuiszitters.core.people.users import User

REASON = "herindeling"
JOINED = "Herindeling: het werk gaat verder in dossier {}."


def move_cases(cases: list[Case], code: str, last_day: date, by: User | None) -> None:
    """These dossiers belong to another gemeente from the day after `last_day`; numbers, handlers and steps stay."""
    FormerMunicipality.objects.bulk_create(
        FormerMunicipality(case=case, municipality_id=case.municipality_id, until=last_day) for case in cases
    )
    ids = [case.pk for case in cases]
    Case.objects.filter(pk__in=ids).update(municipality=code)
    # Who asked others about these dossiers is the gemeente that has them now.
    Referral.objects.filter(case__in=ids, from_municipality__in={case.municipality_id for case in cases}).update(
        from_municipality=code
    )
    moved = list(Case.objects.filter(pk__in=ids))
    Case.history.bulk_history_create(moved, update=True, default_user=by, default_change_reason=REASON)


def move_child(pupil: Pupil, code: str, day: date, *, by: User | None, agreed: bool = False) -> bool:
    """In the caller's transaction. Knows the other gemeente the child too, then the two rows become one; when they say
    different things of the child, only if a person agreed. False: that is still to be asked."""
    known = known_there(pupil, code)
    if known and not agreed and not same_child(pupil, known):
        return False
    with transaction.atomic():
        today = timezone.localdate()
        cases = list(Case.objects.filter(pupil=pupil, municipality=pupil.municipality_id))
        running = Case.objects.open().filter(pupil=known).first() if known else None
        case = next((c for c in cases if c.is_open), None)
        if case and running:
            _join(case, running, today, by)
        move_cases(cases, code, day - timedelta(days=1), by)
        keep = bring_along(pupil, known, code, by)
        if known:
            facts_changed([keep.pk], today)
    return True


def _join(case: Case, running: Case, today: date, by: User | None) -> None:
    """Two open dossiers of one child: that of the gemeente that follows goes on, with the open steps of the other."""
    because = JOINED.format(running.number)
    source = case.state
    stop_asking(case, because=because, by=by)
    Case.objects.filter(pk=case.pk).update(
        state=State.AFGESLOTEN.value, result=MOVED, closed_on=today, handler=None, version=F("version") + 1
    )
    StatusChange.objects.create(case=case, source=source, target=State.AFGESLOTEN, because=because, result=MOVED, by=by)
    end_questions([case.pk], by=by, because=because)
    end_proposals([case.pk], by=by, because=because)
    go_on_in(case, running, today=today, by=by)
