"""The facts of a child by form: the clock follows at once; and a child that is enrolled nowhere."""

import pytest

from cases.clock.models import Deadline, Flag
from cases.dossier.models import Case
from leerplicht.models import Enrolment, HomePeriod, NotEnrolled, Pupil
from tests import world

CHILD = {"first_names": "Sem", "last_name": "de Wit", "born": "4-3-2012", "municipality": "0356"}
NOWHERE = {"first_day": "2026-10-05", "how_known": "lijst van DUO"}


def text(response) -> str:
    return response.content.decode()


@pytest.fixture
def record(case, as_user):
    """Fill in a fact as the officer: `record("terugkeer", first_day=...)`."""

    def send(kind, **fields):
        return as_user("officer").post(f"/dossiers/{case.number}/feit/{kind}/", fields)

    return send


def flags() -> set:
    return set(Flag.objects.filter(withdrawn_at=None).values_list("deadline__term_code", "level"))


class TestTheClockFollowsAtOnce:
    def test_an_earlier_enrolment_that_ended_makes_the_time_at_home_longer(self, case, record, as_user):
        assert ("3-maanden", "nadert") not in flags()
        done = record("nergens-ingeschreven", first_day="2026-08-31", how_known="gemeld door ouders")
        assert done.status_code == 302
        case.refresh_from_db()
        assert str(case.home_since) == "2026-08-31" and ("3-maanden", "nadert") in flags()
        assert "sinds 31 augustus 2026" in text(as_user("officer").get(f"/dossiers/{case.number}/"))

    def test_a_return_is_followed_and_a_trial_day_is_not_a_return(self, case, record, as_user):
        record("terugkeer", first_day="2026-11-17", trial="on", source="mentor")
        page = f"/dossiers/{case.number}/"
        assert "Weer op school sinds" not in text(as_user("officer").get(page))
        record("terugkeer", first_day="2026-11-17", source="mentor")
        assert "Weer op school sinds 17 november 2026" in text(as_user("officer").get(page))

    def test_permitted_absence_stops_the_terms_and_withdraws_what_did_not_hold(self, case, record):
        assert ("4-weken", "overschreden") in flags()
        done = record("geoorloofd", reason="ziekte", first_day="2026-10-05", last_day="2026-11-18", explanation="arts")
        assert done.status_code == 302
        assert ("4-weken", "overschreden") not in flags()
        assert Flag.objects.exclude(withdrawn_at=None).exclude(withdrawn_because="").exists()

    def test_what_was_taken_back_no_longer_counts(self, case, record, as_user):
        record("terugkeer", first_day="2026-10-12", source="mentor")
        assert HomePeriod.objects.filter(last_day=None).count() == 0
        row = case.pupil.returns.get()
        as_user("officer").post(f"/dossiers/{case.number}/feit/terugkeer/{row.pk}/weg/")
        assert HomePeriod.objects.filter(last_day=None).count() == 1
        assert Deadline.objects.filter(case=case, stopped_on=None).count() == 3
        assert type(row).history.filter(history_type="-").count() == 1

    @pytest.mark.parametrize(
        ("kind", "fields", "sentence"),
        [
            ("terugkeer", {"first_day": "2026-11-21", "source": "x"}, "nog niet geweest"),
            ("terugkeer", {"first_day": "2026-10-05", "source": "x"}, "Kies een latere dag"),
            ("inschrijving", {"school_code": "88ZZ00"}, "Geen school gevonden"),
            ("inschrijving", {"school_code": "99AA00", "first_day": "2026-11-01", "last_day": "2026-10-01"}, "voor de"),
            ("vrijstelling", {"article": "art_11", "first_day": "2026-10-01"}, "Kies de letter"),
            ("vrijstelling", {"article": "art_11a", "first_day": "2018-10-01"}, "hoeveel uur per week"),
            ("vrijstelling", {"article": "art_11a", "first_day": "2018-10-01", "hours_a_week": 11}, "10"),
            ("vrijstelling", {"article": "art_11a", "first_day": "2019-05-05", "hours_a_week": 5}, "4 mei 2019"),
            ("geoorloofd", {"reason": "ziekte", "first_day": "2010-01-01", "explanation": "x"}, "geboortedatum"),
            ("nergens-ingeschreven", {"first_day": "2016-11-02", "how_known": "x"}, "Klopt het jaar?"),
            ("geoorloofd", {"reason": "ziekte", "first_day": "2062-11-02", "explanation": "x"}, "Klopt het jaar?"),
            ("inschrijving", {"school_code": "99AA00", "first_day": "2062-11-02"}, "Klopt het jaar?"),
        ],
    )
    def test_a_refusal_says_why_and_changes_nothing(self, case, record, kind, fields, sentence):
        before = Enrolment.objects.count()
        answer = record(kind, **fields)
        assert answer.status_code == 422 and sentence in text(answer)
        assert Enrolment.objects.count() == before and not case.pupil.returns.exists()

    def test_another_kind_of_fact_does_not_exist(self, record):
        assert record("verzonnen", first_day="2026-10-05").status_code == 404


