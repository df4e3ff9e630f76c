"""A known number with another name or birth date is a question for the gemeente, by form and by file; the answer is
followed, and remembered."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse

from cases.clock.acts import keep_time
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.identity import acts
from cases.intake import inbox
from cases.intake.models import Intake
from cases.intake.uploads import read_in
from leerplicht.models import AbsenceReport, IdentityQuestion, Pupil
from tests import world
from tests.cases.absence_file import content, row
from thuiszitters.core.log.models import AuditEvent

TWIN = {"voornamen": "Tim"}
OTHER_DAY = {"geboortedatum": "2012-05-05"}
NEW_NAME = {"achternaam": "Nieuwenaam"}


@pytest.fixture
def read(lekstroom, friday):
    """`read(row, ...)`: a file of these rows is read in."""

    def read_file(*rows):
        return read_in(BytesIO(content(*rows)), name="x.csv", today=friday, by=lekstroom.officer, allowed={"0356"})

    return read_file


@pytest.fixture
def known(read) -> Pupil:
    """Noor Fleur van den Berg, with a dossier."""
    read(row(1))
    return Pupil.objects.get()


def second(**changes: str) -> dict[str, str]:
    """A second report under the number of the first child."""
    return row(2, persoonsgebonden_nummer=world.bsn(1)) | changes


def question() -> IdentityQuestion:
    return IdentityQuestion.objects.get()


def current() -> dict[str, str]:
    """Of each report: the child, and where it is."""
    rows = AbsenceReport.objects.current().select_related("pupil", "intake")
    return {r.number: f"{r.pupil.name}: {r.intake.state}" for r in rows}


class TestAFile:
    @pytest.mark.parametrize("changes", [TWIN, OTHER_DAY, TWIN | OTHER_DAY])
    def test_the_report_waits_beside_the_child(self, known, read, changes):
        before = Pupil.objects.filter(pk=known.pk).values().get()
        assert read(second(**changes))["afgekeurd"] == 0
        asked = question()
        assert (asked.known, asked.kind, asked.is_open) == (known, "wie", True)
        assert asked.pupil.pgn_hash == "" and asked.sent.born == date.fromisoformat(
            changes.get("geboortedatum", "2013-05-05")
        )
        assert Pupil.objects.filter(pk=known.pk).values().get() == before
        assert (AbsenceReport.objects.get(number="M2").intake.state, Case.objects.count()) == ("wacht", 1)

    @pytest.mark.parametrize(
        "changes", [{}, {"voornamen": "Fleur Noor"}, {"voornamen": "NOOR"}, {"achternaam": "Berg"}, {"voornamen": ""}]
    )
    def test_another_spelling_is_no_question(self, known, read, changes):
        read(second(**changes))
        assert not IdentityQuestion.objects.exists() and Pupil.objects.count() == 1
        assert current() == {"M1": "Noor van den Berg: dossier", "M2": "Noor van den Berg: dossier"}

    def test_a_new_last_name_is_offered_and_the_report_goes_on(self, known, read):
        read(second(**NEW_NAME))
        assert (question().kind, question().pupil, current()["M2"]) == ("naam", known, "Noor van den Berg: dossier")

    def test_reading_it_again_asks_once(self, known, read):
        for _ in range(2):
            read(second(**TWIN))
        read(row(3, persoonsgebonden_nummer=world.bsn(1)) | TWIN)
        assert IdentityQuestion.objects.count() == 1 and Pupil.objects.count() == 2
        assert current()["M3"] == current()["M2"] == "Tim van den Berg: wacht"

    def test_a_school_that_mends_its_slip_takes_the_question_away(self, known, read):
        read(second(**OTHER_DAY))
        read(second(datum_mutatie="2026-10-07"))
        assert not IdentityQuestion.objects.exists() and Pupil.objects.get() == known
        assert (
            current()["M2"] == "Noor van den Berg: dossier" and AbsenceReport.objects.filter(number="M2").count() == 2
        )
        assert Intake.objects.filter(pupil=known).count() == 2

    @pytest.mark.parametrize("changes", [TWIN, OTHER_DAY])
    def test_a_newer_version_of_its_own_report_stays_with_the_child_and_is_asked_about(self, known, read, changes):
        read(row(1, datum_mutatie="2026-10-09", **changes))
        assert question().pupil == question().known == known
        assert current() == {"M1": "Noor van den Berg: dossier"}

    def test_twins_in_one_file(self, lekstroom, read):
        read(row(1), second(**TWIN))
        assert question().known.first_names == "Noor Fleur" and question().pupil.first_names == "Tim"
        assert Case.objects.count() == 1

    def test_two_versions_in_one_file(self, lekstroom, read):
        read(row(1), row(1, datum_mutatie="2026-10-09", **TWIN))
        assert Pupil.objects.count() == 1 and question().pupil == question().known

    def test_the_night_opens_no_dossier_for_who_stands_apart(self, known, read, friday):
        read(second(**TWIN))
        keep_time(friday)
        assert Case.objects.count() == 1

    def test_it_is_not_taken_into_a_dossier_before_the_answer(self, known, read, lekstroom):
        read(second(**TWIN))
        with pytest.raises(NotNow, match="het kind is dat u al kent"):
            inbox.take_into_case(Intake.objects.get(number="M2"), by=lekstroom.officer)


class TestTheAnswer:
    @pytest.fixture
    def asked(self, known, read) -> IdentityQuestion:
        read(second(begindatum="2026-09-07", verzuimuren="", **TWIN | OTHER_DAY))
        return question()

    def test_the_same_child(self, asked, known, lekstroom):
        acts.say_same(asked, by=lekstroom.officer)
        assert Pupil.objects.get() == known and current()["M2"] == "Noor van den Berg: dossier"
        assert Case.objects.get().home_since == date(2026, 9, 7)
        known.refresh_from_db()
        assert (known.first_names, known.born) == ("Noor Fleur", date(2013, 5, 5))
        assert question().answer == "zelfde" and question().answered_by == lekstroom.officer

    def test_the_same_child_with_the_new_name_and_date(self, asked, known, lekstroom):
        acts.say_same(asked, by=lekstroom.officer, take_name=True, take_born=True)
        known.refresh_from_db()
        assert (known.first_names, known.born, known.search_first) == ("Tim", date(2012, 5, 5), "tim")
        newest, *older = known.history.all()
        assert newest.history_user == lekstroom.officer and newest.history_change_reason == acts.FROM_REPORT
        assert older[0].first_names == "Noor Fleur"

    def test_another_child(self, asked, known, lekstroom):
        child = acts.say_other(asked, by=lekstroom.officer)
        assert (child.name, child.pgn_hash, current()["M2"]) == ("Tim van den Berg", "", "Tim van den Berg: dossier")
        assert set(Case.objects.values_list("pupil", flat=True)) == {child.pk, known.pk}
        assert current()["M1"] == "Noor van den Berg: dossier"

    @pytest.mark.parametrize("say", [acts.say_same, acts.say_other])
    def test_it_is_remembered(self, asked, read, lekstroom, say):
        child = say(asked, by=lekstroom.officer)
        read(row(3, persoonsgebonden_nummer=world.bsn(1)) | TWIN | OTHER_DAY)
        assert IdentityQuestion.objects.count() == 1
        assert AbsenceReport.objects.get(number="M3").pupil == child

    @pytest.mark.parametrize("say", [acts.say_same, acts.say_other])
    def test_the_second_of_two_is_told(self, asked, lekstroom, say):
        twice = IdentityQuestion.objects.get(pk=asked.pk)
        say(asked, by=lekstroom.officer)
        with pytest.raises(NotNow, match="net beantwoord"):
            say(twice, by=lekstroom.officer)

    def test_who_may(self, asked, who):
        allowed = {"officer", "leader"}
        assert who(lambda user: acts.check_may_say(asked, user)) == allowed

    def test_a_newer_version_keeps_to_what_was_said(self, asked, read, lekstroom):
        child = acts.say_other(asked, by=lekstroom.officer)
        read(second(datum_mutatie="2026-10-08"))
        assert AbsenceReport.objects.current().get(number="M2").pupil == child

    def test_another_child_under_a_report_that_counted_for_the_known_one(self, known, read, lekstroom):
        read(row(1, datum_mutatie="2026-10-09", **TWIN))
        child = acts.say_other(question(), by=lekstroom.officer)
        assert current() == {"M1": "Tim van den Berg: dossier"} and child.reports.count() == 2
        assert Case.objects.get(pupil=known).home_since is None

    def test_a_new_name_is_taken_or_not_and_not_asked_again(self, known, read, lekstroom):
        read(second(**NEW_NAME))
        acts.say_same(question(), by=lekstroom.officer)
        known.refresh_from_db()
        assert known.last_name == "Berg"
        read(row(3, persoonsgebonden_nummer=world.bsn(1)) | NEW_NAME)
        assert IdentityQuestion.objects.count() == 1

    def test_another_child_under_another_last_name_is_remembered_too(self, known, read, lekstroom):
        read(second(**NEW_NAME))
        child = acts.say_other(question(), by=lekstroom.officer)
        read(row(3, persoonsgebonden_nummer=world.bsn(1)) | NEW_NAME)
        assert AbsenceReport.objects.get(number="M3").pupil == child
        assert (Pupil.objects.count(), IdentityQuestion.objects.count()) == (2, 1)

    def test_a_number_that_was_mended_by_hand_keeps_its_reports(self, asked, read, known, lekstroom):
        """The old file is read again after somebody gave the child the right number."""
        known.set_pgn(world.parse_pgn(world.bsn(5)))
        known.save()
        assert read(row(1))["ongewijzigd"] == 1
        read(row(1, datum_mutatie="2026-10-12", einddatum="2026-10-30"))
        assert AbsenceReport.objects.current().get(number="M1").pupil == known


class TestThePage:
    @pytest.fixture
    def path(self, known, read) -> str:
        read(second(**TWIN | OTHER_DAY))
        return f"/meldingen/wie/{question().pk}/"

    def test_both_names_side_by_side(self, path, as_user):
        client = as_user("officer")
        shown = client.get(path).content.decode()
        for text in ("Noor Fleur", "Tim", "5 mei 2013", "5 mei 2012", "Neem de gemelde naam over"):
            assert text in shown
        assert world.bsn(1) not in shown
        assert AuditEvent.objects.filter(action="identity_viewed").exists()

    def test_where_people_find_it(self, path, known, as_user):
        client, number = as_user("officer"), Case.objects.get().number
        for place in ("/meldingen/wie/", "/meldingen/nummer/M2/", f"/dossiers/{number}/"):
            assert path in client.get(place).content.decode(), place
        assert "/meldingen/wie/" in client.get("/meldingen/").content.decode()
        assert "moet u zeggen wie het kind is" in client.get(reverse("waiting")).content.decode()

    def test_an_answer_is_needed_and_nothing_is_taken_of_another_child(self, path, as_user):
        client = as_user("officer")
        assert client.post(path, {}).status_code == 422
        refused = client.post(path, {"answer": "ander", "take_name": "on"})
        assert refused.status_code == 422 and "neemt u niets over" in refused.content.decode()
        assert question().is_open

    def test_the_answer_is_kept_once(self, path, as_user):
        client = as_user("officer")
        assert client.post(path, {"answer": "zelfde", "take_born": "on"})["Location"] == "/meldingen/nummer/M2/"
        assert Pupil.objects.get().born == date(2012, 5, 5)
        assert "net beantwoord" in client.post(path, {"answer": "ander"}, follow=True).content.decode()
        assert "Van elke melding is bekend wie het is" in client.get("/meldingen/wie/").content.decode()

    def test_a_date_of_birth_after_the_absence_is_not_taken(self, known, read, as_user):
        read(second(**TWIN))
        asked = question()
        IdentityQuestion.objects.filter(pk=asked.pk).update(sent_born=date(2026, 10, 5))
        refused = as_user("officer").post(f"/meldingen/wie/{asked.pk}/", {"answer": "zelfde", "take_born": "on"})
        assert refused.status_code == 422
