"""What is said of a report before it is sent, row by row."""

from datetime import date

import pytest

from cases.reports.doubts import doubts
from leerplicht.imports.absence_rows import parse_row
from leerplicht.law.identifiers import parse_pgn
from tests import world
from tests.cases.absence_file import row

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
PLAIN = {"verzuimuren": "", "reden": "", "actie_school": "", "begindatum": "2026-09-01"}


def said(lekstroom, number="", **changes) -> list[str]:
    parsed = parse_row(row(**(PLAIN | changes)))
    return doubts(
        parsed, school=lekstroom.schools["99AA00"], user=lekstroom.users["teacher"], today=TODAY, number=number
    )


@pytest.mark.parametrize(
    ("changes", "begins"),
    [
        ({}, ""),
        # 4 lesweken from 5 October, without the autumn holiday of Midden (17-25 October): until 8 November.
        ({"begindatum": "2026-10-05"}, ""),
        ({"begindatum": "2026-10-05", "einddatum": "2026-11-06"}, "Langdurig relatief verzuim duurt langer"),
        ({"begindatum": "2026-11-02"}, "Langdurig relatief verzuim duurt langer"),
        ({"alle_lessen_gemist": "N"}, "U koos langdurig relatief verzuim, maar ook"),
        ({"verzuimsoort": "V3", "geboortedatum": "2008-09-01"}, "Deze leerling was op de eerste dag al 18"),
        ({"verzuimsoort": "V3", "geboortedatum": "2008-09-02"}, ""),
        ({"verzuimsoort": "V4", "geboortedatum": "2008-09-02"}, "Deze leerling was op de eerste dag nog geen 18"),
        ({"verzuimsoort": "V4", "geboortedatum": "2008-09-01"}, ""),
        ({"verzuimsoort": "RMC"}, "Deze leerling was op de eerste dag nog geen 18"),
        # Of a birth date of which only the year is known nothing is said.
        ({"verzuimsoort": "RMC", "geboortedatum": "00-00-2008"}, ""),
        ({"verzuimsoort": "V3", "verzuimuren": "2026-09-01=8,2026-09-02=7.5"}, "U vulde 15,5 uur in"),
        ({"verzuimsoort": "V3", "verzuimuren": "2026-09-01=8,2026-09-02=8"}, ""),
        ({"verzuimsoort": "O", "verzuimuren": "2026-09-01=2"}, ""),
        ({"reden": "heeft autisme, ADHD"}, "U schreef “adhd”, “autisme”."),
        ({"actie_school": "Gepraat over de depressie"}, "U schreef “depressie”."),
        ({"toelichting": "adres bekend, oddsen klein"}, ""),
    ],
)
def test_what_is_odd_is_said(lekstroom, friday, changes, begins):
    found = said(lekstroom, **changes)
    assert (not found) if not begins else (len(found) == 1 and found[0].startswith(begins)), found


class TestTheSameAbsence:
    @pytest.fixture
    def known(self, lekstroom, friday):
        child = world.pupil()
        child.set_pgn(parse_pgn(world.bsn(1)))
        child.save()
        report = world.report(child, lekstroom.schools["99AA00"], first_day=date(2026, 9, 1))
        world.take_in([report], today=TODAY)
        return report

    def test_the_very_same_and_one_that_still_runs(self, lekstroom, known):
        assert f"Melding {known.number} gaat over dezelfde" in said(lekstroom)[0]
        assert "loopt nog: sinds 1 september 2026" in said(lekstroom, begindatum="2026-09-14")[0]

    def test_not_itself_not_another_kind_not_an_earlier_one_and_not_of_another_school(self, lekstroom, known):
        assert said(lekstroom, number=known.number) == []
        assert said(lekstroom, verzuimsoort="V3") == []
        assert said(lekstroom, begindatum="2026-08-31") == []
        known.school = lekstroom.schools["99AB00"]
        known.save()
        assert said(lekstroom) == []

    def test_not_one_that_was_taken_back(self, lekstroom, known):
        known.status = "I"
        known.save()
        assert said(lekstroom) == []

    def test_sixteen_hours_can_come_again(self, lekstroom, known):
        known.kind = "V3"
        known.save()
        assert said(lekstroom, verzuimsoort="V3", begindatum="2026-09-14") == []
