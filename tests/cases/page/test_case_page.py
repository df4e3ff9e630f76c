"""The dossier page, seen by four people, and what they may do there: assign, move, close, reopen."""

from datetime import date, timedelta

import pytest

from cases.dossier.models import Assignment, Case, StatusChange
from cases.work.models import Contact, Note, Problem
from leerplicht.models import Guardian, SchoolReturn
from tests import world
from thuiszitters.core.log.models import AuditEvent


def page(case, part="") -> str:
    return f"/dossiers/{case.number}/{part}"


def text(response) -> str:
    return response.content.decode()


def write(model, case, author, organisation, **fields):
    return model.objects.create(case=case, by=author, organisation=organisation, **fields)


class TestFourPeople:
    def test_the_owner_sees_child_clock_step_and_course(self, case, as_user):
        shown = text(as_user("officer").get(page(case)))
        for words in (
            "Noor Bakker",
            case.number,
            "13 jaar",
            "De Lindeboom",
            "dagen thuis",
            "Thuis sinds 5 oktober 2026",
            "weken overschreden, al 4 dagen",
            "Spreek met de ouders en met het kind",
            "alle lessen gemist",
            "Dossier geopend",
        ):
            assert words in shown, words

    @pytest.mark.parametrize("who", ["colleague", "stranger", "partner_elsewhere"])
    def test_who_has_no_right_to_it_finds_nothing(self, shared_case, as_user, who):
        response = as_user(who).get(page(shared_case))
        assert response.status_code == 404
        assert "Noor" not in text(response)

    def test_the_bureau_that_acts_for_the_gemeente_sees_it(self, case, as_user):
        assert as_user("leader").get(page(case)).status_code == 200

    def test_the_partner_sees_it_as_long_as_it_takes_part(self, case, as_user, lekstroom, friday):
        client, day = as_user("coordinator"), timedelta(days=1)
        row = world.involve(case, lekstroom.organisations["verband"], since=friday + day)
        assert client.get(page(case)).status_code == 404
        for since, until, status in ((friday, None, 200), (friday, friday, 200), (friday - day, friday - day, 404)):
            row.since, row.until = since, until
            row.save()
            assert client.get(page(case)).status_code == status, (since, until)

    def test_a_role_that_ended_ends_within_the_session(self, case, as_user, lekstroom, friday):
        client = as_user("officer")
        assert client.get(page(case)).status_code == 200
        lekstroom.officer.memberships.update(valid_until=friday - timedelta(days=1))
        assert client.get(page(case)).status_code == 403

    def test_a_blocked_account_ends_within_the_session(self, case, as_user, lekstroom):
        client = as_user("officer")
        type(lekstroom.officer).objects.filter(pk=lekstroom.officer.pk).update(is_active=False)
        assert client.get(page(case)).status_code == 302


def test_the_clock_says_which_week_it_passed_over_and_why(case, as_user):
    shown = " ".join(as_user("officer").get(f"/dossiers/{case.number}/").content.decode().split())
    assert "Niet meegeteld als lesweek: 19 oktober 2026 tot en met 25 oktober 2026 (herfstvakantie)." in shown
    assert "4 lesweken" in shown and "4 wk" not in shown
    case.deadlines.update(stopped_on=date(2026, 11, 20))
    assert "Niet meegeteld" not in as_user("officer").get(f"/dossiers/{case.number}/").content.decode()


