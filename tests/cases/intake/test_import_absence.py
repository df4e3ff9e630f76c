"""`manage.py import_absence`: what gets in, in which version, and what does not."""

import io
from datetime import date
from itertools import permutations

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cases.dossier.models import Case
from cases.intake import uploads
from cases.intake.models import Intake
from cases.intake.uploads import read_in
from leerplicht.imports import absence, absence_rows
from leerplicht.models import AbsenceReport, Enrolment, HomePeriod, Pupil, RejectedLine, School
from tests import world
from tests.cases.absence_file import content, row

TODAY = date(2026, 11, 22)
MODELS = (AbsenceReport, Case, Enrolment, HomePeriod, Intake, Pupil, RejectedLine)


@pytest.fixture
def run(lekstroom, tmp_path):
    """Run the command on bytes; gives the line of counts and what was said about refused lines."""

    def command(data: bytes, *options: str) -> tuple[str, str]:
        path, out, err = tmp_path / "meldingen.csv", io.StringIO(), io.StringIO()
        path.write_bytes(data)
        call_command("import_absence", str(path), *options, stdout=out, stderr=err)
        return out.getvalue().strip(), err.getvalue().strip()

    return command


def counts(new=0, changed=0, unchanged=0, older=0, rejected=0) -> str:
    words = ["nieuw", "gewijzigd", "ongewijzigd", "ouder", "afgekeurd"]
    return ", ".join(f"{n} {word}" for n, word in zip((new, changed, unchanged, older, rejected), words, strict=True))


def stored() -> dict:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


def reasons() -> set[tuple[int, str, str]]:
    return set(RejectedLine.objects.values_list("line", "field", "reason"))


def test_from_file_to_dossier(run):
    said, refused = run(content(row()))
    assert (said, refused) == (counts(new=1), "")
    report, case = AbsenceReport.objects.get(), Case.objects.get()
    child = report.pupil
    assert (child.name, child.born, child.municipality_id) == ("Noor van den Berg", date(2013, 5, 5), "0356")
    assert child.reveal_pgn() == world.bsn(1)
    assert child.history.count() == 1
    assert (report.school.code, report.kind, report.hours) == ("99AA00", "LRV", {"2026-10-05": "5", "2026-10-06": "6"})
    assert (case.pupil, case.home_since) == (child, date(2026, 10, 5))
    assert Intake.objects.get().case == case
    enrolment = Enrolment.objects.get()
    assert (enrolment.pupil, enrolment.school, enrolment.first_day) == (child, report.school, None)


def test_twice_changes_nothing(run):
    data = content(row(1), row(2, alle_lessen_gemist="N"), row(1, status="B", datum_mutatie="2026-10-07"))
    assert run(data)[0] == counts(new=2, changed=1)
    before = stored()
    assert run(data)[0] == counts(unchanged=2, older=1)
    assert stored() == before


def test_new_changed_unchanged_older_and_rejected_are_counted(run):
    run(content(row(1), row(2), row(3)))
    said, refused = run(
        content(
            row(1),
            row(2, status="B", datum_mutatie="2026-10-07"),
            row(3, status="B", datum_mutatie="2026-10-05"),
            row(4),
            row(5, verzuimsoort="X9"),
        )
    )
    assert said == counts(new=1, changed=1, unchanged=1, older=1, rejected=1)
    assert refused == "regel 6: verzuimsoort: “X9” is een onbekende code"


VERSIONS = {
    "a": {"status": "R", "datum_mutatie": "2026-10-06"},
    "b": {"status": "B", "datum_mutatie": "2026-10-08 09:00"},
    "c": {"status": "R", "datum_mutatie": "2026-10-08 17:30"},
    "d": {"status": "G", "datum_mutatie": "2026-10-07"},
}


@pytest.mark.parametrize("order", ["".join(p) for p in permutations("abcd")])
def test_the_later_mutation_wins_in_any_order(lekstroom, order):
    """`c` says what `a` said, but later than `b`: it wins all the same. In one file, and in a file each."""
    for versions in (order, *order):
        data = content(*(row(1, **VERSIONS[v]) for v in versions))
        read_in(io.BytesIO(data), name="x.csv", today=TODAY)
    current = AbsenceReport.objects.current().get()
    assert (current.status, current.changed_at.astimezone(absence.timezone.get_current_timezone()).hour) == ("R", 17)
    assert Intake.objects.get().report == current


@pytest.mark.parametrize("chunk", [1, 2, 1000])
def test_the_later_mutation_wins_across_chunks_too(lekstroom, monkeypatch, chunk):
    monkeypatch.setattr(absence, "CHUNK", chunk)
    data = content(*(row(1, **VERSIONS[v]) for v in "bacd"))
    assert read_in(io.BytesIO(data), name="x.csv", today=TODAY) == {"nieuw": 1, "gewijzigd": 1, "ouder": 2}
    assert AbsenceReport.objects.current().get().status == "R"


def test_a_prefix_that_was_learned_later_makes_no_other_content(run, monkeypatch):
    """What was read when "bin" was no prefix yet is the same report when its file is read again."""
    monkeypatch.setattr(absence_rows, "split_prefix", lambda name: ("", name))
    run(content(row(achternaam="bin Zayd")))
    monkeypatch.undo()
    assert run(content(row(achternaam="bin Zayd")))[0] == counts(unchanged=1)
    run(content(row(achternaam="Zayd"), row(2)))
    assert reasons() == {(2, "datum_mutatie", "is dezelfde als van een andere versie, met een andere inhoud")}


