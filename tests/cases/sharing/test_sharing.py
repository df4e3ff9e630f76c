"""Sharing after a look at what the other will see, ending at once, consent by age, and its withdrawal."""

from datetime import date

import pytest
import time_machine

from cases.dossier.rules import NotNow
from cases.dossier.taking_part import Consent, Involvement
from cases.sharing import acts as sharing
from cases.sharing.rules import check_consent, check_shareable, shareable_with
from cases.work.models import Note
from tests import world
from thuiszitters.core.log.models import AuditEvent


def address(case, part="betrokken/") -> str:
    return f"/dossiers/{case.number}/{part}"


@pytest.fixture
def form(lekstroom) -> dict:
    return {
        "organisation": lekstroom.organisations["verband"].pk,
        "parts": ["verzuim", "verloop"],
        "ground": "convenant",
        "explanation": "Afspraak in het MDO",
        "until": "2027-07-31",
        "told_on": "2026-11-19",
    }


CONSENT = {"by_parents": "on", "by_youth": "on", "scope": "passende plek", "given_on": "2026-11-18"}


class TestPreview:
    def test_first_a_look_then_the_act(self, case, as_user, lekstroom, form):
        officer, organisation = lekstroom.officer, lekstroom.organisations["nieuwegein"]
        Note.objects.create(case=case, by=officer, organisation=organisation, text="Deelbaar", shared=True)
        Note.objects.create(case=case, by=officer, organisation=organisation, text="Binnenskamers")
        client = as_user("officer")
        shown = client.post(address(case), form).content.decode()
        assert "Dit ziet Verband De Verbinding" in shown and "Er is nog niets gedeeld" in shown
        assert "Deelbaar" in shown and "Binnenskamers" not in shown
        assert not Involvement.objects.exists()
        assert AuditEvent.objects.latest("pk").action == "sharing_previewed"
        client.post(address(case), form | {"delen": "1"})
        row = Involvement.objects.get()
        assert (row.parts, row.since, row.until, row.told_on, row.added_by) == (
            ["verzuim", "verloop"],
            date(2026, 11, 20),
            date(2027, 7, 31),
            date(2026, 11, 19),
            officer,
        )

    def test_back_to_the_form_keeps_what_was_chosen(self, case, as_user, form):
        back = as_user("officer").post(address(case), form | {"anders": "1"})
        assert back.status_code == 200 and "Er is nog niets gedeeld" not in back.content.decode()
        bound = back.context["form"]
        assert not bound.errors
        assert {name: bound[name].value() for name in ("parts", "until", "explanation")} == {
            name: form[name] for name in ("parts", "until", "explanation")
        }
        assert not Involvement.objects.exists()

    def test_the_preview_is_what_the_other_then_sees(self, case, as_user, lekstroom, form):
        for n, shared in enumerate((True, False, True)):
            own = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
            Note.objects.create(text=f"Tekst{n}", shared=shared, **own)
        client = as_user("officer")
        before = client.post(address(case), form)
        client.post(address(case), form | {"delen": "1"})
        after = as_user("coordinator").get(f"/dossiers/{case.number}/?alles=1")
        of_sharing = {"Verband De Verbinding is betrokken"}
        titles = [{e.title + e.text for e in r.context["events"] if e.title not in of_sharing} for r in (before, after)]
        assert titles[0] == titles[1] and titles[0]
        assert before.context["sight"].parts == after.context["sight"].parts

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"organisation": ""}, "Maak een keuze."),
            ({"ground": ""}, "Maak een keuze."),
            ({"until": ""}, "Vul dit in."),
            ({"until": "2026-11-19"}, "Deze dag is al geweest."),
            ({"until": "2031-01-01"}, "Kies een dag binnen drie jaar"),
            ({"told_on": "2026-11-21"}, "Deze dag is nog niet geweest."),
            ({"ground": "toestemming"}, "Kruis aan wie toestemming gaf."),
            ({"health": "on"}, "Kruis aan wie toestemming gaf."),
            ({"health": "on", **CONSENT, "scope": ""}, "Vul dit in."),
            ({"health": "on", **CONSENT, "given_on": "2026-11-21"}, "Deze dag is nog niet geweest."),
            ({"health": "on", **CONSENT, "by_youth": ""}, "Van 12 tot en met 15 jaar geven ouders en kind samen"),
            ({"parts": ["gezondheid"]}, "gezondheid"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_shares_nothing(self, case, as_user, form, changes, problem):
        for button in ({}, {"delen": "1"}):
            response = as_user("officer").post(address(case), form | changes | button)
            assert response.status_code == 422 and problem in response.content.decode()
        assert not Involvement.objects.exists() and not Consent.objects.exists()

    def test_health_with_consent(self, case, as_user, lekstroom, form):
        own = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
        Note.objects.create(text="Gezondwoord", part="gezondheid", **own)
        client = as_user("officer")
        with_health = form | CONSENT | {"health": "on"}
        assert "Gezondwoord" in client.post(address(case), with_health).content.decode()
        assert "Gezondwoord" not in client.post(address(case), form).content.decode()
        client.post(address(case), with_health | {"delen": "1"})
        assert "Gezondwoord" in as_user("coordinator").get(f"/dossiers/{case.number}/").content.decode()

    def test_a_part_that_such_an_organisation_may_not_see_is_not_shared(self, case, as_user, lekstroom, form):
        nurse = form | {"organisation": lekstroom.organisations["jeugdteam"].pk, "delen": "1"}
        as_user("officer").post(address(case), nurse)
        assert Involvement.objects.get().parts == ["verloop"]


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("samenwerkingsverband", {"verzuim", "verloop", "vrijstelling", "handhaving", "veiligheid"}),
        ("school", {"verzuim", "verloop", "vrijstelling"}),
        ("zorgpartij", {"verloop"}),
        ("regio", set()),
    ],
)
def test_what_can_be_shared_with_whom(kind, parts):
    assert set(shareable_with(kind)) == parts


