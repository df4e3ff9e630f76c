"""What was written in the wrong dossier: taken back or moved, with a line in its place and no text anywhere."""

from datetime import date

import pytest

from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.work import views as work_views
from cases.work.acts import save_entry
from cases.work.heard import heard_in
from cases.work.models import Contact, Note, Withdrawal
from cases.work.withdrawing import withdraw
from leerplicht.models import Guardian
from tests import world

pytestmark = pytest.mark.django_db
WORDS = "Vaniljevla"


@pytest.fixture
def other(lekstroom, case) -> Case:
    return world.open_case(world.pupil(first_names="Sem", last_name="Vos"), lekstroom.schools["99AA00"])


def note(case, lekstroom, who="officer", organisation="nieuwegein", **fields) -> Note:
    own = {"case": case, "by": lekstroom.users[who], "organisation": lekstroom.organisations[organisation]}
    row = Note(text=WORDS, **own, **fields)
    save_entry(row, by=lekstroom.users[who])
    return row


def contact(case, lekstroom, **fields) -> Contact:
    mother = Guardian.objects.create(
        pupil=case.pupil, name="F. Bakker", relation="moeder", gezag="ja", gezag_source="x"
    )
    row = Contact(
        case=case, by=lekstroom.officer, organisation=lekstroom.organisations["nieuwegein"], on=date(2026, 11, 19),
        who="ouder", guardian=mother, channel="telefoon", own_words=WORDS, **fields,
    )  # fmt: skip
    save_entry(row, by=lekstroom.officer)
    return Contact.objects.get(pk=row.pk)


def page(client, case) -> str:
    return client.get(f"/dossiers/{case.number}/").content.decode()


def sent(client, case, row, **fields) -> int:
    kind = "contact" if isinstance(row, Contact) else "notitie"
    return client.post(f"/dossiers/{case.number}/{kind}/{row.pk}/intrekken/", {"because": "Ander kind."} | fields)


class TestTakenBack:
    def test_the_text_is_gone_and_a_line_says_why(self, case, lekstroom, as_user):
        row, officer = note(case, lekstroom), as_user("officer")
        assert WORDS in page(officer, case)
        assert sent(officer, case, row).status_code == 302
        shown = page(officer, case)
        assert WORDS not in shown and "Notitie ingetrokken" in shown and "Ander kind." in shown
        assert not Note.objects.exists() and Note._base_manager.get().text == WORDS

    def test_who_was_heard_and_the_last_contact_follow(self, case, lekstroom):
        row = contact(case, lekstroom)
        case.refresh_from_db()
        assert case.last_contact_on and heard_in(Case.objects.get(pk=case.pk)).parents
        withdraw(row, because="x", by=lekstroom.officer)
        case.refresh_from_db()
        assert case.last_contact_on is None and not heard_in(Case.objects.get(pk=case.pk)).parents

    def test_the_history_tells_nothing_of_it_either(self, case, lekstroom, as_user):
        row, officer = note(case, lekstroom), as_user("officer")
        row.text = f"{WORDS} en meer"
        save_entry(row, by=lekstroom.officer)
        past = f"/dossiers/{case.number}/geschiedenis/"
        assert WORDS in officer.get(past).content.decode()
        sent(officer, case, row)
        assert WORDS not in officer.get(past).content.decode()

    def test_once(self, case, lekstroom, as_user):
        row, officer = note(case, lekstroom), as_user("officer")
        sent(officer, case, row)
        assert sent(officer, case, row).status_code == 404
        assert Withdrawal.objects.count() == 1

    def test_not_without_a_reason_and_not_over_what_a_colleague_changed(self, case, lekstroom):
        row = note(case, lekstroom)
        with pytest.raises(NotNow, match="reden"):
            withdraw(row, because=" ", by=lekstroom.officer)
        Note.objects.update(version=7)
        with pytest.raises(NotNow, match="aangepast"):
            withdraw(row, because="x", by=lekstroom.officer)
        assert Note.objects.exists() and not Withdrawal.objects.exists()

    def test_who_is_still_typing_in_it_keeps_the_text_on_the_screen(self, case, lekstroom, as_user):
        row, officer = note(case, lekstroom), as_user("officer")
        path = f"/dossiers/{case.number}/notitie/{row.pk}/"
        shown = officer.get(path).context["form"]
        sent(as_user("leader"), case, row)
        typed = {f.name: f.value() or "" for f in shown if f.value()} | {"text": "Nog een zin."}
        answer = officer.post(path, typed)
        assert answer.status_code == 409 and "Nog een zin." in answer.content.decode()
        assert officer.get(path).status_code == 404
        assert as_user("leader").post(path, typed).status_code == 404

    def test_between_reading_and_saving(self, case, lekstroom, as_user, monkeypatch):
        row, officer = note(case, lekstroom), as_user("officer")
        real = work_views.acts.save_entry

        def colleague_first(entry, **about):
            withdraw(Note.objects.get(pk=row.pk), because="x", by=lekstroom.officer)
            return real(entry, **about)

        monkeypatch.setattr(work_views.acts, "save_entry", colleague_first)
        about = {"kind": "algemeen", "text": "Nog een zin.", "part": "verloop", "version": 1}
        answer = officer.post(f"/dossiers/{case.number}/notitie/{row.pk}/", about)
        assert answer.status_code == 409 and "Nog een zin." in answer.content.decode()
        assert "ingetrokken" in answer.content.decode()


