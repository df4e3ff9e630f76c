"""From rows to the facts that the law reads, for many children with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from leerplicht.law.calendar import FIRST_KNOWN_DAY, LessonCalendar
from leerplicht.law.exemptions import Article
from leerplicht.law.home import Fact, Facts
from leerplicht.law.obligation import birthday, leerplicht_end, leerplicht_start
from leerplicht.models import AbsenceReport, Enrolment, Exemption, NotEnrolled, PermittedAbsence, Pupil, SchoolReturn
from leerplicht.services.calendars import calendars_of_pupils, enrolments_of
from thuiszitters.core.words import long_date

DAY = timedelta(days=1)
KWALIFICATIEPLICHT_UNTIL = 18


class FactBase:
    """The facts and calendars of these pupils, loaded once."""

    def __init__(self, pupils: Iterable[Pupil]):
        self.pupils = {p.pk: p for p in pupils}
        reports = AbsenceReport.objects.current().filter(all_lessons=True).exclude(status="I")
        self.reports = self._by_pupil(reports.only("pupil_id", "number", "first_day", "last_day", "kind", "status"))
        self.enrolments = enrolments_of(self.pupils)
        self.not_enrolled = self._by_pupil(NotEnrolled.objects.all())
        self.permitted = self._by_pupil(PermittedAbsence.objects.all())
        self.exemptions = self._by_pupil(Exemption.objects.all())
        self.returns = self._by_pupil(SchoolReturn.objects.filter(trial=False))
        self.calendars = calendars_of_pupils(self.pupils.values(), self.enrolments)

    def _by_pupil(self, rows) -> dict[int, list]:
        grouped = defaultdict(list)
        for row in rows.filter(pupil__in=self.pupils):
            grouped[row.pupil_id].append(row)
        return grouped

    def calendar(self, pk: int) -> LessonCalendar:
        return self.calendars[pk]

    def facts(self, pk: int) -> Facts:
        """Everything that `leerplicht.law.home.home_periods` needs of one child."""
        exempt = [e for e in self.exemptions.get(pk, []) if e.article not in (Article.ART_11, Article.ART_11A)]
        return Facts(
            obliged=obliged_days(self.pupils[pk]),
            absent=[_absent(r, self.reports[pk]) for r in self.reports.get(pk, [])]
            + [_gone_again(r) for r in self.returns.get(pk, []) if r.last_day],
            unenrolled=[u for u in self._unenrolled(pk) if u.end > FIRST_KNOWN_DAY],
            permitted=self._permitted(pk),
            exempt=[Fact(e.first_day, e.last_day, f"vrijstelling {e.get_article_display()}") for e in exempt],
            back=[r.first_day for r in self.returns.get(pk, [])],
        )

    def _permitted(self, pk: int) -> list[Fact]:
        rows = [
            Fact(p.first_day, p.last_day, f"geoorloofd: {p.get_reason_display()}") for p in self.permitted.get(pk, [])
        ]
        released = [e for e in self.exemptions.get(pk, []) if e.article == Article.ART_11]
        return rows + [Fact(e.first_day, e.last_day, f"art. 11 onder {e.letter}") for e in released]

    def _unenrolled(self, pk: int) -> list[Fact]:
        enrolments = self.enrolments.get(pk, [])
        starts = sorted(e.first_day for e in enrolments if e.first_day)
        gaps = [
            _gap(n.first_day, n.last_day, starts, f"nergens ingeschreven ({n.how_known})")
            for n in self.not_enrolled.get(pk, [])
        ]
        running = [e for e in enrolments if not e.last_day]
        for e in enrolments:
            covered = e.last_day and _covers(enrolments, e.last_day + DAY)
            if e.last_day and not covered and not any(not r.first_day for r in running):
                source = f"de inschrijving bij {e.school.name} eindigde op {long_date(e.last_day)}"
                gaps.append(_gap(e.last_day + DAY, None, starts, source))
        return gaps


def _covers(enrolments: list[Enrolment], day: date) -> bool:
    return any((e.first_day or date.min) <= day <= (e.last_day or date.max) for e in enrolments)


def _gap(first_day: date, last_day: date | None, starts: list[date], source: str) -> Fact:
    """Not enrolled until the next enrolment begins."""
    following = [s - DAY for s in starts if s >= first_day]
    ends = following[:1] + ([last_day] if last_day else [])
    return Fact(first_day, min(ends) if ends else None, source)


def _absent(report: AbsenceReport, reports: list[AbsenceReport]) -> Fact:
    """The days of a report. A 16-hours report does not tell when the child was back; where it began within the days of
    a report that does (LRV beside weekly V3), it is the same absence and ends with that one."""
    tellers = [report] if report.tells_return else [r for r in reports if r.tells_return and _within(report, r)]
    ends = [r.last_day for r in tellers]
    last_day = max(ends) if ends and None not in ends else None
    return Fact(report.first_day, last_day, f"melding {report.number}, alle lessen gemist")


def _gone_again(back: SchoolReturn) -> Fact:
    """A return that failed: at home from the day after the last one at school, until the next return."""
    return Fact(back.last_day + DAY, None, f"weer thuis na {long_date(back.last_day)} ({back.source})")


def _within(report: AbsenceReport, other: AbsenceReport) -> bool:
    return other.first_day <= report.first_day <= (other.last_day or date.max)


def obliged_days(pupil: Pupil) -> list[Fact]:
    """The days of leerplicht and of kwalificatieplicht (art. 3, 4a and 4b Leerplichtwet); of an uncertain birth date
    all days that it can be."""
    first = leerplicht_start(pupil.born)
    last = leerplicht_end(pupil.born_last, pupil.twelve_years_done)
    days = [Fact(first, last, "leerplicht")]
    until = birthday(pupil.born_last, KWALIFICATIEPLICHT_UNTIL)
    if pupil.startkwalificatie_on:
        until = min(until, pupil.startkwalificatie_on)
    if not pupil.released and until - DAY > last:
        days.append(Fact(last + DAY, until - DAY, "kwalificatieplicht"))
    return days
