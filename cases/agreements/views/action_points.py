"""What the region does together: action points, with who leads them and what came of it."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.agreements import acts
from cases.agreements.doors import own_region, own_row, show
from cases.agreements.forms import ActionPointForm, SettleForm
from cases.agreements.models import ActionPoint
from cases.dossier.forms import form_with_draft, saved
from cases.dossier.rules import NotNow
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right

PER_PAGE = 25


@signed_in(Right.REGION_VIEW)
def points(request):
    """Open points first, then what is settled; counts per goal and state."""
    own = ActionPoint.objects.visible_to(request.user).filter(region=own_region(request))
    goal = request.GET.get("doel", "")
    rows = own.filter(goal=goal) if goal in ActionPoint.Goal.values else own
    rows = rows.select_related("lead").order_by(F("settled_on").asc(nulls_first=True), "due_on", "pk")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "goal": goal,
        "table": _table(own),
        "states": ActionPoint.State.labels,
        "today": timezone.localdate(),
    }
    return render(request, "cases/agreements/action_points.html", context)


def _table(rows) -> list[dict]:
    """Per goal how many points there are in each state."""
    counted = rows.order_by().values_list("goal", "state").annotate(n=Count("pk"))
    found = Counter({(goal, state): n for goal, state, n in counted})
    states = ActionPoint.State
    return [{"goal": g, "counts": [(s.label, found[g.value, s.value]) for s in states]} for g in ActionPoint.Goal]


@signed_in(Right.REGION_EDIT, methods=FORM)
def new(request):
    return _page(request, ActionPoint(region=own_region(request)), "Actiepunt toevoegen")


@signed_in(Right.REGION_EDIT, methods=FORM)
def edit(request, pk):
    row = _point(request, pk)
    if row.is_settled:
        messages.warning(request, "Dit actiepunt is afgerond. Maak zo nodig een nieuw actiepunt.")
        return redirect("action-points")
    return _page(request, row, "Actiepunt wijzigen")


def _point(request, pk: int) -> ActionPoint:
    return own_row(request, ActionPoint.objects.visible_to(request.user).select_related("region"), pk)


def _page(request, row: ActionPoint, title: str):
    def make(data, initial):
        return ActionPointForm(data, instance=row, initial=initial, region=row.region)

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            acts.save_action_point(form.save(), by=request.user)
            saved(request)
            messages.success(request, "Het actiepunt is bewaard.")
            return redirect("action-points")
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    return show(
        request,
        form,
        title=title,
        button="Bewaren",
        back="action-points",
        draft=draft,
        typing=True,
        draft_key=request.path,
    )


@signed_in(Right.REGION_EDIT, methods=FORM)
def settle(request, pk):
    row = _point(request, pk)
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            acts.settle(row, state=data["state"], result=data["result"], by=request.user)
            messages.success(request, "Het actiepunt is afgerond.")
        except NotNow as problem:
            messages.warning(request, str(problem))
        return redirect("action-points")
    return show(request, form, title=f"Afronden: {row.title}", button="Afronden", back="action-points")
