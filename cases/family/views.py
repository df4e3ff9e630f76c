"""Who looks along in a dossier: inviting, and ending it; and which gemeente lets them."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cases.dossier.forms import show_form
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.family import acts
from cases.family.codes import ADDRESS
from cases.family.forms import BY_MAIL, ON_PAPER, InviteForm
from cases.family.models import LookAlong
from cases.family.queries import Person, doors_of, people_of
from cases.family.rules import INVITED_FOR, in_two
from cases.sight.doors import at_part, owned_case
from cases.sight.looks import look_at
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.people.access import looked_after_by
from thuiszitters.core.people.roles import Right


@signed_in(Right.CASE_WORK)
def people(request, number):
    """Who looks along, who was invited, and who can be?"""
    case = owned_case(request, number)
    look_at(case, request.user, "family_people_viewed")
    shown = people_of(case, timezone.localdate())
    return render(request, "cases/family/people.html", {"case": case, "people": shown})


def _person(case: Case, pk: int) -> Person:
    found = next((p for p in people_of(case, timezone.localdate()) if p.key == pk), None)
    if found is None:
        raise Http404("Deze ouder is er niet.")
    return found


@signed_in(Right.CASE_WORK, methods=FORM)
def invite(request, number, pk):
    """Invite one person. The pincode and a code on paper stand in this answer and nowhere else: no redirect, because
    nothing may keep them in between."""
    case = owned_case(request, number)
    person = _person(case, pk)
    known = person.row.email if person.row else person.guardian.email if person.guardian else ""
    initial = {"email": known, "how": BY_MAIL if known else ON_PAPER}
    form = InviteForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            done = acts.invite(
                case, person.guardian, by_mail=sent["how"] == BY_MAIL, email=sent["email"], by=request.user
            )
            return render(request, "cases/family/invited.html", _told(case, person, done))
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "person": person, "title": f"{person.name} laten meekijken"}
    context |= {"button": "Uitnodigen", "note": person.problem, "back": at_part(number, "mensen")}
    return show_form(request, "cases/family/invite.html", context)


def _told(case: Case, person: Person, done: acts.Invited) -> dict[str, object]:
    until = timezone.localdate() + INVITED_FOR
    about = {"case": case, "person": person, "row": done.row, "pin": done.pin, "until": until}
    return about | {"code": in_two(done.code) if done.code else "", "address": settings.SITE_URL + ADDRESS}


@signed_in(Right.CASE_WORK, methods=POST)
def end(request, number, pk):
    """This person looks along no more."""
    case = owned_case(request, number)
    row = get_object_or_404(LookAlong, pk=pk, case=case)
    row.case = case
    acts.end(row, by=request.user)
    messages.success(request, f"{row.who} kijkt niet meer mee.")
    return redirect("family", number=number)


@signed_in(Right.ADMIN)
def doors(request):
    """Which of my gemeenten let parents and children look along?"""
    return render(request, "cases/family/doors.html", {"doors": doors_of(request.user)})


@signed_in(Right.ADMIN, methods=POST)
def door(request, pk):
    """On or off, for one gemeente."""
    organisation = get_object_or_404(looked_after_by(request.user), pk=pk)
    is_open = request.POST.get("stand") == "aan"
    acts.set_door(organisation, is_open=is_open, by=request.user)
    what = "kunnen nu meekijken" if is_open else "kijken niet meer mee"
    messages.success(request, f"{organisation.name}: ouders en kinderen {what}.")
    return redirect("family-doors")
