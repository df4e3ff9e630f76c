from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import render
from django.utils import timezone

from cases.models import Case, Deadline
from leerplicht.models import Municipality
from thuiszitters.core.access import access_of
from thuiszitters.core.audit import log_look
from thuiszitters.core.models import OrganisationLink
from thuiszitters.core.models.organisations import Period
from thuiszitters.core.roles import Right
from thuiszitters.core.views.access import signed_in


@signed_in(Right.REGION_VIEW)
def region(request):
    """How many children are at home in each gemeente of the region, and how long: numbers only."""
    today = timezone.localdate()
    regions = access_of(request.user).organisations_with(Right.REGION_VIEW)
    links = OrganisationLink.objects.filter(Period.covers(today), kind="has_member", organisation__in=regions)
    codes = set(links.filter(other__kind="gemeente").values_list("other__code", flat=True))
    names = dict(Municipality.objects.filter(code__in=codes).values_list("code", "name"))
    log_look(request.user, "region_counts")
    rows = [{"name": names[row["municipality"]], **row} for row in _counts(codes, today)]
    keys = ("open", "thuis", "weken4", "weken6", "maanden3", "vrij")
    total = {key: sum(row[key] for row in rows) for key in keys}
    return render(request, "cases/region.html", {"rows": rows, "total": total, "today": today})


def _counts(codes, today):
    """One query: open dossiers per gemeente, with how many have passed each term."""
    passed = Deadline.objects.filter(case=OuterRef("pk"), stopped_on=None, exceeded_from__lte=today)

    cases = Case.objects.open().filter(municipality__in=codes)
    marked = cases.annotate(
        w4=Exists(passed.filter(term_code="4-weken")),
        w6=Exists(passed.filter(term_code="6-weken")),
        m3=Exists(passed.filter(term_code="3-maanden")),
    )
    return marked.values("municipality").annotate(
        open=Count("pk"), thuis=Count("pk", filter=~Q(home_since=None)), weken4=Count("pk", filter=Q(w4=True)),
        weken6=Count("pk", filter=Q(w6=True)), maanden3=Count("pk", filter=Q(m3=True)),
        vrij=Count("pk", filter=Q(handler=None)),
    ).order_by("municipality__name")  # fmt: skip