def test_the_service_refuses_what_a_form_would_not_offer():
    with pytest.raises(NotNow, match="mag deze organisatie niet zien"):
        check_shareable("zorgpartij", ["verzuim"])
    with pytest.raises(NotNow, match="kan een dossier niet worden gedeeld"):
        check_shareable("regio", [])


class TestEnding:
    def test_the_next_request_is_refused(self, shared_case, as_user):
        partner, officer = as_user("coordinator"), as_user("officer")
        page = f"/dossiers/{shared_case.number}/"
        assert partner.get(page).status_code == 200
        row = shared_case.involvements.get()
        officer.post(f"{page}betrokken/{row.pk}/einde/")
        assert partner.get(page).status_code == 404
        assert world.take_along(partner, shared_case).status_code == 404
        assert "Bakker" not in partner.get("/werkvoorraad/?lijst=alle").content.decode()
        again = officer.post(f"{page}betrokken/{row.pk}/einde/", follow=True)
        assert "deed al niet meer mee" in again.content.decode()

    def test_also_on_the_day_on_which_it_began(self, case, as_user, lekstroom, friday):
        row = world.involve(case, lekstroom.organisations["verband"], since=friday)
        assert sharing.end_involvement(row, by=lekstroom.officer)
        assert as_user("coordinator").get(f"/dossiers/{case.number}/").status_code == 404

    def test_after_its_last_day_it_is_over_and_can_begin_again(self, case, as_user, lekstroom, friday, form):
        world.involve(case, lekstroom.organisations["verband"], until=friday)
        page = f"/dossiers/{case.number}/"
        assert as_user("coordinator").get(page).status_code == 200
        with time_machine.travel("2026-11-21 00:00:01+01:00"):
            assert as_user("coordinator").get(page).status_code == 404
            as_user("officer").post(address(case), form | {"delen": "1"})
            assert as_user("coordinator").get(page).status_code == 200
        assert Involvement.objects.filter(ended_because="de einddatum is verstreken").count() == 1

    def test_twice_the_same_organisation_is_refused(self, shared_case, as_user, form):
        response = as_user("officer").post(address(shared_case), form | {"delen": "1"})
        assert response.status_code == 422 and "al betrokken" in response.content.decode()

    def test_the_history_tells_who_ended_it(self, shared_case, lekstroom):
        row = shared_case.involvements.get()
        sharing.end_involvement(row, by=lekstroom.officer, because="klaar")
        last = row.history.latest()
        assert (last.history_user, last.ended_because, last.ended_by) == (lekstroom.officer, "klaar", lekstroom.officer)


class TestLeaving:
    def test_a_partner_stops_with_a_reason_that_the_gemeente_reads(self, shared_case, as_user):
        page, partner = f"/dossiers/{shared_case.number}/", as_user("coordinator")
        assert "Niet meer meedoen" in partner.get(page).content.decode()
        refused = partner.post(f"{page}stoppen/", {"because": ""})
        assert refused.status_code == 422 and partner.get(page).status_code == 200
        assert partner.post(f"{page}stoppen/", {"because": "Hoort bij Utrecht"})["Location"] == "/werkvoorraad/"
        assert partner.get(page).status_code == 404
        assert partner.post(f"{page}stoppen/", {"because": "nog eens"}).status_code == 404
        officer = as_user("officer").get(page).content.decode()
        assert "Hoort bij Utrecht" in officer and "Niet meer meedoen" not in officer


