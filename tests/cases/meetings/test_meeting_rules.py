"""When an overleg can be, who is asked, who counts as a side and what a record needs: the rules as tables."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from cases.meetings import rules
from cases.meetings.models import Attendance, Meeting
from cases.talks.moment import check_moment
from leerplicht.models import Guardian
from tests import world
from tests.cases.overleg import TODAY, at, sides
from tests.cases.refusal import refusal
from thuiszitters.core.people.organisations import Organisation

NOW = at(TODAY, 10)
MINUTE = timedelta(minutes=1)
YEAR = timedelta(days=365)


@pytest.mark.parametrize(
    ("there", "doctor", "full"),
    [
        ("school samenwerkingsverband gemeente", False, True),
        ("school samenwerkingsverband jeugdhulp", False, True),
        ("school samenwerkingsverband", False, False),
        ("school gemeente jeugdhulp", False, False),
        ("samenwerkingsverband gemeente", False, False),
        ("school samenwerkingsverband gemeente", True, False),
        ("school samenwerkingsverband gemeente jeugdarts", True, True),
        ("samenwerkingsverband gemeente jeugdarts", True, False),
    ],
)
def test_of_each_side_somebody_was_there(there, doctor, full):
    people = [Attendance(role=role, present="ja") for role in there.split()]
    assert rules.is_full(people, doctor=doctor) == full
    away = [Attendance(role=role, present="nee") for role in there.split()]
    assert not rules.is_full(away, doctor=doctor)
    assert rules.is_full([*people, *away], doctor=doctor) == full


class TestSides:
    def there(self, **fields) -> Attendance:
        return Attendance(present="ja", **fields)

    def test_an_organisation_is_one_side_however_many_came(self):
        verband = Organisation(pk=7, kind="samenwerkingsverband", name="Verband")
        school = Organisation(pk=8, kind="school", name="School")
        people = [self.there(organisation=verband), self.there(organisation=verband)]
        assert len(rules.sides_present(people)) == 1
        assert len(rules.sides_present([*people, self.there(organisation=school)])) == 2
        assert rules.sides_present([Attendance(present="nee", organisation=school)]) == set()

    def test_a_name_that_was_typed_is_a_side_as_well(self):
        people = [self.there(organisation_name=name) for name in ("Kade Groep", " kade groep ", "De Haven", " ", "")]
        assert rules.sides_present(people) == {"kade groep", "de haven"}

    def test_the_gemeente_and_the_bureau_that_acts_for_it_are_one(self, lekstroom):
        assert len(rules.sides_present(sides(lekstroom, "nieuwegein", "bureau"))) == 1
        assert len(rules.sides_present(sides(lekstroom, "nieuwegein", "verband"))) == 2


class TestWhoIsAsked:
    @pytest.mark.parametrize(("on", "asked"), [("2026-05-04", False), ("2026-05-05", True), ("2027-01-01", True)])
    def test_the_child_from_its_twelfth_birthday(self, lekstroom, friday, on, asked):
        case = world.open_case(world.pupil(born=date(2014, 5, 5)), lekstroom.schools["99AA00"])
        wanted = [(("kind",), "het kind zelf")] if asked else []
        assert rules.must_be_asked(case, date.fromisoformat(on)) == wanted

    def test_each_parent_with_gezag_now(self, case, mother):
        for name, fields in (
            ("Vader", {"gezag": "nee"}),
            ("Oom", {"gezag": "onbekend"}),
            ("Voogd", {"gezag": "ja", "until": date(2026, 1, 1)}),
        ):
            Guardian.objects.create(pupil=case.pupil, name=name, relation="verzorger", **fields)
        parent = (("ouder", mother.pk), "Fatima Bakker (moeder)")
        assert rules.must_be_asked(case, TODAY) == [parent, (("kind",), "het kind zelf")]

    def test_who_is_missing_is_named_or_explained(self, case, mother):
        parent, child = Attendance(role="ouder", guardian=mother, invited=True), Attendance(role="kind", invited=True)
        not_invited = Attendance(role="kind", invited=False)
        for people, names in (
            ([parent, child], []),
            ([parent], ["het kind zelf"]),
            ([parent, not_invited], ["het kind zelf"]),
            ([child], ["Fatima Bakker (moeder)"]),
            ([Attendance(role="school", invited=True)], ["Fatima Bakker (moeder)", "het kind zelf"]),
        ):
            assert rules.not_asked(case, people, TODAY) == names
            said = refusal(rules.check_people, case, people, TODAY, " ")
            assert said == (
                f"Niet uitgenodigd: {', '.join(names)}. Nodig hen uit, of schrijf op waarom niet." if names else ""
            )
            assert refusal(rules.check_people, case, people, TODAY, "Te ziek.") == ""
        assert refusal(rules.check_people, case, [], TODAY, "Te ziek.") == "Kies wie u uitnodigt."


@pytest.mark.parametrize(
    ("starts_at", "past", "problem"),
    [
        (NOW + MINUTE, False, ""),
        (NOW, False, "Dit moment is al geweest."),
        (NOW - MINUTE, False, "Dit moment is al geweest."),
        (NOW + YEAR, False, ""),
        (NOW + YEAR + MINUTE, False, "Deze datum ligt meer dan een jaar van nu."),
        (NOW - MINUTE, True, ""),
        (NOW, True, ""),
        (NOW + MINUTE, True, "Dit overleg is nog niet geweest."),
        (NOW - YEAR, True, ""),
        (NOW - YEAR - MINUTE, True, "Deze datum ligt meer dan een jaar van nu."),
    ],
)
def test_planned_ahead_or_recorded_afterwards_within_a_year(starts_at: datetime, past, problem):
    with time_machine.travel(NOW, tick=False):
        said = refusal(check_moment, starts_at, past=past)
    assert said.startswith(problem) and bool(said) == bool(problem)


def test_consent_as_a_ground_is_on_record_and_still_holds(case, lekstroom):
    orgs = lekstroom.organisations
    assert refusal(rules.check_ground, case, "taak") == ""
    assert refusal(rules.check_ground, case, "toestemming").startswith("Er is geen toestemming vastgelegd.")
    consent = case.consents.create(
        owner=orgs["nieuwegein"], recipient=orgs["verband"], by_parents=True, scope="plek", given_on=TODAY
    )
    assert refusal(rules.check_ground, case, "toestemming") == ""
    consent.withdrawn_at, consent.withdrawn_by = NOW, lekstroom.officer
    consent.save()
    assert refusal(rules.check_ground, case, "toestemming").startswith("Er is geen toestemming vastgelegd.")


class TestTheRecord:
    TWO = [Attendance(present="ja", organisation_name=name) for name in ("De Haven", "Kade")]

    @pytest.mark.parametrize(
        ("fields", "people", "agreements", "problem"),
        [
            ({}, TWO, 1, ""),
            ({"state": "afgezegd"}, TWO, 1, "Dit overleg is afgezegd."),
            ({"starts_at": NOW}, TWO, 1, ""),
            ({"starts_at": NOW + MINUTE}, TWO, 1, "Dit overleg is nog niet geweest."),
            ({"question": "  "}, TWO, 1, "Schrijf op welke vraag voorlag."),
            ({}, TWO[:1], 1, "Kruis aan wie erbij was"),
            ({}, [], 1, "Kruis aan wie erbij was"),
            ({}, TWO, 0, "Leg ten minste één afspraak vast"),
            ({"no_agreements_because": " "}, TWO, 0, "Leg ten minste één afspraak vast"),
            ({"no_agreements_because": "Alleen kennisgemaakt."}, TWO, 0, ""),
        ],
    )
    def test_what_it_needs_at_least(self, fields, people, agreements, problem):
        meeting = Meeting(**({"starts_at": NOW - MINUTE, "question": "Hoe verder?", "state": "gepland"} | fields))
        with time_machine.travel(NOW, tick=False):
            said = refusal(rules.check_minutes, meeting, people, agreements=agreements)
        assert said.startswith(problem) and bool(said) == bool(problem)


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("Jeugdarts", "jeugdarts"),
        ("schoolarts", "jeugdarts"),
        ("onderwijsconsulent", "onderwijsconsulent"),
        ("jeugdconsulent", "jeugdhulp"),
        ("gezinscoach", "jeugdhulp"),
        ("mentor van klas 2", "school"),
        ("Zorgcoördinator", "school"),
        ("tolk", "anders"),
        ("", "anders"),
    ],
)
def test_as_what_a_professional_comes(words, role):
    assert rules.role_in_words(words) == role
