"""The pages of a doorzettingsbesluit: who sees, prepares and signs it; bad input that loses nothing; the lists."""

from datetime import date

import pytest

from cases.closing import acts
from cases.decisions import prepare as decisions
from cases.decisions.models import Decision, DecisionCondition, DecisionOption, DecisionParty
from cases.decisions.readiness import checks_of
from cases.dossier.rules import NotNow
from cases.dossier.taking_part import Involvement
from tests import world
from tests.cases import besluit
from tests.cases.overleg import TODAY
from tests.house.scene import EVERYTHING
from thuiszitters.core.log.models import AuditEvent

ASKED = {"trigger": "Al zes weken thuis.", "question": "Welke plek?", "scopes": ["onderwijs"]}
CONTENT = {
    "kind": "ANDERE_SCHOOL",
    "school_code": "99AB00",
    "provider": "",
    "responsible_code": "99AB00",
    "start_on": "2026-12-07",
    "hours_start": "6",
    "hours_full": "24",
    "step_0_from": "2027-01-04",
    "step_0_hours": "12",
    "because": "Kleine klas.",
    "bridge": "Thuisles",
    "funding": "School",
    "teller": "M. Officier",
    "version": "1",
}


@pytest.fixture
def asked(ready, lekstroom) -> Decision:
    return besluit.a_request(ready, lekstroom)


def path(row, tail="") -> str:
    return f"/dossiers/{row.case.number}/besluit/{row.pk}/{tail}"


def page(client, row, tail="") -> str:
    return client.get(path(row, tail)).content.decode()


class TestTheWholePath:
    def test_asked_filled_in_laid_before_signed_and_told(self, ready, lekstroom, as_user):
        officer, holder = as_user("officer"), as_user("holder")
        assert "Besluit vragen" in officer.get(f"/dossiers/{ready.number}/").content.decode()
        answer = officer.post(f"/dossiers/{ready.number}/besluit/", ASKED)
        row = Decision.objects.get()
        assert answer.url == path(row)
        assert "Nog niet ingevuld." in page(officer, row) and "Besluit vragen" not in page(officer, row)
        assert officer.post(path(row, "inhoud/"), CONTENT).status_code == 302
        answers = besluit.ANSWERS | {"medical": "niet nodig", "P2": "", "version": "2"}
        assert officer.post(path(row, "vooraf/"), answers).status_code == 302
        for what in ("Opbouwen", "Zorgklas"):
            option = {"what": what, "failed_because": "Geen plek.", "version": "1"}
            assert officer.post(path(row, "mogelijkheid/"), option).status_code == 302
        party = {"who": "kind", "how": "gesprek", "on": "2026-11-19", "position": "Rustig beginnen.", "version": "1"}
        assert officer.post(path(row, "gehoord/"), party).status_code == 302
        assert "Alle voorwaarden zijn in orde." in page(officer, row) and "Rustig beginnen." in page(officer, row)
        assert holder.get("/besluiten/").context["lists"][0]["rows"] == []
        version = {"version": str(Decision.objects.get().version)}
        assert officer.post(path(row, "stand/voorgelegd/"), version).status_code == 302
        assert "1 besluit wacht op uw handtekening." in holder.get("/vandaag/").content.decode()
        assert "Nu aan zet: u" in page(holder, row)
        assert holder.post(path(row, "tekenen/"), {"sure": "on", "version": "1"}).url == path(row), "another text"
        version = str(Decision.objects.get().version)
        assert holder.post(path(row, "tekenen/"), {"sure": "on", "version": version}).status_code == 302
        shown = page(officer, row)
        assert "genomen" in shown and "H. Houder, Verband De Verbinding" in shown and "begint nog" in shown
        told = {"whom": "kind", "on": "2026-11-20", "teller": "M. Officier", "how": "thuis"}
        assert officer.post(path(row, "verteld/"), told).status_code == 302
        timeline = officer.get(f"/dossiers/{ready.number}/").content.decode()
        for words in ("Doorzettingsbesluit gevraagd", "Doorzettingsbesluit genomen", "verteld aan het kind"):
            assert words in timeline, words

    def test_a_later_one_replaces_it(self, ready, lekstroom, as_user):
        first = besluit.signed(ready, lekstroom)
        officer = as_user("officer")
        assert "Nieuw besluit" in page(officer, first)
        form = officer.get(f"/dossiers/{ready.number}/besluit/").context["form"]
        assert form.initial["question"] == "Welke plek?"
        officer.post(f"/dossiers/{ready.number}/besluit/", ASKED)
        again = Decision.objects.latest("pk")
        assert f'Vervangt <a href="{path(first)}"' in page(officer, again)
        assert [o.what for o in again.options.all()] == [o.what for o in first.options.all()]