class TestWhatThePartnerSees:
    @pytest.fixture
    def written(self, shared_case, lekstroom):
        """Something of each kind, by the gemeente and by the partner, shared and not."""
        officer, nieuwegein = lekstroom.officer, lekstroom.organisations["nieuwegein"]
        partner, verband = lekstroom.coordinator, lekstroom.organisations["verband"]
        write(Note, shared_case, officer, nieuwegein, text="Binnenkamer")
        write(Note, shared_case, officer, nieuwegein, text="Rondetafel", shared=True)
        write(Note, shared_case, partner, verband, text="Verbandskist")
        guardian = Guardian.objects.create(pupil=shared_case.pupil, name="Fatima Bakker", relation="moeder")
        contact = {"on": shared_case.opened_on, "who": "ouder", "channel": "telefoon", "guardian": guardian}
        write(Contact, shared_case, officer, nieuwegein, own_words="Vertrouwelijk woord", **contact)
        for code, shared in (("A1", True), ("D7", True), ("G1", True), ("E1", True), ("F1", False)):
            write(Problem, shared_case, officer, nieuwegein, code=code, shared=shared)
        return shared_case

    def test_what_is_shared_or_own_and_that_there_is_more(self, written, as_user):
        shown = text(as_user("coordinator").get(page(written)))
        assert "Rondetafel" in shown and "Verbandskist" in shown and "Pesten" in shown
        assert "Binnenkamer" not in shown and "Vertrouwelijk woord" not in shown
        course = shown.split('id="verloop"')[1]
        assert course.count("Vastgelegd door Gemeente Nieuwegein. De inhoud is niet met u gedeeld.") == 2

    def test_health_safety_and_justice_stay_with_who_wrote_it_also_when_shared(self, written, as_user):
        Case.objects.filter(pk=written.pk).update(handler=Case.objects.get(pk=written.pk).problems.first().by)
        words = ("angst of schoolweigering", "onveiligheid", "halt of proces-verbaal loopt")
        seen = {"officer": words[:2], "leader": words[:1], "boa": words[2:], "coordinator": (), "holder": ()}
        for who, visible in seen.items():
            shown = text(as_user(who).get(page(written))).lower()
            assert tuple(w for w in words if w in shown) == visible, who

    def test_the_gemeente_does_not_read_what_the_partner_kept_for_itself(self, written, as_user):
        shown = text(as_user("officer").get(page(written)))
        assert "Verbandskist" not in shown and "Vastgelegd door Verband De Verbinding" in shown

    def test_no_bsn_anywhere_not_even_masked_and_no_button_for_it(self, written, as_user):
        end = written.pupil.pgn_end
        for part in ("", "contact/", "notitie/", "stap/", "speelt/"):
            shown = text(as_user("coordinator").get(page(written, part)))
            assert f"•{end}" not in shown and written.pupil.reveal_pgn() not in shown and "/nummer/" not in shown
        assert as_user("coordinator").post(page(written, "nummer/")).status_code == 403

    def test_the_officer_sees_the_number_masked_and_in_full_on_request(self, written, as_user):
        client, number = as_user("officer"), written.pupil.reveal_pgn()
        assert f"••••••{number[-3:]}" in text(client.get(page(written)))
        assert number not in text(client.get(page(written)))
        asked = client.post(page(written, "nummer/"))
        assert number not in text(asked) and "Waarvoor hebt u het hele nummer nodig?" in text(asked)
        assert client.post(page(written, "nummer/"), {"purpose": "zomaar"}).status_code == 422
        assert number in text(client.post(page(written, "nummer/"), {"purpose": "terugmelden aan DUO"}))
        assert AuditEvent.objects.get(action="pgn_shown").purpose == "terugmelden aan DUO"


class TestAssigning:
    def test_take_over_and_the_second_click(self, case, as_user, lekstroom):
        client = as_user("officer")
        for _ in range(2):
            response = client.post(page(case, "toewijzen/"), {"neem": "1"}, follow=True)
        case.refresh_from_db()
        assert case.handler == lekstroom.officer
        assert Assignment.objects.filter(case=case).count() == 1
        assert response.status_code == 200

    def test_an_officer_gives_nothing_away_but_a_teamleider_does(self, case, as_user, lekstroom):
        for who, expected in (("officer", None), ("leader", lekstroom.officer)):
            as_user(who).post(page(case, "toewijzen/"), {"handler": lekstroom.officer.pk})
            case.refresh_from_db()
            assert case.handler == expected, who

    def test_not_to_somebody_who_works_elsewhere(self, case, as_user, lekstroom):
        for who in (lekstroom.stranger, lekstroom.coordinator, lekstroom.teacher):
            as_user("leader").post(page(case, "toewijzen/"), {"handler": who.pk})
            case.refresh_from_db()
            assert case.handler is None

    def test_several_at_once(self, case, as_user, lekstroom):
        other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        numbers = [case.number, other.number]
        sent = {"dossier": numbers, "verdeel": 1, "to": [lekstroom.officer.pk]}
        response = as_user("leader").post("/verdelen/", sent, follow=True)
        assert "2 dossiers verdeeld" in text(response) and "M. Officier" in text(response)
        assert list(type(case).objects.values_list("handler", flat=True)) == [lekstroom.officer.pk] * 2

    def test_several_at_once_not_to_who_does_not_work_for_each_of_them(self, case, as_user, lekstroom):
        houten = world.open_case(world.pupil(municipality_id="0321"), lekstroom.schools["99AB00"])
        sent = {"dossier": [case.number, houten.number], "verdeel": 1, "to": [lekstroom.officer.pk]}
        response = as_user("leader").post("/verdelen/", sent, follow=True)
        assert "M. Officier werkt niet voor de gemeente Houten." in text(response)
        assert not type(case).objects.exclude(handler=None).exists()
        response = as_user("leader").post("/verdelen/", sent | {"to": [lekstroom.leader.pk]}, follow=True)
        assert "2 dossiers verdeeld" in text(response)

    def test_taking_many_leaves_foreign_ones_alone(self, case, as_user, lekstroom):
        foreign = world.open_case(world.pupil(municipality_id="0193"), lekstroom.schools["99AC00"])
        as_user("officer").post("/werkvoorraad/toewijzen/", {"dossier": [case.number, foreign.number]})
        foreign.refresh_from_db()
        case.refresh_from_db()
        assert (case.handler, foreign.handler) == (lekstroom.officer, None)

    def test_the_page_it_goes_back_to_is_of_this_application(self, case, as_user):
        sent = {"dossier": [case.number]}
        for back, there in (
            ("/werkvoorraad/?lijst=team", "/werkvoorraad/?lijst=team"),
            ("//kwaad.test/", "/werkvoorraad/"),
            ("https://kwaad.test/", "/werkvoorraad/"),
            ("/\\kwaad.test", "/werkvoorraad/"),
        ):
            response = as_user("officer").post("/werkvoorraad/toewijzen/", sent | {"terug": back})
            assert response["Location"] == there


