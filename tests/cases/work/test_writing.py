"""Long texts: nothing typed is lost, not by a colleague, not by an error, not by a session that ended."""

import re

import pytest
import time_machine
from django.test import Client

from cases.dossier.models import Task
from cases.work.models import Contact, Note
from tests import world
from thuiszitters.core.pages.models import Draft

LONG = "De moeder vertelt dat Noor al drie weken niet slaapt.\nWij spreken af dat..."


@pytest.fixture
def notes(case) -> str:
    return f"/dossiers/{case.number}/notitie/"


def fields(response) -> dict:
    """What stands in the form of a page, the hidden fields too."""
    form = response.context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", False)}


def text(response) -> str:
    return response.content.decode()


def note(**values):
    return {"kind": "algemeen", "text": LONG} | values


class TestTheSameNoteTwice:
    def test_the_text_comes_back_with_a_sentence_and_can_then_be_saved(self, notes, as_user):
        client = as_user("officer")
        client.post(notes, note())
        first = f"{notes}{Note.objects.get().pk}/"
        here, there = fields(client.get(first)), fields(client.get(first))
        assert client.post(first, here | {"text": "Van het ene scherm"}).status_code == 302
        refused = client.post(first, there | {"text": "Van het andere scherm"})
        assert refused.status_code == 422
        assert "intussen aangepast" in text(refused) and "Van het andere scherm" in text(refused)
        assert refused.context["form"].colleague == [("Notitie", "Van het ene scherm")]
        assert "Dit bewaarde uw collega intussen" in text(refused) and "Van het ene scherm" in text(refused)
        assert Note.objects.get().text == "Van het ene scherm"
        assert client.post(first, fields(refused)).status_code == 302
        assert Note.objects.get().text == "Van het andere scherm"
        assert list(Note.history.order_by("history_id").values_list("text", flat=True)) == [
            LONG,
            "Van het ene scherm",
            "Van het andere scherm",
        ]

    def test_the_pupils_own_data_likewise_between_two_colleagues(self, case, as_user):
        path = f"/dossiers/{case.number}/leerling/"
        forms = {}
        for who in ("officer", "leader"):
            shown = as_user(who).get(path)
            forms[who] = fields(shown) | {"version": shown.context["version"]}
        assert as_user("officer").post(path, forms["officer"] | {"address": "Lindelaan 1"}).status_code == 302
        refused = as_user("leader").post(path, forms["leader"] | {"address": "Kerkstraat 2"})
        assert refused.status_code == 422 and "intussen aangepast" in text(refused) and "Kerkstraat 2" in text(refused)
        again = fields(refused) | {"version": refused.context["version"]}
        assert as_user("leader").post(path, again).status_code == 302
        case.pupil.refresh_from_db()
        assert case.pupil.address == "Kerkstraat 2"

    @pytest.mark.parametrize("version", ["abc", "9" * 5000, "-1", "²"])
    def test_a_version_that_is_no_number_gives_a_dutch_sentence(self, case, as_user, version):
        path, client = f"/dossiers/{case.number}/leerling/", as_user("officer")
        answer = client.post(path, fields(client.get(path)) | {"version": version})
        assert answer.status_code == 422 and "invalid" not in text(answer) and "intussen aangepast" in text(answer)


class TestDrafts:
    def test_kept_while_typing_comes_back_and_goes_when_saved(self, notes, as_user):
        client = as_user("officer")
        kept = client.post(f"/concept/?formulier={notes}", note())
        assert kept.json()["bewaard"] == "10:00"
        shown = client.get(notes)
        assert "slaapt" in text(shown) and "Uw concept van" in text(shown)
        assert client.post(notes, note(text="Klaar")).status_code == 302
        assert "slaapt" not in text(client.get(notes)) and not Draft.objects.exists()

    def test_a_draft_is_of_one_person_and_one_form(self, notes, case, as_user):
        as_user("officer").post(f"/concept/?formulier={notes}", note())
        assert "slaapt" not in text(as_user("leader").get(notes))
        assert "slaapt" not in text(as_user("officer").get(f"/dossiers/{case.number}/contact/"))

    def test_thrown_away_on_request(self, notes, as_user):
        client = as_user("officer")
        client.post(f"/concept/?formulier={notes}", note())
        assert client.post(f"/concept/?formulier={notes}", {"weggooien": "1"})["Location"] == notes
        assert not Draft.objects.exists()

    def test_a_refused_form_keeps_text_and_draft(self, notes, as_user):
        client = as_user("officer")
        client.post(f"/concept/?formulier={notes}", note())
        refused = client.post(notes, note(kind="bestaat niet"))
        assert refused.status_code == 422 and "slaapt" in text(refused) and Draft.objects.count() == 1

    @pytest.mark.parametrize("address", ["", "notitie", "https://kwaad.test/", "//kwaad.test/x"])
    def test_only_for_a_form_of_this_application(self, case, as_user, address):
        answer = as_user("officer").post("/concept/", note(), query_params={"formulier": address})
        assert answer.status_code == 400

    def test_no_password_and_no_nul_in_it(self, case, as_user):
        sent = {"old_password": "geheim", "new_password1": "geheim", "text": "goed\0 zo"}
        as_user("officer").post("/concept/?formulier=/wachtwoord/", sent)
        assert Draft.objects.get().fields == {"text": ["goed zo"]}