class TestWhoSeesWhat:
    @pytest.mark.parametrize(
        ("who", "parts", "codes"),
        [
            ("officer", [], ["P10", "P11", "P6"]),
            ("holder", ["verzuim", "verloop"], ["P6"]),
            ("holder", EVERYTHING, ["P10", "P11", "P6"]),
            ("coordinator", EVERYTHING, []),
        ],
    )
    def test_what_tells_of_a_confined_part(self, presented, as_user, who, parts, codes):
        """Of health, safety, exemption and enforcement only those hear who may know of them."""
        Involvement.objects.update(parts=parts)
        Decision.objects.update(answers=besluit.ANSWERS | {"P10": "Kanarie", "P11": "Geelvink"})
        client = as_user(who)
        shown = {c["check"].code for c in client.get(path(presented)).context["checks"]}
        assert sorted(shown & {"P6", "P10", "P11"}) == codes
        text = page(client, presented)
        assert ("Kanarie" in text, "Geelvink" in text) == ("P10" in codes, "P11" in codes)

    def test_what_blocks_and_was_not_shared_is_not_told_at_the_signature_either(self, presented, lekstroom, as_user):
        Decision.objects.update(answers=besluit.ANSWERS | {"P11": ""})
        holder, sent = as_user("holder"), {"P11": "Weet ik niet.", "sure": "on", "version": presented.version}
        for answer in (
            holder.get(path(presented, "tekenen/"), follow=True),
            holder.post(path(presented, "tekenen/"), sent, follow=True),
        ):
            text = answer.content.decode()
            assert "niet met u is gedeeld" in text and 'name="P11"' not in text
        with pytest.raises(NotNow, match="niet met u is gedeeld"):
            besluit.sign(besluit.fresh(presented), lekstroom.holder, P11="Weet ik niet.")
        assert besluit.fresh(presented).state == "voorgelegd"
        Decision.objects.update(answers=besluit.ANSWERS)  # the gemeente gave the reason
        assert besluit.sign(besluit.fresh(presented), lekstroom.holder)

    def test_without_the_course_of_events_nothing(self, presented, as_user):
        Involvement.objects.update(parts=["verzuim"])
        for who in ("coordinator", "holder"):
            client = as_user(who)
            assert client.get(path(presented)).status_code == 403
            assert presented.number not in client.get(f"/dossiers/{presented.case.number}/").content.decode()
        assert as_user("holder").get("/besluiten/").context["lists"][0]["rows"] == []
        assert AuditEvent.objects.filter(action="refused").count() == 2

    def test_a_holder_without_a_mandate_reads_and_does_nothing(self, presented, lekstroom, as_user):
        lekstroom.holder.mandates.all().delete()
        holder = as_user("holder")
        assert "Tekenen</a>" not in page(holder, presented)
        for tail in ("tekenen/", "stand/aangevraagd/", "stand/niet_genomen/"):
            assert holder.post(path(presented, tail), {"because": "x"}).status_code == 403
        assert holder.get(path(presented, "inhoud/")).status_code == 403

    @pytest.mark.parametrize("who", ["coordinator", "teacher"])
    def test_a_partner_asks_and_reads_and_the_gemeente_prepares(self, ready, lekstroom, as_user, who):
        world.involve(ready, lekstroom.organisations["school"])
        client = as_user(who)
        assert client.post(f"/dossiers/{ready.number}/besluit/", ASKED).status_code == 302
        row = Decision.objects.get()
        assert "De gemeente bereidt het besluit voor" in page(client, row)
        for tail in ("inhoud/", "vooraf/", "gehoord/", "stand/niet_genomen/", "stand/voorgelegd/", "verteld/"):
            assert client.post(path(row, tail), {"version": "1"}).status_code == 403, tail

    def test_a_row_of_another_decision_is_not_there(self, asked, lekstroom, as_user):
        other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        row = Decision.objects.create(
            number="DM-x",
            case=other,
            asked_by=lekstroom.officer,
            trigger="x",
            question="x",
            scopes=["zorg"],
            organisation=lekstroom.organisations["nieuwegein"],
            asked_on=TODAY,
        )
        option = DecisionOption.objects.create(decision=row, what="x", by=lekstroom.officer)
        officer = as_user("officer")
        assert officer.get(path(asked, f"mogelijkheid/{option.pk}/")).status_code == 404
        assert officer.post(path(asked, f"mogelijkheid/{option.pk}/weg/")).status_code == 302
        assert officer.get(path(asked, "onzin/")).status_code == 404
        assert DecisionOption.objects.exists()


