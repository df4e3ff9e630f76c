"""The pages of a route: starting it, its outcome, who sees what of it, and two who are at it together."""

from datetime import date

import pytest

from cases.disputes.models import Dispute
from cases.dossier.taking_part import Consent
from tests import world

BEGUN = {
    "route": "geschillencommissie",
    "started_on": "2026-11-02",
    "by_whom": "ouders",
    "addressed_to": "GPO, kamer 2",
    "part": "verloop",
    "about": "Verwijdering van school",
    "version": "1",
}
OUTCOME = {"outcome": "deels_gegrond", "on": "2026-11-19", "came_of": "School biedt een nieuwe plek.", "version": "1"}
HEADING = "Bezwaar, klacht of geschil"
HIDDEN = "De inhoud is niet met u gedeeld."


def page(client, case, path="") -> str:
    return client.get(f"/dossiers/{case.number}/{path}").content.decode()


def at(case, row=None, act="") -> str:
    return f"/dossiers/{case.number}/geschil/" + (f"{row.pk}/{act}" if row else "")


def begin(client, case, **change) -> Dispute:
    answer = client.post(at(case), BEGUN | change)
    assert answer.status_code == 302, answer.context["form"].errors
    return Dispute.objects.latest("pk")


@pytest.fixture
def told(shared_case, lekstroom):
    """The school takes part as well, without consent for health."""
    world.involve(shared_case, lekstroom.organisations["school"], since=date(2026, 11, 1))
    return shared_case


class TestStarting:
    def test_one_line_when_nothing_was_started(self, case, as_user):
        shown = page(as_user("officer"), case)
        assert HEADING in shown and "Geen bezwaar, klacht of geschil begonnen." in shown

    def test_it_shows_in_the_plan_and_in_the_course_signed_by_who_wrote_it(self, case, as_user):
        row = begin(as_user("officer"), case)
        shown = page(as_user("officer"), case)
        assert "Geschillencommissie passend onderwijs" in shown and "GPO, kamer 2" in shown
        assert "Begonnen door ouders: Geschillencommissie passend onderwijs" in shown
        assert shown.count("Verwijdering van school") >= 2  # in the plan and in the course
        assert row.organisation.name == "Gemeente Nieuwegein" and row.by.short_name == "M. Officier"

    def test_its_words_are_stored_encrypted_with_their_history(self, case, as_user):
        row = begin(as_user("officer"), case)
        for stored in (row, row.history.get()):
            assert stored.about_sealed and "Verwijdering" not in stored.about_sealed
        assert row.about == "Verwijdering van school"

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"started_on": "2026-11-21"}, "started_on"),
            ({"started_on": "2001-01-01"}, "__all__"),
            ({"route": "kantonrechter"}, "route"),
            ({"by_whom": ""}, "by_whom"),
            ({"about": " "}, "about"),
            ({"part": "vrijstelling"}, "part"),
        ],
    )
    def test_what_cannot_be(self, case, as_user, change, field):
        answer = as_user("officer").post(at(case), BEGUN | change)
        assert answer.status_code == 422 and field in answer.context["form"].errors and not Dispute.objects.exists()

    def test_a_second_click_writes_nothing(self, case, as_user):
        officer = as_user("officer")
        begin(officer, case)
        answer = officer.post(at(case), BEGUN, follow=True)
        assert "Er is niets dubbel bewaard." in answer.content.decode() and Dispute.objects.count() == 1

    def test_another_one_of_the_same_kind_is_no_second_click(self, case, as_user):
        officer = as_user("officer")
        begin(officer, case)
        begin(officer, case, about="De toelating")
        assert Dispute.objects.count() == 2

    def test_not_in_a_closed_dossier(self, case, as_user):
        type(case).objects.filter(pk=case.pk).update(state="afgesloten", result="BUITENLAND", closed_on="2026-11-19")
        answer = as_user("officer").post(at(case), BEGUN)
        assert answer.status_code == 422 and "afgesloten" in answer.content.decode()


