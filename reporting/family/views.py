"""The pages for who looks along: coming in, seeing what happens, saying what one thinks, sending a document."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.course.whole import fetch_whole
from cases.dossier.forms import show_form
from cases.dossier.rules import NotNow
from cases.family import saying
from cases.family.entering import NotIn, ask_code, enter, log_family, owner_of
from cases.family.models import LookAlong
from reporting.family.doors import FORM, KEY, let_in, looks_along, open_to_all
from reporting.family.forms import TOGETHER, CodeForm, EnterForm, SayForm, SendForm
from reporting.family.looks import seen_by
from reporting.family.sight import sight_of_family
from reporting.family.story import Asked, Story, story_of
from reporting.letters.queries import details_for
from reporting.papers.doors import as_file
from reporting.papers.parents import is_16
from thuiszitters.core.files.keeping import FileDamaged, fetch
from thuiszitters.core.log.seals import seal_log


@open_to_all(FORM)
def come_in(request: HttpRequest) -> HttpResponse:
    """A code and a pincode. Who is logged in as a colleague leaves that account first."""
    form = EnterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            let_in(request, enter(form.cleaned_data["code"], form.cleaned_data["pin"]))
            return redirect("along")
        except NotIn:
            form.add_error(None, TOGETHER)
    return show_form(request, "reporting/family/enter.html", {"form": form})


@open_to_all(FORM)
def new_code(request: HttpRequest) -> HttpResponse:
    """A new code by mail; the answer is the same whether somebody is known by this address."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ask_code(form.cleaned_data["email"], timezone.now())
        messages.success(request, "Is dit adres bij ons bekend? Dan krijgt u binnen een paar minuten een e-mail.")
        return redirect("along-enter")
    return show_form(request, "reporting/family/code.html", {"form": form})


def _told(row: LookAlong) -> Story:
    fetch_whole([row.case])
    return story_of(row, sight_of_family(row), timezone.localdate())


@looks_along()
def page(request: HttpRequest, row: LookAlong) -> HttpResponse:
    """What is happening, whose turn is it, what was agreed?"""
    log_family("family_viewed", row)
    about = {"row": row, "case": row.case, "story": _told(row), "owner": owner_of(row.case)}
    return render(request, "reporting/family/page.html", about)


@looks_along(FORM)
def say(request: HttpRequest, row: LookAlong, key: str) -> HttpResponse:
    """The own view on a goal, an overleg or the plan."""
    log_family("family_viewed", row)
    asked = _asked(row, key)
    own = asked.said if asked.said and asked.said.by_id is None else None
    before = {"says": own.says, "why": own.why} if own else {}
    choose = asked.meeting is None
    form = SayForm(request.POST if request.method == "POST" else None, initial=before, choose=choose)
    if request.method == "POST" and form.is_valid():
        try:
            saying.say(row, goal=asked.goal, meeting=asked.meeting, **form.cleaned_data)
            messages.success(request, "Bedankt. Wij lezen dit binnen drie werkdagen.")
            return redirect("along")
        except NotNow as problem:
            form.add_error(None, str(problem))
    return show_form(
        request,
        "reporting/family/say.html",
        {"form": form, "asked": asked, "row": row, "parents_read": not is_16(row.case.pupil)},
    )


def _asked(row: LookAlong, key: str) -> Asked:
    asked = next((a for a in _told(row).asked if a.key == key), None)
    if asked is None:
        raise Http404("Deze vraag is er niet.")
    return asked


@looks_along(FORM)
def send(request: HttpRequest, row: LookAlong) -> HttpResponse:
    """A document or a photo, for the gemeente."""
    log_family("family_viewed", row)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SendForm(data, files)
    if request.method == "POST" and form.is_valid():
        try:
            rows = saying.send(row, form.taken, health=form.cleaned_data["health"])
            many = "Uw document is" if len(rows) == 1 else f"Uw {len(rows)} documenten zijn"
            messages.success(request, f"{many} verstuurd.")
            return redirect("along")
        except NotNow as problem:
            form.add_error("file", str(problem))
    return show_form(request, "reporting/family/send.html", {"form": form, "row": row})


@looks_along()
def letter(request: HttpRequest, row: LookAlong, pk: int) -> HttpResponse:
    """A letter to this person that was sent."""
    document = next((d for d in _told(row).letters if d.pk == pk), None)
    if document is None:
        raise Http404("Deze brief is er niet.")
    log_family("family_letter_fetched", row, document=document.pk)
    try:
        return as_file(fetch(document.pdf), f"brief-{document.number}")
    except FileDamaged:
        messages.error(request, "Deze brief kan nu niet worden geopend. Bel uw contactpersoon.")
        return redirect("along")


@looks_along()
def looks(request: HttpRequest, row: LookAlong) -> HttpResponse:
    """Who looked at the dossier?"""
    log_family("family_looks_viewed", row)
    seal_log()  # so that the newest rows are found as well
    seen, more = seen_by(row.case)
    return render(request, "reporting/family/looks.html", {"row": row, "seen": seen, "more": more})


@looks_along()
def rights(request: HttpRequest, row: LookAlong) -> HttpResponse:
    """What may this person ask of us?"""
    log_family("family_viewed", row)
    owner = owner_of(row.case)
    details = details_for(row.case, owner)
    context = {"row": row, "owner": owner, "details": details, "handler": row.case.handler}
    return render(request, "reporting/family/rights.html", context)


@open_to_all(("POST",))
def leave(request: HttpRequest) -> HttpResponse:
    """Nothing of what was seen stays in this browser."""
    if KEY in request.session:
        request.session.flush()
    messages.success(request, "U kijkt niet meer mee. Sluit ook dit venster als anderen dit apparaat gebruiken.")
    return redirect("along-enter")
