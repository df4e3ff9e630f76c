"""Refused lines: kept whole and encrypted, and no personal number readable anywhere in the database."""

import io
import json
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from cases.intake import uploads
from cases.intake.entering import settle
from cases.intake.uploads import read_in
from leerplicht.imports import absence, absence_rows
from leerplicht.imports.quarantine import quarantine
from leerplicht.models import AbsenceReport, ImportFile, RejectedLine, School
from tests import world
from tests.cases.absence_file import content, line, row
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.sealed.secrets import seal, unseal

BSN = world.bsn(7)


def everything() -> str:
    """All rows of all tables, as text."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for values in cursor.fetchall():
                told += [bytes(v).decode("latin-1") if isinstance(v, bytes | memoryview) else str(v) for v in values]
    return "\n".join(told)


def read(data: bytes):
    return read_in(io.BytesIO(data), name="meldingen.csv", today=date(2026, 11, 22))


def test_a_refused_line_is_kept_whole_and_encrypted(lekstroom):
    wrong = row(7, verzuimsoort="X9")
    read(content(row(1), wrong))
    kept = RejectedLine.objects.get()
    assert (kept.line, kept.number, kept.municipality_code, kept.file_name) == (3, "M7", "0356", "meldingen.csv")
    assert (kept.field, kept.reason, kept.state) == ("verzuimsoort", "“X9” is een onbekende code", "open")
    assert json.loads(unseal(kept.sealed_row)) == wrong
    for secret in ("Berg", "Noor", BSN, "X9;J"):
        assert secret not in kept.sealed_row


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(row(7), id="nothing wrong: the number of an accepted report"),
        pytest.param(row(7, verzuimsoort="X9"), id="an unknown kind"),
        pytest.param(row(7, meldingsnummer=BSN, persoonsgebonden_nummer="M7"), id="two columns exchanged"),
        pytest.param(row(7, meldingsnummer=BSN, status="X"), id="the number in both columns"),
        pytest.param(row(7, meldingsnummer=f" {BSN} ", persoonsgebonden_nummer=""), id="the number in another column"),
        pytest.param(row(7, gemeentecode=BSN), id="as gemeente"),
        pytest.param(row(7, geboortedatum=BSN), id="as date of birth"),
        pytest.param(row(7, verzuimsoort=BSN), id="as kind"),
        pytest.param(row(7, verzuimuren=f"{BSN}=5"), id="as hours"),
        pytest.param(row(7, datum_mutatie=BSN), id="as mutation"),
        pytest.param(row(7, brin=BSN), id="as school"),
        pytest.param(BSN + ";Jansen;Jan", id="a line with too few cells"),
        pytest.param(line(row(7)).removeprefix("M7;"), id="a line of which the first cell is missing"),
        pytest.param(line(row(7)).replace("M7;", 'M7;"', 1), id="a quote that is not closed"),
        pytest.param(line(row(7)) + ";" + BSN, id="a line with a cell too many"),
    ],
)
def test_no_personal_number_can_be_read_anywhere(lekstroom, wrong, capsys):
    data = content(row(1), wrong, row(2))
    read(data)
    world_of_rows = everything()
    assert AbsenceReport.objects.filter(number__in=["M1", "M2"]).count() == 2
    for number in (BSN, world.bsn(1), world.bsn(2)):
        assert number not in world_of_rows
    assert BSN not in capsys.readouterr().out


def test_an_uploaded_file_is_encrypted_while_it_waits_and_wiped_after_it(lekstroom):
    data = content(row(1), row(7, verzuimsoort="X9"))
    uploaded = uploads.upload(
        "x.csv", data, by=lekstroom.officer, organisation=lekstroom.organisations["nieuwegein"], municipalities=["0356"]
    )
    assert (uploaded.state, uploaded.counts) == ("voorbeeld", {"nieuw": 1, "afgekeurd": 1})
    assert uploaded.open_content() == data
    assert BSN not in everything()
    assert not AbsenceReport.objects.exists()
    assert uploads.accept(uploaded, by=lekstroom.officer)
    assert (uploaded.state, uploaded.content, AbsenceReport.objects.count()) == ("klaar", None, 1)
    kept = RejectedLine.objects.get()
    assert (kept.organisation, kept.import_file) == (lekstroom.organisations["nieuwegein"], uploaded)
    assert not uploads.accept(uploaded, by=lekstroom.officer)


def test_a_file_that_cannot_be_read_is_wiped_with_a_sentence(lekstroom):
    uploaded = uploads.upload(
        "x.csv",
        b"PK\x03\x04",
        by=lekstroom.officer,
        organisation=lekstroom.organisations["nieuwegein"],
        municipalities=["0356"],
    )
    assert (uploaded.state, uploaded.content) == ("mislukt", None)
    assert "beschadigd" in uploaded.problem


def test_what_the_user_does_not_want_is_forgotten(lekstroom):
    uploaded = uploads.upload(
        "x.csv",
        content(row(1)),
        by=lekstroom.officer,
        organisation=lekstroom.organisations["nieuwegein"],
        municipalities=["0356"],
    )
    assert uploads.drop(uploaded)
    assert not uploads.accept(uploaded, by=lekstroom.officer)
    assert ImportFile.objects.get().content is None
    assert not AbsenceReport.objects.exists()


def test_a_broken_line_costs_itself_only_and_says_so(lekstroom):
    read(content(row(1), 'M2;"' + world.bsn(2), row(3), "x" * 21_000, row(4), "\x00;" * 23, ";" * 22, row(5)))
    assert set(AbsenceReport.objects.values_list("number", flat=True)) == {"M1", "M3", "M4", "M5"}
    assert set(RejectedLine.objects.values_list("line", flat=True)) >= {3, 5, 7}


class TestReadingAgain:
    WRONG = staticmethod(lambda **changes: content(row(1), row(7, **({"verzuimsoort": "X9"} | changes))))

    def test_the_same_line_waits_once(self, lekstroom):
        for _ in range(3):
            read(self.WRONG())
        assert RejectedLine.objects.count() == 1

    def test_the_same_line_twice_in_one_file_waits_once(self, lekstroom):
        read(content(row(7, verzuimsoort="X9"), row(1), row(7, verzuimsoort="X9")))
        assert RejectedLine.objects.count() == 1

    def test_what_was_handled_stays_handled_until_the_line_changes(self, lekstroom):
        read(self.WRONG())
        settle(RejectedLine.objects.get(), "vervallen", by=lekstroom.officer, because="bestaat niet")
        read(self.WRONG())
        assert RejectedLine.objects.get().state == "vervallen"
        read(self.WRONG(reden="iets anders"))
        assert sorted(RejectedLine.objects.values_list("state", flat=True)) == ["open", "vervallen"]

    def test_a_line_that_waits_tells_the_reason_of_now(self, lekstroom):
        read(content(row(7, brin="88ZZ")))
        School.objects.create(
            code="88ZZ00", name="Dicht", municipality_id="0356", sector="vo", closed_on=date(2026, 8, 1)
        )
        read(content(row(7, brin="88ZZ")))
        assert "gesloten" in RejectedLine.objects.get().reason

    def test_lines_of_which_nothing_can_be_read_are_all_kept(self, lekstroom):
        broken = content(row(1), "x" * 21_000, row(2), "y" * 21_000)
        for _ in range(2):
            read(broken)
        assert RejectedLine.objects.count() == 2

    def test_those_that_stand_double_are_repaired(self, lekstroom):
        migration = import_module("leerplicht.migrations.0005_rejected_line_once")
        sealed = {n: json.dumps(row(n, verzuimsoort="X9")) for n in (7, 8)}
        for n, state in ((7, "open"), (7, "vervallen"), (7, "open"), (8, "open"), (8, "open")):
            RejectedLine.objects.create(
                line=n,
                field="verzuimsoort",
                reason="x",
                sealed_row=seal(sealed[n]),
                state=state,
                municipality_code="0356",
                handled_at=timezone.now() if state != "open" else None,
            )
        migration.keep_one_of_each(apps, None)
        assert sorted(RejectedLine.objects.values_list("line", "state")) == [(7, "vervallen"), (8, "open")]
        read(content(row(7, verzuimsoort="X9"), row(8, verzuimsoort="X9")))
        assert RejectedLine.objects.count() == 2


class TestWhoSeesIt:
    """However it came in: the officers of its gemeente, else the administrator, and nobody else."""

    def seen_by(self, lekstroom) -> set[str]:
        rows = RejectedLine.objects
        names = ("officer", "colleague", "leader", "stranger", "coordinator", "teacher")
        return {name for name in names if rows.visible_to(lekstroom.users[name]).exists()} | (
            {"administrator"} if rows.adrift().exists() else set()
        )

    @pytest.mark.parametrize(
        ("gemeente", "uploader", "expected"),
        [
            ("0356", None, {"officer", "leader"}),
            ("356", None, {"officer", "leader"}),
            ("0321", None, {"colleague", "leader"}),
            ("0193", "nieuwegein", {"stranger"}),
            ("9998", None, {"administrator"}),
            ("", None, {"administrator"}),
            ("", "nieuwegein", {"officer"}),
        ],
    )
    def test_a_line(self, lekstroom, gemeente, uploader, expected):
        organisation = lekstroom.organisations[uploader] if uploader else None
        data = content(row(7, verzuimsoort="X9", gemeentecode=gemeente))
        lines = absence_rows.read_lines(io.BytesIO(data))
        absence.process(
            lines, save=True, each_chunk=lambda o: quarantine(o.refused, file_name="f", organisation=organisation)
        )
        assert self.seen_by(lekstroom) == expected

    def test_a_gemeente_where_nobody_handles_reports_any_more(self, lekstroom):
        read(content(row(7, verzuimsoort="X9")))
        Membership.objects.filter(user__in=[lekstroom.officer, lekstroom.leader]).delete()
        assert RejectedLine.objects.adrift().count() == 1

    def test_the_administrator_gives_it_to_a_gemeente_without_seeing_the_child(self, lekstroom, friday, as_user):
        read(content(row(7, verzuimsoort="X9", gemeentecode="", achternaam="Zeldzaam")))
        line = RejectedLine.objects.get()
        page = as_user("admin").get("/meldingen/zonder-gemeente/").content.decode()
        assert "M7" in page and "meldingen.csv" in page and "Zeldzaam" not in page
        empty = as_user("admin").post(f"/meldingen/zonder-gemeente/{line.pk}/", {"municipality": ""}, follow=True)
        assert "Kies de gemeente" in empty.content.decode()
        as_user("admin").post(f"/meldingen/zonder-gemeente/{line.pk}/", {"municipality": "0356"})
        assert self.seen_by(lekstroom) == {"officer", "leader"}
        again = as_user("admin").post(f"/meldingen/zonder-gemeente/{line.pk}/", {"municipality": "0193"})
        assert again.status_code == 404
        shown = as_user("officer").get("/meldingen/afgekeurd/").content.decode()
        assert "Zeldzaam" in shown and "De Lindeboom" in shown and "S. School" in shown
        assert "1 aangeleverde regel kon niet" in as_user("officer").get("/vandaag/").content.decode()

    def test_choices_are_choices_and_nothing_that_was_sent_is_lost(self, lekstroom, friday, as_user):
        read(content(row(7, verzuimsoort="X9", gemeentecode="0356")))
        form = as_user("officer").get(f"/meldingen/afgekeurd/{RejectedLine.objects.get().pk}/").context["form"]
        assert [field.name for field in form.first] == ["verzuimsoort"] and len(form.others) == 21
        kinds = dict(form.fields["verzuimsoort"].choices)
        assert kinds["X9"] == "“X9” (onbekend)" and "LRV" in kinds and form["verzuimsoort"].value() == "X9"
        assert dict(form.fields["gemeentecode"].choices)["0356"] == "Nieuwegein (0356)"
