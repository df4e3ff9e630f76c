"""A child that was followed and is at home again: the dossier goes back to work by itself, with its handler."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import F

from cases.dossier.models import Case, StatusChange, Task
from cases.dossier.opening import AGAIN, AGAIN_WORKING_DAYS
from cases.dossier.saving import log_act
from cases.dossier.states import State
from cases.dossier.tasks import ask, end_all
from leerplicht.law.calendar import add_working_days
from leerplicht.models import HomePeriod
from thuiszitters.core.words import long_date


def back_to_work(cases: Iterable[Case], at_home: Mapping[int, HomePeriod | None], today: date) -> None:
    """Of these dossiers, those that are followed while the clock of the child runs and no return holds. `at_home`: the
    running period by dossier. The steps of looking after end; the handler gets one to call."""
    for case in cases:
        period = at_home.get(case.pk)
        if case.state == State.VOLGEN and period and period.clock_start and period.back_since is None:
            _relapse(case, f"Weer thuis: de klok loopt sinds {long_date(period.clock_start)}.", today)


def _relapse(case: Case, because: str, today: date) -> None:
    moved = Case.objects.filter(pk=case.pk, state=State.VOLGEN)
    if not moved.update(state=State.AANPAK, version=F("version") + 1):
        return
    case.refresh_from_db(fields=["state", "version"])
    Case.history.bulk_history_create([case], update=True, default_change_reason=because[:100])
    StatusChange.objects.create(case=case, source=State.VOLGEN, target=State.AANPAK, because=because)
    end_all(case.tasks.filter(kind=Task.Kind.AFTERCARE, done_on=None), "Weer thuis.", by=None)
    ask(case, AGAIN, add_working_days(today, AGAIN_WORKING_DAYS), by=None)
    log_act("case_moved", case, by=None, source=State.VOLGEN, target=State.AANPAK)
