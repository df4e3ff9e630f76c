"""Who is it? The known child beside what was sent."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render

from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.identity import acts
from cases.identity.forms import Answer, IdentityForm
from leerplicht.models import AbsenceReport, IdentityQuestion
from thuiszitters.core.log.audit import REFUSED, log_event, log_look
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right

PER_PAGE = 25


@signed_in(Right.PUPIL_EDIT)
def identities(request):
    """All reports of which somebody must say who the child is."""
    asked = IdentityQuestion.objects.visible_to(request.user).open().select_related("known", "report__school")
    page = Paginator(asked, PER_PAGE).get_page(request.GET.get("page"))
    log_look(request.user, "identities_listed", pupils=[q.known_id for q in page], page=page.number)
    return render(request, "cases/identity/identities.html", {"page": page})


@signed_in(Right.PUPIL_EDIT, methods=FORM)
def identity(request, pk):
    """One question, both names side by side, and the answer."""
    question = _visible(request, pk)
    log_look(request.user, "identity_viewed", pupils={question.known_id, question.pupil_id}, row=question.pk)
    if not question.is_open:
        messages.warning(request, acts.ALREADY)
        return redirect("identities")
    form = IdentityForm(request.POST if request.method == "POST" else None, question=question)
    if request.method == "POST" and form.is_valid():
        try:
            return _answer(request, question, form.cleaned_data)
        except NotNow as problem:
            form.add_error(None, str(problem))
    case = Case.objects.visible_to(request.user).filter(pupil=question.known_id).order_by("closed_on", "-pk").first()
    reports = AbsenceReport.objects.visible_to(request.user).current().filter(pupil=question.pupil_id)
    context = {
        "question": question,
        "known": question.known,
        "form": form,
        "case": case,
        "reports": reports.select_related("school")[:PER_PAGE],
        "schools": list(question.known.enrolments.select_related("school")),
    }
    return render(request, "cases/identity/identity.html", context, status=422 if form.errors else 200)


def _visible(request, pk) -> IdentityQuestion:
    asked = IdentityQuestion.objects.visible_to(request.user)
    question = asked.select_related("known__municipality", "pupil", "report__school").filter(pk=pk).first()
    if not question:
        log_event("refused", by=request.user, result=REFUSED, about="wie is dit")
        raise Http404("Deze vraag bestaat niet.")
    return question


def _answer(request, question, data):
    if data["answer"] == Answer.OTHER:
        acts.say_other(question, by=request.user)
        messages.success(request, "Vastgelegd: een ander kind. Het staat nu apart, zonder nummer.")
    else:
        taken = {name: bool(data.get(name)) for name in ("take_name", "take_born")}
        acts.say_same(question, by=request.user, **taken)
        messages.success(request, "Vastgelegd: hetzelfde kind. De melding hoort nu bij dit kind.")
    return redirect("report", number=question.report.number) if question.report else redirect("identities")
