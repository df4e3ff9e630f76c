from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render

from thuiszitters.core.audit import ACTIONS, log_look
from thuiszitters.core.forms import HouseForm
from thuiszitters.core.models import AuditEvent, Organisation, User
from thuiszitters.core.roles import Right, Role
from thuiszitters.core.views.access import signed_in

PER_PAGE = 50
ROLE_LABELS = {role.value: role.label for role in Role}


class LogForm(HouseForm):
    dossier = forms.CharField(label="Dossiernummer", required=False, max_length=20)
    medewerker = forms.CharField(label="E-mailadres van de medewerker", required=False, max_length=254)


@signed_in(Right.LOG_VIEW)
def log(request):
    """Who looked at what. The controller sees numbers of dossiers, not the children; this look is logged too."""
    form = LogForm(request.GET or None)
    events = AuditEvent.objects.order_by("-at", "-pk")
    if form.is_bound and form.is_valid():
        if number := form.cleaned_data["dossier"].strip():
            events = events.filter(case_number=number)
        if email := form.cleaned_data["medewerker"].strip():
            events = events.filter(user_id__in=User.objects.filter(email=email.lower()).values("pk"))
    page = Paginator(events, PER_PAGE).get_page(request.GET.get("page"))
    users = User.objects.in_bulk({e.user_id for e in page if e.user_id})
    organisations = Organisation.objects.in_bulk({e.organisation_id for e in page if e.organisation_id})
    rows = [
        {
            "event": e,
            "role": ROLE_LABELS.get(e.role, ""),
            "what": ACTIONS.get(e.action, e.action),
            "user": users.get(e.user_id),
            "organisation": organisations.get(e.organisation_id),
        }
        for e in page
    ]
    log_look(request.user, "log_searched", case_number=request.GET.get("dossier", "")[:20])
    return render(request, "core/log.html", {"form": form, "page": page, "rows": rows})
