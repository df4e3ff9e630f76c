from django.shortcuts import redirect, render

from cases.dossier.models import Case
from cases.sharing.emergency import LASTS, open_in_emergency
from cases.sharing.forms import EmergencyForm
from cases.sight.looks import log_refused
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right

UNKNOWN = "Dit dossiernummer bestaat niet. Kijk het na."


@signed_in(Right.EMERGENCY, methods=FORM)
def emergency(request):
    """Open a dossier of another organisation because a child may be in danger: for some hours, with a reason, and the
    owner is told."""
    form = EmergencyForm(request.POST or None, initial={"number": request.GET.get("dossier", "")[:20]})
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"].strip().upper()
        if Case.objects.visible_to(request.user).filter(number=number).exists():
            return redirect("case", number=number)
        if case := Case.objects.filter(number=number).first():
            open_in_emergency(case, by=request.user, reason=form.cleaned_data["reason"])
            return redirect("case", number=number)
        log_refused(request.user, number)
        form.add_error("number", UNKNOWN)
    context = {"form": form, "hours": int(LASTS.total_seconds() // 3600)}
    return render(request, "cases/sharing/emergency.html", context, status=422 if form.errors else 200)
