"""What cannot be taken over: each with sheet, line, field and reason, and never half."""

from datetime import date

import pytest
from django.db import DataError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.dossier.models import Case, Task
from cases.sharing.handing_over import take_over as take_over_case
from cases.sharing.models import Referral
from cases.takeover.layout import SHEETS, Kind
from cases.takeover.models import TakenOver
from cases.takeover.saving import dossiers
from cases.work.models import Contact, Note
from leerplicht.imports.text_files import FileRefused
from leerplicht.models import Enrolment, Exemption, Guardian, Pupil
from tests import world
from tests.cases.takeover.takeover_file import csv_of, everything, read, reasons, row, sheet, workbook
from tests.sheets import ods, xlsx

pytestmark = pytest.mark.django_db
LONG = "x" * 20_001

# Sheet, what its line says otherwise, the field that is named and the reason.
REFUSALS = [
    ("kinderen", {"sleutel": ""}, "sleutel", "is leeg"),
    ("kinderen", {"sleutel": "s" * 61}, "sleutel", "is langer dan 60 tekens"),
    ("kinderen", {"sleutel": world.bsn(1)}, "sleutel", "is het BSN of onderwijsnummer van het kind"),
    ("kinderen", {"persoonsgebonden_nummer": "123456789"}, "persoonsgebonden_nummer", "geen geldig"),
    ("kinderen", {"achternaam": " "}, "achternaam", "is leeg"),
    ("kinderen", {"achternaam": "x" * 201}, "achternaam", "is langer dan 200 tekens"),
    ("kinderen", {"voorvoegsel": "x" * 21}, "voorvoegsel", "is langer dan 20 tekens"),
    ("kinderen", {"achternaam": "a\0b"}, "achternaam", "een teken dat niet kan"),
    ("kinderen", {"geboortedatum": "31-02-2012"}, "geboortedatum", "is geen bestaande datum"),
    ("kinderen", {"geboortedatum": "03-04-1989"}, "geboortedatum", "kan niet kloppen"),
    ("kinderen", {"geboortedatum": "03-04-2027"}, "geboortedatum", "deze dag is nog niet geweest"),
    ("kinderen", {"gemeentecode": "9999"}, "gemeentecode", "is onbekend"),
    ("kinderen", {"gemeentecode": "x"}, "gemeentecode", "1 tot 4 cijfers"),
    ("kinderen", {"geheim_adres": "misschien"}, "geheim_adres", "moet ja of nee zijn"),
    ("ouders", {"kind_sleutel": "K9"}, "kind_sleutel", "staat niet in het blad kinderen"),
    ("ouders", {"naam": ""}, "naam", "is leeg"),
    ("ouders", {"gezag_blijkt_uit": ""}, "gezag_blijkt_uit", "waaruit het gezag blijkt"),
    ("ouders", {"e_mail": "geen adres"}, "e_mail", "e-mailadres"),
    ("ouders", {"telefoon": "0" * 21}, "telefoon", "is langer dan 20 tekens"),
    ("inschrijvingen", {"brin": "88ZZ"}, "brin", "Geen school gevonden"),
    ("inschrijvingen", {"ingeschreven_tot_en_met": "01-01-2020"}, "ingeschreven_tot_en_met", "voor de eerste dag"),
    ("inschrijvingen", {"ingeschreven_sinds": "01-01-2010"}, "ingeschreven_sinds", "voor de geboortedatum"),
    ("vrijstellingen", {"artikel": "art. 99"}, "artikel", "is geen van de keuzes"),
    ("vrijstellingen", {"letter": ""}, "letter", "Kies de letter"),
    ("vrijstellingen", {"artikel": "art_11a", "letter": ""}, "uren_per_week", "hoeveel uur per week"),
    ("vrijstellingen", {"laatste_dag": "01-01-2026"}, "laatste_dag", "ligt voor de eerste dag"),
    ("dossiers", {"kind_sleutel": "K9"}, "kind_sleutel", "staat niet in het blad kinderen"),
    ("dossiers", {"nummer": world.bsn(1)}, "nummer", "is het BSN of onderwijsnummer van het kind"),
    ("dossiers", {"geopend_op": "01-01-2027"}, "geopend_op", "deze dag is nog niet geweest"),
    ("dossiers", {"geopend_op": "01-01-2011"}, "geopend_op", "ligt voor de geboortedatum"),
    ("dossiers", {"uitkomst": "VERHUISD"}, "afgesloten_op", "is nodig"),
    ("dossiers", {"afgesloten_op": "01-07-2026"}, "uitkomst", "is nodig"),
    ("dossiers", {"afgesloten_op": "01-06-2026", "uitkomst": "VERHUISD"}, "afgesloten_op", "ligt voor geopend_op"),
    ("dossiers", {"uitkomst": "klaar"}, "uitkomst", "is geen van de keuzes"),
    ("dossiers", {"stand": "afgesloten"}, "stand", "past niet bij afgesloten_op"),
    ("dossiers", {"thuis_sinds": "01-01-2027"}, "thuis_sinds", "deze dag is nog niet geweest"),
    ("dossiers", {"soort_verzuim": ""}, "soort_verzuim", "relatief of absoluut"),
    ("dossiers", {"thuis_sinds": "01-06-2024"}, "soort_verzuim", "hoort een inschrijving"),
    ("dossiers", {"thuis_tot_en_met": "01-05-2026"}, "thuis_tot_en_met", "ligt voor thuis_sinds"),
    ("dossiers", {"thuis_sinds": "", "thuis_tot_en_met": "01-05-2026"}, "thuis_sinds", "is nodig"),
    ("contacten", {"dossier_sleutel": "D9"}, "dossier_sleutel", "staat niet in het blad dossiers"),
    ("contacten", {"met_wie": "buurman"}, "met_wie", "is geen van de keuzes"),
    ("contacten", {"datum": "2026-11-21"}, "datum", "deze dag is nog niet geweest"),
    ("contacten", {"datum": "2011-01-01"}, "datum", "ligt voor de geboortedatum"),
    ("contacten", {"ouder_sleutel": "O9"}, "ouder_sleutel", "staat niet in het blad ouders"),
    ("contacten", {"eigen_woorden": LONG}, "regel", "een veld is langer dan 20000 tekens"),
    ("contacten", {"schrijver": "x" * 101}, "schrijver", "is langer dan 100 tekens"),
    ("notities", {"tekst": ""}, "tekst", "is leeg"),
    ("notities", {"waarover": "handhaving"}, "waarover", "is geen van de keuzes"),
    ("stappen", {"stap": "x" * 201}, "stap", "is langer dan 200 tekens"),
    ("stappen", {"uiterlijk_op": "morgen"}, "uiterlijk_op", "is geen bestaande datum"),
    ("stappen", {"gedaan_op": "21-11-2026"}, "gedaan_op", "deze dag is nog niet geweest"),
    ("stappen", {"uitkomst": "gelukt"}, "gedaan_op", "is nodig bij een uitkomst"),
]


