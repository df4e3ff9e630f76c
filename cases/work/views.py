"""What people write in a dossier: contacts, notes, steps, problems, involved organisations."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from cases.acting.access import owner_of_task
from cases.acting.doors import must_be_ours
from cases.acting.matrix import Act
from cases.dossier import access
from cases.dossier.access import colleagues_for
from cases.dossier.forms import done_too, form_with_draft, saved, show_form, too_late
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow
from cases.dossier.saving import Twice
from cases.goals.models import Goal
from cases.sight.doors import back_to, with_course, workable_case
from cases.sight.seats import sight_of
from cases.talks.acts import OVER
from cases.talks.models import Talk
from cases.work import acts
from cases.work.forms import ContactForm, DoneForm, NoteForm, ProblemsForm, TaskForm, WithdrawForm
from cases.work.models import Contact, Note
from cases.work.withdrawing import may_withdraw, withdraw
from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.people.roles import Right
from thuiszitters.core.words import long_date

WITHDRAWN = "Deze tekst is intussen ingetrokken of verplaatst."


@signed_in(Right.CASE_WORK, methods=FORM)
def contact(request, number, pk=None):
    """With whom did you speak, and what did they say?"""
    case = workable_case(request, number)
    if gone := _gone(request, case, Contact, pk):
        return gone
    instance = _entry(Contact, case, pk, request.user)

    def make(data, initial):
        return ContactForm(data, instance=instance, initial=initial, case=case, sight=sight_of(case, request.user))

    return _entry_page(request, case, make, "Contact vastleggen", "Contact bewaard.")


@signed_in(Right.CASE_WORK, methods=FORM)
def contact_of_talk(request, number, pk):
    """What was said in a talk that was planned: who and when stand there already."""
    case = with_course(request, number)
    row = get_object_or_404(case.talks.select_related("task__owner_organisation").prefetch_related("guardians"), pk=pk)
    row.task.case = case
    must_be_ours(request, Act.FINISH_TASK, owner_of_task(row.task, case), case)
    if not row.is_open:
        messages.warning(request, OVER)
        return redirect("talk", number=number, pk=pk)
    instance = _entry(Contact, case, None, request.user)
    about = _said_in(row)

    def make(data, initial):
        sight = sight_of(case, request.user)
        return ContactForm(data, instance=instance, initial=about | initial, case=case, sight=sight)

    return _entry_page(request, case, make, "Gesprek vastleggen", "Contact bewaard.", told=row)


def _said_in(talk: Talk) -> dict:
    """What a planned talk says about the contact."""
    guardians = list(talk.guardians.all())
    about = {"on": min(talk.on, timezone.localdate()), "channel": Contact.Channel.TALK}
    if guardians:
        return about | {"who": Contact.Who.PARENT, "guardian": guardians[0]}
    return about | ({"who": Contact.Who.CHILD} if talk.child else {"name": talk.name})


@signed_in(Right.CASE_WORK, methods=FORM)
def note(request, number, pk=None):
    case = workable_case(request, number)
    if gone := _gone(request, case, Note, pk):
        return gone
    instance = _entry(Note, case, pk, request.user)

    def make(data, initial):
        return NoteForm(data, instance=instance, initial=initial, case=case, sight=sight_of(case, request.user))

    return _entry_page(request, case, make, "Notitie schrijven", "Notitie bewaard.")


@signed_in(Right.CASE_WORK, methods=FORM)
def withdraw_contact(request, number, pk):
    return _withdraw(request, number, Contact, pk)


@signed_in(Right.CASE_WORK, methods=FORM)
def withdraw_note(request, number, pk):
    return _withdraw(request, number, Note, pk)


def _withdraw(request, number, model, pk):
    """Written in the wrong dossier: taken back with a reason, or moved."""
    case = workable_case(request, number)
    entry = get_object_or_404(model.objects.select_related("organisation"), pk=pk, case=case)
    entry.case = case
    if not sight_of(case, request.user).can_read(entry):
        raise Http404
    if not may_withdraw(entry, case, request.user):
        raise PermissionDenied
    form = WithdrawForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            to = form.cleaned_data["to"]
            withdraw(entry, because=form.cleaned_data["because"], to=to, by=request.user)
            where = f" De tekst staat nu in dossier {to.number}." if to else " Er staat een regel op die plek."
            messages.success(request, f"Ingetrokken.{where}")
            return back_to(number, "verloop")
        except NotNow as problem:
            form.add_error(None, str(problem))
    title = "Contact intrekken of verplaatsen" if model is Contact else "Notitie intrekken of verplaatsen"
    note = (
        "De tekst verdwijnt uit dit dossier en nieuwe papieren. Was er een gesprek mee gedaan, dan staat dat weer open."
    )
    context = {"case": case, "form": form, "title": title, "button": "Intrekken", "note": note}
    return show_form(request, "cases/dossier/form.html", context)


def _gone(request, case: Case, model, pk):
    """What the writer still typed in a text that was taken back or moved meanwhile, to copy."""
    if request.method != "POST" or pk is None or model.objects.filter(pk=pk, case=case).exists():
        return None
    mine = model._base_manager.filter(pk=pk, by=request.user).exists()
    return too_late(request, case, WITHDRAWN, reverse("case", args=[case.number])) if mine else None


def _entry(model, case: Case, pk, user):
    """A new row, or one that this user may change."""
    if pk is None:
        return model(case=case, by=user, organisation=access.own_organisation(case, user))
    entry = get_object_or_404(model.objects.select_related("organisation"), pk=pk, case=case)
    if not sight_of(case, user).can_read(entry):
        raise Http404
    if not access.can_edit_entry(entry, case, user):
        raise PermissionDenied
    entry.case = case
    return entry


def _entry_page(request, case, make, title, done, told=None):
    form, draft = form_with_draft(request, make)
    if request.method == "POST" and form.is_valid():
        try:
            agreed_on = form.cleaned_data.get("agreed_on")
            answered = acts.save_entry(form.save(), by=request.user, agreed_on=agreed_on, told=told)
            saved(request)
            as_step = f" De afspraak van {long_date(agreed_on)} staat op de lijst." if agreed_on else ""
            messages.success(request, done + as_step + done_too(answered))
            return redirect("case", number=case.number)
        except Twice as problem:
            return _once(request, case, problem)
        except NotNow as problem:
            if form.instance.pk and not type(form.instance).objects.filter(pk=form.instance.pk).exists():
                return too_late(request, case, WITHDRAWN, reverse("case", args=[case.number]), form)
            form.add_error(None, str(problem))
            form.look_again()
    context = {"case": case, "form": form, "title": title, "button": "Bewaren", "typing": True}
    if form.instance.pk:
        route = "contact-withdraw" if isinstance(form.instance, Contact) else "note-withdraw"
        context["withdraw"] = reverse(route, args=[case.number, form.instance.pk])
    return show_form(request, "cases/dossier/form.html", context, draft=draft)


def _once(request, case, problem: Twice):
    """The same was sent again: it is there, once."""
    saved(request)
    messages.warning(request, str(problem))
    return redirect("case", number=case.number)


@signed_in(Right.CASE_WORK, methods=FORM)
def task(request, number, pk=None):
    """What must happen next, by whom, before when?"""
    case = with_course(request, number)
    instance = get_object_or_404(Task, pk=pk, case=case, done_on=None) if pk else Task(case=case, by=request.user)
    if pk:
        must_be_ours(request, Act.EDIT_TASK, owner_of_task(instance, case), case)
        if talk := _talk_of(instance, case):  # it is moved there, with its time and place
            return redirect("talk", number=number, pk=talk.pk)
        if goal := _goal_of(instance, case):
            return redirect("goal-edit", number=number, pk=goal.pk)
    form = TaskForm(
        request.POST or None,
        instance=instance,
        case=case,
        colleagues=colleagues_for(request.user, case),
        initial={} if pk else _proposed_owner(case, request.user),
    )
    if request.method == "POST" and form.is_valid():
        try:
            acts.save_task(form.save(commit=False), by=request.user)
            messages.success(request, "Volgende stap bewaard.")
            return redirect("case", number=number)
        except Twice as problem:
            return _once(request, case, problem)
        except NotNow as problem:
            form.add_error(None, str(problem))
    title = "Stap wijzigen" if pk else "Volgende stap"
    return show_form(
        request, "cases/dossier/form.html", {"case": case, "form": form, "title": title, "button": "Bewaren"}
    )


def _talk_of(task: Task, case: Case) -> Talk | None:
    return case.talks.filter(task=task).first() if task.kind == Task.Kind.TALK else None


def _goal_of(task: Task, case: Case) -> Goal | None:
    return case.goals.filter(task=task).first() if task.kind == Task.Kind.GOAL else None


def _proposed_owner(case: Case, user) -> dict:
    """Who a new step is for when nobody says otherwise: the handler, for a partner its own organisation."""
    if access.is_municipal_side(case, user):
        return {"owner": case.handler_id}
    return {"owner_organisation": access.own_organisation(case, user)}


@signed_in(Right.CASE_WORK, methods=FORM)
def task_done(request, number, pk):
    case = with_course(request, number)
    row = get_object_or_404(case.tasks.select_related("owner_organisation"), pk=pk)
    row.case = case
    must_be_ours(request, Act.FINISH_TASK, owner_of_task(row, case), case)
    if talk := _talk_of(row, case):  # what was said is a contact, and that is its outcome
        return redirect("contact-of-talk", number=number, pk=talk.pk)
    if goal := _goal_of(row, case):  # how it goes is said of the goal
        return redirect("goal-review", number=number, pk=goal.pk)
    form = DoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.finish_task(row, outcome=form.cleaned_data["outcome"], by=request.user)
            messages.success(request, "Stap afgerond. Wat is de volgende stap?")
            return redirect("task", number=number)
        except NotNow as problem:
            messages.warning(request, str(problem))
            return redirect("case", number=number)
    context = {"case": case, "form": form, "title": f"Gedaan: {row.title}", "button": "Afronden"}
    return show_form(request, "cases/dossier/form.html", context)


@signed_in(Right.CASE_WORK, methods=FORM)
def problem_list(request, number):
    """What plays a role in this dossier; usually several things at once."""
    case, user = workable_case(request, number), request.user
    own, sight = access.acting_organisation(case, user), sight_of(case, user)
    rows = case.problems.filter(until=None, organisation=own).select_related("organisation")
    # What the user may not tick is not unticked either.
    running = [p for p in rows if sight.can_read(p) and sight.writes_in(p.part)]
    form = ProblemsForm(
        request.POST or None,
        sight=sight,
        initial={
            "codes": [p.code for p in running],
            "primary": next((p.code for p in running if p.primary), ""),
            "shared": any(p.shared for p in running),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            acts.save_problems(case, own, running, form.cleaned_data, by=user)
            messages.success(request, "Bewaard wat er speelt.")
            return back_to(number, "plan")
        except NotNow as problem:
            form.add_error(None, str(problem))
    context = {"case": case, "form": form, "title": "Wat speelt er?", "button": "Bewaren", "wide": True}
    return show_form(request, "cases/work/problems.html", context)
