"""The paragraph about a dossier, and what stands beside it on the first page."""

from datetime import date

import pytest

from cases.decisions.models import Decision
from cases.dossier.models import Case, Task
from cases.sight.seats import sight_of
from cases.steps.models import Pause
from cases.work.models import Contact
from leerplicht.models import Guardian, SchoolReturn
from reporting.dossiers.first_page import first_page
from reporting.papers.variants import Variant, sight_for

pytestmark = pytest.mark.once


@pytest.fixture
def case(noor) -> Case:
    return noor


class TestTheSituation:
    @pytest.fixture
    def first(self, case, lekstroom):
        def get(variant=Variant.VOLLEDIG, **sight_is) -> dict:
            about = Case.objects.get(pk=case.pk)
            own = sight_of(about, lekstroom.officer)
            sight = sight_for(variant, about, own, **sight_is) if sight_is else own
            return first_page(about, sight, variant, date(2026, 11, 20))

        return get

    def test_an_attempt_is_not_a_talk(self, case, first, lekstroom):
        father = Guardian.objects.get(name="Karel Roodborst")
        Contact.objects.filter(guardian=father).update(own_words="", on=date(2026, 11, 2))
        tried = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
        Contact.objects.create(on=date(2026, 11, 19), who="ouder", guardian=father, channel="niet gelukt", **tried)
        voice = {v.who: v for v in first().voices}
        assert voice["Karel Roodborst (vader)"].on == date(2026, 11, 2)
        Contact.objects.filter(guardian=father, on=date(2026, 11, 2)).delete()
        voice = {v.who: v for v in first().voices}
        assert voice["Karel Roodborst (vader)"].on is None

    def test_a_closed_dossier_says_how_long_it_was_and_asks_nothing(self, case, first):
        case.pupil.home_periods.update(last_day=date(2026, 11, 15))
        Case.objects.filter(pk=case.pk).update(
            state="afgesloten",
            result="ANDERE_SCHOOL",
            home_since=None,
            closed_on=date(2026, 11, 19),
            opened_on=date(2026, 10, 9),
        )
        about = first()
        assert "Thuis van 5 oktober 2026 tot en met 15 november 2026, 42 dagen." in about.situation
        assert about.ask == ""
        Case.objects.filter(pk=case.pk).update(opened_on=date(2026, 11, 17))  # a period of before this dossier
        assert "Thuis van" not in first().situation

    def test_a_paused_plan_is_not_late(self, case, first, lekstroom):
        Pause.objects.create(
            case=case, since=date(2026, 11, 10), until=date(2026, 12, 7), because="x", by=lekstroom.officer
        )
        situation = first().situation
        assert "Het stappenplan is gepauzeerd tot en met 7 december 2026." in situation and "te laat" not in situation

    def test_back_at_school_while_the_clock_runs_on(self, case, first):
        assert "weer school" not in first().situation
        period = case.pupil.home_periods.get()
        period.spans = [period.spans[0] | {"last_day": "2026-11-17"}]
        period.save()
        SchoolReturn.objects.create(pupil=case.pupil, first_day=date(2026, 11, 18), source="x")
        assert "Sinds 18 november 2026 is er weer school; de klok loopt door" in first().situation

    def test_a_decision_is_told(self, case, first, lekstroom):
        about = {
            "case": case,
            "asked_by": lekstroom.officer,
            "organisation": lekstroom.organisations["nieuwegein"],
            "trigger": "x",
            "question": "VRAAGWOORD",
            "scopes": ["onderwijs"],
            "asked_on": date(2026, 11, 2),
        }
        Decision.objects.create(number="B-1", **about)
        assert "Er is een doorzettingsbesluit gevraagd." in first().situation and first().ask == "VRAAGWOORD"

    def test_of_a_partner_is_asked_what_is_for_it(self, case, first, lekstroom):
        verband = lekstroom.organisations["verband"]
        assert first(Variant.PARTNER, organisation=verband).ask == ""
        Task.objects.create(
            case=case, title="Plek zoeken", due_on=date(2026, 12, 1), by=lekstroom.officer, owner_organisation=verband
        )
        assert first(Variant.PARTNER, organisation=verband).ask == "Volgende stap: Plek zoeken."
