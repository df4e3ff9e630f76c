"""One child in two gemeenten that do not work together: each keeps its own, and neither shows in the other."""

import io
from datetime import date

import pytest

from cases.dossier.models import Case
from cases.intake.models import Intake
from cases.intake.uploads import read_in
from leerplicht.models import AbsenceReport, Pupil
from tests import world
from tests.cases import absence_file
from tests.cases.absence_file import row

TODAY = date(2026, 11, 20)
HERE, BUREAU, ELSEWHERE = {"0356"}, {"0356", "0321"}, {"0193"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world(lekstroom):
    return lekstroom


def read(*rows: dict, allowed) -> dict:
    counts = read_in(io.BytesIO(absence_file.content(*rows)), name="f.csv", today=TODAY, allowed=allowed)
    return {k: v for k, v in counts.items() if v}


def test_the_same_report_elsewhere_is_new_elsewhere():
    ours = row(1)
    theirs = row(1, gemeentecode="0193", brin="99AC")
    assert read(theirs, allowed=ELSEWHERE) == {"nieuw": 1}
    assert read(ours, allowed=HERE) == {"nieuw": 1}
    assert read(ours, allowed=HERE) == {"ongewijzigd": 1}
    assert read(theirs, allowed=ELSEWHERE) == {"ongewijzigd": 1}
    assert sorted(Pupil.objects.values_list("municipality", flat=True)) == ["0193", "0356"]
    assert sorted(Case.objects.values_list("number", flat=True)) == ["TZ-0193-2026-0001", "TZ-0356-2026-0001"]
    assert Intake.objects.values("pupil").distinct().count() == 2


def test_a_report_elsewhere_moves_no_child():
    read(row(1), allowed=HERE)
    read(row(2, persoonsgebonden_nummer=world.bsn(1), gemeentecode="0193", brin="99AC"), allowed=ELSEWHERE)
    assert Pupil.objects.get(municipality="0356").reports.count() == 1


def test_within_one_bureau_the_newest_report_tells_where_a_child_lives():
    read(row(1), allowed=BUREAU)
    assert read(row(1, gemeentecode="0321", datum_mutatie="2026-10-09"), allowed=BUREAU) == {"gewijzigd": 1}
    assert Pupil.objects.get().municipality_id == "0321"
    assert AbsenceReport.objects.current().get().municipality_id == "0321"


def test_known_in_both_gemeenten_of_a_bureau_each_report_goes_to_its_own():
    read(row(1), allowed={"0356"})
    read(row(2, persoonsgebonden_nummer=world.bsn(1), gemeentecode="0321"), allowed={"0321"})
    later = [
        row(3, persoonsgebonden_nummer=world.bsn(1), gemeentecode=code, meldingsnummer=f"M-{code}")
        for code in ("0356", "0321")
    ]
    assert read(*later, allowed=BUREAU) == {"nieuw": 2}
    assert [p.reports.count() for p in Pupil.objects.order_by("pk")] == [2, 2]


def test_a_school_moves_no_child_of_another_gemeente(lekstroom, login, friday):
    elsewhere = world.pupil(municipality_id="0193", born=date(2012, 1, 1))
    form = {
        "persoonsgebonden_nummer": elsewhere.reveal_pgn(),
        "achternaam": "Anders",
        "voornamen": "Kind",
        "geboortedatum": "2013-05-05",
        "gemeentecode": "0356",
        "school": "99AA00",
        "begindatum": "2026-10-05",
        "verzuimsoort": "LRV",
        "alle_lessen_gemist": "J",
        "actie_gemeente_gewenst": "J",
        "melder_naam": "S. School",
    }
    response = login(lekstroom.teacher).post("/meldingen/nieuw/", form)
    assert response.status_code == 302, response.context["form"].errors
    elsewhere.refresh_from_db()
    assert (elsewhere.municipality_id, elsewhere.reports.count()) == ("0193", 0)
