"""Random histories of many children over several rounds, beside a model that walks through the days (`day_model`): the
same periods at home, terms and flags. `HISTORIES=2000` for more children, `HISTORY_SEED` for others."""

import os
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import pytest

from cases.clock.models import Deadline, Flag
from cases.dossier.models import Case
from cases.nightly import run_due
from leerplicht.law.exemptions import Article
from leerplicht.law.obligation import birthday, leerplicht_end, leerplicht_start
from leerplicht.models import (
    AbsenceReport,
    Enrolment,
    Exemption,
    HomePeriod,
    NotEnrolled,
    PermittedAbsence,
    Pupil,
    School,
    SchoolReturn,
)
from tests import world
from tests.cases.clock.day_model import AT_HOME, Child, Days, Walk, told

CHILDREN = int(os.environ.get("HISTORIES", "120"))
SEED = int(os.environ.get("HISTORY_SEED", "13"))
DAY = timedelta(days=1)
FIRST, ROUNDS = date(2026, 3, 2), [date(2026, 6, 5), date(2026, 8, 27), date(2026, 10, 3), date(2026, 11, 26)]
WARNS = {"4-weken": 7, "6-weken": 10, "3-maanden": 21}
ODD_DAYS = [date(2026, 5, 14), date(2026, 5, 25), date(2026, 7, 20), date(2026, 10, 17), date(2026, 11, 21)]
BORN = [date(2021, 5, 5), date(2020, 7, 31), date(2020, 8, 1), date(2010, 7, 31), date(2010, 8, 1), date(2008, 2, 29)]


@dataclass
class Told:
    """A child in the database and in the model. `later`: what is written down on a day, in both."""

    row: Pupil
    child: Child
    later: list[tuple[date, object]] = field(default_factory=list)


