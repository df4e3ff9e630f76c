"""Labels: of one organisation, on its dossiers, in its lists; nobody else reads them."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.dossier.rules import NotNow
from cases.labels.acts import MOST, known_to, set_labels
from cases.labels.models import CaseLabel
from tests import world
from tests.cases.worklist.test_worklist import names

pytestmark = pytest.mark.django_db


def put(client, case, *chosen: str, new: str = "") -> int:
    path = f"/dossiers/{case.number}/labels/"
    shown = client.get(path)
    stood = shown.context["form"]["shown"].value() if shown.status_code == 200 else ""
    return client.post(path, {"names": chosen, "new": new, "shown": stood}).status_code


def stand(case) -> list[str]:
    return case.labels.all().names()


@pytest.fixture
def other(lekstroom, case):
    return world.open_case(world.pupil(first_names="Sem", last_name="Vos"), lekstroom.schools["99AA00"])


class TestPutting:
    def test_typed_chosen_and_taken_away(self, case, other, as_user):
        officer = as_user("officer")
        assert put(officer, case, new="  wacht op   vervoer ") == 302
        assert stand(case) == ["wacht op vervoer"]
        assert put(officer, other, "wacht op vervoer", new="bellen") == 302
        assert stand(other) == ["bellen", "wacht op vervoer"]
        assert put(officer, other, "bellen") == 302
        assert stand(other) == ["bellen"] and stand(case) == ["wacht op vervoer"]

    def test_a_word_in_capitals_is_the_same_word(self, case, other, as_user):
        officer = as_user("officer")
        put(officer, case, new="Vervoer")
        put(officer, other, new="VERVOER")
        assert stand(other) == ["Vervoer"]
        put(officer, other, "Vervoer", new="vervoer")
        assert stand(other) == ["Vervoer"]

    def test_what_stands_nowhere_is_no_choice_any_more(self, case, as_user, lekstroom):
        officer = as_user("officer")
        put(officer, case, new="bellen")
        put(officer, case, new="vervoer")
        assert known_to(lekstroom.organisations["nieuwegein"]) == ["vervoer"]
        assert put(officer, case, "bellen") == 422  # a choice that is gone

    def test_what_a_colleague_put_there_in_between_stays(self, case, as_user):
        officer, leader, path = as_user("officer"), as_user("leader"), f"/dossiers/{case.number}/labels/"
        put(officer, case, new="bellen")
        stood = officer.get(path).context["form"]["shown"].value()
        put(leader, case, "bellen", new="vervoer")
        officer.post(path, {"names": [], "new": "tolk", "shown": stood})
        assert stand(case) == ["tolk", "vervoer"]

    def test_no_more_than_ten(self, case, lekstroom):
        with pytest.raises(NotNow, match="hoogstens"):
            set_labels(case, [f"label {n}" for n in range(MOST + 1)], shown=(), by=lekstroom.officer)
        assert stand(case) == []

    def test_the_history_tells_who(self, case, as_user, lekstroom):
        put(as_user("officer"), case, new="bellen")
        put(as_user("officer"), case)
        assert [(h.history_type, h.history_user) for h in CaseLabel.history.all()] == [
            ("-", lekstroom.officer),
            ("+", lekstroom.officer),
        ]


class TestWhoReads:
    """`canary`: a word in another organisation's page or list."""

    @pytest.fixture
    def labelled(self, case, lekstroom, as_user):
        world.involve(case, lekstroom.organisations["verband"])
        put(as_user("officer"), case, new="vaniljevla")
        put(as_user("coordinator"), case, new="kokosnoot")
        return case

    @pytest.mark.parametrize(
        ("who", "own", "others"), [("officer", "vaniljevla", "kokosnoot"), ("leader", "vaniljevla", "kokosnoot"),
                                   ("coordinator", "kokosnoot", "vaniljevla")],
    )  # fmt: skip
    def test_each_its_own(self, labelled, as_user, who, own, others):
        client = as_user(who)
        here = f"/dossiers/{labelled.number}/"
        for path in (here, f"{here}labels/", "/werkvoorraad/?lijst=alle"):
            page = client.get(path).content.decode()
            assert own in page and others not in page, path

    def test_a_bureau_and_its_gemeente_have_one_list(self, labelled, as_user):
        put(as_user("leader"), labelled, "vaniljevla", new="teamoverleg")
        rows = CaseLabel.objects.filter(name__in=["vaniljevla", "teamoverleg"])
        assert {row.organisation.name for row in rows} == {"Gemeente Nieuwegein"}

    def test_the_filter_finds_the_own_ones_alone(self, labelled, other, as_user):
        officer = as_user("officer")
        assert names(officer.get("/werkvoorraad/?lijst=alle&label=vaniljevla")) == [labelled.pupil.name]
        assert names(officer.get("/werkvoorraad/?lijst=alle&label=kokosnoot")) == []
        page = officer.get("/werkvoorraad/?lijst=alle").content.decode()
        assert re.search(r'<option value="vaniljevla"', page) and "kokosnoot" not in page

    def test_who_may_not_work_there_puts_none(self, case, lekstroom, as_user):
        assert put(as_user("stranger"), case, new="x") == 404
        assert put(as_user("controller"), case, new="x") in (403, 404)
        with pytest.raises(PermissionDenied):
            set_labels(case, ["x"], shown=(), by=lekstroom.stranger)


def test_a_list_costs_the_same_with_and_without(case, other, as_user):
    officer = as_user("officer")
    put(officer, case, new="a")
    with CaptureQueriesContext(connection) as one:
        officer.get("/werkvoorraad/?lijst=alle")
    for word in ("b", "c", "d"):
        put(officer, other, "a", new=word)
        put(officer, case, "a", new=word)
    with CaptureQueriesContext(connection) as many:
        officer.get("/werkvoorraad/?lijst=alle")
    assert len(many) == len(one)
