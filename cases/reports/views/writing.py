"""Typing a report, about a new pupil or one that was reported before; changing one and taking it back."""

from hashlib import sha256

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst

from cases.dossier.access import is_municipal_side
from cases.dossier.forms import show_form
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.dossier.saving import Overtaken
from cases.facts.acts import possible_duplicates
from cases.intake.access import may_change
from cases.intake.entering import enter_row, new_number
from cases.reports import acts
from cases.reports.doubts import doubts
from cases.reports.forms import ChangeForm, ReportForm, WithdrawForm, typed
from cases.reports.queries import placed, report_called
from cases.reports.sent import as_row, can_be_sent_again, reported_before
from leerplicht.imports.absence_rows import check_days, parse_row
from leerplicht.imports.text_files import RowRefused
from leerplicht.models import AbsenceReport, Municipality, Pupil, School
from leerplicht.names.persons import Person, is_like
from leerplicht.names.prefixes import split_prefix
from thuiszitters.core.log.audit import REFUSED, log_event, log_look
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right, Role

FORM_PAGE = "cases/reports/form.html"
SHORTEST = 2


@signed_in(Right.REPORT_ENTER, methods=FORM)
def new_report(request, number=None):
    """A verzuimmelding by form, for school and officer. `number`: of an earlier report, about the same pupil."""
    access = access_of(request.user)
    schools = access.schools_with(Right.REPORT_ENTER)
    codes = access.municipalities_with(Right.REPORT_ENTER)
    municipalities = Municipality.objects.filter(code__in=codes) if codes else Municipality.objects.standing()
    known = _known(request, number)
    seeks = "zoek" in request.POST and not known
    initial = (_reporter(request) if schools else _caller(municipalities)) | _of_the_known(known)
    data = request.POST if request.method == "POST" and not seeks else None
    form = ReportForm(data, municipalities=municipalities, schools=schools, initial=initial, known=known)
    now = timezone.localtime()
    asked = Asked()
    if form.is_bound and form.is_valid():
        row = form.row(number="nieuw", changed_at=now.strftime("%Y-%m-%d %H:%M:%S"))
        asked = _asked(request, form, row, _lookalikes(request, form.cleaned_data) if not known else [])
    if form.is_bound and form.is_valid() and not asked:
        row["meldingsnummer"] = new_number(_reporting_for(access), now.year)
        try:
            enter_row(row, by=request.user, allowed=codes or None, without_number=form.without_number)
            return _entered(request, row["meldingsnummer"])
        except RowRefused as problem:
            log_event("report_entered", by=request.user, result=REFUSED, field=problem.field)
            _at_its_field(form, problem)
    context = {"form": form, "asked": asked, "known": known, "of": School.objects.filter(code__in=schools)} | (
        _sought(request) if schools and not known else {}
    )
    return render(request, "cases/reports/new_report.html", context, status=422 if form.errors or asked else 200)


def _at_its_field(form, problem: RowRefused) -> None:
    field = "school" if problem.field in ("brin", "vestiging") else problem.field
    shown = field in form.fields and not form[field].is_hidden
    form.add_error(field if shown else None, capfirst(problem.reason))


def _known(request, number: str | None) -> AbsenceReport | None:
    """The earlier report of which the child is taken; 404 for one that this person may not see."""
    if number is None:
        return None
    report = report_called(request.user, number)
    if not can_be_sent_again(report):
        raise Http404
    log_look(request.user, "report_viewed", pupils=[report.pupil_id], row=report.pk)
    return report


def _of_the_known(known: AbsenceReport | None) -> dict:
    return {"school": known.school.code, "gemeentecode": known.municipality_id} if known else {}


def _sought(request) -> dict:
    """Pupils that the own school reported before, by number or name: asked in a form, never in the address."""
    text = request.POST.get("wie", "").replace("\0", "").strip()[:100] if "zoek" in request.POST else ""
    if len(text) < SHORTEST:
        return {"may_seek": True, "wie": text}
    found = reported_before(request.user, text)
    log_look(request.user, "reports_listed", pupils=[r.pupil_id for r in found.reports])
    return {"may_seek": True, "wie": text, "found": found}


class Asked:
    """What is asked before a report is sent: odd things in sentences, and children that it may be about. `key` tells
    whether the very same was asked before: who changes something is asked anew."""

    def __init__(self, sentences: list[str] | None = None, lookalikes: list[Pupil] | None = None):
        self.sentences, self.lookalikes = sentences or [], lookalikes or []

    def __bool__(self) -> bool:
        return bool(self.sentences or self.lookalikes)

    @property
    def key(self) -> str:
        said = "\n".join([*self.sentences, *(str(pupil.pk) for pupil in self.lookalikes)])
        return sha256(said.encode()).hexdigest()[:16]


