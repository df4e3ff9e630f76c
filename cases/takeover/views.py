import csv

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cases.takeover import acts, uploads
from cases.takeover.forms import TakeOverForm
from cases.takeover.layout import SHEETS, needed_of
from cases.takeover.models import TakenOver, TakeOverFile
from thuiszitters.core.jobs.models import Job
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.words import harmless

SHOWN = 100
RECENT = 10
COLUMNS = ("blad", "regel", "veld", "soort", "reden")


@signed_in(Right.TAKE_OVER, methods=FORM)
def takeover(request):
    """Choose a file from another system; nothing is saved before you saw what is in it."""
    form = TakeOverForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            form.add_error("file", f"Dit bestand is groter dan {settings.UPLOAD_MAX_BYTES // 2**20} MB.")
        else:
            row = uploads.upload(
                file.name,
                file.read(),
                source=form.cleaned_data["source"],
                by=request.user,
                organisation=access_of(request.user).organisation_with(Right.TAKE_OVER),
                municipalities=access_of(request.user).municipalities_with(Right.TAKE_OVER),
            )
            return redirect("takeover-preview", pk=row.pk)
    recent = TakeOverFile.objects.visible_to(request.user).select_related("uploaded_by")
    context = {
        "form": form,
        "recent": recent.defer("content", "samples", "refused")[:RECENT],
        "sheets": [(kind.value, _columns(kind)) for kind in SHEETS],
    }
    return render(request, "cases/takeover/takeover.html", context, status=422 if form.errors else 200)


def _columns(kind: TakenOver.Kind) -> list[tuple[str, bool]]:
    """The columns of a sheet, and whether they must be filled in."""
    needed = needed_of(kind) | {"sleutel"}
    return [(column.name, column.name in needed) for column in SHEETS[kind]]


@signed_in(Right.TAKE_OVER, methods=FORM)
def preview(request, pk):
    """What would come in per sheet, examples, and what would not. Then: take over, or not."""
    row = get_object_or_404(TakeOverFile.objects.visible_to(request.user).defer("content"), pk=pk)
    if request.method == "POST":
        return _decide(request, row)
    state = TakeOverFile.State
    busy = row.state in (state.LOOKING, state.READING)
    kind = uploads.READ if row.state == state.READING else uploads.LOOK
    counts = [(sheet, [row.counts[sheet].get(word, 0) for word in acts.OUTCOMES]) for sheet in row.counts]
    comes = sum(words[0] + words[1] for _, words in counts)
    context = {
        "file": row,
        "busy": busy,
        "job": Job.objects.filter(kind=kind, subject_id=row.pk).first() if busy else None,
        "outcomes": acts.OUTCOMES,
        "counts": counts,
        "comes": comes,
        "refused": row.refused[:SHOWN],
        "more": max(len(row.refused) - SHOWN, 0),
    }
    return render(request, "cases/takeover/takeover_preview.html", context)


def _decide(request, row):
    if "niet" in request.POST:
        if uploads.drop(row, by=request.user):
            messages.success(request, "Er is niets overgenomen. Het bestand is gewist.")
        return redirect("takeover")
    if not uploads.accept(row, by=request.user):
        messages.warning(request, "Over dit bestand is al beslist.")
    return redirect("takeover-preview", pk=row.pk)


@signed_in(Right.TAKE_OVER)
def refused(request, pk):
    """Everything that does not come in, or is to be looked at, as CSV. It names sheet, line and field, and nobody."""
    row = get_object_or_404(TakeOverFile.objects.visible_to(request.user).defer("content"), pk=pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="niet-overgenomen-{row.pk}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([harmless(str(problem[name])) for name in COLUMNS] for problem in row.refused)
    return response