@pytest.mark.parametrize(("kind", "otherwise", "field", "reason"), REFUSALS)
def test_a_line_is_refused_with_sheet_line_field_and_reason(lekstroom, friday, kind, otherwise, field, reason):
    outcome = read(workbook(**everything() | {kind: [row(kind, **otherwise)]}))
    first = outcome.problems[0]
    assert (first.blad, first.regel, first.veld, first.soort) == (kind, 2, field, "afgekeurd")
    assert reason in first.reden
    assert not TakenOver.objects.filter(kind=kind).exists()


class TestNothingHalf:
    def test_of_a_child_that_is_refused_nothing_comes_in(self, lekstroom, friday):
        sheets = everything() | {"kinderen": [row("kinderen", geboortedatum="onbekend")]}
        outcome = read(workbook(**sheets))
        assert dict(outcome.totals) == {"afgekeurd": 8}
        assert {p.reden for p in outcome.problems if p.blad == "ouders"} == {
            "de regel in het blad kinderen kon niet worden overgenomen"
        }
        for model in (Pupil, Guardian, Enrolment, Exemption, Case, Contact, Note, Task, TakenOver):
            assert not model.objects.exists(), model

    def test_the_next_child_does(self, lekstroom, friday):
        sheets = everything()
        sheets["kinderen"].insert(0, row("kinderen", sleutel="K0", persoonsgebonden_nummer="000000000"))
        assert dict(read(workbook(**sheets)).totals) == {"nieuw": 8, "afgekeurd": 1}

    def test_mended_it_comes_in_later(self, lekstroom, friday):
        sheets = everything()
        read(workbook(**sheets | {"kinderen": [row("kinderen", geboortedatum="onbekend")]}))
        assert dict(read(workbook(**sheets)).totals) == {"nieuw": 8}

    def test_a_dossier_whose_first_day_at_home_fails_leaves_no_trace(self, lekstroom, friday):
        sheets = everything() | {"inschrijvingen": []}
        outcome = read(workbook(**sheets))
        assert [p.veld for p in outcome.problems if p.blad == "dossiers"] == ["soort_verzuim"]
        assert not Case.objects.exists() and not Contact.objects.exists()
        read(workbook(**everything()))
        assert Case.objects.get().number == "TZ-0356-2026-0001"

    def test_what_the_database_refuses_stops_nobody_else(self, lekstroom, friday, monkeypatch):
        """On PostgreSQL a value can be too long for a column that nobody thought of."""

        def too_long(run, case, row, on):
            raise DataError("value too long for type character varying(3)")

        monkeypatch.setattr(dossiers, "_save_entry", too_long)
        outcome = read(workbook(**everything()))
        assert dict(outcome.totals) == {"nieuw": 6, "afgekeurd": 2}
        assert {p.veld for p in outcome.problems} == {"regel"}
        assert "value too long" not in str(outcome.problems)

    def test_an_unexpected_error_neither(self, lekstroom, friday, monkeypatch):
        monkeypatch.setattr(dossiers, "_save_entry", lambda *args: 1 / 0)
        assert dict(read(workbook(**everything())).totals) == {"nieuw": 6, "afgekeurd": 2}

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(st.data())
    def test_any_line_in_a_good_file_lets_all_others_in(self, lekstroom, friday, data):
        kind = data.draw(st.sampled_from(list(SHEETS)))
        names = [column.name for column in SHEETS[kind]]
        ordinary = st.sampled_from(["", "ja", "K1", "D1", "05-10-2026", "0356", "99AA", "x" * 300, "\x00", "art_11"])
        text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
        strange = {name: data.draw(ordinary | text, label=name) for name in names}
        lines = csv_free(kind, strange)
        before = TakenOver.objects.count()
        outcome = read(workbook(**everything() | {kind.value: [*everything()[kind.value], lines]}), source="Los")
        assert outcome.totals["nieuw"] + outcome.totals["bekend"] + outcome.totals["ongewijzigd"] >= 8
        assert TakenOver.objects.count() >= max(before, 8)


