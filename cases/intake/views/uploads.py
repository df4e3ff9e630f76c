from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from cases.intake import uploads
from cases.intake.forms import UploadForm
from leerplicht.imports.absence_rows import COLUMNS
from leerplicht.models import ImportFile
from thuiszitters.core.jobs.models import Job
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right, Role


def _own_files(user):
    return ImportFile.objects.filter(organisation__in=access_of(user).organisations_with(Right.REPORT_HANDLE))


@signed_in(Right.REPORT_HANDLE, methods=FORM)
def upload(request):
    """Choose a file; nothing is saved before you saw what is in it."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        if file.size > settings.UPLOAD_MAX_BYTES:
            form.add_error("file", f"Dit bestand is groter dan {settings.UPLOAD_MAX_BYTES // 2**20} MB.")
        else:
            row = uploads.upload(
                file.name,
                file.read(),
                by=request.user,
                organisation=_organisation(request.user),
                municipalities=access_of(request.user).municipalities_with(Right.REPORT_HANDLE),
            )
            log_event("file_uploaded", by=request.user, file=row.pk, size=row.size)
            return redirect("upload-preview", pk=row.pk)
    recent = _own_files(request.user).select_related("uploaded_by").defer("content", "samples")[:10]
    context = {"form": form, "recent": recent, "columns": COLUMNS}
    return render(request, "cases/intake/upload.html", context, status=422 if form.errors else 200)


def _organisation(user):
    mine = [m for m in access_of(user).memberships if Right.REPORT_HANDLE in Role(m.role).rights]
    return mine[0].organisation


@signed_in(Right.REPORT_HANDLE, methods=FORM)
def preview(request, pk):
    """What would happen: new, changed, unchanged, refused. Then: read in, or not."""
    row = get_object_or_404(_own_files(request.user).defer("content"), pk=pk)
    if request.method == "POST":
        return _decide(request, row)
    good = [s for s in row.samples if s["wat"] != "afgekeurd"]
    refused = [s for s in row.samples if s["wat"] == "afgekeurd"]
    counts = {k: row.counts.get(k, 0) for k in ("nieuw", "gewijzigd", "ongewijzigd", "ouder", "afgekeurd")}
    kind = uploads.READ if row.state == ImportFile.State.READING else uploads.LOOK
    busy = row.state in (ImportFile.State.LOOKING, ImportFile.State.READING)
    job = Job.objects.filter(kind=kind, subject_id=row.pk).first() if busy else None
    context = {
        "file": row,
        "counts": counts,
        "good": good,
        "refused": refused,
        "busy": busy,
        "job": job,
        "changes": counts["nieuw"] + counts["gewijzigd"],
    }
    return render(request, "cases/intake/upload_preview.html", context)


def _decide(request, row):
    if "niet" in request.POST:
        uploads.drop(row)
        messages.success(request, "Het bestand is niet ingelezen. Er is niets bewaard.")
        return redirect("upload")
    if not uploads.accept(row, by=request.user):
        messages.warning(request, "Over dit bestand is al beslist.")
    return redirect("upload-preview", pk=row.pk)
