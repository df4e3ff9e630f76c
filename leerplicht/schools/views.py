"""Reading in a file of schools, for who administers; and finding a school, for every form that asks one."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from leerplicht.imports.schools import WORDS
from leerplicht.imports.text_files import FileRefused
from leerplicht.models import School, SchoolFile
from leerplicht.schools import acts
from leerplicht.schools.finding import MOST, matching
from leerplicht.schools.forms import AgreeForm, SchoolFileForm
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right

REFUSED_SHOWN = 200
RECENT = 10
CHANGED_SINCE = "Sinds u keek is het register veranderd, of iemand anders besliste al. Kijk opnieuw."


@signed_in(Right.ADMIN, methods=FORM)
def upload(request):
    """Choose a file; nothing changes before you saw what it would do."""
    form = SchoolFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            row = acts.upload(file.name, file.read(), sector=form.cleaned_data["sector"], by=request.user)
            return redirect("schools-preview", pk=row.pk)
        except FileRefused as problem:
            form.add_error("file", str(problem))
    recent = SchoolFile.objects.select_related("uploaded_by").defer("content")[:RECENT]
    context = {"form": form, "recent": [(row, _labels(row.sectors)) for row in recent]}
    return render(request, "leerplicht/schools/upload.html", context, status=422 if form.errors else 200)


@signed_in(Right.ADMIN, methods=FORM)
def preview(request, pk):
    """What the file would do: new, changed, closed, reopened, refused, with examples. Then: read in, or not."""
    row = get_object_or_404(SchoolFile, pk=pk)
    if row.state != SchoolFile.State.PREVIEW:
        context = {"file": row, "counts": {word: row.counts.get(word, 0) for word in WORDS}}
        return render(request, "leerplicht/schools/settled.html", context)
    if "niet" in request.POST:
        acts.drop(row, by=request.user)
        messages.success(request, "Het bestand is niet ingelezen. Er is niets veranderd.")
        return redirect("schools-upload")
    outcome = acts.look(row)
    form = AgreeForm(request.POST or None, doubts=outcome.doubts, initial={"seen": acts.fingerprint(outcome)})
    if request.method == "POST" and form.is_valid():
        if acts.accept(row, seen=form.cleaned_data["seen"], by=request.user):
            messages.success(request, "De scholen zijn ingelezen.")
        else:
            messages.warning(request, CHANGED_SINCE)
        return redirect("schools-preview", pk=pk)
    return render(
        request, "leerplicht/schools/preview.html", _shown(row, outcome, form), status=422 if form.errors else 200
    )


def _shown(row, outcome, form) -> dict:
    return {
        "file": row,
        "form": form,
        "outcome": outcome,
        "sectors": _labels(outcome.sectors),
        "counts": {word: outcome.counts[word] for word in WORDS},
        "examples": [
            (word, outcome.counts[word], outcome.examples[word]) for word in WORDS if outcome.examples.get(word)
        ],
        "refused": outcome.refused[:REFUSED_SHOWN],
    }


def _labels(sectors) -> str:
    return ", ".join(School.Sector(sector).label for sector in sorted(sectors))


@signed_in(Right.ADMIN, Right.CASE_WORK, Right.REPORT_ENTER, Right.DECIDE)
def search(request):
    """Schools that hold what was typed, for the list under a field. The register is public."""
    found = matching(request.GET.get("q", "")[:300])[:MOST]
    return JsonResponse({"scholen": [school.label for school in found]})