class Author:
    """Makes up what happens to children."""

    def __init__(self, schools: dict[str, School]):
        self.dice, self.schools = Random(SEED), schools
        self.numbers = 0

    def day(self, since: date = FIRST) -> date:
        if since < ODD_DAYS[0] and self.dice.random() < 0.15:
            return self.dice.choice(ODD_DAYS)
        return since + self.dice.randint(0, max((ROUNDS[-1] - since).days, 1)) * DAY

    def days(self, longest: int, *, open_end: float = 0.4) -> Days:
        first = self.day()
        return Days(first, None if self.dice.random() < open_end else first + self.dice.randint(0, longest) * DAY)

    def child(self) -> Told:
        born = (
            self.dice.choice(BORN) if self.dice.random() < 0.2 else date(2013, 1, 1) + self.dice.randint(0, 900) * DAY
        )
        twelve = date(2026, 7, 31) if born.year == 2010 and self.dice.random() < 0.3 else None
        row = Pupil(last_name="Bakker", born=born, municipality_id="0356", twelve_years_done=twelve)
        diploma = self.day() if born.year < 2011 and self.dice.random() < 0.3 else None
        row.startkwalificatie_on = diploma
        row.fill_search()
        end = leerplicht_end(born, twelve)
        until = max(end, min([birthday(born, 18)] + ([diploma] if diploma else [])) - DAY)
        return Told(row, Child(Days(leerplicht_start(born), until), "midden"))

    def live(self, told: Told) -> None:
        """What happens, each with the day on which it is written down."""
        for happens, chance in (
            (self.report, 0.9),
            (self.report, 0.4),
            (self.return_, 0.6),
            (self.return_, 0.3),
            (self.permission, 0.35),
            (self.exemption, 0.2),
            (self.nowhere, 0.15),
        ):
            if self.dice.random() < chance:
                happens(told)
        self.enrolments(told)
        told.later.sort(key=lambda pair: pair[0])

    def write(self, told: Told, row, into: list, what) -> None:
        """Written down on its first day, or weeks before or after it."""
        on = row.first_day or FIRST
        on += self.dice.choice([0, 0, 1, 5, 20, -10]) * DAY

        def note() -> None:
            row.save()
            into.append(what)

        told.later.append((on, note))

    def report(self, told: Told) -> None:
        kind = self.dice.choice(["LRV", "LRV", "V3", "L", "O"])
        days = self.days(60, open_end=0.6 if kind == "LRV" else 0.2)
        self.numbers += 1
        row = AbsenceReport(
            number=f"H{self.numbers}",
            changed_at=world.datetime(days.first.year, days.first.month, days.first.day, tzinfo=world.UTC),
            pupil=told.row,
            school=self.schools["midden"],
            municipality_id="0356",
            first_day=days.first,
            last_day=days.last,
            kind=kind,
            all_lessons=True,
            content_hash=f"h{self.numbers}",
        )
        pair = (days, kind != "V3")
        self.write(told, row, told.child.reports, pair)
        if self.dice.random() < 0.12:
            told.later.append((self.day(days.first), lambda: self.withdraw(row, told, pair)))

    @staticmethod
    def withdraw(row: AbsenceReport, told: Told, pair) -> None:
        if row.pk:
            row.status = "I"
            row.save()
            told.child.reports.remove(pair)

    def return_(self, told: Told) -> None:
        first = self.day()
        last = first + self.dice.choice([0, 1, 3, 4, 4, 5, 6, 9, 13]) * DAY if self.dice.random() < 0.5 else None
        trial = self.dice.random() < 0.2
        row = SchoolReturn(pupil=told.row, first_day=first, last_day=None if trial else last, trial=trial, source="m")
        self.write(told, row, [] if trial else told.child.seen, Days(first, last))

    def permission(self, told: Told) -> None:
        days = self.days(40, open_end=0.2)
        if self.dice.random() < 0.4:
            row = Exemption(
                pupil=told.row, article=Article.ART_11, letter="d", first_day=days.first, last_day=days.last
            )
        else:
            row = PermittedAbsence(
                pupil=told.row, first_day=days.first, last_day=days.last, reason="ziekte", explanation="x"
            )
        self.write(told, row, told.child.permitted, days)

    def exemption(self, told: Told) -> None:
        days = self.days(200)
        article = self.dice.choice([Article.ART_5_ONDER_A, Article.ART_5_ONDER_C, Article.ART_3A, Article.ART_11A])
        hours = 5 if article == Article.ART_11A else None
        row = Exemption(pupil=told.row, article=article, first_day=days.first, last_day=days.last, hours_a_week=hours)
        self.write(told, row, [] if hours else told.child.exempt, days)

    def nowhere(self, told: Told) -> None:
        days = self.days(60)
        row = NotEnrolled(pupil=told.row, first_day=days.first, last_day=days.last, how_known="x")
        self.write(told, row, told.child.nowhere, days)

    def enrolments(self, told: Told) -> None:
        """One school since always, and perhaps moves to schools with other holidays, at once or after some weeks."""
        since, region = None, self.dice.choice(["noord", "midden", "zuid"])
        while True:
            moves = self.dice.random() < 0.25
            last = self.day((since or FIRST) + DAY) if moves else None
            row = Enrolment(pupil=told.row, school=self.schools[region], first_day=since, last_day=last)
            told.later.append((since or FIRST, self.enrol(told, row, Days(since or date.min, last), region)))
            if not last or last >= ROUNDS[-1] - 40 * DAY:
                return
            since = last + self.dice.choice([1, 1, 3, 20, 45]) * DAY
            region = self.dice.choice(["noord", "midden", "zuid"])

    def enrol(self, told: Told, row: Enrolment, days: Days, region: str):
        def note() -> None:
            row.save()
            told.child.schools.append((days, region))

        return note


@pytest.fixture
def schools(lekstroom) -> dict[str, School]:
    rows = {}
    for number, region in enumerate(("noord", "midden", "zuid")):
        rows[region] = School.objects.create(
            code=f"98A{number}00", name=region, municipality_id="0356", holiday_region=region, sector="vo"
        )
    return rows


