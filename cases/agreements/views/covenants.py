"""A convenant: what was signed, by whom, and the paper itself."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from cases.agreements import acts
from cases.agreements.doors import own_region, own_row, show
from cases.agreements.forms import CovenantFileForm, CovenantForm, SignatureForm
from cases.agreements.models import Covenant, CovenantFile, Signature
from cases.dossier.rules import NotNow
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.people.roles import Right


def _covenant(request, pk: int) -> Covenant:
    return own_row(request, Covenant.objects.visible_to(request.user).select_related("region"), pk)


@signed_in(Right.REGION_VIEW)
def covenant(request, pk):
    row = _covenant(request, pk)
    context = {
        "row": row,
        "parties": row.parties.all(),
        "signatures": row.signatures.all(),
        "mandates": row.mandates.select_related("person"),
        "file": row.files.defer("content").first(),
    }
    return render(request, "cases/agreements/covenant.html", context)


@signed_in(Right.REGION_EDIT, methods=FORM)
def new(request):
    return _page(request, Covenant(region=own_region(request)), "Convenant toevoegen")


@signed_in(Right.REGION_EDIT, methods=FORM)
def edit(request, pk):
    return _page(request, _covenant(request, pk), "Convenant wijzigen")


def _page(request, row: Covenant, title: str):
    back = {"back": "covenant", "back_pk": row.pk} if row.pk else {"back": "agreements"}
    form = CovenantForm(request.POST or None, instance=row, region=row.region)
    if request.method == "POST" and form.is_valid():
        try:
            acts.save_covenant(form.save(), form.cleaned_data["parties"], by=request.user)
            messages.success(request, "Het convenant is bewaard.")
            return redirect("covenant", pk=row.pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    return show(request, form, title=title, button="Bewaren", **back)


@signed_in(Right.REGION_EDIT, methods=FORM)
def new_file(request, pk):
    row = _covenant(request, pk)
    form = CovenantFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        acts.add_file(row, form.file_name, form.content, by=request.user)
        messages.success(request, "Het bestand is bewaard.")
        return redirect("covenant", pk=pk)
    lead = "Staat er al een bestand, dan komt dit ervoor in de plaats."
    return show(
        request, form, title="Bestand toevoegen", button="Bewaren", back="covenant", back_pk=pk, lead=lead, files=True
    )


@signed_in(Right.REGION_VIEW)
def download(request, pk):
    """The newest file. Always to save, never shown within our own pages: others made what is in it."""
    row = _covenant(request, pk)
    file = CovenantFile.objects.visible_to(request.user).filter(covenant=row).first()
    if not file:
        raise Http404("Bij dit convenant staat geen bestand.")
    response = HttpResponse(bytes(file.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="convenant-{row.pk}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@signed_in(Right.REGION_EDIT, methods=FORM)
def new_signature(request, pk):
    row = _covenant(request, pk)
    form = SignatureForm(request.POST or None, instance=Signature(covenant=row), initial={"signed_on": row.signed_on})
    if request.method == "POST" and form.is_valid():
        acts.add_signature(form.save(commit=False), by=request.user)
        messages.success(request, "De ondertekenaar is bewaard.")
        return redirect("covenant", pk=pk)
    return show(request, form, title="Ondertekenaar toevoegen", button="Bewaren", back="covenant", back_pk=pk)


@signed_in(Right.REGION_EDIT, methods=POST)
def remove_signature(request, pk):
    row = own_row(request, Signature.objects.visible_to(request.user), pk)
    acts.remove_signature(row, by=request.user)
    messages.success(request, "De ondertekenaar is weggehaald.")
    return redirect("covenant", pk=row.covenant_id)