class TestBadInput:
    @pytest.mark.parametrize(
        ("change", "field", "problem"),
        [
            ({"school_code": "99ZZ00"}, "school_code", "Geen school gevonden"),
            ({"start_on": "2026-11-19"}, None, "al voorbij"),
            ({"start_on": "2028-01-01", "step_0_from": "2028-02-01"}, None, "meer dan een jaar"),
            ({"step_0_from": "2026-12-07"}, "step_0_from", "niet na het begin"),
            ({"step_0_hours": "30"}, "step_0_hours", "meer dan de uren"),
            ({"hours_full": ""}, "hours_full", "beide uren"),
            ({"hours_full": "4"}, "hours_full", "minder dan"),
            ({"hours_full": "99"}, "hours_full", "tot 40"),
            ({"step_0_hours": ""}, "step_0_hours", "samen in"),
            ({"tell_before": "2026-11-19"}, "tell_before", "al geweest"),
            ({"version": "0"}, "version", "1"),
        ],
    )
    def test_the_decision(self, asked, as_user, change, field, problem):
        answer = as_user("officer").post(path(asked, "inhoud/"), CONTENT | change)
        errors = answer.context["form"].errors
        assert answer.status_code == 422 and problem in str(errors[field or "__all__"])
        assert "Kleine klas." in answer.content.decode() and Decision.objects.get().because == ""

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"who": "ouder"}, "guardian"),
            ({"name": ""}, "name"),
            ({"on": ""}, "on"),
            ({"on": "2026-11-21"}, "on"),
            ({"position": ""}, "position"),
        ],
    )
    def test_who_was_heard(self, asked, as_user, change, field):
        sent = {"who": "school", "name": "S. Mentor", "how": "gesprek", "on": "2026-11-19", "position": "Mee eens."}
        answer = as_user("officer").post(path(asked, "gehoord/"), sent | change)
        assert answer.status_code == 422 and field in answer.context["form"].errors
        assert not DecisionParty.objects.exists()

    def test_a_condition_lies_ahead(self, asked, as_user):
        sent = {"kind": "tlv", "what": "x", "person": "x", "due_on": "2026-11-19"}
        assert "al geweest" in str(
            as_user("officer").post(path(asked, "voorwaarde/"), sent).context["form"].errors["due_on"]
        )

    def test_a_colleague_was_first(self, asked, as_user):
        as_user("leader").post(path(asked, "inhoud/"), CONTENT | {"because": "Van de teamleider"})
        answer = as_user("officer").post(path(asked, "inhoud/"), CONTENT | {"because": "Van de ambtenaar"})
        assert answer.status_code == 422 and "intussen aangepast" in answer.content.decode()
        assert "Van de ambtenaar" in answer.content.decode()
        again = CONTENT | {"because": "Samen", "version": answer.context["form"].data["version"]}
        assert as_user("officer").post(path(asked, "inhoud/"), again).status_code == 302
        assert Decision.objects.get().because == "Samen"

    def test_what_is_typed_after_it_was_laid_before_the_holder_can_be_copied(self, presented, as_user):
        sent = CONTENT | {"because": "Mijn lange tekst"}
        answer = as_user("officer").post(path(presented, "inhoud/"), sent)
        assert answer.status_code == 409 and "Mijn lange tekst" in answer.content.decode()

    def test_half_a_decision_cannot_be_laid_before_the_holder(self, asked, as_user):
        answer = as_user("officer").post(path(asked, "stand/voorgelegd/"), {"version": "1"})
        assert answer.status_code == 422 and "Vul eerst in: welke plek" in answer.content.decode()

    def test_a_signature_needs_a_tick_and_a_reason_for_what_blocks(self, presented, as_user):
        presented.case.contacts.filter(who="kind").delete()
        holder, sent = as_user("holder"), {"version": str(presented.version)}
        answer = holder.post(path(presented, "tekenen/"), sent | {"P2": "Ligt in het ziekenhuis."})
        assert answer.status_code == 422 and "sure" in answer.context["form"].errors
        assert "Ligt in het ziekenhuis." in answer.content.decode()
        answer = holder.post(path(presented, "tekenen/"), sent | {"sure": "on", "P2": " "})
        assert "Schrijf op waarom u toch tekent" in answer.content.decode()
        assert holder.post(path(presented, "tekenen/"), sent | {"sure": "on", "P2": "Ligt ziek."}).status_code == 302
        assert "Ligt ziek." in page(as_user("officer"), presented)

    def test_the_second_click_on_sign(self, presented, as_user):
        holder, sent = as_user("holder"), {"sure": "on", "version": str(presented.version)}
        assert holder.post(path(presented, "tekenen/"), sent).status_code == 302
        shown = holder.post(path(presented, "tekenen/"), sent, follow=True).content.decode()
        assert "niets voor u te tekenen" in shown and Decision.objects.get().signatures.count() == 1

    def test_signing_in_a_closed_dossier(self, presented, lekstroom, as_user):
        acts.close(presented.case, result="VERHUISD", by=lekstroom.officer, because="Verhuisd.")
        holder = as_user("holder")
        answer = holder.post(path(presented, "tekenen/"), {"sure": "on", "version": "1", "P2": "Mijn reden"})
        assert answer.status_code == 409 and "intussen afgesloten" in answer.content.decode()
        assert "Mijn reden" in answer.content.decode()
        assert "Er komt geen besluit" not in page(holder, presented)


