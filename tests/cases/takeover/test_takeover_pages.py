"""The pages of a take-over: choose, look, agree; what shows of it in the dossier, on paper and in the search."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from cases.dossier.models import Case
from cases.takeover import uploads
from cases.takeover.layout import SHEETS
from cases.takeover.models import TakenOver, TakeOverFile
from cases.worklist.waiting import waiting_for
from leerplicht.models import Pupil
from tests import world
from tests.cases.takeover.takeover_file import SYSTEM, TODAY, csv_of, everything, read, row, workbook
from thuiszitters.core.jobs.models import Job
from thuiszitters.core.jobs.queue import work_jobs
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.organisations import Membership

pytestmark = pytest.mark.django_db
PATH = "/dossiers/overnemen/"


def text(response) -> str:
    return " ".join(response.content.decode().split())


def send(client, body: bytes, name="oud.xlsx", source=SYSTEM):
    return client.post(PATH, {"source": source, "file": SimpleUploadedFile(name, body)}, follow=True)


@pytest.fixture
def client(lekstroom, friday, as_user):
    return as_user("leader")


def saved() -> tuple[int, int, int]:
    return Pupil.objects.count(), Case.objects.count(), TakenOver.objects.count()


class TestUpload:
    def test_nothing_is_saved_before_the_user_agrees(self, client):
        sheets = everything()
        sheets["kinderen"].append(row("kinderen", sleutel="K2", geboortedatum="onbekend"))
        shown = text(send(client, workbook(**sheets)))
        assert "Wilt u dit overnemen?" in shown and "Is geen bestaande datum" in shown
        assert "Berg" not in shown and "durft niet" not in shown and "Oud Systeem" in shown
        assert saved() == (0, 0, 0)
        path = f"{PATH}{TakeOverFile.objects.get().pk}/"
        assert "Het bestand is overgenomen" in text(client.post(path, {"wel": "1"}, follow=True))
        assert saved() == (1, 1, 8)
        assert "al beslist" in text(client.post(path, {"wel": "1"}, follow=True))
        assert saved() == (1, 1, 8)

    def test_the_content_is_encrypted_while_it_waits_and_wiped_after_either_answer(self, client):
        for answer, state in (("wel", "klaar"), ("niet", "vervallen")):
            body = csv_of("kinderen", row("kinderen"))
            send(client, body)
            file = TakeOverFile.objects.latest("pk")
            assert b"Berg" not in bytes(file.content) and file.open_content() == body
            client.post(f"{PATH}{file.pk}/", {answer: "1"})
            file.refresh_from_db()
            assert (file.state, file.content, file.samples) == (state, None, [])
        assert saved() == (1, 0, 1)

    def test_the_same_file_again_is_known(self, client):
        read(workbook(**everything()))
        assert "Alles in dit bestand is al overgenomen" in text(send(client, workbook(**everything())))

    @pytest.mark.parametrize("body", [b"", b"a;b\n1;2\n", b"%PDF-1.7\n\x00", b"PK\x03\x04" + b"\0" * 300])
    def test_a_wrong_file_gets_a_sentence(self, client, body):
        shown = text(send(client, body))
        file = TakeOverFile.objects.get()
        assert (file.state, file.content) == ("mislukt", None) and file.problem in shown
        assert "Er is niets bewaard" in shown

    def test_what_is_typed_is_kept_when_something_is_missing(self, client):
        response = client.post(PATH, {"source": "Carel & Co"})
        assert (
            response.status_code == 422 and "Carel &amp; Co" in text(response) and "Kies een bestand" in text(response)
        )
        response = client.post(PATH, {"source": "", "file": SimpleUploadedFile("x.csv", b"x")})
        assert response.status_code == 422 and not TakeOverFile.objects.exists()

    def test_a_large_file_goes_by_job_and_can_be_taken_up_again(self, client):
        body = csv_of(
            "kinderen", row("kinderen"), *(row("kinderen", sleutel=f"K{n}", adres="x" * 190) for n in range(2, 350))
        )
        assert len(body) > uploads.SMALL
        assert "Dit bestand is groot" in text(send(client, body))
        work_jobs()
        file = TakeOverFile.objects.get()
        assert file.state == "voorbeeld" and file.counts == {"kinderen": {"nieuw": 1, "bekend": 348}}
        client.post(f"{PATH}{file.pk}/", {"wel": "1"})
        work_jobs()
        Job.objects.update(state="wacht")
        work_jobs()
        file.refresh_from_db()
        assert (file.state, Pupil.objects.count()) == ("klaar", 1)

    def test_a_role_that_ended_takes_nothing_over(self, client, lekstroom):
        send(client, workbook(**everything()))
        file = TakeOverFile.objects.get()
        assert uploads._end(file, "voorbeeld", "inlezen")
        Membership.objects.filter(user=lekstroom.leader).update(valid_until="2026-11-19")
        uploads.read_accepted(file.pk)
        file.refresh_from_db()
        assert (file.state, file.content, saved()) == ("mislukt", None, (0, 0, 0))
        assert AuditEvent.objects.get(action="taken_over").result == "geweigerd"

    def test_only_for_the_gemeenten_of_the_bureau(self, client):
        shown = text(send(client, workbook(kinderen=[row("kinderen", gemeentecode="0193")])))
        assert "Uw organisatie werkt niet voor gemeente 0193" in shown
        assert "kan nu niets worden overgenomen" in shown and 'name="wel"' not in shown

    @pytest.mark.parametrize("who", ["officer", "coordinator", "teacher", "admin", "controller", "boa"])
    def test_it_is_for_the_team_leader(self, lekstroom, as_user, who):
        assert as_user(who).get(PATH).status_code == 403

    def test_the_list_of_what_did_not_come_in_names_nobody(self, client):
        sheets = everything()
        sheets["kinderen"] += [row("kinderen", sleutel="K2", achternaam="Geheim", geboortedatum="Geheim")]
        send(client, workbook(**sheets))
        file = TakeOverFile.objects.get()
        TakeOverFile.objects.update(refused=[*file.refused, {**file.refused[0], "blad": "=1+1"}])
        response = client.get(f"{PATH}{file.pk}/niet-overgenomen.csv")
        rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
        assert rows[0] == {
            "blad": "kinderen",
            "regel": "3",
            "veld": "geboortedatum",
            "soort": "afgekeurd",
            "reden": "is geen bestaande datum; schrijf 05-10-2026 of 2026-10-05",
        }
        assert rows[1]["blad"] == "'=1+1"
        assert "Geheim" not in response.content.decode()

    def test_many_refused_lines_are_shown_in_part_and_say_so(self, client):
        send(client, csv_of("kinderen", *(row("kinderen", sleutel=f"K{n}", geboortedatum="x") for n in range(130))))
        shown = text(client.get(f"{PATH}{TakeOverFile.objects.get().pk}/"))
        assert "Er zijn er nog 30: download de lijst" in shown and shown.count("Is geen bestaande datum") == 100


class TestInTheDossier:
    @pytest.fixture
    def taken(self, lekstroom, friday) -> Case:
        read(workbook(**everything()))
        return Case.objects.get()

    def test_the_page_says_where_it_came_from(self, taken, as_user):
        shown = text(as_user("officer").get(f"/dossiers/{taken.number}/"))
        assert "overgenomen uit Oud Systeem, daar 2026-0042" in shown
        assert shown.split('id="verloop"')[1].count("J. de Wit, overgenomen uit Oud Systeem") == 2
        assert "overschreden" in shown

    def test_nobody_edits_what_was_written_there(self, taken, as_user):
        shown = text(as_user("officer").get(f"/dossiers/{taken.number}/"))
        assert "/notitie/" in shown
        note, contact = taken.notes.get(), taken.contacts.get()
        for path in (f"notitie/{note.pk}/", f"contact/{contact.pk}/"):
            assert f"/dossiers/{taken.number}/{path}" not in shown
            assert as_user("officer").get(f"/dossiers/{taken.number}/{path}").status_code in (403, 404)

    def test_a_partner_sees_that_it_came_from_elsewhere_and_not_the_number_there(self, taken, lekstroom, as_user):
        world.involve(taken, lekstroom.organisations["verband"])
        shown = text(as_user("coordinator").get(f"/dossiers/{taken.number}/"))
        assert "overgenomen uit Oud Systeem" in shown and "2026-0042" not in shown
        assert "durft niet meer" not in shown

    def test_the_number_of_then_finds_it_for_the_own_side(self, taken, lekstroom, as_user):
        world.involve(taken, lekstroom.organisations["verband"])
        for who, found in (("officer", True), ("coordinator", False), ("stranger", False)):
            assert (taken.number in text(as_user(who).post("/zoeken/", {"q": "2026-0042"}))) == found, who

    def test_what_waits_is_no_storm(self, taken, lekstroom):
        waits = {w.code for w in waiting_for(lekstroom.officer, TODAY)}
        assert "nieuw" not in waits and "overschreden" in waits

    def test_safety_is_read_by_the_handler_and_not_by_a_command(self, lekstroom, friday, as_user):
        sheets = everything() | {"notities": [row("notities", waarover="veiligheid")]}
        read(workbook(**sheets))
        case = Case.objects.get()
        assert "rustige plek" in text(as_user("officer").get(f"/dossiers/{case.number}/"))
        assert "rustige plek" not in text(as_user("leader").get(f"/dossiers/{case.number}/"))


class TestCommand:
    def run(self, tmp_path, *bodies, **options) -> tuple[str, str]:
        paths = []
        for n, body in enumerate(bodies):
            paths.append(tmp_path / f"{n}.csv")
            paths[-1].write_bytes(body)
        out, err = io.StringIO(), io.StringIO()
        call_command("import_dossiers", *map(str, paths), **{"source": SYSTEM} | options, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    def test_one_line_of_counts(self, lekstroom, friday, tmp_path):
        assert self.run(tmp_path, workbook(**everything())) == (
            "8 nieuw, 0 bekend, 0 ongewijzigd, 0 anders, 0 afgekeurd\n",
            "",
        )
        assert self.run(tmp_path, workbook(**everything()))[0].startswith("0 nieuw, 0 bekend, 8 ongewijzigd")

    def test_several_files_at_once_in_any_order(self, lekstroom, friday, tmp_path):
        bodies = [csv_of(kind, *rows) for kind, rows in reversed(everything().items())]
        assert self.run(tmp_path, *bodies)[0].startswith("8 nieuw")

    def test_each_refused_line_has_a_row(self, lekstroom, friday, tmp_path):
        sheets = everything() | {"notities": [row("notities", tekst="")]}
        assert self.run(tmp_path, workbook(**sheets))[1] == "blad notities, regel 2: tekst: is leeg (afgekeurd)\n"

    def test_only_looking(self, lekstroom, friday, tmp_path):
        out, _ = self.run(tmp_path, workbook(**everything()), dry_run=True)
        assert "8 nieuw" in out and "niets bewaard" in out and saved() == (0, 0, 0)

    @pytest.mark.parametrize(
        ("body", "sentence"),
        [
            (csv_of("kinderen", row("kinderen", geboortedatum="x")), "Geen enkele regel"),
            (csv_of("kinderen"), "geen regel gevonden"),
            (b"rommel", "puntkomma"),
        ],
    )
    def test_it_fails_when_it_did_nothing(self, lekstroom, friday, tmp_path, body, sentence):
        with pytest.raises(CommandError, match=sentence):
            self.run(tmp_path, body)
        assert saved() == (0, 0, 0)

    def test_a_file_that_is_not_there_and_a_system_without_a_name(self, lekstroom, tmp_path):
        with pytest.raises(CommandError, match="niet te openen"):
            call_command("import_dossiers", str(tmp_path / "weg.csv"), source="x")
        with pytest.raises(CommandError, match="1 tot 60 tekens"):
            self.run(tmp_path, b"x", source=" ")

    def test_of_several_files_one_that_cannot_be_read_stops_all(self, lekstroom, friday, tmp_path):
        with pytest.raises(CommandError, match=r"1\.csv"):
            self.run(tmp_path, workbook(**everything()), b"rommel")
        assert saved() == (0, 0, 0)


def test_the_layout_in_the_readme_is_that_of_the_code(settings):
    readme = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
    for kind, columns in SHEETS.items():
        told = ", ".join(f"**{c.name}**" if c.needed else c.name for c in columns)
        assert f"| `{kind.value}` | {told} |" in readme, kind
