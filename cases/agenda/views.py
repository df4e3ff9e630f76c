"""The page of the own agenda, and the address that a calendar fetches."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from cases.agenda.acts import UNUSED, make_address, note_use, stop
from cases.agenda.feed import AFTER, BEFORE, feed_of
from cases.agenda.queries import of_token, of_user
from thuiszitters.core.pages.doors import POST, signed_in
from thuiszitters.core.people.roles import Right

LOOK = ("GET", "HEAD")
GONE = "Deze agenda is er niet, of niet meer.\n"


@signed_in(Right.CASE_VIEW)
def agenda(request):
    """How do I get my agenda in my own calendar?"""
    return _page(request)


@signed_in(Right.CASE_VIEW, methods=POST)
def make(request):
    """A new address, shown in this answer and never again: no redirect, because nothing may keep it in between."""
    token = make_address(by=request.user)
    return _page(request, address=settings.SITE_URL + reverse("agenda-feed", args=[token]))


@signed_in(Right.CASE_VIEW, methods=POST)
def end(request):
    """Stop the address."""
    if stop(by=request.user):
        messages.success(request, "Uw adres is gestopt.")
    return redirect("agenda")


def _page(request, **about):
    spans = {"before": BEFORE.days // 7, "after": AFTER.days // 7, "unused": UNUSED.days}
    context = {"feed": of_user(request.user), "today": timezone.localdate(), **spans, **about}
    return render(request, "cases/agenda/agenda.html", context)


@csrf_exempt  # sends nothing; else the answer to a POST would be a page with a cookie
def feed(request, token):
    """The agenda of whose secret address this is. Without log-in: the address is the key. Everything that does not work
    gets one answer, in which no page, no session and no cookie has a part."""
    del request.session  # of a browser that is logged in as well: not made to last longer
    if request.method not in LOOK:
        return _closed(HttpResponseNotAllowed(LOOK))
    now = timezone.localtime()
    row = of_token(token, now.date())
    if row is None:
        return _closed(HttpResponse(GONE, status=404, content_type="text/plain; charset=utf-8"))
    note_use(row, now.date())
    response = HttpResponse(feed_of(row.user, now), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="thuiszitters.ics"'
    return _closed(response)


def _closed(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
