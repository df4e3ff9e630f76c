from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst

from cases.dossier.access import is_municipal_side
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.facts.acts import possible_duplicates
from cases.intake import inbox
from cases.intake.entering import enter_row, new_number
from cases.intake.forms import ReportForm, SetAsideForm
from cases.intake.models import Intake
from cases.intake.queries import refused_lines, waiting_reports
from leerplicht.imports.text_files import RowRefused
from leerplicht.law.obligation import OBLIGED
from leerplicht.models import AbsenceReport, IdentityQuestion, Municipality, Pupil
from leerplicht.names.persons import Person, is_like
from leerplicht.names.prefixes import split_prefix
from leerplicht.services.hours import hours_overview
from thuiszitters.core.log.audit import REFUSED, log_event, log_look
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right, Role

PER_PAGE = 25
TABS = {"wacht": "te beoordelen", "dossier": "in een dossier", "afgedaan": "afgedaan", "": "alle"}


@signed_in(Right.REPORT_VIEW)
def reports(request):
    """The inbox: which reports wait for somebody's judgement?"""
    user, access = request.user, access_of(request.user)
    handles = Right.REPORT_HANDLE in access.rights
    tab = request.GET.get("stand", "wacht" if handles else "")
    tab = tab if tab in TABS else ""
    rows = _placed(user)
    if tab:
        rows = rows.filter(intake__state=tab)
    page = Paginator(rows.order_by("-changed_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    log_look(user, "reports_listed", pupils=[r.pupil_id for r in page], page=page.number)
    return render(
        request,
        "cases/intake/reports.html",
        {
            "page": page,
            "tab": tab,
            "tabs": TABS.items() if handles else (),
            "handles": handles,
            "can_enter": Right.REPORT_ENTER in access.rights,
            "waiting": len(waiting_reports(user, timezone.localdate())) if handles else 0,
            "quarantined": len(refused_lines(user, timezone.localdate())) if handles else 0,
            "asked": IdentityQuestion.objects.visible_to(user).open().count() if handles else 0,
        },
    )


@signed_in(Right.REPORT_VIEW, methods=FORM)
def report(request, number):
    """One report with its versions; an officer takes it into a dossier or sets it aside with a reason."""
    row = _visible(request, number)
    handles = row.pupil.municipality_id in access_of(request.user).municipalities_with(Right.REPORT_HANDLE)
    form = SetAsideForm(request.POST if "opzij" in request.POST else None)
    if request.method == "POST":
        if not handles:
            raise Http404
        answer = _handle(request, row.intake, form)
        if answer:
            return answer
    log_look(request.user, "report_viewed", pupils=[row.pupil_id], row=row.pk)
    versions = AbsenceReport.objects.visible_to(request.user).filter(number=number, pupil=row.pupil_id)
    versions = versions.order_by("-changed_at")
    today, place = timezone.localdate(), row.intake.case_id
    case = Case.objects.visible_to(request.user).filter(pk=place).first() if place else None
    context = {
        "report": row,
        "versions": versions,
        "form": form,
        "handles": handles,
        "case": case,
        "hours": hours_overview(row.pupil_id) if handles else None,
        "pupil": row.pupil,
        "question": _question(request.user, row) if handles else None,
        "obliged": row.pupil.obligation_on(today) in OBLIGED,
        "waits": row.intake.state == Intake.State.WAITING,
    }
    return render(request, "cases/intake/report.html", context, status=422 if form.errors else 200)


def _placed(user):
    """The reports this user may see. While a file is being read in, a report shows as soon as it has its place."""
    rows = AbsenceReport.objects.visible_to(user).current().filter(intake__isnull=False)
    return rows.select_related("pupil", "school", "municipality", "intake")


def _visible(request, number) -> AbsenceReport:
    row = _placed(request.user).filter(number=number).order_by("-changed_at").first()
    if not row:
        log_event("refused", by=request.user, result=REFUSED, about="melding")
        raise Http404("Deze melding bestaat niet.")
    return row


def _question(user, row) -> IdentityQuestion | None:
    """Whether somebody has to say who the child of this report is."""
    asked = IdentityQuestion.objects.visible_to(user).open()
    return asked.filter(pupil=row.pupil_id).select_related("known").first()


def _handle(request, intake, form):
    try:
        if "opzij" in request.POST:
            if not form.is_valid():
                return None
            inbox.set_aside(intake, because=form.cleaned_data["because"], by=request.user)
            messages.success(request, "Melding afgedaan.")
            return redirect("reports")
        case = inbox.take_into_case(intake, by=request.user)
        messages.success(request, f"De melding zit nu in dossier {case.number}.")
        return redirect("case", number=case.number)
    except NotNow as problem:
        messages.warning(request, str(problem))
        return redirect("report", number=intake.number)


@signed_in(Right.REPORT_ENTER, methods=FORM)
def new_report(request):
    """A verzuimmelding by form, for school and officer."""
    access = access_of(request.user)
    schools = access.schools_with(Right.REPORT_ENTER)
    codes = access.municipalities_with(Right.REPORT_ENTER)
    municipalities = Municipality.objects.filter(code__in=codes) if codes else Municipality.objects.standing()
    initial = _reporter(request) if schools else _caller(municipalities)
    form = ReportForm(request.POST or None, municipalities=municipalities, schools=schools, initial=initial)
    lookalikes = []
    if request.method == "POST" and form.is_valid():
        lookalikes = [] if "toch" in request.POST else _lookalikes(request, form.cleaned_data)
    if request.method == "POST" and form.is_valid() and not lookalikes:
        now = timezone.localtime()
        number = new_number(_reporting_for(access), now.year)
        try:
            row = form.row(number=number, changed_at=now.strftime("%Y-%m-%d %H:%M:%S"))
            without = form.cleaned_data["zonder_nummer"]
            enter_row(row, by=request.user, allowed=codes or None, without_number=without)
            return _entered(request, number)
        except RowRefused as problem:
            log_event("report_entered", by=request.user, result=REFUSED, field=problem.field)
            field = problem.field if problem.field in form.fields else None
            form.add_error("school" if problem.field in ("brin", "vestiging") else field, capfirst(problem.reason))
    context = {"form": form, "lookalikes": lookalikes}
    return render(request, "cases/intake/new_report.html", context, status=422 if form.errors or lookalikes else 200)


def _entered(request, number):
    """On to where the work is: the dossier that the report is in, for who works there; else the report itself."""
    place = _placed(request.user).filter(number=number).values_list("intake__case", flat=True).first()
    case = Case.objects.visible_to(request.user).filter(pk=place).first() if place else None
    if case and is_municipal_side(case, request.user):
        messages.success(request, f"Melding {number} is vastgelegd en zit in dit dossier.")
        return redirect("case", number=case.number)
    messages.success(request, f"Melding {number} is vastgelegd.")
    return redirect("report", number=number)


def _reporting_for(access):
    return next(m.organisation for m in access.memberships if Right.REPORT_ENTER in Role(m.role).rights)


def _lookalikes(request, data) -> list[Pupil]:
    """Pupils with another number, or reported without one, but with the same date of birth and a similar name: perhaps
    the number is mistyped, or the name. Not asked where the rules say by themselves which child it is."""
    without = data["zonder_nummer"]
    try:
        own_hash = "" if without else Pupil.hash_of(data["persoonsgebonden_nummer"])
    except ValueError:  # the rules of the row will say so
        return []
    if own_hash and Pupil.objects.visible_to(request.user).filter(pgn_hash=own_hash).exists():
        return []
    name, born = data["achternaam"].strip(), data["geboortedatum"]
    found = list(possible_duplicates(request.user, pgn_hash="", last_name=split_prefix(name)[1], born=born))
    sent = Person(data["voornamen"], name, born)
    if without and any(is_like(sent, pupil.person) for pupil in found):
        return []
    log_look(request.user, "duplicates_shown", pupils=[p.pk for p in found])
    return found


def _caller(municipalities) -> dict:
    """Who takes down what a school tells by telephone is not who reports it. The only gemeente needs no choice."""
    codes = [m.code for m in municipalities]
    return {"gemeentecode": codes[0]} if len(codes) == 1 else {}


def _reporter(request) -> dict:
    user = request.user
    return {"melder_naam": str(user), "melder_email": user.email}
