"""Letters about a claim and its decision, and what an organisation fills in once for all letters."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cases.documents.models import Document
from cases.sight.seats import sight_of
from reporting.letters.acts import save_details
from reporting.letters.models import LetterDetails
from reporting.letters.queries import details_for
from reporting.letters.texts import LetterKind
from reporting.letters.values import of_claim, suggested
from tests.reporting.dossiers.test_pdf import words
from tests.reporting.letters.sending import a_claim, page, sent, used_by
from thuiszitters.core.files import keeping as files

OUTCOME = dict.fromkeys(("beroep_grond", "beroep_ontvangen", "beroep_uitkomst", "beroep_reden"), "x")
OUTCOME |= dict.fromkeys(("bezwaar_adres", "bezwaar_digitaal"), "x")


class TestAboutAClaim:
    @pytest.mark.parametrize(
        ("ground", "state", "permanent", "said"),
        [
            ("art-5a", "ontvangen", False, {"ontvangst": "wet"}),
            ("art-3a", "ontvangen", False, {"ontvangst": "besluit"}),
            ("verlof", "ontvangen", False, {"ontvangst": "besluit"}),
            ("art-5a", "geldig", False, {"uitkomst": "wet, elk_jaar"}),
            ("art-5a", "geldig", True, {"uitkomst": "wet"}),
            ("art-5b", "niet_geldig", False, {"uitkomst": "wet"}),
            ("art-3a", "toegewezen", False, {"uitkomst": "besluit"}),
            ("art-15", "afgewezen", False, {"uitkomst": "besluit"}),
            ("verlof", "afgewezen", False, {"uitkomst": "besluit"}),
            ("art-5a", "ingetrokken", False, {"uitkomst": "ingetrokken"}),
            ("verlof", "ingetrokken", False, {"uitkomst": "ingetrokken"}),
        ],
    )
    def test_which_clause_a_letter_gets(self, case, lekstroom, ground, state, permanent, said):
        """Art. 5 has no decision, what was withdrawn has none, and for ever is not each year."""
        row = a_claim(case, lekstroom, ground, state=state, permanent=permanent)
        for kind, words_of in said.items():
            filled = [name.removeprefix("beroep_") for name, value in of_claim(row, kind).items() if value == "ja"]
            assert ", ".join(filled) == words_of

    @pytest.mark.parametrize(
        ("state", "last", "said"),
        [
            (
                "geldig",
                date(2027, 7, 31),
                "Het beroep is terecht. De vrijstelling geldt vanaf 2 november 2026 tot en met 31 juli 2027.",
            ),
            ("geldig", None, "Het beroep is terecht. De vrijstelling geldt vanaf 2 november 2026 zonder einddatum."),
            ("niet_geldig", None, "Het beroep is niet terecht. De vrijstelling geldt niet."),
            ("ingetrokken", None, "Het beroep of de aanvraag is ingetrokken."),
        ],
    )
    def test_what_came_of_it_is_said_with_its_days(self, case, lekstroom, state, last, said):
        row, sight = a_claim(case, lekstroom, "art-5a", state=state, last_day=last), sight_of(case, lekstroom.officer)
        found = suggested(case, used_by(LetterKind.UITKOMST), lekstroom.officer, sight, row)
        assert found["beroep_uitkomst"] == said

    def test_the_letter_is_about_the_chosen_one_not_the_newest(self, case, lekstroom, as_user):
        """F6.7: a claim of October, a request of November; the letter about the first says nothing of objection."""
        by_law = a_claim(case, lekstroom, "art-5a", state="geldig", received_on=date(2026, 10, 5))
        a_claim(case, lekstroom, "verlof", state="afgewezen")
        a_claim(case, lekstroom, "art-15")  # not judged: there is no outcome of it
        officer = as_user("officer")
        shown = officer.get(page(case, "uitkomst/")).content.decode()
        assert "art. 5 onder a" in shown.lower() and "art. 14" in shown.lower() and "art. 15" not in shown.lower()
        about = page(case, f"uitkomst/over/{by_law.pk}/")
        shown = officer.get(about).content.decode()
        assert "Deze brief gaat over <b>art. 5 onder a" in shown and "5 oktober 2026" in shown
        fields = sent(case, beroep_grond="x", beroep_ontvangen="5 oktober 2026")
        assert officer.post(about, fields | {"beroep_uitkomst": "Terecht.", "beroep_reden": "x"}).status_code == 302
        row = Document.objects.get()
        assert row.claim == by_law
        text = words(files.fetch(row.pdf))
        assert "bepaalt de wet zelf" in text and "kunt bezwaar maken" not in text

    def test_with_one_nothing_is_asked_and_with_none_it_says_what_to_do(self, case, lekstroom, as_user):
        officer = as_user("officer")
        assert "Leg eerst vast wat uw oordeel is" in officer.get(page(case, "uitkomst/")).content.decode()
        assert "Leg eerst vast wat ouders stuurden" in officer.get(page(case, "ontvangst/")).content.decode()
        row = a_claim(case, lekstroom, "art-15")
        assert officer.get(page(case, "ontvangst/")).url == page(case, f"ontvangst/over/{row.pk}/")
        for rest in (f"uitkomst/over/{row.pk}/", "ontvangst/over/99999/", f"gesprek/over/{row.pk}/"):
            assert officer.get(page(case, rest)).status_code == 404

    def test_of_two_claims_each_has_its_own_versions(self, case, lekstroom, as_user):
        rows = [a_claim(case, lekstroom, ground, state="afgewezen") for ground in ("art-3a", "art-15")]
        fields = sent(case, **OUTCOME)
        for row in (*rows, rows[0]):
            as_user("officer").post(page(case, f"uitkomst/over/{row.pk}/"), fields)
        assert sorted(Document.objects.values_list("claim", "version")) == [(row.pk, 1) for row in rows]

    def test_screen_and_letter_agree_on_the_day_it_was_sent(self, case, lekstroom, as_user):
        row, officer = a_claim(case, lekstroom, "art-3a", state="afgewezen"), as_user("officer")
        fields = sent(case, **OUTCOME)
        officer.post(page(case, f"uitkomst/over/{row.pk}/"), fields)
        letter = Document.objects.get()
        here = f"/dossiers/{case.number}/beroep/{row.pk}/"
        assert "Niet vastgelegd is wanneer" in officer.get(here).content.decode()
        officer.post(page(case, f"{letter.pk}/verstuurd/"), {"on": "2026-11-20", "channel": "post"})
        shown = officer.get(here).content.decode()
        assert "Verzonden op 20 november 2026" in shown and "tot en met 4 januari 2027" in shown


DETAILS_OF = {
    "bezwaar_adres": "Postbus 1, 3430 AA Nieuwegein",
    "bezwaar_digitaal": "www.nieuwegein.test/bezwaar",
    "fg_naam": "F. Gevers",
    "fg_adres": "fg@nieuwegein.test",
    "privacyverklaring": "www.nieuwegein.test/privacy",
    "bewaartermijn": "tot 19 jaar na de geboorte van het kind",
}


class TestADecision:
    """F6.6: which organ, where and how, what to add, and the court."""

    def letter(self, case, lekstroom, as_user, ground, state="afgewezen") -> str:
        LetterDetails.objects.get_or_create(organisation=lekstroom.organisations["nieuwegein"], **DETAILS_OF)
        row = a_claim(case, lekstroom, ground, state=state)
        fields = sent(case, beroep_grond="x", beroep_ontvangen="x", beroep_uitkomst="x", beroep_reden="x")
        assert as_user("officer").post(page(case, f"uitkomst/over/{row.pk}/"), fields).status_code == 302
        return words(files.fetch(Document.objects.get().pdf))

    @pytest.mark.parametrize("ground", ["art-3a", "art-3b", "art-15"])
    def test_of_the_college_is_signed_for_it(self, case, lekstroom, as_user, ground):
        text = self.letter(case, lekstroom, as_user, ground)
        for piece in (
            "een besluit van burgemeester en wethouders van Nieuwegein",
            "binnen 6 weken. De eerste dag is de dag nadat wij deze brief verstuurden",
            "aan burgemeester en wethouders van Nieuwegein, Postbus 1, 3430 AA Nieuwegein",
            "Digitaal: www.nieuwegein.test/bezwaar",
            "uw naam en adres, de datum, om welk besluit het gaat en waarom",
            "Zet uw handtekening eronder",
            "een voorlopige voorziening",
            "Namens burgemeester en wethouders van Nieuwegein,",
        ):
            assert piece in text, piece

    def test_on_leave_is_of_the_leerplichtambtenaar(self, case, lekstroom, as_user):
        text = self.letter(case, lekstroom, as_user, "verlof")
        assert "een besluit van de leerplichtambtenaar van de gemeente Nieuwegein" in text
        assert "Namens" not in text and "burgemeester" not in text

    @pytest.mark.parametrize(("ground", "state"), [("art-5a", "geldig"), ("art-3a", "ingetrokken")])
    def test_what_is_no_decision_says_nothing_of_it(self, case, lekstroom, as_user, ground, state):
        text = self.letter(case, lekstroom, as_user, ground, state)
        assert "is een besluit" not in text and "Namens" not in text and "Postbus" not in text

    def test_the_receipt_names_the_last_day(self, case, lekstroom, as_user):
        row = a_claim(case, lekstroom, "verlof")
        fields = sent(case, beroep_grond="x", beroep_ontvangen="x")
        assert as_user("officer").post(page(case, f"ontvangst/over/{row.pk}/"), fields).status_code == 302
        assert "uiterlijk op 28 december 2026" in words(files.fetch(Document.objects.get().pdf))


class TestWhatTheOrganisationFillsInOnce:
    @pytest.fixture
    def row(self, case, lekstroom):
        return a_claim(case, lekstroom, "art-3a", state="afgewezen")

    def test_what_is_missing_is_asked_and_never_left_open(self, row, case, lekstroom, as_user):
        officer, about = as_user("officer"), page(case, f"uitkomst/over/{row.pk}/")
        shown = officer.get(about).content.decode()
        assert "Dit moet in deze brief staan, en het is nog niet vastgelegd." in shown
        assert 'name="bezwaar_adres"' in shown and 'name="fg_naam"' not in shown
        fields = sent(case, beroep_grond="x", beroep_ontvangen="x", beroep_uitkomst="Mijn tekst", beroep_reden="x")
        answer = officer.post(about, fields)
        assert answer.status_code == 422 and "Mijn tekst" in answer.content.decode() and not Document.objects.exists()
        typed = {"bezwaar_adres": "Postbus 7, Vianen", "bezwaar_digitaal": "bezwaar@test.nl"}
        assert officer.post(about, fields | typed).status_code == 302
        assert "Postbus 7, Vianen" in words(files.fetch(Document.objects.get().pdf))

    def test_of_art_5_no_address_is_asked(self, case, lekstroom, as_user):
        row = a_claim(case, lekstroom, "art-5a", state="geldig")
        assert "bezwaar_adres" not in as_user("officer").get(page(case, f"uitkomst/over/{row.pk}/")).content.decode()

    def test_the_gemeente_comes_first_and_the_bureau_fills_up(self, row, case, lekstroom):
        nieuwegein, bureau = lekstroom.organisations["nieuwegein"], lekstroom.organisations["bureau"]
        assert details_for(case, bureau) == {}
        LetterDetails.objects.create(organisation=bureau, bezwaar_adres="BUREAU", fg_naam="BUREAU")
        LetterDetails.objects.create(organisation=nieuwegein, bezwaar_adres="GEMEENTE")
        LetterDetails.objects.create(organisation=lekstroom.organisations["houten"], fg_adres="ELDERS")
        assert details_for(case, bureau) == {"bezwaar_adres": "GEMEENTE", "fg_naam": "BUREAU"}
        assert details_for(case, nieuwegein) == {"bezwaar_adres": "GEMEENTE"}

    def test_the_letter_of_an_investigation_says_what_the_avg_asks(self, case, lekstroom, as_user):
        """F6.9."""
        LetterDetails.objects.create(organisation=lekstroom.organisations["nieuwegein"], **DETAILS_OF)
        officer = as_user("officer")
        shown = officer.get(page(case, "onderzoek/")).content.decode()
        assert "de school De Lindeboom, in een verzuimmelding" in shown
        fields = sent(case, gehoord_van="de school De Lindeboom", gegevens_naar="de school en DUO")
        assert officer.post(page(case, "onderzoek/"), fields).status_code == 302
        text = words(files.fetch(Document.objects.get().pdf))
        for piece in (
            "Dat hoorden wij van de school De Lindeboom",
            "Burgemeester en wethouders van Nieuwegein zijn verantwoordelijk",
            "Wie gegevens krijgen, als dat nodig is: de school en DUO",
            "tot 19 jaar na de geboorte van het kind",
            "F. Gevers, fg@nieuwegein.test",
            "Autoriteit Persoonsgegevens",
            "www.nieuwegein.test/privacy",
        ):
            assert piece in text, piece

    def test_the_administrator_sees_what_is_missing_and_fills_it_in_once(self, lekstroom, as_user):
        admin, nieuwegein = as_user("admin"), lekstroom.organisations["nieuwegein"]
        assert "Nog niet alles is ingevuld voor Gemeente Houten" in admin.get("/sjablonen/").content.decode()
        assert "Nog niet ingevuld: postadres voor bezwaar" in admin.get("/brieven/gegevens/").content.decode()
        edit = f"/brieven/gegevens/{nieuwegein.pk}/"
        assert admin.post(edit, DETAILS_OF | {"version": "1"}).status_code == 302
        row = LetterDetails.objects.get()
        assert (row.organisation, row.missing, row.fg_naam) == (nieuwegein, [], "F. Gevers")
        assert "compleet" in admin.get("/brieven/gegevens/").content.decode()
        admin.post(edit, DETAILS_OF | {"fg_naam": "G. Later", "version": "1"})
        late = admin.post(edit, DETAILS_OF | {"fg_naam": "H. Te laat", "version": "1"})
        assert late.status_code == 422 and "H. Te laat" in late.content.decode()
        assert LetterDetails.objects.get().fg_naam == "G. Later"

    def test_only_of_the_organisations_that_somebody_looks_after(self, lekstroom, as_user):
        elsewhere = f"/brieven/gegevens/{lekstroom.organisations['zwolle'].pk}/"
        assert as_user("admin").get(elsewhere).status_code == 404
        here = f"/brieven/gegevens/{lekstroom.organisations['nieuwegein'].pk}/"
        found = {who: as_user(who).get(here).status_code for who in ("admin", "officer", "coordinator", "stranger")}
        assert found == {"admin": 200, "officer": 403, "coordinator": 403, "stranger": 403}
        row = LetterDetails(organisation=lekstroom.organisations["zwolle"], fg_naam="x")
        with pytest.raises(PermissionDenied):
            save_details(row, by=lekstroom.admin)

    def test_a_text_that_is_too_long_gets_a_sentence(self, lekstroom, as_user):
        edit = f"/brieven/gegevens/{lekstroom.organisations['nieuwegein'].pk}/"
        answer = as_user("admin").post(edit, DETAILS_OF | {"bezwaar_adres": "x" * 201, "version": "1"})
        assert answer.status_code == 422 and "F. Gevers" in answer.content.decode()
