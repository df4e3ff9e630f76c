"""What stands out in the log: a dozen scenarios that must be found, and fifty ordinary days that must not (LG-06)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from cases.dossier.models import Case, Task
from cases.work.models import Note
from leerplicht.models import Guardian, Pupil
from reporting.log.unusual import LOOK_BACK, Limits, findings, since
from tests import world
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.log.models import AuditEvent

HERE = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2026, 11, 2)


@pytest.fixture
def dossiers(lekstroom, friday) -> list[Case]:
    """Forty dossiers of Nieuwegein, all handled by the officer."""
    made = [world.open_case(world.pupil(), lekstroom.schools["99AA00"]) for _ in range(40)]
    Case.objects.update(handler=lekstroom.officer)
    return made


def look(user, case: Case, on: date = MONDAY, hour: int = 10, action: str = "case_viewed", **about) -> AuditEvent:
    with time_machine.travel(datetime(on.year, on.month, on.day, hour, 30, tzinfo=HERE), tick=False):
        return log_event(action, by=user, pupils=[case.pupil_id], case_number=case.number, **about)


def what_is_found() -> list[str]:
    return [f.what for f in findings(AuditEvent.objects.exclude(action="cases_opened"))]


def test_own_family_name_of_the_child(lekstroom, dossiers):
    Pupil.objects.filter(pk=dossiers[0].pupil_id).update(last_name="Officier")
    look(lekstroom.officer, dossiers[0])
    assert what_is_found() == ["Dossier met de eigen achternaam geopend"]


def test_own_family_name_of_a_parent(lekstroom, dossiers):
    Guardian.objects.create(pupil=dossiers[0].pupil, name="F. Officiér", relation="moeder")
    look(lekstroom.officer, dossiers[0], action="dossier_printed")
    assert what_is_found() == ["Dossier met de eigen achternaam geopend"]


def test_a_secret_address_by_who_does_not_handle_it(lekstroom, dossiers):
    Pupil.objects.filter(pk=dossiers[0].pupil_id).update(secret_address=True)
    look(lekstroom.leader, dossiers[0])
    assert what_is_found() == ["Dossier met een geheim adres geopend door wie het niet behandelt"]


def test_far_more_children_than_usual(lekstroom, dossiers):
    for n in range(5):
        look(lekstroom.officer, dossiers[n], MONDAY + timedelta(days=n))
    for case in dossiers[:30]:
        look(lekstroom.officer, case, MONDAY + timedelta(days=7))
    assert what_is_found() == ["30 kinderen bekeken op één dag; gewoon is 1"]


def test_many_on_the_first_day_of_somebody_new(lekstroom, dossiers):
    for case in dossiers[:30]:
        look(lekstroom.leader, case)
    assert "30 kinderen bekeken op één dag; gewoon is 0" in what_is_found()


def test_many_dossiers_of_colleagues(lekstroom, dossiers):
    Case.objects.update(handler=lekstroom.leader)
    for case in dossiers[:8]:
        look(lekstroom.officer, case)
    assert what_is_found() == ["8 dossiers van collega's geopend op één dag"]


def test_many_refusals(lekstroom, dossiers):
    for case in dossiers[:5]:
        look(lekstroom.stranger, case, action="refused", result="geweigerd")
    assert what_is_found() == ["5 keer een dossier geprobeerd dat niet mocht"]


def test_many_whole_numbers(lekstroom, dossiers):
    for case in dossiers[:10]:
        look(lekstroom.officer, case, action="pgn_shown")
    assert what_is_found() == ["10 keer een heel BSN getoond op één dag"]


@pytest.mark.parametrize("hour", [22, 3, 5])
def test_at_night(lekstroom, dossiers, hour):
    look(lekstroom.officer, dossiers[0], hour=hour)
    assert what_is_found() == ["Dossiers geopend in de nacht"]


def test_emergency_access(lekstroom, dossiers):
    look(lekstroom.stranger, dossiers[0], action="emergency_opened", emergency=1)
    assert what_is_found() == ["Noodtoegang gebruikt"]


def test_a_finding_names_the_day_the_person_the_rows_and_the_dossiers(lekstroom, dossiers):
    events = [look(lekstroom.officer, case, hour=23) for case in dossiers[:2]]
    (found,) = findings(AuditEvent.objects.exclude(action="cases_opened"))
    assert (found.on, found.user_id) == (MONDAY, lekstroom.officer.pk)
    assert found.events == tuple(e.pk for e in events)
    assert found.cases == tuple(sorted(c.number for c in dossiers[:2]))


def test_fifty_ordinary_days_are_quiet(lekstroom, dossiers):
    """Officer, teamleider, coordinator and school, at work as they are: nothing is found."""
    Case.objects.filter(pk__in=[c.pk for c in dossiers[20:]]).update(handler=lekstroom.leader)
    school = lekstroom.teacher
    for n in range(50):
        day = MONDAY - timedelta(days=70) + timedelta(days=n)
        own = [dossiers[(n * 3 + k) % 20] for k in range(12)]
        for k, case in enumerate(own):
            look(lekstroom.officer, case, day, hour=8 + k % 9)
        for k in range(5):  # a few of colleagues: standing in
            look(lekstroom.officer, dossiers[20 + (n + k) % 20], day)
        for k in range(20):
            look(lekstroom.leader, dossiers[(n + k) % 40], day, hour=9)
            look(lekstroom.coordinator, dossiers[(n + k) % 40], day, hour=14)
        look(school, dossiers[n % 40], day, hour=21)
        look(lekstroom.officer, own[0], day, action="pgn_shown")
        look(lekstroom.officer, own[0], day, action="refused", result="geweigerd")
    assert what_is_found() == []


def test_a_part_in_a_dossier_makes_it_the_own_caseload(lekstroom, dossiers):
    Case.objects.update(handler=lekstroom.leader)
    own = {"by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
    for case in dossiers[:4]:
        Note.objects.create(case=case, text="x", **own)
    for case in dossiers[4:8]:
        Task.objects.create(case=case, title="x", owner=lekstroom.officer, due_on=MONDAY)
    for case in dossiers[:8]:
        look(lekstroom.officer, case)
    assert what_is_found() == []


def test_the_numbers_can_be_set(lekstroom, dossiers):
    look(lekstroom.officer, dossiers[0], action="pgn_shown")
    assert [f.what for f in findings(AuditEvent.objects.all(), Limits(numbers=1))] != []


def test_how_far_it_looks_back():
    assert since(date(2026, 11, 29)).date() == date(2026, 11, 29) - timedelta(days=LOOK_BACK)
