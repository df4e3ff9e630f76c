from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone

from cases import permissions, states
from cases.forms.work import AssignForm, CloseForm, MoveForm, PurposeForm
from cases.meetings import meetings_of
from cases.models import Case, Contact, Deadline, Review
from cases.parts import PARTS, Level, Part
from cases.policies import NotNow
from cases.presentation import clock_of, current_school, obligation_in_words
from cases.services import acts
from cases.services.emergency import recent_emergencies
from cases.services.referrals import open_referrals
from cases.services.refusals import log_refused
from cases.services.registration import save_fact
from cases.services.reviews import open_reviews
from cases.sight import Sight
from cases.timeline import KINDS, timeline
from cases.views.doors import log_form, look_at, owned_case, visible_case
from cases.worklist import colleagues_for
from leerplicht.models import HomePeriod, SchoolReturn
from leerplicht.services.hours import hours_overview
from thuiszitters.core.audit import log_look
from thuiszitters.core.roles import Right
from thuiszitters.core.views.access import FORM, POST, signed_in

FIRST_EVENTS = 30


@signed_in(Right.CASE_VIEW)
def case(request, number):
    """What must happen now, and who is to act? Then everything that happened."""
    case, user, today = visible_case(request, number), request.user, timezone.localdate()
    sight = look_at(case, user, "case_viewed")
    acts.mark_seen(case, user)
    leads = permissions.is_municipal_side(case, user)
    kind = request.GET.get("soort", "") if request.GET.get("soort") in KINDS else ""
    events = timeline(case, sight, kind)
    shown = events if "alles" in request.GET else events[:FIRST_EVENTS]
    return render(request, "cases/case.html", {
        **summary(case, sight, today), "events": shown, "hidden": len(events) - len(shown), "kind": kind,
        "kinds": KINDS, "may_work": permissions.may_work(case, user) and case.is_open,
        "may_lead": leads and case.is_open, "may_reopen": leads and not case.is_open,
        "moves": [m for m in states.MOVES if m.source == case.state and m.target != states.State.AFGESLOTEN],
        "can_take": permissions.can_take(case, user), "can_assign": permissions.can_assign(case, user),
        "can_show_pgn": permissions.can_show_pgn(case, user), "may_edit_pupil": permissions.can_edit_pupil(case, user),
        "may_share": leads, "can_pdf": sight.may(Right.EXPORT) and not sight.emergency,
        "reports": hours_overview(case.pupil_id) if sight.absence else None,
        "may_review": set(Review.objects.visible_to(user).filter(case=case).values_list("pk", flat=True)),
        "may_propose": sight.course and not sight.may(Right.REVIEW),
        "look_again": case.looks_again.filter(until__gt=today).last() if leads else None,
        "asked": open_referrals(case) if leads else [],
        "emergencies": recent_emergencies(case) if leads else [],
    })  # fmt: skip


def summary(case: Case, sight: Sight, today) -> dict:
    """What the page, the preview of a share and the PDF say of a dossier to whoever sees this much of it."""
    deadlines = list(Deadline.objects.filter(case=case, stopped_on=None))
    pupil = case.pupil
    period = HomePeriod.objects.filter(pupil=pupil, last_day=None).first()
    problems = list(case.problems.filter(until=None).select_related("organisation"))
    contacts = [c for c in case.contacts.select_related("organisation").order_by("on") if sight.knows_of(c)]
    spoken = [c for c in contacts if c.channel != Contact.Channel.NONE]
    # A child that moved away after its dossier was closed: what became of it is for the gemeente where it lives now.
    here = case.is_open or pupil.municipality_id == case.municipality_id
    enrolments = [e for e in pupil.enrolments.select_related("school") if here and sight.sees_school(e.school.code)]
    return {
        "case": case,
        "pupil": pupil,
        "sight": sight,
        "today": today,
        "school": current_school(pupil, today) if here else None,
        "obligation": obligation_in_words(pupil, today),
        "period": period,
        "spans": [_span(s, sight) for s in period.spans] if period and sight.absence else [],
        "deadlines": [{"row": d, "stand": d.standing(today)} for d in deadlines],
        "clock": clock_of(case, deadlines, today),
        "tasks": open_tasks(case) if sight.course else [],
        # Where an address is secret, how to reach the parents stays with the gemeente as well: it leads there.
        "contact_shown": sight.municipal or not pupil.secret_address,
        "address": pupil.address if here and (sight.municipal or not pupil.secret_address) else "",
        "ladder": ladder_of(case, today) if sight.course else [],
        "offers": offers_of(case) if sight.course else [],
        "barriers": barriers_of(case, today) if sight.course else [],
        "reviews": open_reviews(case) if sight.course else [],
        "lead": case.regies.filter(ended_at=None).select_related("organisation").first(),
        "meetings": meetings_of(case) if sight.course else None,
        "paused": next((p for p in case.pauses.all() if p.covers(today)), None) if sight.course else None,
        "guardians": _guardians(case, spoken) if here else [],
        "child_heard": next((c for c in reversed(spoken) if c.who == Contact.Who.CHILD), None),
        "problems": [p for p in problems if sight.can_read(p)],
        "running": running_tracks(problems, sight),
        "result": case.get_result_display() if case.result and sight.sees_result(case.result) else "",
        "involvements": case.involvements.select_related("organisation", "consent"),
        "consents": [
            c
            for c in case.consents.filter(withdrawn_at=None).select_related("owner", "recipient")
            if sight.municipal or {c.owner_id, c.recipient_id} & sight.own
        ],
        "enrolments": enrolments,
        "exemptions": pupil.exemptions.all() if here and sight.exemption else [],
        "permitted": pupil.permitted.all() if here and sight.absence else [],
        "returns": pupil.returns.all() if here and sight.absence else [],
        "not_enrolled": pupil.not_enrolled.all() if here and sight.absence else [],
    }