AGES = [
    # born, parents, youth, may; the consent is given on 20 November 2026
    ("2014-11-21", True, False, True),
    ("2014-11-21", False, True, False),
    ("2014-11-20", True, False, False),
    ("2014-11-20", True, True, True),
    ("2014-11-20", False, True, False),
    ("2010-11-21", True, False, False),
    ("2010-11-21", True, True, True),
    ("2010-11-20", False, True, True),
    ("2010-11-20", True, False, False),
    ("2010-11-20", True, True, True),
]


@pytest.mark.parametrize(("born", "parents", "youth", "may"), AGES)
def test_who_gives_consent_at_which_age(born, parents, youth, may):
    def check():
        check_consent(date.fromisoformat(born), date(2026, 11, 20), parents=parents, youth=youth)

    if may:
        check()
    else:
        with pytest.raises(NotNow):
            check()


class TestConsent:
    def test_what_must_be_filled_in_is_not_called_optional(self, shared_case, as_user, lekstroom):
        path = f"/dossiers/{shared_case.number}/toestemming/"
        sent = CONSENT | {"recipient": lekstroom.organisations["nieuwegein"].pk, "scope": "", "given_on": ""}
        response = as_user("coordinator").post(path, sent)
        assert response.status_code == 422 and response.content.decode().count("niet verplicht") == 0
        assert {"scope", "given_on"} == set(response.context["form"].errors)

    def test_a_partner_lets_the_gemeente_see_its_health_data_and_takes_it_back(self, shared_case, as_user, lekstroom):
        orgs = lekstroom.organisations
        Note.objects.create(
            case=shared_case,
            by=lekstroom.coordinator,
            organisation=orgs["verband"],
            part="gezondheid",
            text="Verbandgezond",
        )
        page = f"/dossiers/{shared_case.number}/"
        partner = as_user("coordinator")
        partner.post(f"{page}toestemming/", CONSENT | {"recipient": orgs["nieuwegein"].pk})
        row = Consent.objects.get()
        assert (row.owner, row.recipient, row.health, row.givers) == (
            orgs["verband"],
            orgs["nieuwegein"],
            True,
            "ouders en het kind zelf",
        )
        assert "Verbandgezond" in as_user("leader").get(page).content.decode()
        assert partner.post(f"{page}toestemming/{row.pk}/intrekken/").status_code == 302
        assert "Verbandgezond" not in as_user("leader").get(page).content.decode()
        assert partner.post(f"{page}toestemming/{row.pk}/intrekken/").status_code == 404

    def test_the_second_click_records_it_once(self, shared_case, as_user, lekstroom):
        sent = CONSENT | {"recipient": lekstroom.organisations["verband"].pk}
        for status in (302, 422):
            response = as_user("officer").post(f"/dossiers/{shared_case.number}/toestemming/", sent)
            assert response.status_code == status
        assert "al vastgelegd" in response.content.decode() and Consent.objects.count() == 1

    def test_a_partner_takes_back_only_what_it_recorded(self, shared_case, as_user, lekstroom):
        orgs = lekstroom.organisations
        row = Consent.objects.create(
            case=shared_case,
            owner=orgs["nieuwegein"],
            recipient=orgs["verband"],
            by_parents=True,
            scope="x",
            given_on=date(2026, 11, 1),
        )
        path = f"/dossiers/{shared_case.number}/toestemming/{row.pk}/intrekken/"
        assert as_user("coordinator").post(path).status_code == 403
        assert as_user("officer").post(path).status_code == 302

    def test_a_share_that_rests_on_consent_ends_with_it(self, case, as_user, form):
        given = form | CONSENT | {"ground": "toestemming", "delen": "1"}
        as_user("officer").post(address(case), given)
        row = Involvement.objects.get()
        assert row.consent == Consent.objects.get() and not row.consent.health
        page = f"/dossiers/{case.number}/"
        assert as_user("coordinator").get(page).status_code == 200
        as_user("officer").post(f"{page}toestemming/{row.consent_id}/intrekken/")
        assert as_user("coordinator").get(page).status_code == 404
        row.refresh_from_db()
        assert row.ended_because == "de toestemming is ingetrokken"
