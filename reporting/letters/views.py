"""Letters of a dossier: choose one, write it, fetch it, say that it was sent; and templates of an organisation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cases.documents.acts import mark_sent
from cases.documents.models import Document
from cases.dossier import access
from cases.dossier.forms import form_with_draft, saved, show_form
from cases.dossier.models import Case
from cases.dossier.rules import YOUTH_DECIDES_AT, NotNow
from cases.sight.doors import visible_case
from cases.sight.looks import look_at
from cases.sight.seats import Sight
from reporting.letters import word
from reporting.letters.acts import save_details, save_template
from reporting.letters.fields import FIELDS
from reporting.letters.forms import DetailsForm, LetterForm, SentForm, TemplateForm
from reporting.letters.making import letter_html, template_for, write
from reporting.letters.models import LetterTemplate
from reporting.letters.queries import details_for, details_of
from reporting.letters.texts import LETTERS, LetterKind
from reporting.letters.values import DEMONSTRATION, NO_DUTY, OF_EXEMPTION, OF_GEMEENTE, claims_for, duty_of
from reporting.letters.youth import TEXTS, WORDS
from reporting.papers.doors import as_file, may_take_along
from reporting.pdf.render import RenderFailed, render_pdf
from thuiszitters.core.dates import age_on
from thuiszitters.core.files.keeping import FileDamaged, fetch
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.pages.forms import whole_number
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import remember_phone

TYPES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


MADE = "De brief is gemaakt. Lees hem na en verstuur hem."
READ_THEM = "Lees ze na en verstuur ze."
PHONE = "afzender_telefoon"  # typed once, kept with the user


def _writable(request, number) -> tuple[Case, Sight]:
    """The dossier and what the user sees, for who writes in it and may take papers along."""
    case = visible_case(request, number)
    sight = may_take_along(request, case)
    if not access.may_work(case, request.user):
        raise PermissionDenied
    return case, sight


def _kinds(sight: Sight) -> list[LetterKind]:
    """What only the gemeente does is not for others to write, and a letter about an exemption for who works on that."""
    return [
        k
        for k in LETTERS
        if (k not in OF_EXEMPTION or sight.exemption == "write") and (k not in OF_GEMEENTE or sight.officer)
    ]


def _kinds_now(case: Case, sight: Sight) -> list[LetterKind]:
    """Those that can be written now: of a closed dossier only that it was closed, and not when the child died."""
    if case.is_open:
        return _kinds(sight)
    return [k for k in _kinds(sight) if k == LetterKind.AFSLUITING and case.result != "OVERLEDEN"]


def letters_for(case: Case, sight: Sight):
    """The letters that the own side made and may see."""
    rows = case.documents.select_related("organisation", "by", "pdf", "docx")
    return [d for d in rows if sight.knows_letter(d) and any(seat.wrote(d) for seat in sight.seats)]


@signed_in(Right.EXPORT)
def letters(request, number):
    """Which letters were made, and which can be?"""
    case, sight = _writable(request, number)
    look_at(case, request.user, "letters_viewed")
    kinds = [(k.value, LETTERS[k].word) for k in _kinds_now(case, sight)]
    context = {"case": case, "rows": letters_for(case, sight)[::-1], "kinds": kinds}
    return render(request, "reporting/letters/letters.html", context)


@signed_in(Right.EXPORT, methods=FORM)
def letter(request, number, kind, claim=None):
    """One letter: to whom, and what it says. `claim`: about which beroep or aanvraag, where it is about one."""
    case, sight = _writable(request, number)
    if kind not in _kinds(sight):
        raise Http404("Deze brief is er niet.")
    if kind not in _kinds_now(case, sight):
        messages.warning(request, "Dit dossier is gesloten. Heropen het om deze brief te schrijven.")
        return redirect("letters", number=number)
    kind, about = LetterKind(kind), None
    if kind in OF_EXEMPTION:
        claims = claims_for(case, kind)
        if claim is None:
            return _about_which(request, case, kind, claims)
        about = next((row for row in claims if row.pk == claim), None)
    if (about is None) != (claim is None):
        raise Http404("Deze brief is er niet.")
    if kind == LetterKind.WAARSCHUWING and not _may_be_warned(case):
        messages.warning(request, NO_DUTY)
        return redirect("letters", number=number)
    organisation = access.acting_organisation(case, request.user)
    readers = (False, True) if age_on(timezone.localdate(), case.pupil.born) >= YOUTH_DECIDES_AT else (False,)
    try:
        templates = {youth: template_for(kind, organisation, youth=youth) for youth in readers}
    except FileDamaged as problem:
        messages.error(request, str(problem))
        return redirect("letters", number=number)

    def make(data, initial):
        initial = {PHONE: request.user.phone} | (initial or {})
        return LetterForm(
            data,
            initial=initial,
            case=case,
            templates=templates,
            details=details_for(case, organisation),
            by=request.user,
            sight=sight,
            claim=about,
            kind=kind,
        )

    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            rows = write(case, kind, form.readers, templates, form.values(), by=request.user, claim=about)
            saved(request)
            remember_phone(request.user, form.values().get(PHONE, ""))
            messages.success(request, MADE if len(rows) == 1 else f"Voor elk adres een brief: {len(rows)}. {READ_THEM}")
            return redirect("letters", number=number)
        except (RenderFailed, FileDamaged, NotNow) as problem:
            form.add_error(None, str(problem))
    else:
        look_at(case, request.user, "entry_form", form="letter")
    context = {"case": case, "form": form, "title": LETTERS[kind].word, "kind": kind, "about": about}
    return show_form(request, "reporting/letters/letter_form.html", context, draft=draft)


def _may_be_warned(case: Case) -> bool:
    """Whether there is a duty today that somebody could break, and no exemption from it."""
    exempt = any(e.releases(timezone.localdate()) for e in case.pupil.exemptions.all())
    return bool(duty_of(case)) and not exempt


def _about_which(request, case: Case, kind: LetterKind, rows: list):
    """Which beroep or aanvraag is the letter about? Not asked where there is only one."""
    if len(rows) == 1:
        return redirect("letter-about", number=case.number, kind=kind, claim=rows[0].pk)
    look_at(case, request.user, "entry_form", form="letter")
    context = {"case": case, "rows": rows, "kind": kind, "title": LETTERS[kind].word}
    return render(request, "reporting/letters/letter_choose.html", context)


def _document(request, number, pk) -> Document:
    case, sight = _writable(request, number)
    row = next((d for d in letters_for(case, sight) if d.pk == pk), None)
    if not row:
        raise Http404("Deze brief is er niet.")
    row.case = case
    return row


@signed_in(Right.EXPORT)
def letter_file(request, number, pk, extension):
    """The letter itself, as Word or PDF."""
    row = _document(request, number, pk)
    if extension not in TYPES:
        raise Http404("Deze brief is er niet.")
    look_at(row.case, request.user, "letter_fetched", row=row.pk)
    try:
        content = fetch(getattr(row, extension))
    except FileDamaged as problem:
        messages.error(request, str(problem))
        return redirect("letters", number=number)
    return as_file(content, f"brief-{row.number}", TYPES[extension], extension)


@signed_in(Right.EXPORT, methods=FORM)
def letter_sent(request, number, pk):
    """When and how it was sent."""
    row = _document(request, number, pk)
    form = SentForm(request.POST or None, initial={"on": row.sent_on, "channel": row.channel})
    if request.method == "POST" and form.is_valid():
        try:
            mark_sent(row, on=form.cleaned_data["on"], channel=form.cleaned_data["channel"], by=request.user)
            messages.success(request, "Vastgelegd dat de brief is verstuurd.")
            return redirect("letters", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    look_at(row.case, request.user, "entry_form", form="letter-sent")
    context = {
        "case": row.case,
        "form": form,
        "title": "Brief verstuurd",
        "button": "Vastleggen",
        "back": reverse("letters", args=[number]),
    }
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.ADMIN, methods=FORM)
def templates(request):
    """The own Word templates, the list of fields, and a new one."""
    organisation = access_of(request.user).organisation_with(Right.ADMIN)
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            save_template(
                organisation,
                data["kind"],
                name=data["file"].name,
                content=form.content,
                valid_from=data["valid_from"],
                by=request.user,
            )
            messages.success(request, "Het sjabloon is bewaard.")
            return redirect("letter-templates")
        except NotNow as problem:
            form.add_error(None, str(problem))
    rows = LetterTemplate.objects.visible_to(request.user).select_related("organisation", "by")
    context = {"form": form, "rows": rows, "fields": FIELDS, "kinds": WORDS}
    context["incomplete"] = [d.organisation.name for d in details_of(request.user) if d.row.missing]
    return show_form(request, "reporting/letters/letter_templates.html", context)


@signed_in(Right.ADMIN)
def details(request):
    """What do letters say about each organisation, and what is missing?"""
    return render(request, "reporting/letters/letter_details.html", {"details": details_of(request.user)})


@signed_in(Right.ADMIN, methods=FORM)
def details_edit(request, pk):
    """Where to object, who answers for privacy, and how long data are kept: asked once per organisation."""
    found = next((d for d in details_of(request.user) if d.organisation.pk == pk), None)
    if not found:
        raise Http404("Deze organisatie is er niet.")
    form = DetailsForm(request.POST or None, instance=found.row)
    if request.method == "POST" and form.is_valid():
        try:
            save_details(form.save(), by=request.user)
            messages.success(request, f"Bewaard voor {found.organisation.name}.")
            return redirect("letter-details")
        except NotNow as problem:
            form.add_error(None, str(problem))
            form.look_again()
    return show_form(request, "reporting/letters/letter_details_form.html", {"form": form, "found": found})


@signed_in(Right.ADMIN)
def standard(request, kind):
    """A standard letter with its fields, to change and keep as an own template."""
    if kind not in TEXTS:
        raise Http404("Deze brief is er niet.")
    return as_file(word.standard(kind), f"sjabloon-{kind}", TYPES["docx"], "docx")


@signed_in(Right.ADMIN)
def template_preview(request, kind, extension):
    """A letter with invented data: the standard one, or with `?sjabloon=` an own template."""
    if kind not in TEXTS or extension not in TYPES:
        raise Http404("Deze brief is er niet.")
    try:
        if pk := request.GET.get("sjabloon", ""):
            rows = LetterTemplate.objects.visible_to(request.user).select_related("file")
            source = fetch(get_object_or_404(rows, pk=whole_number(pk) or 0, kind=kind).file)
        else:
            source = word.standard(kind)
        text = word.filled(source, DEMONSTRATION)
        if extension == "docx":
            return as_file(text, f"voorbeeld-{kind}", TYPES["docx"], "docx")
        page = letter_html(text, TEXTS[kind].word, None, request.user)
        return as_file(render_pdf(page), f"voorbeeld-{kind}")
    except (FileDamaged, RenderFailed) as problem:
        messages.error(request, str(problem))
        return redirect("letter-templates")
