"""Lines that could not be read in: corrected or dropped by the officers of their gemeente, or given to a gemeente by
the administrator when nobody works for them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst

from cases.intake.entering import give_to, retry, settle
from cases.intake.forms import CorrectionForm, GiveToForm, field_of
from cases.intake.refused import label_of, raw_of, shown
from leerplicht.imports.text_files import RowRefused
from leerplicht.models import Municipality, RejectedLine
from thuiszitters.core.log.audit import log_event, log_look
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.people.access import access_of, municipalities_where_somebody_holds
from thuiszitters.core.people.roles import Right

PER_PAGE = 25
OPEN = RejectedLine.State.OPEN


@signed_in(Right.REPORT_HANDLE)
def quarantine(request):
    """Lines that could not be read in, until somebody corrects or drops them."""
    rows = RejectedLine.objects.visible_to(request.user).filter(state=OPEN)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    log_look(request.user, "quarantine_listed", rows=[r.pk for r in page])
    return render(request, "cases/intake/quarantine.html", {"page": page, "lines": shown(page)})


@signed_in(Right.REPORT_HANDLE, methods=FORM)
def correct(request, pk):
    """Correct a refused line and try again, or drop it with a reason."""
    line = RejectedLine.objects.visible_to(request.user).filter(pk=pk).first()
    if not line:
        raise Http404
    if line.state != OPEN:
        messages.warning(request, "Deze regel is al afgehandeld.")
        return redirect("quarantine")
    log_look(request.user, "rejected_line_viewed", row=line.pk)
    codes = access_of(request.user).municipalities_with(Right.REPORT_HANDLE)
    form = CorrectionForm(
        request.POST or None,
        initial=raw_of(line),
        wrong=line.field,
        municipalities=Municipality.objects.filter(code__in=codes).order_by("name"),
    )
    if request.method == "POST" and form.is_valid() and (answer := _retry(request, line, form, codes)):
        return answer
    (about,) = shown([line])
    context = {"line": line, "about": about, "form": form, "field": label_of(line.field)}
    return render(request, "cases/intake/correct.html", context, status=422 if form.errors else 200)


def _retry(request, line, form, allowed):
    try:
        report = retry(line, form.row(), by=request.user, allowed=allowed)
    except RowRefused as problem:
        field = field_of(problem.field)
        form.add_error(field if field in form.fields else None, capfirst(problem.reason))
        return None
    messages.success(request, f"Melding {report.number} is ingelezen." if report else "Deze melding was er al.")
    return redirect("quarantine")


@signed_in(Right.REPORT_HANDLE, methods=POST)
def drop_line(request, pk):
    line = get_object_or_404(RejectedLine.objects.visible_to(request.user), pk=pk)
    because = request.POST.get("reden", "").replace("\0", "").strip()
    if not because:
        messages.warning(request, "Geef een reden op.")
        return redirect("correct", pk=pk)
    with transaction.atomic():
        dropped = settle(line, RejectedLine.State.DROPPED, by=request.user, because=because)
        if dropped:
            log_event("rejected_line_dropped", by=request.user, row=line.pk, at=str(timezone.localdate()))
    if dropped:
        messages.success(request, "De regel is vervallen.")
    return redirect("quarantine")


@signed_in(Right.ADMIN)
def adrift(request):
    """Lines for which nobody works: which file, which line, why; not whom they are about."""
    rows = RejectedLine.objects.adrift_for(request.user).filter(state=OPEN).defer("sealed_row")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [(row, label_of(row.field)) for row in page]
    context = {"page": page, "lines": lines, "form": GiveToForm(municipalities=_handled())}
    return render(request, "cases/intake/adrift.html", context)


@signed_in(Right.ADMIN, methods=POST)
def give_line(request, pk):
    """Give such a line to a gemeente; its officers correct it."""
    line = get_object_or_404(RejectedLine.objects.adrift_for(request.user).filter(state=OPEN), pk=pk)
    form = GiveToForm(request.POST, municipalities=_handled())
    if form.is_valid():
        municipality = form.cleaned_data["municipality"]
        give_to(line, municipality, by=request.user)
        messages.success(request, f"Regel {line.line} wacht nu bij {municipality.name}.")
    else:
        messages.warning(request, "Kies de gemeente die de regel moet verbeteren.")
    return redirect("lines-adrift")


def _handled():
    codes = municipalities_where_somebody_holds(Right.REPORT_HANDLE)
    return Municipality.objects.filter(code__in=codes).order_by("name")
