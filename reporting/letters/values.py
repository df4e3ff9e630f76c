"""What fills the fields of a letter: what the dossier knows, to be changed by who sends it."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.formats import date_format

from cases.claims.models import ExemptionClaim
from cases.clock.presentation import current_school, is_nowhere_enrolled
from cases.decisions.rules import DecisionState
from cases.dossier.access import seat_in
from cases.dossier.models import Case
from cases.meetings.models import Meeting
from cases.parts.matrix import Part
from cases.sight.seats import Sight
from cases.talks.acts import next_of
from leerplicht.law.claims import Ground, decide_by, is_decided
from leerplicht.law.enforcement import duty_article
from reporting.letters.fields import FIELDS
from reporting.letters.texts import LetterKind
from thuiszitters.core.people.roles import Role
from thuiszitters.core.words import birth_date, days, hours, long_date

OF_EXEMPTION = (LetterKind.ONTVANGST, LetterKind.UITKOMST)
# What only the gemeente does by law: investigate, warn, share its dossier, close it.
OF_GEMEENTE = (LetterKind.ONDERZOEK, LetterKind.DELEN, LetterKind.WAARSCHUWING, LetterKind.AFSLUITING)
# What is asked of an organisation for a decision alone.
OF_OBJECTION = ("bezwaar_adres", "bezwaar_digitaal")
# What comes from the dossier, the sender and the reader; the rest of the fields of a letter is asked.
KNOWN = (
    "aanhef",
    "ontvanger_naam",
    "ontvanger_adres",
    "kind_naam",
    "kind_voornaam",
    "kind_geboren",
    "gemeente",
    "organisatie",
    "afzender_naam",
    "afzender_functie",
    "datum",
    "dossier",
    "aan_jongere",
    "beroep_wet",
    "beroep_besluit",
    "beroep_ingetrokken",
    "beroep_elk_jaar",
    "beroep_uiterlijk",
    "bestuursorgaan",
    "namens",
    "plicht",
)
# Where an address is secret, who writes decides whether the reader may know these.
PLACES = ("school", "overleg_plek", "besluit_plek")
LONG = ("toelichting", "besluit_reden", "beroep_uitkomst", "beroep_reden", "overleg_vraag", "opschaling_vraag")

# By the article in which the duty stands (leerplicht.law.enforcement.duty_article).
DUTIES: dict[str, str] = {
    "2": (
        "Ouders zorgen ervoor dat hun kind op een school is ingeschreven en naar school gaat (artikel 2 van de "
        "Leerplichtwet)."
    ),
    "2 lid 3": "Vanaf 12 jaar moet u ook zelf zorgen dat u naar school gaat (artikel 2, lid 3, van de Leerplichtwet).",
    "4a": (
        "Een jongere volgt onderwijs tot een startkwalificatie of tot de achttiende verjaardag. Ouders zorgen ervoor "
        "dat dit gebeurt (artikel 4a van de Leerplichtwet)."
    ),
    "4c": (
        "Tot u een startkwalificatie hebt of 18 jaar wordt, moet u onderwijs volgen. Dat is uw eigen plicht "
        "(artikel 4c van de Leerplichtwet). Een startkwalificatie is een diploma van havo, vwo of mbo vanaf niveau 2."
    ),
}
NO_DUTY = (
    "Voor dit kind geldt nu geen leerplicht of kwalificatieplicht, of er loopt een vrijstelling. Een waarschuwing kan "
    "dan niet."
)

OUTCOMES: dict[str, str] = {
    ExemptionClaim.State.VALID: "Het beroep is terecht. De vrijstelling geldt",
    ExemptionClaim.State.INVALID: "Het beroep is niet terecht. De vrijstelling geldt niet.",
    ExemptionClaim.State.GRANTED: "Wij stemmen in met de aanvraag. Dat geldt",
    ExemptionClaim.State.REFUSED: "Wij stemmen niet in met de aanvraag.",
    ExemptionClaim.State.WITHDRAWN: "Het beroep of de aanvraag is ingetrokken.",
}


def asked_for(used: Collection[str], details: Collection[str] = ()) -> list[str]:
    """Which of the fields that a template uses are asked of who sends the letter, in the order of FIELDS. `details`:
    what the organisation filled in once."""
    return [name for name in FIELDS if name in used and name not in KNOWN and name not in details]


def part_of(kind: LetterKind) -> Part:
    if kind == LetterKind.WAARSCHUWING:
        return Part.HANDHAVING
    return Part.VRIJSTELLING if kind in OF_EXEMPTION else Part.VERLOOP


def known(case: Case, organisation, by, recipients: list[str], address: str, *, youth: bool = False) -> dict[str, str]:
    """What no one has to type. `youth`: the letter is to the young person."""
    pupil = case.pupil
    seat = seat_in(case, by)
    names = " en ".join(recipients)
    return {
        "aanhef": f"Geachte {names}",
        "ontvanger_naam": names,
        "ontvanger_adres": address,
        "kind_naam": pupil.name,
        "kind_voornaam": pupil.first_names.split(" ")[0] or pupil.last_name,
        "kind_geboren": birth_date(pupil.born, pupil.born_known),
        "gemeente": case.municipality.name,
        "organisatie": organisation.name,
        "afzender_naam": by.short_name,
        "afzender_functie": Role(seat.role).label if seat else "",
        "datum": long_date(timezone.localdate()),
        "dossier": case.number,
        "aan_jongere": "ja" if youth else "",
        "plicht": duty_of(case, youth=youth),
    }


def duty_of(case: Case, *, youth: bool = False) -> str:
    """The duty that the law puts on the parents, or on the young person, today; empty when there is none."""
    today, pupil = timezone.localdate(), case.pupil
    article = duty_article(pupil.obligation_on(today), youth=youth, on=today, born=pupil.born)
    return DUTIES[article] if article else ""


def claims_for(case: Case, kind: LetterKind) -> list[ExemptionClaim]:
    """About which of the claims of a dossier this letter can be, the newest first: an outcome is there only when one
    was judged."""
    rows = list(case.claims.all())[::-1]
    return [row for row in rows if kind != LetterKind.UITKOMST or not row.is_open]


def of_claim(row: ExemptionClaim | None, kind: LetterKind) -> dict[str, str]:
    """What stands in a letter about this claim, and what does not. Of article 5 there is no decision and nothing to
    object to (domain 1.9), and of what was withdrawn neither. A new claim each year is not asked of who has a statement
    that says it is for ever."""
    ground = Ground(row.ground) if row else None
    ended = row is not None and row.state == ExemptionClaim.State.WITHDRAWN
    by_law = ground is not None and not is_decided(ground) and not ended
    decided = row is not None and (row.has_decision if kind == LetterKind.UITKOMST else row.is_decided and not ended)
    again = row is not None and by_law and row.state == ExemptionClaim.State.VALID and not row.permanent
    last = decide_by(ground, row.received_on) if row and ground and decided else None
    return {
        "beroep_uiterlijk": long_date(last) if last else "",
        "bestuursorgaan": _organ(row.case, ground) if row and ground and decided else "",
        "namens": _signed_for(row.case, ground) if row and ground and decided and kind == LetterKind.UITKOMST else "",
        "beroep_wet": _yes(by_law),
        "beroep_besluit": _yes(decided),
        "beroep_ingetrokken": _yes(ended),
        "beroep_elk_jaar": _yes(again),
    }


def _organ(case: Case, ground: Ground) -> str:
    """Which organ decides, and to which one objects (Awb 3:45): on leave the leerplichtambtenaar, else the college."""
    if ground == Ground.LEAVE:
        return f"de leerplichtambtenaar van de gemeente {case.municipality.name}"
    return f"burgemeester en wethouders van {case.municipality.name}"


def _signed_for(case: Case, ground: Ground) -> str:
    """For whom a decision is signed (Awb 10:10); the leerplichtambtenaar decides on leave in the own name."""
    return "" if ground == Ground.LEAVE else f"Namens {_organ(case, ground)}"


def _yes(on: bool) -> str:
    return "ja" if on else ""


def suggested(
    case: Case, used: Collection[str], by, sight: Sight, claim: ExemptionClaim | None = None
) -> dict[str, str]:
    """What the dossier says for the fields that are asked (`used`), to who sees this much of it.
    `claim`: what the letter is about."""
    today = timezone.localdate()
    result = case.get_result_display() if case.result and sight.sees_result(case.result) else ""
    values = {
        "afzender_email": by.email,
        "school": _school(case, today),
        "thuis_sinds": long_date(case.home_since),
        "dagen_thuis": days((today - case.home_since).days) if case.home_since else "",
        "uitkomst": result,
        "gegevens_naar": "de school en de Dienst Uitvoering Onderwijs (DUO)",
    }
    sources = [
        *((_talk, _meeting, _share, _review, _decision) if sight.course else ()),
        *((_return, _source) if sight.absence else ()),
    ]
    for source in sources:
        values |= source(case)
    if claim and sight.exemption == "write":
        values |= _claim(claim)
    if case.pupil.secret_address:
        values |= dict.fromkeys(PLACES, "")
    return {name: values.get(name, "") for name in used}


def _source(case: Case) -> dict:
    """From whom we heard that the child is at home: the school of the last report. Else who writes knows it."""
    row = case.pupil.reports.select_related("school").order_by("pk").last()
    return {"gehoord_van": f"de school {row.school.name}, in een verzuimmelding"} if row else {}


def _school(case: Case, today) -> str:
    """Empty when unknown: a letter says nothing that nobody knows."""
    if is_nowhere_enrolled(case.pupil, today):
        return "geen school"
    school = current_school(case.pupil)
    return school.name if school else ""


def _meeting(case: Case) -> dict:
    """The next one."""
    planned = case.meetings.filter(state=Meeting.State.PLANNED, starts_at__gte=timezone.now()).order_by("starts_at")
    row = planned.prefetch_related("people__organisation").first()
    if not row:
        return {}
    start, end = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    there = ", ".join(dict.fromkeys(p.short for p in row.people.all()))
    return {
        "overleg_datum": date_format(start, "l j F Y"),
        "overleg_tijd": f"{start:%H.%M} tot {end:%H.%M} uur",
        "overleg_plek": row.place,
        "overleg_deelnemers": there,
        "overleg_vraag": row.question,
    }


def _talk(case: Case) -> dict:
    """The next one, as it was planned."""
    row = next_of(case, timezone.now())
    if not row:
        return {}
    start = timezone.localtime(row.starts_at)
    return {
        "afspraak_datum": date_format(start, "l j F Y"),
        "afspraak_tijd": f"{start:%H.%M} uur",
        "afspraak_plek": row.place,
    }


def _share(case: Case) -> dict:
    row = case.involvements.running().select_related("organisation").last()
    if not row:
        return {}
    until = f"{long_date(row.until)}" if row.until else "zolang het dossier open is"
    return {
        "gedeeld_met": row.organisation.name,
        "gedeeld_wat": ", ".join(row.part_words),
        "gedeeld_grond": row.get_ground_display(),
        "gedeeld_tot": until,
    }


def _review(case: Case) -> dict:
    row = case.reviews.select_related("to_organisation").last()
    return {"opschaling_aan": row.to_organisation.name, "opschaling_vraag": row.question} if row else {}


def _decision(case: Case) -> dict:
    row = case.decisions.filter(state=DecisionState.ONDERTEKEND).select_related("school").last()
    if not row:
        return {}
    return {
        "besluit_nummer": row.number,
        "besluit_datum": long_date(timezone.localdate(row.signed_at)),
        "besluit_plek": row.place,
        "besluit_start": long_date(row.start_on) or "nog niet bekend",
        "besluit_uren": f"{hours(row.hours_start)} per week" if row.hours_start else "",
        "besluit_reden": row.because,
    }


def _claim(row: ExemptionClaim) -> dict:
    return {
        "beroep_grond": row.get_ground_display().replace("art. ", "artikel "),
        "beroep_ontvangen": long_date(row.received_on),
        "beroep_uitkomst": _came_of(row),
        "beroep_reden": row.because,
    }


def _came_of(row: ExemptionClaim) -> str:
    """In words that fit parents and young person alike; what holds with its days."""
    said = OUTCOMES.get(row.state, "")
    if not row.is_positive:
        return said
    until = f"tot en met {long_date(row.last_day)}" if row.last_day else "zonder einddatum"
    return f"{said} vanaf {long_date(row.first_day)} {until}."


def _return(case: Case) -> dict:
    """Not one that went wrong: when the child is at home, only a day since then."""
    rows = case.pupil.returns.order_by("first_day")
    row = (rows.filter(first_day__gt=case.home_since) if case.home_since else rows).last()
    return {"eerste_schooldag": long_date(row.first_day)} if row else {}


# For the preview of a template: invented, and nobody's.
DEMONSTRATION: dict[str, str] = {name: f"[{name}]" for name in FIELDS} | {
    "aanhef": "Geachte A. de Vries",
    "ontvanger_naam": "A. de Vries",
    "ontvanger_adres": "Voorbeeldstraat 1\n3431 ZZ Nieuwegein",
    "kind_naam": "Robin de Vries",
    "kind_voornaam": "Robin",
    "kind_geboren": "5 oktober 2012",
    "gemeente": "Nieuwegein",
    "organisatie": "Gemeente Nieuwegein",
    "afzender_naam": "M. Voorbeeld",
    "afzender_functie": "leerplichtambtenaar",
    "afzender_telefoon": "030 000 00 00",
    "afzender_email": "m.voorbeeld@voorbeeld.test",
    "datum": "25 november 2026",
    "dossier": "TZ-0000-2026-0001",
    "school": "De Lindeboom",
    "thuis_sinds": "15 oktober 2026",
    "dagen_thuis": "41 dagen",
    "afspraak_datum": "maandag 7 december 2026",
    "afspraak_tijd": "14.00 uur",
    "afspraak_plek": "Stadskantoor, kamer 1",
    "toelichting": "Hier staat wat u zelf nog schrijft.",
    "aan_jongere": "",
    "beroep_wet": "ja",
    "beroep_besluit": "ja",
    "beroep_ingetrokken": "",
    "beroep_elk_jaar": "ja",
    "beroep_uiterlijk": "28 december 2026",
    "bestuursorgaan": "burgemeester en wethouders van Nieuwegein",
    "namens": "",
    "plicht": DUTIES["2"],
    "gehoord_van": "de school De Lindeboom, in een verzuimmelding",
    "gegevens_naar": "de school en de Dienst Uitvoering Onderwijs (DUO)",
    "bezwaar_adres": "Postbus 1, 3430 AA Nieuwegein",
    "bezwaar_digitaal": "www.voorbeeld.test/bezwaar",
    "fg_naam": "F. Voorbeeld",
    "fg_adres": "fg@voorbeeld.test",
    "privacyverklaring": "www.voorbeeld.test/privacy",
    "bewaartermijn": "tot 19 jaar na de geboorte van het kind",
}
