"""A letter that invites: filled by the talk that was planned, and else it plans the talk."""

from datetime import date

import pytest

from cases.documents.models import Document
from tests.reporting.letters.sending import a_talk, page, sent


def test_a_talk_that_was_planned_fills_the_letter_and_is_not_planned_twice(case, as_user, lekstroom):
    planned = a_talk(case, lekstroom)
    officer = as_user("officer")
    form = officer.get(page(case, "gesprek/")).context["form"]
    said = [form[name].value() for name in ("afspraak_datum", "afspraak_tijd", "afspraak_plek")]
    assert said == ["maandag 7 december 2026", "14.00 uur", "Kamer 1"]
    assert officer.post(page(case, "gesprek/"), sent(case)).status_code == 302
    assert list(case.talks.all()) == [planned]


@pytest.mark.parametrize("time", ["in de middag", "25.00 uur"])
def test_a_time_that_is_none_is_a_step_on_the_day(case, as_user, time):
    assert as_user("officer").post(page(case, "gesprek/"), sent(case, afspraak_tijd=time)).status_code == 302
    assert not case.talks.exists()
    assert case.tasks.get(due_on=date(2026, 12, 7)).title == "Gesprek met ouders en kind"


def test_a_day_that_cannot_be_planned_is_a_step_and_the_letter_is_there(case, as_user):
    answer = as_user("officer").post(page(case, "gesprek/"), sent(case, afspraak_datum="maandag 6 december 2027"))
    assert answer.status_code == 302 and Document.objects.count() == 1
    assert not case.talks.exists() and case.tasks.filter(due_on=date(2027, 12, 6)).exists()
