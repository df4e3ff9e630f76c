"""What was sent before: a report as the columns of the file once more, and the pupils that a school reported."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from leerplicht.models import AbsenceReport, Pupil
from leerplicht.models.reports import OWN_NUMBER
from leerplicht.names.prefixes import join_name
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User
from thuiszitters.core.sealed.secrets import unseal
from thuiszitters.core.words import birth_code

MOST = 8


def can_be_sent_again(report: AbsenceReport) -> bool:
    """Whether it was typed here, with who it is about kept as it was typed. What the gemeente made of that child plays
    no part: a school that sees a difference would learn it (docs/adr/0029)."""
    return not report.told_by_duo and bool(report.sent_born) and bool(report.sent_sealed or not report.sent_hash)


def as_row(report: AbsenceReport) -> dict[str, str]:
    """The report under the column names of the file, as it was sent. Holds the number of the child: for an act, never
    for a page. ValueError when it cannot be sent again."""
    if not can_be_sent_again(report) or report.sent_born is None:
        raise ValueError(f"melding {report.number} kan niet opnieuw worden gestuurd")
    code = report.school.code
    return {
        "meldingsnummer": report.number,
        "persoonsgebonden_nummer": unseal(report.sent_sealed) if report.sent_sealed else "",
        "achternaam": join_name(report.sent_prefix, report.sent_last_name),
        "voornamen": report.sent_first_names,
        "geboortedatum": birth_code(report.sent_born, report.sent_born_known),
        "gemeentecode": report.municipality_id,
        "brin": code[:4],
        "vestiging": code[4:],
        "begindatum": report.first_day.isoformat(),
        "einddatum": report.last_day.isoformat() if report.last_day else "",
        "verzuimsoort": report.kind,
        "alle_lessen_gemist": _letter(report.all_lessons),
        "verzuimuren": ",".join(f"{day}={hours}" for day, hours in sorted(report.hours.items())),
        "reden": report.reason,
        "actie_school": report.school_action,
        "actie_gemeente_gewenst": _letter(report.action_wanted),
        "toelichting": report.explanation,
        "melder_naam": report.reporter_name,
        "melder_functie": report.reporter_function,
        "melder_telefoon": report.reporter_phone,
        "melder_email": report.reporter_email,
        "status": report.status,
        "datum_mutatie": report.changed_at.isoformat(" "),
    }


def _letter(value: bool) -> str:
    return "J" if value else "N"


@dataclass(frozen=True)
class Reported:
    """Pupils of a school, each by its newest report. `more`: there are others that fit."""

    reports: list[AbsenceReport]
    more: bool


def reported_before(user: User, text: str) -> Reported:
    """Who a school of the user reported, by the number or a part of the name as the school sent them. What the gemeente
    knows of the child plays no part (docs/adr/0029)."""
    schools = access_of(user).schools_with(Right.REPORT_ENTER)
    rows = AbsenceReport.objects.visible_to(user).current().filter(school__code__in=schools, sent_born__isnull=False)
    rows = rows.filter(Q(sent_hash="") | ~Q(sent_sealed=""), number__startswith=OWN_NUMBER)
    found: dict[str, AbsenceReport] = {}
    for report in (
        rows.filter(_fits(text)).select_related("pupil", "school").order_by("-changed_at", "-pk").iterator(200)
    ):
        found.setdefault(report.sent_key, report)
        if len(found) > MOST:
            break
    return Reported(list(found.values())[:MOST], len(found) > MOST)


def _fits(text: str) -> Q:
    try:
        return Q(sent_hash=Pupil.hash_of(text))
    except ValueError:
        return _all_words(text.split())


def _all_words(words: Iterable[str]) -> Q:
    fits = Q()
    for word in words:
        fits &= Q(sent_last_name__icontains=word) | Q(sent_first_names__icontains=word) | Q(sent_prefix__iexact=word)
    return fits
