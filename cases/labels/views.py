from django.contrib import messages
from django.shortcuts import redirect

from cases.dossier.forms import show_form
from cases.dossier.rules import NotNow
from cases.labels.acts import known_to, labels_of, owner_for, set_labels
from cases.labels.forms import LabelsForm
from cases.sight.doors import workable_case
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right


@signed_in(Right.CASE_WORK, methods=FORM)
def labels(request, number):
    """The own words on a dossier, to find it by in the worklist."""
    case = workable_case(request, number)
    owner = owner_for(case, request.user)
    stands = labels_of(case, owner)
    initial = {"names": stands, "shown": "|".join(stands)}
    form = LabelsForm(request.POST if request.method == "POST" else None, known=known_to(owner), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_labels(case, form.chosen(), shown=form.read(), by=request.user)
            messages.success(request, "De labels zijn bewaard.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    note = f"Alleen {owner.name} ziet deze labels. In de werkvoorraad kunt u erop kiezen."
    context = {"case": case, "form": form, "title": "Labels", "button": "Bewaren", "note": note}
    return show_form(request, "cases/dossier/form.html", context)