def test_the_same_moment_with_another_content_is_refused(run):
    run(content(row()))
    run(content(row(2), row(status="B")))
    assert reasons() == {(3, "datum_mutatie", "is dezelfde als van een andere versie, met een andere inhoud")}
    assert AbsenceReport.objects.get(number="M1").status == "R"


def test_dry_run_counts_and_saves_nothing(run):
    run(content(row(1)))
    before = stored()
    data = content(row(1, status="B", datum_mutatie="2026-10-07"), row(2), row(2), row(3, verzuimsoort="X9"))
    said, refused = run(data, "--dry-run")
    assert said == counts(new=1, changed=1, unchanged=1, rejected=1) + " (alleen gekeken, niets bewaard)"
    assert refused.startswith("regel 5: verzuimsoort")
    assert stored() == before
    assert run(data)[0] == counts(new=1, changed=1, unchanged=1, rejected=1)


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"brin": "99ZZ"}, "brin", "school 99ZZ00 staat niet in het scholenregister"),
        ({"gemeentecode": "9999"}, "gemeentecode", "gemeente 9999 is onbekend"),
        ({"begindatum": "2026-02-30"}, "begindatum", "“2026-02-30” is geen bestaande datum"),
        ({"einddatum": "2026-10-01"}, "einddatum", "ligt voor de begindatum"),
        ({"meldingsnummer": "M1"}, "persoonsgebonden_nummer", "dit meldingsnummer hoort bij een andere leerling"),
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_what_does_not_fit_goes_to_quarantine_with_line_field_and_reason(run, changes, field, reason, apart):
    """Also when the row that it does not fit with stands in the same file."""
    if apart:
        run(content(row(1)))
    run(content(row(1), row(2, **changes), row(3)))
    assert reasons() == {(3, field, reason)}
    assert AbsenceReport.objects.count() == 2


def test_the_same_new_number_for_two_children_in_one_file_that_is_only_looked_at(run, monkeypatch):
    monkeypatch.setattr(absence, "CHUNK", 1)
    assert run(content(row(1), row(1, persoonsgebonden_nummer=world.bsn(2))), "--dry-run")[0].startswith(
        counts(new=1, rejected=1)
    )


def test_a_school_that_was_closed_by_then(run):
    School.objects.filter(code="99AA00").update(closed_on=date(2026, 8, 1))
    run(content(row(1), row(2, begindatum="2026-06-01", verzuimuren="")))
    assert reasons() == {(2, "brin", "school 99AA00 is gesloten sinds 01-08-2026")}


def test_only_the_gemeenten_one_works_for(lekstroom):
    data = content(row(1), row(2, gemeentecode="0193"))
    done = read_in(io.BytesIO(data), name="x.csv", today=TODAY, by=lekstroom.officer, allowed=["0356"])
    assert done == {"nieuw": 1, "afgekeurd": 1}
    assert reasons() == {(3, "gemeentecode", "uw organisatie werkt niet voor gemeente 0193")}
    assert AbsenceReport.objects.get().received_from == lekstroom.officer


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("chunk", [1, 1000])
def test_a_child_lives_where_its_newest_report_says(run, monkeypatch, order, chunk):
    monkeypatch.setattr(absence, "CHUNK", chunk)
    reports = [row(1), row(1, meldingsnummer="M2", gemeentecode="0321", datum_mutatie="2026-11-02")]
    run(content(*(reports[n] for n in order)))
    assert Pupil.objects.get().municipality_id == "0321"


def test_windows_1252_and_utf_8_give_the_same_names(run):
    names = {"achternaam": "Yılmaz-Özcan", "voornamen": "Zoë Renée"}
    run(content(row(1, **names)))
    run(content(row(2, **names | {"achternaam": "Pérez Müller"}), encoding="cp1252"))
    assert [p.last_name for p in Pupil.objects.order_by("pk")] == ["Yılmaz-Özcan", "Pérez Müller"]
    assert {p.first_names for p in Pupil.objects.all()} == {"Zoë Renée"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Het bestand is leeg."),
        (b"PK\x03\x04" + b"x" * 50, "Dit werkblad is beschadigd of heeft een wachtwoord. Sla het opnieuw op."),
        (b"\xff\xfem\x00", "Dit bestand is opgeslagen als UTF-16. Sla het op als UTF-8 of windows-1252."),
        (b"a,b\n1,2\n", "De kolommen zijn niet gescheiden door puntkomma's, of dit is een ander soort bestand."),
        (content(row()).replace(b";reden;", b";motief;"), "In het bestand ontbreekt: reden."),
        (content(), "Het bestand bevat geen meldingen."),
        (content(row(verzuimsoort="X9")), "Geen enkele regel kon worden ingelezen."),
    ],
)
def test_a_wrong_file_is_one_sentence_and_exit_code_1(run, data, sentence):
    with pytest.raises(CommandError) as stopped:
        run(data)
    assert (str(stopped.value), stopped.value.returncode) == (sentence, 1)
    assert not AbsenceReport.objects.exists()


def test_a_file_that_is_not_there(lekstroom):
    with pytest.raises(CommandError, match="is niet te openen"):
        call_command("import_absence", "/nergens/meldingen.csv")


def test_half_a_file_never_gets_in(run, monkeypatch):
    monkeypatch.setattr(absence, "CHUNK", 2)
    before, calls = stored(), []
    original = uploads.quarantine

    def crash(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise OSError("schijf vol")
        original(*args, **kwargs)

    monkeypatch.setattr(uploads, "quarantine", crash)
    with pytest.raises((CommandError, OSError)):
        run(content(row(1), row(2, verzuimsoort="X9"), row(3), row(4)))
    assert len(calls) == 2
    assert stored() == before
