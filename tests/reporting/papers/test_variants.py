"""The five papers of a dossier: what each says, and what stays out of it (domain 8.2 and 8.5)."""

import hashlib
import re
from datetime import date

import pytest

from cases.dossier.models import Case
from cases.sight.seats import sight_of
from cases.work.models import Note
from leerplicht.models import AbsenceReport, Enrolment, Guardian, NotEnrolled
from reporting.dossiers.first_page import first_page
from reporting.papers.left_out import left_out
from reporting.papers.models import Paper
from reporting.papers.variants import Variant, sight_for
from reporting.pdf import render
from tests import world
from tests.reporting.dossiers.test_pdf import words
from tests.reporting.pdf_checker import faults
from thuiszitters.core.log.models import AuditEvent

WITHOUT_NAMES = {"chapters": ["klok", "speelt", "stappen", "aanbod"]}
NUMBERS = {"chapters": []}


@pytest.fixture(autouse=True)
def letters(monkeypatch):
    monkeypatch.setattr("reporting.papers.acts._letters", map("BCD{}".format, "FGHJKLMNPRSTVWXZ").__next__)


@pytest.fixture
def case(noor) -> Case:
    return noor


@pytest.fixture
def said(case, as_user):
    def get(voor="volledig", who="officer", **fields) -> str:
        response = world.take_along(as_user(who), case, voor, **fields)
        assert response["Content-Type"] == "application/pdf", response.content.decode()
        assert faults(response.content) == []
        return words(response.content)

    return get


def of(name: str) -> str:
    return f"ouders-{Guardian.objects.get(name=name).pk}"


@pytest.mark.once
class TestFull:
    def test_everything_the_maker_reads_and_the_first_page_first(self, said):
        text = said()
        for word in (
            "Noor Geelvink",
            "46 dagen thuis",
            "De situatie",
            "Met de ouders is 4 keer gesproken",
            "MOEDERWOORD",
            "VADERWOORD",
            "KINDWOORD",
            "SCHOOLWOORD",
            "BUURWOORD",
            "EIGENKANT",
            "GEHEIMWOORD",
            "ZIEKWOORD",
            "NOTITIEWOORD",
            "TAAKWOORD",
            "BUSWOORD",
            "De Haven",
            "Angst of schoolweigering",
            "Pesten",
            "Volgende stap:",
            "Wat niet in dit papier staat",
        ):
            assert word in text, word
        assert text.index("De situatie") < text.index("Hoe de klok is berekend")

    def test_only_what_was_chosen_and_the_paper_says_what_was_not(self, said):
        text = said(chapters=["klok"], ask="Regel een plek bij De Haven.")
        assert "Regel een plek bij De Haven." in text and "langdurig relatief verzuim" in text
        assert "NOTITIEWOORD" not in text and "TAAKWOORD" not in text.split("Wat wordt gevraagd")[0]
        assert "Niet gekozen: wat er speelt; stappen;" in text

    def test_the_foot_says_which_paper_whose_for_whom_and_why(self, said):
        text = said(recipient="MDO van 3 december")
        assert (
            "Papier P2026-00001-BCDF · Dossier TZ-0356-2026-0001 · gemaakt op 20 november 2026, 10.00 uur door "
            "M. Officier, Gemeente Nieuwegein · voor MDO van 3 december: eigen werk op papier · vertrouwelijk"
        ) in text


@pytest.mark.once
class TestPartner:
    def test_what_is_shared_and_no_word_of_the_own_side(self, case, said, lekstroom):
        text = said(f"partner-{lekstroom.organisations['verband'].pk}")
        assert "MOEDERWOORD" in text and "Noor Geelvink" in text and "TAAKWOORD" in text
        for word in ("EIGENKANT", "NOTITIEWOORD", "ZIEKWOORD", "Angst"):
            assert word not in text, word
        assert "gezondheid: die blijft bij wie haar schreef" in text

    def test_the_same_as_the_partner_makes(self, case, said, lekstroom):
        """Both are made by the rules of what was shared."""
        for_them = said(f"partner-{lekstroom.organisations['verband'].pk}")
        theirs = said(who="coordinator")
        by_chapter = [t.split("De situatie")[1].split("Wat niet in dit papier")[0] for t in (for_them, theirs)]
        strip = [t.split("Papier P")[0] for t in by_chapter]
        assert strip[0] == strip[1]

    def test_not_for_who_takes_no_part(self, case, as_user, lekstroom):
        page = as_user("officer").get(
            f"/dossiers/{case.number}/papier/partner-{lekstroom.organisations['jeugdteam'].pk}/", follow=True
        )
        assert "Voor wie is het?" in page.content.decode()