class TestASessionThatEnded:
    def log_in(self, answer, who, **fields):
        carry = re.search(r'name="carry" value="([^"]+)"', text(answer))[1]
        sent = {"username": f"{who}@voorbeeld.test", "password": "wachtwoord-12", "carry": carry} | fields
        client = Client()
        return client, client.post("/inloggen/", sent)

    def test_the_note_goes_through_the_log_in_and_stands_in_the_form(self, notes, as_user):
        ended = Client().post(notes, note())
        assert ended.status_code == 401 and "uw tekst is bewaard" in text(ended)
        assert "slaapt" not in text(ended), "what was typed is not readable in the page of the log-in"
        client, answer = self.log_in(ended, "officer")
        assert (answer.status_code, answer["Location"]) == (302, notes)
        shown = client.get(notes)
        assert "slaapt" in text(shown) and "Uw concept van" in text(shown)
        assert not Note.objects.exists()

    def test_it_survives_a_wrong_password(self, notes):
        _, answer = self.log_in(Client().post(notes, note()), "officer", password="mis")
        client, answer = self.log_in(answer, "officer")
        assert answer["Location"] == notes and "slaapt" in text(client.get(notes))

    def test_somebody_else_who_logs_in_gets_nowhere_with_it(self, notes):
        client, answer = self.log_in(Client().post(notes, note()), "stranger")
        assert client.get(answer["Location"]).status_code == 404

    def test_what_is_tampered_with_is_dropped(self, notes):
        ended = Client().post(notes, note())
        _, answer = self.log_in(ended, "officer", carry="onzin")
        assert answer["Location"] != notes and not Draft.objects.exists()

    def test_a_button_whose_session_ended_does_nothing_by_itself(self, case, as_user):
        ended = Client().post(f"/dossiers/{case.number}/nummer/", {})
        _, answer = self.log_in(ended, "officer")
        assert answer["Location"] == "/"

    def test_a_nul_and_a_password_on_the_way_do_no_harm(self, notes, case):
        ended = Client().post(notes, note(text="goed\0 zo", old_password="geheim"))
        self.log_in(ended, "officer")
        assert Draft.objects.get().fields == {"kind": ["algemeen"], "text": ["goed zo"]}


class TestContacts:
    @pytest.fixture
    def contacts(self, case) -> str:
        return f"/dossiers/{case.number}/contact/"

    def contact(self, **values):
        return {"on": "2026-11-19", "who": "school", "channel": "telefoon", "own_words": "Wij missen haar."} | values

    def test_saved_with_own_words_and_seen_in_the_worklist(self, contacts, case, as_user):
        client = as_user("officer")
        assert client.post(contacts, self.contact(on="19-11-2026", name="juf Els")).status_code == 302
        assert "“Wij missen haar.”" in text(client.get(f"/dossiers/{case.number}/"))
        assert "gisteren" in text(client.get("/werkvoorraad/?lijst=alle"))

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"on": "2026-11-21"}, "nog niet geweest"),
            ({"on": "31-11-2026"}, "Vul een datum in die bestaat"),
            ({"who": "ouder"}, "Kies welke ouder"),
            ({"own_words": ""}, "Schrijf op wat"),
            ({"own_words": "x" * 20_001}, "20000"),
        ],
    )
    def test_a_refusal_says_what_to_do_and_keeps_the_rest(self, contacts, as_user, wrong, sentence):
        answer = as_user("officer").post(contacts, self.contact(name="", agreed="", **wrong))
        assert answer.status_code == 422 and sentence in text(answer)
        assert not Contact.objects.exists()

    def test_an_attempt_that_failed_needs_no_words_and_is_no_contact(self, contacts, case, as_user):
        as_user("officer").post(contacts, self.contact(channel="niet gelukt", own_words=""))
        case.refresh_from_db()
        assert Contact.objects.count() == 1 and case.last_contact_on is None

    def test_a_parent_of_another_child_is_no_choice(self, contacts, lekstroom, as_user):
        other = world.pupil().guardians.create(name="Vreemde Ouder", relation="vader")
        answer = as_user("officer").post(contacts, self.contact(who="ouder", guardian=other.pk))
        assert answer.status_code == 422 and not Contact.objects.exists()


