"""What waits for me, and how often I hear of it by mail."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.forms.digests import DigestForm
from cases.models import Digest
from cases.services.digests import save_choice
from cases.views.typing import show_form
from cases.waiting import waiting_for
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.CASE_VIEW)
def waiting(request):
    """What waits for me? Numbers only; the lists behind them show the children and log that."""
    today = timezone.localdate()
    rows = waiting_for(request.user, today)
    log_look(request.user, "waiting_viewed")
    return render(request, "cases/waiting.html", {"rows": rows, "today": today})


@signed_in(Right.CASE_VIEW, methods=FORM)
def digest(request):
    """How often do I want a mail?"""
    chosen = Digest.objects.filter(user=request.user).first() or Digest()
    form = DigestForm(request.POST or None, initial={"frequency": chosen.frequency})
    if request.method == "POST" and form.is_valid():
        save_choice(request.user, form.cleaned_data["frequency"])
        messages.success(request, "Uw keuze is bewaard.")
        return redirect("waiting")
    return show_form(request, "cases/digest.html", {"form": form})
