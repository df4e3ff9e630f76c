"""The page of one dossier, its history, and the number of the child."""

from collections.abc import Sequence

from django.shortcuts import redirect, render
from django.utils import timezone

from cases.attachments.panel import attachments_shown
from cases.clock.panel import passed_over
from cases.course.chart import chart_of
from cases.course.summary import summary
from cases.course.timeline import KINDS, timeline
from cases.course.whole import fetch_whole
from cases.documents.panel import letters_of
from cases.dossier import access, states
from cases.dossier.models import Case
from cases.facts.panel import years_of
from cases.family.queries import along_of
from cases.handling import acts
from cases.identity.join import joinings_of, lookalikes
from cases.identity.queries import open_questions
from cases.labels.acts import can_judge
from cases.labels.models import CaseLabel, CaseRisk
from cases.page.buttons import buttons_of
from cases.page.changes import changes_of
from cases.page.forms import PurposeForm
from cases.page.tabs import tabs_of
from cases.page.todo import todo_of
from cases.parts.matrix import Part
from cases.people.panel import Around, around
from cases.sharing.emergency import recent_emergencies
from cases.sharing.queries import open_referrals
from cases.sight.doors import log_form, visible_case
from cases.sight.looks import log_refused, look_at
from cases.sight.seats import Sight
from cases.work.panel import former_guardians
from leerplicht.models import Pupil
from leerplicht.services.hours import hours_overview
from leerplicht.services.verbanden import tell_of_schools
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import POST, signed_in
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

FIRST_EVENTS, LATEST = 30, 4


@signed_in(Right.CASE_VIEW)
def case(request, number):
    """What must happen now, and who is to act? Then everything that happened."""
    case, user, today = visible_case(request, number), request.user, timezone.localdate()
    sight = look_at(case, user, "case_viewed")
    acts.mark_seen(case, user)
    fetch_whole([case])
    kind = request.GET.get("soort", "") if request.GET.get("soort") in KINDS else ""
    happened = timeline(case, sight)
    events = [e for e in happened if kind in ("", e.kind)]
    about = summary(case, sight, today)
    tell_of_schools(about.enrolments)
    buttons = buttons_of(case, user, sight, about.decisions)
    shown = events if "alles" in request.GET else events[:FIRST_EVENTS]
    letters, attachments = letters_of(case, sight), attachments_shown(case, sight)
    people = around(case, user, sight, works=buttons.may_work, edits=buttons.may_edit_pupil)
    alike = lookalikes(case, user) if buttons.may_edit_pupil and case.is_open else []
    _log_others(case, user, sight, people, alike)
    return render(
        request,
        "cases/page/case.html",
        {
            **about.as_context(),
            "parts": tabs_of(about, buttons, people, letters, attachments),
            "letters": letters,
            "attachments": attachments,
            "around": people,
            "latest": happened[:LATEST],
            "events": shown,
            "chart": chart_of(case, happened, [d.row for d in about.deadlines], today),
            "hidden": len(events) - len(shown),
            "passed_over": passed_over(case, today) if sight.absence else [],
            "kind": kind,
            "kinds": KINDS,
            "buttons": buttons,
            "labels": CaseLabel.objects.visible_to(user).filter(case=case).names(),
            "risks": list(CaseRisk.objects.visible_to(user).judged().filter(case=case)),
            "may_judge": buttons.may_work and can_judge(case, user),
            "todo": todo_of(about, user, works=buttons.may_work),
            "moves": [m for m in states.MOVES if m.source == case.state and m.target != states.State.AFGESLOTEN],
            "reports": hours_overview(case.pupil_id) if sight.absence else None,
            "identities": open_questions(case, user) if buttons.may_edit_pupil else [],
            "alike": alike,
            "joinings": joinings_of(case) if buttons.may_edit_pupil else [],
            "years": years_of(case.pupil, list(about.exemptions), today) if sight.absence else [],
            "former_guardians": former_guardians(case) if buttons.may_edit_pupil else [],
            "along": along_of(case) if buttons.may_share else None,
            "look_again": case.looks_again.filter(until__gt=today).last() if buttons.may_share else None,
            "asked": open_referrals(case) if buttons.may_share else [],
            "emergencies": recent_emergencies(case) if buttons.may_share else [],
        },
    )


def _log_others(case: Case, user: User, sight: Sight, people: Around, alike: Sequence[Pupil]) -> None:
    """Other children that the page names, by what they are to this one: each look has a row."""
    about = {"seat": sight.membership, "case_number": case.number}
    if family := [shown.pupil.pk for shown in (*people.siblings, *people.proposed)]:
        log_look(user, "siblings_shown", pupils=family, **about)
    if alike:
        log_look(user, "duplicates_shown", pupils=[pupil.pk for pupil in alike], **about)


@signed_in(Right.PGN_SHOW, methods=POST)
def show_pgn(request, number):
    """Show the whole number, once, for a reason that goes into the log."""
    case = visible_case(request, number)
    if not access.can_show_pgn(case, request.user):
        log_refused(request.user, number)
        return redirect("case", number=number)
    form = PurposeForm(request.POST if "purpose" in request.POST else None)
    if not form.is_valid():
        log_form(request, case)
        return render(
            request, "cases/page/pgn_why.html", {"case": case, "form": form}, status=422 if form.errors else 200
        )
    log_look(
        request.user,
        "pgn_shown",
        pupils=[case.pupil_id],
        case_number=case.number,
        parts=[Part.NUMMER],
        purpose=form.cleaned_data["purpose"],
    )
    return render(request, "cases/page/pgn.html", {"case": case, "pupil": case.pupil, "pgn": case.pupil.reveal_pgn()})


@signed_in(Right.CASE_VIEW)
def history(request, number):
    """Every change of the dossier, of the child and of what was written: when, by whom, from what to what."""
    case = visible_case(request, number)
    if not access.is_municipal_side(case, request.user, Right.CASE_WORK):
        log_refused(request.user, number)
        return redirect("case", number=number)
    sight = look_at(case, request.user, "history_viewed")
    return render(request, "cases/page/history.html", {"case": case, "changes": changes_of(case, sight)})
