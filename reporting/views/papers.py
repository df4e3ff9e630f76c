from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from cases.services.refusals import log_refused
from cases.sight import sight_of
from cases.views.doors import visible_case
from reporting.dossier import dossier_pdf
from reporting.render import RenderFailed
from thuiszitters.core.models import User
from thuiszitters.core.roles import Right
from thuiszitters.core.views.access import signed_in


@signed_in(Right.EXPORT)
def case_pdf(request, number):
    """The dossier as PDF, with what this user may read. Making it takes seconds: whoever lost the dossier or the role
    meanwhile does not get it any more (AZ-07)."""
    case = visible_case(request, number)
    before = sight_of(case, request.user)
    if before.emergency or not before.may(Right.EXPORT):  # to read only, not to take along
        log_refused(request.user, number)
        raise Http404("Dit dossier bestaat niet.")
    try:
        paper = dossier_pdf(case, by=request.user, purpose="")
    except RenderFailed as problem:
        messages.error(request, str(problem))
        return redirect("case", number=number)
    case.refresh_from_db()
    after = sight_of(case, User.objects.get(pk=request.user.pk))
    if not after.same_as(before):
        log_refused(request.user, number)
        raise Http404("Dit dossier bestaat niet.")
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="dossier-{case.number}.pdf"'
    return response