@pytest.mark.once
class TestParents:
    def test_the_own_words_and_those_of_the_child_not_those_of_the_other_parent(self, said):
        mother, father = said(of("Fatima Geelvink")), said(of("Karel Roodborst"))
        assert "MOEDERWOORD" in mother and "VADERWOORD" not in mother
        assert "VADERWOORD" in father and "MOEDERWOORD" not in father
        for text in (mother, father):
            assert "KINDWOORD" in text and "SCHOOLWOORD" in text and "GEHEIMWOORD" in text  # 13: no own secret yet
            for word in ("BUURWOORD", "Buurvrouw", "EIGENKANT", "NOTITIEWOORD", "ZIEKWOORD", "Angst"):
                assert word not in text, word

    def test_from_16_what_the_youth_keeps_back_is_not_even_named(self, case, said):
        type(case.pupil).objects.update(born=date(2010, 5, 5))
        text = said(of("Fatima Geelvink"))
        assert "KINDWOORD" in text and "GEHEIMWOORD" not in text and "15 november 2026" not in text
        assert "een jongere van 16 of ouder beslist daar zelf over" in text

    def test_without_gezag_facts_and_dates_only(self, said):
        AbsenceReport.objects.update(reason="REDENWOORD")
        text = said(of("Piet Winter"), chapters=["klok"])
        assert "46 dagen thuis" in text and "alleen feiten en data" in text
        for word in (
            "MOEDERWOORD",
            "KINDWOORD",
            "SCHOOLWOORD",
            "TAAKWOORD",
            "De Haven",
            "BUSWOORD",
            "REDENWOORD",
            "Verband De Verbinding",
        ):
            assert word not in text, word

    @pytest.mark.parametrize(
        ("enrolled", "nowhere", "words"),
        [
            ((None, None), False, "Noor is 13 jaar en staat ingeschreven bij De Lindeboom."),
            ((None, date(2026, 10, 30)), False, "en stond tot en met 30 oktober 2026 ingeschreven bij De Lindeboom."),
            (None, False, "Noor is 13 jaar."),
            (None, True, "Noor is 13 jaar en is nergens ingeschreven."),
        ],
    )
    def test_where_it_is_enrolled_is_said_as_far_as_it_is_known(self, case, lekstroom, enrolled, nowhere, words):
        Enrolment.objects.all().delete()
        if enrolled:
            Enrolment.objects.create(
                pupil=case.pupil, school=lekstroom.schools["99AA00"], first_day=enrolled[0], last_day=enrolled[1]
            )
        if nowhere:
            NotEnrolled.objects.create(pupil=case.pupil, first_day=date(2026, 11, 1), how_known="x")
        page = first_page(case, sight_of(case, lekstroom.officer), Variant.VOLLEDIG, date(2026, 11, 20))
        assert words in page.situation

    def test_a_secret_address_hides_the_school_as_well(self, case, said, as_user, lekstroom):
        Enrolment.objects.get_or_create(
            pupil=case.pupil, school=lekstroom.schools["99AA00"], defaults={"first_day": date(2025, 8, 1)}
        )
        assert "staat ingeschreven bij De Lindeboom" in said(of("Karel Roodborst"))
        type(case.pupil).objects.update(secret_address=True)
        response = world.take_along(as_user("officer"), case, of("Karel Roodborst"), chapters=[])
        assert response["Content-Disposition"] == 'attachment; filename="ouders-P2026-00002-BCDG.pdf"'
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        text = words(response.content)
        assert "het adres van het kind is geheim" in text and "46 dagen thuis" in text
        for word in ("Lindeboom", "Lindelaan", "Nieuwegein", "0356", "Verband", "De Haven", "VADERWOORD"):
            assert word not in text, word

    def test_a_secret_address_hides_how_it_ended(self, case, said):
        Case.objects.filter(pk=case.pk).update(state="afgesloten", result="OPDC", closed_on=date(2026, 11, 19))
        assert "Uitkomst:" in said(of("Karel Roodborst"))
        type(case.pupil).objects.update(secret_address=True)
        text = said(of("Karel Roodborst"))
        assert "Uitkomst:" not in text and "M. Officier" not in text.split("Papier P")[0]


@pytest.mark.once
class TestNoMoreThanTheMakerReads:
    """Who has little of a dossier makes no richer paper for somebody else."""

    @pytest.fixture
    def little(self, case, lekstroom):
        case.involvements.update(parts=["verzuim"])

    def test_for_a_parent(self, little, said):
        text = said(of("Fatima Geelvink"), who="coordinator", chapters=["klok", "contacten", "verloop"])
        for word in ("MOEDERWOORD", "KINDWOORD", "SCHOOLWOORD", "TAAKWOORD", "De Haven"):
            assert word not in text, word

    def test_for_a_partner(self, case, little, said, lekstroom):
        world.involve(case, lekstroom.organisations["jeugdteam"], since=date(2026, 11, 1))
        text = said(
            f"partner-{lekstroom.organisations['jeugdteam'].pk}",
            who="coordinator",
            chapters=["speelt", "contacten", "betrokken", "verloop"],
        )
        for word in ("TAAKWOORD", "BUSWOORD", "De Haven", "MOEDERWOORD"):
            assert word not in text, word


