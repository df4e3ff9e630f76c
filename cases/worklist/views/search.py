import re
from datetime import date, datetime

from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone

from cases.clock.presentation import clock_of, current_school
from cases.dossier.models import Case
from cases.worklist.queries import ListRow, rows_of
from leerplicht.models import Pupil
from leerplicht.names.folding import fold
from leerplicht.names.prefixes import split_prefix
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.pages.doors import POST, signed_in
from thuiszitters.core.pages.forms import DATE_FORMATS
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right

MOST = 50


@signed_in(Right.CASE_VIEW, methods=("GET", "HEAD", *POST))
def search(request):
    """Find a dossier by name, number, date of birth or BSN. What is sought never stands in an address."""
    if request.method != "POST":
        return redirect("worklist")
    text, today = request.POST.get("q", "").replace("\0", "").strip()[:200], timezone.localdate()
    condition, kind = _condition(text, request.user)
    found = Case.objects.visible_to(request.user, urgent=False).filter(condition) if condition else Case.objects.none()
    rows = rows_of(found.order_by("closed_on", "-opened_on")[: MOST + 1], request.user)
    shown, more = rows[:MOST], len(rows) > MOST
    log_look(request.user, "searched", pupils=[r.case.pupil_id for r in shown], by_what=kind, found=len(shown))
    if kind == "dossiernummer" and len(shown) == 1:
        return redirect("case", number=shown[0].case.number)
    context = {
        "text": text if kind in ("naam", "dossiernummer", "geboortedatum") else "",
        "kind": kind,
        "more": more,
        "most": MOST,
        "rows": [_row(row, today) for row in shown],
    }
    return render(request, "cases/worklist/search.html", context)


def _row(row: ListRow, today: date) -> dict[str, object]:
    clock = clock_of(row.case, row.running, today)
    return {"case": row.case, "pupil": row.pupil, "school": current_school(row.pupil), "clock": clock}


def _condition(text: str, user) -> tuple[Q | None, str]:
    """What the text means, and the condition on dossiers that goes with it."""
    if not text:
        return None, "niets"
    if re.fullmatch(r"(?i)tz-\d{4}-\d{4}-\d{1,6}", text):
        start, _, number = text.upper().rpartition("-")
        return Q(number=f"{start}-{int(number):04}"), "dossiernummer"
    if day := _date(text):
        return Q(pupil__born=day), "geboortedatum"
    if re.fullmatch(r"[\d. ]{8,14}", text):
        return _by_pgn(text, user)
    if not fold(text):  # signs only, which every name would begin with
        return None, "niets"
    return _by_name(text) | _by_old_number(text, user), "naam"


def _by_old_number(text: str, user) -> Q:
    """The number of a dossier in the system it was taken over from: known to the own side only."""
    ours = Q(municipality__in=access_of(user).municipalities_with(Right.CASE_WORK))
    return ours & Q(old_number__iexact=text) & ~Q(old_number="")


def _date(text: str) -> date | None:
    for layout in DATE_FORMATS:
        try:
            return datetime.strptime(text, layout).date()
        except ValueError:
            continue
    return None


def _by_pgn(text: str, user) -> tuple[Q | None, str]:
    try:
        number = Q(pupil__pgn_hash=Pupil.hash_of(re.sub(r"[. ]", "", text)))
        # Who may not see a number does not learn by searching whether it is right.
        seen = Q(municipality__in=access_of(user).municipalities_with(Right.PGN_SHOW))
        return number & seen, "BSN of onderwijsnummer"
    except ValueError:
        return None, "geen geldig BSN of onderwijsnummer"


def _by_name(text: str) -> Q:
    """The first word as start of first or last name; with more words also first name and last name in either order."""
    typed = text.replace(",", " ").strip()
    plain = fold(typed)
    last = fold(split_prefix(typed)[1]) or plain
    condition = Q(pupil__search_last__startswith=last) | Q(pupil__search_first__startswith=plain)
    one, _, rest = typed.partition(" ")
    if first := fold(one):
        rest_last, end = fold(split_prefix(rest)[1]), fold(rest).split(" ")[0]
        if rest_last:
            condition |= Q(pupil__search_first__startswith=first, pupil__search_last__startswith=rest_last)
            condition |= Q(pupil__search_last__startswith=first, pupil__search_first__startswith=end)
    return condition
