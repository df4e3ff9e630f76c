"""One line never stops the others: whatever stands in a line, all good lines of its file get in, on both databases."""

import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.dossier.models import Case
from cases.intake import acts, uploads
from cases.intake.models import Intake
from cases.intake.uploads import read_in
from leerplicht.imports import absence
from leerplicht.imports.absence_rows import COLUMNS, parse_row
from leerplicht.models import AbsenceReport, Pupil, RejectedLine
from tests import world
from tests.cases.absence_file import content, line, row

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def read(data: bytes, name: str = "m.csv"):
    return read_in(io.BytesIO(data), name=name, today=date(2026, 11, 22))


texts = st.text(st.characters(blacklist_categories=["Cs"]), max_size=300)
cells = st.one_of(
    texts,
    st.sampled_from(["J", "N", "0356", "99AA", "2026-10-05", "2062-11-02", "00-00-2012", "9" * 30, "'", '"', "\ufffd"]),
    st.sampled_from(["van de van den van der Berg", "Ĳ" * 150, "2026-10-25 02:30:00+02:00", "0001-01-01", "24:00"]),
)
changed = st.dictionaries(st.sampled_from(COLUMNS), cells, max_size=6).map(lambda c: line(row(9) | c))
any_line = st.one_of(changed, texts, st.lists(cells, max_size=25).map(";".join))


class TestAnyLine(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(any_line)
    @example(line(row(9, achternaam="van de van den van der Berg" * 8)))
    @example(line(row(9, achternaam="Ĳ" * 150)))
    @example(line(row(9, voornamen="x" * 200, melder_functie="y" * 60)))
    @example(line(row(9, datum_mutatie="2026-10-25 02:30:00")))
    @example('"' + line(row(9)))
    def test_all_other_lines_get_in(self, odd):
        world.build()
        counts = read(content(row(1), row(2), odd.replace("\x00", "\x00 "), row(3)))
        kept = set(AbsenceReport.objects.values_list("number", flat=True))
        assert {"M1", "M2", "M3"} <= kept
        assert counts["afgekeurd"] == RejectedLine.objects.count() or "\n" in odd or "\r" in odd


def test_an_error_while_looking_costs_its_own_line_too(lekstroom, monkeypatch):
    """The preview saves nothing, and shows all other lines."""
    original = absence.check_days

    def fail(line, today):
        if line.number == "M77":
            raise ZeroDivisionError("not thought of")
        return original(line, today)

    monkeypatch.setattr(absence, "check_days", fail)
    data, nieuwegein = content(row(1), row(77), row(2)), lekstroom.organisations["nieuwegein"]
    file = uploads.upload("m.csv", data, by=lekstroom.officer, organisation=nieuwegein, municipalities=["0356"])
    assert (file.state, file.counts) == ("voorbeeld", {"nieuw": 2, "afgekeurd": 1})


@pytest.mark.parametrize("saves", ["process", "page"])
def test_what_only_the_database_refuses_costs_its_own_line(lekstroom, monkeypatch, saves):
    """A constraint, or an error that nobody thought of, in the middle of a thousand lines that are saved at once."""
    original = Pupil.fill_search

    def fail(pupil):
        if pupil.last_name == "Botsing":
            raise ZeroDivisionError("not thought of")
        return original(pupil)

    monkeypatch.setattr(Pupil, "fill_search", fail)
    data = content(*(row(n) for n in range(1, 40)), row(77, achternaam="Botsing"), *(row(n) for n in range(40, 60)))
    if saves == "page":
        nieuwegein = lekstroom.organisations["nieuwegein"]
        file = uploads.upload("m.csv", data, by=lekstroom.officer, organisation=nieuwegein, municipalities=["0356"])
        uploads.accept(file, by=lekstroom.officer)
        file.refresh_from_db()
        assert file.state == "klaar" and file.counts == {"nieuw": 59, "afgekeurd": 1}
    else:
        assert read(data) == {"nieuw": 59, "afgekeurd": 1}
    assert AbsenceReport.objects.count() == Case.objects.count() == 59
    refused = RejectedLine.objects.get()
    assert (refused.line, refused.field, refused.number) == (41, "regel", "")
    assert "onverwachte fout" in refused.reason


def test_a_report_that_gets_no_place_waits_for_a_person_and_the_others_have_theirs(lekstroom, monkeypatch):
    original = acts.opening_reason

    def fail(report):
        if report.number == "M2":
            raise OverflowError("a day of which nobody thought")
        return original(report)

    monkeypatch.setattr(acts, "opening_reason", fail)
    read(content(row(1), row(2), row(3)))
    assert set(Case.objects.values_list("intakes__number", flat=True)) == {"M1", "M3"}
    waiting = Intake.objects.get(number="M2")
    assert waiting.state == "wacht" and Intake.objects.visible_to(lekstroom.officer).count() == 3


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-10-24 12:00:00", "2026-10-24 10:00"),
        ("2026-10-25 02:30:00", "2026-10-25 00:30"),
        ("2026-10-25T02:30:00+02:00", "2026-10-25 00:30"),
        ("2026-10-25T02:30:00+01:00", "2026-10-25 01:30"),
        ("2026-10-25 03:30:00", "2026-10-25 02:30"),
        ("2026-03-29 01:59:59", "2026-03-29 00:59:59"),
        ("2026-03-29 02:30:00", "2026-03-29 01:30"),
        ("2026-03-29 03:30:00", "2026-03-29 01:30"),
        ("2026-10-06", "2026-10-05 22:00"),
        ("2026-10-06 08:00:00Z", "2026-10-06 08:00"),
    ],
)
def test_a_moment_without_an_offset_is_dutch(text, moment):
    assert parse_row(row(1, datum_mutatie=text)).changed_at == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.django_db
