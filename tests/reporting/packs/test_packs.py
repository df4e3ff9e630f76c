"""A pack for a Thuiszitterstop: what each reader gets, the job that makes it, and who may fetch it."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import pyzipper

from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow
from cases.sharing.emergency import open_in_emergency
from cases.stops import acts as stops
from reporting.dossiers.first_page import WIDTH
from reporting.packs import acts as packs
from reporting.packs import making as papers
from reporting.packs.models import Pack
from reporting.papers.models import Paper
from reporting.papers.variants import Variant
from reporting.pdf import render
from tests import world
from tests.cases.stops.test_stops import AMSTERDAM, a_stop
from tests.reporting.dossiers.test_pdf import words
from tests.reporting.packs.pack_work import NAMES, fetched, work
from tests.reporting.pdf_checker import faults
from thuiszitters.core.files import keeping as files
from thuiszitters.core.files.models import StoredFile
from thuiszitters.core.jobs import queue as jobs
from thuiszitters.core.jobs.models import Job
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.organisations import Membership


class TestWhatIsInIt:
    def test_cover_and_a_page_per_child_in_the_order_of_the_agenda(self, ordered, cases, as_user):
        pack = work(ordered())
        content = fetched(pack, as_user("officer")).content
        text = words(content)
        assert faults(content) == [] and pack.paper.pages == 4
        for word in (
            "1. Cijfers van de regio",
            "Wie biedt een plek?",
            "Klein beginnen hielp.",
            "Langer dan 6 weken thuis 3",
            "geen kind (Thuiszitterspact)",
            "Er is nog geen doorzettingsbesluit",
            "stapel P2026-00001-BCDF",
            "met namen",
            *NAMES,
            *(c.number for c in cases),
        ):
            assert word in text, word
        places = [text.rindex(name) for name in NAMES]
        assert places == sorted(places)
        assert all(case.pupil.reveal_pgn() not in text for case in cases)

    def test_the_cover_says_what_was_agreed_last_time_and_what_came_of_it(self, ordered, cases, lekstroom):
        pack = ordered()
        assert "vorige keer is afgesproken" not in papers.cover(pack, papers.children_of(pack))
        self.agreed_before(lekstroom, cases, done=3, still=1)
        shown = " ".join(papers.cover(pack, papers.children_of(pack)).split())
        assert "Op 2 november 2026, over kinderen in deze stapel: 4 afspraken. Gedaan 3, nog open 1." in shown
        assert f'width="{WIDTH * 0.75}"' in shown and 'aria-label="3 van 4 gedaan"' in shown
        assert faults(next(render.render_papers(iter([[papers.cover(pack, papers.children_of(pack))]])))) == []

    def test_on_the_cover_only_what_the_reader_may_read(self, ordered, cases, lekstroom):
        """Agreed was about the child that is shared with the samenwerkingsverband; then absence alone is shown."""
        self.agreed_before(lekstroom, cases, done=1, still=1)
        pack = ordered(Variant.PARTNER, partner=lekstroom.organisations["verband"])
        shown = papers.cover(pack, papers.children_of(pack))
        assert "2 afspraken" in shown and "1 van 2" in shown
        cases[1].involvements.update(parts=["verzuim"])
        shown = papers.cover(pack, papers.children_of(pack))
        assert "vorige keer is afgesproken" not in shown and "1 van 2" not in shown and "niet gedeeld" in shown

    def agreed_before(self, lekstroom, cases, done: int, still: int) -> None:
        before = a_stop(lekstroom, datetime(2026, 11, 2, 9, 0, tzinfo=AMSTERDAM), state="gehouden")
        for n, case in enumerate(cases, start=1):
            before.cases.create(case=case, position=n, added_by=lekstroom.officer)
        own = {"by": lekstroom.officer, "stop": before, "due_on": date(2026, 11, 9)}
        for n in range(done + still):
            on = date(2026, 11, 8) if n < done else None
            Task.objects.create(case=cases[1], title=f"afspraak {n}", done_on=on, **own)

    def test_without_names_nobody_is_in_it(self, ordered, cases, as_user):
        content = fetched(work(ordered(Variant.PSEUDONIEM)), as_user("officer")).content
        text = words(content)
        assert "Kind 1" in text and "Kind 3" in text and "sinds oktober 2026" in text and "Wie biedt een plek?" in text
        for word in ("Noor", "Sem", "Geelvink", "Roodborst", "TZ-", "Lindeboom", "5 mei 2013", "Officier"):
            assert word not in text, word
        assert "13 jaar" not in text and "46 dagen" not in text
        assert b"Geelvink" not in content

    def test_a_partner_reads_names_only_of_what_is_shared_with_it(self, ordered, lekstroom, as_user):
        pack = work(ordered(Variant.PARTNER, partner=lekstroom.organisations["verband"]))
        text = words(fetched(pack, as_user("officer")).content)
        assert "Sem Geelvink" in text and "Kind 1" in text and "Kind 3" in text and "Kind 2" not in text
        assert "Noor" not in text and "Roodborst" not in text

    def test_a_zip_with_the_dossiers_behind_a_password(self, ordered, cases, as_user):
        pack = ordered(Variant.VOLLEDIG, form=Pack.Form.ZIP, password="een lang geheim woord")
        assert "een lang geheim woord" not in pack.password_sealed
        response = fetched(work(pack), as_user("officer"))
        assert response["Content-Disposition"] == 'attachment; filename="stapel-P2026-00001-BCDF.zip"'
        with pyzipper.AESZipFile(io.BytesIO(response.content)) as archive:
            assert archive.namelist() == [
                "000-overzicht.pdf",
                *(f"{n:03}-{c.number}.pdf" for n, c in enumerate(cases, 1)),
            ]
            with pytest.raises(RuntimeError, match="password"):
                archive.read("000-overzicht.pdf")
            archive.setpassword(b"een lang geheim woord")
            assert all(i.flag_bits & 1 for i in archive.infolist())
            for name, child in zip(archive.namelist()[1:], NAMES, strict=True):
                pdf = archive.read(name)
                assert child in words(pdf) and faults(pdf) == []
        pack.refresh_from_db()
        assert pack.password_sealed == ""  # not kept longer than needed

    def test_numbers_only_is_numbers_only(self, ordered, as_user):
        text = words(fetched(work(ordered(Variant.AANTALLEN)), as_user("officer")).content)
        assert "Kind 2, aantallen" in text and "Thuis langer dan 6 weken" in text
        for word in ("Wie biedt een plek?", "Klein beginnen", "13 jaar", "Wat staat in de weg", "Cijfers van de regio"):
            assert word not in text, word

    def test_another_try_still_has_the_password(self, ordered, monkeypatch, as_user):
        pack = ordered(Variant.VOLLEDIG, form=Pack.Form.ZIP, password="een lang geheim woord")
        seconds = render.SECONDS
        monkeypatch.setattr(render, "SECONDS", 0.001)
        for _ in range(3):
            work(pack)
        monkeypatch.setattr(render, "SECONDS", seconds)
        packs.try_again(pack)
        content = fetched(work(pack), as_user("officer")).content
        with pyzipper.AESZipFile(io.BytesIO(content)) as archive, pytest.raises(RuntimeError, match="password"):
            archive.read("000-overzicht.pdf")

    def test_an_emergency_gives_nothing(self, stop, cases, lekstroom):
        """Somebody with a small share who looks in an emergency takes no more along than the share."""
        case, coordinator = cases[1], lekstroom.coordinator
        case.involvements.update(parts=["verzuim"])
        Membership.objects.create(
            user=coordinator,
            organisation=lekstroom.organisations["zwolle"],
            role="leerplichtambtenaar",
            valid_from=world.START,
        )
        open_in_emergency(case, by=coordinator, reason="Het kind is in acuut gevaar, nu kijken")
        mine = a_stop(lekstroom, organisation=lekstroom.organisations["verband"], by=coordinator)
        stops.add_cases(mine, [case], by=coordinator)
        pack = packs.ask(mine, level=Variant.VOLLEDIG, recipient="x", purpose="x", by=coordinator)
        child = papers.children_of(pack)[0]
        assert not papers.sight_in(pack, child, coordinator).course

    def test_the_names_of_files_name_nobody(self, ordered, as_user):
        response = fetched(work(ordered(Variant.PSEUDONIEM, form=Pack.Form.ZIP)), as_user("officer"))
        with pyzipper.AESZipFile(io.BytesIO(response.content)) as archive:
            assert archive.namelist() == ["000-overzicht.pdf", "001-kind-1.pdf", "002-kind-2.pdf", "003-kind-3.pdf"]
            assert archive.read("001-kind-1.pdf").startswith(b"%PDF")


class TestTheJob:
    def test_makes_one_file_however_often_it_runs(self, ordered):
        pack = work(ordered())
        first = pack.file
        Job.objects.update(state="wacht")
        assert work(pack).file == first and StoredFile.objects.count() == 1

    def test_a_second_copy_that_ran_at_the_same_time_leaves_no_trace(self, ordered, monkeypatch):
        pack = ordered()
        kept = packs._keep

        def twice(*args):
            kept(*args)
            kept(*args)

        monkeypatch.setattr(packs, "_keep", twice)
        work(pack)
        assert StoredFile.objects.count() == 1
        assert files.check_files() == {"bestanden": 1, "beschadigd": 0, "los": 0, "opgeruimd": 0}

    def test_of_a_killed_worker_is_done_by_the_next(self, ordered):
        pack = ordered()
        Job.objects.update(state="bezig", tries=1, leased_until=datetime(2026, 11, 20, 8, 59, tzinfo=ZoneInfo("UTC")))
        assert jobs.work_jobs() == 1
        pack.refresh_from_db()
        assert pack.state == "klaar"

    def test_broken_off_it_stops_and_keeps_nothing(self, ordered, monkeypatch):
        pack = ordered()
        progress = packs._progress

        def cancelled(row, done):
            packs.cancel(pack)
            progress(row, done)

        monkeypatch.setattr(packs, "_progress", cancelled)
        assert work(pack).state == "afgebroken"
        assert not StoredFile.objects.exists() and not Paper.objects.get().is_made

    def test_failed_three_times_it_says_why_and_can_be_tried_again(self, ordered, monkeypatch, as_user):
        pack = ordered()
        seconds = render.SECONDS
        monkeypatch.setattr(render, "SECONDS", 0.001)
        for _ in range(3):
            work(pack)
        officer, page = as_user("officer"), f"/thuiszitterstop/{pack.stop_id}/stapels/"
        assert pack.state == "mislukt" and "duurde te lang" in officer.get(page).content.decode()
        monkeypatch.setattr(render, "SECONDS", seconds)
        officer.post(f"{page}{pack.pk}/opnieuw/")
        assert work(pack).state == "klaar"

    @pytest.mark.parametrize("lose", ["role", "dossier"])
    def test_works_with_the_rights_of_when_it_runs(self, ordered, cases, lekstroom, lose):
        """AZ-06: asked, lost, then made: refused, and it stands in the log."""
        pack = ordered()
        if lose == "role":
            Membership.objects.filter(user=lekstroom.officer).update(valid_until=date(2026, 11, 19))
        else:
            Case.objects.filter(pk=cases[0].pk).update(municipality="0193")
        assert work(pack).state == "mislukt" and "niet meer meenemen" in pack.problem
        assert not StoredFile.objects.exists()
        assert AuditEvent.objects.filter(action="pack_made").latest("pk").result == "geweigerd"
        with pytest.raises(NotNow):
            packs.try_again(pack)

    def test_rights_that_change_while_it_is_made_give_no_half_pack(self, ordered, cases, lekstroom, monkeypatch):
        pack = ordered(Variant.PARTNER, partner=lekstroom.organisations["verband"])
        zipped = papers.pages_of

        def meanwhile(*args):
            yield from zipped(*args)
            cases[1].involvements.update(parts=["verzuim"])

        monkeypatch.setattr(papers, "pages_of", meanwhile)
        assert work(pack).state == "mislukt" and "Terwijl deze stapel werd gemaakt" in pack.problem
        assert not StoredFile.objects.exists() and not pack.can_be_tried_again


def test_a_lease_is_renewed_while_the_work_goes_on(monkeypatch, transactional_db):
    """F-16: work that takes longer than the lease is never started twice."""
    monkeypatch.setattr(jobs, "RENEW_EVERY", 0.05)
    monkeypatch.setattr(jobs, "LEASE", timedelta(seconds=0.4))
    taken = []

    def slow(subject):
        import time

        time.sleep(0.8)
        taken.append(jobs.work_jobs())

    monkeypatch.setitem(jobs.HANDLERS, "langzaam", slow)
    job = jobs.enqueue("langzaam", 1)
    assert jobs.work_job(job.pk) and taken == [0]