class TestTextIsNotLost:
    def test_a_move_of_another_text_is_not_made(self, presented, lekstroom, as_user):
        """Read, given back, changed and laid before the holder again: the first page no longer decides."""
        read = str(presented.version)
        decisions.give_back(presented, by=lekstroom.officer, reason="x")
        decisions.present(besluit.fill(presented, lekstroom, bridge="Thuisles"), by=lekstroom.officer)
        sent = {"because": "School heeft plek.", "version": read}
        answer = as_user("holder").post(path(presented, "stand/niet_genomen/"), sent)
        assert answer.status_code == 409 and "School heeft plek." in answer.content.decode()
        assert Decision.objects.get().state == "voorgelegd"

    def test_the_reasons_of_a_holder(self, presented, lekstroom, as_user):
        presented.case.contacts.filter(who="kind").delete()
        read = str(presented.version)
        decisions.give_back(presented, by=lekstroom.officer, reason="x")
        decisions.present(besluit.fill(presented, lekstroom), by=lekstroom.officer)
        sent = {"sure": "on", "version": read, "P2": "Ligt in het ziekenhuis."}
        answer = as_user("holder").post(path(presented, "tekenen/"), sent)
        assert answer.status_code == 409 and "Ligt in het ziekenhuis." in answer.content.decode()

    def test_the_reasons_of_a_holder_for_what_went_back(self, presented, lekstroom, as_user):
        decisions.give_back(presented, by=lekstroom.officer, reason="x")
        sent = {"sure": "on", "version": "1", "P3": "Het MDO viel uit."}
        answer = as_user("holder").post(path(presented, "tekenen/"), sent)
        assert answer.status_code == 409 and "Het MDO viel uit." in answer.content.decode()

    def test_who_was_told_when_a_colleague_wrote_it_down_already(self, ready, lekstroom, as_user):
        row, officer = besluit.signed(ready, lekstroom), as_user("officer")
        sent = {"on": "2026-11-20", "teller": "M. Officier", "how": "thuis, met de mentor"}
        for whom in ("kind", str(ready.pupil.guardians.get().pk)):
            assert officer.post(path(row, "verteld/"), sent | {"whom": whom}).status_code == 302
        answer = officer.post(path(row, "verteld/"), sent | {"whom": "kind"})
        assert answer.status_code == 409 and "thuis, met de mentor" in answer.content.decode()

    @pytest.mark.parametrize(
        ("tail", "sent"),
        [
            ("vooraf/", {"P5": "Mijn lange tekst"}),
            ("gehoord/", {"position": "Mijn lange tekst"}),
            ("mogelijkheid/", {"pro": "Mijn lange tekst"}),
            ("inhoud/", {"bridge": "Mijn lange tekst"}),
            ("vraag/", {"trigger": "Mijn lange tekst"}),
        ],
    )
    def test_what_was_typed_when_it_lay_before_the_holder_already(self, presented, as_user, tail, sent):
        answer = as_user("officer").post(path(presented, tail), sent)
        assert answer.status_code == 409 and "Mijn lange tekst" in answer.content.decode()

    def test_a_row_that_a_colleague_took_out(self, asked, lekstroom, as_user):
        row = besluit.party(asked)
        decisions.save_row(row, by=lekstroom.officer)
        pk, officer = row.pk, as_user("officer")
        as_user("leader").post(path(asked, f"gehoord/{pk}/weg/"))
        answer = officer.post(path(asked, f"gehoord/{pk}/"), {"position": "Mijn lange tekst"})
        assert answer.status_code == 409 and "Mijn lange tekst" in answer.content.decode()
        assert officer.post(path(asked, f"gehoord/{pk}/weg/")).status_code == 302

    def test_the_question_is_put_right_while_it_is_prepared(self, asked, as_user):
        sent = ASKED | {"scopes": ["zorg"], "version": "1"}
        assert as_user("officer").post(path(asked, "vraag/"), sent).status_code == 302
        assert Decision.objects.get().scopes == ["zorg"]

    def test_the_answers_can_be_saved_when_the_start_has_passed(self, asked, as_user):
        Decision.objects.update(start_on=date(2026, 11, 1))
        assert as_user("officer").post(path(asked, "vooraf/"), {"P5": "x", "version": "1"}).status_code == 302

    def test_what_was_prepared_and_dropped_is_not_typed_again(self, presented, lekstroom, as_user):
        decisions.drop(presented, by=lekstroom.officer, reason="Toch niet.")
        form = as_user("officer").get(f"/dossiers/{presented.case.number}/besluit/").context["form"]
        assert form.initial["trigger"] == presented.trigger
        again = besluit.a_request(presented.case, lekstroom)
        assert (again.replaces, again.because, again.options.count()) == (None, presented.because, 2)


