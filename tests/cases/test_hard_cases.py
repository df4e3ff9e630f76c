"""Hard cases of who may see what: several roles at once, somebody who looks over a shoulder, a child that moved away,
texts in places where nobody looks for them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

import reporting.dossiers.views
from cases.clock.acts import facts_changed
from cases.closing import acts as closing
from cases.dossier.models import Case, Task
from cases.dossier.opening import open_cases
from cases.dossier.taking_part import Consent
from cases.handling import acts as handling
from cases.sharing import acts as sharing
from cases.sharing import asking as referrals
from cases.sharing.models import Referral
from cases.work.models import Note, Problem
from leerplicht.models import AbsenceReport, Exemption, Guardian, PermittedAbsence, Pupil, SchoolReturn
from tests import world
from tests.cases.sharing.test_referrals import make
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User

OURS, HEALTH, INTERNAL = "nieuwegein", "DIAGNOSE-WOORD", "INTERN-WOORD"


@pytest.fixture
def person(lekstroom):
    """`person((Role.BOA, "nieuwegein"), ...)`: a client of somebody with these roles, the first one first."""

    def make_one(*roles) -> Client:
        user = User.objects.create_user(f"p{User.objects.count()}@voorbeeld.test", "wachtwoord-12", last_name="Extra")
        for role, key in roles:
            Membership.objects.create(
                user=user, role=role, organisation=lekstroom.organisations[key], valid_from=world.START
            )
        client = Client()
        client.force_login(user)
        client.user = user
        return client

    return make_one


@pytest.fixture
def texts(case, lekstroom) -> Case:
    own = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations[OURS]}
    Note.objects.create(text=HEALTH, part="gezondheid", **own)
    Note.objects.create(text=INTERNAL, **own)
    return case


def page(case: Case, part: str = "") -> str:
    return f"/dossiers/{case.number}/{part}"


def read(client, path: str) -> str:
    return client.get(path).content.decode()


class TestSeveralRoles:
    def test_a_holder_at_the_gemeente_sees_only_what_was_shared(self, texts, person, lekstroom):
        client = person((Role.HOUDER, OURS))
        assert client.get(page(texts)).status_code == 404
        world.involve(texts, lekstroom.organisations[OURS], parts=["verloop"])
        shown = read(client, page(texts))
        assert INTERNAL not in shown and HEALTH not in shown and "Noor Bakker" in shown

    def test_care_at_the_gemeente_leads_nothing(self, texts, person):
        assert person((Role.ZORG, OURS)).post(page(texts, "afsluiten/"), {"result": "BUITENLAND"}).status_code == 404

    def test_a_role_must_fit_its_organisation(self, lekstroom):
        row = Membership(
            user=lekstroom.officer, organisation=lekstroom.organisations[OURS], role=Role.ZORG, valid_from=world.START
        )
        with pytest.raises(ValidationError, match="past niet bij een gemeente"):
            row.full_clean()
        row.role = Role.HOUDER
        row.full_clean()

    def test_a_boa_who_is_coordinator_elsewhere_reads_what_both_read_and_no_more(self, texts, person, lekstroom):
        world.involve(texts, lekstroom.organisations["verband"])
        shown = read(person((Role.BOA, OURS), (Role.COORDINATOR, "verband")), page(texts))
        assert HEALTH not in shown and INTERNAL not in shown

    def test_a_boa_reads_no_reasons_steps_history_or_exemption(self, case, as_user, lekstroom):
        handling.transition(case, "onderzoek", by=lekstroom.officer, because="REDEN-WOORD")
        Task.objects.filter(case=case).update(title="STAP-WOORD")
        boa = as_user("boa")
        for path in (page(case), "/werkvoorraad/?lijst=alle"):
            shown = read(boa, path)
            assert "REDEN-WOORD" not in shown and "STAP-WOORD" not in shown and "alle lessen gemist" not in shown
        Exemption.objects.create(
            pupil=case.pupil,
            article="art_5_onder_a",
            first_day=date(2026, 11, 9),
            last_day=date(2027, 7, 31),
            received_on=date(2026, 11, 9),
        )
        facts_changed([case.pupil_id], date(2026, 11, 20))
        closing.close(case, result="VRIJSTELLING_5A", by=lekstroom.officer, because="x")
        assert "onder a" not in read(boa, page(case))
        assert boa.get(page(case, "geschiedenis/")).status_code == 302

    def test_taking_along_needs_the_right_where_the_dossier_is_seen(self, case, person, lekstroom):
        world.involve(case, lekstroom.organisations["school"])
        client = person((Role.SCHOOL, "school"), (Role.COORDINATOR, "verband_elders"))
        assert case.number not in read(client, "/werkvoorraad/export.csv")
        assert world.take_along(client, case).status_code == 404
        assert "PDF maken" not in read(client, page(case))

    def test_the_log_says_in_which_role(self, case, person, lekstroom):
        client = person((Role.COORDINATOR, "verband_elders"), (Role.LEERPLICHTAMBTENAAR, OURS))
        client.post(page(case, "nummer/"), {"purpose": "terugmelden aan DUO"})
        client.get("/meldingen/")
        client.post(page(case, "notitie/"), {"kind": "algemeen", "text": "x", "part": "verloop", "version": "1"})
        rows = AuditEvent.objects.filter(user_id=client.user.pk)
        assert {r.action for r in rows} == {"pgn_shown", "reports_listed", "entry_form", "note_saved"}
        assert {(r.role, r.organisation_id) for r in rows} == {
            ("leerplichtambtenaar", lekstroom.organisations[OURS].pk)
        }


class TestThePreview:
    @pytest.fixture
    def theirs(self, shared_case, lekstroom) -> Case:
        own = {"case": shared_case, "by": lekstroom.coordinator, "organisation": lekstroom.organisations["verband"]}
        Note.objects.create(text=HEALTH, part="gezondheid", **own)
        Note.objects.create(text=INTERNAL, **own)
        return shared_case

    def form(self, organisation) -> dict:
        return {"organisation": organisation.pk, "parts": ["verloop"], "ground": "convenant", "until": "2027-07-31"}

    def test_shows_nothing_that_the_officer_may_not_read(self, theirs, as_user, lekstroom):
        orgs = lekstroom.organisations
        Consent.objects.create(
            case=theirs,
            owner=orgs["verband"],
            recipient=orgs["jeugdteam"],
            by_parents=True,
            health=True,
            scope="x",
            given_on=date(2026, 11, 1),
        )
        sharing.end_involvement(theirs.involvements.get(), by=lekstroom.officer)
        for key in ("jeugdteam", "verband"):
            response = as_user("officer").post(page(theirs, "betrokken/"), self.form(orgs[key]))
            shown = response.content.decode()
            assert response.status_code == 200 and HEALTH not in shown and INTERNAL not in shown
            assert "De inhoud is niet met u gedeeld." in shown

    def test_is_refused_for_who_takes_part_already(self, theirs, as_user, lekstroom):
        response = as_user("officer").post(page(theirs, "betrokken/"), self.form(lekstroom.organisations["verband"]))
        assert response.status_code == 422 and "al betrokken" in response.content.decode()


class TestAChildThatMovedAway:
    @pytest.fixture
    def moved(self, case, lekstroom, friday) -> Case:
        """An earlier dossier was closed here; the later one was handed over to Zwolle, and the child lives on there."""
        closing.close(case, result="BUITENLAND", by=lekstroom.officer, because="x")
        later = open_cases({case.pupil_id: "weer thuis"}, on=friday, by=lekstroom.officer)[case.pupil_id]
        waiting = world.report(case.pupil, lekstroom.schools["99AA00"], all_lessons=False, kind="V3", number="M-WACHT")
        world.take_in([waiting], today=friday)
        row = make(later, "overdracht", lekstroom.organisations["zwolle"], lekstroom.officer)
        referrals.accept(Referral.objects.get(pk=row.pk), by=lekstroom.stranger)
        child = Pupil.objects.get(pk=case.pupil_id)
        child.last_name, child.address = "NIEUWE-NAAM", "NIEUW-ADRES 5"
        child.save()
        Guardian.objects.create(pupil=child, name="NIEUWE-OUDER", relation="moeder")
        return case

    def test_consents_for_the_old_gemeente_ended_in_the_closed_dossier_too(self, case, as_user, lekstroom, friday):
        orgs = lekstroom.organisations
        given = Consent.objects.create(
            case=case,
            owner=orgs["school"],
            recipient=orgs[OURS],
            by_parents=True,
            by_youth=True,
            health=True,
            scope="x",
            given_on=date(2026, 11, 1),
        )
        closing.close(case, result="BUITENLAND", by=lekstroom.officer, because="x")
        later = open_cases({case.pupil_id: "weer thuis"}, on=friday, by=lekstroom.officer)[case.pupil_id]
        row = make(later, "overdracht", orgs["zwolle"], lekstroom.officer)
        referrals.accept(Referral.objects.get(pk=row.pk), by=lekstroom.stranger)
        given.refresh_from_db()
        assert given.withdrawn_at

    def test_all_its_dossiers_went_along(self, moved, as_user):
        assert set(Case.objects.values_list("municipality", flat=True)) == {"0193"}
        assert as_user("officer").get(page(moved)).status_code == 404
        assert as_user("stranger").get(page(moved)).status_code == 200

    def test_its_reports_went_along(self, moved, as_user, lekstroom):
        officer = as_user("officer")
        assert "NIEUWE-NAAM" not in read(officer, "/meldingen/?stand=")
        assert officer.get("/meldingen/nummer/M-WACHT/").status_code == 404
        assert officer.post("/meldingen/nummer/M-WACHT/", {"opnemen": "1"}).status_code == 404
        assert as_user("stranger").get("/meldingen/nummer/M-WACHT/").status_code == 200

    def test_the_question_tells_no_more_about_it(self, moved, as_user):
        row = Referral.objects.get()
        shown = read(as_user("officer"), f"/verzoeken/{row.pk}/")
        assert "aanvaard" in shown and "NIEUWE-NAAM" not in shown and "dagen" not in shown

    def test_reading_the_old_file_in_again_brings_nothing_back(self, moved, lekstroom):
        from tests.cases.absence_file import row
        from tests.cases.sight.test_two_gemeenten import read as read_in

        known = AbsenceReport.objects.exclude(number="M-WACHT").get()
        again = row(
            1, meldingsnummer=known.number, persoonsgebonden_nummer=known.pupil.reveal_pgn(), datum_mutatie="2026-11-19"
        )
        assert read_in(again, allowed={"0356"}) == {"ouder": 1}
        assert Pupil.objects.count() == 1

    def test_a_rejected_question_stops_telling(self, case, as_user, lekstroom):
        row = make(case, "overdracht", lekstroom.organisations["zwolle"], lekstroom.officer)
        assert "Noor Bakker" in read(as_user("stranger"), f"/verzoeken/{row.pk}/")
        referrals.reject(row, by=lekstroom.stranger, answer="woont hier niet")
        assert "Bakker" not in read(as_user("stranger"), f"/verzoeken/{row.pk}/")

    def test_other_questions_and_consents_end_with_the_old_gemeente(self, case, as_user, lekstroom):
        orgs = lekstroom.organisations
        world.involve(case, orgs["school"])
        open_question = make(case, "verwijzing", orgs["verband"], lekstroom.officer)
        given = Consent.objects.create(
            case=case,
            owner=orgs["school"],
            recipient=orgs[OURS],
            by_parents=True,
            by_youth=True,
            health=True,
            scope="x",
            given_on=date(2026, 11, 1),
        )
        Note.objects.create(
            case=case, by=lekstroom.teacher, organisation=orgs["school"], part="gezondheid", text=HEALTH
        )
        assert HEALTH in read(as_user("officer"), page(case))
        moving = make(case, "overdracht", orgs["zwolle"], lekstroom.officer)
        referrals.accept(moving, by=lekstroom.stranger)
        open_question.refresh_from_db()
        given.refresh_from_db()
        assert open_question.state == "teruggenomen" and given.withdrawn_at
        assert HEALTH not in read(as_user("stranger"), page(case))
        late = as_user("coordinator").post(f"/verzoeken/{open_question.pk}/", {"ja": "1"})
        assert late.status_code == 422 and not case.involvements.filter(organisation=orgs["verband"]).exists()

    def test_through_a_closed_dossier_nobody_changes_a_child_that_lives_elsewhere(self, case, as_user, lekstroom):
        closing.close(case, result="BUITENLAND", by=lekstroom.officer, because="x")
        Pupil.objects.filter(pk=case.pupil_id).update(municipality="0193", address="NIEUW-ADRES 5")
        officer = as_user("officer")
        assert "NIEUW-ADRES" not in read(officer, page(case))
        assert officer.get(page(case, "leerling/")).status_code == 403
        assert officer.post(page(case, "nummer/"), {"purpose": "terugmelden aan DUO"}).status_code == 302

    def test_who_is_told_and_who_works_are_of_the_own_gemeente(self, case, as_user):
        offered = as_user("leader").get(page(case, "toewijzen/")).context["form"].colleagues.values()
        assert "colleague@voorbeeld.test" not in {user.email for user in offered}


class TestTextsInOtherPlaces:
    def test_illness_and_exemptions_do_not_show_in_how_it_was_computed(self, shared_case, as_user, friday):
        pupil = shared_case.pupil
        PermittedAbsence.objects.create(pupil=pupil, reason="ziekte", explanation="x", first_day=date(2026, 11, 9))
        Exemption.objects.create(
            pupil=pupil, article="art_11", letter="d", first_day=date(2026, 11, 2), last_day=date(2026, 11, 3)
        )
        facts_changed([pupil.pk], friday)
        assert "ziekte" in read(as_user("officer"), page(shared_case))
        shown = read(as_user("coordinator"), page(shared_case))
        assert "Hoe is dit berekend?" in shown and "ziekte" not in shown and "art. 11" not in shown

    def test_a_step_is_not_reached_without_what_was_done(self, case, as_user, lekstroom):
        world.involve(case, lekstroom.organisations["verband"], parts=["verzuim"])
        task = case.tasks.get()
        for path in (f"stap/{task.pk}/", f"stap/{task.pk}/klaar/", "stap/"):
            assert as_user("coordinator").get(page(case, path)).status_code == 403, path

    def test_remarks_for_one_reader_are_not_for_all(self, shared_case, as_user, lekstroom, friday):
        orgs = lekstroom.organisations
        world.involve(shared_case, orgs["school"], parts=["verloop"])
        Consent.objects.create(
            case=shared_case,
            owner=orgs[OURS],
            recipient=orgs["verband"],
            by_parents=True,
            scope="SCOPE-WOORD",
            given_on=date(2026, 11, 1),
        )
        as_user("coordinator").post(page(shared_case, "stoppen/"), {"because": "STOP-WOORD"})
        SchoolReturn.objects.create(pupil=shared_case.pupil, first_day=date(2026, 11, 19), source="BRON-WOORD")
        facts_changed([shared_case.pupil_id], friday)
        school = read(as_user("teacher"), page(shared_case))
        for word in ("SCOPE-WOORD", "STOP-WOORD", "BRON-WOORD", "Weer op school sinds"):
            assert word not in school, word

    def test_consent_ends_with_the_share_it_was_for(self, shared_case, as_user, lekstroom):
        orgs = lekstroom.organisations
        row = Consent.objects.create(
            case=shared_case,
            owner=orgs[OURS],
            recipient=orgs["verband"],
            by_parents=True,
            health=True,
            scope="x",
            given_on=date(2026, 11, 1),
        )
        as_user("coordinator").post(page(shared_case, "stoppen/"), {"because": "klaar"})
        row.refresh_from_db()
        assert row.withdrawn_at

    def test_a_paper_made_with_a_consent_does_not_leave_after_its_withdrawal(
        self, shared_case, as_user, lekstroom, monkeypatch
    ):
        orgs = lekstroom.organisations
        row = Consent.objects.create(
            case=shared_case,
            owner=orgs[OURS],
            recipient=orgs["verband"],
            by_parents=True,
            health=True,
            scope="x",
            given_on=date(2026, 11, 1),
        )
        made = reporting.dossiers.views.dossier_pdf

        def slow(*args, **kwargs):
            paper = made(*args, **kwargs)
            sharing.withdraw_consent(row, by=lekstroom.officer)
            return paper

        monkeypatch.setattr(reporting.dossiers.views, "dossier_pdf", slow)
        assert world.take_along(as_user("coordinator"), shared_case).status_code == 404

    def test_a_number_is_not_confirmed_by_searching(self, shared_case, as_user):
        number = shared_case.pupil.reveal_pgn()
        assert shared_case.number in as_user("officer").post("/zoeken/", {"q": number}).content.decode()
        assert shared_case.number not in as_user("coordinator").post("/zoeken/", {"q": number}).content.decode()

    @pytest.mark.parametrize("typed", ["999990019", "Noor Bakker", "TZ-0356-2026-0001 Noor"])
    def test_what_is_typed_where_a_number_is_asked_stays_out_of_the_log(self, case, as_user, typed):
        as_user("stranger").post("/noodtoegang/", {"number": typed[:20], "reason": "Kind is vermist sinds gisteren."})
        as_user("stranger").get(f"/dossiers/{typed.replace(' ', '-')}/")
        as_user("controller").get(f"/inzagelogboek/?dossier={typed[:20]}")
        assert set(AuditEvent.objects.exclude(action="cases_opened").values_list("case_number", flat=True)) == {""}

    def test_what_a_colleague_ticked_and_hid_gives_no_error(self, case, person, lekstroom):
        Problem.objects.create(case=case, code="D7", by=lekstroom.officer, organisation=lekstroom.organisations[OURS])
        client = person((Role.LEERPLICHTAMBTENAAR, OURS))
        assert client.post(page(case, "speelt/"), {"codes": ["D7"], "primary": ""}).status_code == 302
        assert Problem.objects.count() == 1

    def test_nothing_is_written_in_a_closed_dossier(self, case, as_user, lekstroom):
        task = case.tasks.get()
        closing.close(case, result="BUITENLAND", by=lekstroom.officer, because="x")
        refused = as_user("officer").post(page(case, "speelt/"), {"codes": ["D1"], "primary": ""})
        assert refused.status_code == 422 and not Problem.objects.exists()
        as_user("officer").post(page(case, f"stap/{task.pk}/klaar/"), {"outcome": "x"})
        task.refresh_from_db()
        assert task.outcome == "Het dossier is gesloten."

    def test_what_was_opened_in_an_emergency_is_in_no_list(self, case, as_user):
        stranger = as_user("stranger")
        stranger.post("/noodtoegang/", {"number": case.number, "reason": "Kind is vermist sinds gisteren."})
        assert stranger.get(page(case)).status_code == 200
        for path in ("/werkvoorraad/?lijst=alle", "/werkvoorraad/export.csv"):
            assert case.number not in read(stranger, path)
        assert case.number not in stranger.post("/zoeken/", {"q": "Bakker"}).content.decode()