def ladder_of(case: Case, today) -> list[dict]:
    """The steps of the running period at home, and which one is to be taken now: the first that has begun and is not
    done. Of a closed dossier only what was done."""
    steps = [s for s in case.steps.select_related("done_by") if s.stopped_on is None and (case.is_open or s.is_done)]
    latest = max((s.start for s in steps), default=None)
    steps = [s for s in steps if s.start == latest]
    waiting = [s for s in steps if not s.is_done]
    now = next((s for s in waiting if s.planned_on <= today), None)
    return [
        {"row": s, "now": s is now, "late": not s.is_done and bool(s.due_on) and s.due_on < today,
         "begun": s.planned_on <= today}
        for s in steps
    ]  # fmt: skip


def offers_of(case: Case) -> list:
    """The places that were asked for or offered; what still runs comes first."""
    return sorted(case.offers.select_related("school"), key=lambda o: (o.is_final, -o.asked_on.toordinal()))


def barriers_of(case: Case, today) -> list[dict]:
    """What blocks the way back now, the oldest first, with its age in days."""
    rows = case.barriers.filter(solved_on=None).select_related("owner")
    return [
        {"row": b, "age": (today - b.asked_on).days, "late": bool(b.promised_on) and b.promised_on < today}
        for b in rows
    ]  # fmt: skip


def open_tasks(case: Case) -> list:
    return list(case.tasks.filter(done_on=None).select_related("owner", "owner_organisation"))


def running_tracks(problems, sight: Sight) -> list[dict]:
    """Of enforcement and safety only whether something runs, for who may know no more than that."""
    return [
        {"word": PARTS[part].word, "runs": any(p.part == part for p in problems)}
        for part in (Part.HANDHAVING, Part.VEILIGHEID)
        if sight.at(part) == Level.YES_NO or (sight.municipal and sight.at(part) > Level.NONE)
    ]


def _span(span: dict, sight: Sight) -> dict:
    """A stretch of the period at home. From what it follows can name an illness or an exemption, so that is for the
    gemeente."""
    kinds = dict(HomePeriod.KindChoices.choices)
    day = timezone.datetime.fromisoformat
    last = day(span["last_day"]).date() if span["last_day"] else None
    return {"kind": kinds[span["kind"]], "first_day": day(span["first_day"]).date(), "last_day": last,
            "source": span["source"] if sight.officer else ""}  # fmt: skip


def _guardians(case: Case, spoken) -> list[dict]:
    last = {c.guardian_id: c.on for c in spoken if c.guardian_id}
    return [{"row": g, "spoken": last.get(g.pk)} for g in case.pupil.guardians.filter(until=None)]