@pytest.mark.once
class TestWithoutNames:
    FORBIDDEN = (
        "Noor",
        "Geelvink",
        "Fatima",
        "Roodborst",
        "Lindeboom",
        "Lindelaan",
        "5 mei 2013",
        "TZ-0356",
        "0356",
        "Nieuwegein",
        "Officier",
        "De Haven",
        "Wim",
        "WOORD",
        "EIGENKANT",
        "Angst",
    )

    def test_age_clock_and_steps_and_nobody_in_it(self, said):
        text = said("pseudoniem", **WITHOUT_NAMES)
        for word in (
            "12 tot en met 15 jaar",
            "Thuis sinds oktober 2026",
            "Langer dan 6 weken",
            "4 lesweken",
            "Leerlingenvervoer",
            "al 2 weken",
            "Pesten",
            "Gesprekken met ouders 4",
            "verzuimgesprek",
            "6 uur, later 24 uur",
        ):
            assert word in text, word
        assert [word for word in self.FORBIDDEN if word in text] == []
        paper = text.split("Papier P2026")[0].replace("gemaakt op 20 november 2026", "")
        assert not re.search(r"\b\d{1,2} (september|oktober|november|december)|13 jaar|46 dagen", paper)

    def test_nor_in_the_file_itself(self, case, as_user):
        response = world.take_along(as_user("officer"), case, "pseudoniem", **WITHOUT_NAMES)
        assert response["Content-Disposition"] == 'attachment; filename="pseudoniem-P2026-00001-BCDF.pdf"'
        assert b"Geelvink" not in response.content and case.number.encode() not in response.content

    @pytest.mark.parametrize(
        "name", ["Noor", "de moeder, Fatima,", "Geelvink.", "bij De Lindeboom", "TZ-0356-2026-0001"]
    )
    def test_a_name_in_the_question_is_refused_and_nothing_typed_is_lost(self, case, as_user, lekstroom, name):
        Enrolment.objects.get_or_create(
            pupil=case.pupil, school=lekstroom.schools["99AA00"], defaults={"first_day": date(2025, 8, 1)}
        )
        ask = f"Regel een plek voor {name} voor de kerst"
        response = world.take_along(as_user("officer"), case, "pseudoniem", ask=ask, **WITHOUT_NAMES)
        page = response.content.decode()
        assert response.status_code == 422 and "Hieraan is te zien wie het is" in page and "Regel een plek voor" in page

    def test_of_an_exemption_only_that(self, case, said):
        closed = {"state": "afgesloten", "result": "VRIJSTELLING_5A", "closed_on": date(2026, 11, 19)}
        Case.objects.filter(pk=case.pk).update(home_since=None, **closed)
        text = said("pseudoniem", **WITHOUT_NAMES)
        assert "Uitkomst: vrijstelling." in text and "onder a" not in text

    @pytest.mark.parametrize(
        "fields", [{"recipient": "over Noor"}, {"purpose": "anders", "other_purpose": "om Geelvink"}]
    )
    def test_nor_in_what_is_typed_around_it(self, case, as_user, fields):
        response = world.take_along(as_user("officer"), case, "aantallen", **NUMBERS | fields)
        assert response.status_code == 422 and "Hieraan is te zien wie het is" in response.content.decode()

    def test_numbers_only(self, said):
        text = said("aantallen", **NUMBERS)
        assert "Thuis langer dan 6 weken" in text and "Gesprekken met ouders 4" in text and "Termijn 4 lesweken" in text
        assert [word for word in (*self.FORBIDDEN, "verzuimgesprek") if word in text] == []


@pytest.mark.once
class TestWhatIsLeftOut:
    def test_the_page_says_the_same_as_the_paper(self, case, as_user, said, lekstroom):
        page = as_user("officer").get(f"/dossiers/{case.number}/papier/{of('Fatima Geelvink')}/").content.decode()
        mother = Guardian.objects.get(name="Fatima Geelvink")
        sight = sight_for(Variant.OUDERS, case, sight_of(case, lekstroom.officer), guardian=mother)
        listed = left_out(Variant.OUDERS, case, sight)
        text = said(of("Fatima Geelvink"))
        assert len(listed) == 5
        for item in listed:
            assert item.why in page and item.why in text, item


