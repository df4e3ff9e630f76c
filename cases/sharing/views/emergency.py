from django.shortcuts import redirect, render

from cases.dossier.models import Case
from cases.sharing.emergency import LASTS, open_in_emergency
from cases.sharing.forms import EmergencyForm
from cases.sight.looks import log_refused
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.EMERGENCY, methods=FORM)
def emergency(request):
    """Open a dossier of another organisation because a child may be in danger: for some hours, with a reason, and the
    owner is told."""
    form = EmergencyForm(request.POST or None, initial={"number": request.GET.get("dossier", "")[:20]})
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"].strip().upper()
        _open(request.user, number, form.cleaned_data["reason"])
        # The same answer for a number that does not exist: it tells nothing about others (AZ-13).
        return redirect("case", number=number)
    context = {"form": form, "hours": int(LASTS.total_seconds() // 3600)}
    return render(request, "cases/sharing/emergency.html", context, status=422 if form.errors else 200)


def _open(user, number: str, reason: str) -> None:
    """When the dossier is there, and is not already one's own."""
    if Case.objects.visible_to(user).filter(number=number).exists():
        return
    if case := Case.objects.filter(number=number).first():
        open_in_emergency(case, by=user, reason=reason)
    else:
        log_refused(user, number)
