"""A herindeling: for who administers in numbers, for who works in the gemeente the children to choose for."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cases.dossier.rules import NotNow
from cases.redivision import acts
from cases.redivision.forms import ChoiceForm, RedivisionForm
from cases.redivision.queries import WaitingChild, as_parts, numbers, waiting_children, waiting_of
from leerplicht.models import Pupil, Redivision
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.ADMIN)
def redivisions(request):
    """What stands ready and what was done, in numbers."""
    rows = Redivision.objects.select_related("municipality", "prepared_by").prefetch_related("parts")
    shown = [(row, len(waiting_of(row)) if row.state != Redivision.State.CANCELLED else 0) for row in rows]
    return render(request, "cases/redivision/redivisions.html", {"rows": shown})


@signed_in(Right.ADMIN, methods=FORM)
def new(request):
    """Two steps: what would go along, then yes."""
    form = RedivisionForm(request.POST or None)
    found = None
    if request.method == "POST" and "terug" not in request.POST and form.is_valid():
        old, day, parts = form.cleaned_data["old"], form.cleaned_data["day"], form.parts()
        try:
            acts.check(old, day, parts)
            if "doen" in request.POST:
                row = acts.prepare(old, day, parts, by=request.user)
                done = row.state == Redivision.State.DONE
                messages.success(
                    request, f"De herindeling van {old.name} {'is uitgevoerd' if done else 'staat klaar'}."
                )
                return redirect("redivisions")
            found = {"old": old, "day": day, "parts": parts, "counts": numbers(old.code, day, as_parts(parts))}
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"form": form, "found": found, "at_once": found and found["day"] <= timezone.localdate()}
    return render(request, "cases/redivision/new.html", context, status=422 if form.errors else 200)


@signed_in(Right.ADMIN, methods=POST)
def cancel(request, pk):
    row = get_object_or_404(Redivision, pk=pk)
    try:
        acts.cancel(row, by=request.user)
        messages.success(request, "De herindeling gaat niet door.")
    except NotNow as problem:
        messages.warning(request, str(problem))
    return redirect("redivisions")


@signed_in(Right.PUPIL_EDIT)
def children(request):
    """The children of the own gemeente for whom a person chooses where they go."""
    waiting = waiting_children(request.user)
    seen = [child.pupil.pk for child in waiting] + [child.twin.pk for child in waiting if child.twin]
    log_look(request.user, "redivision_children_viewed", pupils=seen)
    rows = [(child, ChoiceForm(child=child, auto_id=f"id_{child.pupil.pk}_%s")) for child in waiting]
    return render(request, "cases/redivision/children.html", {"rows": rows})


@signed_in(Right.PUPIL_EDIT, methods=POST)
def choose(request, pk):
    pupil = Pupil.objects.editable_by(request.user).filter(pk=pk).first()
    if not pupil:
        raise Http404
    child = _waiting(request.user, pupil)
    if not child:
        messages.warning(request, "Voor dit kind hoeft u niets meer te kiezen.")
        return redirect("redivision-children")
    form = ChoiceForm(request.POST, child=child)
    if not form.is_valid():
        messages.warning(request, "Kies een gemeente. Kent die gemeente het kind al, zeg dan ook dat het hetzelfde is.")
        return redirect("redivision-children")
    try:
        acts.choose(pupil, form.cleaned_data["part"], by=request.user, same=form.cleaned_data.get("same", False))
        messages.success(request, f"{pupil.name} gaat naar {form.cleaned_data['part'].name}.")
    except NotNow as problem:
        messages.warning(request, str(problem))
    return redirect("redivision-children")


def _waiting(user, pupil: Pupil) -> WaitingChild | None:
    return next((child for child in waiting_children(user) if child.pupil.pk == pupil.pk), None)
