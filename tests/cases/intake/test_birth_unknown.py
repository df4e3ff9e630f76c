"""A child of which the birth day is unknown comes in, runs its clock, says so, and is mended when the day is known."""

import io
from datetime import date

import pytest

from cases.dossier.models import Case
from cases.intake.uploads import read_in
from leerplicht.models import AbsenceReport, IdentityQuestion, Pupil, RejectedLine
from tests.cases.absence_file import content, row


def read(*rows):
    return read_in(io.BytesIO(content(*rows)), name="m.csv", today=date(2026, 11, 20))


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("sent", "born", "known", "told"),
    [
        ("2012-05-00", date(2012, 5, 1), "maand", "mei 2012 (dag onbekend)"),
        ("00-05-2012", date(2012, 5, 1), "maand", "mei 2012 (dag onbekend)"),
        ("00-00-2012", date(2012, 1, 1), "jaar", "2012 (geboortedag onbekend)"),
        ("2012-00-00", date(2012, 1, 1), "jaar", "2012 (geboortedag onbekend)"),
    ],
)
def test_what_is_known_is_kept_and_said(lekstroom, friday, as_user, sent, born, known, told):
    assert read(row(1, geboortedatum=sent)) == {"nieuw": 1}
    child = Pupil.objects.get()
    assert (child.born, child.born_known) == (born, known)
    case = Case.objects.get()
    assert case.home_since == date(2026, 10, 5)
    report = AbsenceReport.objects.get()
    report = AbsenceReport.objects.get()
    assert told in text(as_user("officer").get(f"/dossiers/{case.number}/"))
    assert told in text(as_user("officer").get(f"/meldingen/nummer/{report.number}/"))
    assert report.sent_born_known == known
    export = text(as_user("officer").get("/werkvoorraad/export.csv?lijst=alle"))
    assert f";{'2012-05-00' if known == 'maand' else '2012-00-00'};" in export
    assert read(row(1, geboortedatum=sent)) == {"ongewijzigd": 1}


@pytest.mark.parametrize("sent", ["0000-00-00", "00-00-0000", "2012-13-00", "00-13-2012"])
def test_a_year_must_be_known(lekstroom, sent):
    read(row(1, geboortedatum=sent))
    assert RejectedLine.objects.get().field == "geboortedatum" and not Pupil.objects.exists()


def test_a_report_that_knows_the_day_mends_it(lekstroom, friday):
    read(row(1, geboortedatum="2013-05-00"))
    read(row(1, meldingsnummer="M9", geboortedatum="2013-05-17"))
    child = Pupil.objects.get()
    assert (child.born, child.born_known) == (date(2013, 5, 17), "dag")
    assert child.history.count() == 2 and not IdentityQuestion.objects.exists()
    read(row(1, meldingsnummer="M10", geboortedatum="2013-05-00"))
    child.refresh_from_db()
    assert (child.born, child.born_known, Pupil.objects.count()) == (date(2013, 5, 17), "dag", 1)


def test_another_month_is_a_question(lekstroom, friday):
    read(row(1, geboortedatum="2013-05-00"))
    read(row(1, meldingsnummer="M9", geboortedatum="2013-06-17"))
    assert IdentityQuestion.objects.count() == 1


def test_a_child_is_registered_by_form(lekstroom, friday, as_user):
    child = {"first_names": "Olena", "last_name": "Koval", "born": "2012-05-20", "born_known": "maand"}
    sent = child | {"municipality": "0356", "first_day": "2026-10-05", "how_known": "lijst van DUO"}
    answer = as_user("officer").post("/dossiers/nieuw/", sent, follow=True)
    assert (Pupil.objects.get().born, Pupil.objects.get().born_known) == (date(2012, 5, 1), "maand")
    assert answer.status_code == 200


def test_a_school_reports_by_form(lekstroom, friday, as_user):
    form = {
        "school": "99AA00",
        "persoonsgebonden_nummer": "999990019",
        "achternaam": "de Wit",
        "geboortedatum": "2012-05-20",
        "geboortedatum_bekend": "jaar",
        "gemeentecode": "0356",
        "begindatum": "2026-10-05",
        "verzuimsoort": "LRV",
        "alle_lessen_gemist": "J",
        "actie_gemeente_gewenst": "J",
    }
    as_user("teacher").post("/meldingen/nieuw/", form)
    assert (AbsenceReport.objects.get().sent_born_known, Pupil.objects.get().born) == ("jaar", date(2012, 1, 1))