def csv_free(kind: Kind, values: dict) -> dict:
    """As a workbook can hold it: without the characters that XML does not know, and with a key of its own."""
    clean = {name: "".join(c for c in text if c == "\t" or c >= " ") for name, text in values.items()}
    return clean | {"sleutel": "vreemd"}


class TestTheSameChild:
    def other(self, **fields) -> Pupil:
        known = {"first_names": "Sem", "prefix": "van den", "last_name": "Berg", "born": date(2012, 4, 3)} | fields
        return world.pupil(**known)

    def test_a_known_number_is_that_child_and_stays_as_it_is(self, lekstroom, friday):
        first = everything()["kinderen"]
        read(workbook(kinderen=first))
        Pupil.objects.update(first_names="Sem Peter", address="Dorpsstraat 1")
        assert dict(read(workbook(kinderen=first), source="Ander Systeem").totals) == {"bekend": 1}
        assert (Pupil.objects.get().first_names, Pupil.objects.get().address) == ("Sem Peter", "Dorpsstraat 1")

    @pytest.mark.parametrize("name", [{"voornamen": "Tim"}, {"achternaam": "Jansen"}])
    def test_a_known_number_with_another_name_is_a_question(self, lekstroom, friday, name):
        read(workbook(kinderen=everything()["kinderen"]))
        other = row("kinderen", sleutel="K2", **name)
        (problem,) = read(csv_of("kinderen", other)).problems
        assert problem.veld == "hoort_bij" and "andere naam" in problem.reden
        assert dict(read(csv_of("kinderen", other | {"hoort_bij": "bekend"})).totals) == {"bekend": 1}

    def test_a_known_number_with_another_birth_date_is_refused(self, lekstroom, friday):
        read(workbook(kinderen=everything()["kinderen"]))
        outcome = read(csv_of("kinderen", row("kinderen", sleutel="K2", geboortedatum="04-04-2012")))
        assert [(p.veld, p.reden) for p in outcome.problems] == [
            ("geboortedatum", "is anders dan bij de leerling met dit nummer")
        ]

    def test_name_and_birth_date_are_a_question_that_names_the_dossier(self, lekstroom, friday):
        known = world.open_case(self.other(pgn_hash=""), lekstroom.schools["99AA00"])
        outcome = read(csv_of("kinderen", row("kinderen")))
        (problem,) = outcome.problems
        assert problem.veld == "hoort_bij" and known.number in problem.reden and "bekend" in problem.reden
        assert Pupil.objects.count() == 1

    def test_yes_it_is_the_same(self, lekstroom, friday):
        known = self.other(pgn_hash="")
        assert dict(read(csv_of("kinderen", row("kinderen", hoort_bij="bekend"))).totals) == {"bekend": 1}
        known.refresh_from_db()
        assert known.reveal_pgn() == world.bsn(1)

    def test_no_it_is_another(self, lekstroom, friday):
        self.other(pgn_hash="")
        assert dict(read(csv_of("kinderen", row("kinderen", hoort_bij="ander kind"))).totals) == {"nieuw": 1}

    @pytest.mark.parametrize(
        "fields",
        [
            {"first_names": "Tim"},  # a twin
            {"born": date(2012, 4, 4)},
            {"municipality_id": "0193"},  # what another gemeente has shows nowhere
            {},  # with a number of its own
        ],
    )
    def test_another_child_is_no_question(self, lekstroom, friday, fields):
        self.other(**fields)
        assert dict(read(csv_of("kinderen", row("kinderen"))).totals) == {"nieuw": 1}

    def test_a_child_that_has_an_open_dossier_here_keeps_that_one(self, lekstroom, friday):
        read(workbook(kinderen=everything()["kinderen"]))
        known = world.open_case(Pupil.objects.get(), lekstroom.schools["99AA00"])
        outcome = read(workbook(**everything()))
        assert (outcome.problems[0].blad, outcome.problems[0].veld) == ("dossiers", "kind_sleutel")
        assert known.number in outcome.problems[0].reden
        assert Case.objects.get() == known and not Contact.objects.exists()

    def test_what_is_here_already_is_not_there_twice(self, lekstroom, friday):
        read(workbook(**{k: v for k, v in everything().items() if k in ("kinderen", "ouders", "inschrijvingen")}))
        outcome = read(workbook(**everything()), source="Ander Systeem")
        assert dict(outcome.totals) == {"bekend": 3, "nieuw": 5}
        assert (Guardian.objects.count(), Enrolment.objects.count()) == (1, 1)


