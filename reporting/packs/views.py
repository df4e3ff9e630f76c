"""Packs for a Thuiszitterstop: order one, see how far it is, break it off, fetch it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.stops.doors import own_stop
from cases.stops.queries import rows_for
from reporting.dossiers.coarse import FEW, alike, kind_of, pack_in_words
from reporting.packs import acts
from reporting.packs.forms import PackForm
from reporting.packs.models import Pack
from reporting.papers.doors import as_file
from reporting.papers.models import Paper
from thuiszitters.core.files.keeping import FileDamaged
from thuiszitters.core.pages.doors import FORM, POST, signed_in
from thuiszitters.core.people.roles import Right

TYPES = {"pdf": "application/pdf", "zip": "application/zip"}


def _rows(request, stop):
    papers = Paper.objects.visible_to(request.user)
    return stop.packs.filter(paper__in=papers).select_related("paper__by", "job", "file", "partner")


@signed_in(Right.EXPORT, methods=FORM)
def packs(request, pk):
    """Which packs are there, how far are they, and a new one."""
    stop = own_stop(request, pk)
    form = PackForm(request.POST or None, stop=stop, user=request.user)
    if request.method == "POST" and form.is_valid() and (reader := form.reader):
        data = form.cleaned_data
        try:
            acts.ask(
                stop,
                level=reader.variant,
                recipient=data["recipient"],
                partner=reader.partner,
                form=data["form"],
                password=data["password"],
                purpose=f"Thuiszitterstop {stop.region.name}, {stop.on:%d-%m-%Y}",
                by=request.user,
            )
            messages.success(request, "De stapel wordt gemaakt. U kunt intussen verder werken.")
            return redirect("packs", pk=pk)
        except NotNow as problem:
            form.add_error(None, str(problem))
    rows, hidden = rows_for(stop, request.user)
    packs = list(_rows(request, stop))
    context = {
        "stop": stop,
        "form": form,
        "many": len(rows),
        "hidden": hidden,
        "careful": _how_few(rows, request.user),
        "rows": packs,
        "going_on": any(p.is_going_on for p in packs),
    }
    template = "reporting/packs/packs.html#list" if getattr(request, "htmx", False) else "reporting/packs/packs.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _how_few(rows, user) -> str:
    """How many of the children could be recognised without a name, among those that this user sees."""
    cases, today = [item.row.case for item in rows if item.row.case.home_since], timezone.localdate()
    there = Case.objects.visible_to(user).open().filter(municipality__in={case.municipality_id for case in cases})
    many = alike(there.select_related("pupil"), today)
    return pack_in_words(sum(many[kind_of(case, today)] < FEW for case in cases))


def _pack(request, pk, pack) -> Pack:
    return get_object_or_404(_rows(request, own_stop(request, pk)), pk=pack)


@signed_in(Right.EXPORT)
def pack_file(request, pk, pack):
    """The file itself, for who may take along every dossier in it now."""
    row = _pack(request, pk, pack)
    try:
        content = acts.fetch(row, by=request.user)
    except (NotNow, FileDamaged) as problem:
        messages.error(request, str(problem))
        return redirect("packs", pk=pk)
    return as_file(content, f"stapel-{row.paper.number}", TYPES[row.extension], row.extension)


@signed_in(Right.EXPORT, methods=POST)
def pack_cancel(request, pk, pack):
    return _done(request, pk, pack, acts.cancel, "De stapel is afgebroken.")


@signed_in(Right.EXPORT, methods=POST)
def pack_retry(request, pk, pack):
    return _done(request, pk, pack, acts.try_again, "De stapel wordt opnieuw gemaakt.")


def _done(request, pk, pack, act, said: str):
    try:
        act(_pack(request, pk, pack))
        messages.success(request, said)
    except NotNow as problem:
        messages.warning(request, str(problem))
    return redirect("packs", pk=pk)
