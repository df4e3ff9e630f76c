"""The way in to what a region agreed: of another region it is the same 404 as for nothing."""

from django.http import Http404
from django.shortcuts import render

from thuiszitters.core.log.audit import REFUSED, log_event
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right


def own_region(request):
    """The region from whose seat the user works in this request."""
    return access_of(request.user).organisation_with(Right.REGION_EDIT, Right.REGION_VIEW)


def own_row(request, rows, pk: int):
    """The row of the own region. `rows`: a queryset that began with `visible_to(user)`."""
    row = rows.filter(pk=pk).first()
    if row is None:
        log_event("refused", by=request.user, result=REFUSED, about="afspraak van een regio")
        raise Http404("Deze afspraak bestaat niet.")
    return row


def show(request, form, *, title: str, button: str, back: str, lead: str = "", **more):
    """The page of a form about an agreement; 422 when something in it is wrong."""
    context = {"form": form, "title": title, "button": button, "back": back, "lead": lead, "draft": None, **more}
    return render(request, "cases/agreements/region_form.html", context, status=422 if form.errors else 200)
