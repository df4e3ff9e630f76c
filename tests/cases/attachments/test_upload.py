"""Putting files in: several at once, all or none, by who may write there."""

from datetime import date

import pytest
import time_machine
from django.core.files.storage import default_storage

from cases.attachments import acts
from cases.attachments.models import Attachment
from cases.dossier.access import NotAllowed
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from tests import world
from tests.core.hostile_files import docx, picture
from thuiszitters.core.files.keeping import fetch
from thuiszitters.core.files.models import StoredFile
from thuiszitters.core.log.models import AuditEvent

pytestmark = pytest.mark.django_db
LATER = "2026-11-20 11:00:00+01:00"
PDF = ("Verklaring jeugdarts.pdf", world.pdf())


def page(client, case) -> str:
    return client.get(f"/dossiers/{case.number}/").content.decode()


def names() -> list[str]:
    """What lies in the folder, whether a row names it or not."""
    try:
        return default_storage.listdir("bijlagen")[1]
    except FileNotFoundError:
        return []


class TestSeveralAtOnce:
    def test_each_becomes_one_with_what_was_said(self, case, as_user, send, lekstroom):
        about = {"kind": "verklaring", "dated_on": "2026-11-18", "from_whom": "jeugdarts", "shared": "on"}
        response = send(as_user("officer"), case, PDF, ("foto.jpg", picture("JPEG")), ("OPP.docx", docx()), **about)
        assert response.status_code == 302
        rows = list(Attachment.objects.all())
        assert [r.name for r in rows] == ["Verklaring jeugdarts.pdf", "foto.jpg", "OPP.docx"]
        for row in rows:
            assert (row.kind, row.dated_on, row.from_whom, row.shared) == (
                "verklaring", date(2026, 11, 18), "jeugdarts", True,
            )  # fmt: skip
            assert row.by == lekstroom.officer and row.organisation == lekstroom.organisations["nieuwegein"]
            assert row.file.name.startswith("bijlagen/") and row.title not in row.file.name
        assert fetch(rows[0].file) == PDF[1]
        assert AuditEvent.objects.filter(action="attachment_added").count() == 3

    def test_one_that_is_not_allowed_is_named_and_nothing_is_saved(self, case, as_user, send):
        before = names()
        files = (PDF, ("plan.docx", b"PK\x03\x04"), ("foto.jpg", picture("JPEG")))
        response = send(as_user("officer"), case, *files, kind="plan", from_whom="moeder", shared="on")
        shown = response.content.decode()
        assert response.status_code == 422 and "plan.docx is geen goed document" in shown and "Kies opnieuw" in shown
        assert 'value="moeder"' in shown and '<option value="plan" selected' in shown and "checked" in shown
        assert not Attachment.objects.exists() and not StoredFile.objects.exists() and names() == before

    def test_who_forgot_another_field_hears_that_the_files_are_gone(self, case, as_user, send):
        response = send(as_user("officer"), case, PDF, kind="")
        shown = response.content.decode()
        assert response.status_code == 422 and "Maak een keuze." in shown and "Kies ze opnieuw" in shown

    def test_no_file_at_all(self, case, as_user, send):
        response = send(as_user("officer"), case)
        assert response.status_code == 422 and "Kies een bestand." in response.content.decode()

    def test_eleven_are_too_many(self, case, as_user, send):
        shown = send(as_user("officer"), case, *((f"{n}.txt", b"a") for n in range(11))).content.decode()
        assert "Dit zijn 11 bestanden. Kies er hoogstens 10 tegelijk." in shown and not Attachment.objects.exists()

    def test_sizes_are_judged_before_anything_is_opened(self, case, as_user, send, settings, monkeypatch):
        monkeypatch.setattr("cases.attachments.forms.take", lambda files: pytest.fail("it was opened"))
        settings.ATTACHMENT_MAX_BYTES = settings.ATTACHMENTS_MAX_BYTES = 2**20
        officer, half = as_user("officer"), b"a" * 600_000
        large = send(officer, case, ("groot.txt", half * 2)).content.decode()
        assert "groot.txt is groter dan 1 MB" in large
        both = send(officer, case, ("a.txt", half), ("b.txt", half)).content.decode()
        assert "samen groter dan 1 MB" in both
        assert "leeg.txt is leeg" in send(officer, case, ("leeg.txt", b"")).content.decode()

    def test_the_form_says_how_many_and_how_large(self, case, as_user):
        shown = as_user("officer").get(f"/dossiers/{case.number}/bijlage/").content.decode()
        assert "Hoogstens 10 tegelijk, elk hoogstens 20 MB, samen hoogstens 50 MB" in shown
        assert "multiple" in shown and "image/*" in shown and 'enctype="multipart/form-data"' in shown

    def test_a_day_to_come(self, case, as_user, send):
        shown = send(as_user("officer"), case, PDF, dated_on="2026-11-21").content.decode()
        assert "Deze dag is nog niet geweest." in shown


