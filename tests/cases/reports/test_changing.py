"""A school changes what it reported, takes it back, and reports the same pupil again: seen from its side and ours."""

import re

import pytest

from cases.dossier.models import Case, Task
from cases.intake.models import Intake
from leerplicht.models import AbsenceReport, Pupil
from tests import world
from thuiszitters.core.log.models import AuditEvent

FORM = {
    "school": "99AA00",
    "persoonsgebonden_nummer": world.bsn(907),
    "voornamen": "Sem",
    "achternaam": "de Wit",
    "geboortedatum": "4-3-2012",
    "gemeentecode": "0356",
    "begindatum": "2026-10-05",
    "verzuimsoort": "LRV",
    "alle_lessen_gemist": "J",
    "actie_gemeente_gewenst": "J",
    "reden": "komt niet meer binnen",
    "melder_functie": "mentor",
}
NO_NUMBER = FORM | {"persoonsgebonden_nummer": "", "zonder_nummer": "on"}


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def school(lekstroom, friday, as_user):
    return as_user("teacher")


@pytest.fixture
def made(school):
    def make(**changes) -> str:
        """The address of a report that the school made."""
        return world.report_anyway(school, FORM | changes)["Location"]

    return make


def filled(client, path: str) -> dict[str, str]:
    """What the form of this page holds, as a browser would send it."""
    form = client.get(path).context["form"]
    return {name: form[name].value() if form[name].value() is not None else "" for name in form.fields}


def seek(client, words: str):
    """The answer to somebody who seeks a pupil that was reported before."""
    return client.post("/meldingen/nieuw/", {"wie": words, "zoek": "1"})


class TestChanging:
    @pytest.mark.parametrize("form", [FORM, NO_NUMBER], ids=["number", "no number"])
    def test_a_newer_version_and_the_older_stays(self, school, friday, form):
        path = world.report_anyway(school, form)["Location"]
        values = filled(school, f"{path}wijzigen/")
        assert (values["reden"], values["verzuimuren"]) == ("komt niet meer binnen", "")
        changed = values | {"einddatum": "2026-11-16", "reden": "is terug"}
        assert school.post(f"{path}wijzigen/", changed)["Location"] == path
        newer, older = AbsenceReport.objects.order_by("-changed_at")
        assert (newer.reason, str(newer.last_day), older.reason) == ("is terug", "2026-11-16", "komt niet meer binnen")
        assert older.superseded_at and not newer.superseded_at and newer.pupil == older.pupil
        assert (Pupil.objects.count(), Case.objects.count(), Intake.objects.count()) == (1, 1, 1)
        assert "is terug" in text(school.get(path))
        assert AuditEvent.objects.filter(action="report_changed").count() == 1

    def test_hours_come_back_as_they_were_typed(self, school, made):
        path = made(verzuimsoort="V3", alle_lessen_gemist="N", verzuimuren="5-10-2026 8,5\n6-10-2026: 8 uur")
        assert filled(school, f"{path}wijzigen/")["verzuimuren"] == "5-10-2026 8,5\n6-10-2026 8"

    def test_nothing_changed_saves_nothing(self, school, made):
        path = f"{made()}wijzigen/"
        refused = school.post(path, filled(school, path))
        assert refused.status_code == 422 and "U veranderde niets" in text(refused)
        assert AbsenceReport.objects.count() == 1

    def test_the_second_of_two_is_told_and_keeps_its_text(self, school, made):
        path = f"{made()}wijzigen/"
        values = filled(school, path)
        school.post(path, values | {"reden": "eerst"})
        refused = school.post(path, values | {"reden": "daarna"})
        assert refused.status_code == 422 and "intussen veranderd" in text(refused) and "daarna" in text(refused)
        assert AbsenceReport.objects.current().get().reason == "eerst"
        again = {**values, "reden": "daarna", "versie": refused.context["form"]["versie"].value()}
        assert school.post(path, again).status_code == 302

    def test_what_cannot_be_stands_at_its_field(self, school, made):
        path = f"{made()}wijzigen/"
        refused = school.post(path, filled(school, path) | {"einddatum": "2026-10-01"})
        assert refused.status_code == 422 and list(refused.context["form"].errors) == ["einddatum"]

    def test_what_is_odd_is_asked_and_asked_anew_when_it_changes(self, school, made):
        path = f"{made()}wijzigen/"
        odd = filled(school, path) | {"reden": "ADHD"}
        asked = school.post(path, odd)
        assert asked.status_code == 422 and "lijkt een diagnose" in text(asked)
        key = asked.context["asked"].key
        other = school.post(path, odd | {"reden": "autisme", "toch": key})
        assert other.status_code == 422 and "autisme" in text(other)
        assert school.post(path, odd | {"toch": key}).status_code == 302

    def test_what_was_set_aside_is_judged_once_more(self, school, made, as_user):
        path = made(alle_lessen_gemist="N", verzuimsoort="O", verzuimuren="5-10-2026 3")
        as_user("officer").post(path, {"opzij": "1", "because": "te weinig"})
        school.post(f"{path}wijzigen/", filled(school, f"{path}wijzigen/") | {"verzuimuren": "5-10-2026 6"})
        intake = Intake.objects.get()
        assert (intake.state, intake.because, intake.handled_by) == ("wacht", "", None)

    def test_only_who_typed_it(self, school, made, as_user, lekstroom, friday):
        path = made()
        assert as_user("officer").get(f"{path}wijzigen/").status_code == 403
        assert "wijzigen/" not in text(as_user("officer").get(path))
        of_duo = world.report(world.pupil(), lekstroom.schools["99AA00"])
        world.take_in([of_duo], today=friday)
        assert school.get(f"/meldingen/nummer/{of_duo.number}/wijzigen/").status_code == 403


