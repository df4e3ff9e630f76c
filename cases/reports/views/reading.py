"""The inbox of reports, one report with what was answered, and answering the school."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.dossier.forms import form_with_draft, saved, show_form
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.intake import inbox
from cases.intake.access import may_change
from cases.intake.models import Intake, ReportAnswer
from cases.intake.queries import refused_lines, waiting_reports
from cases.reports import acts
from cases.reports.forms import AnswerForm, SetAsideForm
from cases.reports.queries import placed, report_called, schools_that_read, told_about
from cases.reports.sent import can_be_sent_again
from leerplicht.law.obligation import OBLIGED
from leerplicht.models import AbsenceReport, IdentityQuestion
from leerplicht.services.hours import hours_overview
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import remember_phone

PER_PAGE = 25
FORM_PAGE = "cases/reports/form.html"
TABS = {"wacht": "te beoordelen", "dossier": "in een dossier", "afgedaan": "afgedaan", "": "alle"}
NEW_ANSWER = "antwoord"
WITH_AN_ANSWER = {NEW_ANSWER: "met een nieuw antwoord"}


@signed_in(Right.REPORT_VIEW)
def reports(request):
    """The inbox: which reports wait for somebody's judgement? For a school: what did we report, and what came of it?"""
    user, access = request.user, access_of(request.user)
    handles = Right.REPORT_HANDLE in access.rights
    unread = ReportAnswer.objects.unread_for(user)
    new = unread.count()
    tabs = (TABS if handles else {"": "alle"}) | (WITH_AN_ANSWER if new else {})
    counts = {"wacht": len(waiting_reports(user, timezone.localdate())) if handles else 0, NEW_ANSWER: new}
    tab = request.GET.get("stand", "wacht" if handles else NEW_ANSWER if new else "")
    tab = tab if tab in tabs else ""
    rows = placed(user).annotate(
        new_answer=Exists(unread.filter(intake__report=OuterRef("pk"))), answered=Exists(told_about(OuterRef("pk")))
    )
    if tab:
        rows = rows.filter(new_answer=True) if tab == NEW_ANSWER else rows.filter(intake__state=tab)
    page = Paginator(rows.order_by("-changed_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    log_look(user, "reports_listed", pupils=[r.pupil_id for r in page], page=page.number)
    return render(
        request,
        "cases/reports/reports.html",
        {
            "page": page,
            "tab": tab,
            "tabs": [(key, label, counts.get(key)) for key, label in tabs.items()] if len(tabs) > 1 else (),
            "handles": handles,
            "can_enter": Right.REPORT_ENTER in access.rights,
            "quarantined": len(refused_lines(user, timezone.localdate())) if handles else 0,
            "asked": IdentityQuestion.objects.visible_to(user).open().count() if handles else 0,
        },
    )


@signed_in(Right.REPORT_VIEW, methods=FORM)
def report(request, number):
    """One report with its versions; an officer takes it into a dossier or sets it aside with a reason."""
    row = report_called(request.user, number)
    handles = _handles(request, row)
    form = SetAsideForm(request.POST if "opzij" in request.POST else None)
    if request.method == "POST":
        if not handles:
            raise Http404
        done = _handle(request, row.intake, form)
        if done:
            return done
    log_look(request.user, "report_viewed", pupils=[row.pupil_id], row=row.pk)
    answers = list(row.intake.answers.select_related("by", "organisation", "read_by"))
    acts.answers_read(row, by=request.user)
    versions = AbsenceReport.objects.visible_to(request.user).filter(number=number, pupil=row.pupil_id)
    today, place = timezone.localdate(), row.intake.case_id
    context = {
        "report": row,
        "versions": versions.order_by("-changed_at"),
        "answers": answers,
        "form": form,
        "handles": handles,
        "case": Case.objects.visible_to(request.user).filter(pk=place).first() if place else None,
        "hours": hours_overview(row.pupil_id) if handles else None,
        "pupil": row.pupil,
        "question": _question(request.user, row) if handles else None,
        "obliged": row.pupil.obligation_on(today) in OBLIGED,
        "waits": row.intake.state == Intake.State.WAITING,
        "may_change": may_change(row, request.user) and can_be_sent_again(row),
        "may_repeat": Right.REPORT_ENTER in access_of(request.user).rights and can_be_sent_again(row),
    }
    return render(request, "cases/reports/report.html", context, status=422 if form.errors else 200)


def _handles(request, row: AbsenceReport) -> bool:
    return row.pupil.municipality_id in access_of(request.user).municipalities_with(Right.REPORT_HANDLE)


def _question(user, row) -> IdentityQuestion | None:
    """Whether somebody has to say who the child of this report is."""
    asked = IdentityQuestion.objects.visible_to(user).open()
    return asked.filter(pupil=row.pupil_id).select_related("known").first()


def _handle(request, intake, form):
    try:
        if "opzij" in request.POST:
            if not form.is_valid():
                return None
            because, told = form.cleaned_data["because"], form.cleaned_data["told"]
            acts.set_aside_and_tell(intake, because=because, told=told, by=request.user)
            messages.success(
                request, "Melding afgedaan. De school leest wat u schreef." if told else "Melding afgedaan."
            )
            return redirect("reports")
        case = inbox.take_into_case(intake, by=request.user)
        messages.success(request, f"De melding zit nu in dossier {case.number}.")
        return redirect("case", number=case.number)
    except NotNow as problem:
        messages.warning(request, str(problem))
        return redirect("report", number=intake.number)


@signed_in(Right.REPORT_HANDLE, methods=FORM)
def answer(request, number):
    """What does the school hear of its report?"""
    row = report_called(request.user, number)
    if not _handles(request, row):
        raise Http404

    def make(data, initial):
        about = ReportAnswer(intake=row.intake, by=request.user)
        return AnswerForm(data, instance=about, initial={"phone": request.user.phone} | initial)

    form, draft = form_with_draft(request, make)
    if form.is_bound and form.is_valid():
        try:
            acts.answer_school(form.save(commit=False), by=request.user)
            remember_phone(request.user, form.cleaned_data["phone"])
            saved(request)
            messages.success(request, "Bewaard. De school leest dit bij haar melding.")
        except NotNow as problem:
            messages.warning(request, str(problem))
        return redirect("report", number=number)
    log_look(request.user, "report_viewed", pupils=[row.pupil_id], row=row.pk)
    context = {
        "report": row,
        "form": form,
        "title": "Antwoord aan de school",
        "button": "Versturen",
        "deaf": not schools_that_read().filter(code=row.school.code).exists(),
    }
    return show_form(request, FORM_PAGE, context, draft=draft)