class TestMoved:
    def test_it_stands_in_the_other_dossier_as_by_its_writer(self, case, other, lekstroom, as_user):
        row, officer = contact(case, lekstroom), as_user("officer")
        assert sent(officer, case, row, to=other.number).status_code == 302
        assert other.number in page(officer, case)  # the message, once
        here, there = page(officer, case), page(officer, other)
        assert WORDS not in here and "Contact hoort in een ander dossier" in here and other.number not in here
        assert WORDS in there and "Contact met F. Bakker" in there
        moved = Contact.objects.get()
        assert (moved.case, moved.by, moved.guardian) == (other, lekstroom.officer, None)
        other.refresh_from_db()
        assert other.last_contact_on == moved.on

    @pytest.mark.parametrize("number", ["TZ-0000-2026-9999", "self", "stranger"])
    def test_only_to_an_open_dossier_in_which_one_works(self, case, lekstroom, as_user, number):
        elsewhere = world.open_case(world.pupil(municipality_id="0193"), lekstroom.schools["99AC00"])
        number = {"self": case.number, "stranger": elsewhere.number}.get(number, number)
        assert sent(as_user("officer"), case, note(case, lekstroom), to=number).status_code == 422
        assert Note.objects.get().case == case and not Withdrawal.objects.exists()


class TestWho:
    def test_the_team_lead_for_the_own_side(self, case, lekstroom, as_user):
        row, leader = note(case, lekstroom), as_user("leader")
        assert f"/notitie/{row.pk}/intrekken/" in page(leader, case)
        assert sent(leader, case, row).status_code == 302
        assert Withdrawal.objects.get().done_by == lekstroom.leader

    def test_not_what_the_lead_may_not_read(self, case, lekstroom, as_user):
        row = note(case, lekstroom, part="veiligheid")
        Case.objects.filter(pk=case.pk).update(handler=lekstroom.officer)
        assert sent(as_user("leader"), case, row).status_code == 404

    def test_not_a_colleague_nor_a_partner_nor_a_stranger(self, case, lekstroom, as_user):
        world.involve(case, lekstroom.organisations["verband"])
        row = note(case, lekstroom, shared=True)
        assert sent(as_user("coordinator"), case, row).status_code == 403
        assert sent(as_user("stranger"), case, row).status_code == 404
        own = note(case, lekstroom, "coordinator", "verband", shared=True)
        assert sent(as_user("leader"), case, own).status_code == 403
        assert Note.objects.count() == 2

    def test_who_knew_of_it_knows_of_the_line_and_who_could_not_read_it_reads_no_reason(self, case, lekstroom, as_user):
        world.involve(case, lekstroom.organisations["verband"])
        withdraw(note(case, lekstroom), because="Kokosnoot", by=lekstroom.officer)
        safe = note(case, lekstroom, part="veiligheid")
        withdraw(safe, because="Amandel", by=lekstroom.officer)
        shown = page(as_user("coordinator"), case)
        assert (
            shown.split('id="verloop"')[1].count("Notitie ingetrokken") == 1
            and "Kokosnoot" not in shown
            and "Amandel" not in shown
        )
