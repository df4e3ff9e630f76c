"""Who gets a file, and how it leaves (IN-08)."""

import pytest

from cases.attachments.models import Attachment
from cases.dossier.taking_part import Consent
from tests import world
from tests.core.hostile_files import honest
from thuiszitters.core.files.keeping import keep
from thuiszitters.core.log.models import AuditEvent

pytestmark = pytest.mark.django_db
PEOPLE = ("officer", "leader", "colleague", "coordinator", "teacher", "holder", "boa", "region", "admin", "stranger")
HONEST = list(honest())
OWN_SIDE = {"officer", "leader"}


def path(row: Attachment) -> str:
    return f"/dossiers/{row.case.number}/bijlage/{row.pk}/bestand/"


def page(client, case) -> str:
    return client.get(f"/dossiers/{case.number}/").content.decode()


def who_gets(row: Attachment, as_user) -> set[str]:
    answers = {who: as_user(who).get(path(row)).status_code for who in PEOPLE}
    assert set(answers.values()) <= {200, 403, 404}
    return {who for who, status in answers.items() if status == 200}


class TestWho:
    @pytest.fixture(autouse=True)
    def school_too(self, shared_case, lekstroom):
        world.involve(shared_case, lekstroom.organisations["school"], parts=["verzuim", "verloop"])

    @pytest.mark.parametrize(
        ("by", "fields", "readers"),
        [
            ("officer", {}, OWN_SIDE),
            ("officer", {"shared": True}, OWN_SIDE | {"coordinator", "teacher", "holder"}),
            ("officer", {"part": "gezondheid"}, OWN_SIDE),
            ("officer", {"part": "veiligheid"}, {"officer"}),
            ("coordinator", {}, {"coordinator", "holder"}),
            ("coordinator", {"part": "gezondheid"}, {"coordinator", "holder"}),
            ("teacher", {}, {"teacher"}),
            ("teacher", {"shared": True}, OWN_SIDE | {"coordinator", "teacher", "holder"}),
        ],
    )
    def test_whoever_may_read_that_part(self, shared_case, as_user, attach, by, fields, readers):
        row = attach(shared_case, by, **fields)
        got = who_gets(row, as_user)
        assert got == readers
        link = path(row)
        assert {who for who in PEOPLE if link in page(as_user(who), shared_case)} == readers

    def test_health_with_consent(self, shared_case, as_user, attach, lekstroom):
        row = attach(shared_case, part="gezondheid")
        Consent.objects.create(
            case=shared_case, owner=lekstroom.organisations["nieuwegein"], recipient=lekstroom.organisations["verband"],
            by_parents=True, by_youth=True, health=True, scope="x", given_on="2026-11-01",
            recorded_by=lekstroom.officer,
        )  # fmt: skip
        assert who_gets(row, as_user) == OWN_SIDE | {"coordinator", "holder"}

    def test_that_it_is_there_shows_to_who_may_know(self, shared_case, as_user, attach):
        attach(shared_case, name="Diagnose ADHD.txt", from_whom="dokter Geheim")
        shown = page(as_user("coordinator"), shared_case)
        assert "Bijlage toegevoegd" in shown and "De inhoud is niet met u gedeeld" in shown
        assert "Diagnose" not in shown and "Geheim" not in shown

    def test_of_safety_a_partner_does_not_even_know(self, shared_case, as_user, attach):
        attach(shared_case, part="veiligheid")
        assert "Bijlage toegevoegd" not in page(as_user("coordinator"), shared_case)

    def test_when_a_share_ends_so_does_the_file(self, shared_case, as_user, attach, lekstroom):
        row = attach(shared_case, shared=True)
        partner = as_user("coordinator")
        assert partner.get(path(row)).status_code == 200
        shared_case.involvements.filter(organisation=lekstroom.organisations["verband"]).update(until="2026-11-10")
        assert partner.get(path(row)).status_code == 404

    def test_by_the_number_of_another_dossier(self, shared_case, as_user, attach, lekstroom):
        row = attach(shared_case)
        other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        assert as_user("officer").get(f"/dossiers/{other.number}/bijlage/{row.pk}/bestand/").status_code == 404

    def test_each_look_is_on_record_and_a_refused_one_too(self, shared_case, as_user, attach):
        row = attach(shared_case)
        as_user("officer").get(path(row))
        look = AuditEvent.objects.get(action="attachment_fetched")
        assert look.case_number == shared_case.number and look.detail["row"] == row.pk
        as_user("coordinator").get(path(row))
        assert AuditEvent.objects.filter(action="refused", case_number=shared_case.number).exists()


class TestHow:
    @pytest.mark.parametrize(("name", "content", "kept"), HONEST, ids=range(len(HONEST)))
    def test_every_kind_is_to_save_and_never_to_run(self, case, as_user, attach, name, content, kept):
        row = attach(case, content=content, name=name)
        answer = as_user("officer").get(path(row))
        assert answer.status_code == 200 and answer["Content-Type"] == row.media_type
        assert answer["Content-Disposition"].startswith("attachment; filename")
        assert answer["X-Content-Type-Options"] == "nosniff" and answer["Cache-Control"] == "no-store"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert not answer.has_header("Content-Security-Policy-Report-Only")
        if row.extension != "jpg":
            assert answer.content == content or row.extension in ("png", "txt")

    @pytest.mark.parametrize(
        ("title", "header"),
        [
            ('Plan "B"', 'attachment; filename="Plan B.txt"'),
            ("Plan\r\nX-Kwaad: 1", 'attachment; filename="Plan X-Kwaad 1.txt"'),
            ("Één café", "attachment; filename*=utf-8''%C3%89%C3%A9n%20caf%C3%A9.txt"),
            ("../../etc/passwd", 'attachment; filename="etc passwd.txt"'),
            ("a\u202etxt", 'attachment; filename="atxt.txt"'),
        ],
    )
    def test_a_name_stands_in_the_header_as_rfc_6266_says(self, case, as_user, attach, title, header):
        row, officer = attach(case), as_user("officer")
        sent = {"title": title, "kind": "post", "part": "verloop", "version": "1"}
        assert officer.post(f"/dossiers/{case.number}/bijlage/{row.pk}/", sent).status_code == 302
        assert officer.get(path(row))["Content-Disposition"] == header

    def test_nothing_leads_to_the_folder_itself(self, case, as_user, attach):
        row = attach(case)
        officer = as_user("officer")
        for begin in ("/media/", "/bestanden/", "/static/", "/"):
            assert officer.get(f"{begin}{row.file.name}").status_code == 404

    def test_a_damaged_one_says_so(self, case, as_user, attach):
        row = attach(case)
        type(row.file).objects.filter(pk=row.file_id).update(sha256="0" * 64)
        answer = as_user("officer").get(path(row))
        assert answer.status_code == 500 and "Dit bestand is beschadigd" in answer.content.decode()

    def test_a_form_cannot_change_what_it_is(self, case, as_user, attach):
        row = attach(case)
        other = keep(b"anders", "bijlagen")
        sent = {"title": "Brief", "kind": "post", "part": "verloop", "version": "1", "extension": "html",
                "file": other.pk, "scan": "besmet", "fingerprint": "x"}  # fmt: skip
        as_user("officer").post(f"/dossiers/{case.number}/bijlage/{row.pk}/", sent)
        after = Attachment.objects.get(pk=row.pk)
        assert (after.extension, after.file_id, after.scan, after.version) == ("txt", row.file_id, "niet", 2)
