"""Which Thuiszitterstops there are; plan one, change it, call it off, take the invitation along."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cases.dossier.forms import form_with_draft, saved, show_form
from cases.dossier.rules import NotNow
from cases.dossier.saving import Overtaken
from cases.meetings.forms import CancelForm
from cases.stops import acts
from cases.stops.access import planner_for
from cases.stops.doors import own_stop, planned_stop
from cases.stops.forms import StopForm, regions_for
from cases.stops.invitation import stop_file
from cases.stops.models import Stop
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right


@signed_in(Right.EXPORT, Right.REGION_VIEW)
def stop_list(request):
    """Which Thuiszitterstops are to come, and which were there?"""
    rows = Stop.objects.visible_to(request.user).select_related("region", "organisation")
    return render(request, "cases/stops/stops.html", {"rows": rows, "may_plan": regions_for(request.user).exists()})


@signed_in(Right.EXPORT, Right.REGION_EDIT, methods=FORM)
def stop_edit(request, pk=None):
    """Plan one, or change one that is planned."""
    stop = planned_stop(request, pk) if pk else None
    own = access_of(request.user).organisation_with(Right.EXPORT, Right.REGION_EDIT)

    def make(data, initial):
        row = stop or Stop(organisation=own)
        return StopForm(data, instance=row, regions=regions_for(request.user), initial=initial)

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            row = form.save()
            row.organisation = row.organisation if row.pk else planner_for(request.user, row.region)
            acts.save_stop(row, by=request.user)
            saved(request)
            messages.success(request, "De Thuiszitterstop is bewaard.")
            return redirect("stop", pk=row.pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
            if isinstance(problem, Overtaken):
                form.look_again()
    title = "Thuiszitterstop wijzigen" if pk else "Thuiszitterstop plannen"
    context = {"form": form, "stop": stop, "title": title, "button": "Bewaren"}
    return show_form(request, "cases/stops/stop_form.html", context, draft=draft)


@signed_in(Right.EXPORT, Right.REGION_EDIT, methods=FORM)
def stop_cancel(request, pk):
    stop = planned_stop(request, pk)
    form, draft = form_with_draft(request, lambda data, initial: CancelForm(data, initial=initial))
    form.fields["because"].help_text = ""
    if request.method == "POST" and form.is_valid():
        try:
            acts.cancel_stop(stop, because=form.cleaned_data["because"], by=request.user)
            saved(request)
            messages.success(request, "De Thuiszitterstop is afgezegd. Stuur de afzegging aan wie u had uitgenodigd.")
            return redirect("stop", pk=pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"form": form, "stop": stop, "title": "Thuiszitterstop afzeggen", "button": "Afzeggen"}
    return show_form(request, "cases/stops/stop_form.html", context, draft=draft)


@signed_in(Right.EXPORT, Right.REGION_VIEW)
def stop_invitation(request, pk):
    """The file for an agenda; no child is named in it."""
    stop = own_stop(request, pk)
    method = "CANCEL" if stop.is_cancelled else "REQUEST"
    response = HttpResponse(stop_file(stop), content_type=f"text/calendar; charset=utf-8; method={method}")
    response["Content-Disposition"] = f'attachment; filename="thuiszitterstop-{stop.on}.ics"'
    return response
