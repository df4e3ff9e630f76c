"""Who may take a paper along, and the file as it leaves."""

from django.http import Http404, HttpResponse

from cases.dossier.models import Case
from cases.sight.looks import log_refused
from cases.sight.seats import Sight, sight_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def may_take_along(request, case: Case) -> Sight:
    """What the user sees; a 404 for who may only read here, or sees this in an emergency."""
    sight = sight_of(case, request.user)
    if sight.emergency or not sight.may(Right.EXPORT):
        raise refused(request, case.number)
    return sight


def refused(request, number: str) -> Http404:
    log_refused(request.user, number)
    return Http404("Dit dossier bestaat niet.")


def check_still_seen(request, case: Case, before: Sight) -> None:
    """Making a paper takes seconds: whoever lost the dossier or the role meanwhile does not get it any more (AZ-07)."""
    case.refresh_from_db()  # what was fetched along as well
    if not sight_of(case, User.objects.get(pk=request.user.pk)).same_as(before):
        raise refused(request, case.number)


def as_file(content: bytes, name: str, content_type: str = "application/pdf", extension: str = "pdf") -> HttpResponse:
    """To save, never to open inside the application (IN-08). `name` is made by us: numbers and plain letters."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