class TestTheLineInTheList:
    def test_who_for_whom_what_why_and_the_fingerprint(self, case, as_user, lekstroom):
        response = world.take_along(as_user("officer"), case, recipient="de teamleider", chapters=["klok", "stappen"])
        row = Paper.objects.get()
        assert (row.number, row.kind, row.variant, row.recipient, row.purpose, row.by, row.organisation, row.parts) == (
            "P2026-00001-BCDF",
            "dossier",
            "volledig",
            "de teamleider",
            "eigen werk op papier",
            lekstroom.officer,
            lekstroom.organisations["nieuwegein"],
            ["klok", "stappen"],
        )
        assert row.sha256 == hashlib.sha256(response.content).hexdigest() and row.size == len(response.content)
        assert row.pages == 2 and [c.case for c in row.cases.all()] == [case]

    def test_what_was_asked_and_never_came_stays_as_such(self, case, as_user, monkeypatch):
        monkeypatch.setattr(render, "SECONDS", 0.001)
        officer = as_user("officer")
        world.take_along(officer, case)
        assert not Paper.objects.get().is_made
        assert "niet gemaakt" in officer.get("/papieren/").content.decode()

    def test_each_organisation_counts_for_itself_and_no_two_have_one_number(self, case, as_user, monkeypatch):
        monkeypatch.undo()  # the letters of every day
        for who in ("officer", "coordinator", "officer"):
            world.take_along(as_user(who), case)
        rows = Paper.objects.values_list("organisation__name", "number")
        assert all(re.fullmatch(r"P2026-\d{5}-[B-DF-HJ-NP-TV-XZ]{4}", number) for _, number in rows)
        assert sorted((name, number[:11]) for name, number in rows) == [
            ("Gemeente Nieuwegein", "P2026-00001"),
            ("Gemeente Nieuwegein", "P2026-00002"),
            ("Verband De Verbinding", "P2026-00001"),
        ]

    def test_who_sees_the_list(self, case, as_user):
        world.take_along(as_user("officer"), case, recipient="de teamleider")
        shown = {
            who: as_user(who).get("/papieren/").content.decode()
            for who in ("officer", "leader", "colleague", "coordinator", "stranger", "controller")
        }
        assert {who for who, page in shown.items() if "de teamleider" in page} == {"officer", "controller"}
        assert f'href="/dossiers/{case.number}/"' in shown["officer"]
        assert as_user("teacher").get("/papieren/").status_code == 403

    def test_a_parent_is_named_to_who_may_open_the_dossier(self, case, as_user):
        world.take_along(as_user("officer"), case, of("Fatima Geelvink"))
        shown = {
            who: as_user(who).get("/papieren/", {"zoek": text}).content.decode()
            for who, text in (("officer", "Fatima"), ("controller", "P2026-00001-BCDF"))
        }
        assert "Fatima Geelvink" in shown["officer"] and "Fatima" not in shown["controller"]
        assert "een ouder of jongere" in shown["controller"]
        assert (
            "geen papier dat hierbij past"
            in as_user("controller").get("/papieren/", {"zoek": "Fatima"}).content.decode()
        )
        assert AuditEvent.objects.filter(action="papers_listed").first().pupil_ids == [case.pupil_id]

    @pytest.mark.parametrize("reader", ["partner-" + "9" * 40, "ouders-" + "9" * 5000, "ouders-x", "niets"])
    def test_an_odd_address_leads_to_the_choice(self, case, as_user, reader):
        response = as_user("officer").get(f"/dossiers/{case.number}/papier/{reader}/")
        assert response["Location"] == f"/dossiers/{case.number}/papier/"

    @pytest.mark.parametrize(
        ("text", "found"),
        [("P2026-00002", 1), ("p2026-00002", 1), ("TZ-0356-2026-0001", 3), ("teamleider", 1), ("niemand", 0)],
    )
    def test_looking_one_up(self, case, as_user, text, found):
        officer = as_user("officer")
        for recipient in ("a", "de teamleider", "b"):
            world.take_along(officer, case, "aantallen", recipient=recipient, **NUMBERS)
        page = officer.get("/papieren/", {"zoek": text}).content.decode()
        assert page.count('data-label="Nummer"') == found


@pytest.mark.once
class TestALongDossier:
    def test_is_made_in_parts_and_loses_nothing(self, case, said, lekstroom):
        own = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
        Note.objects.bulk_create(Note(text=f"Regel {n} van veel.", **own) for n in range(600))
        text = said(chapters=["verloop"])
        assert [n for n in range(600) if f"Regel {n} van veel." not in text] == []
        assert "deel 1 van 4, bladzijde 1 van" in text and "deel 4 van 4" in text and "(vervolg)" in text
