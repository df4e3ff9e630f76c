"""When an MDO counts for a decision: who was there, and how long ago (P3 of domain 4.5)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases.dossier.models import Case
from cases.meetings.models import Attendance, Meeting
from cases.meetings.rules import held_within, last_full_mdo
from tests.cases.overleg import TODAY, at, draft, sides


class TestWhenAnMdoCounts:
    """P3 of the preconditions of a decision: school, samenwerkingsverband, and gemeente or jeugdhulp were there."""

    @pytest.mark.parametrize(
        ("there", "full"),
        [
            (("school", "samenwerkingsverband", "gemeente"), True),
            (("school", "samenwerkingsverband", "jeugdhulp"), True),
            (("school", "samenwerkingsverband", "gemeente", "jeugdhulp", "ouder"), True),
            (("school", "samenwerkingsverband"), False),
            (("school", "gemeente", "jeugdhulp"), False),
            (("samenwerkingsverband", "gemeente"), False),
            (("school", "samenwerkingsverband", "jeugdarts"), False),
            (("school", "samenwerkingsverband", "onderwijsconsulent"), False),
            ((), False),
        ],
    )
    def test_who_was_there(self, case, lekstroom, there, full):
        meeting = draft(case, lekstroom, at(date(2026, 11, 10)), state="gehouden")
        meeting.save()
        for role in ("school", "samenwerkingsverband", "gemeente", "jeugdhulp", "ouder"):
            if role not in there:
                Attendance.objects.create(meeting=meeting, role=role, name="weg", present="nee")
        for role in there:
            Attendance.objects.create(meeting=meeting, role=role, name="x", present="ja")
        assert last_full_mdo(case) == (meeting if full else None)
        assert held_within(case, TODAY) == full

    @pytest.mark.parametrize(
        ("on", "weeks", "counts"),
        [
            (date(2026, 11, 20), 8, True),
            (date(2026, 9, 25), 8, True),  # exactly eight weeks ago
            (date(2026, 9, 24), 8, False),
            (date(2026, 11, 6), 2, True),
            (date(2026, 11, 5), 2, False),
            (date(2026, 11, 21), 8, False),  # a record dated later than the day that is asked about
        ],
    )
    def test_how_long_ago(self, case, lekstroom, on, weeks, counts):
        self.full(case, lekstroom, at(on))
        assert held_within(case, TODAY, weeks) == counts

    def test_the_day_is_the_one_in_amsterdam(self, case, lekstroom):
        """Half past midnight here is the day before in UTC."""
        self.full(case, lekstroom, datetime(2026, 9, 25, 0, 30, tzinfo=ZoneInfo("Europe/Amsterdam")))
        assert held_within(Case.objects.get(), TODAY)

    @pytest.mark.parametrize(
        "fields", [{"kind": "tafel"}, {"state": "gepland"}, {"state": "afgezegd", "cancelled_because": "ziek"}]
    )
    def test_only_an_mdo_that_was_held(self, case, lekstroom, fields):
        self.full(case, lekstroom, at(date(2026, 11, 10)), **fields)
        assert last_full_mdo(case) is None and not held_within(case, TODAY)

    def test_the_newest_full_one(self, case, lekstroom):
        older = self.full(case, lekstroom, at(date(2026, 11, 3)))
        draft(case, lekstroom, at(date(2026, 11, 17)), state="gehouden").save()  # nobody is known to have come
        assert last_full_mdo(case) == older
        newer = self.full(case, lekstroom, at(date(2026, 11, 12)))
        assert last_full_mdo(case) == newer

    @staticmethod
    def full(case, lekstroom, starts_at, **fields) -> Meeting:
        meeting = draft(case, lekstroom, starts_at, **({"state": "gehouden"} | fields))
        meeting.save()
        for person in sides(lekstroom, "nieuwegein", "verband", "school"):
            person.meeting = meeting
            person.save()
        return meeting
