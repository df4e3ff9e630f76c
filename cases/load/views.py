"""Handing out dossiers, and being away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cases.clock.presentation import current_school
from cases.dossier.access import colleagues_for
from cases.dossier.models import Case, Division
from cases.dossier.rules import NotNow
from cases.load import acts
from cases.load.forms import AwayForm, HandOutForm
from cases.load.queries import STRETCHES, divides_for, load_of, steps_elsewhere
from cases.owners.queries import codes_to_divide, unattended
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.people.absences import Absence
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User
from thuiszitters.core.templatetags.components import LOAD_LEVELS
from thuiszitters.core.words import counted


def load_context(user: User, today) -> dict:
    """What the picture of who has what needs."""
    loads = load_of(user, today)
    words = [*STRETCHES.values(), "nu niet thuis"]
    most = max((load.total for load in loads), default=0)
    return {"loads": loads, "most": most, "legend": list(zip(LOAD_LEVELS, words, strict=True))}


def _dividing(user: User) -> set[str]:
    codes = codes_to_divide(user)
    if not codes:
        raise PermissionDenied
    return codes


@signed_in(Right.CASE_WORK, methods=FORM)
def divide(request):
    """Which dossiers does nobody look after, and who gets them? Ticked dossiers of a list come in here as well."""
    codes = _dividing(request.user)
    cases = Case.objects.visible_to(request.user).open().filter(municipality__in=codes)
    if request.method != "POST":
        return divide_these(request, cases.filter(unattended(timezone.localdate())))
    numbers = [n for n in request.POST.getlist("dossier") if n.isprintable()]
    rows = cases.filter(number__in=numbers)
    return _hand_out(request, rows) if "verdeel" in request.POST else divide_these(request, rows)


def _hand_out(request, cases):
    form = HandOutForm(request.POST, colleagues=colleagues_for(request.user))
    if form.is_valid():
        try:
            rows = list(cases.select_related("municipality", "handler"))
            row = acts.hand_out(rows, form.chosen, by=request.user, because=form.cleaned_data["because"])
            return redirect("division", pk=row.pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
    return divide_these(request, cases, form)


def divide_these(request, cases, form=None):
    """The page that asks who gets these dossiers: with how many they are, and who has what."""
    user, today = request.user, timezone.localdate()
    _dividing(user)
    rows = list(_with_names(cases))
    log_look(user, "division_form", pupils=[case.pupil_id for case in rows])
    context = {
        "form": form or HandOutForm(colleagues=colleagues_for(user)),
        "rows": [(case, current_school(case.pupil)) for case in rows],
        "from_list": request.method == "POST",
        **load_context(user, today),
    }
    return render(request, "cases/load/divide.html", context, status=422 if form else 200)


def _with_names(cases):
    rows = cases.select_related("pupil", "handler", "municipality")
    rows = rows.prefetch_related("pupil__enrolments__school").order_by("clock_start", "pk")
    return rows


@signed_in(Right.CASE_WORK, methods=FORM)
def divide_all_of(request, pk):
    """Everything of one person to one colleague, or spread over several."""
    user = request.user
    codes = _dividing(user)
    person = _person(user, pk)
    cases = Case.objects.visible_to(user).open().filter(handler=person, municipality__in=codes)
    steps = steps_elsewhere(person, user).count()
    form = HandOutForm(
        request.POST if request.method == "POST" else None, colleagues=colleagues_for(user).exclude(pk=person.pk)
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = acts.hand_out_all_of(person, form.chosen, by=user, because=form.cleaned_data["because"])
            return redirect("division", pk=row.pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
    log_look(user, "division_form", count=len(codes))
    context = {"form": form, "person": person, "cases": cases.count(), "steps": steps}
    return render(request, "cases/load/divide_all_of.html", context, status=422 if form.errors else 200)


def _person(user: User, pk: int) -> User:
    """Somebody who has work in the gemeenten of who divides it: a colleague, or who left."""
    theirs = Case.objects.visible_to(user).open().filter(municipality__in=codes_to_divide(user), handler=pk)
    found = User.objects.filter(pk=pk).first()
    if found and (theirs.exists() or colleagues_for(user).filter(pk=pk).exists()):
        return found
    raise Http404


@signed_in(Right.CASE_WORK)
def division(request, pk):
    """What was handed out, to whom, and the way back."""
    _dividing(request.user)
    row = get_object_or_404(Division.objects.visible_to(request.user), pk=pk)
    rows = list(row.assignments.select_related("handler", "before", "case"))
    got: dict[str, int] = {}
    for assignment in rows:
        name = assignment.handler.short_name if assignment.handler else "niemand"
        got[name] = got.get(name, 0) + 1
    log_look(request.user, "division_viewed", count=len(rows))
    context = {"division": row, "got": sorted(got.items()), "count": len(rows), "steps": len(row.steps)}
    return render(request, "cases/load/division.html", context)


@signed_in(Right.CASE_WORK, methods=POST)
def undo_division(request, pk):
    """Give everything back to who had it."""
    _dividing(request.user)
    row = get_object_or_404(Division.objects.visible_to(request.user), pk=pk)
    try:
        back, kept = acts.undo(row, by=request.user)
        said = f"{counted(back, 'dossier is', 'dossiers zijn')} teruggegeven."
        if kept:
            stays = counted(kept, "dossier blijft staan", "dossiers blijven staan")
            said += f" {stays}: daar is intussen iets mee gedaan."
        messages.success(request, said)
    except NotNow as problem:
        messages.warning(request, str(problem))
    return redirect("division", pk=pk)


@signed_in(Right.CASE_WORK, methods=FORM)
def away(request):
    """Who is away, and who stands in? For oneself; who divides the work does it for colleagues too."""
    user, today = request.user, timezone.localdate()
    colleagues = colleagues_for(user)
    people = colleagues.exclude(pk=user.pk) if codes_to_divide(user) else User.objects.none()
    form = AwayForm(request.POST if request.method == "POST" else None, user=user, people=people, colleagues=colleagues)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            first, last = data["first_day"], data["last_day"]
            acts.be_away(form.person, first_day=first, last_day=last, stand_in=form.instead, by=user)
            messages.success(request, "De afwezigheid is vastgelegd.")
            return redirect("away")
        except NotNow as problem:
            form.add_error(None, str(problem))
    shown = [user.pk, *people.values_list("pk", flat=True)]
    rows = Absence.objects.known(today).filter(user__in=shown).select_related("user", "stand_in")
    mine = Absence.objects.known(today).filter(stand_in=user).select_related("user")
    context = {"form": form, "rows": rows, "mine": mine, "today": today}
    return render(request, "cases/load/away.html", context, status=422 if form.errors else 200)


@signed_in(Right.CASE_WORK, methods=POST)
def back(request, pk):
    """Somebody is back."""
    user = request.user
    row = get_object_or_404(Absence.objects.select_related("user"), pk=pk)
    if row.user_id != user.pk and not divides_for(user, row.user):
        raise Http404
    acts.end_absence(row, by=user)
    messages.success(request, "De afwezigheid is beëindigd.")
    return redirect("away")
