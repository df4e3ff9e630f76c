"""A child without a number: reported by its school, and recognised when it is reported with a number later."""

from datetime import date
from io import BytesIO

import pytest

from cases.clock.acts import keep_time
from cases.dossier.models import Case
from cases.identity import acts
from cases.intake.uploads import read_in
from leerplicht.models import AbsenceReport, IdentityQuestion, Pupil
from tests import world
from tests.cases.absence_file import content, row

FORM = {
    "school": "99AA00",
    "persoonsgebonden_nummer": "",
    "zonder_nummer": "on",
    "voornamen": "Olena Maria",
    "achternaam": "Kovalenko",
    "geboortedatum": "4-3-2012",
    "gemeentecode": "0356",
    "begindatum": "2026-10-02",
    "verzuimsoort": "LRV",
    "alle_lessen_gemist": "J",
    "actie_gemeente_gewenst": "J",
}
WITH_NUMBER = {"voornamen": "Olena", "achternaam": "Kovalenko", "geboortedatum": "2012-03-04"}


@pytest.fixture
def school(lekstroom, friday, as_user):
    return as_user("teacher")


@pytest.fixture
def olena(school) -> Pupil:
    """Reported by her school, without a number."""
    world.report_anyway(school, FORM)
    return Pupil.objects.get()


@pytest.fixture
def read(lekstroom, friday):
    def read_file(*rows):
        return read_in(BytesIO(content(*rows)), name="x.csv", today=friday, by=lekstroom.officer, allowed={"0356"})

    return read_file


class TestTheForm:
    def test_it_makes_a_child_and_a_dossier(self, olena):
        assert (olena.name, olena.pgn_hash, olena.born) == ("Olena Kovalenko", "", date(2012, 3, 4))
        assert Case.objects.get().pupil == olena and AbsenceReport.objects.get().sent_hash == ""

    def test_a_second_report_is_about_the_same_child(self, olena, school):
        world.report_anyway(school, FORM | {"voornamen": "Olena", "begindatum": "2026-11-09"})
        assert Pupil.objects.get() == olena and olena.reports.count() == 2

    def test_a_child_that_has_a_number_is_found_by_name_and_birth_date(self, read, school):
        read(row(1, **WITH_NUMBER))
        world.report_anyway(school, FORM)
        assert Pupil.objects.get().reports.count() == 2

    @pytest.mark.parametrize("changes", [{"geboortedatum": "5-3-2012"}, {"voornamen": "O."}, {"gemeentecode": "0321"}])
    def test_who_differs_is_another_child(self, olena, school, changes):
        world.report_anyway(school, FORM | changes)
        assert Pupil.objects.count() == 2

    def test_of_two_that_fit_somebody_says_which(self, olena, school, lekstroom):
        world.pupil(first_names="Olena", last_name="Kovalenko", born=date(2012, 3, 4))
        world.report_anyway(school, FORM | {"begindatum": "2026-11-09"})
        asked = IdentityQuestion.objects.get()
        assert asked.is_open and asked.pupil.reports.get().intake.state == "wacht"

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"zonder_nummer": ""}, "persoonsgebonden_nummer"),
            ({"persoonsgebonden_nummer": world.bsn(3)}, "zonder_nummer"),
            ({"voornamen": ""}, "voornamen"),
        ],
    )
    def test_what_is_missing_gets_a_sentence(self, school, changes, field):
        refused = world.report_anyway(school, FORM | changes)
        assert refused.status_code == 422 and list(refused.context["form"].errors) == [field]
        assert not AbsenceReport.objects.exists() and "Kovalenko" in refused.content.decode()

    def test_a_file_always_has_a_number(self, read):
        assert read(row(1, persoonsgebonden_nummer=""))["afgekeurd"] == 1


class TestLaterWithANumber:
    @pytest.fixture
    def asked(self, olena, read) -> IdentityQuestion:
        read(row(7, begindatum="2026-11-16", verzuimuren="", **WITH_NUMBER))
        return IdentityQuestion.objects.get()

    def test_she_is_recognised_and_gets_no_second_dossier(self, asked, olena, friday):
        assert (asked.kind, asked.known, asked.pupil.pgn_hash) == ("nummer", olena, Pupil.hash_of(world.bsn(7)))
        keep_time(friday)
        assert Case.objects.count() == 1 and asked.pupil.reports.get().intake.state == "wacht"

    def test_the_next_report_waits_too_and_nobody_is_asked_twice(self, asked, read):
        read(row(8, persoonsgebonden_nummer=world.bsn(7), begindatum="2026-11-18", verzuimuren="", **WITH_NUMBER))
        assert IdentityQuestion.objects.count() == 1 and asked.pupil.reports.count() == 2

    def test_the_same_child_gets_the_number(self, asked, olena, lekstroom):
        acts.say_same(asked, by=lekstroom.officer)
        olena.refresh_from_db()
        assert Pupil.objects.get() == olena and olena.reveal_pgn() == world.bsn(7)
        assert (olena.reports.count(), Case.objects.count()) == (2, 1)
        assert set(AbsenceReport.objects.values_list("intake__state", flat=True)) == {"dossier"}

    def test_another_child_keeps_its_number_and_gets_its_own_dossier(self, asked, olena, lekstroom):
        child = acts.say_other(asked, by=lekstroom.officer)
        assert child.pgn_hash and Case.objects.filter(pupil=child).exists()

    def test_it_stands_on_report_and_dossier(self, asked, as_user, olena):
        client = as_user("officer")
        for place in ("/meldingen/nummer/M7/", f"/dossiers/{Case.objects.get().number}/"):
            assert f"/meldingen/wie/{asked.pk}/" in client.get(place).content.decode()
        assert "een kind zonder nummer" in client.get(f"/meldingen/wie/{asked.pk}/").content.decode()

    @pytest.mark.parametrize(
        "changes", [{"voornamen": "Oksana"}, {"geboortedatum": "2012-03-05"}, {"gemeentecode": "0321"}]
    )
    def test_who_differs_is_not_asked_about(self, olena, lekstroom, friday, changes):
        lines = content(row(7, **WITH_NUMBER | changes))
        read_in(BytesIO(lines), name="x.csv", today=friday, by=lekstroom.leader, allowed={"0356", "0321"})
        assert not IdentityQuestion.objects.exists() and Pupil.objects.count() == 2
