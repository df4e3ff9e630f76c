"""Writing the log of acts and looks. "No log, no look": when the row cannot be written, nothing is shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import structlog
from django.db import DatabaseError

from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.roles import Role


class LogUnavailable(Exception):
    """The row could not be written, so nothing may be shown or done: the visitor gets a page that says so (503)."""


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody without an account who was let in: a parent, a child. `organisation_id`: which let that person in, in
    whose log the row stands."""

    role: str
    organisation_id: int
    purpose: str


REFUSED = AuditEvent.Result.REFUSED
SYSTEM = "uitvoering door de toepassing zelf"
# What the controller reads; a test holds this list against the calls.
ACTIONS = {
    "taken_over": "dossiers uit een ander systeem overgenomen",
    "takeover_accepted": "bestand uit een ander systeem laten overnemen",
    "takeover_uploaded": "bestand uit een ander systeem aangeboden",
    "stop_saved": "Thuiszitterstop bewaard",
    "stop_viewed": "Thuiszitterstop bekeken",
    "stop_cases_added": "dossiers op de agenda van een Thuiszitterstop gezet",
    "stop_case_off": "dossier van de agenda van een Thuiszitterstop gehaald",
    "stop_minutes": "Thuiszitterstop: besproken en afgesproken",
    "stop_candidates": "dossiers gekozen voor een stop",
    "pack_asked": "stapel voor een Thuiszitterstop besteld",
    "pack_made": "stapel gemaakt",
    "pack_fetched": "stapel opgehaald",
    "letter_kept": "brief gemaakt",
    "letter_sent": "vastgelegd dat een brief is verstuurd",
    "letter_fetched": "brief opgehaald",
    "letters_viewed": "brieven bekeken",
    "template_saved": "sjabloon van een brief bewaard",
    "letter_details_saved": "gegevens voor brieven bewaard",
    "papers_listed": "lijst met papieren bekeken",
    "region_printed": "agenda van de regio als PDF gemaakt",
    "enforcement_ended": "handhavingsstap afgerond",
    "enforcement_saved": "handhavingsstap bewaard",
    "enforcement_viewed": "handhaving bekeken",
    "claim_judged": "beroep op vrijstelling of aanvraag beoordeeld",
    "claim_saved": "beroep op vrijstelling of aanvraag bewaard",
    "claim_viewed": "beroep op vrijstelling of aanvraag bekeken",
    "exemptions_listed": "lijst met vrijstellingen bekeken",
    "decision_moved": "stand van een doorzettingsbesluit gewijzigd",
    "decision_requested": "doorzettingsbesluit gevraagd",
    "decision_saved": "doorzettingsbesluit bijgewerkt",
    "decision_viewed": "doorzettingsbesluit bekeken",
    "decisions_listed": "doorzettingsbesluiten bekeken",
    "decision_printed": "brief van een doorzettingsbesluit gemaakt",
    "decision_signed": "doorzettingsbesluit getekend",
    "decision_told": "vastgelegd dat een besluit is verteld",
    "lead_ended": "regie terug naar de gemeente",
    "lead_taken": "regie overgenomen",
    "look_again_saved": "gezien, later opnieuw kijken",
    "review_assigned": "opschaling verdeeld",
    "review_moved": "opschaling behandeld",
    "review_proposed": "opschaling voorgesteld",
    "review_viewed": "opschaling bekeken",
    "reviews_listed": "opschalingen bekeken",
    "attachment_added": "bijlage toegevoegd",
    "attachment_closed": "bijlage afgesloten: er zit een virus in",
    "attachment_fetched": "bijlage opgehaald",
    "attachment_refused": "bijlage geweigerd: er zit een virus in",
    "attachment_saved": "gegevens van een bijlage gewijzigd",
    "attachment_withdrawn": "bijlage ingetrokken",
    "barrier_saved": "belemmering bewaard",
    "barrier_solved": "belemmering opgelost",
    "dispute_saved": "bezwaar, klacht of geschil bewaard",
    "dispute_ended": "uitkomst van een bezwaar, klacht of geschil vastgelegd",
    "dispute_corrected": "uitkomst van een bezwaar, klacht of geschil verbeterd",
    "action_point_saved": "actiepunt van de regio bewaard",
    "agenda_ended": "geheim adres van een agenda beëindigd: niet meer gebruikt, of geen rol meer",
    "agenda_made": "geheim adres voor de eigen agenda gemaakt",
    "agenda_renewed": "geheim adres voor de eigen agenda vernieuwd; het oude stopt",
    "agenda_stopped": "geheim adres voor de eigen agenda gestopt",
    "agreement_ended": "afspraak van de regio beëindigd",
    "agreement_saved": "afspraak van de regio bewaard",
    "ladder_agreed": "stappenplan van de regio vastgesteld",
    "ladder_previewed": "gevolgen van een stappenplan bekeken",
    "ladder_saved": "concept van een stappenplan bewaard",
    "ladder_withdrawn": "stappenplan teruggenomen of weggehaald",
    "absence_ended": "afwezigheid beëindigd",
    "absence_saved": "afwezigheid vastgelegd",
    "case_assigned": "dossier toegewezen",
    "case_moved": "stand van het dossier gewijzigd",
    "case_viewed": "dossier bekeken",
    "cases_opened": "dossier geopend",
    "cases_reopened": "dossier heropend: het kind is weer thuis",
    "clocks_listed": "kinderen bekeken van wie de klok loopt zonder open dossier",
    "closing_answered": "voorstel om af te sluiten beantwoord",
    "closing_proposal_viewed": "voorstel om af te sluiten bekeken",
    "closing_proposals_listed": "voorstellen om af te sluiten bekeken",
    "closing_proposed": "voorgesteld om af te sluiten terwijl de klok loopt",
    "consent_given": "toestemming vastgelegd",
    "consent_withdrawn": "toestemming ingetrokken",
    "contact_saved": "contact bewaard",
    "digest_saved": "keuze voor berichten bewaard",
    "digest_sent": "bericht verstuurd dat er iets wacht",
    "dossier_printed": "PDF van het dossier gemaakt",
    "division_undone": "verdeling van dossiers teruggedraaid",
    "division_form": "dossiers bekeken om te verdelen",
    "division_viewed": "verdeling bekeken",
    "dossiers_divided": "dossiers verdeeld",
    "duplicates_shown": "mogelijke dubbele leerlingen getoond",
    "emergency_opened": "noodtoegang gebruikt",
    "entry_form": "formulier van het dossier geopend",
    "fact_form": "gegeven van de leerling geopend",
    "fact_removed": "gegeven van de leerling weggehaald",
    "fact_saved": "gegeven van de leerling bewaard",
    "file_accepted": "bestand met meldingen laten inlezen",
    "file_uploaded": "bestand met meldingen aangeboden",
    "guardian_form": "ouder of verzorger geopend",
    "guardian_saved": "ouder of verzorger bewaard",
    "handed_over": "dossier overgenomen van een andere gemeente",
    "identities_listed": "lijst met vragen wie een kind is bekeken",
    "identity_said": "gezegd of een gemeld kind het bekende kind is",
    "pupils_joined": "twee rijen van een kind samengevoegd",
    "joining_undone": "samenvoeging ongedaan gemaakt",
    "joining_previewed": "voorbeeld van een samenvoeging bekeken",
    "identity_viewed": "vraag wie een kind is bekeken",
    "history_viewed": "geschiedenis bekeken",
    "involvement_ended": "betrokkenheid beëindigd",
    "log_searched": "logboek bekeken",
    "invitations_listed": "uitnodigingen voor een overleg bekeken",
    "meeting_answered": "gezegd wie naar een overleg komt",
    "meeting_cancelled": "overleg afgezegd",
    "meeting_changed": "overleg gewijzigd",
    "meeting_held": "overleg vastgelegd",
    "entry_withdrawn": "tekst ingetrokken of verplaatst",
    "entry_moved_here": "tekst uit een ander dossier hierheen verplaatst",
    "labels_saved": "labels bewaard",
    "risk_level_saved": "lijst van risiconiveaus aangepast",
    "risk_saved": "risico ingeschat",
    "professional_saved": "iemand die met het kind werkt bewaard",
    "goal_saved": "doel bewaard",
    "goal_reviewed": "gekeken hoe het met een doel gaat",
    "opinion_recorded": "vastgelegd wat iemand van het plan vindt",
    "siblings_shown": "broers en zussen gezien bij een dossier",
    "sibling_said": "gezegd of een kind broer of zus is",
    "meeting_invitation": "uitnodiging voor een overleg gemaakt",
    "meeting_planned": "overleg gepland",
    "meeting_printed": "PDF van een overleg gemaakt",
    "meeting_viewed": "overleg bekeken",
    "not_enrolled_registered": "nergens ingeschreven kind vastgelegd",
    "note_saved": "notitie bewaard",
    "organisation_involved": "organisatie betrokken",
    "offer_moved": "stand van een aanbod gewijzigd",
    "offer_saved": "aanbod bewaard",
    "offer_viewed": "aanbod bekeken",
    "pause_ended": "pauze van het stappenplan beëindigd",
    "pgn_shown": "volledig BSN of onderwijsnummer getoond",
    "problems_saved": "wat er speelt bewaard",
    "pupil_form": "gegevens van de leerling geopend",
    "pupil_saved": "gegevens van de leerling bewaard",
    "quarantine_listed": "afgekeurde regels bekeken",
    "redivision_cancelled": "herindeling ingetrokken",
    "redivision_carried_out": "herindeling uitgevoerd",
    "redivision_children_viewed": "kinderen bekeken voor wie een nieuwe gemeente gekozen moet worden",
    "redivision_chosen": "nieuwe gemeente van een kind gekozen",
    "redivision_prepared": "herindeling klaargezet",
    "referral_answered": "verzoek beantwoord",
    "referral_sent": "verzoek gedaan",
    "referral_viewed": "verzoek bekeken",
    "referrals_listed": "verzoeken bekeken",
    "refused": "dossier geweigerd",
    "region_counts": "aantallen van de regio bekeken",
    "rejected_line_dropped": "afgekeurde regel vervallen",
    "rejected_line_given": "afgekeurde regel aan een gemeente gegeven",
    "rejected_line_viewed": "afgekeurde regel geopend",
    "report_answered": "school antwoord gegeven op een melding",
    "report_changed": "melding gewijzigd",
    "report_entered": "melding ingevoerd",
    "report_set_aside": "melding afgedaan",
    "report_taken_in": "melding in een dossier opgenomen",
    "report_viewed": "melding bekeken",
    "report_withdrawn": "melding ingetrokken",
    "reports_imported": "meldingen ingelezen",
    "reports_listed": "lijst met meldingen bekeken",
    "searched": "gezocht",
    "schools_dropped": "bestand met scholen niet ingelezen",
    "schools_imported": "scholen ingelezen",
    "schools_uploaded": "bestand met scholen aangeboden",
    "sharing_previewed": "bekeken wat een ander zou zien",
    "step_answered": "stap gedaan door wat is vastgelegd",
    "step_done": "stap van het stappenplan afgerond",
    "proposals_listed": "lijst van voorstellen bekeken",
    "step_proposed": "voorgesteld dat een stap van een ander is gedaan",
    "proposal_answered": "geantwoord op een voorstel",
    "steps_paused": "stappenplan gepauzeerd",
    "talk_cancelled": "gesprek afgezegd",
    "talk_changed": "gesprek gewijzigd",
    "talk_invitation": "agendabestand van een gesprek gemaakt",
    "talk_planned": "gesprek gepland",
    "talk_viewed": "gesprek bekeken",
    "task_done": "stap afgerond",
    "task_saved": "stap bewaard",
    "unusual_viewed": "opvallende inzagen bekeken",
    "worklist": "werkvoorraad bekeken",
    "waiting_viewed": "bekeken wat er wacht",
    "worklist_exported": "werkvoorraad geëxporteerd",
    "family_asked_code": "ouder of kind vroeg een nieuwe code om mee te kijken",
    "family_attachment": "ouder of kind stuurde een document",
    "family_door_saved": "ingesteld of ouders en kinderen meekijken",
    "family_ended": "meekijken van een ouder of kind gestopt",
    "family_entered": "ouder of kind kwam binnen om mee te kijken",
    "family_invited": "ouder of kind uitgenodigd om mee te kijken",
    "family_letter_fetched": "ouder of kind opende een brief",
    "family_locked": "meekijken geblokkeerd: te vaak een verkeerde pincode",
    "family_looks_viewed": "ouder of kind bekeek wie het dossier bekeek",
    "family_refused": "ouder of kind kwam niet binnen: verkeerde pincode",
    "family_said": "ouder of kind schreef een mening",
    "family_viewed": "ouder of kind keek mee",
    "family_people_viewed": "bekeken wie er meekijkt",
}


