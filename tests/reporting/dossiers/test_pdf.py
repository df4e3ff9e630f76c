"""The dossier as a paper: what it says, how it is built, and that nothing is fetched for it."""

import io
import re
import socket
import sys
import threading
from datetime import date

import pikepdf
import pypdf
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from cases.dossier.models import Case, Task
from cases.work.models import Contact, Note
from leerplicht.models import Guardian
from reporting.dossiers.making import Order, dossier_pdf
from reporting.pdf import render
from tests import world
from tests.reporting.pdf_checker import elements, faults
from thuiszitters.core.log.models import AuditEvent

pytestmark = pytest.mark.once


@pytest.fixture
def case(lekstroom, friday) -> Case:
    child = world.pupil(first_names="Noor", last_name="Bakker")
    case = world.open_case(child, lekstroom.schools["99AA00"])
    own = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
    mother = Guardian.objects.create(pupil=child, name="Fatima Bakker", relation="moeder", gezag="ja")
    Contact.objects.create(
        on=date(2026, 11, 10), who="ouder", guardian=mother, channel="gesprek", own_words="Zij durft niet.", **own
    )
    Note.objects.create(text="Plan gemaakt met școală en Łódź", **own)
    Task.objects.create(case=case, title="Bel de school", due_on=date(2026, 12, 1), by=lekstroom.officer)
    return case


def made(case, by, **order) -> bytes:
    return dossier_pdf(case, Order(purpose="test", **order), by=by)[1]


def words(paper: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages).split())


@pytest.fixture
def ask(case, lekstroom):
    def get(who="officer", voor="volledig", **fields):
        client = Client()
        client.force_login(lekstroom.users[who])
        return world.take_along(client, case, voor, **fields)

    return get


class TestWhatItSays:
    def test_from_the_page_with_number_clock_steps_contacts_and_pages(self, case, ask):
        response = ask()
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == f'attachment; filename="dossier-{case.number}.pdf"'
        said = words(response.content)
        for text in (
            case.number,
            "Noor Bakker",
            "46 dagen thuis, sinds 5 oktober 2026",
            "4 lesweken",
            "overschreden",
            "Bel de school",
            "Spreek met de ouders en met het kind",
            "Fatima Bakker",
            "Zij durft niet.",
            "Plan gemaakt",
            "alle lessen gemist",
            "bladzijde 1 van",
            "door M. Officier",
        ):
            assert text in said, text

    def test_no_bsn_not_even_masked(self, case, ask):
        content = ask().content
        assert case.pupil.reveal_pgn() not in words(content) and f"••{case.pupil.pgn_end}" not in words(content)
        assert case.pupil.reveal_pgn().encode() not in content

    def test_the_partner_gets_the_paper_without_what_is_not_shared(self, case, ask, lekstroom):
        world.involve(case, lekstroom.organisations["verband"])
        said = words(ask("coordinator").content)
        assert "Noor Bakker" in said and "Zij durft niet" not in said and "Plan gemaakt" not in said
        assert "De inhoud is niet met u gedeeld" in said

    def test_by_command_it_says_what_the_gemeente_reads_and_stands_in_the_log(self, case, tmp_path, capsys):
        file = tmp_path / "dossier.pdf"
        call_command("export_dossier", case.number, str(file))
        assert "Zij durft niet." in words(file.read_bytes()) and "1 dossier geschreven" in capsys.readouterr().out
        event = AuditEvent.objects.get(action="dossier_printed")
        assert (event.user_id, event.pupil_ids, event.case_number) == (None, [case.pupil_id], case.number)

    def test_a_dossier_that_does_not_exist_is_an_error(self, case, tmp_path):
        with pytest.raises(CommandError, match="bestaat niet"):
            call_command("export_dossier", "TZ-0356-2026-9999", str(tmp_path / "x.pdf"))
        with pytest.raises(CommandError, match="niet gemaakt"):
            call_command("export_dossier", case.number, str(tmp_path / "nowhere" / "x.pdf"))


class TestHowItIsBuilt:
    @pytest.fixture
    def pdf(self, case, lekstroom):
        with pikepdf.open(io.BytesIO(made(case, lekstroom.officer))) as pdf:
            yield pdf

    def test_as_an_accessible_archive_copy(self, case, lekstroom):
        assert faults(made(case, lekstroom.officer)) == []

    def test_headings_tables_and_the_drawings_are_marked(self, pdf):
        kinds = [str(node.S) for node in elements(pdf.Root.StructTreeRoot)]
        assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD", "/P", "/Figure"} <= set(kinds)
        assert kinds.count("/Figure") == 2

    def test_a_long_dossier_counts_its_pages(self, case, lekstroom):
        own = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
        Note.objects.bulk_create(Note(text="Een lange regel. " * 60, **own) for _ in range(40))
        paper = made(case, lekstroom.officer)
        pages = len(pypdf.PdfReader(io.BytesIO(paper)).pages)
        assert pages > 4 and f"bladzijde {pages} van {pages}" in words(paper)


