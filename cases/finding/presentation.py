"""What was found, as rows of a page and as suggestions: who it is, what it is, and the page behind it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cases.clock.presentation import Clock, clock_of, current_school, deadlines_of
from cases.dossier.models import Case
from cases.finding.queries import Found, Standing, standings
from cases.intake.models import Intake
from leerplicht.models import Pupil, School
from thuiszitters.core.people.users import User
from thuiszitters.core.words import birth_date


@dataclass(frozen=True)
class Row:
    """One child. `what`: open dossier, closed dossier, report waiting, report closed, or only known; `level` is its
    colour. `others`: earlier dossiers."""

    pupil: Pupil
    url: str
    what: str
    level: str
    number: str
    school: School | None
    gemeente: str
    clock: Clock | None
    others: list[Case]
    report: str


@dataclass(frozen=True)
class Suggestion:
    """A line under the field: a name, what it is, and its page."""

    name: str
    about: str
    url: str


def rows_of(user: User, found: Found, today: date) -> list[Row]:
    known = standings(user, found.pupils)
    running = deadlines_of(s.cases[0].pk for s in known if s.cases and s.cases[0].is_open)
    return [_row(standing, running, today) for standing in known]


def _row(standing: Standing, running, today: date) -> Row:
    pupil, case = standing.pupil, standing.cases[0] if standing.cases else None
    what, level, url = _what(standing, case)
    number = standing.intake.number if standing.intake else ""
    return Row(
        pupil,
        url,
        what,
        level,
        case.number if case else number and f"melding {number}",
        current_school(pupil),
        (case.municipality if case else pupil.municipality).name,
        clock_of(case, running[case.pk], today) if case and case.is_open else None,
        standing.cases[1:],
        number if case else "",
    )


def _what(standing: Standing, case: Case | None) -> tuple[str, str, str]:
    intake = standing.intake
    report = reverse("report", args=[intake.number]) if intake else ""
    if case and case.is_open:
        return f"open dossier, {case.info.word}", "", reverse("case", args=[case.number])
    if standing.question and not case:
        return "melding wacht: wie is dit kind?", "near", reverse("identity", args=[standing.question.pk])
    if intake and intake.state == Intake.State.WAITING:
        return "melding wacht", "near", report
    if case:
        return "gesloten dossier", "", reverse("case", args=[case.number])
    if intake:
        return "melding ingetrokken" if intake.is_withdrawn else "melding afgedaan", "", report
    return "bekend, geen dossier", "", ""


def suggestions_of(user: User, found: Found, today: date) -> list[Suggestion]:
    """Everything that has a page of its own; the rest stands on the page with results."""
    children = [
        Suggestion(row.pupil.name, f"{birth_date(row.pupil.born, row.pupil.born_known)} · {row.what}", row.url)
        for row in rows_of(user, found, today)
    ]
    sent = [
        Suggestion(
            report.sent_name,
            f"{birth_date(report.sent_born, report.sent_born_known)} · melding {report.intake.told_reporter}",
            reverse("report", args=[report.number]),
        )
        for report in found.reports
    ]
    schools = [Suggestion(school.name, f"school in {school.place}", school_list(school)) for school in found.schools]
    return [*children, *sent, *schools]


def school_list(school: School) -> str:
    """The worklist with the dossiers of one school."""
    return f"{reverse('worklist')}?lijst=alle&school={school.code}"
