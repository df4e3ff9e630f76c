from django import forms
from django.db.models import Q
from django.shortcuts import render

from cases.dossier.models import Case
from reporting.papers.models import Paper
from reporting.papers.variants import of_family
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import signed_in
from thuiszitters.core.pages.forms import HouseForm, whole_number
from thuiszitters.core.people.roles import Right

PER_PAGE = 50
SHOWN_CASES = 5


class FindForm(HouseForm):
    zoek = forms.CharField(label="Nummer van het papier of dossier, of voor wie", required=False, max_length=100)


@signed_in(Right.EXPORT, Right.LOG_VIEW)
def papers(request):
    """What left the building, by the own organisation: number, who, for whom, what, why. The newest first."""
    form = FindForm(request.GET or None)
    rows = Paper.objects.visible_to(request.user)
    if form.is_bound and form.is_valid() and (text := form.cleaned_data["zoek"].strip()):
        family = Q(kind=Paper.Kind.LETTER) | Q(variant__in=of_family())
        mine = Q(cases__case__in=Case.objects.visible_to(request.user))
        rows = rows.filter(
            Q(number__istartswith=text)
            | Q(cases__case__number__iexact=text)
            | Q(recipient__icontains=text) & (~family | mine)
        )
    if (before := whole_number(request.GET.get("voor", ""))) is not None:
        rows = rows.filter(pk__lt=before)
    rows = rows.distinct().order_by("-pk").select_related("by", "organisation").prefetch_related("cases__case")
    found = list(rows[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    pupils = {c.case.pupil_id for p in shown for c in p.cases.all()}
    log_look(request.user, "papers_listed", pupils=pupils, papers=[p.pk for p in shown])
    reachable = _reachable(request.user, shown)
    context = {
        "form": form,
        "older": shown[-1].pk if len(found) > PER_PAGE else None,
        "rows": [
            {
                "paper": p,
                "recipient": _recipient(p, reachable),
                "cases": [(c.case.number, c.case_id in reachable) for c in p.cases.all()[:SHOWN_CASES]],
                "more": max(len(p.cases.all()) - SHOWN_CASES, 0),
            }
            for p in shown
        ],
    }
    return render(request, "reporting/papers/papers.html", context)


def _recipient(paper: Paper, reachable: set[int]) -> str:
    """A parent or youth is named to who may open the dossier."""
    private = paper.kind == Paper.Kind.LETTER or paper.variant in of_family()
    if private and not {c.case_id for c in paper.cases.all()} <= reachable:
        return "een ouder of jongere"
    return paper.recipient


def _reachable(user, shown: list[Paper]) -> set[int]:
    """The dossiers among them that this user may open now."""
    ids = {c.case_id for p in shown for c in p.cases.all()}
    return set(Case.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