class TestGemeenten:
    def test_only_for_which_the_organisation_works(self, lekstroom, friday):
        sheets = everything() | {"kinderen": [row("kinderen", gemeentecode="0193")]}
        outcome = read(workbook(**sheets), allowed={"0356", "0321"})
        assert outcome.problems[0].reden == "uw organisatie werkt niet voor gemeente 0193"
        assert not Pupil.objects.exists()

    def test_keys_of_another_gemeente_are_not_known_here(self, lekstroom, friday):
        read(workbook(kinderen=[row("kinderen", gemeentecode="0193")]))
        outcome = read(csv_of("ouders", row("ouders")), allowed={"0356"})
        assert outcome.problems[0].reden == "staat niet in het blad kinderen en is niet eerder overgenomen"

    def test_two_gemeenten_can_have_the_same_keys(self, lekstroom, friday):
        read(workbook(kinderen=[row("kinderen", gemeentecode="0193", geboortedatum="01-01-2013")]))
        assert dict(read(workbook(**everything()), allowed={"0356"}).totals) == {"nieuw": 8}
        outcome = read(csv_of("ouders", row("ouders", sleutel="O2")))
        assert "meer dan één gemeente" in outcome.problems[0].reden

    def test_a_dossier_that_was_handed_over_since_is_left_alone(self, lekstroom, friday):
        read(workbook(**{k: v for k, v in everything().items() if k != "contacten"}))
        Case.objects.update(municipality="0193")
        outcome = read(csv_of("contacten", row("contacten", ouder_sleutel="")), allowed={"0356"})
        assert outcome.problems[0].reden == "dit dossier hoort intussen bij een andere gemeente"
        assert not Contact.objects.exists()

    def test_a_child_that_was_handed_over_and_joined_there_does_not_come_back(self, lekstroom, friday):
        read(workbook(**everything()), allowed={"0356"})
        case = Case.objects.get()
        known = world.pupil(
            municipality_id="0193", born=date(2012, 4, 3), pgn_hash=case.pupil.pgn_hash, last_name="Berg"
        )
        zwolle, nieuwegein = lekstroom.organisations["zwolle"], lekstroom.organisations["nieuwegein"]
        asked = Referral.objects.create(
            case=case,
            kind=Referral.Kind.HAND_OVER,
            from_municipality=case.municipality,
            from_organisation=nieuwegein,
            to_organisation=zwolle,
            question="Verhuisd",
            asked_by=lekstroom.officer,
        )
        with transaction.atomic():
            take_over_case(case, asked, lekstroom.stranger)
        assert set(TakenOver.objects.values_list("pupil", flat=True)) == {known.pk}
        outcome = read(workbook(**everything()), allowed={"0356"})
        assert (outcome.totals["nieuw"], outcome.totals["bekend"]) == (0, 0)
        assert Pupil.objects.get() == known and Case.objects.count() == 1

    def test_a_parent_of_another_child_is_none_of_this_one(self, lekstroom, friday):
        sheets = everything()
        sheets["kinderen"].append(row("kinderen", sleutel="K2", persoonsgebonden_nummer=world.bsn(2), voornamen="Ida"))
        sheets["ouders"].append(row("ouders", sleutel="O2", kind_sleutel="K2"))
        sheets["contacten"] = [row("contacten", ouder_sleutel="O2")]
        assert [(p.veld, p.reden) for p in read(workbook(**sheets)).problems] == [
            ("ouder_sleutel", "is geen ouder van dit kind")
        ]


