import json

from cryptography.fernet import InvalidToken
from django.contrib.auth.views import LoginView, LogoutView
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from thuiszitters.core.pages.doors import POST, signed_in
from thuiszitters.core.pages.drafts import drop_draft, keep_draft
from thuiszitters.core.pages.forms import LoginForm
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.sealed.secrets import unseal

CARRIED_FOR = 24 * 3600  # seconds
START_PAGES = (
    (Right.CASE_VIEW, "waiting"),
    (Right.REPORT_VIEW, "reports"),
    (Right.REGION_VIEW, "region"),
    (Right.LOG_VIEW, "log"),
    (Right.ADMIN, "admin:index"),
)


class Login(LoginView):
    """Log in. What was typed in a form whose session had ended comes back as a draft in that form."""

    template_name = "core/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True
    http_method_names = ["get", "head", "post"]

    def form_valid(self, form):
        response = super().form_valid(form)
        carried = self._carried()
        if not carried:
            return response
        keep_draft(self.request.user, carried["path"], carried["fields"])
        return redirect(carried["path"] if takes_get(carried["path"]) else "home")

    def get_context_data(self, **kwargs):
        carry = self.request.POST.get("carry", "")
        return super().get_context_data(carry=carry, carried=bool(self._carried()), **kwargs)

    def _carried(self) -> dict | None:
        try:
            carried = json.loads(unseal(self.request.POST.get("carry", ""), CARRIED_FOR))
        except InvalidToken:
            return None
        allowed = url_has_allowed_host_and_scheme(carried["path"], allowed_hosts=None)
        return carried if allowed else None


def takes_get(path: str) -> bool:
    """Whether a page can be shown at this address, and not only sent to."""
    try:
        view = resolve(path).func
    except Resolver404:
        return False
    return "GET" in getattr(view, "methods", ("GET",))


class Logout(LogoutView):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


@signed_in()
def home(request):
    """The first page of a role."""
    rights = access_of(request.user).rights
    if Right.REPORT_ENTER in rights and Right.REPORT_HANDLE not in rights:  # a school comes to report
        return redirect("reports")
    for right, page in START_PAGES:
        if right in rights:
            return redirect(page)
    return render(request, "core/no_role.html")


@signed_in(methods=POST)
def draft(request):
    """Keep what is being typed in the form at the address `formulier`."""
    key = request.GET.get("formulier", "").replace("\0", "")
    if not (key.startswith("/") and url_has_allowed_host_and_scheme(key, allowed_hosts=None)):
        return JsonResponse({"fout": "onbekend formulier"}, status=400)
    if "weggooien" in request.POST:
        drop_draft(request.user, key)
        return redirect(key if takes_get(key) else "home")
    kept = keep_draft(request.user, key, {k: request.POST.getlist(k) for k in request.POST})
    return JsonResponse({"bewaard": timezone.localtime(kept.updated_at).strftime("%H:%M") if kept else ""})