LOOKED = ("_viewed", "_listed", "_form", "_shown", "_printed", "_previewed", "_fetched", "_searched", "_exported")
LOOKS = {
    "searched",
    "worklist",
    "refused",
    "region_counts",
    "meeting_invitation",
    "talk_invitation",
    "stop_candidates",
    "pack_made",
}


def is_look(action: str) -> bool:
    """Whether an act only looked: it changed nothing."""
    return action.endswith(LOOKED) or action in LOOKS


def log_event(
    action: str,
    *,
    by=None,
    seat: Membership | None = None,
    outsider: Outsider | None = None,
    pupils=(),
    case_number="",
    parts=(),
    purpose="",
    result=AuditEvent.Result.DONE,
    **detail,
) -> AuditEvent:
    """Write one row. `seat`: the membership from which `by` acts; not given: the one that opened the page, else the
    first one. `pupils` are pupil ids, `detail` holds ids, counts and codes only: never names, never a BSN. `purpose`:
    for what, when it is not what the role is for. `outsider`: who did it, when that is nobody with an account."""
    if action not in ACTIONS:
        raise ValueError(f"an action without words: {action}")
    if result not in AuditEvent.Result.values:
        raise ValueError(f"not a result of an act: {result}")
    seat = (seat or seat_of_the_page(by)) if by else None
    who = Outsider(seat.role, seat.organisation_id, Role(seat.role).purpose) if seat else outsider
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    row = AuditEvent(
        user_id=by.pk if by else None,
        role=who.role if who else "",
        organisation_id=who.organisation_id if who else None,
        action=action,
        pupil_ids=sorted(set(pupils)),
        case_number=case_number,
        parts=sorted(str(p) for p in parts),
        purpose=(purpose or (who.purpose if who else SYSTEM))[:100],
        result=result,
        detail=detail,
        request_id=str(request_id),
    )
    try:
        row.save()
    except DatabaseError as problem:
        raise LogUnavailable from problem
    return row


_page_seat: ContextVar[Membership | None] = ContextVar("page_seat", default=None)


@contextmanager
def from_seat(seat: Membership | None) -> Iterator[None]:
    """While a page is answered: from which membership it was opened. Ends with the page."""
    token = _page_seat.set(seat)
    try:
        yield
    finally:
        _page_seat.reset(token)


def seat_of_the_page(user) -> Membership | None:
    """The membership with which the user opened the page that is answered now; outside a page the first one."""
    seat = _page_seat.get()
    return seat if seat and seat.user_id == user.pk else access_of(user).main


def log_look(by, action: str, **about) -> AuditEvent:
    """A look at personal data. Call before the data leave."""
    return log_event(action, by=by, **about)
