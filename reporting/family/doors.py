"""The way in for who looks along. Nobody of them is a user: a session says only which invitation was used
(docs/adr/0046)."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from urllib.parse import unquote_plus

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.family.access import may_look_along
from cases.family.models import LookAlong

LOOK = ("GET", "HEAD")
FORM = ("GET", "HEAD", "POST")
KEY = "meekijken"
LONGEST = timedelta(hours=4)  # also of who keeps clicking

View = Callable[..., HttpResponse]


def looks_along(methods: tuple[str, ...] = LOOK) -> Callable[[View], View]:
    """Only for who came in with a code and may still look along; everybody else goes to the page where one comes in.
    The view gets the row of this person, of which dossier and child come along."""

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if "\0" in unquote_plus(request.get_full_path()):
                raise BadRequest("a NUL in the address")
            if row := who_looks(request):
                return view(request, row, *args, **kwargs)
            if typed := request.POST.get("why", "").strip():  # nobody loses what was typed
                return render(request, "reporting/family/expired.html", {"typed": typed}, status=401)
            return redirect("along-enter")

        door.methods = methods  # type: ignore[attr-defined]
        return door

    return decorate


def open_to_all(methods: tuple[str, ...]) -> Callable[[View], View]:
    """For anybody: the page where one comes in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            return view(request, *args, **kwargs) if request.method in methods else HttpResponseNotAllowed(methods)

        door.methods = methods  # type: ignore[attr-defined]
        return door

    return decorate


def who_looks(request: HttpRequest) -> LookAlong | None:
    """Whoever came in in this browser, if that still holds: judged anew at each request. A new invitation ends what
    was opened with the one before, and who is logged in as a colleague looks along nowhere."""
    known = request.session.get(KEY)
    if not known or request.user.is_authenticated:
        return None
    rows = LookAlong.objects.running().select_related("case__pupil", "case__handler", "guardian", "organisation")
    row = rows.filter(pk=known["row"], pin_hash=known["pin"]).first()
    late = timezone.now().timestamp() - known["since"] > LONGEST.total_seconds()
    if row is None or late or not may_look_along(row, timezone.localdate()):
        request.session.flush()
        return None
    return row


def let_in(request: HttpRequest, row: LookAlong) -> None:
    """From now on this browser shows what this person may see, and nothing of who used it before."""
    request.session.flush()
    request.session[KEY] = {"row": row.pk, "pin": row.pin_hash, "since": timezone.now().timestamp()}