@signed_in(Right.CASE_WORK, methods=FORM)
def move(request, number, target):
    """Move the dossier to another state, with a reason where one is needed."""
    case = owned_case(request, number)
    found = states.find_move(case.state, target)
    form = MoveForm(request.POST or None, needs_reason=bool(found and found.needs_reason))
    if request.method == "POST" and form.is_valid():
        try:
            if target == states.State.ONDERZOEK and not case.is_open:
                acts.reopen(case, by=request.user, because=form.cleaned_data["because"])
            elif target == states.State.AFGESLOTEN:
                raise NotNow("Sluit een dossier af met een uitkomst.")
            else:
                acts.transition(case, target, by=request.user, because=form.cleaned_data["because"])
            messages.success(request, f"Stand: {case.info.word}.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    if not found and not form.errors:
        messages.warning(request, "Deze stap kan nu niet. Misschien heeft een collega het dossier al bijgewerkt.")
        return redirect("case", number=number)
    return render(
        request, "cases/form.html",
        {"case": case, "form": form, "title": found.verb if found else "Stand wijzigen", "button": "Doorgaan"},
        status=422 if form.errors else 200,
    )  # fmt: skip


@signed_in(Right.CASE_WORK, methods=FORM)
def close(request, number):
    """Close with a result; a return on the way is recorded as a fact of the child."""
    case = owned_case(request, number)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                if data["back_on"]:
                    _record_return(case, data["back_on"], request.user)
                acts.close(case, result=data["result"], by=request.user, because=data["because"])
            messages.success(request, f"Dossier {case.number} is afgesloten.")
            return redirect("case", number=number)
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": "Dossier afsluiten", "button": "Afsluiten"}
    return render(request, "cases/form.html", context, status=422 if form.errors else 200)


def _record_return(case: Case, day, user) -> None:
    if case.pupil.returns.filter(first_day=day, trial=False).exists():
        return
    fact = SchoolReturn(pupil=case.pupil, first_day=day, source="vastgelegd bij het afsluiten")
    save_fact(fact, by=user, case=case)


@signed_in(Right.CASE_WORK, methods=FORM)
def assign(request, number):
    """Take the dossier, or give it to a colleague."""
    case = owned_case(request, number)
    form = AssignForm(
        request.POST or None, colleagues=colleagues_for(request.user, case), initial={"handler": case.handler}
    )
    if request.method == "POST":
        try:
            if "neem" in request.POST and permissions.can_take(case, request.user):
                acts.assign(case, request.user, by=request.user)
            elif permissions.can_assign(case, request.user) and form.is_valid():
                acts.assign(case, form.cleaned_data["handler"], by=request.user)
            else:
                raise NotNow("U kunt dit dossier niet toewijzen.")
            name = case.handler.short_name if case.handler else "niemand"
            messages.success(request, f"Behandelaar: {name}.")
        except NotNow as problem:
            messages.warning(request, str(problem))
        return redirect("case", number=number)
    context = {"case": case, "form": form, "title": "Dossier toewijzen", "button": "Toewijzen"}
    return render(request, "cases/form.html", context)


@signed_in(Right.PGN_SHOW, methods=POST)
def show_pgn(request, number):
    """Show the whole number, once, for a reason that goes into the log."""
    case = visible_case(request, number)
    if not permissions.can_show_pgn(case, request.user):
        log_refused(request.user, number)
        return redirect("case", number=number)
    form = PurposeForm(request.POST if "purpose" in request.POST else None)
    if not form.is_valid():
        log_form(request, case)
        return render(request, "cases/pgn_why.html", {"case": case, "form": form}, status=422 if form.errors else 200)
    log_look(
        request.user, "pgn_shown", pupils=[case.pupil_id], case_number=case.number, parts=[Part.NUMMER],
        purpose=form.cleaned_data["purpose"],
    )  # fmt: skip
    return render(request, "cases/pgn.html", {"case": case, "pupil": case.pupil, "pgn": case.pupil.reveal_pgn()})


@signed_in(Right.CASE_VIEW)
def history(request, number):
    """Every change of the dossier and the pupil's own data: when, by whom, from what to what."""
    case = visible_case(request, number)
    if not permissions.is_municipal_side(case, request.user, Right.CASE_WORK):
        log_refused(request.user, number)
        return redirect("case", number=number)
    look_at(case, request.user, "history_viewed")
    return render(request, "cases/history.html", {"case": case, "changes": changes_of(case)})


HIDDEN_FIELDS = {"pgn_sealed", "pgn_hash", "pgn_end", "version", "search_last", "search_first"}


def changes_of(case: Case) -> list[dict]:
    rows = []
    for what, instance in (("dossier", case), ("leerling", case.pupil)):
        versions = list(instance.history.select_related("history_user").order_by("-history_date", "-history_id"))
        for new, old in zip(versions, [*versions[1:], None], strict=True):
            rows.append({"at": new.history_date, "by": new.history_user, "what": what, "changes": _diff(new, old)})
    return sorted(rows, key=lambda r: r["at"], reverse=True)


def _diff(new, old) -> list[tuple]:
    if old is None:
        return [("aangemaakt", "", "")]
    delta = new.diff_against(old, excluded_fields=HIDDEN_FIELDS)
    model = new.instance_type
    changed = [(_verbose(model, c.field), _value(model, c.field, c.old), _value(model, c.field, c.new))
               for c in delta.changes]  # fmt: skip
    return changed or [("persoonsgebonden nummer of kenmerk", "", "gewijzigd")]


def _verbose(model, name: str) -> str:
    return model._meta.get_field(name).verbose_name


def _value(model, name: str, value) -> str:
    """A stored value as people read it: the word of a choice, the name behind a key, ja or nee."""
    field = model._meta.get_field(name)
    if value is None or value == "":
        return "leeg"
    if field.is_relation:
        return str(field.related_model.objects.filter(pk=value).first() or value)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return str(dict(field.flatchoices).get(value, value))