class TestTakingBack:
    def test_with_a_reason_and_a_step_for_the_handler(self, school, made, friday):
        path = made()
        case = Case.objects.get()
        empty = {"because": " ", "versie": AbsenceReport.objects.get().pk}
        assert school.post(f"{path}intrekken/", empty).status_code == 422
        page = school.get(f"{path}intrekken/")
        version = page.context["form"]["versie"].value()
        sent = {"because": "Verkeerde leerling", "versie": version}
        assert school.post(f"{path}intrekken/", sent)["Location"] == path
        now = AbsenceReport.objects.current().get()
        assert now.is_withdrawn and now.explanation == "Ingetrokken: Verkeerde leerling"
        step = Task.objects.get(case=case, title__contains="is ingetrokken. Kijk wat dat betekent")
        assert step.due_on == friday and now.number in step.title
        case.refresh_from_db()
        assert case.home_since is None and case.is_open
        shown = text(school.get(path))
        assert "Verkeerde leerling" in shown and "Deze melding is ingetrokken." in shown
        # Taken back is the end of it: no second time.
        assert school.get(f"{path}intrekken/").status_code == 403
        assert school.post(f"{path}intrekken/", sent).status_code == 403
        assert Task.objects.filter(title__contains="is ingetrokken.").count() == 1

    def test_the_course_of_events_says_so(self, school, made, as_user):
        path = made()
        case = Case.objects.get()
        sent = {"because": "Verkeerde leerling", "versie": AbsenceReport.objects.get().pk}
        school.post(f"{path}intrekken/", sent)
        shown = text(as_user("officer").get(f"/dossiers/{case.number}/"))
        line = re.search(r"Melding EIGEN-99AA00-2026-0001 van De Lindeboom is ingetrokken.*?</li>", shown, re.DOTALL)[0]
        assert "Verkeerde leerling" in line and "S. School, De Lindeboom" in line


class TestThePupilOnceMore:
    def test_found_by_name_and_by_number_and_reported_without_typing_it(self, school, made):
        path = made()
        for words in ("wit", "sem wit", world.bsn(907)):
            shown = text(seek(school, words))
            assert "Deze leerling" in shown and "EIGEN-99AA00-2026-0001/opnieuw/" in shown, words
        assert "Niet gevonden" in text(seek(school, "Janssen"))
        # What is asked by the address is no question: a number or a name would stand in a log.
        assert "Sem de Wit" not in text(school.get("/meldingen/nieuw/", {"wie": "wit", "zoek": "1"}))
        again = f"{path}opnieuw/"
        AuditEvent.objects.all().delete()
        form = school.get(again).context["form"]
        assert AuditEvent.objects.get(action="report_viewed").pupil_ids == [Pupil.objects.get().pk]
        assert "achternaam" not in form.fields and form["melder_functie"].value() == "mentor"
        assert world.bsn(907) not in text(school.get(again))
        sent = {k: v for k, v in FORM.items() if k in form.fields} | {"verzuimsoort": "L", "begindatum": "2026-11-02"}
        assert world.report_anyway(school, sent, again).status_code == 302
        assert Pupil.objects.get().reports.count() == 2

    def test_nobody_finds_what_another_school_reported(self, school, lekstroom, friday):
        number = "EIGEN-99AB00-2026-0001"
        elsewhere = world.report(world.pupil(last_name="Elders"), lekstroom.schools["99AB00"], number=number)
        world.take_in([elsewhere], today=friday)
        assert "Niet gevonden" in text(seek(school, "Elders"))
        assert school.get(f"/meldingen/nummer/{number}/opnieuw/").status_code == 404

    def test_a_report_of_duo_is_not_taken_over(self, school, lekstroom, friday):
        report = world.report(world.pupil(last_name="Bijduo"), lekstroom.schools["99AA00"])
        world.take_in([report], today=friday)
        assert "Niet gevonden" in text(seek(school, "Bijduo"))
        assert school.get(f"/meldingen/nummer/{report.number}/opnieuw/").status_code == 404
