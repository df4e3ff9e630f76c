"""The worklist: which dossiers, in what order, counts that equal the rows, and the list as CSV."""

import csv
import io
import re
from datetime import date, timedelta

import pytest

from cases.dossier.models import Assignment
from cases.work.models import Contact
from cases.worklist.models import SavedFilter
from tests import world
from thuiszitters.core.words import FORMULA_STARTS, harmless

COLUMNS = (
    "dossier;leerling;geboortedatum;gemeente;school;thuis_sinds;dagen_thuis;verplichting;termijn;stand;"
    "overschreden_vanaf;stap;behandelaar"
)


def text(response) -> str:
    return response.content.decode()


def names(response) -> list[str]:
    return re.findall(r'<a class="name" href="[^"]*">([^<]+)</a>', text(response))


def chips(response) -> dict[str, int]:
    """The number at each filter, by its words."""
    stands = re.search(r'<nav class="chips.*?</nav>', text(response), re.DOTALL)[0]
    found = re.findall(r'<a class="chip.*?</a>', stands, re.DOTALL)
    words = [" ".join(re.sub(r"<[^>]+>", " ", chip).split()) for chip in found]
    return {label: int(count) for count, label in (w.split(" ", 1) for w in words)}


@pytest.fixture
def five(lekstroom, friday):
    """Five children at home since different days, with and without handler; one is not of this region."""
    made = {}
    for name, first_day, gemeente, handler in (
        ("Anna", "2026-08-31", "0356", "officer"),
        ("Bram", "2026-10-05", "0356", "officer"),
        ("Cato", "2026-10-19", "0356", None),
        ("Daan", "2026-11-16", "0321", "leader"),
        ("Vreemd", "2026-10-05", "0193", None),
    ):
        child = world.pupil(first_names=name, last_name="Bakker", municipality_id=gemeente)
        case = world.open_case(child, lekstroom.schools["99AA00"], first_day=date.fromisoformat(first_day))
        if handler:
            type(case).objects.filter(pk=case.pk).update(handler=lekstroom.users[handler])
        made[name] = case
    return made


class TestWhatStandsInIt:
    @pytest.mark.parametrize(
        ("who", "query", "expected"),
        [
            ("officer", "", ["Anna", "Bram"]),
            ("officer", "lijst=mijn", ["Anna", "Bram"]),
            ("officer", "lijst=team", ["Anna", "Bram", "Cato"]),
            ("officer", "lijst=alle", ["Anna", "Bram", "Cato"]),
            ("leader", "lijst=alle", ["Anna", "Bram", "Cato", "Daan"]),
            ("leader", "lijst=alle&gemeente=0321", ["Daan"]),
            ("leader", "lijst=alle&gemeente=0193", []),
            ("leader", "lijst=alle&stand=overschreden", ["Anna", "Bram"]),
            ("leader", "lijst=alle&stand=nadert", ["Anna", "Cato"]),
            ("leader", "lijst=alle&stand=vrij", ["Cato"]),
            ("colleague", "lijst=alle", ["Daan"]),
            ("colleague", "lijst=mijn", []),
            ("coordinator", "", []),
            ("stranger", "", ["Vreemd"]),
            ("officer", "lijst=onzin&stand=onzin", ["Anna", "Bram"]),
        ],
    )
    def test_the_right_ones_longest_at_home_first(self, five, as_user, who, query, expected):
        assert [n.split()[0] for n in names(as_user(who).get(f"/werkvoorraad/?{query}"))] == expected

    def test_every_count_equals_the_rows_behind_it(self, five, as_user, lekstroom):
        five["Cato"].contacts.create(
            on=date(2026, 11, 19),
            who="school",
            channel="telefoon",
            by=lekstroom.officer,
            organisation=lekstroom.organisations["nieuwegein"],
        )
        type(five["Anna"]).objects.filter(pk=five["Anna"].pk).update(opened_on=date(2026, 9, 1))
        Assignment.objects.create(case=five["Bram"], handler=lekstroom.leader)
        five["Cato"].tasks.update(owner=lekstroom.leader, due_on=date(2026, 11, 27))
        client = as_user("leader")
        for lijst in ("mijn", "team", "alle"):
            shown = client.get(f"/werkvoorraad/?lijst={lijst}")
            counts = chips(shown)
            links = {label: key for key, label in (("mijn", "van mij"), ("team", "mijn team"), ("alle", "alle"))}
            stands = {"overschreden", "nadert", "nieuw voor mij", "stil", "zonder behandelaar"}
            steps = {"stappenplan te laat"} | ({"stap voor mij"} if lijst != "mijn" else set())
            assert set(counts) == set(links) | stands | steps
            for label, count in counts.items():
                href = re.search(rf'href="([^"]+)"[^>]*><b>{count}</b> {label}</a>', text(shown))[1]
                behind = client.get("/werkvoorraad/" + href.replace("&amp;", "&"))
                assert len(names(behind)) == count, (lijst, label)

    def test_new_to_me_goes_when_i_look_and_not_when_somebody_else_does(self, five, as_user, lekstroom):
        as_user("leader").post(f"/dossiers/{five['Cato'].number}/toewijzen/", {"handler": lekstroom.officer.pk})
        officer, path = as_user("officer"), f"/dossiers/{five['Cato'].number}/"
        as_user("leader").get(path)
        assert len(names(officer.get("/werkvoorraad/?stand=nieuw"))) == 1
        assert text(officer.get("/werkvoorraad/")).count("nieuw voor u") == 1
        officer.get(path)
        assert names(officer.get("/werkvoorraad/?stand=nieuw")) == []

    def test_silence_counts_from_the_last_contact_else_from_the_opening(self, five, as_user, lekstroom, friday):
        case = five["Bram"]
        rows = type(case).objects.filter(pk=case.pk)
        for days_ago, silent in ((14, False), (15, True)):
            rows.update(last_contact_on=friday - timedelta(days=days_ago), opened_on=friday - timedelta(days=30))
            shown = [n.split()[0] for n in names(as_user("officer").get("/werkvoorraad/?stand=stil"))]
            assert ("Bram" in shown) == silent, days_ago

    def test_a_saved_filter_is_of_one_person_and_a_second_save_replaces(self, five, as_user):
        client = as_user("officer")
        for query in ("lijst=alle", "lijst=alle&stand=vrij"):
            client.post("/werkvoorraad/filters/", {"naam": "Vrij", "query": query})
        assert SavedFilter.objects.get().query == "lijst=alle&stand=vrij"
        assert "?lijst=alle&amp;stand=vrij" in text(client.get("/werkvoorraad/"))
        assert "Vrij</a>" not in text(as_user("leader").get("/werkvoorraad/"))
        assert as_user("leader").post(f"/werkvoorraad/filters/{SavedFilter.objects.get().pk}/weg/").status_code == 404
        client.post(f"/werkvoorraad/filters/{SavedFilter.objects.get().pk}/weg/")
        assert not SavedFilter.objects.exists()