class TestWhatIsNotTold:
    def test_health_in_no_other_line(self, presented, lekstroom, as_user):
        Decision.objects.update(medical="gevraagd")
        for who in ("coordinator", "officer"):
            shown = page(as_user(who), presented)
            assert ("jeugdarts" in shown, "gezondheid meespeelt" in shown) == (who == "officer", who == "officer"), who

    def test_a_tlv_to_jeugdhulp(self, presented, lekstroom, as_user):
        world.involve(presented.case, lekstroom.organisations["jeugdteam"])
        Decision.objects.update(routes=["tlv", "klacht"])
        DecisionCondition.objects.create(
            decision=presented, kind="tlv", what="Kanarie", person="x", due_on=TODAY, by=lekstroom.officer
        )
        for who, sees in (("nurse", False), ("coordinator", True)):
            shown = page(as_user(who), presented)
            assert ("OPP van mei" in shown, "Kanarie" in shown) == (sees, sees), who

    def test_a_holder_learns_that_something_hidden_is_missing(self, presented, as_user):
        Decision.objects.update(answers=besluit.ANSWERS | {"P11": ""})
        shown = page(as_user("holder"), presented)
        assert "iets dat niet met u is gedeeld" in shown and "Alle voorwaarden zijn in orde" not in shown

    def test_a_decision_that_was_not_taken_lists_nothing_missing(self, presented, lekstroom, as_user):
        decisions.drop(presented, by=lekstroom.officer, reason="Toch een plek.")
        shown = page(as_user("officer"), presented)
        assert "Wat moet er eerst zijn" not in shown
        assert "niet getekend" in shown and "nog niet</span>" not in shown


def test_what_was_checked_at_the_signature_stays(ready, lekstroom):
    row = besluit.signed(ready, lekstroom)
    ready.contacts.all().delete()
    assert all(c.met for c in checks_of(Decision.objects.get(pk=row.pk), TODAY))
