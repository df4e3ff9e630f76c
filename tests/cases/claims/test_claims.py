"""A claim on an exemption or a request: judged once, with words that fit, and what follows for the child."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from cases.claims import acts as claims
from cases.claims.models import ExemptionClaim
from cases.claims.queries import count_due, running
from cases.closing import acts
from cases.dossier.models import Task
from cases.dossier.rules import NotNow
from cases.worklist.waiting import waiting_for
from leerplicht.models import Enrolment, Exemption, HomePeriod, SchoolDay
from tests import world
from tests.cases.overleg import TODAY
from thuiszitters.core.people.users import User

MEDICAL = {"statement_on": date(2026, 10, 30), "expert": "GGD Midden", "designated": True}
END = date(2027, 7, 31)


def a_claim(case, lekstroom, ground="art-5a", **fields) -> ExemptionClaim:
    values = {"received_on": date(2026, 11, 2), "first_day": date(2026, 11, 2)}
    values |= MEDICAL if ground == "art-5a" else {}
    row = ExemptionClaim(case=case, ground=ground, by=lekstroom.officer, **(values | fields))
    claims.save_claim(row, by=lekstroom.officer)
    return row


def valid(row, lekstroom, outcome="geldig", **fields) -> ExemptionClaim:
    about = {"because": "Alles is er.", "last_day": END, "come_back": "Als de behandeling klaar is."} | fields
    claims.judge(row, outcome, by=lekstroom.officer, **about)
    return row


class TestJudging:
    def test_valid_becomes_a_fact_and_the_child_is_not_at_home_without_ground(self, case, lekstroom):
        row = valid(a_claim(case, lekstroom), lekstroom)
        exemption = Exemption.objects.get()
        assert (exemption.article, exemption.last_day, exemption.expert) == ("art_5_onder_a", END, "GGD Midden")
        assert ExemptionClaim.objects.get().exemption == exemption
        case.refresh_from_db()
        assert not HomePeriod.objects.filter(pupil=case.pupil, last_day=None).exists() and not case.home_since
        assert [t.title for t in row.tasks.filter(done_on=None)] == [claims.LOOK_AGAIN]
        assert row.tasks.get(done_on=None).due_on == date(2027, 6, 1)

    @pytest.mark.parametrize(
        ("ground", "outcome"),
        [
            ("art-5a", "toegewezen"),
            ("art-5b", "afgewezen"),
            ("art-15", "geldig"),
            ("verlof", "niet_geldig"),
            ("art-5a", "ontvangen"),
            ("art-5a", "onzin"),
        ],
    )
    def test_words_that_do_not_fit(self, case, lekstroom, ground, outcome):
        """Art. 5 is never granted; what is decided is never "valid"."""
        row = a_claim(case, lekstroom, ground)
        with pytest.raises(NotNow, match="uitkomst die hierbij past"):
            valid(row, lekstroom, outcome)

    def test_nor_in_the_database(self, case, lekstroom):
        row = a_claim(case, lekstroom)
        judged = {"judged_on": TODAY, "judged_by": lekstroom.officer, "because": "x"}
        for ground, state in (("art-5a", "toegewezen"), ("art-3a", "geldig")):
            with pytest.raises(IntegrityError), transaction.atomic():
                ExemptionClaim.objects.filter(pk=row.pk).update(ground=ground, state=state, **judged)

    @pytest.mark.parametrize(
        ("fields", "change", "sentence"),
        [
            ({"designated": False}, {}, "deskundige is door de gemeente aangewezen"),
            ({"treats": True}, {}, "niet de behandelend arts"),
            ({"statement_on": date(2026, 7, 1)}, {}, "hoogstens drie maanden"),
            ({}, {"last_day": None}, "tot en met welke dag"),
            ({}, {"last_day": date(2027, 8, 1)}, "einde van het schooljaar: 31-07-2027"),
            ({}, {"last_day": date(2026, 11, 1)}, "voor de eerste dag"),
            ({}, {"come_back": " "}, "om terug te komen"),
            ({}, {"because": " "}, "waarom"),
        ],
    )
    def test_not_valid_without_all_of_it(self, case, lekstroom, fields, change, sentence):
        row = a_claim(case, lekstroom, **fields)
        with pytest.raises(NotNow, match=sentence):
            valid(row, lekstroom, **change)
        assert not Exemption.objects.exists()

    def test_for_ever_when_the_expert_says_so(self, case, lekstroom):
        row = valid(a_claim(case, lekstroom, permanent=True), lekstroom, last_day=None)
        assert Exemption.objects.get().last_day is None
        assert row.tasks.filter(done_on=None, title=claims.LOOK_AGAIN).exists(), "looking again is still advised"

    def test_not_valid_asks_how_to_go_on(self, case, lekstroom):
        row = valid(a_claim(case, lekstroom, treats=True), lekstroom, "niet_geldig", because="Eigen arts.")
        assert not Exemption.objects.exists()
        assert row.tasks.get(done_on=None).title == claims.GO_ON

    def test_not_twice_in_the_same_time(self, case, lekstroom):
        valid(a_claim(case, lekstroom), lekstroom)
        again = a_claim(case, lekstroom, first_day=date(2026, 11, 16))
        with pytest.raises(NotNow, match="loopt deze vrijstelling al"):
            valid(again, lekstroom)
        assert Exemption.objects.count() == 1

    def test_once(self, case, lekstroom):
        row = a_claim(case, lekstroom)
        late = ExemptionClaim.objects.get(pk=row.pk)
        valid(row, lekstroom)
        with pytest.raises(NotNow, match="net bijgewerkt of beoordeeld"):
            valid(late, lekstroom, "niet_geldig")
        with pytest.raises(NotNow, match="al beoordeeld"):
            valid(row, lekstroom)
        with pytest.raises(NotNow, match="al beoordeeld"):
            claims.save_claim(row, by=lekstroom.officer)
        assert Exemption.objects.count() == 1

    def test_not_in_a_closed_dossier(self, case, lekstroom):
        row = a_claim(case, lekstroom)
        acts.close(case, result="VERHUISD", by=lekstroom.officer, because="Verhuisd.")
        row.case.refresh_from_db()
        with pytest.raises(NotNow, match="afgesloten"):
            valid(row, lekstroom)

    def test_one_of_a_kind_waits_at_a_time(self, case, lekstroom):
        a_claim(case, lekstroom)
        with pytest.raises(NotNow, match="wacht al"):
            a_claim(case, lekstroom)
        a_claim(case, lekstroom, "art-5b")

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"received_on": date(2026, 11, 21)}, "dag van ontvangst"),
            ({"first_day": date(2028, 1, 1)}, "meer dan een jaar"),
            ({"statement_on": date(2026, 11, 3)}, "niet later"),
            ({"heard_on": date(2026, 11, 21)}, "nog niet geweest"),
            ({"received_on": date(2010, 1, 1)}, "geboorte"),
        ],
    )
    def test_dates_that_cannot_be(self, case, lekstroom, fields, sentence):
        with pytest.raises(NotNow, match=sentence):
            a_claim(case, lekstroom, **fields)


class TestDecided:
    def test_a_term_of_four_weeks_and_an_objection(self, case, lekstroom):
        row = a_claim(case, lekstroom, "art-3a")
        assert row.tasks.get().due_on == date(2026, 11, 30)
        with pytest.raises(NotNow, match="14 jaar"):
            valid(row, lekstroom, "toegewezen")
        valid(row, lekstroom, "afgewezen")
        claims.object_to(row, by=lekstroom.officer, on=TODAY, outcome="")
        assert ExemptionClaim.objects.get().objected_on == TODAY

    def test_there_is_no_objection_to_what_nobody_decided(self, case, lekstroom):
        row = valid(a_claim(case, lekstroom, treats=True), lekstroom, "niet_geldig")
        with pytest.raises(NotNow, match="geen besluit"):
            claims.object_to(row, by=lekstroom.officer, on=TODAY, outcome="")

    def test_leave_of_more_than_ten_days(self, case, lekstroom):
        head = {"head_heard_on": date(2026, 11, 3)}
        few = a_claim(case, lekstroom, "verlof", days=2, granted=8, asked_until=date(2026, 11, 3), **head)
        with pytest.raises(NotNow, match="meer dan 10 dagen"):
            valid(few, lekstroom, "toegewezen", come_back="")
        valid(few, lekstroom, "ingetrokken")
        last = date(2026, 11, 4)
        more = valid(
            a_claim(case, lekstroom, "verlof", days=3, granted=8, asked_until=last, **head),
            lekstroom,
            "toegewezen",
            come_back="",
            last_day=last,
        )
        given = case.pupil.permitted.get()
        assert (given.reason, given.first_day, given.last_day) == ("verlof", date(2026, 11, 2), last)
        assert ExemptionClaim.objects.get(pk=more.pk).permitted == given
        assert not Exemption.objects.exists()

    def test_days_that_do_not_fit_are_refused_with_both_numbers(self, case, as_user):
        """F6.10: twelve days of leave, until the end of the school year."""
        asked = {"received_on": "2026-11-02", "first_day": "2026-11-10", "days": "12", "granted": "0", "version": "1"}
        officer, here = as_user("officer"), f"/dossiers/{case.number}/beroep/verlof/"
        answer = officer.post(here, asked | {"asked_until": "2027-07-31"})
        shown = answer.content.decode()
        assert answer.status_code == 422 and not ExemptionClaim.objects.exists()
        assert "Gevraagd: 12. Van 10-11-2026 tot en met 31-07-2027: 156 schooldagen." in shown
        assert 'value="2027-07-31"' in shown, "what was typed stays"
        assert "schoolvakanties zijn alleen bekend" in (
            officer.post(here, asked | {"first_day": "2017-12-20", "asked_until": "2017-12-22"}).content.decode()
        )
        assert officer.post(here, asked | {"asked_until": "2026-11-25"}).status_code == 302

    def test_the_clock_stands_still_for_no_more_than_was_granted(self, case, lekstroom):
        about = {"days": 12, "asked_until": date(2026, 11, 17), "head_heard_on": date(2026, 11, 3)}
        row = a_claim(case, lekstroom, "verlof", **about)
        for last, sentence in ((END, "Later kan het verlof niet"), (date(2026, 11, 18), "tot en met 17-11-2026")):
            with pytest.raises(NotNow, match=sentence):
                valid(row, lekstroom, "toegewezen", come_back="", last_day=last)
        ExemptionClaim.objects.update(days=11)  # of before the days were compared
        row.refresh_from_db()
        with pytest.raises(NotNow, match="dagen kloppen met de schoolkalender"):
            valid(row, lekstroom, "toegewezen", come_back="", last_day=date(2026, 11, 17))
        assert not case.pupil.permitted.exists()

    def test_by_the_calendar_of_the_school_of_the_child(self, case, lekstroom):
        """A study day of the school is no day of leave."""
        school = lekstroom.schools["99AA00"]
        Enrolment.objects.create(pupil=case.pupil, school=school)
        SchoolDay.objects.create(school=school, day=date(2026, 11, 4), is_open=False)
        with pytest.raises(NotNow, match="tot en met 17-11-2026: 11 schooldagen"):
            a_claim(case, lekstroom, "verlof", days=12, asked_until=date(2026, 11, 17))
        a_claim(case, lekstroom, "verlof", days=11, asked_until=date(2026, 11, 17))


class TestWhatTheLawRefuses:
    """F6.3 and F6.4, through save and judge, from the facts of the dossier."""

    def test_3b_for_a_child_of_eight(self, case, lekstroom):
        case.pupil.born = date(2018, 5, 5)
        case.pupil.save()
        heard = {"statement_on": date(2026, 10, 30), "heard_on": TODAY, "head_heard_on": TODAY}
        row = a_claim(case, lekstroom, "art-3b", **heard)
        with pytest.raises(NotNow, match="laatste schooljaar van de leerplicht"):
            valid(row, lekstroom, "toegewezen")

    def test_3a_for_a_kwalificatieplichtige(self, case, lekstroom):
        case.pupil.born = date(2009, 5, 5)
        case.pupil.save()
        heard = {"statement_on": date(2026, 10, 30), "heard_on": TODAY, "head_heard_on": TODAY}
        row = a_claim(case, lekstroom, "art-3a", board_agreed_on=TODAY, **heard)
        with pytest.raises(NotNow, match="er ontbreekt nog leerplichtig"):
            valid(row, lekstroom, "toegewezen")

    def test_3a_goes_on_only_when_it_was_asked_in_time(self, case, lekstroom):
        """The end of the one before is known from the dossier."""
        case.pupil.born = date(2011, 5, 5)
        case.pupil.save()
        Exemption.objects.create(
            pupil=case.pupil, article="art_3a", first_day=date(2025, 11, 1), last_day=date(2026, 11, 30)
        )
        heard = {"statement_on": date(2026, 10, 30), "heard_on": TODAY, "head_heard_on": TODAY}
        row = a_claim(case, lekstroom, "art-3a", first_day=date(2026, 12, 1), board_agreed_on=TODAY, **heard)
        with pytest.raises(NotNow, match="verlenging op tijd gevraagd, verklaring van het hoofd"):
            valid(row, lekstroom, "toegewezen")

    def test_a_renewal_in_july_is_late_whatever_is_ticked(self, case, lekstroom):
        Exemption.objects.create(
            pupil=case.pupil, article="art_5_onder_a", first_day=date(2026, 8, 1), last_day=date(2027, 7, 31)
        )
        with time_machine.travel("2027-07-20 10:00:00+02:00"):
            for first in (date(2027, 8, 1), date(2027, 8, 2), date(2027, 8, 30)):
                late = {"received_on": date(2027, 7, 15), "statement_on": date(2027, 7, 1), "first_day": first}
                row = a_claim(case, lekstroom, **late)
                with pytest.raises(NotNow, match="er ontbreekt nog op tijd"):
                    valid(row, lekstroom, last_day=date(2028, 7, 31))
                valid(row, lekstroom, "ingetrokken")

    def test_the_bill_on_school_absence_is_off_until_it_has_a_day(self, case, lekstroom, as_user, settings):
        assert settings.WET_TERUGDRINGEN_SCHOOLVERZUIM_VANAF is None
        officer, here = as_user("officer"), f"/dossiers/{case.number}/beroep/art-5a/"
        assert "onderwijskundig" not in officer.get(here).content.decode()
        settings.WET_TERUGDRINGEN_SCHOOLVERZUIM_VANAF = date(2026, 11, 2)
        assert "op of na 02-11-2026 is ontvangen" in officer.get(here).content.decode()
        row = a_claim(case, lekstroom)
        with pytest.raises(NotNow, match="onderwijskundig advies"):
            valid(row, lekstroom)
        row.advice_on = date(2026, 11, 5)
        claims.save_claim(row, by=lekstroom.officer)
        valid(row, lekstroom)

    def test_a_treating_psychologist_may_give_the_statement(self, case, lekstroom):
        valid(a_claim(case, lekstroom, treats=True, expert_kind="psycholoog"), lekstroom)
        assert Exemption.objects.exists()


class TestWhoSeesIt:
    def test_the_gemeente_alone(self, shared_case, lekstroom, as_user):
        for key in ("school", "jeugdteam"):
            world.involve(shared_case, lekstroom.organisations[key])
        valid(a_claim(shared_case, lekstroom), lekstroom, because="Kanarie")
        here = f"/dossiers/{shared_case.number}/"
        officer = as_user("officer").get(here).content.decode()
        assert "Kanarie" in officer and "art. 5 onder a: lichamelijk" in officer.lower()
        for who in ("coordinator", "teacher", "nurse", "holder"):
            shown = as_user(who).get(here).content.decode()
            assert "Kanarie" not in shown and "lichamelijk of psychisch" not in shown, who
        assert not Task.objects.filter(title__icontains="vrijstelling").exists()

    def test_the_page_says_what_is_missing_and_by_when(self, case, lekstroom, as_user):
        row = a_claim(case, lekstroom, "art-3a")
        shown = as_user("officer").get(f"/dossiers/{case.number}/beroep/{row.pk}/").content.decode()
        for text in ("Besluit uiterlijk op 30 november 2026", "14 jaar of ouder", "ontbreekt", "Besluiten"):
            assert text in shown, text

    def test_the_whole_path(self, case, as_user):
        officer, here = as_user("officer"), f"/dossiers/{case.number}/beroep/"
        assert "verlof van meer dan 10 dagen" in officer.get(here).content.decode()
        form = {
            "received_on": "2026-11-02",
            "first_day": "2026-11-02",
            "statement_on": "2026-10-30",
            "expert": "GGD",
            "designated": "on",
            "version": "1",
        }
        answer = officer.post(f"{here}art-5a/", form)
        row = ExemptionClaim.objects.get()
        assert answer.url == f"{here}{row.pk}/"
        judged = {"outcome": "geldig", "because": "Is er.", "last_day": "2027-07-31", "version": "1"}
        answer = officer.post(f"{here}{row.pk}/beoordelen/", judged)
        assert answer.status_code == 422 and "om terug te komen" in answer.content.decode()
        assert officer.post(f"{here}{row.pk}/beoordelen/", judged | {"come_back": "Rust."}).status_code == 302
        shown = officer.get(f"{here}{row.pk}/").content.decode()
        assert "geen besluit, dus ook geen bezwaar" in shown and "Rust." in shown
        again = officer.post(f"{here}{row.pk}/beoordelen/", judged | {"because": "Mijn tekst"})
        assert again.status_code == 409 and "Mijn tekst" in again.content.decode()
        assert officer.get(f"{here}onzin/").status_code == 404
        assert officer.get(f"{here}{row.pk}/bezwaar/", follow=True).context["row"] == row

    def test_a_colleague_put_it_right_meanwhile(self, case, lekstroom, as_user):
        row = a_claim(case, lekstroom)
        claims.save_claim(ExemptionClaim.objects.get(pk=row.pk), by=lekstroom.officer)
        judged = {"outcome": "niet_geldig", "because": "Mijn tekst", "come_back": "Mijn voorwaarde", "version": "1"}
        answer = as_user("officer").post(f"/dossiers/{case.number}/beroep/{row.pk}/beoordelen/", judged)
        assert answer.status_code == 409
        assert "Mijn tekst" in answer.content.decode() and "Mijn voorwaarde" in answer.content.decode()
        assert ExemptionClaim.objects.get().is_open


class TestLookingAgain:
    @pytest.fixture
    def exempt(self, case):
        return Exemption.objects.create(
            pupil=case.pupil, article="art_5_onder_a", first_day=date(2026, 11, 2), last_day=END
        )

    @pytest.mark.parametrize(("day", "due"), [("2027-05-31", 0), ("2027-06-01", 1), ("2027-07-31", 1)])
    def test_from_june_on(self, exempt, lekstroom, day, due):
        with time_machine.travel(f"{day} 10:00:00+02:00"):
            today = date.fromisoformat(day)
            assert count_due(running(lekstroom.officer, today), today) == due
            codes = [w.code for w in waiting_for(User.objects.get(pk=lekstroom.officer.pk), today)]
            assert ("vrijstellingen" in codes) == bool(due)

    def test_not_when_what_follows_is_known(self, exempt, lekstroom):
        Exemption.objects.create(pupil=exempt.pupil, article="art_5_onder_a", first_day=date(2027, 8, 1))
        found = running(lekstroom.officer, date(2027, 6, 10))
        assert [r.goes_on for r in found] == [True] and count_due(found, date(2027, 6, 10)) == 0

    def test_only_children_of_the_own_gemeenten(self, exempt, lekstroom, as_user):
        assert running(lekstroom.stranger, TODAY) == [] == running(lekstroom.coordinator, TODAY)
        shown = as_user("officer").get("/vrijstellingen/").content.decode()
        assert "Noor Bakker" in shown and "31 juli 2027" in shown
        assert "Noor" not in as_user("stranger").get("/vrijstellingen/").content.decode()
