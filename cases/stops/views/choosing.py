"""Put dossiers on the agenda: by hand, or all that a filter shows."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.dossier.rules import NotNow
from cases.stops import acts, choosing
from cases.stops.doors import open_agenda
from cases.stops.forms import ChooseForm
from cases.stops.models import Stop
from cases.stops.queries import candidates
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.pages.forms import whole_number
from thuiszitters.core.people.roles import Right
from thuiszitters.core.words import counted

PER_PAGE = 50
NOTHING_CHOSEN = "Kruis eerst aan welke dossiers op de agenda komen."
NOTHING_NEW = "Deze dossiers staan al op de agenda, of u kunt ze niet meer meenemen."
OTHERS_NOW = (
    "Er is niets op de agenda gezet: intussen passen er andere dossiers bij deze keuze. Kijk de lijst nog eens na."
)


@signed_in(Right.EXPORT, methods=FORM)
def stop_choose(request, pk):
    """The list as it is narrowed in the address; what is sent acts on that same list."""
    stop, user, today = open_agenda(request, pk), request.user, timezone.localdate()
    form = ChooseForm(request.GET, user=user)
    choice = form.choice if form.is_valid() else None
    ids = list(choosing.chosen(stop, user, choice, today).values_list("pk", flat=True)) if choice else []
    if request.method == "POST" and _put(request, stop, ids):
        return redirect("stop", pk=pk)
    page = Paginator(ids, PER_PAGE).get_page(request.GET.get("page"))
    rows = choosing.rows_of(list(page.object_list), user, today)
    log_look(user, "stop_candidates", pupils=[r.case.pupil_id for r in rows], row=stop.pk, page=page.number)
    context = {
        "stop": stop,
        "form": form,
        "told": choice.sentence(len(ids)) if choice else "",
        "total": len(ids),
        "mark": choosing.mark_of(ids),
        "page": page,
        "rows": rows,
    }
    return render(request, "cases/stops/stop_choose.html", context, status=422 if request.method == "POST" else 200)


def _put(request, stop: Stop, ids: Sequence[int]) -> bool:
    """Whether something came on the agenda; if not, the page says why."""
    every = "alle" in request.POST
    if every and request.POST.get("lijst") != choosing.mark_of(ids):
        messages.warning(request, OTHERS_NOW)
        return False
    ticked = {n for text in request.POST.getlist("dossier") if (n := whole_number(text)) is not None}
    wanted = [pk for pk in ids if every or pk in ticked]
    if not wanted:
        messages.warning(request, NOTHING_NEW if ticked or every else NOTHING_CHOSEN)
        return False
    cases = {case.pk: case for case in candidates(request.user).filter(pk__in=wanted)}
    try:
        many = acts.add_cases(stop, [cases[pk] for pk in wanted if pk in cases], by=request.user)
    except NotNow as problem:
        messages.error(request, str(problem))
        return False
    messages.success(request, f"{counted(many, 'dossier', 'dossiers')} toegevoegd.")
    return True
