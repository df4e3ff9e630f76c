"""The goals of a dossier in its papers: to who reads the course of events, a parent's words to that parent alone."""

from datetime import date

import pytest

from cases.goals import acts
from cases.goals.models import Goal, Opinion
from leerplicht.models import Guardian
from tests import world
from tests.reporting.dossiers.test_pdf import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(noor):
    return noor


@pytest.fixture
def parents(case) -> dict[str, Guardian]:
    about = {"pupil": case.pupil, "gezag": "ja"}
    return {
        n: Guardian.objects.create(name=n, relation=r, **about) for n, r in (("Fatima", "moeder"), ("Joost", "vader"))
    }


@pytest.fixture
def planned(case, lekstroom, parents) -> None:
    own = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
    runs = Goal(text="DOELLOOPT", who="mentor", review_on=date(2026, 12, 4), **own)
    ended = Goal(text="DOELKLAAR", who="mentor", review_on=date(2026, 12, 4), **own)
    for goal in (runs, ended):
        acts.save_goal(goal, by=lekstroom.officer)
    acts.review(ended, state="gehaald", because="HOEHETGING", by=lekstroom.officer)
    said = {"on": date(2026, 11, 19), **own}
    people = ((parents["Fatima"], "MOEDERVINDT"), (parents["Joost"], "VADERVINDT"), (None, "KINDVINDT"))
    opinions = [Opinion(goal=runs, guardian=g, says="deels", why=why, **said) for g, why in people]
    acts.say(case, [*opinions, Opinion(guardian=None, says="eens", why="HELEPLAN", **said)], by=lekstroom.officer)


ALL = {"DOELLOOPT", "DOELKLAAR", "HOEHETGING", "MOEDERVINDT", "VADERVINDT", "KINDVINDT", "HELEPLAN"}


def told(client, case, reader, **fields) -> set[str]:
    text = words(world.take_along(client, case, reader, **fields).content)
    return {word for word in ALL if word in text}


@pytest.mark.parametrize("chapters", [["stappen"], ["contacten", "verloop"]])
class TestOnPaper:
    def test_the_own_side_reads_all(self, case, planned, as_user, chapters):
        assert told(as_user("officer"), case, "volledig", chapters=chapters) == ALL

    def test_a_partner_that_reads_the_course_as_well(self, case, planned, as_user, chapters):
        assert told(as_user("coordinator"), case, "volledig", chapters=chapters) == ALL

    def test_a_parent_not_the_words_of_the_other(self, case, planned, parents, as_user, chapters):
        reader = f"ouders-{parents['Fatima'].pk}"
        assert told(as_user("officer"), case, reader, chapters=chapters) == ALL - {"VADERVINDT"}


def test_where_nobody_is_recognised_no_word_of_it(case, planned, as_user):
    for reader, chapters in (("pseudoniem", ["klok", "stappen", "aanbod"]), ("aantallen", [])):
        assert told(as_user("officer"), case, reader, chapters=chapters) == set()
