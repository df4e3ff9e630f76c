from django import forms
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone

from cases.sight.looks import only_number
from reporting.log import looks, unusual
from thuiszitters.core.log.audit import REFUSED, log_look
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.log.seals import seal_log
from thuiszitters.core.pages.doors import signed_in
from thuiszitters.core.pages.forms import DateField, HouseForm, whole_number
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

PER_PAGE = 50
EMERGENCY = "nood"
KINDS = {"": "alles", REFUSED.value: "alleen geweigerd", EMERGENCY: "alleen noodtoegang"}


class LogForm(HouseForm):
    dossier = forms.CharField(label="Dossiernummer", required=False, max_length=20)
    medewerker = forms.CharField(label="E-mailadres van de medewerker", required=False, max_length=254)
    van = DateField(label="Van", required=False)
    tot = DateField(label="Tot en met", required=False)
    soort = forms.ChoiceField(label="Wat", required=False, choices=list(KINDS.items()))


@signed_in(Right.LOG_VIEW)
def log(request):
    """Who looked at what: of the own people, per employee, or per child. The controller sees numbers of dossiers, not
    the children; this look is logged too."""
    seal_log()  # so that the newest rows are found as well
    form = LogForm(request.GET or None)
    events, about, sentence = AuditEvent.objects.visible_to(request.user), {}, ""
    if form.is_bound:
        events, about, sentence = _selected(request.user, form, events)
    rows, older = _from(events, request.GET.get("voor", ""))
    shown = looks.in_words(rows, request.user)
    log_look(request.user, "log_searched", **about)
    context = {"form": form, "rows": shown, "older": older, "sentence": sentence}
    return render(request, "reporting/log/log.html", context, status=422 if form.errors else 200)


def _from(events, before: str) -> tuple[list[AuditEvent], int | None]:
    """A page of rows, the newest first, and where the next one begins. By number and not by counting: this table grows
    by every look of everybody."""
    if (number := whole_number(before)) is not None:
        events = events.filter(pk__lt=number)
    rows = list(events.order_by("-pk")[: PER_PAGE + 1])
    return rows[:PER_PAGE], rows[PER_PAGE - 1].pk if len(rows) > PER_PAGE else None


def _selected(user, form, events):
    """The rows that were asked for, what the log says of this search, and what could not be found."""
    about: dict = {}
    if not form.is_valid():
        return events.none(), about, ""
    data = form.cleaned_data
    if number := data["dossier"].strip().upper():
        case = looks.case_in_reach(user, number)
        if not case:
            return events.none(), {"case_number": only_number(number)}, "Dit dossier is niet van uw organisatie."
        events = looks.looks_at(case, user)
        about |= {"pupils": [case.pupil_id], "case_number": case.number}
    if email := data["medewerker"].strip():
        employee = looks.employee_in_reach(user, email)
        if not employee:
            return events.none(), about, "Deze medewerker hoort niet bij uw organisatie."
        events = events.filter(user_id=employee.pk)
        about["employee"] = employee.pk
    events = looks.between(events, data["van"], data["tot"])
    if data["soort"] == REFUSED:
        events = events.filter(result=REFUSED)
    elif data["soort"] == EMERGENCY:
        events = events.filter(detail__has_key="emergency")
    return events, about, ""


@signed_in(Right.LOG_VIEW)
def unusual_looks(request):
    """Which looks of the last weeks ask for a question?"""
    events = AuditEvent.objects.visible_to(request.user).filter(at__gte=unusual.since(timezone.localdate()))
    found = unusual.findings(events)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    users = User.objects.in_bulk({f.user_id for f in page})
    log_look(request.user, "unusual_viewed", found=len(found))
    rows = [{"finding": f, "user": users.get(f.user_id)} for f in page]
    context = {"page": page, "rows": rows, "days": unusual.LOOK_BACK, "limits": unusual.Limits()}
    return render(request, "reporting/log/unusual.html", context)
