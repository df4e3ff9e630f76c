"""Sorting and narrowing the worklist: every column both ways, every filter, and counts that equal what they show."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest

from cases.dossier.models import Task
from cases.steps.models import EscalationStep
from cases.worklist.filters import Filters, years_before
from cases.worklist.sorting import SORTS
from leerplicht.models import Enrolment
from tests import world
from tests.cases.worklist.test_worklist import chips, names, text
from thuiszitters.core.people.absences import Absence


@pytest.fixture
def three(lekstroom, friday):
    """Anna (16, secondary school, of the officer), Bram (8, primary, of nobody) and Cato (12, of the officer)."""
    made = {}
    for name, born, first_day, school, handler in (
        ("Anna", date(2010, 5, 5), date(2026, 8, 31), "99AA00", "officer"),
        ("Bram", date(2018, 5, 5), date(2026, 10, 5), "99AB00", None),
        ("Cato", date(2014, 5, 5), date(2026, 11, 9), "99AA00", "officer"),
    ):
        child = world.pupil(first_names=name, last_name=f"Z{name[::-1]}", born=born)
        Enrolment.objects.create(pupil=child, school=lekstroom.schools[school], first_day=date(2025, 9, 1))
        case = world.open_case(child, lekstroom.schools[school], first_day=first_day)
        handled = lekstroom.users[handler] if handler else None
        type(case).objects.filter(pk=case.pk).update(handler=handled)
        made[name] = case
    lekstroom.schools["99AB00"].sector, lekstroom.schools["99AA00"].sector = "po", "vo"
    for school in lekstroom.schools.values():
        school.save()
    return made


def seen(client, query: str) -> list[str]:
    return [name.split()[0] for name in names(client.get(f"/werkvoorraad/?lijst=alle&{query}"))]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Anna", "Bram", "Cato"]),
        ("sorteer=-thuis", ["Cato", "Bram", "Anna"]),
        ("sorteer=naam", ["Anna", "Bram", "Cato"]),
        ("sorteer=-naam", ["Cato", "Bram", "Anna"]),
        ("sorteer=klok", ["Anna", "Bram", "Cato"]),
        ("sorteer=behandelaar", ["Anna", "Cato", "Bram"]),
        ("sorteer=onzin", ["Anna", "Bram", "Cato"]),
        ("school=99AA00", ["Anna", "Cato"]),
        ("school=99AB00", ["Bram"]),
        ("school=De+Lindeboom&school_gezocht=De+Lindeboom&school_keuze=99AA00", ["Anna", "Cato"]),
        ("behandelaar=geen", ["Bram"]),
        ("leeftijd=tot12", ["Bram"]),
        ("leeftijd=12tot16", ["Cato"]),
        ("leeftijd=16tot18", ["Anna"]),
        ("leeftijd=18op", []),
        ("soort=vo", ["Anna", "Cato"]),
        ("soort=po", ["Bram"]),
        ("termijn=6-weken.voorbij", ["Anna", "Bram"]),
        ("termijn=3-maanden.nadert", ["Anna"]),
        ("termijn=6-weken.loopt", ["Cato"]),
        ("termijn=6-weken.onzin", ["Anna", "Bram", "Cato"]),
        ("soort=vo&leeftijd=12tot16", ["Cato"]),
    ],
)
def test_order_and_filters(three, as_user, query, expected):
    assert seen(as_user("officer"), query) == expected


def test_whose_handler_is_away_for_who_works_there(three, lekstroom, as_user):
    days = {"first_day": date(2026, 11, 16), "last_day": date(2026, 11, 27)}
    Absence.objects.create(user=lekstroom.officer, by=lekstroom.officer, **days)
    world.involve(three["Anna"], lekstroom.organisations["verband"])
    assert seen(as_user("officer"), "behandelaar=weg") == ["Anna", "Cato"]
    assert seen(as_user("coordinator"), "behandelaar=weg") == []
    Absence.objects.update(last_day=date(2026, 11, 19))
    assert seen(as_user("officer"), "behandelaar=weg") == []


def test_steps_by_their_day_and_by_whose_they_are(three, lekstroom, as_user):
    Task.objects.update(due_on=date(2026, 12, 1), owner=None)
    Task.objects.filter(case=three["Cato"]).update(due_on=date(2026, 11, 1), owner=lekstroom.officer)
    Task.objects.filter(case=three["Anna"]).update(owner_organisation=lekstroom.organisations["verband"])
    client = as_user("officer")
    assert seen(client, "sorteer=stap")[0] == "Cato" and seen(client, "sorteer=-stap")[-1] == "Cato"
    assert seen(client, "stap=mij") == ["Cato"]
    assert seen(client, "stap=ander") == ["Anna"]
    assert seen(client, "stap=geen") == []


def test_what_somebody_may_not_read_shows_in_no_order_and_no_filter(three, lekstroom, as_user):
    for case in three.values():
        world.involve(case, lekstroom.organisations["verband"], parts=["verzuim"])
    verband = lekstroom.organisations["verband"]
    Task.objects.filter(case=three["Cato"]).update(due_on=date(2026, 11, 1), owner=None, owner_organisation=verband)
    type(three["Bram"]).objects.filter(pk=three["Bram"].pk).update(last_contact_on=date(2026, 11, 1))
    client = as_user("coordinator")
    for key in ("stap", "contact"):
        assert seen(client, f"sorteer={key}") == seen(client, f"sorteer=-{key}"), key
    rung = EscalationStep.objects.filter(case=three["Anna"], result="", planned_on__lte=date(2026, 11, 20)).first()
    step = urlencode({"stappenplan": rung.name})
    assert seen(client, "stap=ons") == seen(client, step) == []
    assert rung.name not in text(client.get("/werkvoorraad/?lijst=alle"))
    assert "Anna" in seen(as_user("officer"), step)


def test_each_head_sorts_says_so_and_turns_around(three, as_user):
    client = as_user("officer")
    for key in SORTS:
        page = text(client.get(f"/werkvoorraad/?lijst=alle&sorteer={key}"))
        assert len(re.findall(r"aria-sort=", page)) == 1, key
        assert f"sorteer=-{key}" in page, key
    assert 'aria-sort="descending"' in text(client.get("/werkvoorraad/?lijst=alle"))


def test_nobody_s_dossiers_count_where_the_chip_leads(three, as_user):
    """In the list of the own it would always be 0, while a child waits (found by an officer)."""
    page = as_user("officer").get("/werkvoorraad/?lijst=mijn")
    assert chips(page)["zonder behandelaar"] == 1
    href = re.search(r'href="([^"]+)"[^>]*><b>1</b> zonder behandelaar', text(page))[1].replace("&amp;", "&")
    assert [n.split()[0] for n in names(as_user("officer").get(f"/werkvoorraad/{href}"))] == ["Bram"]
    assert seen(as_user("officer"), "stand=vrij&lijst=mijn") == ["Bram"]


def test_counts_follow_the_filters(three, as_user):
    client = as_user("officer")
    for query in ("leeftijd=tot12", "soort=vo", "school=99AA00", "termijn=6-weken.voorbij"):
        page = client.get(f"/werkvoorraad/?lijst=alle&{query}")
        for label, count in chips(page).items():
            if found := re.search(rf'href="([^"]+)"[^>]*><b>{count}</b> {label}</a>', text(page)):
                behind = client.get("/werkvoorraad/" + found[1].replace("&amp;", "&"))
                assert len(names(behind)) == count, (query, label)


def test_what_narrows_the_list_can_be_taken_away(three, as_user):
    page = text(as_user("officer").get("/werkvoorraad/?lijst=alle&leeftijd=tot12&soort=po"))
    assert 'href="?lijst=alle&amp;soort=po"' in page and "Leeftijd: jonger dan 12" in page


def test_a_name_of_a_school_that_is_not_one_is_asked(three, as_user):
    page = text(as_user("officer").get("/werkvoorraad/?lijst=alle&school=linde"))
    assert "Bedoelt u deze school?" in page


@pytest.mark.parametrize("value", ["'", "a" * 400, "-", "--naam", "1;2", "99AA00'"])
def test_what_means_nothing_is_no_filter(value):
    query = dict.fromkeys(("school", "termijn", "stap", "leeftijd", "soort", "sorteer", "behandelaar"), value)
    assert Filters.read(query).extra == {} and Filters.read(query).sorteer == ""


def test_a_birthday_on_a_leap_day():
    assert years_before(date(2028, 2, 29), 12) == date(2016, 2, 29)
    assert years_before(date(2028, 2, 29), 18) == date(2010, 2, 28)
