"""The way in to a Thuiszitterstop and to a row of its agenda, from the web."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from cases.stops.access import may_bring, may_plan
from cases.stops.models import Stop, StopCase
from cases.stops.queries import seen_by
from thuiszitters.core.log.audit import log_look


def own_stop(request, pk: int) -> Stop:
    """One that this user may see; else the same 404 as for a number that does not exist."""
    return get_object_or_404(Stop.objects.visible_to(request.user).select_related("region", "organisation"), pk=pk)


def planned_stop(request, pk: int) -> Stop:
    """One that this user may change, call off and put in order."""
    stop = own_stop(request, pk)
    if not may_plan(stop, request.user):
        raise PermissionDenied
    return stop


def open_agenda(request, pk: int) -> Stop:
    """One on whose agenda this user may put own dossiers."""
    stop = own_stop(request, pk)
    if not may_bring(stop, request.user):
        raise PermissionDenied
    return stop


def own_row(request, pk: int, row: int) -> StopCase:
    """A dossier on the agenda that this user may take along."""
    seen = seen_by(own_stop(request, pk), request.user).filter(pk=row)
    found = seen.select_related("case__pupil", "case__handler", "stop").first()
    if not found:
        raise Http404("Dit dossier staat niet op deze agenda.")
    return found


def log_agenda(request, stop: Stop, rows: Iterable[StopCase]) -> None:
    """The row for a look at these dossiers on the agenda."""
    log_look(request.user, "stop_viewed", pupils=[row.case.pupil_id for row in rows], row=stop.pk)