class TestTwice:
    def test_a_second_click_says_so_and_keeps_one(self, case, as_user, send):
        officer = as_user("officer")
        send(officer, case, PDF)
        again = send(officer, case, PDF)
        assert again.status_code == 302 and "Dit staat er al" in page(officer, case)
        assert Attachment.objects.count() == StoredFile.objects.count() == 1

    def test_later_the_sentence_says_under_which_name(self, case, as_user, send):
        send(as_user("officer"), case, PDF)
        with time_machine.travel(LATER):
            shown = send(as_user("leader"), case, ("kopie.pdf", PDF[1]), ("a.txt", b"a")).content.decode()
        assert "kopie.pdf staat al in dit dossier, als Verklaring jeugdarts.pdf. Er is niets bewaard." in shown
        assert Attachment.objects.count() == StoredFile.objects.count() == 1

    def test_a_photo_is_known_again_although_it_was_written_anew(self, case, as_user, send):
        photo = ("foto.jpg", picture("JPEG"))
        send(as_user("officer"), case, photo)
        with time_machine.travel(LATER):
            assert send(as_user("officer"), case, photo).status_code == 422

    def test_the_same_twice_in_one_go(self, case, as_user, send):
        shown = send(as_user("officer"), case, PDF, ("kopie.pdf", PDF[1])).content.decode()
        assert "twee keer gekozen" in shown and not Attachment.objects.exists()

    def test_what_somebody_may_not_read_is_not_told_by_the_answer(self, shared_case, as_user, send, attach):
        attach(shared_case, content=PDF[1], name="a.pdf", part="gezondheid")
        assert send(as_user("coordinator"), shared_case, PDF).status_code == 302

    def test_what_was_taken_back_may_come_again(self, case, as_user, send, attach, lekstroom):
        row = attach(case, content=PDF[1], name="a.pdf")
        acts.withdraw_attachment(row, because="Verkeerde versie.", by=lekstroom.officer)
        assert send(as_user("officer"), case, PDF).status_code == 302


class TestWhoMay:
    @pytest.mark.parametrize(
        ("who", "part", "may"),
        [("officer", "verloop", True), ("officer", "gezondheid", True), ("officer", "veiligheid", True),
         ("officer", "handhaving", False), ("coordinator", "verloop", True), ("coordinator", "gezondheid", True),
         ("coordinator", "handhaving", False)],
    )  # fmt: skip
    def test_whoever_writes_in_that_part(self, shared_case, as_user, send, lekstroom, who, part, may):
        response = send(as_user(who), shared_case, PDF, part=part)
        assert (response.status_code == 302) is may and Attachment.objects.count() == may

    @pytest.mark.parametrize(("who", "status"), [("colleague", 404), ("stranger", 404), ("boa", 403), ("holder", 403)])
    def test_who_does_not_work_here(self, shared_case, as_user, send, who, status):
        assert send(as_user(who), shared_case, PDF).status_code == status
        assert not Attachment.objects.exists()

    def test_the_act_asks_by_itself(self, case, lekstroom, taken):
        about = Attachment(case=case, organisation=lekstroom.organisations["zwolle"], kind="post")
        with pytest.raises(NotAllowed):
            acts.add_attachments(about, [taken], by=lekstroom.stranger)
        assert not StoredFile.objects.exists()

    def test_a_partner_puts_it_in_for_its_own_side(self, shared_case, as_user, send, lekstroom):
        send(as_user("coordinator"), shared_case, PDF)
        assert Attachment.objects.get().organisation == lekstroom.organisations["verband"]

    def test_not_in_a_closed_dossier(self, case, lekstroom, taken, as_user):
        Case.objects.filter(pk=case.pk).update(state="afgesloten", closed_on="2026-11-20", result="VERHUISD")
        case.refresh_from_db()
        about = Attachment(case=case, organisation=lekstroom.organisations["nieuwegein"], kind="post")
        with pytest.raises(NotNow, match="afgesloten"):
            acts.add_attachments(about, [taken], by=lekstroom.officer)
        assert not StoredFile.objects.exists()
        assert "Bijlage toevoegen" not in page(as_user("officer"), case)

    def test_where_the_dossier_was_handed_over_meanwhile_no_file_stays(self, case, lekstroom, taken):
        Case.objects.filter(pk=case.pk).update(state="onderzoek" if case.state != "onderzoek" else "nieuw")
        about = Attachment(case=case, organisation=lekstroom.organisations["nieuwegein"], kind="post")
        before = names()
        with pytest.raises(NotNow):
            acts.add_attachments(about, [taken], by=lekstroom.officer)
        assert not StoredFile.objects.exists() and names() == before

    def test_what_goes_wrong_half_way_leaves_no_file(self, case, lekstroom, taken, monkeypatch):
        def breaks(*args, **kwargs):
            raise RuntimeError("vol")

        monkeypatch.setattr(acts, "log_act", breaks)
        about = Attachment(case=case, organisation=lekstroom.organisations["nieuwegein"], kind="post")
        before = names()
        with pytest.raises(RuntimeError):
            acts.add_attachments(about, [taken], by=lekstroom.officer)
        assert not StoredFile.objects.exists() and not Attachment.objects.exists() and names() == before
