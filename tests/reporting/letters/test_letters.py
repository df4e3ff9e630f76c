"""Letters: the standard set, templates of an organisation, to whom, and what is kept of them."""

import re
from datetime import UTC, date, datetime

import pytest

from cases.documents.models import Document
from cases.dossier.models import Case
from cases.meetings.models import Meeting
from cases.sight.seats import sight_of
from leerplicht.models import Enrolment, Exemption, Guardian, NotEnrolled, SchoolReturn
from reporting.letters import making, word
from reporting.letters.acts import save_template
from reporting.letters.making import address_problem, readers_of, tidy
from reporting.letters.texts import LetterKind
from reporting.letters.values import OF_EXEMPTION, OF_GEMEENTE, asked_for, known, suggested
from reporting.papers.models import Paper
from tests import world
from tests.reporting.dossiers.test_pdf import words
from tests.reporting.letters.sending import ADDRESS, a_claim, page, sent, used_by
from tests.reporting.letters.test_letter_templates import HEAD, template
from tests.reporting.pdf_checker import faults
from tests.world import pdf
from thuiszitters.core.files import keeping as files
from thuiszitters.core.files.models import StoredFile


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
        talk = case.talks.get()  # the talk stands in calendar and list too
        names = "Fatima Geelvink (moeder) en Karel Roodborst (vader)"
        assert (talk.task.title, talk.task.owner) == (f"Gesprek met {names}, 14.00 uur", lekstroom.officer)
        assert (talk.on, talk.place) == (date(2026, 12, 7), "Stadskantoor")
        again = as_user("officer")  # nor after another log-in
        assert 'value="030 1234567"' in again.get(page(case, "mdo/")).content.decode()
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
