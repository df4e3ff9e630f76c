"""How often I hear by mail that something waits."""

from django.contrib import messages
from django.shortcuts import redirect

from cases.dossier.forms import show_form
from cases.messages.acts import save_choice
from cases.messages.forms import DigestForm
from cases.messages.models import Digest
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.CASE_VIEW, methods=FORM)
def digest(request):
    """How often do I want a mail?"""
    chosen = Digest.objects.filter(user=request.user).first() or Digest()
    form = DigestForm(request.POST or None, initial={"frequency": chosen.frequency})
    if request.method == "POST" and form.is_valid():
        save_choice(request.user, form.cleaned_data["frequency"])
        messages.success(request, "Uw keuze is bewaard.")
        return redirect("waiting")
    return show_form(request, "cases/messages/digest.html", {"form": form})