class TestSteps:
    def test_a_closed_dossier_waits_for_nobody(self, lekstroom, friday):
        sheets = everything()
        sheets["dossiers"] = [row("dossiers", afgesloten_op="26-06-2026", uitkomst="VERHUISD")]
        assert reasons(read(workbook(**sheets))) == [
            ("stappen", 2, "gedaan_op", "is nodig: het dossier is afgesloten", "afgekeurd")
        ]

    def test_what_was_done_says_by_whom_then(self, lekstroom, friday):
        sheets = everything()
        sheets["stappen"] = [row("stappen", gedaan_op="20-06-2026", uitkomst="Gepland", wie_e_mail="x@elders.test")]
        assert reasons(read(workbook(**sheets))) == []
        done = Task.objects.get(done_on=date(2026, 6, 20))
        assert (done.owner, done.owner_name, done.outcome) == (None, "J. de Wit", "Gepland")


class TestHandler:
    @pytest.mark.parametrize("mail", ["niemand@elders.test", "colleague@voorbeeld.test", "teacher@voorbeeld.test"])
    def test_somebody_who_does_not_work_for_this_gemeente_is_said(self, lekstroom, friday, mail):
        sheets = everything() | {"dossiers": [row("dossiers", behandelaar_e_mail=mail)]}
        (remark,) = read(workbook(**sheets)).problems
        assert (remark.blad, remark.veld, remark.soort) == ("dossiers", "behandelaar_e_mail", "let op")
        assert mail not in remark.reden
        assert Case.objects.get().handler is None

    def test_of_a_bureau_in_any_capitals(self, lekstroom, friday):
        sheets = everything() | {"dossiers": [row("dossiers", behandelaar_e_mail="Leader@Voorbeeld.TEST")]}
        assert reasons(read(workbook(**sheets))) == []
        assert Case.objects.get().handler == lekstroom.leader