def differences(told_: Told, today: date, rows: list[HomePeriod], case: Case | None) -> list[str]:
    walk = Walk(told_.child, today).run(FIRST - 30 * DAY)
    have = [(r.first_day, r.last_day, r.kind, r.clock_start, r.back_since, r.ended_by) for r in rows]
    if have != told(walk):
        return [f"periods {have}, the model {told(walk)}"]
    running = walk.running
    if running and running.clock and not running.back and case is None:
        return ["the clock runs and nobody has a dossier"]
    if case is None:
        return []
    wanted = walk.exceeded(running.clock) if running and running.clock else {}
    terms = {d.term_code: d.exceeded_from for d in case.deadlines.all() if d.stopped_on is None}
    if terms != wanted:
        return [f"terms {terms}, the model {wanted}"]
    return _flags(case, walk, wanted, today)


def _flags(case: Case, walk: Walk, wanted: dict[str, date], today: date) -> list[str]:
    """Of terms that run: the flags that are due. Of terms that stopped: none that never held."""
    stand = {(d.term_code, f.level) for d in case.deadlines.all() for f in d.flags.all() if f.withdrawn_at is None}
    due = set()
    for code, exceeded in wanted.items():
        near = max(walk.running.clock, exceeded - WARNS[code] * DAY)
        due |= {(code, level) for level, day in (("nadert", near), ("overschreden", exceeded)) if day <= today}
    wrong = [f"flags {sorted(stand)}, the model {sorted(due)}"] if wanted and stand != due else []
    for d in case.deadlines.all():
        for f in d.flags.all():
            if f.withdrawn_at is None and not any(p.first <= f.holds_from for p in walk.periods):
                wrong.append(f"a flag of {f.holds_from} stands for a child that was never at home by then")
    return wrong


@pytest.mark.django_db
def test_periods_terms_and_flags_are_those_of_a_model_that_walks_through_the_days(schools):
    author = Author(schools)
    histories = [author.child() for _ in range(CHILDREN)]
    Pupil.objects.bulk_create([h.row for h in histories])
    for h in histories:
        author.live(h)
    wrong: dict[int, list[str]] = {}
    seen = 0
    for today in ROUNDS:
        for h in histories:
            while h.later and h.later[0][0] <= today:
                h.later.pop(0)[1]()
        assert run_due(today)["mislukt"] == 0
        periods = defaultdict(list)
        for row in HomePeriod.objects.all():
            periods[row.pupil_id].append(row)
        cases = {c.pupil_id: c for c in Case.objects.prefetch_related("deadlines__flags")}
        for h in histories:
            seen += len(periods[h.row.pk])
            if found := differences(h, today, periods[h.row.pk], cases.get(h.row.pk)):
                wrong.setdefault(h.row.pk, [f"{today}: {line} ({h.child})" for line in found])
        again = run_due(today)
        assert (again["gewijzigd"], again["signalen"], again["ingetrokken"]) == (0, 0, 0)
    assert not wrong, f"{len(wrong)} of {CHILDREN} children differ, first: {next(iter(wrong.values()))}"
    assert seen > CHILDREN and Deadline.objects.count() > CHILDREN and Flag.objects.count() > CHILDREN


def test_the_model_knows_the_worked_examples():
    """A2 and A3, by hand."""
    always = Days(date(2018, 10, 1))
    week = Child(always, "midden", reports=[(Days(date(2026, 3, 27)), True)])
    week.seen.append(Days(date(2026, 6, 22), date(2026, 6, 26)))
    first, again = told(Walk(week, date(2026, 11, 22)).run(FIRST))
    assert first[:2] == (date(2026, 3, 27), date(2026, 6, 19)) and again[0] == date(2026, 6, 29)
    summer = Walk(Child(always, "midden", reports=[(Days(date(2026, 7, 20)), True)]), date(2026, 11, 22)).run(FIRST)
    assert summer.running and summer.running.first == date(2026, 8, 31) and summer.running.kind in AT_HOME
    moved = Child(always, "midden", [(Days(date.min), "midden"), (Days(date(2026, 10, 15)), "noord")])
    moved.reports.append((Days(date(2026, 9, 14)), True))
    assert Walk(moved, date(2026, 11, 22)).exceeded(date(2026, 9, 14))["4-weken"] == date(2026, 10, 12)
