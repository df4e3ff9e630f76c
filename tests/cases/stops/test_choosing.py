"""Which dossiers can come on the agenda: each filter, together, in which order, and all of what is shown."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.barriers.models import Barrier
from cases.dossier.models import Case
from tests import world
from tests.cases.stops.test_stops import a_stop, mark_in, page
from thuiszitters.core.log.models import AuditEvent


@pytest.fixture
def row(lekstroom, cases):
    """A Thuiszitterstop of the bureau, which acts for both gemeenten; nothing is on it. Of each child a school is
    known."""
    for case, code in zip(cases, ("99AA00", "99AA00", "99AA00", "99AB00"), strict=True):
        case.pupil.enrolments.create(school=lekstroom.schools[code])
    return a_stop(lekstroom, organisation=lekstroom.organisations["bureau"], by=lekstroom.leader)


@pytest.fixture
def shown(row, as_user):
    """Who stand in the list, by first name, and the page."""

    def ask(query: str = "", who: str = "leader") -> tuple[list[str], str]:
        content = as_user(who).get(page(row, f"kiezen/?{query}")).content.decode()
        names = ("Noor", "Sem", "Fleur", "Joep")
        found = [(content.index(f"Kies {n} "), n) for n in names if f"Kies {n} " in content]
        return [name for _, name in sorted(found)], content

    return ask


def stuck(case, lekstroom, kind="vervoer", **fields) -> None:
    values = {"kind": kind, "what": "x", "asked_on": date(2026, 11, 2), "by": lekstroom.officer}
    Barrier.objects.create(case=case, organisation=lekstroom.organisations["nieuwegein"], **(values | fields))


class TestFilters:
    def test_all_who_are_at_home_first(self, shown, cases):
        Case.objects.filter(pk=cases[1].pk).update(home_since=None)
        assert sorted(shown()[0]) == ["Fleur", "Joep", "Noor"]
        found, content = shown("ook=on")
        assert sorted(found) == ["Fleur", "Joep", "Noor", "Sem"]
        assert "4 dossiers van kinderen, nog niet op de agenda. Volgorde: langst thuis eerst." in content

    def test_mine(self, shown, cases, lekstroom):
        Case.objects.filter(pk=cases[2].pk).update(handler=lekstroom.leader)
        Case.objects.filter(pk=cases[0].pk).update(handler=lekstroom.officer)
        found, content = shown("wie=mij")
        assert found == ["Fleur"]
        assert "1 dossier van kinderen die nu thuis zitten, nog niet op de agenda: van mij. Volgorde" in content

    def test_the_school_where_it_is_now(self, shown, cases, lekstroom):
        cases[0].pupil.enrolments.update(last_day=date(2026, 10, 1))
        cases[0].pupil.enrolments.create(school=lekstroom.schools["99AC00"], first_day=date(2026, 10, 2))
        assert sorted(shown("school=99AA00")[0]) == ["Fleur", "Sem"]
        found, content = shown("school=bestaatniet")
        assert found == [] and "Geen school gevonden met “bestaatniet”" in content
        found, content = shown("school=brug&school_gezocht=brug&school_keuze=99AC00")
        assert found == ["Noor"] and "op de agenda: De Brug." in content

    def test_why_it_is_stuck(self, shown, cases, lekstroom):
        stuck(cases[0], lekstroom)
        stuck(cases[1], lekstroom, solved_on=date(2026, 11, 5), solved_how="busje")
        stuck(cases[2], lekstroom, kind="zorg")
        found, content = shown("vast=vervoer")
        assert found == ["Noor"] and "zit vast op: leerlingenvervoer" in content

    def test_the_gemeente(self, shown):
        found, content = shown("gemeente=0321")
        assert found == ["Joep"] and "gemeente Houten" in content

    def test_together(self, shown, cases, lekstroom):
        for case in (cases[0], cases[3]):
            stuck(case, lekstroom)
            Case.objects.filter(pk=case.pk).update(handler=lekstroom.leader)
        found, content = shown("wie=mij&vast=vervoer&gemeente=0321&termijn=6-weken&school=99AB00&sorteer=naam")
        assert found == ["Joep"]
        assert (
            "1 dossier van kinderen die nu thuis zitten, nog niet op de agenda: van mij, langer dan 6 weken thuis, "
            "Het Kompas, zit vast op: leerlingenvervoer, gemeente Houten. Volgorde: naam."
        ) in content
        assert "Joep" not in shown("wie=mij&vast=vervoer&gemeente=0356")[0]

    @pytest.mark.parametrize("query", ["termijn=9-weken", "vast=x", "gemeente=0193", "sorteer=lengte", "wie=jij"])
    def test_what_is_not_in_the_list_shows_nothing_and_is_said(self, shown, row, as_user, query):
        """Not all dossiers instead: that would be a wider list than somebody asked."""
        found, content = shown(query)
        assert found == [] and "Verbeter eerst wat u hierboven invulde" in content and "uit de lijst" in content
        as_user("leader").post(page(row, f"kiezen/?{query}"), {"alle": "1", "lijst": "x"})
        assert not row.cases.exists()

    def test_what_blocks_and_contact_are_of_the_course_of_events(self, row, shown, cases, lekstroom):
        """A samenwerkingsverband to which absence alone was shown sees neither, and finds nothing by it."""
        world.involve(cases[0], lekstroom.organisations["verband"], since=date(2026, 11, 1), parts=["verzuim"])
        world.involve(cases[1], lekstroom.organisations["verband"], since=date(2026, 11, 1))
        for case in cases[:2]:
            stuck(case, lekstroom)
        Case.objects.filter(pk=cases[0].pk).update(last_contact_on=date(2026, 11, 9))
        assert shown("vast=vervoer", "coordinator")[0] == ["Sem"]
        found, content = shown("sorteer=contact", "coordinator")
        assert found == ["Sem", "Noor"] and content.count("leerlingenvervoer</td>") == 1 and "9 nov" not in content
        assert 'name="wie"' not in content  # nobody there has own dossiers


class TestOrder:
    def test_longest_at_home_name_school_and_contact(self, shown, cases, lekstroom):
        homes = dict(zip(cases, ("2026-10-08", "2026-10-05", "2026-10-07", "2026-10-06"), strict=True))
        for case, day in homes.items():
            Case.objects.filter(pk=case.pk).update(home_since=day, opened_on="2026-10-20")
        Case.objects.filter(pk=cases[0].pk).update(last_contact_on="2026-10-10")
        Case.objects.filter(pk=cases[1].pk).update(last_contact_on="2026-11-10")
        Case.objects.filter(pk=cases[2].pk).update(last_contact_on="2026-10-25")
        assert shown()[0] == ["Sem", "Joep", "Fleur", "Noor"]
        assert shown("sorteer=naam")[0] == ["Joep", "Fleur", "Noor", "Sem"]
        assert shown("sorteer=school")[0] == ["Sem", "Fleur", "Noor", "Joep"]
        assert shown("sorteer=contact")[0] == ["Noor", "Joep", "Fleur", "Sem"]  # Joep: never, so since it was opened


class TestPages:
    @pytest.fixture
    def many(self, lekstroom, row, monkeypatch):
        monkeypatch.setattr("cases.stops.views.choosing.PER_PAGE", 3)
        return [world.open_case(world.pupil(last_name="Geelvink"), lekstroom.schools["99AA00"]) for _ in range(4)]

    def test_nothing_is_left_out_without_a_word(self, row, many, as_user):
        leader = as_user("leader")
        first, last = (leader.get(page(row, f"kiezen/?sorteer=naam&page={n}")).content.decode() for n in (1, 3))
        assert first.count('name="dossier"') == 3 and last.count('name="dossier"') == 2
        assert "8 dossiers van" in first and "Alle 8 op de agenda" in first
        assert "?sorteer=naam&amp;page=2" in first
        seen = AuditEvent.objects.filter(action="stop_candidates").order_by("pk")
        assert [len(event.pupil_ids) for event in seen] == [3, 2]

    def test_all_is_all_pages_of_the_filter_and_no_more(self, row, many, cases, as_user):
        shown = as_user("leader").get(page(row, "kiezen/?gemeente=0356&page=2")).content.decode()
        as_user("leader").post(page(row, "kiezen/?gemeente=0356&page=2"), {"alle": "1", "lijst": mark_in(shown)})
        assert row.cases.count() == 7 and not row.cases.filter(case=cases[3]).exists()

    def test_all_of_another_filter_than_was_shown_is_refused(self, row, cases, as_user):
        shown = as_user("leader").get(page(row, "kiezen/?gemeente=0321")).content.decode()
        response = as_user("leader").post(page(row, "kiezen/"), {"alle": "1", "lijst": mark_in(shown)})
        assert response.status_code == 422 and not row.cases.exists()

    def test_ticked_outside_the_filter_does_not_come(self, row, cases, as_user):
        as_user("leader").post(page(row, "kiezen/?gemeente=0321"), {"dossier": [cases[0].pk, cases[3].pk]})
        assert [line.case for line in row.cases.all()] == [cases[3]]

    def test_a_full_filter_costs_as_much_with_12_as_with_2(self, row, cases, lekstroom, as_user):
        address = page(row, "kiezen/?ook=on&sorteer=contact&vast=vervoer&school=99AA00")
        leader = as_user("leader")
        for case in cases[:2]:
            stuck(case, lekstroom)
        leader.get(address)
        with CaptureQueriesContext(connection) as few:
            assert leader.get(address).content.decode().count('name="dossier"') == 2
        for _ in range(10):
            case = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
            case.pupil.enrolments.create(school=lekstroom.schools["99AA00"])
            stuck(case, lekstroom)
        with CaptureQueriesContext(connection) as many:
            assert leader.get(address).content.decode().count('name="dossier"') == 12
        assert len(many) == len(few)