class TestFiles:
    def test_a_key_twice(self, lekstroom, friday):
        sheets = everything()
        sheets["kinderen"].append(row("kinderen", persoonsgebonden_nummer=world.bsn(2)))
        assert reasons(read(workbook(**sheets))) == [("kinderen", 3, "sleutel", "staat ook op regel 2", "afgekeurd")]

    def test_a_sheet_that_nobody_knows_is_said(self, lekstroom, friday):
        content = xlsx({"kinderen": sheet("kinderen", row("kinderen")), "verlof": [["a", "b"], ["1", "2"]]})
        assert reasons(read(content)) == [
            ("verlof", 1, "regel", "dit blad is hier onbekend: niet overgenomen", "let op")
        ]

    def test_a_sheet_that_lacks_a_column_is_said(self, lekstroom, friday):
        content = xlsx({"kinderen": [["sleutel", "achternaam"], ["1", "x"]]})
        assert reasons(read(content)) == [
            ("kinderen", 1, "regel", "in dit blad ontbreekt: geboortedatum, gemeentecode", "let op")
        ]

    def test_a_column_that_nobody_knows_is_said(self, lekstroom, friday):
        columns, values = sheet("kinderen", row("kinderen"))
        outcome = read(xlsx({"kinderen": [[*columns, "schoenmaat"], [*values, "38"]]}))
        assert reasons(outcome) == [
            ("kinderen", 1, "schoenmaat", "deze kolom is hier onbekend: niet overgenomen", "let op")
        ]
        assert Pupil.objects.count() == 1

    def test_a_sheet_is_known_by_its_columns_whatever_its_name(self, lekstroom, friday):
        assert dict(read(xlsx({"Blad1": sheet("kinderen", row("kinderen"))})).totals) == {"nieuw": 1}

    def test_ods_and_real_dates(self, lekstroom, friday):
        assert dict(read(ods({"kinderen": sheet("kinderen", row("kinderen", geboortedatum=date(2012, 4, 3)))})).totals)
        assert Pupil.objects.get().born == date(2012, 4, 3)

    def test_a_real_date_and_a_typed_one_are_the_same_line(self, lekstroom, friday):
        read(workbook(kinderen=[row("kinderen", geboortedatum=date(2012, 4, 3))]))
        assert dict(read(workbook(kinderen=[row("kinderen", geboortedatum="03-04-2012")])).totals) == {"ongewijzigd": 1}

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "leeg"),
            (b"a;b;c\n1;2;3\n", "niet te zien wat er in dit bestand staat"),
            (b"a,b\n1,2\n", "puntkomma"),
            (b"PK\x03\x04rommel", "beschadigd"),
            (b"%PDF-1.7", "PDF"),
            (b"sleutel;sleutel;achternaam;geboortedatum;gemeentecode\n", "dubbel"),
        ],
    )
    def test_a_file_that_cannot_be_read(self, lekstroom, content, sentence):
        with pytest.raises(FileRefused, match=sentence):
            read(content)
