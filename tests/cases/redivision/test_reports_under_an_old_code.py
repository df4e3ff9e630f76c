"""After a herindeling schools report under the old code for weeks: one child, one dossier, one report."""

import io
from datetime import date

import pytest

from cases.dossier.models import Case
from cases.intake.entering import enter_row
from cases.intake.uploads import read_in
from cases.nightly import run_due
from cases.redivision import acts
from leerplicht.imports.absence_rows import RowRefused
from leerplicht.models import AbsenceReport, Pupil, RejectedLine
from tests import world
from tests.cases import absence_file
from tests.cases.absence_file import row
from tests.cases.redivision.conftest import DAY, gemeente, part

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged(lekstroom, friday, new_year):
    """A report on a child of Nieuwegein, which became a part of the new gemeente 1999."""
    read(row(1), allowed={"0356"})
    acts.prepare(gemeente("0356"), DAY, [part("1999")], by=None)
    with new_year:
        run_due(DAY)
        yield


def read(*rows: dict, allowed=None) -> dict:
    content = io.BytesIO(absence_file.content(*rows))
    counts = read_in(content, name="f.csv", today=date(2027, 1, 4), allowed=allowed)
    return {k: v for k, v in counts.items() if v}


SCOPES = pytest.mark.parametrize("allowed", [None, {"1999"}], ids=["command", "own gemeente"])


@SCOPES
def test_the_same_report_again_is_the_same(merged, allowed):
    assert read(row(1), allowed=allowed) == {"ongewijzigd": 1}
    assert Pupil.objects.count() == Case.objects.count() == AbsenceReport.objects.count() == 1


@SCOPES
@pytest.mark.parametrize("code", ["0356", "1999"])
def test_a_correction_of_an_old_report_finds_it(merged, allowed, code):
    assert read(row(1, gemeentecode=code, datum_mutatie="2027-01-01", reden="ziek"), allowed=allowed) == {
        "gewijzigd": 1
    }
    assert AbsenceReport.objects.current().get().reason == "ziek"
    assert AbsenceReport.objects.current().get().municipality_id == "1999"
    assert Pupil.objects.count() == Case.objects.count() == 1


@SCOPES
def test_a_new_report_under_the_old_code_finds_the_child(merged, allowed):
    fresh = row(2, persoonsgebonden_nummer=world.bsn(1), begindatum="2027-01-04", verzuimuren="")
    assert read(fresh, allowed=allowed) == {"nieuw": 1}
    assert Pupil.objects.get().municipality_id == "1999" and Case.objects.count() == 1


def test_a_new_child_under_the_old_code_gets_a_dossier_of_the_new_gemeente(merged):
    assert read(row(5, begindatum="2027-01-04", verzuimuren="")) == {"nieuw": 1}
    assert Case.objects.latest("pk").number == "TZ-1999-2027-0001"


def test_a_school_that_types_the_old_code(merged, lekstroom):
    raw = row(7, persoonsgebonden_nummer=world.bsn(1), begindatum="2027-01-04", verzuimuren="")
    enter_row(raw, by=lekstroom.teacher)
    assert Pupil.objects.get().municipality_id == "1999" and Case.objects.count() == 1


def test_refused_lines_wait_at_the_gemeente_that_follows(lekstroom, friday, new_year):
    """One that waited before the day, and one that comes in under the old code after it."""
    read(row(1, verzuimsoort="X9"))
    acts.prepare(gemeente("0356"), DAY, [part("1999")], by=None)
    with new_year:
        run_due(DAY)
        read(row(2, verzuimsoort="X9"))
        assert set(RejectedLine.objects.values_list("municipality_code", flat=True)) == {"1999"}
        assert RejectedLine.objects.count() == RejectedLine.objects.visible_to(lekstroom.officer).count() == 2


def test_before_the_day_the_old_code_is_the_code(lekstroom, friday):
    acts.prepare(gemeente("0356"), DAY, [part("1999")], by=None)
    assert read(row(1), allowed={"0356"}) == {"nieuw": 1}
    assert Pupil.objects.get().municipality_id == "0356"


class TestOfAGemeenteThatWasDivided:
    @pytest.fixture(autouse=True)
    def divided(self, lekstroom, friday, new_year):
        read(row(1), allowed={"0356"})
        Pupil.objects.update(address="3438 AB")
        parts = [part("0321", "Houten", postcodes=["3431"]), part("0193", "Zwolle", postcodes=["3438"])]
        acts.prepare(gemeente("0356"), DAY, parts, by=None)
        with new_year:
            run_due(DAY)
            yield

    def test_a_known_child_is_found_in_its_part(self):
        assert read(row(1, datum_mutatie="2027-01-01", reden="ziek")) == {"gewijzigd": 1}
        assert Pupil.objects.get().municipality_id == "0193"

    def test_an_unknown_child_is_asked_for(self):
        assert read(row(3, begindatum="2027-01-04", verzuimuren="")) == {"afgekeurd": 1}
        line = RejectedLine.objects.get()
        assert line.reason.startswith("gemeente Nieuwegein is verdeeld over Houten (0321), Zwolle (0193).")
        with pytest.raises(RowRefused, match="is verdeeld over"):
            enter_row(row(4, begindatum="2027-01-04", verzuimuren=""), by=None)
        assert Pupil.objects.count() == 1
