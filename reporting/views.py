from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from cases.views.doors import visible_case
from reporting.dossier import dossier_pdf
from reporting.render import RenderFailed
from thuiszitters.core.roles import Right
from thuiszitters.core.views.access import signed_in


@signed_in(Right.EXPORT)
def case_pdf(request, number):
    """The dossier as PDF, with what this user may read."""
    case = visible_case(request, number)
    try:
        paper = dossier_pdf(case, by=request.user, purpose="vanaf de dossierpagina")
    except RenderFailed as problem:
        messages.error(request, str(problem))
        return redirect("case", number=number)
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="dossier-{case.number}.pdf"'
    return response
