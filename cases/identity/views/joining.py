"""Is this child there twice? Choosing the other row, seeing what happens, and joining."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from cases.dossier import access
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.identity import join
from cases.identity.forms import ChooseForm, JoinForm
from cases.identity.models import Joining
from cases.intake.joining import preview_of
from cases.sight.doors import log_form, visible_case
from cases.sight.looks import log_refused
from leerplicht.models import Pupil
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.people.roles import Right

NOT_FOUND = "Dit dossier bestaat niet, of het is niet van deze gemeente. Kijk het nummer na."


def _editable_case(request, number) -> Case:
    case = visible_case(request, number)
    if not access.can_edit_pupil(case, request.user):
        log_refused(request.user, number)
        raise PermissionDenied
    log_form(request, case)
    return case


@signed_in(Right.PUPIL_EDIT, methods=FORM)
def choose(request, number):
    """Which other row may be this child? Those that look like it, or any by the number of its dossier."""
    case = _editable_case(request, number)
    form = ChooseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if other := join.by_number(case, request.user, form.cleaned_data["number"]):
            return redirect("join-preview", number=number, pk=other.pk)
        form.add_error("number", NOT_FOUND)
    alike = join.lookalikes(case, request.user)
    log_look(request.user, "duplicates_shown", pupils=[p.pk for p in alike])
    context = {"case": case, "pupil": case.pupil, "form": form, "alike": alike}
    return render(request, "cases/identity/choose.html", context, status=422 if form.errors else 200)


@signed_in(Right.PUPIL_EDIT, methods=FORM)
def preview(request, number, pk):
    """Every field and every row, before somebody says yes."""
    case = _editable_case(request, number)
    other = Pupil.objects.editable_by(request.user).filter(pk=pk).exclude(pk=case.pupil_id).first()
    if not other:
        raise Http404
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            join.join(other, case, by=request.user, because=form.cleaned_data["because"])
            messages.success(request, "Samengevoegd. U kunt dit ongedaan maken zolang niemand erin werkt.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    log_look(request.user, "joining_previewed", pupils=[case.pupil_id, other.pk], case_number=case.number)
    closes = join.closes(other, case)
    context = {"case": case, "pupil": case.pupil, "other": other, "form": form, "closes": closes}
    context |= {"fields": preview_of(other, case.pupil), "counts": join.both_counts(other, case.pupil)}
    return render(request, "cases/identity/join.html", context, status=422 if form.errors else 200)


@signed_in(Right.PUPIL_EDIT, methods=POST)
def undo(request, number, pk):
    case = _editable_case(request, number)
    row = get_object_or_404(Joining, pk=pk, pupil=case.pupil_id)
    try:
        join.undo(row, case, by=request.user)
        messages.success(request, join.UNDONE)
    except NotNow as problem:
        messages.warning(request, str(problem))
    return redirect("case", number=number)