class TestExport:
    def rows(self, response) -> list[dict]:
        body = response.content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(body), delimiter=";"))

    def test_columns_mark_and_line_ends_are_those_of_the_contract(self, five, as_user):
        response = as_user("officer").get("/werkvoorraad/export.csv")
        assert response.content.startswith(b"\xef\xbb\xbf" + COLUMNS.encode() + b"\r\n")
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response["Content-Disposition"] == 'attachment; filename="werkvoorraad-2026-11-20.csv"'
        assert response["Cache-Control"] == "no-store"

    def test_one_row_per_open_dossier_and_term_with_the_words_of_the_stand(self, five, as_user):
        rows = self.rows(as_user("officer").get("/werkvoorraad/export.csv"))
        assert [(r["leerling"].split()[0], r["termijn"], r["stand"]) for r in rows] == [
            ("Anna", "4-weken", "overschreden"),
            ("Anna", "6-weken", "overschreden"),
            ("Anna", "3-maanden", "nadert"),
            ("Bram", "4-weken", "overschreden"),
            ("Bram", "6-weken", "overschreden"),
            ("Bram", "3-maanden", "loopt"),
            ("Cato", "4-weken", "nadert"),
            ("Cato", "6-weken", "loopt"),  # reported from a holiday: at home since the Monday after it
            ("Cato", "3-maanden", "loopt"),
        ]

    def test_the_cells_of_one_row(self, five, as_user):
        row = self.rows(as_user("officer").get("/werkvoorraad/export.csv"))[3]
        assert row == {
            "dossier": five["Bram"].number,
            "leerling": "Bram Bakker",
            "geboortedatum": "2013-05-05",
            "gemeente": "Nieuwegein",
            "school": "",
            "thuis_sinds": "2026-10-05",
            "dagen_thuis": "46",
            "verplichting": "leerplichtig",
            "termijn": "4-weken",
            "stand": "overschreden",
            "overschreden_vanaf": "2026-11-09",
            "stap": "Spreek met de ouders en met het kind",
            "behandelaar": "M. Officier",
        }

    def test_the_filters_of_the_address_hold_and_a_closed_dossier_is_not_in_it(self, five, as_user):
        client = as_user("officer")
        assert len(self.rows(client.get("/werkvoorraad/export.csv?stand=vrij"))) == 3
        client.post(
            f"/dossiers/{five['Cato'].number}/afsluiten/", {"result": "VERHUISD", "because": "weg", "seen": "on"}
        )
        assert self.rows(client.get("/werkvoorraad/export.csv?stand=vrij")) == []

    @pytest.mark.parametrize("start", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
    def test_no_cell_is_a_formula(self, lekstroom, friday, as_user, start):
        child = world.pupil(first_names="", last_name=start)
        world.open_case(child, lekstroom.schools["99AA00"])
        rows = self.rows(as_user("officer").get("/werkvoorraad/export.csv"))
        assert len(rows) == 3
        for row in rows:
            assert not any(cell.startswith(FORMULA_STARTS) for cell in row.values())
            assert row["leerling"].endswith(start.strip())

    def test_harmless_leaves_ordinary_words_alone(self):
        assert [harmless(t) for t in ("Noor", "", "2026-10-05", "a=b")] == ["Noor", "", "2026-10-05", "a=b"]

    def test_nobody_without_the_right_takes_it_along(self, five, as_user):
        assert as_user("teacher").get("/werkvoorraad/export.csv").status_code == 403
        assert self.rows(as_user("colleague").get("/werkvoorraad/export.csv"))[0]["leerling"] == "Daan Bakker"
        assert Contact.objects.count() == 0


@pytest.mark.parametrize(("parts", "shown"), [(["verzuim"], False), (["verzuim", "verloop"], True)])
def test_who_does_not_read_the_course_sees_neither_last_contact_nor_next_step(case, lekstroom, as_user, parts, shown):
    """When there was contact and what is asked of whom is of the course of events (docs/adr/0011)."""
    world.involve(case, lekstroom.organisations["verband"], parts=parts)
    type(case).objects.filter(pk=case.pk).update(last_contact_on=date(2026, 11, 18))
    html = text(as_user("coordinator").get("/werkvoorraad/?lijst=alle"))
    assert case.number in html
    assert ("2 dagen geleden" in html, "Spreek met de ouders" in html) == (shown, shown)
