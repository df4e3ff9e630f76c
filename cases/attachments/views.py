"""Files of a dossier: putting them in, saying what they are, fetching them, taking one back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from cases.attachments import acts
from cases.attachments.access import may_open, why_closed
from cases.attachments.forms import AttachmentForm, UploadForm, WithdrawForm
from cases.attachments.models import Attachment
from cases.dossier import access
from cases.dossier.forms import show_form
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.dossier.saving import Twice
from cases.sight.doors import at_part, back_to, stands_already, visible_case, workable_case
from cases.sight.event import day_of
from cases.sight.looks import log_refused, look_at
from cases.sight.seats import sight_of
from cases.work.withdrawing import may_withdraw
from thuiszitters.core.files.keeping import FileDamaged, fetch
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right

FORM_PAGE = "cases/dossier/form.html"


@signed_in(Right.CASE_WORK, methods=FORM)
def attachment_new(request, number):
    """Which files, and what are they?"""
    case, user = workable_case(request, number), request.user
    about = Attachment(case=case, by=user, organisation=access.own_organisation(case, user))
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = UploadForm(data, files, instance=about, case=case, sight=sight_of(case, user))
    if request.method == "POST" and form.is_valid():
        try:
            rows = acts.add_attachments(form.save(), form.taken, by=user)
            many = "De bijlage is" if len(rows) == 1 else f"{len(rows)} bijlagen zijn"
            later = " Een ander opent het pas als het op virussen is gecontroleerd." if rows[0].is_waiting else ""
            messages.success(request, f"{many} toegevoegd.{later}")
            return back_to(number, "papieren")
        except Twice as problem:
            return stands_already(request, number, "papieren", problem)
        except NotNow as problem:
            form.add_error("file", str(problem))
    context = {"case": case, "form": form, "title": "Bijlage toevoegen", "button": "Toevoegen"}
    return show_form(request, FORM_PAGE, context | {"back": at_part(number, "papieren")})


def _row(request, case: Case, pk: int) -> Attachment:
    """An attachment that this person may read; else the 404 of what does not exist."""
    row = get_object_or_404(case.attachments.select_related("organisation", "file", "by"), pk=pk)
    row.case = case
    if not sight_of(case, request.user).can_read(row):
        log_refused(request.user, case.number)
        raise Http404
    return row


@signed_in(Right.CASE_WORK, methods=FORM)
def attachment_edit(request, number, pk):
    """What is said about it; the file itself stays as it is."""
    case, user = workable_case(request, number), request.user
    row = _row(request, case, pk)
    if not access.can_edit_entry(row, case, user):
        raise PermissionDenied
    form = AttachmentForm(
        request.POST if request.method == "POST" else None, instance=row, case=case, sight=sight_of(case, user)
    )
    if request.method == "POST" and form.is_valid():
        try:
            acts.save_attachment(form.save(), by=user)
            messages.success(request, "De bijlage is bewaard.")
            return back_to(number, "papieren")
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    context = {"case": case, "form": form, "title": "Bijlage wijzigen", "button": "Bewaren"}
    context |= {"withdraw": reverse("attachment-withdraw", args=[number, pk]), "withdraw_word": "Intrekken"}
    return show_form(request, FORM_PAGE, context | {"back": at_part(number, "papieren")})


@signed_in(Right.CASE_WORK, methods=FORM)
def attachment_withdraw(request, number, pk):
    """In the wrong dossier, or not meant to be there: taken back with a reason."""
    case = workable_case(request, number)
    row = _row(request, case, pk)
    if not may_withdraw(row, case, request.user):
        raise PermissionDenied
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.withdraw_attachment(row, because=form.cleaned_data["because"], by=request.user)
            messages.success(request, "Ingetrokken. Er staat een regel op die plek.")
            return back_to(number, "papieren")
        except NotNow as problem:
            form.add_error(None, str(problem))
    note = "Niemand kan het bestand daarna nog openen. In het verloop blijft staan dat er een bijlage was."
    context = {"case": case, "form": form, "title": "Bijlage intrekken", "button": "Intrekken", "note": note}
    return show_form(request, FORM_PAGE, context | {"back": at_part(number, "papieren")})


@signed_in(Right.CASE_VIEW)
def attachment_file(request, number, pk):
    """The file itself: to save, never shown within our own pages, because others made what is in it."""
    case = visible_case(request, number)
    row = _row(request, case, pk)
    look_at(case, request.user, "attachment_fetched", row=pk)
    if not may_open(row, sight_of(case, request.user)):
        return _closed(request, case, row, why_closed(row), 403)
    try:
        content = fetch(row.file)
    except FileDamaged as problem:
        return _closed(request, case, row, str(problem), 500)
    response = HttpResponse(content, content_type=row.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=row.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _closed(request, case: Case, row: Attachment, sentence: str, status: int) -> HttpResponse:
    context = {"case": case, "row": row, "on": day_of(row.at), "sentence": sentence}
    return render(request, "cases/attachments/closed.html", context, status=status)
