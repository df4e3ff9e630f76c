"""The door of every page: log-in, right, method. A route without one of these stands on a pinned list (house test)."""

import json
from functools import wraps
from urllib.parse import unquote_plus

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from thuiszitters.core.log.audit import from_seat
from thuiszitters.core.pages.drafts import may_keep
from thuiszitters.core.pages.forms import LoginForm
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.sealed.secrets import seal


def signed_in(*rights: Right, methods=("GET", "HEAD")):
    """Only for users who are logged in and hold one of `rights` (none named: any user). Others get a 403, and a form
    sent after the session ended is carried through the log-in, so that nobody loses what was typed."""

    def decorate(view):
        @wraps(view)
        def door(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return _to_log_in(request)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if "\0" in unquote_plus(request.get_full_path()):
                raise BadRequest("a NUL in the address")
            access = access_of(request.user)
            if rights and not access.rights & set(rights):
                raise PermissionDenied
            with from_seat(access.seat_with(*rights)):
                return view(request, *args, **kwargs)

        door.rights, door.methods = rights, methods
        return door

    return decorate


FORM = ("GET", "HEAD", "POST")
POST = ("POST",)


def _to_log_in(request):
    there = f"{reverse('login')}?{urlencode({'next': request.path})}"
    if getattr(request, "htmx", False):  # else the log-in would stand in a corner of the page
        return HttpResponseClientRedirect(there)
    if request.method != "POST":
        return redirect(there)
    fields = {k: request.POST.getlist(k) for k in request.POST if may_keep(k)}
    carry = seal(json.dumps({"path": request.path, "fields": fields}))
    context = {"form": LoginForm(request), "carry": carry, "carried": True, "next": request.path}
    return render(request, "core/login.html", context, status=401)
