"""Who stands around the child: who may write it down, who sees it, and that nothing shows of a child elsewhere."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.test import Client

from cases.dossier.results import MOVED
from cases.dossier.rules import NotNow
from cases.dossier.states import State
from cases.handling.acts import transition
from cases.intake.acts import take_in
from cases.intake.joining import join_pupils
from cases.people.acts import say_sibling
from cases.people.models import Professional, Sibling
from cases.people.queries import earlier_cases, proposed_siblings, siblings_of
from leerplicht.models import Guardian
from tests import world
from tests.cases.test_query_counts import queries
from thuiszitters.core.log.models import AuditEvent

TODAY = date(2026, 11, 20)
pytestmark = pytest.mark.django_db

FORM = {"name": "J. Smit", "role": "jeugdarts", "works_at": "GGD", "phone": "06 55500001", "email": "smit@ggd.test"}


def page(client, case) -> str:
    return client.get(f"/dossiers/{case.number}/").content.decode()


def add(client, case, **changed) -> int:
    return client.post(f"/dossiers/{case.number}/professionals/nieuw/", FORM | changed).status_code


@pytest.fixture
def closed(case, lekstroom):
    transition(case, State.AFGESLOTEN, by=lekstroom.officer, because="Verhuisd.", result=MOVED, closed_on=TODAY)
    return case


@pytest.fixture
def brother(lekstroom, case):
    child = world.pupil(first_names="Sem", last_name="Bakker", address="Dorpsstraat 1, 3431 AA Nieuwegein")
    return world.open_case(child, lekstroom.schools["99AA00"])


def live_together(case, other):
    for row in (case, other):
        row.pupil.address = "Dorpsstraat 1, 3431 AA Nieuwegein"
        row.pupil.save()


class TestProfessionals:
    def test_added_changed_and_gone(self, case, as_user):
        officer = as_user("officer")
        assert add(officer, case) == 302
        row = case.professionals.get()
        shown = page(officer, case)
        for words in FORM.values():
            assert words in shown
        path = f"/dossiers/{case.number}/professionals/{row.pk}/"
        form = officer.get(path).context["form"]
        gone = FORM | {"version": form["version"].value(), "until": "2026-11-01"}
        answer = officer.post(path, gone)
        assert answer.status_code == 302 and answer.url == f"/dossiers/{case.number}/#mensen"
        row.refresh_from_db()
        assert (row.until, row.is_running) == (date(2026, 11, 1), False)
        shown = page(officer, case)
        assert "Eerder betrokken (1)" in shown and path in shown, "a wrong last day can be mended"
        assert "J. Smit" in officer.get(f"/dossiers/{case.number}/geschiedenis/").content.decode()

    @pytest.mark.parametrize(("field", "value"), [("name", ""), ("role", ""), ("email", "geen adres")])
    def test_what_is_wrong_is_said_and_nothing_is_lost(self, case, as_user, field, value):
        answer = as_user("officer").post(f"/dossiers/{case.number}/professionals/nieuw/", FORM | {field: value})
        shown = answer.content.decode()
        assert answer.status_code == 422 and not Professional.objects.exists()
        assert [v for k, v in FORM.items() if k != field and v not in shown] == []

    def test_a_second_click_makes_one(self, case, as_user):
        officer = as_user("officer")
        assert [add(officer, case), add(officer, case)] == [302, 302]
        assert Professional.objects.count() == 1

    def test_of_two_who_save_the_second_sees_what_the_first_wrote(self, case, as_user):
        officer = as_user("officer")
        add(officer, case)
        path = f"/dossiers/{case.number}/professionals/{case.professionals.get().pk}/"
        read = officer.get(path).context["form"]["version"].value()
        assert officer.post(path, FORM | {"version": read, "role": "arts"}).status_code == 302
        answer = officer.post(path, FORM | {"version": read, "phone": "030 5550002"})
        assert answer.status_code == 422 and "<dd>arts</dd>" in re.sub(r"\s+", "", answer.content.decode())

    def test_who_sees_and_who_changes(self, shared_case, as_user, lekstroom):
        """The gemeente changes what a partner wrote; a partner its own only."""
        add(as_user("officer"), shared_case)
        add(as_user("coordinator"), shared_case, name="K. Eigen")
        of_gemeente, own = shared_case.professionals.order_by("pk")
        assert "J. Smit" in page(as_user("coordinator"), shared_case)
        answers = {
            (who, row.name): as_user(who).get(f"/dossiers/{shared_case.number}/professionals/{row.pk}/").status_code
            for who in ("officer", "leader", "coordinator", "colleague", "stranger", "region")
            for row in (of_gemeente, own)
        }
        assert answers == {
            ("officer", "J. Smit"): 200,
            ("officer", "K. Eigen"): 200,
            ("leader", "J. Smit"): 200,
            ("leader", "K. Eigen"): 200,
            ("coordinator", "J. Smit"): 403,
            ("coordinator", "K. Eigen"): 200,
            ("colleague", "J. Smit"): 404,
            ("colleague", "K. Eigen"): 404,
            ("stranger", "J. Smit"): 404,
            ("stranger", "K. Eigen"): 404,
            ("region", "J. Smit"): 403,
            ("region", "K. Eigen"): 403,
        }

    def test_a_closed_dossier_takes_nobody_in(self, closed, as_user):
        add(as_user("officer"), closed)
        assert not Professional.objects.exists()


def test_costs_as_much_with_many(shared_case, as_user, lekstroom):
    """For the gemeente and for a partner, to whom each row can be of another side."""
    clients, address = [as_user("officer"), as_user("coordinator")], f"/dossiers/{shared_case.number}/"
    add(clients[0], shared_case)
    [client.get(address) for client in clients]
    few = [queries(client, address) for client in clients]
    for n in range(6):
        add(clients[n % 2], shared_case, name=f"Iemand {n}")
    assert [queries(client, address) for client in clients] == few


class TestSiblings:
    def test_proposed_by_address_and_answered_once_for_both(self, case, brother, as_user, lekstroom):
        live_together(case, brother)
        officer = as_user("officer")
        assert "Is <a" in page(officer, case) and "Zelfde adres of zelfde ouder" in page(officer, brother)
        path = f"/dossiers/{case.number}/broers-en-zussen/{brother.pupil_id}/"
        assert officer.post(path, {"antwoord": "ja"}).status_code == 302
        for one, other in ((case, brother), (brother, case)):
            assert [s.pupil for s in siblings_of(one, lekstroom.officer)] == [other.pupil]
            assert proposed_siblings(one, lekstroom.officer) == []
        assert "ook thuis" in page(officer, case)
        officer.post(path, {"antwoord": "nee"})
        assert siblings_of(case, lekstroom.officer) == [] == proposed_siblings(case, lekstroom.officer)
        assert Sibling.objects.count() == 1

    @pytest.mark.parametrize(
        ("mine", "theirs", "proposed"),
        [
            (("A. Bakker", "06 1", ""), ("A. Bakker", "06 1", ""), True),
            (("A. Bakker", "", "a@b.test"), ("a. bakker", "", "A@b.test"), True),
            (("A. Bakker", "06 1", ""), ("A. Bakker", "06 2", ""), False),  # a name alone is no family
            (("A. Bakker", "06 1", ""), ("B. Bakker", "06 1", ""), False),  # the number of an institution
            (("A. Bakker", "", ""), ("A. Bakker", "", ""), False),
        ],
    )
    def test_by_a_parent(self, case, brother, lekstroom, mine, theirs, proposed):
        for row, (name, phone, email) in ((case, mine), (brother, theirs)):
            Guardian.objects.create(pupil=row.pupil, name=name, relation="moeder", phone=phone, email=email)
        assert bool(proposed_siblings(case, lekstroom.officer)) == proposed

    def test_a_secret_address_is_compared_with_nothing(self, case, brother, lekstroom):
        live_together(case, brother)
        for row in (case, brother):
            row.pupil.secret_address = True
            row.pupil.save()
            assert proposed_siblings(case, lekstroom.officer) == [] == proposed_siblings(brother, lekstroom.officer)

    def test_a_child_of_another_gemeente_is_not_proposed_and_not_taken(self, case, lekstroom):
        child = world.pupil(first_names="Sem", last_name="Bakker", municipality_id="0321")
        other = world.open_case(child, lekstroom.schools["99AA00"])
        live_together(case, other)
        assert proposed_siblings(case, lekstroom.leader) == []  # who works for both
        with pytest.raises(NotNow, match="andere gemeente"):
            say_sibling(case, other.pupil, holds=True, by=lekstroom.leader)

    def test_by_number(self, case, brother, as_user, lekstroom):
        officer, path = as_user("officer"), f"/dossiers/{case.number}/broers-en-zussen/"
        wrong = officer.post(path, {"number": "TZ-0000-2026-0001"})
        assert wrong.status_code == 422 and "niet gevonden" in wrong.content.decode()
        assert "zelf" in officer.post(path, {"number": case.number}).content.decode()
        assert officer.post(path, {"number": f" {brother.number.lower()} "}).status_code == 302
        assert [s.pupil for s in siblings_of(case, lekstroom.officer)] == [brother.pupil]

    def test_who_does_not_see_the_other_dossier_does_not_hear_of_it(self, shared_case, brother, as_user, lekstroom):
        say_sibling(shared_case, brother.pupil, holds=True, by=lekstroom.officer)
        assert "Sem Bakker" in page(as_user("officer"), shared_case)
        assert "Sem Bakker" not in page(as_user("coordinator"), shared_case)
        world.involve(brother, lekstroom.organisations["verband"])
        assert "Sem Bakker" in page(as_user("coordinator"), shared_case)

    def test_who_saw_which_other_child_stands_in_the_log(self, case, brother, as_user):
        live_together(case, brother)
        AuditEvent.objects.all()._raw_delete("default")
        page(as_user("officer"), case)
        assert [e.pupil_ids for e in AuditEvent.objects.filter(action="siblings_shown")] == [[brother.pupil_id]]
        assert [e.pupil_ids for e in AuditEvent.objects.filter(action="case_viewed")] == [[case.pupil_id]]

    def test_without_the_row_no_other_child_shows(self, case, brother, lekstroom, monkeypatch):
        live_together(case, brother)
        save = AuditEvent.save

        def broken(self, *args, **kwargs):
            if self.action == "siblings_shown":
                raise DatabaseError("de schijf is vol")
            save(self, *args, **kwargs)

        monkeypatch.setattr(AuditEvent, "save", broken)
        client = Client(raise_request_exception=False)
        client.force_login(lekstroom.officer)
        response = client.get(f"/dossiers/{case.number}/")
        assert response.status_code == 503 and "Sem Bakker" not in response.content.decode()

    def test_a_yes_of_one_of_two_rows_of_a_child_stays(self, case, brother, lekstroom):
        double = world.pupil(first_names="Noor", last_name="Bakkers", pgn_hash="")
        say_sibling(case, brother.pupil, holds=False, by=lekstroom.officer)
        say_sibling(brother, double, holds=True, by=lekstroom.officer)
        join_pupils(double, case.pupil, by=lekstroom.officer)
        assert [s.pupil for s in siblings_of(case, lekstroom.officer)] == [brother.pupil]

    def test_who_may_say_it(self, shared_case, brother, lekstroom, who):
        def said(user):
            say_sibling(shared_case, brother.pupil, holds=True, by=user)

        assert who(said) == {"officer", "leader"}
        with pytest.raises(PermissionDenied):
            said(lekstroom.coordinator)

    def test_two_rows_of_one_child_become_one(self, case, brother, lekstroom):
        """What was said of the one holds for the other; a child is no brother of itself."""
        third = world.open_case(world.pupil(first_names="Jet", last_name="Bakker"), lekstroom.schools["99AA00"])
        double = world.pupil(first_names="Noor", last_name="Bakkers", pgn_hash="")
        for one, other in ((brother, double), (third, double), (brother, case.pupil)):
            say_sibling(one, other, holds=True, by=lekstroom.officer)
        say_sibling(case, double, holds=False, by=lekstroom.officer)
        join_pupils(double, case.pupil, by=lekstroom.officer)
        assert {s.pupil for s in siblings_of(case, lekstroom.officer)} == {brother.pupil, third.pupil}
        assert Sibling.objects.count() == 2


def test_earlier_dossiers(closed, lekstroom, as_user):
    take_in([world.report(closed.pupil, lekstroom.schools["99AA00"])], today=TODAY)
    again = closed.pupil.cases.open().get()
    assert earlier_cases(again, lekstroom.officer) == [closed] and earlier_cases(again, lekstroom.stranger) == []
    assert closed.number in page(as_user("officer"), again)