class TestTheSameAgain:
    """A second click, or back and once more, makes no second row."""

    SENT = {
        "notitie": {"kind": "algemeen", "text": "Gebeld.", "part": "verloop", "version": "1"},
        "contact": {
            "on": "2026-11-20",
            "who": "kind",
            "channel": "telefoon",
            "own_words": "Ik wil wel.",
            "part": "verloop",
            "version": "1",
        },
        "stap": {"title": "Bel de oom", "due_on": "2026-11-25"},
    }

    @pytest.mark.parametrize("what", SENT)
    def test_within_a_minute(self, case, lekstroom, as_user, what):
        rows = {"notitie": Note, "contact": Contact, "stap": Task}[what].objects
        before, client, path = rows.count(), as_user("officer"), f"/dossiers/{case.number}/{what}/"
        assert client.post(path, self.SENT[what]).status_code == 302
        again = client.post(path, self.SENT[what], follow=True)
        assert "Er is niets dubbel bewaard" in again.content.decode()
        assert rows.count() == before + 1

    @pytest.mark.parametrize("what", SENT)
    def test_later_or_by_another_it_is_another(self, case, lekstroom, as_user, what):
        rows = {"notitie": Note, "contact": Contact, "stap": Task}[what].objects
        before, path = rows.count(), f"/dossiers/{case.number}/{what}/"
        as_user("officer").post(path, self.SENT[what])
        as_user("leader").post(path, self.SENT[what])
        with time_machine.travel("2026-11-20 10:02:00+01:00"):
            as_user("officer").post(path, self.SENT[what])
        assert rows.count() == before + 3

    def test_something_else_is_not_the_same(self, case, lekstroom, as_user):
        path = f"/dossiers/{case.number}/notitie/"
        for text in ("Gebeld.", "Gebeld en gemaild."):
            as_user("officer").post(path, self.SENT["notitie"] | {"text": text})
        assert Note.objects.count() == 2


class TestAnAgreedDay:
    """What was agreed for a day is a step on that day."""

    SENT = {
        "on": "2026-11-20",
        "who": "school",
        "channel": "telefoon",
        "agreed": "Huisbezoek om 15.00 uur",
        "agreed_on": "2026-12-01",
        "part": "verloop",
        "version": "1",
    }

    def test_becomes_a_step_of_who_agreed_it(self, case, lekstroom, as_user):
        shown = as_user("officer").post(f"/dossiers/{case.number}/contact/", self.SENT | {"shared": "on"}, follow=True)
        assert "De afspraak van 1 december 2026 staat op de lijst." in shown.content.decode()
        task = case.tasks.get(due_on="2026-12-01")
        assert (task.title, task.owner) == ("Afspraak: Huisbezoek om 15.00 uur", lekstroom.officer)

    def test_of_what_is_not_shared_the_step_says_no_more_than_that_it_is_there(self, case, as_user):
        as_user("officer").post(f"/dossiers/{case.number}/contact/", self.SENT)
        assert case.tasks.get(due_on="2026-12-01").title == "Afspraak uit het contact met school"

    def test_of_a_partner_it_is_of_its_organisation(self, shared_case, lekstroom, as_user):
        as_user("coordinator").post(f"/dossiers/{shared_case.number}/contact/", self.SENT)
        task = shared_case.tasks.get(due_on="2026-12-01")
        assert (task.owner, task.owner_organisation) == (None, lekstroom.organisations["verband"])

    @pytest.mark.parametrize("wrong", [{"agreed_on": "2026-11-01"}, {"agreed": "", "own_words": "Ja."}])
    def test_a_day_that_cannot_be_gets_a_sentence(self, case, as_user, wrong):
        answer = as_user("officer").post(f"/dossiers/{case.number}/contact/", self.SENT | wrong)
        assert answer.status_code == 422 and case.tasks.count() == 1

    def test_a_changed_contact_makes_no_second_one(self, case, as_user):
        client = as_user("officer")
        client.post(f"/dossiers/{case.number}/contact/", self.SENT)
        pk = case.contacts.get().pk
        client.post(f"/dossiers/{case.number}/contact/{pk}/", self.SENT | {"agreed": "Toch anders"})
        assert case.tasks.filter(due_on="2026-12-01").count() == 1