def test_reading_again_changes_nothing_on_any_night_of_the_year(lekstroom):
    nights = [datetime(2026, 1, 1, 2, 30, tzinfo=AMSTERDAM) + timedelta(days=n) for n in range(320)]
    texts = [f"{night:%Y-%m-%d} 02:30:00{offset}" for night in nights[::7] for offset in ("", "+02:00", "+01:00", "Z")]
    texts += [f"2026-{day} 02:{m}:00{o}" for day in ("03-29", "10-25") for m in ("00", "59") for o in ("", "+01:00")]
    first = {"begindatum": "2026-01-05", "verzuimuren": "", "alle_lessen_gemist": "N"}
    data = content(*(row(n, datum_mutatie=text, **first) for n, text in enumerate(texts, start=1)))
    assert read(data) == {"nieuw": len(texts)}
    assert read(data) == {"ongewijzigd": len(texts)}


class TestDaysThatCannotBe:
    @pytest.mark.parametrize(
        ("changes", "field", "question"),
        [
            ({"begindatum": "2062-11-02", "verzuimuren": ""}, "begindatum", "Klopt het jaar?"),
            ({"begindatum": "2016-11-02", "geboortedatum": "2010-05-05"}, "begindatum", "Klopt het jaar?"),
            ({"einddatum": "2062-11-02"}, "einddatum", "Klopt het jaar?"),
            ({"datum_mutatie": "2062-11-02"}, "datum_mutatie", "Klopt het jaar?"),
            ({"geboortedatum": "1900-01-01"}, "geboortedatum", "Vraag de geboortedatum na"),
            ({"geboortedatum": "2024-05-05"}, "geboortedatum", "het kind was toen 2 jaar"),
            ({"geboortedatum": "1996-05-05"}, "geboortedatum", "het kind was toen 30 jaar"),
        ],
    )
    def test_wait_for_a_person_and_open_no_dossier(self, lekstroom, friday, changes, field, question):
        read(content(row(1, **changes), row(2)))
        refused = RejectedLine.objects.get()
        assert (refused.field, question in refused.reason) == (field, True)
        assert set(Case.objects.values_list("intakes__number", flat=True)) == {"M2"}

    def test_do_not_stand_in_the_way_of_later_versions(self, lekstroom, friday):
        read(content(row(1)))
        read(content(row(1, datum_mutatie="2062-10-06", reden="typefout")))
        assert read(content(row(1, datum_mutatie="2026-10-20", status="I"))) == {"gewijzigd": 1}
        assert AbsenceReport.objects.current().get().status == "I"

    @pytest.mark.parametrize("field", ["begindatum", "geboortedatum"])
    def test_the_form_asks_the_same(self, lekstroom, friday, as_user, field):
        form = {
            "school": "99AA00",
            "persoonsgebonden_nummer": world.bsn(907),
            "achternaam": "de Wit",
            "geboortedatum": "4-3-2012",
            "gemeentecode": "0356",
            "begindatum": "2026-10-05",
            "verzuimsoort": "LRV",
            "alle_lessen_gemist": "J",
            "actie_gemeente_gewenst": "J",
        }
        answer = as_user("teacher").post("/meldingen/nieuw/", form | {field: "2-11-2062"})
        assert answer.status_code == 422 and field in answer.context["form"].errors
        assert "Wit" in answer.content.decode() and not AbsenceReport.objects.exists()