class TestOutcome:
    @pytest.fixture
    def row(self, case, as_user) -> Dispute:
        return begin(as_user("officer"), case)

    def test_it_stands_in_the_plan_and_in_the_course(self, case, row, as_user):
        officer = as_user("officer")
        assert officer.post(at(case, row, "uitkomst/"), OUTCOME).status_code == 302
        shown = page(officer, case)
        assert "Deels gegrond: Geschillencommissie passend onderwijs" in shown
        assert shown.count("School biedt een nieuwe plek.") >= 2
        assert "Uitkomst vastleggen" not in shown and "Verbeteren" in shown

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"outcome": "plek_gevonden"}, "outcome"),
            ({"on": "2026-11-21"}, "__all__"),
            ({"on": "2026-11-01"}, "__all__"),
            ({"outcome": ""}, "outcome"),
        ],
    )
    def test_what_cannot_be(self, case, row, as_user, change, field):
        answer = as_user("officer").post(at(case, row, "uitkomst/"), OUTCOME | change)
        assert answer.status_code == 422 and field in answer.context["form"].errors
        assert Dispute.objects.get().is_running

    def test_a_consultant_ends_in_other_words(self, case, as_user):
        row = begin(as_user("officer"), case, route="onderwijsconsulent")
        offered = page(as_user("officer"), case, f"geschil/{row.pk}/uitkomst/")
        assert "advies gegeven" in offered and "ongegrond" not in offered

    def test_a_second_click_changes_nothing(self, case, row, as_user):
        officer = as_user("officer")
        officer.post(at(case, row, "uitkomst/"), OUTCOME)
        answer = officer.post(at(case, row, "uitkomst/"), OUTCOME, follow=True)
        assert "Er is niets dubbel bewaard." in answer.content.decode()
        assert Dispute.objects.get().version == 2 and row.history.count() == 2

    def test_the_second_of_two_is_told_and_keeps_the_words(self, case, row, as_user):
        as_user("officer").post(at(case, row, "uitkomst/"), OUTCOME)
        answer = as_user("leader").post(at(case, row, "uitkomst/"), OUTCOME | {"came_of": "Niets geworden."})
        assert answer.status_code == 409
        shown = answer.content.decode()
        assert "al vastgelegd" in shown and "Niets geworden." in shown
        assert Dispute.objects.get().came_of == "School biedt een nieuwe plek."

    def test_a_colleague_who_edited_meanwhile_is_shown(self, case, row, as_user):
        as_user("leader").post(at(case, row), BEGUN | {"about": "De schorsing"})
        answer = as_user("officer").post(at(case, row, "uitkomst/"), OUTCOME)
        shown = answer.content.decode()
        assert answer.status_code == 422 and "De schorsing" in shown and "uw collega intussen" in shown
        again = answer.context["form"].data
        assert as_user("officer").post(at(case, row, "uitkomst/"), again.dict()).status_code == 302

    def test_two_who_edit(self, case, row, as_user):
        as_user("leader").post(at(case, row), BEGUN | {"about": "De schorsing"})
        answer = as_user("officer").post(at(case, row), BEGUN | {"about": "De toelating"})
        assert answer.status_code == 422
        assert ("Waarover gaat het?", "De schorsing") in answer.context["form"].colleague
        assert Dispute.objects.get().about == "De schorsing"


class TestCorrecting:
    SENT = BEGUN | {
        "outcome": "ongegrond",
        "outcome_on": "2026-11-18",
        "came_of": "Toch niet.",
        "because": "Verkeerde brief gelezen",
        "version": "2",
    }

    @pytest.fixture
    def ended(self, case, as_user) -> Dispute:
        row = begin(as_user("officer"), case)
        as_user("officer").post(at(case, row, "uitkomst/"), OUTCOME)
        return Dispute.objects.get()

    def test_with_a_reason_and_what_stood_there_stays(self, case, ended, as_user):
        assert as_user("leader").post(at(case, ended), self.SENT).status_code == 302
        row = Dispute.objects.get()
        assert (row.outcome, row.came_of, row.corrected_because) == (
            "ongegrond",
            "Toch niet.",
            "Verkeerde brief gelezen",
        )
        assert row.ended_by.short_name == "T. Teamleider"  # who typed it signs it
        history = page(as_user("officer"), case, "geschiedenis/")
        assert "School biedt een nieuwe plek." in history and "Toch niet." in history
        assert row.came_of_sealed not in history
        assert "Later verbeterd: Verkeerde brief gelezen" in page(as_user("officer"), case)

    def test_who_changes_only_the_begin_does_not_sign_the_outcome(self, case, ended, as_user):
        sent = self.SENT | {"outcome": "deels_gegrond", "outcome_on": "2026-11-19", "came_of": OUTCOME["came_of"]}
        assert as_user("leader").post(at(case, ended), sent | {"addressed_to": "GPO"}).status_code == 302
        assert Dispute.objects.get().ended_by.short_name == "M. Officier"

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"because": ""}, "because"),
            ({"route": "onderwijsconsulent"}, "outcome"),
            ({"outcome": ""}, "outcome"),
            ({"outcome_on": "2026-10-01"}, "__all__"),
        ],
    )
    def test_what_cannot_be(self, case, ended, as_user, change, field):
        answer = as_user("officer").post(at(case, ended), self.SENT | change)
        assert answer.status_code == 422 and field in answer.context["form"].errors
        assert Dispute.objects.get().outcome == "deels_gegrond"

    def test_the_second_of_two_sees_the_first(self, case, ended, as_user):
        as_user("leader").post(at(case, ended), self.SENT)
        answer = as_user("officer").post(at(case, ended), self.SENT | {"came_of": "Anders."})
        assert answer.status_code == 422 and ("Wat kwam eruit?", "Toch niet.") in answer.context["form"].colleague


