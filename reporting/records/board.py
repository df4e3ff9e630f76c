"""The agenda of the board of a region as a paper: what is missing, numbers, what holds children up, what was agreed. No
names of children anywhere."""

from django.template.loader import render_to_string
from django.utils import timezone

from cases.agreements.models import ActionPoint
from cases.agreements.regions import gemeenten_of_mine
from cases.decisions.queries import decisions_of
from cases.region.queries import bottlenecks, children, gaps_in_words
from reporting.papers.acts import begin_paper, complete
from reporting.papers.footer import footer_of
from reporting.papers.models import Paper
from reporting.pdf.render import render_pdf
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.people.organisations import Organisation


def board_pdf(region: Organisation, *, by) -> bytes:
    """The PDF of the agenda. The log row and the line in the list of papers are written before the bytes leave.
    RenderFailed when it cannot be made."""
    today, codes = timezone.localdate(), gemeenten_of_mine(by)
    log_look(by, "region_printed")
    paper = begin_paper(
        Paper.Kind.BOARD, by=by, recipient=f"het bestuur van {region.name}", purpose="bestuurlijk overleg van de regio"
    )
    points = ActionPoint.objects.visible_to(by).filter(region=region, settled_on=None).select_related("lead")
    context = {
        "region": region,
        "today": today,
        "footer": footer_of(paper, by=by),
        **children(codes, today),
        "gaps": [sentence for _, sentence in gaps_in_words(region, today)],
        "stuck": bottlenecks(codes, today),
        "decisions": decisions_of(codes),
        "points": points.order_by("goal", "due_on", "pk"),
    }
    return complete(paper, render_pdf(render_to_string("reporting/records/board.html", context)))
