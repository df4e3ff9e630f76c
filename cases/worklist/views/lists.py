from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from cases.dossier import access
from cases.dossier.access import can_take
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.escalation.models import Review
from cases.handling import acts
from cases.labels.models import KEEPS_THE_LIST
from cases.load.views import divide_these
from cases.owners.queries import codes_to_divide
from cases.sharing.models import Referral
from cases.worklist import queries
from cases.worklist.filters import LISTS, STANDS, Filters
from cases.worklist.forms import FilterForm
from cases.worklist.models import SavedFilter
from cases.worklist.presentation import columns, shown
from cases.worklist.sheets import KINDS
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import POST, signed_in
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.words import counted

PER_PAGE = 25


@signed_in(Right.CASE_VIEW)
def worklist(request):
    """Who needs me first? The child that is at home the longest stands on top."""
    today, user = timezone.localdate(), request.user
    filters = Filters.read(request.GET, default=_default_list(user))
    counts = queries.counts(user, filters, today)
    codes = access_of(user).municipalities_with(Right.CASE_WORK)
    leads, colleagues = bool(codes), access.colleagues_for(user)
    chosen = queries.selection(user, filters, today)
    paginator = Paginator(chosen, PER_PAGE)
    paginator.count = counts[filters.stand or filters.lijst]
    page = paginator.get_page(request.GET.get("page"))
    start = (page.number - 1) * PER_PAGE
    rows = queries.rows_of(chosen[start : start + PER_PAGE], user)
    asked_back = list(Review.objects.to_answer_by(user).select_related("case"))
    seen = [r.case.pupil_id for r in rows] + [r.case.pupil_id for r in asked_back]
    log_look(user, "worklist", pupils=seen, page=page.number)
    narrowing = FilterForm(
        request.GET, user=user, filters=filters, today=today, municipalities=codes, colleagues=colleagues
    )
    return render(
        request,
        "cases/worklist/worklist.html",
        {
            "page": page,
            "rows": shown(rows, today),
            "columns": columns(filters.sorteer),
            "filters": filters,
            "lists": [(key, label, counts[key]) for key, label in LISTS.items() if leads or key == "alle"],
            "filter_form": narrowing,
            "narrowed": [(words, _without(request.GET, name)) for words, name in narrowing.chosen()],
            "stands": _stands(filters, counts),
            "can_work": leads,
            "several": len(codes) != 1,
            "asked_back": asked_back,
            "to_answer": Referral.objects.to_answer_by(user).count(),
            "can_new": Right.PUPIL_EDIT in access_of(user).rights,
            "can_take_over": Right.TAKE_OVER in access_of(user).rights,
            "can_divide": bool(codes_to_divide(user)),
            "keeps_levels": bool(access_of(user).rights & set(KEEPS_THE_LIST)),
            "saved": SavedFilter.objects.filter(user=user),
            "can_export": Right.EXPORT in access_of(user).rights,
            "sheets": KINDS,
        },
    )


def _without(query, name: str) -> str:
    """The address as it is, without one filter; the list begins at its first page again."""
    rest = query.copy()
    for key in (name, f"{name}_keuze", f"{name}_gezocht", "page"):
        rest.pop(key, None)
    return rest.urlencode()


def _stands(filters, counts) -> list[tuple[str, str, int, str]]:
    """The filters with their counts and the list in which these count; those about steps only when there is something
    in them. Who has no handler is in no list of the own."""
    return [
        (key, label, counts[key], "alle" if key == "vrij" else filters.lijst)
        for key, label in STANDS.items()
        if key not in queries.ABOUT_STEPS or counts[key] or key == filters.stand
    ]


def _default_list(user) -> str:
    """Who has no dossiers of the own starts with all: a coordinator, a new colleague."""
    return "mijn" if Case.objects.open().filter(handler=user).exists() else "alle"


@signed_in(Right.CASE_WORK, methods=POST)
def take_many(request):
    """Take the ticked dossiers: all or none."""
    numbers = [n for n in request.POST.getlist("dossier") if n.isprintable()]
    cases = list(Case.objects.visible_to(request.user).filter(number__in=numbers))
    if not cases:
        messages.warning(request, "Kruis eerst een of meer dossiers aan.")
    elif not all(can_take(c, request.user) or c.handler_id == request.user.pk for c in cases):
        messages.warning(request, "Niet elk van deze dossiers kunt u op uw naam zetten.")
    else:
        try:
            count = acts.assign_many(cases, request.user, by=request.user)
            messages.success(request, f"{counted(count, 'dossier staat', 'dossiers staan')} op uw naam.")
        except NotNow as not_now:
            messages.warning(request, str(not_now))
    return redirect(_back(request))


@signed_in(Right.CASE_WORK, methods=POST)
def hand_out_all(request):
    """Everything that the filter finds, on all pages, to the page of dividing."""
    user = request.user
    filters = queries.Filters.read(request.POST, default="alle")
    rows = queries.selection(user, filters, timezone.localdate()).filter(municipality__in=codes_to_divide(user))
    return divide_these(request, rows)


def _back(request) -> str:
    there = request.POST.get("terug", "")
    safe = there.startswith("/") and url_has_allowed_host_and_scheme(there, allowed_hosts=None)
    return there if safe else reverse("worklist")


@signed_in(Right.CASE_VIEW, methods=POST)
def save_filter(request):
    """Remember what stands in the address under a name."""
    name, query = (request.POST.get(key, "").replace("\0", "").strip() for key in ("naam", "query"))
    name, query = name[:60], query[:500]
    if not name:
        messages.warning(request, "Geef dit filter een naam.")
        return redirect(f"{reverse('worklist')}?{query}")
    try:
        with transaction.atomic():
            SavedFilter.objects.update_or_create(user=request.user, name=name, defaults={"query": query})
    except IntegrityError:  # a second click at the same moment: it is saved already
        pass
    messages.success(request, f"Filter “{name}” is bewaard.")
    return redirect(f"{reverse('worklist')}?{query}")


@signed_in(Right.CASE_VIEW, methods=POST)
def drop_filter(request, pk):
    get_object_or_404(SavedFilter, pk=pk, user=request.user).delete()
    messages.success(request, "Filter verwijderd.")
    return redirect("worklist")
