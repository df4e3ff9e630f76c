"""What the tests of an overleg share: meetings and guests that are not saved yet, and forms as people fill them in."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from cases.dossier.models import Case
from cases.meetings.models import Attendance, Meeting

TODAY = date(2026, 11, 20)  # ten o'clock in the morning


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Amsterdam"))


def draft(case: Case, lekstroom, starts_at=None, **fields) -> Meeting:
    values = {"kind": "mdo", "place": "Online", "question": "Hoe verder?", "ground": "taak"} | fields
    return Meeting(
        case=case,
        organisation=lekstroom.organisations["nieuwegein"],
        by=lekstroom.officer,
        starts_at=starts_at or at(date(2026, 11, 26)),
        **values,
    )


def sides(lekstroom, *keys, present="ja") -> list[Attendance]:
    roles = {
        "nieuwegein": "gemeente",
        "bureau": "gemeente",
        "verband": "samenwerkingsverband",
        "school": "school",
        "jeugdteam": "jeugdhulp",
    }
    return [Attendance(organisation=lekstroom.organisations[k], role=roles[k], present=present) for k in keys]


def child() -> Attendance:
    return Attendance(role="kind")


def plan_form(lekstroom, mother=None, **changes) -> dict:
    verband = lekstroom.organisations["verband"].pk
    invited = [f"organisatie-{lekstroom.organisations['nieuwegein'].pk}", f"organisatie-{verband}", "kind"]
    invited += [f"ouder-{mother.pk}"] if mother else []
    return {
        "kind": "mdo",
        "on": "26-11-2026",
        "at": "13.30",
        "minutes": "60",
        "place": "Zaal 2",
        "question": "Hoe verder?",
        "ground": "taak",
        "invited": invited,
        "uninvited_because": "",
        "version": "1",
    } | changes


def minutes_form(meeting: Meeting, lekstroom, **changes) -> dict:
    rows = {p.role: p.pk for p in meeting.people.all()}
    return {
        f"erbij_{rows['gemeente']}": "ja",
        f"wie_{rows['gemeente']}": "M. Officier",
        f"erbij_{rows['samenwerkingsverband']}": "ja",
        f"wie_{rows['samenwerkingsverband']}": "",
        f"erbij_{rows['ouder']}": "ja",
        f"erbij_{rows['kind']}": "nee",
        "question": "Hoe verder?",
        "facts": "School zoekt een plek.",
        "goals": "Voor de kerst starten.",
        "wat_0": "Plek zoeken",
        "eigenaar_0": f"o{lekstroom.organisations['verband'].pk}",
        "voor_0": "1-12-2026",
        "wat_1": "Ouders bellen",
        "eigenaar_1": f"u{lekstroom.officer.pk}",
        "voor_1": "2026-11-27",
        "no_agreements_because": "",
        "next_on": "10-12-2026",
        "version": str(meeting.version),
    } | changes


def page(response) -> str:
    return response.content.decode()
