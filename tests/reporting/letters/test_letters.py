"""Letters: the standard set, templates of an organisation, to whom, and what is kept of them."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from cases.claims.models import ExemptionClaim
from cases.documents.models import Document
from cases.dossier.models import Case
from cases.meetings.models import Meeting
from cases.sight.seats import sight_of
from leerplicht.models import Enrolment, Exemption, Guardian, NotEnrolled, SchoolReturn
from reporting.letters import making, word
from reporting.letters.acts import save_details, save_template
from reporting.letters.making import address_problem, readers_of, tidy
from reporting.letters.models import LetterDetails
from reporting.letters.queries import details_for
from reporting.letters.texts import LetterKind
from reporting.letters.values import OF_EXEMPTION, OF_GEMEENTE, asked_for, known, of_claim, suggested
from reporting.papers.models import Paper
from tests import world
from tests.reporting.dossiers.test_pdf import words
from tests.reporting.letters.test_letter_templates import HEAD, template
from tests.reporting.pdf_checker import faults
from tests.world import pdf
from thuiszitters.core.files import keeping as files
from thuiszitters.core.files.models import StoredFile

ADDRESS = "Lindelaan 9\n3431 ab nieuwegein"


@pytest.fixture
def case(lekstroom, friday) -> Case:
    child = world.pupil(first_names="Noor", last_name="Geelvink", address="Lindelaan 9, 3431 AB Nieuwegein")
    Guardian.objects.create(pupil=child, name="Fatima Geelvink", relation="moeder", gezag="ja", lives="kind")
    Guardian.objects.create(pupil=child, name="Karel Roodborst", relation="vader", gezag="ja")
    Guardian.objects.create(pupil=child, name="Piet Winter", relation="stiefvader", gezag="nee")
    return world.open_case(child, lekstroom.schools["99AA00"])


def used_by(kind: LetterKind) -> frozenset[str]:
    return word.fields_in(word.standard(kind))


def page(case, rest="") -> str:
    return f"/dossiers/{case.number}/brieven/{rest}"


def sent(case, kind="gesprek", **fields) -> dict:
    values = {
        "afspraak_datum": "maandag 7 december 2026",
        "afspraak_tijd": "14.00 uur",
        "afspraak_plek": "Stadskantoor",
        "afzender_telefoon": "030 1234567",
        "afzender_email": "a@b.nl",
        "thuis_sinds": "5 oktober 2026",
    }
    for guardian in case.pupil.guardians.exclude(gezag="nee"):
        values |= {f"aan_o{guardian.pk}": "on", f"adres_o{guardian.pk}": ADDRESS}
    return values | fields


class TestAddresses:
    @pytest.mark.parametrize(
        ("address", "problem"),
        [
            (ADDRESS, ""),
            ("Lindelaan 9, 3431 AB Nieuwegein", ""),
            ("Laan 1a\nbus 3\n3431AB Houten", ""),
            ("Lindelaan 9", "eerste regel"),
            ("Lindelaan\n3431 AB Nieuwegein", "huisnummer"),
            ("Lindelaan 9\nNieuwegein", "postcode"),
            ("Lindelaan 9\n0431 AB Nieuwegein", "postcode"),
            ("", "eerste regel"),
            ("Kerkstraat 3\n2000 Antwerpen\nBELGIË", ""),
            ("Kerkstraat 3\n2000 Antwerpen", "in hoofdletters"),
        ],
    )
    def test_can_it_be_written_on_an_envelope(self, address, problem):
        found = address_problem(address)
        assert problem in found and bool(found) == bool(problem)

    def test_who_lives_together_gets_one_letter_others_their_own(self):
        a, b, c = (Guardian(name=name) for name in "ABC")
        readers = readers_of(
            [
                ("A", "Laan 1\n3431 AB Houten", a),
                ("B", "laan 1, 3431ab houten", b),
                ("C", "Plein 2\n3432 CD Vianen", c),
                ("Noor", "Laan 1, 3431 AB Houten", None),
            ]
        )
        assert [(r.words, r.address, r.youth) for r in readers] == [
            ("A en B", "Laan 1\n3431 AB Houten", False),
            ("C", "Plein 2\n3432 CD Vianen", False),
            ("Noor", "Laan 1\n3431 AB Houten", True),
        ]
        assert tidy("laan 1, 3431ab houten") == "laan 1\n3431 AB houten"


class TestWriting:
    def test_from_the_form_to_two_files_in_the_dossier(self, case, as_user, lekstroom):
        officer = as_user("officer")
        shown = officer.get(page(case, "gesprek/")).content.decode()
        assert "Piet Winter" not in shown and "Lindelaan 9\n3431 AB Nieuwegein" in shown
        assert officer.post(page(case, "gesprek/"), sent(case)).status_code == 302
        assert 'value="030 1234567"' in officer.get(page(case, "mdo/")).content.decode()  # not typed twice
        row = Document.objects.get()
        assert (row.recipient, row.kind, row.version, row.part, row.organisation) == (
            "Fatima Geelvink en Karel Roodborst",
            "gesprek",
            1,
            "verloop",
            lekstroom.organisations["nieuwegein"],
        )
        pdf = officer.get(page(case, f"{row.pk}/brief.pdf")).content
        text = "\n".join(b.text for b in word.blocks(officer.get(page(case, f"{row.pk}/brief.docx")).content))
        assert faults(pdf) == []
        for piece in (
            "Fatima Geelvink en Karel Roodborst",
            "3431 AB nieuwegein",
            "maandag 7 december 2026",
            "Noor is sinds 5 oktober 2026 thuis",
            "M. Officier",
            case.number,
        ):
            assert piece in text and piece in words(pdf), piece
        assert case.pupil.reveal_pgn() not in text + words(pdf)
        assert row.number in words(pdf)
        assert Paper.objects.get().recipient == row.recipient and Paper.objects.get().is_made
        assert (
            "Brief gemaakt: uitnodiging voor een gesprek" in officer.get(f"/dossiers/{case.number}/").content.decode()
        )

    def test_parents_at_different_addresses_get_their_own(self, case, as_user):
        father = Guardian.objects.get(name="Karel Roodborst")
        fields = sent(case, **{f"adres_o{father.pk}": "Plein 2\n3432 CD Vianen"})
        as_user("officer").post(page(case, "gesprek/"), fields)
        rows = {d.recipient: d for d in Document.objects.all()}
        assert set(rows) == {"Fatima Geelvink", "Karel Roodborst"}
        for name, other in (("Fatima Geelvink", "Plein 2"), ("Karel Roodborst", "Lindelaan")):
            assert other not in words(files.fetch(rows[name].pdf))

    def test_a_wrong_address_is_said_and_nothing_typed_is_lost(self, case, as_user):
        mother = Guardian.objects.get(name="Fatima Geelvink")
        fields = sent(case, toelichting="Neem gerust uw zus mee.", **{f"adres_o{mother.pk}": "Lindelaan"})
        response = as_user("officer").post(page(case, "gesprek/"), fields)
        shown = response.content.decode()
        assert response.status_code == 422 and "straat en nummer" in shown and "Neem gerust uw zus mee." in shown
        assert not Document.objects.exists() and not Paper.objects.exists()

    def test_the_form_asks_what_the_template_uses(self, case, lekstroom, as_user):
        save_template(
            lekstroom.organisations["nieuwegein"],
            "gesprek",
            name="a.docx",
            by=lekstroom.admin,
            valid_from=date(2026, 11, 20),
            content=template(*HEAD, "{{ besluit_reden }}"),
        )
        shown = as_user("officer").get(page(case, "gesprek/")).content.decode()
        assert 'name="besluit_reden"' in shown and 'name="afspraak_datum"' not in shown

    @pytest.mark.parametrize(
        ("born", "parents", "youth"),
        [
            pytest.param(
                date(2010, 10, 1),
                "Ouders zorgen ervoor dat hun kind op een school is ingeschreven en naar school gaat (artikel 2 van",
                "moet u ook zelf zorgen dat u naar school gaat (artikel 2, lid 3, van",
                id="leerplichtig",
            ),
            pytest.param(
                date(2009, 1, 1),
                "Ouders zorgen ervoor dat dit gebeurt (artikel 4a van",
                "Dat is uw eigen plicht (artikel 4c van",
                id="kwalificatieplichtig",
            ),
        ],
    )
    def test_a_young_person_gets_a_letter_of_the_own_on_the_own_duty(self, case, as_user, born, parents, youth):
        """F6.8."""
        type(case.pupil).objects.update(born=born)
        fields = sent(case, aan_kind="on", adres_kind=ADDRESS, dagen_thuis="46 dagen")
        assert as_user("officer").post(page(case, "waarschuwing/"), fields).status_code == 302
        texts = {d.recipient: words(files.fetch(d.pdf)) for d in Document.objects.all()}
        theirs, own = texts["Fatima Geelvink en Karel Roodborst"], texts["Noor Geelvink"]
        assert parents in theirs and "Noor is sinds 5 oktober 2026 thuis" in theirs
        assert youth in own and "U bent sinds 5 oktober 2026 thuis: 46 dagen" in own
        assert "Ook Noor" not in own and "Ouders zorgen" not in own and "eigen plicht" not in theirs

    @pytest.mark.parametrize(
        "fields", [{"born": date(2007, 1, 1)}, {"born": date(2022, 5, 5)}, {"born": date(2009, 1, 1), "released": True}]
    )
    def test_nobody_is_warned_without_a_duty(self, case, as_user, fields):
        type(case.pupil).objects.update(**fields)
        shown = as_user("officer").get(page(case, "waarschuwing/"), follow=True).content.decode()
        assert "Voor dit kind geldt nu geen leerplicht" in shown
        as_user("officer").post(page(case, "waarschuwing/"), sent(case, dagen_thuis="46 dagen"))
        assert not Document.objects.exists()

    def test_nor_during_an_exemption(self, case, as_user):
        Exemption.objects.create(pupil=case.pupil, article="art_5_onder_a", first_day=date(2026, 8, 1))
        shown = as_user("officer").get(page(case, "waarschuwing/"), follow=True).content.decode()
        assert "er loopt een vrijstelling" in shown

    def test_with_nobody_to_write_to_it_says_so(self, case, as_user):
        Guardian.objects.update(gezag="nee")
        response = as_user("officer").post(page(case, "gesprek/"), sent(case))
        assert response.status_code == 422 and "Er is niemand aan wie deze brief kan." in response.content.decode()

    def test_somebody_must_get_it(self, case, as_user):
        fields = {k: v for k, v in sent(case).items() if not k.startswith("aan_")}
        response = as_user("officer").post(page(case, "gesprek/"), fields)
        assert response.status_code == 422 and "Kies aan wie u schrijft." in response.content.decode()

    def test_once_more_is_the_next_version_and_the_first_stays(self, case, as_user):
        officer = as_user("officer")
        for text in ("", "Tot dan.", "Tot dan."):  # the third is a second click
            officer.post(page(case, "gesprek/"), sent(case, toelichting=text))
        assert list(Document.objects.values_list("version", flat=True)) == [1, 2]

    def test_two_posts_at_the_same_moment_make_one(self, case, as_user, monkeypatch):
        officer, times = as_user("officer"), []

        def render(*args, **kwargs):  # while the first is rendered, the second comes by
            times.append(1)
            if len(times) == 1:
                officer.post(page(case, "gesprek/"), sent(case))
            yield pdf()

        monkeypatch.setattr(making, "render_papers", render)
        assert officer.post(page(case, "gesprek/"), sent(case)).status_code == 302
        assert len(times) == 2 and Document.objects.count() == 1 and StoredFile.objects.count() == 2
        assert sorted(p.is_made for p in Paper.objects.all()) == [False, True]

    @pytest.mark.parametrize("kind", list(LetterKind))
    def test_every_kind_opens_with_what_the_dossier_knows(self, case, as_user, lekstroom, kind):
        if kind in OF_EXEMPTION:
            a_claim(case, lekstroom, "art-3a", state="afgewezen")
        shown = as_user("officer").get(page(case, f"{kind}/"), follow=True)
        assert shown.status_code == 200
        for name in asked_for(used_by(kind)):
            assert f'name="{name}"' in shown.content.decode(), name


def a_claim(case, lekstroom, ground, *, state="ontvangen", **fields) -> ExemptionClaim:
    judged = {"judged_on": date(2026, 11, 10), "judged_by": lekstroom.officer, "because": "Daarom."}
    about = {"received_on": date(2026, 11, 2), "first_day": date(2026, 11, 2), "by": lekstroom.officer}
    about |= judged if state != "ontvangen" else {}
    return ExemptionClaim.objects.create(case=case, ground=ground, state=state, **about | fields)


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


class TestWhoSees:
    def test_letters_of_one_side_are_not_for_another(self, case, as_user, lekstroom):
        world.involve(case, lekstroom.organisations["verband"], since=date(2026, 11, 1))
        as_user("officer").post(page(case, "gesprek/"), sent(case))
        row, coordinator = Document.objects.get(), as_user("coordinator")
        assert "uitnodiging voor een gesprek</b>" not in coordinator.get(page(case)).content.decode().lower()
        assert coordinator.get(page(case, f"{row.pk}/brief.pdf")).status_code == 404
        assert as_user("leader").get(page(case, f"{row.pk}/brief.pdf")).status_code == 200  # one side

    def test_about_an_exemption_only_the_gemeente_writes(self, case, as_user, lekstroom):
        world.involve(case, lekstroom.organisations["verband"], since=date(2026, 11, 1))
        row = a_claim(case, lekstroom, "art-3a", state="afgewezen")
        for kind in OF_EXEMPTION:
            assert as_user("coordinator").get(page(case, f"{kind}/")).status_code == 404
            assert as_user("officer").get(page(case, f"{kind}/")).status_code == 302
            about = page(case, f"{kind}/over/{row.pk}/")
            found = {who: as_user(who).get(about).status_code for who in ("officer", "coordinator", "stranger")}
            assert found == {"officer": 200, "coordinator": 404, "stranger": 404}

    def test_what_only_the_gemeente_does_others_do_not_write_or_see(self, case, as_user, lekstroom):
        world.involve(case, lekstroom.organisations["verband"], since=date(2026, 11, 1))
        coordinator = as_user("coordinator")
        for kind in OF_GEMEENTE:
            assert coordinator.get(page(case, f"{kind}/")).status_code == 404
            assert as_user("officer").get(page(case, f"{kind}/")).status_code == 200
        as_user("officer").post(page(case, "waarschuwing/"), sent(case, dagen_thuis="46 dagen"))
        line = "Brief gemaakt: schriftelijke waarschuwing"
        assert line in as_user("officer").get(f"/dossiers/{case.number}/").content.decode()
        assert line not in coordinator.get(f"/dossiers/{case.number}/").content.decode()

    def test_each_organisation_counts_its_own_versions(self, case, as_user, lekstroom):
        world.involve(case, lekstroom.organisations["verband"], since=date(2026, 11, 1))
        for who in ("officer", "coordinator"):
            as_user(who).post(page(case, "gesprek/"), sent(case))
        assert list(Document.objects.values_list("version", flat=True)) == [1, 1]

    def test_a_changed_byte_is_noticed(self, case, as_user, settings, tmp_path):
        settings.MEDIA_ROOT = str(tmp_path)
        officer = as_user("officer")
        officer.post(page(case, "gesprek/"), sent(case))
        row = Document.objects.get()
        (tmp_path / row.pdf.name).write_bytes(b"%PDF iets anders")
        response = officer.get(page(case, f"{row.pk}/brief.pdf"), follow=True)
        assert "beschadigd" in response.content.decode()


class TestWhatIsFilledIn:
    def test_a_secret_address_is_typed_by_who_knows_it(self, case, as_user):
        type(case.pupil).objects.update(secret_address=True)
        shown = as_user("officer").get(page(case, "gesprek/")).content.decode()
        assert "Lindelaan" not in shown and "Het adres van dit kind is geheim." in shown

    def test_no_more_than_the_writer_reads(self, case, as_user, lekstroom):
        world.involve(case, lekstroom.organisations["verband"], since=date(2026, 11, 1), parts=["verzuim"])
        Meeting.objects.create(
            case=case,
            kind="mdo",
            starts_at="2026-12-01T12:00:00Z",
            place="Zaal",
            ground="taak",
            question="OVERLEGWOORD",
            by=lekstroom.officer,
            organisation=lekstroom.organisations["nieuwegein"],
        )
        shown = {who: as_user(who).get(page(case, "mdo/")).content.decode() for who in ("officer", "coordinator")}
        assert "OVERLEGWOORD" in shown["officer"] and "OVERLEGWOORD" not in shown["coordinator"]

    def test_a_school_only_when_it_is_known_and_may_be(self, case, lekstroom):
        def school() -> str:
            about = Case.objects.get(pk=case.pk)
            sight = sight_of(about, lekstroom.officer)
            return suggested(about, used_by(LetterKind.TERUGKEER), lekstroom.officer, sight)["school"]

        enrolment = Enrolment.objects.create(pupil=case.pupil, school=lekstroom.schools["99AA00"])
        assert school() == "De Lindeboom"
        Enrolment.objects.update(last_day=date(2026, 11, 1))
        assert school() == "geen school"
        enrolment.delete()
        assert school() == ""
        NotEnrolled.objects.create(pupil=case.pupil, first_day=date(2026, 11, 1), how_known="x")
        assert school() == "geen school"
        type(case.pupil).objects.update(secret_address=True)
        assert school() == ""

    def test_the_next_overleg_not_one_that_was(self, case, lekstroom):
        about = {
            "case": case,
            "kind": "mdo",
            "place": "Zaal",
            "ground": "taak",
            "question": "x",
            "by": lekstroom.officer,
            "organisation": lekstroom.organisations["nieuwegein"],
        }
        for month, day in ((11, 3), (12, 1), (12, 15)):
            Meeting.objects.create(starts_at=datetime(2026, month, day, 12, tzinfo=UTC), **about)
        found = suggested(case, used_by(LetterKind.MDO), lekstroom.officer, sight_of(case, lekstroom.officer))
        assert found["overleg_datum"] == "dinsdag 1 december 2026"

    def test_not_a_return_that_went_wrong(self, case, lekstroom):
        def back() -> str:
            about = Case.objects.get(pk=case.pk)
            used = used_by(LetterKind.TERUGKEER)
            return suggested(about, used, lekstroom.officer, sight_of(about, lekstroom.officer))["eerste_schooldag"]

        SchoolReturn.objects.create(pupil=case.pupil, first_day=date(2026, 9, 1), source="x")
        assert case.home_since > date(2026, 9, 1) and back() == ""
        SchoolReturn.objects.create(pupil=case.pupil, first_day=date(2026, 11, 18), source="x")
        assert back() == "18 november 2026"

    def test_the_gemeente_is_the_one_of_the_dossier(self, case, lekstroom):
        """Where a child lives by now can be a secret."""
        type(case.pupil).objects.update(municipality="0193")
        case.refresh_from_db()
        assert known(case, lekstroom.organisations["nieuwegein"], lekstroom.officer, ["x"], "")["gemeente"] == (
            "Nieuwegein"
        )


class TestAClosedDossier:
    def close(self, case, result="ANDERE_SCHOOL"):
        Case.objects.filter(pk=case.pk).update(state="afgesloten", result=result, closed_on=date(2026, 11, 19))

    def test_gets_the_letter_that_says_so_and_no_other(self, case, as_user):
        self.close(case)
        officer = as_user("officer")
        assert "Brieven" in officer.get(f"/dossiers/{case.number}/").content.decode()
        shown = officer.get(page(case)).content.decode()
        assert "afsluiting/" in shown and "gesprek/" not in shown
        assert officer.get(page(case, "gesprek/")).status_code == 302
        officer.post(page(case, "gesprek/"), sent(case))
        assert not Document.objects.exists()
        assert 'value="andere reguliere school"' in officer.get(page(case, "afsluiting/")).content.decode()
        kept = {"bewaartermijn": "19 jaar", "privacyverklaring": "www.test.nl"}
        officer.post(page(case, "afsluiting/"), sent(case, uitkomst="andere reguliere school", **kept))
        assert Document.objects.get().kind == "afsluiting" and Paper.objects.get().is_made

    def test_of_a_child_that_died_there_is_no_letter(self, case, as_user):
        self.close(case, "OVERLEDEN")
        officer = as_user("officer")
        assert "afsluiting/" not in officer.get(page(case)).content.decode()
        assert officer.get(page(case, "afsluiting/")).status_code == 302

    def test_closed_by_a_colleague_meanwhile_nothing_is_kept(self, case, as_user, monkeypatch):
        def closes(*args, **kwargs):
            self.close(case)
            yield pdf()

        monkeypatch.setattr(making, "render_papers", closes)
        response = as_user("officer").post(page(case, "gesprek/"), sent(case))
        assert response.status_code == 422 and "net bijgewerkt" in response.content.decode()
        assert not Document.objects.exists() and not StoredFile.objects.exists() and not Paper.objects.get().is_made


class TestSent:
    @pytest.fixture
    def row(self, case, as_user) -> Document:
        as_user("officer").post(page(case, "gesprek/"), sent(case))
        return Document.objects.get()

    def test_when_and_how_and_corrected(self, row, case, as_user):
        officer = as_user("officer")
        officer.post(page(case, f"{row.pk}/verstuurd/"), {"on": "2026-11-20", "channel": "post"})
        assert "verstuurd met de post op 20 november 2026" in officer.get(page(case)).content.decode()
        shown = officer.get(page(case, f"{row.pk}/verstuurd/")).content.decode()
        assert re.search(r'value="post"[^>]*checked', shown)
        officer.post(page(case, f"{row.pk}/verstuurd/"), {"on": "2026-11-20", "channel": "e-mail"})
        assert "verstuurd per e-mail op" in officer.get(page(case)).content.decode()
        assert list(row.history.order_by("history_id").values_list("channel", flat=True)) == ["", "post", "e-mail"]

    @pytest.mark.parametrize(("day", "sentence"), [("2026-11-21", "nog niet geweest"), ("2026-11-19", "ligt voor")])
    def test_on_a_day_that_can_be(self, row, case, as_user, day, sentence):
        response = as_user("officer").post(page(case, f"{row.pk}/verstuurd/"), {"on": day, "channel": "post"})
        assert response.status_code == 422 and sentence in response.content.decode()
