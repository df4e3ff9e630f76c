"""What a parent and a child see that look along, and nothing else."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client

from cases.documents.models import Document
from cases.dossier.models import Task
from cases.dossier.rules import NotNow
from cases.family import acts, saying
from cases.family.models import LookAlong
from cases.goals.models import Goal, Opinion
from cases.meetings.models import Attendance, Meeting, Outsider
from cases.offers.models import Offer
from cases.sight.looks import look_at
from cases.sight.seats import sight_of
from cases.talks.acts import plan
from cases.talks.models import Talk
from cases.work.models import Contact
from leerplicht.models import Guardian
from reporting.family.looks import seen_by
from reporting.papers.variants import Variant, sight_for
from tests import world
from tests.cases.test_query_counts import queries
from tests.house.crawl import Crawl
from thuiszitters.core.files import keeping
from thuiszitters.core.files.models import StoredFile
from thuiszitters.core.log.audit import log_look
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.log.seals import seal_log

pytestmark = pytest.mark.django_db
PAGES = ("dossier", "inzage", "rechten", "document", "mening/plan")
# What stands in the dossier of `noor` and is written for others.
FOR_OTHERS = (
    "VADERWOORD", "BUURWOORD", "EIGENKANT", "GEHEIMWOORD", "ZIEKWOORD", "NOTITIEWOORD", "TAAKWOORD", "BUSWOORD",
    "SCHOOLWOORD", "Buurvrouw", "Roodborst", "Piet Winter", "Lindelaan", "06-1",
)  # fmt: skip


def everything(client) -> str:
    return "".join(client.get(f"/meekijken/{page}/").content.decode() for page in PAGES)


def held(case, lekstroom, *people: dict, **fields) -> Meeting:
    values = {"starts_at": datetime(2026, 11, 18, 13, 0, tzinfo=UTC), "place": "Stadhuis", "question": "QVRAAG"}
    own = {"by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
    row = Meeting.objects.create(case=case, kind="mdo", state="gehouden", ground="wettelijk", **own, **values | fields)
    for person in people:
        Attendance.objects.create(meeting=row, present="ja", **person)
    return row


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
            Outsider.objects.create(task=task, what=f"BELT{name[0]}", name=name)
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


class TestSaying:
    def goal(self, noor, lekstroom) -> Goal:
        own = {"by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
        return Goal.objects.create(case=noor, text="Elke ochtend", who="mentor", review_on="2026-12-04", **own)

    def test_a_view_on_a_goal_is_read_by_the_handler(self, noor, fatima, along, lekstroom, as_user):
        row, client = self.goal(noor, lekstroom), along(noor, fatima)
        said = {"says": "oneens", "why": "Het gaat te vlug."}
        assert client.post(f"/meekijken/mening/doel-{row.pk}/", said).status_code == 302
        opinion = Opinion.objects.get()
        assert (opinion.goal, opinion.guardian, opinion.by, opinion.says) == (row, fatima, None, "oneens")
        task = noor.tasks.get(title="Lezen wat ouders of kind schreven of stuurden")
        assert task.due_on == date(2026, 11, 25) and "Fatima" not in task.title
        page = as_user("officer").get(f"/dossiers/{noor.number}/?alles=1").content.decode()
        assert "Het gaat te vlug." in page and "Fatima Geelvink (moeder), op de eigen pagina" in page
        assert "niet eens, “Het gaat te vlug.”" in client.get("/meekijken/dossier/").content.decode()

    def test_one_step_to_read_for_all_that_was_said(self, noor, fatima, along, lekstroom):
        client = along(noor, fatima)
        for why in ("Eerst.", "Toch anders."):
            client.post("/meekijken/mening/plan/", {"says": "deels", "why": why})
        assert Opinion.objects.count() == 2
        assert noor.tasks.filter(title__startswith="Lezen wat", done_on=None).count() == 1

    def test_a_second_click_says_it_once(self, noor, fatima, along):
        client = along(noor, fatima)
        said = {"says": "eens", "why": ""}
        assert [client.post("/meekijken/mening/plan/", said).status_code for _ in "ab"] == [302, 422]
        assert Opinion.objects.count() == 1

    def test_of_an_overleg_words_are_enough_of_a_goal_not(self, noor, fatima, along, lekstroom, as_user):
        row = self.goal(noor, lekstroom)
        meeting = held(noor, lekstroom, {"role": "ouder", "guardian": fatima})
        client = along(noor, fatima)
        assert client.post(f"/meekijken/mening/doel-{row.pk}/", {"why": "Hm."}).status_code == 422
        assert (
            client.post(f"/meekijken/mening/overleg-{meeting.pk}/", {"why": "Er werd niet geluisterd."}).status_code
            == 302
        )
        assert Opinion.objects.get().meeting == meeting
        page = as_user("officer").get(f"/dossiers/{noor.number}/overleg/{meeting.pk}/").content.decode()
        assert "Er werd niet geluisterd." in page
        plan = as_user("officer").get(f"/dossiers/{noor.number}/").content.decode().split('id="doelen-kop"')[1]
        assert "Er werd niet geluisterd." not in plan.split("</section>")[0], "not about the plan"

    def test_not_on_what_belongs_to_others(self, noor, fatima, along, lekstroom):
        other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        goal = self.goal(other, lekstroom)
        meeting = held(noor, lekstroom, {"role": "school", "name": "S"})
        client = along(noor, fatima)
        for key in (f"doel-{goal.pk}", f"overleg-{meeting.pk}", "overleg-999999", "iets"):
            assert client.post(f"/meekijken/mening/{key}/", {"says": "eens"}).status_code == 404, key

    def test_the_other_parent_does_not_read_it(self, noor, fatima, karel, along):
        along(noor, fatima).post("/meekijken/mening/plan/", {"says": "oneens", "why": "MIJNWOORD"})
        assert "MIJNWOORD" not in everything(along(noor, karel))


class TestSending:
    def send(self, client, name="Brief van de arts.txt", content=b"Beste gemeente", **fields):
        return client.post("/meekijken/document/", {"file": SimpleUploadedFile(name, content)} | fields)

    def test_it_is_for_the_gemeente_only(self, noor, fatima, along, as_user):
        assert self.send(along(noor, fatima)).status_code == 302
        row = noor.attachments.get()
        assert (row.by, row.written_by, row.shared, row.part) == (None, "Fatima Geelvink (moeder)", False, "verloop")
        address = f"/dossiers/{noor.number}/"
        assert "Brief van de arts" in as_user("officer").get(address).content.decode()
        assert "Brief van de arts" not in as_user("coordinator").get(address).content.decode()
        opened = as_user("officer").get(f"{address}bijlage/{row.pk}/bestand/")
        assert opened.status_code == 200 and opened.content == b"Beste gemeente"
        assert noor.tasks.filter(title__startswith="Lezen wat", done_on=None).exists()

    def test_nothing_of_it_stays_when_nobody_can_be_asked_to_read_it(self, noor, fatima, along, monkeypatch):
        client = along(noor, fatima)

        def fails(row):
            raise NotNow("Nee")

        monkeypatch.setattr(saying, "_to_read", fails)
        before = StoredFile.objects.count()
        assert self.send(client).status_code == 422
        assert not noor.attachments.exists() and StoredFile.objects.count() == before

    def test_a_partner_learns_neither_that_it_came_nor_from_whom(self, noor, fatima, along, as_user):
        client = along(noor, fatima)
        self.send(client)
        client.post("/meekijken/mening/plan/", {"says": "deels", "why": "GEDEELD"})
        page = as_user("coordinator").get(f"/dossiers/{noor.number}/?alles=1").content.decode()
        assert "GEDEELD" in page, "what a parent thinks of the plan is for all who work on it"
        for words in ("op de eigen pagina", "Lezen wat ouders", "kan meekijken"):
            assert words not in page, words

    def test_shared_on_it_is_still_not_for_the_other_parent(self, noor, fatima, karel, along):
        self.send(along(noor, fatima))
        noor.attachments.update(shared=True)
        row = noor.attachments.get()
        own = sight_of(noor, None)
        assert not sight_for(Variant.OUDERS, noor, own, guardian=karel).can_read(row)

    def test_about_health_follows_the_rule_for_health(self, noor, fatima, along):
        self.send(along(noor, fatima), health="on")
        assert noor.attachments.get().part == "gezondheid"

    def test_what_others_put_in_stays_unknown(self, noor, fatima, karel, along):
        """The same file of the other parent: the answer may not tell that it is there."""
        assert self.send(along(noor, karel)).status_code == 302
        assert self.send(along(noor, fatima)).status_code == 302
        assert noor.attachments.count() == 2
        assert "Brief van de arts" in along(noor, fatima).get("/meekijken/dossier/").content.decode()

    def test_the_own_file_twice_is_refused(self, noor, fatima, along):
        client = along(noor, fatima)
        assert [self.send(client).status_code for _ in "ab"] == [302, 422]

    def test_no_svg(self, noor, fatima, along):
        sent = self.send(along(noor, fatima), "plaatje.svg", b"<svg onload='x'/>")
        assert sent.status_code == 422 and not noor.attachments.exists()

    def test_no_more_than_a_handler_can_read(self, noor, fatima, along):
        client = along(noor, fatima)
        found = [self.send(client, f"{n}.txt", f"tekst {n}".encode()).status_code for n in range(21)]
        assert found == [302] * 20 + [422]


def seen(case) -> int:
    seal_log()
    return len(seen_by(case)[0])


class TestWhoLooked:
    def test_organisations_and_days_without_names(self, noor, fatima, along, lekstroom):
        look_at(noor, lekstroom.officer, "case_viewed")
        shown = along(noor, fatima).get("/meekijken/inzage/").content.decode()
        assert "Gemeente Nieuwegein" in shown and "20 november 2026" in shown and "Officier" not in shown

    def test_not_investigation_nor_safety_nor_the_other_parent(self, noor, fatima, karel, along, lekstroom):
        along(noor, karel).get("/meekijken/dossier/")
        look_at(noor, lekstroom.officer, "case_viewed")
        before = seen(noor)
        log_look(lekstroom.boa, "case_viewed", pupils=[noor.pupil_id], case_number=noor.number)
        log_look(
            lekstroom.stranger, "case_viewed", pupils=[noor.pupil_id], case_number=noor.number, purpose="noodtoegang"
        )
        log_look(lekstroom.officer, "enforcement_viewed", pupils=[noor.pupil_id], parts=["verloop", "handhaving"])
        log_look(lekstroom.nurse, "case_viewed", pupils=[noor.pupil_id], parts=["identiteit", "veiligheid"])
        assert seen(noor) == before
        log_look(lekstroom.nurse, "case_viewed", pupils=[noor.pupil_id], parts=["gezondheid"])
        assert seen(noor) == before + 1

    def test_its_own_looks_are_on_record(self, noor, fatima, along, lekstroom, as_user):
        client = along(noor, fatima)
        for page in PAGES:
            client.get(f"/meekijken/{page}/")
        rows = AuditEvent.objects.filter(role="ouder", user_id=None, pupil_ids=[noor.pupil_id])
        assert {"family_entered", "family_viewed", "family_looks_viewed"} <= set(rows.values_list("action", flat=True))
        log = as_user("controller").get("/inzagelogboek/", {"dossier": noor.number}).content.decode().lower()
        assert "ouder of kind keek mee" in log and "ouder of verzorger" in log


class TestTheDoor:
    PATHS = ("dossier/", "mening/plan/", "document/", "brief/1/", "inzage/", "rechten/")

    @pytest.mark.parametrize("path", PATHS)
    def test_without_a_code_there_is_only_the_way_in(self, noor, path):
        answer = Client().get(f"/meekijken/{path}")
        assert (answer.status_code, answer["Location"]) == (302, "/meekijken/")

    def test_wrong_is_wrong_whatever_was_wrong(self, noor, fatima, lekstroom, open_door):
        done = acts.invite(noor, fatima, by_mail=False, by=lekstroom.officer)
        answers = {
            re.sub(r'value="[^"]*"', "", Client().post("/meekijken/", sent).content.decode())
            for sent in ({"code": done.code, "pin": "000001" if done.pin == "000000" else "000000"},
                         {"code": "AAAAA-AAAAA", "pin": done.pin})
        }  # fmt: skip
        assert len(answers) == 1 and "horen niet bij elkaar" in answers.pop()

    def test_asking_for_a_code_tells_nobody_whether_an_address_is_known(self, noor, fatima, lekstroom, open_door):
        acts.invite(noor, fatima, by_mail=False, email="moeder@huis.test", by=lekstroom.officer)
        answers = [
            Client().post("/meekijken/code/", {"email": email}, follow=True).content.decode()
            for email in ("moeder@huis.test", "niemand@huis.test")
        ]
        plain = {re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text) for text in answers}
        assert len(plain) == 1 and "Is dit adres bij ons bekend?" in plain.pop()

    @pytest.mark.parametrize("how", ["ended", "shut", "gezag", "secret", "other secret", "grown up", "again", "late"])
    def test_what_ends_it_ends_the_open_page(self, noor, fatima, along, lekstroom, how):
        client = along(noor, fatima)
        assert client.get("/meekijken/dossier/").status_code == 200
        later = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
        match how:
            case "ended":
                acts.end(LookAlong.objects.get(), because="", by=lekstroom.officer)
            case "shut":
                acts.set_door(lekstroom.organisations["nieuwegein"], is_open=False, by=lekstroom.admin)
            case "gezag":
                Guardian.objects.filter(pk=fatima.pk).update(gezag="nee")
            case "secret":
                type(noor.pupil).objects.update(secret_address=True)
            case "other secret":
                Guardian.objects.exclude(pk=fatima.pk).update(secret_address=True)
            case "grown up":
                type(noor.pupil).objects.update(born=date(2008, 11, 20))
            case "again":
                acts.invite(noor, fatima, by_mail=False, by=lekstroom.officer)
            case "late":
                for minutes in range(0, 240, 20):
                    with time_machine.travel(later + timedelta(minutes=minutes)):
                        client.get("/meekijken/dossier/")
                later += timedelta(hours=4, minutes=5)
        with time_machine.travel(later):
            assert client.get("/meekijken/dossier/").status_code == 302

    def test_a_parent_is_no_user_anywhere(self, noor, fatima, along):
        client = along(noor, fatima)
        for path in ("/werkvoorraad/", f"/dossiers/{noor.number}/", "/vandaag/", "/beheer/", "/zoeken/"):
            assert client.get(path)["Location"].startswith(("/inloggen/", "/beheer/login/")), path

    def test_a_colleague_who_is_logged_in_looks_along_nowhere(self, noor, fatima, along, lekstroom):
        client = along(noor, fatima)
        client.force_login(lekstroom.coordinator)
        assert client.get("/meekijken/dossier/").status_code == 302

    def test_coming_in_leaves_the_account_of_a_colleague(self, noor, fatima, lekstroom, open_door, as_user):
        client, done = as_user("officer"), acts.invite(noor, fatima, by_mail=False, by=lekstroom.officer)
        client.post("/meekijken/", {"code": done.code, "pin": done.pin})
        assert client.get("/werkvoorraad/").status_code == 302
        assert client.get("/meekijken/dossier/").status_code == 200

    def test_leaving_leaves_nothing(self, noor, fatima, along):
        client = along(noor, fatima)
        client.post("/meekijken/stoppen/")
        assert client.get("/meekijken/dossier/").status_code == 302

    def test_pages_are_kept_nowhere_and_name_no_dossier(self, noor, fatima, along):
        answer = along(noor, fatima).get("/meekijken/dossier/")
        assert answer["Cache-Control"] == "no-store" and noor.number not in answer.content.decode()

    def test_a_lost_log_shows_nothing(self, noor, fatima, along, monkeypatch):
        client = along(noor, fatima)

        def fails(*args, **kwargs):
            raise DatabaseError

        monkeypatch.setattr(AuditEvent, "save", fails)
        assert client.get("/meekijken/dossier/").status_code == 503
