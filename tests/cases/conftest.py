"""What the tests of pages share: people behind a browser, and a dossier on Friday 20 November 2026."""

from datetime import timedelta

import pytest

from cases.decisions.models import Decision
from cases.dossier.access import NotAllowed
from cases.dossier.models import Case
from cases.meetings.models import Attendance, Meeting
from leerplicht.models import Guardian
from tests import world
from tests.cases import besluit
from tests.cases.overleg import TODAY, at, draft
from thuiszitters.core.people.users import User


@pytest.fixture
def case(lekstroom, friday, kept_case) -> Case:
    """Noor Bakker of Nieuwegein, at home since 5 October 2026: 46 days."""
    return kept_case.put_back()


@pytest.fixture
def shared_case(lekstroom, case) -> Case:
    """The samenwerkingsverband takes part since 1 November."""
    world.involve(case, lekstroom.organisations["verband"], since=world.date(2026, 11, 1))
    return case


@pytest.fixture
def who(lekstroom):
    """`who(question)`: the people of whom the answer is yes; `who(act)` of a check: those that it does not refuse."""

    def ask(question) -> set[str]:
        return {name for name, user in lekstroom.users.items() if _says_yes(question, User.objects.get(pk=user.pk))}

    return ask


def _says_yes(question, user: User) -> bool:
    try:
        return question(user) in (True, None)
    except NotAllowed:
        return False


@pytest.fixture
def mother(case) -> Guardian:
    return Guardian.objects.create(pupil=case.pupil, name="Fatima Bakker", relation="moeder", gezag="ja")


@pytest.fixture
def unrecorded(shared_case, lekstroom, mother) -> Meeting:
    """An MDO of yesterday without a record: gemeente, samenwerkingsverband, mother and child were asked."""
    meeting = draft(shared_case, lekstroom, at(TODAY - timedelta(days=1), 14))
    meeting.save()
    for fields in (
        {"role": "gemeente", "organisation": lekstroom.organisations["nieuwegein"]},
        {"role": "samenwerkingsverband", "organisation": lekstroom.organisations["verband"]},
        {"role": "ouder", "guardian": mother},
        {"role": "kind"},
    ):
        Attendance.objects.create(meeting=meeting, **fields)
    return meeting


@pytest.fixture
def ready(shared_case, lekstroom) -> Case:
    """A dossier in which everything is there to decide, and a holder for onderwijs."""
    besluit.make_ready(shared_case, lekstroom)
    besluit.mandate(lekstroom, "onderwijs")
    return shared_case


@pytest.fixture
def presented(ready, lekstroom) -> Decision:
    """A doorzettingsbesluit that lies before the holder."""
    return besluit.presented(ready, lekstroom)