class Listener:
    """A port on this machine that counts who knocks."""

    def __init__(self):
        self.socket, self.knocks = socket.create_server(("127.0.0.1", 0)), 0
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.knocks += 1
            connection.close()


@pytest.fixture
def listener():
    listener = Listener()
    yield listener
    listener.socket.close()


HOSTILE = (
    "<img src=http://127.0.0.1:{port}/x>",
    "<style>@import url(http://127.0.0.1:{port}/y)</style>",
    "<link rel=attachment href=file:///etc/passwd>",
    "<link rel=stylesheet href=http://127.0.0.1:{port}/z>",
    '"><svg><image href="http://127.0.0.1:{port}/s"/></svg>',
    "url(http://127.0.0.1:{port}/u)",
    "<object data=file:///etc/passwd></object>",
    "{{{{ settings.SECRET_KEY }}}}",
    "red;background:url(http://127.0.0.1:{port}/b)",
    '"><p style="background:url(http://127.0.0.1:{port}/p)">x</p>',
    "<style>@font-face{{font-family:x;src:url(http://127.0.0.1:{port}/f)}} *{{font-family:x}}</style>",
    '<embed src="http://127.0.0.1:{port}/e"><a href="http://127.0.0.1:{port}/a">x</a>',
)


class TestNothingIsFetched:
    @pytest.mark.parametrize("hostile", HOSTILE)
    def test_for_what_people_wrote(self, case, lekstroom, listener, hostile):
        text = hostile.format(port=listener.port)
        type(case.pupil).objects.filter(pk=case.pupil_id).update(last_name=text)
        Note.objects.update(text=text)
        Contact.objects.update(own_words=text, agreed=text, name=text)
        Guardian.objects.update(name=text)
        Task.objects.update(title=text)
        paper = made(Case.objects.get(), lekstroom.officer)
        self.assert_clean(paper, listener)
        assert text.replace(" ", "")[:12] in words(paper).replace(" ", "")

    @pytest.mark.parametrize("markup", [*HOSTILE[:5], HOSTILE[9], HOSTILE[10]])
    def test_nor_for_markup_that_would_slip_through(self, listener, markup):
        html = f"<!DOCTYPE html><html lang=nl><title>t</title><body><p>Tekst</p>{markup}</body></html>"
        self.assert_clean(render.render_pdf(html.format(port=listener.port)), listener)

    def assert_clean(self, paper, listener):
        assert listener.knocks == 0
        with pikepdf.open(io.BytesIO(paper)) as pdf:
            assert len(pdf.attachments) == 0
        assert b"root:" not in paper and "root:x" not in words(paper)


class TestWhenItGoesWrong:
    def test_too_long_gives_a_sentence_on_the_page_and_the_child_is_gone(self, case, ask, monkeypatch):
        monkeypatch.setattr(render, "SECONDS", 0.001)
        response = ask()
        assert response["Location"] == f"/dossiers/{case.number}/"
        child = render._Child()
        with pytest.raises(render.RenderFailed, match="duurde te lang"):
            child.render(["<p>x</p>"], 0.001)
        child.end()
        assert child.process.returncode == -9

    def test_many_parts_that_take_too_long_together_give_that_sentence_as_well(self, monkeypatch):
        monkeypatch.setattr(render, "IN_A_REQUEST", 0.5)
        with pytest.raises(render.RenderFailed, match="duurde te lang"):
            render.render_joined(f"<p>{n}</p>" for n in range(10_000))

    def test_the_proxy_waits_longer_than_that(self):
        proxy = re.search(r"response_header_timeout (\d+)s", (settings.BASE_DIR / "deploy/Caddyfile").read_text())
        assert int(proxy[1]) > render.IN_A_REQUEST + 5

    def test_too_much_memory_ends_the_child_and_says_so(self, monkeypatch):
        """IN-05, with a limit that a small paper reaches."""
        limited = "from reporting.pdf import child; child.MEMORY_BYTES = 350 * 2**20; child.main()"
        monkeypatch.setattr(render, "COMMAND", [sys.executable, "-c", limited])
        child = render._Child()
        try:
            assert child.render(["<p>x</p>"], 60).startswith(b"%PDF")
            with pytest.raises(render.RenderFailed, match="kon niet worden gemaakt"):
                child.render([f"<p>{'x' * 150_000_000}</p>"], 60)
        finally:
            child.end()

    def test_no_row_in_the_log_no_paper(self, case, ask, monkeypatch):
        def broken(*args, **kwargs):
            raise RuntimeError("vol")

        monkeypatch.setattr(AuditEvent, "save", broken)
        with pytest.raises(RuntimeError):
            ask()
