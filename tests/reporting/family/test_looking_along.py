"""What a parent and a child see that look along, and nothing else."""

from datetime import UTC, date, datetime

import pytest

from cases.documents.models import Document
from cases.dossier.models import Task
from cases.meetings.models import Outsider
from cases.offers.models import Offer
from cases.talks.acts import plan
from cases.talks.models import Talk
from cases.work.models import Contact
from leerplicht.models import Guardian
from tests import world
from tests.cases.test_query_counts import queries
from tests.house.crawl import Crawl
from tests.reporting.family.family_pages import FOR_OTHERS, everything, held
from thuiszitters.core.files import keeping
from thuiszitters.core.log.models import AuditEvent

pytestmark = pytest.mark.django_db


class TestWhatAParentSees:
    def test_nothing_that_was_written_for_others(self, noor, fatima, along):
        shown = everything(along(noor, fatima))
        assert "Wij zoeken een plek voor Noor" in shown
        for word in FOR_OTHERS:
            assert word not in shown, word

    def test_no_click_leads_out_of_it_or_to_a_word_for_others(self, noor, fatima, along):
        walk = Crawl(along(noor, fatima))
        walk._follow("/meekijken/dossier/")
        assert len(walk.seen) >= 5 and all(path.startswith("/meekijken/") for path in walk.seen), sorted(walk.seen)
        assert [word for word in FOR_OTHERS if any(word in text for text in walk.seen.values())] == []

    def test_it_costs_as_much_with_many(self, noor, fatima, along, lekstroom):
        client, address = along(noor, fatima), "/meekijken/dossier/"
        meeting = held(noor, lekstroom, {"role": "ouder", "guardian": fatima})
        client.get(address)
        few = queries(client, address)
        for n in range(6):
            Task.objects.create(case=noor, title=f"T{n}", due_on="2026-12-02", by=lekstroom.officer, meeting=meeting)
            held(
                noor, lekstroom, {"role": "ouder", "guardian": fatima}, starts_at=datetime(2026, 10, n + 1, tzinfo=UTC)
            )
        assert queries(client, address) == few

    def test_the_word_of_the_one_parent_is_not_for_the_other(self, noor, karel, along):
        assert "MOEDERWOORD" not in everything(along(noor, karel))

    def test_whom_to_call_and_what_happened(self, noor, fatima, along, lekstroom):
        noor.handler = lekstroom.officer
        noor.save()
        lekstroom.officer.phone = "030 5550 101"
        lekstroom.officer.save()
        shown = along(noor, fatima).get("/meekijken/dossier/").content.decode()
        for words in ("Mila Officier", "030 5550 101", "School heeft gemeld", "Gesproken met u", "Gesproken met Noor"):
            assert words in shown, words
        assert shown.count("Gesproken met u") == 2 and "10 november" not in shown, "not when the other parent was"

    def test_a_planned_step_is_a_day_and_never_its_text(self, noor, fatima, along):
        Task.objects.exclude(title="TAAKWOORD").update(done_on=date(2026, 11, 20))
        shown = along(noor, fatima).get("/meekijken/dossier/").content.decode()
        assert "De gemeente of school doet de volgende stap" in shown and "uiterlijk 1 december 2026" in shown
        assert "Plek gevraagd bij De Haven" in shown

    @pytest.mark.parametrize("invited", [True, False])
    def test_an_overleg_and_its_agreements_for_who_was_there(self, noor, fatima, along, lekstroom, invited):
        people = [{"role": "ouder", "guardian": fatima}] if invited else [{"role": "school", "name": "S"}]
        meeting = held(noor, lekstroom, *people, facts="FEITWOORD")
        Task.objects.create(
            case=noor, title="AFSPRAAKWOORD", due_on="2026-12-02", by=lekstroom.officer, meeting=meeting
        )
        shown = along(noor, fatima).get("/meekijken/dossier/").content.decode()
        assert ("AFSPRAAKWOORD" in shown) == invited == ("Overleg gehouden: MDO" in shown)
        assert "FEITWOORD" not in shown and "QVRAAG" not in shown

    def test_what_another_parent_does_is_of_that_parent(self, noor, fatima, karel, along, lekstroom):
        meeting = held(noor, lekstroom, {"role": "ouder", "guardian": fatima}, {"role": "ouder", "guardian": karel})
        for name in (fatima.name, karel.name, "T. Tolk"):
            task = Task.objects.create(
                case=noor, title=f"Nagaan: ({name})", due_on="2026-12-02", by=lekstroom.officer, meeting=meeting
            )
            guardian = {g.name: g for g in (fatima, karel)}.get(name)
            Outsider.objects.create(task=task, what=f"BELT{name[0]}", name=name, guardian=guardian)
        shown = everything(along(noor, fatima))
        assert "BELTK" not in shown and "Roodborst" not in shown
        assert "u, uiterlijk 2 december 2026" in shown and "T. Tolk, uiterlijk 2 december 2026" in shown

    @pytest.mark.parametrize("both", [True, False])
    def test_where_a_talk_is_only_when_it_is_with_this_parent_alone(self, noor, fatima, karel, along, lekstroom, both):
        talk = Talk(case=noor, starts_at=datetime(2026, 12, 3, 9, 0, tzinfo=UTC), place="Dorpsstraat 4")
        talk.organisation = lekstroom.organisations["nieuwegein"]
        plan(talk, [fatima, karel] if both else [fatima], by=lekstroom.officer)
        shown = along(noor, fatima).get("/meekijken/dossier/").content.decode()
        assert "donderdag 3 december om 10.00 uur" in shown and ("Dorpsstraat" in shown) != both

    def test_what_was_agreed_with_this_parent(self, noor, fatima, karel, along, lekstroom):
        own = {"case": noor, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
        for guardian, text in ((fatima, "METMOEDER"), (karel, "METVADER")):
            Contact.objects.create(
                on="2026-11-17", who="ouder", guardian=guardian, channel="telefoon", agreed=text, shared=True, **own
            )
        shown = everything(along(noor, fatima))
        assert "METMOEDER" in shown and "METVADER" not in shown

    def test_a_place_that_was_found(self, noor, fatima, along):
        Offer.objects.update(state="aangekondigd", start_on=date(2026, 12, 1))
        shown = along(noor, fatima).get("/meekijken/dossier/").content.decode()
        assert "Eerste dag bij De Haven" in shown and "als het lukt op 1 december 2026" in shown

    def test_a_closed_dossier_says_so_and_takes_nothing(self, noor, fatima, along):
        client = along(noor, fatima)
        type(noor).objects.filter(pk=noor.pk).update(state="afgesloten", closed_on="2026-11-20", result="TERUG_EIGEN")
        shown = client.get("/meekijken/dossier/").content.decode()
        assert "Het dossier van Noor is afgesloten" in shown and "Mijn mening geven" not in shown
        assert client.get("/meekijken/mening/plan/").status_code == 404


class TestLetters:
    @pytest.fixture
    def letter(self, noor, lekstroom):
        def make(*guardians: Guardian, sent_on="2026-11-19", **fields) -> Document:
            files = {name: keeping.keep(world.pdf(), "brieven") for name in ("docx", "pdf")}
            own = {"by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
            values = {"kind": "gesprek", "title": "Uitnodiging", "recipient": "x", "number": "B-1"} | fields
            row = Document.objects.create(
                case=noor, sent_on=sent_on, channel="post" if sent_on else "", **files, **own, **values
            )
            row.guardians.set(guardians)
            return row

        return make

    def test_the_own_ones_that_were_sent(self, noor, fatima, karel, along, letter):
        mine, draft = letter(fatima), letter(fatima, sent_on=None, kind="onderzoek", recipient="y", title="CONCEPT")
        other = letter(karel, recipient="z", title="AANVADER")
        client = along(noor, fatima)
        shown = client.get("/meekijken/dossier/").content.decode()
        assert "Brief: Uitnodiging" in shown and "CONCEPT" not in shown and "AANVADER" not in shown
        found = {row.pk: client.get(f"/meekijken/brief/{row.pk}/").status_code for row in (mine, draft, other)}
        assert found == {mine.pk: 200, draft.pk: 404, other.pk: 404}
        assert AuditEvent.objects.filter(action="family_letter_fetched").count() == 1

    def test_the_file_opens_outside_our_pages(self, noor, fatima, along, letter):
        sent = along(noor, fatima).get(f"/meekijken/brief/{letter(fatima).pk}/")
        assert sent["Content-Disposition"].startswith("attachment") and "sandbox" in sent["Content-Security-Policy"]

    def test_a_child_gets_its_own_and_no_letter_to_its_parents(self, noor, fatima, along, letter):
        letter(fatima, title="AANMOEDER")
        letter(recipient="Noor", title="AANNOOR")
        shown = along(noor, None).get("/meekijken/dossier/").content.decode()
        assert "AANNOOR" in shown and "AANMOEDER" not in shown


class TestWhatAChildSees:
    def test_not_what_parents_or_others_said(self, noor, along):
        shown = everything(along(noor, None))
        for word in (*FOR_OTHERS, "MOEDERWOORD", "Fatima"):
            assert word not in shown, word

    def test_parents_do_not_hear_what_a_16_year_old_keeps_back(self, noor, fatima, along, lekstroom):
        noor.pupil.born = date(2010, 3, 1)
        noor.pupil.save()
        Contact.objects.exclude(kept_from_parents=True).filter(who="kind").delete()
        Contact.objects.filter(kept_from_parents=True).update(agreed="STILTE")
        assert "Gesproken met Noor" not in everything(along(noor, fatima))
        assert "STILTE" in everything(along(noor, None)), "its own word, to itself"