class TestAChildThatIsEnrolledNowhere:
    def new(self, client, **fields):
        return client.post("/dossiers/nieuw/", CHILD | NOWHERE | fields)

    def test_it_opens_a_dossier_with_a_running_clock(self, lekstroom, friday, as_user):
        client = as_user("officer")
        case_page = self.new(client, prefix="de", last_name="Wit")["Location"]
        case = Case.objects.get()
        assert case_page == f"/dossiers/{case.number}/" and str(case.home_since) == "2026-10-05"
        shown = text(client.get(case_page))
        assert "Sem de Wit" in shown and "Nergens ingeschreven" in shown and "overschreden" in shown

    def test_somebody_like_it_is_shown_before_anything_is_saved(self, lekstroom, friday, as_user):
        known = world.pupil(first_names="Sem", last_name="Wittebol", born=world.date(2012, 3, 4))
        client = as_user("officer")
        asked = self.new(client, last_name="Wit")
        assert asked.status_code == 422 and "Kennen wij dit kind al?" in text(asked) and "Sem Wittebol" in text(asked)
        assert (Pupil.objects.count(), Case.objects.count()) == (1, 0)
        self.new(client, last_name="Wit", bestaand=known.pk)
        assert (Pupil.objects.count(), Case.objects.get().pupil) == (1, known)

    def test_or_it_is_another_child_after_all(self, lekstroom, friday, as_user):
        world.pupil(first_names="Sem", last_name="Wittebol", born=world.date(2012, 3, 4))
        self.new(as_user("officer"), last_name="Wit", toch="1")
        assert (Pupil.objects.count(), NotEnrolled.objects.count(), Case.objects.count()) == (2, 1, 1)

    def test_the_second_click_joins_the_open_dossier(self, lekstroom, friday, as_user):
        client = as_user("officer")
        self.new(client, pgn=world.bsn(908))
        again = self.new(client, pgn=world.bsn(908), toch="1")
        assert again.status_code == 422 and "Er bestaat al een leerling met dit nummer" in text(again)
        self.new(client, bestaand=Pupil.objects.get().pk)
        assert (Pupil.objects.count(), Case.objects.count()) == (1, 1)

    def test_a_child_of_another_gemeente_is_not_shown_and_cannot_be_chosen(self, lekstroom, friday, as_user):
        foreign = world.pupil(last_name="Wit", born=world.date(2012, 3, 4), municipality_id="0193")
        made = self.new(as_user("officer"), last_name="Wit", bestaand=foreign.pk)
        assert made.status_code == 302 and Case.objects.get().pupil != foreign

    def test_a_gemeente_that_is_not_ours_is_no_choice(self, lekstroom, friday, as_user):
        assert self.new(as_user("officer"), municipality="0193").status_code == 422
        assert not Pupil.objects.exists()


class TestThePupilsOwnData:
    def test_the_number_of_another_child_is_refused_in_dutch(self, case, as_user):
        taken = world.pupil().reveal_pgn()
        path, client = f"/dossiers/{case.number}/leerling/", as_user("officer")
        values = {"first_names": "Noor", "last_name": "Bakker", "born": "2013-05-05", "municipality": "0356"}
        answer = client.post(path, values | {"pgn": taken, "version": "1"})
        assert answer.status_code == 422 and "met dit nummer" in text(answer)

    def test_a_guardian_has_gezag_with_a_source(self, case, as_user):
        path, client = f"/dossiers/{case.number}/ouder/", as_user("officer")
        values = {"name": "Fatima Bakker", "relation": "moeder", "gezag": "ja", "kind": "ouder", "lives": "kind"}
        assert client.post(path, values).status_code == 422
        assert client.post(path, values | {"gezag_source": "gezagsregister"}).status_code == 302
        assert "Fatima Bakker" in text(client.get(f"/dossiers/{case.number}/"))
