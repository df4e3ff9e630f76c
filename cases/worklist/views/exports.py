"""Taking the worklist along."""

import csv

from django.http import Http404, HttpResponse
from django.utils import timezone

from cases.worklist import queries
from cases.worklist.exports import worklist_rows
from cases.worklist.filters import Filters
from cases.worklist.presentation import shown
from cases.worklist.sheets import KINDS, cells
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.EXPORT)
def export(request):
    """The list as CSV: one row per open dossier and term; the filters in the address hold."""
    today, user = timezone.localdate(), request.user
    rows = _rows(request, today, "alle")
    log_look(user, "worklist_exported", pupils=[r.case.pupil_id for r in rows], count=len(rows))
    response = _file(f"werkvoorraad-{today}.csv", "text/csv; charset=utf-8")
    response.write("\ufeff")
    csv.writer(response, delimiter=";", lineterminator="\r\n").writerows(worklist_rows(rows, today))
    return response


@signed_in(Right.EXPORT)
def sheet(request, kind):
    """What is on the screen, all pages of it: the same filters, columns and order."""
    if kind not in KINDS:
        raise Http404
    today = timezone.localdate()
    rows = _rows(request, today, "mijn")
    log_look(request.user, "worklist_exported", pupils=[r.case.pupil_id for r in rows], count=len(rows), kind=kind)
    content_type, make = KINDS[kind]
    response = _file(f"werkvoorraad-{today}.{kind}", content_type)
    response.write(make(cells(shown(rows, today), today)))
    return response


def _rows(request, today, default: str) -> list[queries.ListRow]:
    filters = Filters.read(request.GET, default=default)
    return queries.rows_of(queries.selection(request.user, filters, today, Right.EXPORT), request.user)


def _file(name: str, content_type: str) -> HttpResponse:
    return HttpResponse(content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
