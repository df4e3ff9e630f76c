"""Searching, and suggestions while typing. What is sought never stands in an address or a log."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.finding.presentation import rows_of, school_list, suggestions_of
from cases.finding.queries import LINES_READ, find, whole_dossier
from cases.finding.rules import Meaning, meaning_of
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import POST, signed_in
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right

SUGGESTED = 8
SHORTEST = 2


@signed_in(Right.CASE_VIEW, methods=("GET", "HEAD", *POST))
def search(request):
    """Every known child, dossier, report, refused line and school that the text can mean."""
    if request.method != "POST":
        return redirect("worklist")
    user, today = request.user, timezone.localdate()
    meaning = meaning_of(request.POST.get("q", ""), today)
    found = find(user, meaning)
    _log(user, meaning, found)
    if case := whole_dossier(user, meaning):
        return redirect("case", number=case.number)
    context = {
        "text": meaning.text if meaning.may_be_repeated else "",
        "kind": meaning.words,
        "found": found,
        "rows": rows_of(user, found, today),
        "schools": [(school, school_list(school)) for school in found.schools],
        "lines_read": LINES_READ,
        "can_new": Right.PUPIL_EDIT in access_of(user).rights,
    }
    return render(request, "cases/finding/search.html", context)


@signed_in(Right.CASE_VIEW, methods=POST)
def suggest(request):
    """The nearest few, for the list under the field. Each request has its row in the log, as a search has."""
    user, today = request.user, timezone.localdate()
    meaning = meaning_of(request.POST.get("q", ""), today)
    if len(meaning.text) < SHORTEST:
        return JsonResponse({"voorstellen": [], "meer": False})
    found = find(user, meaning, SUGGESTED, lines=False)
    _log(user, meaning, found, while_typing=True)
    shown = suggestions_of(user, found, today)
    lines = [{"naam": s.name, "over": s.about, "adres": s.url} for s in shown[:SUGGESTED] if s.url]
    return JsonResponse({"voorstellen": lines, "meer": found.more or len(shown) > len(lines)})


def _log(user, meaning: Meaning, found, **how) -> None:
    """Whose names are about to be shown, and by what was sought; never what was typed."""
    pupils = [*found.pupils, *(report.pupil_id for report in found.reports)]
    if found.lines:
        how["lines"] = [line.row.pk for line in found.lines]
    log_look(user, "searched", pupils=pupils, by_what=meaning.words, found=len(set(pupils)), **how)
