"""Letting parents and children look along: who may, who can be invited, what is shown once, and how it ends."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cases.dossier.rules import NotNow
from cases.family import acts, entering
from cases.family.access import may_look_along, why_not
from cases.family.entering import NotIn, ask_code, enter
from cases.family.models import FamilyDoor, LookAlong, LookAlongCode
from cases.family.rules import ALPHABET, MOST_A_DAY, MOST_TRIES, in_two, plain_code, why_not_child, why_not_parent
from cases.sharing.handing_over import take_over
from cases.sharing.models import Referral
from leerplicht.models import Guardian
from tests import world
from thuiszitters.core.jobs import queue as jobs
from thuiszitters.core.log.models import AuditEvent

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
FINE = {"gezag": True, "holds": True, "age": 13, "secret": False}


@pytest.fixture
def open_door(lekstroom):
    acts.set_door(lekstroom.organisations["nieuwegein"], is_open=True, by=lekstroom.admin)


def invited(case, lekstroom, guardian, **fields) -> acts.Invited:
    return acts.invite(case, guardian, by_mail=False, by=lekstroom.officer, **fields)


def code_in_mail() -> str:
    return re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", mail.outbox[-1].body).group()


class TestWhoCan:
    @pytest.mark.parametrize(
        ("changed", "can"),
        [
            ({}, True),
            ({"gezag": False}, False),
            ({"holds": False}, False),
            ({"age": 17}, True),
            ({"age": 18}, False),
            ({"secret": True}, False),
        ],
    )
    def test_a_parent_with_gezag_of_a_minor_without_a_secret_address(self, changed, can):
        assert (why_not_parent(**FINE | changed) == "") == can

    @pytest.mark.parametrize(("age", "can"), [(11, False), (12, True), (17, True), (20, True)])
    def test_a_child_from_12(self, age, can):
        assert (why_not_child(age) == "") == can

    def test_nowhere_unless_the_gemeente_wants_it(self, case, lekstroom, mother):
        with pytest.raises(NotNow, match="laat ouders en kinderen niet meekijken"):
            invited(case, lekstroom, mother)

    def test_off_again_ends_it_at_once_for_all(self, case, lekstroom, mother, open_door):
        row = invited(case, lekstroom, mother).row
        assert may_look_along(row, TODAY)
        acts.set_door(lekstroom.organisations["nieuwegein"], is_open=False, by=lekstroom.admin)
        assert not may_look_along(row, TODAY)

    @pytest.mark.parametrize("gezag", ["nee", "onbekend"])
    def test_gezag_is_judged_each_time(self, case, lekstroom, mother, open_door, gezag):
        row = invited(case, lekstroom, mother).row
        Guardian.objects.filter(pk=mother.pk).update(gezag=gezag)
        row.refresh_from_db()
        assert not may_look_along(row, TODAY)

    def test_no_parent_where_the_address_is_secret(self, case, lekstroom, mother, open_door):
        row = invited(case, lekstroom, mother).row
        case.pupil.secret_address = True
        case.pupil.save()
        assert not may_look_along(LookAlong.objects.get(pk=row.pk), TODAY)
        assert why_not(case, None, TODAY) == "", "the child itself knows where it lives"

    def test_a_parent_of_another_child(self, case, lekstroom, mother, open_door):
        other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        with pytest.raises(NotNow):
            invited(other, lekstroom, mother)

    @pytest.mark.parametrize("who", ["stranger", "coordinator", "teacher", "holder", "boa", "admin"])
    def test_only_the_gemeente_invites(self, shared_case, lekstroom, mother, open_door, who):
        with pytest.raises(PermissionDenied):
            acts.invite(shared_case, mother, by_mail=False, by=lekstroom.users[who])

    def test_a_closed_dossier_invites_nobody(self, case, lekstroom, mother, open_door):
        case.state = "afgesloten"
        with pytest.raises(NotNow):
            invited(case, lekstroom, mother)

    @pytest.mark.parametrize("who", ["officer", "leader", "stranger", "controller"])
    def test_only_who_looks_after_the_gemeente_sets_it(self, lekstroom, who):
        with pytest.raises(PermissionDenied):
            acts.set_door(lekstroom.organisations["nieuwegein"], is_open=True, by=lekstroom.users[who])
        assert not FamilyDoor.objects.exists()

    def test_only_a_gemeente_has_it(self, lekstroom):
        with pytest.raises(PermissionDenied):
            acts.set_door(lekstroom.organisations["bureau"], is_open=True, by=lekstroom.admin)


class TestComingIn:
    def test_with_code_and_pincode_once(self, case, lekstroom, mother, open_door):
        done = invited(case, lekstroom, mother)
        assert enter(in_two(done.code).lower(), done.pin) == done.row
        with pytest.raises(NotIn):
            enter(done.code, done.pin)

    def test_neither_is_kept_readable(self, case, lekstroom, mother, open_door):
        done = invited(case, lekstroom, mother)
        kept = [*LookAlong.objects.values_list(), *LookAlongCode.objects.values_list()]
        kept += AuditEvent.objects.values_list("detail")
        assert done.code not in str(kept) and done.pin not in str(kept)

    @pytest.mark.parametrize(("code", "pin"), [("", ""), ("AAAAA-AAAAA", "123456"), ("right", "wrong")])
    def test_what_does_not_belong_together(self, case, lekstroom, mother, open_door, code, pin):
        done = invited(case, lekstroom, mother)
        wrong = f"{(int(done.pin) + 1) % 1_000_000:06d}"
        with pytest.raises(NotIn):
            enter(done.code if code == "right" else code, wrong if pin == "wrong" else pin)

    def test_a_code_ends_after_two_weeks(self, case, lekstroom, mother, open_door):
        done = invited(case, lekstroom, mother)
        with time_machine.travel("2026-12-04 10:00:01+01:00"), pytest.raises(NotIn):
            enter(done.code, done.pin)

    def test_after_five_wrong_pincodes_nobody_comes_in_and_somebody_hears_of_it(
        self, case, lekstroom, mother, open_door
    ):
        done = invited(case, lekstroom, mother)
        for _ in range(MOST_TRIES):
            with pytest.raises(NotIn):
                enter(done.code, "geen")
        with pytest.raises(NotIn):
            enter(done.code, done.pin)
        assert case.tasks.filter(title=entering.LOCKED, done_on=None).count() == 1
        assert AuditEvent.objects.filter(action="family_locked", result="geweigerd").count() == 1
        again = invited(case, lekstroom, mother)
        assert enter(again.code, again.pin)

    def test_a_new_code_by_mail_does_not_give_new_tries(self, case, lekstroom, mother, open_door):
        done = invited(case, lekstroom, mother, email="moeder@huis.test")
        for _ in range(MOST_TRIES - 1):
            with pytest.raises(NotIn):
                enter(done.code, "geen")
        ask_code("moeder@huis.test", timezone.now())
        jobs.work_jobs()
        with pytest.raises(NotIn):
            enter(code_in_mail(), "geen")
        assert LookAlong.objects.get().is_locked

    def test_a_new_invitation_ends_what_was_there(self, case, lekstroom, mother, open_door):
        first = invited(case, lekstroom, mother)
        second = invited(case, lekstroom, mother)
        with pytest.raises(NotIn):
            enter(first.code, first.pin)
        assert enter(second.code, second.pin) == first.row

    def test_ended_is_ended(self, case, lekstroom, mother, open_door):
        done = invited(case, lekstroom, mother)
        acts.end(done.row, by=lekstroom.officer)
        acts.end(done.row, by=lekstroom.officer)
        with pytest.raises(NotIn):
            enter(done.code, done.pin)
        assert AuditEvent.objects.filter(action="family_ended").count() == 1

    def test_each_way_in_stands_in_the_log_of_the_gemeente(self, case, lekstroom, mother, open_door):
        done = invited(case, lekstroom, mother)
        enter(done.code, done.pin)
        row = AuditEvent.objects.get(action="family_entered")
        assert (row.role, row.user_id, row.pupil_ids) == ("ouder", None, [case.pupil_id])
        assert row.organisation_id == lekstroom.organisations["nieuwegein"].pk


class TestByMail:
    def test_the_code_leaves_without_a_name(self, case, lekstroom, mother, open_door):
        acts.invite(case, mother, by_mail=True, email="moeder@huis.test", by=lekstroom.officer)
        assert not mail.outbox, "from a job"
        jobs.work_jobs()
        (sent,) = mail.outbox
        assert sent.to == ["moeder@huis.test"]
        for word in ("Noor", "Bakker", "Fatima", case.number, "Nieuwegein"):
            assert word not in sent.subject + sent.body
        assert re.search(r"\b\d{6}\b", sent.body) is None, "the pincode goes another way"

    def test_without_an_address_there_is_no_mail(self, case, lekstroom, mother, open_door):
        with pytest.raises(NotNow, match="e-mailadres"):
            acts.invite(case, mother, by_mail=True, by=lekstroom.officer)

    def test_coming_back_with_a_code_that_was_asked(self, case, lekstroom, mother, open_door):
        done = invited(case, lekstroom, mother, email="moeder@huis.test")
        enter(done.code, done.pin)
        ask_code("Moeder@Huis.test", timezone.now())
        jobs.work_jobs()
        assert enter(code_in_mail(), done.pin) == done.row

    def test_it_works_a_quarter_of_an_hour(self, case, lekstroom, mother, open_door):
        done = invited(case, lekstroom, mother, email="moeder@huis.test")
        ask_code("moeder@huis.test", timezone.now())
        jobs.work_jobs()
        with time_machine.travel("2026-11-20 10:15:01+01:00"), pytest.raises(NotIn):
            enter(code_in_mail(), done.pin)

    def test_who_is_not_known_or_may_not_gets_nothing(self, case, lekstroom, mother, open_door):
        invited(case, lekstroom, mother, email="moeder@huis.test")
        ask_code("iemand@anders.test", timezone.now())
        Guardian.objects.filter(pk=mother.pk).update(gezag="nee")
        ask_code("moeder@huis.test", timezone.now())
        jobs.work_jobs()
        assert not mail.outbox

    def test_who_loses_gezag_before_the_mail_leaves_gets_nothing(self, case, lekstroom, mother, open_door):
        acts.invite(case, mother, by_mail=True, email="moeder@huis.test", by=lekstroom.officer)
        Guardian.objects.filter(pk=mother.pk).update(gezag="nee")
        jobs.work_jobs()
        assert not mail.outbox

    def test_nobody_can_fill_a_mailbox(self, case, lekstroom, mother, open_door):
        invited(case, lekstroom, mother, email="moeder@huis.test")
        now = timezone.now()
        for _ in range(3):
            ask_code("moeder@huis.test", now)
        assert LookAlongCode.objects.filter(invites=False).count() == 1
        for n in range(2 * MOST_A_DAY):
            with time_machine.travel(now + timedelta(minutes=3 * (n + 1))):
                ask_code("moeder@huis.test", timezone.now())
        assert LookAlongCode.objects.filter(invites=False).count() == MOST_A_DAY


class TestTheNight:
    def test_codes_that_ended_go_and_others_stay(self, case, lekstroom, mother, open_door):
        invited(case, lekstroom, mother, email="moeder@huis.test")
        ask_code("moeder@huis.test", timezone.now())
        assert acts.forget_codes(timezone.now() + timedelta(hours=23)) == 0, "by these is counted how many were asked"
        assert acts.forget_codes(timezone.now() + timedelta(days=2)) == 1
        assert acts.forget_codes(timezone.now() + timedelta(days=15)) == 1 and not LookAlongCode.objects.exists()


class TestAnotherGemeente:
    def test_a_dossier_that_is_handed_over_lets_nobody_along(self, case, lekstroom, mother, open_door):
        acts.set_door(lekstroom.organisations["houten"], is_open=True, by=lekstroom.admin)
        row = invited(case, lekstroom, mother).row
        own, other = lekstroom.organisations["nieuwegein"], lekstroom.organisations["houten"]
        about = {"from_municipality_id": "0356", "from_organisation": own, "to_organisation": other}
        referral = Referral.objects.create(
            case=case, kind="overdracht", question="Verhuisd", asked_by=lekstroom.officer, **about
        )
        take_over(case, referral, lekstroom.colleague)
        row.refresh_from_db()
        assert row.ended_at and row.because == "Het dossier is overgedragen."


class TestThePages:
    def test_inviting_on_paper_shows_both_once(self, case, lekstroom, mother, open_door, as_user):
        client = as_user("officer")
        address = f"/dossiers/{case.number}/meekijken/"
        assert "Fatima Bakker (moeder)" in client.get(address).content.decode()
        sent = client.post(f"{address}{mother.pk}/uitnodigen/", {"how": "brief", "email": ""})
        shown = sent.content.decode()
        pin = re.search(r"De pincode: (\d{6})", shown).group(1)
        code = re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", shown).group()
        assert sent["Cache-Control"] == "no-store"
        assert enter(code, pin).guardian == mother
        after = client.get(address).content.decode()
        assert pin not in after and code not in after and "kijkt mee" in after

    def test_mail_without_an_address_keeps_the_form(self, case, mother, open_door, as_user):
        sent = as_user("officer").post(f"/dossiers/{case.number}/meekijken/{mother.pk}/uitnodigen/", {"how": "mail"})
        assert sent.status_code == 422 and "Vul het e-mailadres in" in sent.content.decode()

    def test_the_child_of_13_can_be_invited(self, case, open_door, as_user):
        shown = as_user("officer").get(f"/dossiers/{case.number}/meekijken/").content.decode()
        assert f"/dossiers/{case.number}/meekijken/0/uitnodigen/" in shown

    def test_a_link_on_the_page_of_a_dossier_where_it_is_on(self, case, lekstroom, as_user):
        address = f"/dossiers/{case.number}/"
        assert "/meekijken/" not in as_user("officer").get(address).content.decode()
        acts.set_door(lekstroom.organisations["nieuwegein"], is_open=True, by=lekstroom.admin)
        assert f"{address}meekijken/" in as_user("officer").get(address).content.decode()

    def test_a_partner_does_not_see_who_looks_along(self, shared_case, lekstroom, mother, open_door, as_user):
        invited(shared_case, lekstroom, mother)
        page = as_user("coordinator").get(f"/dossiers/{shared_case.number}/").content.decode()
        assert "meekijken" not in page.lower().replace("meelezen", "")
        assert as_user("coordinator").get(f"/dossiers/{shared_case.number}/meekijken/").status_code == 403

    def test_the_administrator_sets_it_per_gemeente(self, lekstroom, as_user):
        client = as_user("admin")
        assert "Gemeente Nieuwegein" in client.get("/beheer-meekijken/").content.decode()
        pk = lekstroom.organisations["nieuwegein"].pk
        client.post(f"/beheer-meekijken/{pk}/", {"stand": "aan"})
        assert FamilyDoor.objects.get().open and "staat aan" in client.get("/beheer-meekijken/").content.decode()
        zwolle = lekstroom.organisations["zwolle"].pk
        assert client.post(f"/beheer-meekijken/{zwolle}/", {"stand": "aan"}).status_code == 404


def test_a_code_reads_as_it_is_typed():
    assert plain_code(" abcde-fghjk ") == "ABCDEFGHJK" and in_two("ABCDEFGHJK") == "ABCDE-FGHJK"
    assert not set("01IOL") & set(ALPHABET)