class TestWhoSeesAndMay:
    def test_a_stranger_gets_the_404_of_what_does_not_exist(self, case, as_user):
        row = begin(as_user("officer"), case)
        for path in (at(case), at(case, row), at(case, row, "uitkomst/")):
            assert as_user("stranger").get(path).status_code == 404
            assert as_user("stranger").post(path, BEGUN).status_code == 404
        assert row.history.count() == 1

    def test_a_row_of_another_dossier_is_not_found(self, case, as_user, lekstroom):
        other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        row = begin(as_user("officer"), other)
        assert as_user("officer").get(at(case, row)).status_code == 404

    def test_a_partner_writes_its_own_and_leaves_that_of_another(self, told, as_user):
        of_gemeente, of_school = begin(as_user("officer"), told), begin(as_user("teacher"), told, route="klacht")
        teacher = as_user("teacher")
        assert teacher.get(at(told, of_gemeente)).status_code == 403
        assert teacher.post(at(told, of_gemeente, "uitkomst/"), OUTCOME).status_code == 403
        assert "Vraag de gemeente Nieuwegein" in teacher.get(at(told, of_gemeente)).content.decode()
        assert teacher.post(at(told, of_school, "uitkomst/"), OUTCOME).status_code == 302
        shown = page(teacher, told)
        assert "Verwijdering van school" in shown  # reads that of the gemeente
        assert f"geschil/{of_school.pk}/" in shown and f"geschil/{of_gemeente.pk}/" not in shown

    def test_words_about_health_stay_with_who_wrote_them(self, told, as_user):
        row = begin(as_user("teacher"), told, part="gezondheid", about="Vanwege haar angst")
        for who in ("officer", "coordinator"):
            shown = page(as_user(who), told)
            assert "Geschillencommissie passend onderwijs" in shown and HIDDEN in shown and "angst" not in shown
        assert "Vanwege haar angst" in page(as_user("teacher"), told)
        assert "angst" not in page(as_user("officer"), told, "geschiedenis/")
        # The gemeente may act on it, and neither reads nor changes the words.
        form = page(as_user("officer"), told, f"geschil/{row.pk}/")
        assert "angst" not in form and 'name="part"' not in form
        sent = BEGUN | {"addressed_to": "GPO", "part": "verloop", "about": "x"}
        assert as_user("officer").post(at(told, row), sent).status_code == 302
        assert as_user("officer").post(at(told, row, "uitkomst/"), OUTCOME | {"version": "2"}).status_code == 302
        row.refresh_from_db()
        assert (row.part, row.about, row.came_of, row.addressed_to, row.outcome) == (
            "gezondheid", "Vanwege haar angst", "", "GPO", "deels_gegrond",
        )  # fmt: skip

    def test_with_consent_they_are_read(self, told, as_user, lekstroom):
        begin(as_user("teacher"), told, part="gezondheid", about="Vanwege haar angst")
        Consent.objects.create(
            case=told, owner=lekstroom.organisations["school"], recipient=lekstroom.organisations["verband"],
            by_parents=True, by_youth=True, health=True, scope="x", given_on=date(2026, 11, 1),
            recorded_by=lekstroom.officer,
        )  # fmt: skip
        assert "Vanwege haar angst" in page(as_user("coordinator"), told)

    def test_one_about_an_exemption_is_for_the_gemeente_alone(self, told, as_user):
        row = begin(as_user("officer"), told, route="bezwaar_leerplicht", about="Vervangende leerplicht")
        assert "Bezwaar kan tot 6 weken" in page(as_user("officer"), told)
        for who in ("teacher", "coordinator"):
            shown = page(as_user(who), told)
            assert "Leerplichtwet (art. 3a" not in shown and "Geen bezwaar, klacht of geschil begonnen." in shown
            assert as_user(who).get(at(told, row)).status_code == 404
            assert 'value="bezwaar_leerplicht"' not in page(as_user(who), told, "geschil/")
            answer = as_user(who).post(at(told), BEGUN | {"route": "bezwaar_leerplicht"})
            assert answer.status_code == 422 and "route" in answer.context["form"].errors


def test_what_still_runs_is_named_when_a_dossier_closes(case, as_user):
    row = begin(as_user("officer"), case)
    sentence = "Loopt nog: Geschillencommissie passend onderwijs, begonnen op"
    assert sentence in page(as_user("officer"), case, "afsluiten/")
    as_user("officer").post(at(case, row, "uitkomst/"), OUTCOME)
    assert sentence not in page(as_user("officer"), case, "afsluiten/")