class TestMovingAndClosing:
    def close(self, client, case, **fields):
        return client.post(page(case, "afsluiten/"), {"because": "Gesproken met school", "seen": "on", **fields})

    def test_a_move_a_second_click_and_a_move_that_cannot_be(self, case, as_user):
        client = as_user("officer")
        client.post(page(case, "stand/onderzoek/"), {"because": ""})
        case.refresh_from_db()
        assert case.state == "onderzoek"
        again = client.post(page(case, "stand/onderzoek/"), {"because": ""}, follow=True)
        assert "Deze stap kan nu niet" in text(again)
        assert StatusChange.objects.filter(case=case, target="onderzoek").count() == 1
        assert "Deze stap kan nu niet" in text(client.get(page(case, "stand/bestaatniet/"), follow=True))

    def test_a_place_counts_from_the_first_attended_day(self, case, as_user):
        refused = self.close(as_user("officer"), case, result="ANDERE_SCHOOL")
        assert refused.status_code == 422 and "Het kind is nog thuis" in text(refused)
        assert SchoolReturn.objects.count() == 0

    def test_another_end_needs_no_return_and_is_no_place(self, case, as_user):
        client = as_user("officer")
        assert self.close(client, case, result="VERHUISD").status_code == 302
        shown = text(client.get(page(case)))
        assert "Afgesloten op 20 november 2026" in shown and "(passende plek)" not in shown

    def test_without_result_or_reason_it_stays_open(self, case, as_user):
        client = as_user("officer")
        assert self.close(client, case, result="").status_code == 422
        assert self.close(client, case, result="VERHUISD", because="").status_code == 422
        assert client.post(page(case, "stand/afgesloten/"), {"because": "x"}).status_code == 422
        case.refresh_from_db()
        assert case.is_open

    def test_a_closed_dossier_takes_no_more_writing_until_it_is_reopened_with_a_reason(self, case, as_user):
        client, note = as_user("officer"), {"kind": "algemeen", "text": "Nog iets"}
        self.close(client, case, result="VERHUISD")
        second = self.close(client, case, result="VERHUISD")
        assert second.status_code == 422
        refused = client.post(page(case, "notitie/"), note)
        assert refused.status_code == 422 and "afgesloten" in text(refused) and "Nog iets" in text(refused)
        assert client.post(page(case, "stand/onderzoek/"), {"because": ""}).status_code == 422
        assert client.post(page(case, "stand/onderzoek/"), {"because": "Toch weer thuis"}).status_code == 302
        assert client.post(page(case, "notitie/"), note).status_code == 302
        case.refresh_from_db()
        assert (case.state, case.result, case.closed_on) == ("onderzoek", "", None)

    def test_reopening_is_refused_when_the_child_has_another_open_dossier(self, case, as_user, lekstroom):
        client = as_user("officer")
        self.close(client, case, result="VERHUISD")
        world.take_in([world.report(case.pupil, lekstroom.schools["99AA00"])], today=case.opened_on)
        refused = client.post(page(case, "stand/onderzoek/"), {"because": "Toch weer thuis"})
        assert refused.status_code == 422 and "al een ander open dossier" in text(refused)

    def test_a_step_is_done_once(self, case, as_user):
        client, task = as_user("officer"), case.tasks.get()
        assert client.post(page(case, f"stap/{task.pk}/klaar/"), {"outcome": "Gesproken"}).status_code == 302
        again = client.post(page(case, f"stap/{task.pk}/klaar/"), {"outcome": "Nog eens"}, follow=True)
        task.refresh_from_db()
        assert task.outcome == "Gesproken" and "was al afgerond" in text(again)

    def test_the_history_tells_who_changed_what(self, case, as_user):
        client = as_user("officer")
        client.post(page(case, "toewijzen/"), {"neem": "1"})
        client.post(page(case, "stand/onderzoek/"), {"because": ""})
        shown = text(client.get(page(case, "geschiedenis/")))
        assert "dossier: stand" in shown and "in onderzoek" in shown and "dossier: behandelaar" in shown