def _asked(request, form: ReportForm, raw: dict[str, str], lookalikes: list[Pupil], number: str = "") -> Asked:
    """Nothing when the row itself is wrong, or when this very thing was answered with "toch"."""
    try:
        row = parse_row(raw, without_number=form.without_number)
        check_days(row, timezone.localdate())
    except RowRefused:  # is said at its field
        return Asked([], lookalikes)
    school = form.known.school if number and form.known else form.of_school
    asked = Asked(doubts(row, school=school, user=request.user, today=timezone.localdate(), number=number), lookalikes)
    return Asked() if request.POST.get("toch") == asked.key else asked


def _entered(request, number):
    """On to where the work is: the dossier that the report is in, for who works there; else the report itself."""
    place = placed(request.user).filter(number=number).values_list("intake__case", flat=True).first()
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
    if found:
        log_look(request.user, "duplicates_shown", pupils=[p.pk for p in found])
    return found


def _caller(municipalities) -> dict:
    """Who takes down what a school tells by telephone is not who reports it. The only gemeente needs no choice."""
    codes = [m.code for m in municipalities]
    return {"gemeentecode": codes[0]} if len(codes) == 1 else {}


def _reporter(request) -> dict:
    """Who reports: what this person typed in the last one is not asked again."""
    user = request.user
    last = AbsenceReport.objects.visible_to(user).filter(received_from=user).order_by("-received_at", "-pk").first()
    own = {"melder_naam": str(user), "melder_email": user.email, "melder_telefoon": user.phone}
    if last:
        own |= {"melder_functie": last.reporter_function}
        own |= {"melder_telefoon": last.reporter_phone} if last.reporter_phone else {}
    return own


def _own(request, number) -> AbsenceReport:
    """A report that this person may change: 404 for one that cannot be seen, 403 for one of another organisation."""
    report = report_called(request.user, number)
    if not may_change(report, request.user):
        raise PermissionDenied
    return report


def _as_read(report: AbsenceReport, form) -> AbsenceReport:
    """The version on which this person decides. One that is no longer there was overtaken."""
    read = form.cleaned_data["versie"]
    if read == report.pk:
        return report
    raise Overtaken(acts.OVERTAKEN)


@signed_in(Right.REPORT_ENTER, methods=FORM)
def change(request, number):
    """What changed, or was mistaken? The version before stays."""
    report = _own(request, number)
    if not can_be_sent_again(report):
        messages.warning(request, acts.NOT_HERE)
        return redirect("report", number=number)
    schools = access_of(request.user).schools_with(Right.REPORT_ENTER)
    form = ChangeForm(request.POST if request.method == "POST" else None, report=report, schools=schools)
    asked = Asked()
    if form.is_bound and form.is_valid():
        try:
            seen = _as_read(report, form)
            says = typed(form)
            asked = _asked(request, form, as_row(seen) | says, [], number)
            if not asked:
                acts.change_report(seen, says, by=request.user)
                messages.success(request, "De melding is gewijzigd. Wat er eerder stond, blijft bewaard.")
                return redirect("report", number=number)
        except RowRefused as problem:
            _at_its_field(form, problem)
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.data = form.data.copy()
            form.data["versie"] = report.pk
    log_look(request.user, "report_viewed", pupils=[report.pupil_id], row=report.pk)
    context = {"report": report, "form": form, "asked": asked, "title": "Melding wijzigen", "button": "Bewaren"}
    return render(request, FORM_PAGE, context, status=422 if form.errors or asked else 200)


@signed_in(Right.REPORT_ENTER, methods=FORM)
def withdraw(request, number):
    """The report was a mistake: why?"""
    report = _own(request, number)
    data = request.POST if request.method == "POST" else None
    form = WithdrawForm(data, initial={"versie": report.pk})
    if form.is_bound and form.is_valid():
        try:
            acts.withdraw_report(_as_read(report, form), because=form.cleaned_data["because"], by=request.user)
            messages.success(request, "De melding is ingetrokken. De gemeente ziet waarom.")
            return redirect("report", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.data = form.data.copy()
            form.data["versie"] = report.pk
    log_look(request.user, "report_viewed", pupils=[report.pupil_id], row=report.pk)
    context = {"report": report, "form": form, "title": "Melding intrekken", "button": "Intrekken"}
    return show_form(request, FORM_PAGE, context)
