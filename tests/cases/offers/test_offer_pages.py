"""The pages of offers: who sees and records what, and bad input that loses nothing."""

from datetime import date

import pytest

from cases.barriers.models import Barrier
from cases.offers import acts as offers
from cases.offers.models import Offer
from leerplicht.models import Enrolment
from tests import world
from tests.cases.offers.test_offers import an_offer

FORM = {
    "kind": "VSO",
    "school_code": "99AB00",
    "provider": "",
    "asked_on": "2026-11-10",
    "hours_start": "6",
    "hours_full": "24",
    "step_0_from": "2026-12-01",
    "step_0_hours": "12",
    "transport": "nodig",
    "care": "onbekend",
    "remarks": "Rustige start.",
    "version": "1",
}


def page(client, case, path="") -> str:
    return client.get(f"/dossiers/{case.number}/{path}").content.decode()


class TestAsking:
    def test_a_place_is_asked_and_stands_on_the_dossier(self, case, as_user):
        officer = as_user("officer")
        answer = officer.post(f"/dossiers/{case.number}/aanbod/", FORM)
        offer = Offer.objects.get()
        assert answer.url == f"/dossiers/{case.number}/aanbod/{offer.pk}/"
        assert offer.build_up == [{"from": "2026-12-01", "hours": "12"}] and offer.school.code == "99AB00"
        assert "Het Kompas" in page(officer, case) and "Gevraagd op 10 november" in page(officer, case)
        shown = page(officer, case, f"aanbod/{offer.pk}/")
        assert "Vanaf 1 december 2026" in shown and "12 uur per week" in shown and "Is aangeboden" in shown

    @pytest.mark.parametrize(
        ("change", "field", "problem"),
        [
            ({"school_code": ""}, "school_code", "Vul een school in"),
            ({"school_code": "99ZZ00"}, "school_code", "Geen school gevonden"),
            ({"hours_full": "4"}, "hours_full", "minder dan bij het begin"),
            ({"hours_full": "99"}, "hours_full", "tot 40"),
            ({"hours_start": "0"}, "hours_start", "een half tot 40"),
            ({"asked_on": "2026-11-21"}, "asked_on", "nog niet geweest"),
            ({"step_0_hours": ""}, "step_0_hours", "samen in"),
            ({"step_1_from": "2026-11-30", "step_1_hours": "20"}, "step_1_from", "begint later"),
            ({"step_1_from": "2026-12-14", "step_1_hours": "8"}, "step_1_from", "niet minder uren"),
            ({"transport_on": "2026-12-01"}, "transport_on", "nog niet geweest"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_loses_nothing(self, case, as_user, change, field, problem):
        answer = as_user("officer").post(f"/dossiers/{case.number}/aanbod/", FORM | change)
        assert answer.status_code == 422 and not Offer.objects.exists()
        assert problem in str(answer.context["form"].errors[field])
        assert "Rustige start." in answer.content.decode()

    def test_a_colleague_was_first(self, case, as_user, lekstroom):
        offer = an_offer(case, lekstroom)
        path = f"/dossiers/{case.number}/aanbod/{offer.pk}/wijzigen/"
        as_user("leader").post(path, FORM | {"remarks": "Van de teamleider"})
        answer = as_user("officer").post(path, FORM | {"remarks": "Van de ambtenaar"})
        assert answer.status_code == 422 and "intussen aangepast" in answer.content.decode()
        assert "Van de ambtenaar" in answer.content.decode()
        assert Offer.objects.get().remarks == "Van de teamleider"
        again = as_user("officer").post(
            path, FORM | {"remarks": "Samen", "version": answer.context["form"].data["version"]}
        )
        assert again.status_code == 302 and Offer.objects.get().remarks == "Samen"


class TestWhoRecordsWhat:
    @pytest.mark.parametrize(
        ("who", "records", "sees"),
        [("officer", False, True), ("coordinator", True, True), ("teacher", True, True), ("nurse", False, False)],
    )
    def test_the_tlv(self, shared_case, as_user, lekstroom, who, records, sees):
        for key in ("school", "jeugdteam"):
            world.involve(shared_case, lekstroom.organisations[key])
        offer = an_offer(shared_case, lekstroom, tlv="aangevraagd")
        path = f"/dossiers/{shared_case.number}/aanbod/{offer.pk}/wijzigen/"
        answer = as_user(who).get(path)
        assert ("tlv" in answer.context["form"].fields if answer.status_code == 200 else False) == records
        assert ("TLV" in page(as_user(who), shared_case, f"aanbod/{offer.pk}/")) == sees

    def test_whoever_may_not_record_the_tlv_does_not_change_it_either(self, shared_case, as_user, lekstroom):
        offer = an_offer(shared_case, lekstroom, tlv="aangevraagd")
        path = f"/dossiers/{shared_case.number}/aanbod/{offer.pk}/wijzigen/"
        assert as_user("officer").post(path, FORM | {"tlv": "niet nodig"}).status_code == 302
        assert Offer.objects.get().tlv == "aangevraagd"

    def test_of_an_offer_of_the_gemeente_a_partner_records_the_tlv_and_no_more(self, shared_case, as_user, lekstroom):
        offer = an_offer(shared_case, lekstroom, tlv="aangevraagd")
        path = f"/dossiers/{shared_case.number}/aanbod/{offer.pk}/wijzigen/"
        sent = FORM | {"tlv": "geregeld", "provider": "Iets anders", "hours_start": "1"}
        assert as_user("coordinator").post(path, sent).status_code == 302
        stored = Offer.objects.get()
        assert stored.tlv == "geregeld"
        assert (stored.provider, stored.hours_start) == (offer.provider, offer.hours_start)

    def test_that_the_child_began_is_recorded_by_the_gemeente(self, shared_case, as_user, lekstroom):
        offer = an_offer(shared_case, lekstroom, organisation=lekstroom.organisations["verband"])
        for client, target, day in (
            ("coordinator", "aangeboden", "2026-11-12"),
            ("coordinator", "aangekondigd", "2026-11-16"),
        ):
            path = f"/dossiers/{shared_case.number}/aanbod/{offer.pk}/{target}/"
            assert as_user(client).post(path, {"on": day}).status_code == 302
        shown = page(as_user("coordinator"), shared_case, f"aanbod/{offer.pk}/")
        assert "legt gemeente Nieuwegein vast" in shown and "Is begonnen" not in shown
        start = f"/dossiers/{shared_case.number}/aanbod/{offer.pk}/gestart/"
        assert as_user("coordinator").post(start, {"on": "2026-11-16"}).status_code == 403
        assert as_user("officer").post(start, {"on": "2026-11-16"}).status_code == 302
        assert Offer.objects.get().state == "gestart" and shared_case.pupil.returns.exists()

    def test_a_partner_without_the_course_sees_nothing_of_it(self, case, as_user, lekstroom):
        world.involve(case, lekstroom.organisations["verband"], parts=["verzuim"])
        offer = an_offer(case, lekstroom)
        Barrier.objects.create(
            case=case,
            kind="zorg",
            what="Wachtlijst",
            asked_on="2026-11-02",
            by=lekstroom.officer,
            organisation=lekstroom.organisations["nieuwegein"],
        )
        coordinator = as_user("coordinator")
        shown = page(coordinator, case)
        assert "Het Kompas" not in shown and "Wachtlijst" not in shown and "Wat houdt het tegen" not in shown
        assert coordinator.get(f"/dossiers/{case.number}/aanbod/{offer.pk}/").status_code == 403

    def test_a_second_click_says_so(self, case, as_user, lekstroom):
        offer = an_offer(case, lekstroom)
        path = f"/dossiers/{case.number}/aanbod/{offer.pk}/aangeboden/"
        client = as_user("officer")
        client.post(path, {"on": "2026-11-12"})
        answer = client.post(path, {"on": "2026-11-12"}, follow=True)
        assert "Dit kan nu niet" in answer.content.decode() and offer.changes.count() == 2

    def test_a_reason_that_came_too_late_can_be_copied(self, case, as_user, lekstroom):
        offer = an_offer(case, lekstroom)
        path = f"/dossiers/{case.number}/aanbod/{offer.pk}/geweigerd/"
        as_user("leader").post(path, {"on": "2026-11-12", "because": "Vol."})
        answer = as_user("officer").post(path, {"on": "2026-11-12", "because": "Ouders vinden het te ver."})
        shown = answer.content.decode()
        assert answer.status_code == 409 and "Dit kan nu niet" in shown and "Ouders vinden het te ver." in shown
        assert offer.changes.count() == 2

    def test_what_began_is_not_made_another_place(self, case, as_user, lekstroom):
        offer = an_offer(case, lekstroom)
        for target in ("aangeboden", "aangekondigd", "gestart"):
            offers.move_offer(offer, target, by=lekstroom.officer, on=date(2026, 11, 16))
        path = f"/dossiers/{case.number}/aanbod/{offer.pk}/wijzigen/"
        form = as_user("officer").get(path).context["form"]
        assert not {"kind", "school_code", "provider"} & set(form.fields)
        sent = FORM | {"kind": "ZORGAANBOD", "version": offer.version}
        assert as_user("officer").post(path, sent).status_code == 302
        assert Offer.objects.get().kind == "VSO" and Offer.objects.get().remarks == "Rustige start."


class TestTheNextOne:
    """An offer, its refusal and the next offer belong together."""

    def test_after_a_refusal_somebody_searches_and_the_next_offer_answers_that(self, case, as_user, lekstroom):
        client, first = as_user("officer"), an_offer(case, lekstroom)
        client.post(
            f"/dossiers/{case.number}/aanbod/{first.pk}/geweigerd/", {"on": "2026-11-12", "because": "Te druk."}
        )
        task = case.tasks.get(kind="zoeken")
        assert task.title.startswith("Opnieuw zoeken") and task.done_on is None
        assert f"?na={first.pk}" in page(client, case, f"aanbod/{first.pk}/")
        client.post(
            f"/dossiers/{case.number}/aanbod/?na={first.pk}", FORM | {"school_code": "", "provider": "De Haven"}
        )
        second = Offer.objects.latest("pk")
        assert second.after == first
        task.refresh_from_db()
        assert (task.outcome, task.done_by) == ("Nieuwe plek gevraagd: De Haven.", lekstroom.officer)
        assert "De Haven" in page(client, case, f"aanbod/{first.pk}/")
        assert "niet lukte" in page(client, case, f"aanbod/{second.pk}/")

    def test_not_after_a_place_that_still_runs_or_of_another_dossier(self, case, as_user, lekstroom):
        runs = an_offer(case, lekstroom)
        as_user("officer").post(f"/dossiers/{case.number}/aanbod/?na={runs.pk}", FORM)
        assert Offer.objects.latest("pk").after is None

    def test_the_own_school_is_not_asked(self, case, as_user, lekstroom):
        Enrolment.objects.create(pupil=case.pupil, school=lekstroom.schools["99AA00"], first_day="2026-08-01")
        client, own = as_user("officer"), FORM | {"kind": "EIGEN_SCHOOL_OPBOUW", "school_code": ""}
        assert "De Lindeboom" in page(client, case, "aanbod/")
        assert client.post(f"/dossiers/{case.number}/aanbod/", own).status_code == 302
        assert Offer.objects.get().school.name == "De Lindeboom"
