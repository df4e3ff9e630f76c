"""The pages of reports: inbox, upload with preview, quarantine, and a school that reports by form."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.dossier.models import Case
from cases.intake.models import Intake
from cases.intake.uploads import SMALL
from leerplicht.models import AbsenceReport, ImportFile, Pupil, RejectedLine
from tests import world
from tests.cases.absence_file import content, row
from thuiszitters.core.jobs.models import Job
from thuiszitters.core.jobs.queue import work_jobs
from thuiszitters.core.log.models import AuditEvent

UPLOAD = "/meldingen/inlezen/"


def text(response) -> str:
    return response.content.decode()


class TestInbox:
    @pytest.fixture
    def waiting(self, lekstroom, friday) -> Intake:
        report = world.report(world.pupil(), lekstroom.schools["99AA00"], all_lessons=False, kind="V3")
        world.take_in([report], today=friday)
        return report.intake

    def path(self, intake) -> str:
        return f"/meldingen/nummer/{intake.number}/"

    def test_it_waits_is_taken_in_and_a_second_click_says_so(self, waiting, as_user):
        client = as_user("officer")
        assert waiting.number in text(client.get("/meldingen/"))
        taken = client.post(self.path(waiting), {"opnemen": "1"})
        case = Case.objects.get()
        assert taken["Location"] == f"/dossiers/{case.number}/"
        again = client.post(self.path(waiting), {"opnemen": "1"}, follow=True)
        assert "net afgehandeld" in text(again) and Case.objects.count() == 1
        assert waiting.number not in text(client.get("/meldingen/"))
        assert waiting.number in text(client.get("/meldingen/?stand=dossier"))

    def test_it_is_set_aside_with_a_reason_only(self, waiting, as_user):
        client = as_user("officer")
        for reason in ("", "   "):
            assert client.post(self.path(waiting), {"opzij": "1", "because": reason}).status_code == 422
        assert client.post(self.path(waiting), {"opzij": "1", "because": "Griep"}).status_code == 302
        waiting.refresh_from_db()
        assert (waiting.state, waiting.because, Case.objects.count()) == ("afgedaan", "Griep", 0)
        assert "Afgedaan: Griep" in text(client.get(self.path(waiting)))
        again = client.post(self.path(waiting), {"opzij": "1", "because": "Nog eens"}, follow=True)
        assert "net afgehandeld" in text(again)

    def test_another_gemeente_finds_nothing(self, waiting, as_user):
        assert as_user("stranger").get(self.path(waiting)).status_code == 404
        assert as_user("stranger").post(self.path(waiting), {"opnemen": "1"}).status_code == 404
        assert waiting.number not in text(as_user("stranger").get("/meldingen/?stand="))


def send(client, body: bytes, name="meldingen.csv"):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, body)}, follow=True)


class TestUpload:
    @pytest.fixture
    def client(self, lekstroom, friday, as_user):
        return as_user("officer")

    def saved(self) -> tuple[int, int, int, int]:
        return tuple(m.objects.count() for m in (AbsenceReport, Pupil, Case, RejectedLine))

    def test_nothing_is_saved_before_the_user_agrees(self, client):
        body = content(row(1), row(2, begindatum="2026-02-30"))
        shown = text(send(client, body))
        assert "Wilt u dit inlezen?" in shown and "1 regel wordt niet ingelezen" in shown and "begindatum" in shown
        assert self.saved() == (0, 0, 0, 0)
        path = f"{UPLOAD}{ImportFile.objects.get().pk}/"
        assert "Het bestand is ingelezen" in text(client.post(path, {"wel": "1"}, follow=True))
        assert self.saved() == (1, 1, 1, 1)
        assert "al beslist" in text(client.post(path, {"wel": "1"}, follow=True))
        assert self.saved() == (1, 1, 1, 1)

    def test_the_content_is_wiped_after_either_answer(self, client):
        for answer, state in (("wel", "klaar"), ("niet", "vervallen")):
            send(client, content(row(1)))
            file = ImportFile.objects.latest("pk")
            assert b"Berg" not in bytes(file.content) and "Berg" not in str(file.samples)
            client.post(f"{UPLOAD}{file.pk}/", {answer: "1"})
            file.refresh_from_db()
            assert (file.state, file.content, file.samples) == (state, None, [])
        assert self.saved() == (1, 1, 1, 0)

    def test_the_same_file_again_changes_nothing(self, client):
        for _ in range(2):
            send(client, content(row(1)))
            client.post(f"{UPLOAD}{ImportFile.objects.latest('pk').pk}/", {"wel": "1"})
        assert self.saved() == (1, 1, 1, 0)
        assert "al bekend" in text(send(client, content(row(1))))

    @pytest.mark.parametrize(
        ("body", "sentence"),
        [
            (b"", "leeg"),
            (b"a;b\n1;2\n", "ontbreekt: meldingsnummer"),
            (b"%PDF-1.7\n\x00\x01", None),
            (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), None),
            (b"PK\x03\x04" + b"\0" * 300, None),
            ("meldingsnummer;achternaam\n1;é\n".encode("utf-16"), None),
            (content(), None),
        ],
    )
    def test_a_wrong_file_gets_a_sentence_and_nothing_is_saved(self, client, body, sentence):
        response = send(client, body)
        assert response.status_code == 200
        file = ImportFile.objects.get()
        assert file.state == "mislukt" or not sum(file.counts.values())
        assert sentence is None or sentence in text(response)
        assert self.saved() == (0, 0, 0, 0)

    def test_without_a_file_there_is_a_sentence(self, client):
        response = client.post(UPLOAD, {"x": "1"})
        assert response.status_code == 422 and "Kies een bestand" in text(response)

    def test_a_large_file_goes_by_job(self, client):
        body = content(row(1), *(row(2, toelichting="x" * 400) for _ in range(500)))
        assert len(body) > SMALL
        shown = send(client, body)
        file = ImportFile.objects.get()
        assert file.state == "doorzoeken" and "Dit bestand is groot" in text(shown)
        assert work_jobs() == 1
        path = f"{UPLOAD}{file.pk}/"
        assert "Wilt u dit inlezen?" in text(client.get(path))
        client.post(path, {"wel": "1"})
        file.refresh_from_db()
        assert (file.state, self.saved()[0]) == ("inlezen", 0)
        assert (work_jobs(), work_jobs()) == (1, 0)
        file.refresh_from_db()
        assert (file.state, self.saved()[0]) == ("klaar", 2)
        assert set(Job.objects.values_list("state", flat=True)) == {"klaar"}

    def test_a_gemeente_that_is_not_ours_is_refused_per_line(self, client):
        assert "werkt niet voor gemeente 0193" in text(send(client, content(row(1, gemeentecode="0193"))))

    def test_every_step_stands_in_the_log(self, client):
        send(client, content(row(1)))
        client.post(f"{UPLOAD}{ImportFile.objects.get().pk}/", {"wel": "1"})
        assert {"file_uploaded", "reports_imported"} <= set(AuditEvent.objects.values_list("action", flat=True))


class TestQuarantine:
    @pytest.fixture
    def line(self, lekstroom, friday, as_user) -> RejectedLine:
        client = as_user("officer")
        send(client, content(row(1, brin="")))
        client.post(f"{UPLOAD}{ImportFile.objects.get().pk}/", {"wel": "1"})
        return RejectedLine.objects.get()

    def test_refused_corrected_and_read_in(self, line, as_user):
        client, path = as_user("officer"), f"/meldingen/afgekeurd/{line.pk}/"
        assert "1 regel kon niet worden ingelezen" in text(client.get("/meldingen/"))
        shown = client.get(path)
        values = {name: shown.context["form"][name].value() or "" for name in shown.context["form"].fields}
        assert values["achternaam"] == "van den Berg"
        refused = client.post(path, values | {"school": "Nergensschool"})
        assert refused.status_code == 422 and "Geen school gevonden" in text(refused)
        assert client.post(path, values | {"school": "99AA00"})["Location"] == "/meldingen/afgekeurd/"
        line.refresh_from_db()
        assert (line.state, AbsenceReport.objects.get().number) == ("verbeterd", "M1")
        assert "al afgehandeld" in text(client.post(path, values | {"school": "99AA00"}, follow=True))
        assert AbsenceReport.objects.count() == 1

    def test_dropped_with_a_reason_only(self, line, as_user):
        client = as_user("officer")
        for reason, state in (("", "open"), ("dubbel", "vervallen")):
            client.post(f"/meldingen/afgekeurd/{line.pk}/weg/", {"reden": reason})
            line.refresh_from_db()
            assert line.state == state


class TestASchool:
    FORM = {
        "school": "99AA00",
        "persoonsgebonden_nummer": world.bsn(907),
        "voornamen": "Sem",
        "achternaam": "de Wit",
        "geboortedatum": "4-3-2012",
        "gemeentecode": "0356",
        "begindatum": "2026-10-05",
        "verzuimsoort": "LRV",
        "alle_lessen_gemist": "J",
        "actie_gemeente_gewenst": "J",
    }

    def test_reports_and_sees_only_its_own(self, lekstroom, friday, as_user):
        elsewhere = world.report(world.pupil(last_name="Elders"), lekstroom.schools["99AB00"])
        world.take_in([elsewhere], today=friday)
        client = as_user("teacher")
        made = client.post("/meldingen/nieuw/", self.FORM)
        assert made["Location"] == "/meldingen/nummer/EIGEN-99AA00-2026-0001/"
        assert "Sem de Wit" in text(client.get(made["Location"]))
        shown = text(client.get("/meldingen/"))
        assert "Sem de Wit" in shown and "Elders" not in shown
        assert client.get(f"/meldingen/nummer/{elsewhere.number}/").status_code == 404
        case = Case.objects.get(pupil__last_name="Wit")
        assert client.get(f"/dossiers/{case.number}/").status_code == 404
        assert case.number not in text(client.get(made["Location"]))

    def test_not_for_another_school(self, lekstroom, friday, as_user):
        refused = as_user("teacher").post("/meldingen/nieuw/", self.FORM | {"school": "99AB00"})
        assert refused.status_code == 422 and not AbsenceReport.objects.exists()

    def test_the_officer_not_for_another_gemeente(self, lekstroom, friday, as_user):
        refused = as_user("officer").post("/meldingen/nieuw/", self.FORM | {"gemeentecode": "0193"})
        assert refused.status_code == 422 and not AbsenceReport.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"persoonsgebonden_nummer": "123456789"}, "persoonsgebonden_nummer"),
            ({"verzuimuren": "2026-09-07=3"}, "verzuimuren"),
            ({"einddatum": "2026-10-01"}, "einddatum"),
            ({"actie_gemeente_gewenst": "N"}, "toelichting"),
            ({"geboortedatum": "2026-11-02"}, "geboortedatum"),
        ],
    )
    def test_a_refusal_stands_at_its_field(self, lekstroom, friday, as_user, wrong, field):
        refused = as_user("teacher").post("/meldingen/nieuw/", self.FORM | wrong)
        assert refused.status_code == 422 and list(refused.context["form"].errors) == [field]
        assert not AbsenceReport.objects.exists()


@pytest.mark.parametrize(("number", "told"), [("EIGEN-99AA00-2026-0001", False), ("M-1", True)])
def test_a_status_at_duo_only_where_duo_said_so(lekstroom, friday, as_user, number, told):
    report = world.report(world.pupil(), lekstroom.schools["99AA00"], number=number)
    world.take_in([report], today=friday)
    shown = as_user("officer").get(f"/meldingen/nummer/{report.number}/").content.decode()
    assert ("Status bij DUO" in shown) == told and ("DUO weet er niet van" in shown) != told
    assert ("geregistreerd" in shown) == told
