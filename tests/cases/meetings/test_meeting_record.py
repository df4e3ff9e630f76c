"""The page on which an overleg is recorded: what comes back where, half rows, two at once, and the next one."""

from datetime import date

import pytest

from cases.dossier.models import Case, Task
from cases.meetings.models import Attendance, Meeting
from cases.worklist.queries import Filters, rows_of, selection
from tests.cases.overleg import TODAY, draft, minutes_form, page


class TestRecord:
    def path(self, meeting) -> str:
        return f"/dossiers/{meeting.case.number}/overleg/{meeting.pk}/verslag/"

    def test_everything_comes_back_on_the_page_the_dossier_and_the_lists(self, unrecorded, lekstroom, as_user):
        client = as_user("officer")
        response = client.post(self.path(unrecorded), minutes_form(unrecorded, lekstroom))
        assert response.status_code == 302
        meeting = Meeting.objects.get()
        assert (meeting.state, meeting.next_on) == ("gehouden", date(2026, 12, 10))
        shown = page(client.get(response["Location"]))
        for words in (
            "M. Officier, Gemeente Nieuwegein",
            "School zoekt een plek.",
            "Voor de kerst starten.",
            "Plek zoeken",
            "Verband De Verbinding · uiterlijk 1 december",
            "10 december 2026",
        ):
            assert words in shown, words
        dossier = page(client.get(f"/dossiers/{unrecorded.case.number}/"))
        for words in ("MDO gehouden", "Nu aan zet", "Ouders bellen", "Plek zoeken", f"?na={meeting.pk}"):
            assert words in dossier, words

    def test_the_agreement_of_another_shows_in_its_own_worklist(self, unrecorded, lekstroom, as_user):
        unrecorded.case.tasks.all().delete()
        as_user("officer").post(
            self.path(unrecorded), minutes_form(unrecorded, lekstroom, wat_1="", eigenaar_1="", voor_1="")
        )
        rows = rows_of(selection(lekstroom.coordinator, Filters(lijst="alle"), TODAY), lekstroom.coordinator)
        assert [(t.title, t.owner_organisation) for t in rows[0].open_tasks] == [
            ("Plek zoeken", lekstroom.organisations["verband"])
        ]
        assert "Plek zoeken" in page(as_user("coordinator").get("/werkvoorraad/?lijst=alle"))

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"question": ""}, "Vul dit in."),
            ({"wat_0": ""}, "Afspraak 1: schrijf op wat er gebeurt."),
            ({"eigenaar_0": ""}, "Afspraak 1: kies wie dit doet."),
            ({"voor_0": ""}, "Afspraak 1: vul in wanneer het klaar is."),
            ({"voor_0": "18-11-2026"}, "Afspraak 1: deze dag ligt voor het overleg."),
            ({"voor_0": "31-11-2026"}, "Vul een datum in die bestaat"),
            ({"next_on": "19-11-2026"}, "Deze dag ligt niet na dit overleg."),
            ({"facts": "x" * 20_001}, "20000"),
            (
                {"wat_0": "", "eigenaar_0": "", "voor_0": "", "wat_1": "", "eigenaar_1": "", "voor_1": ""},
                "ten minste één afspraak",
            ),
        ],
    )
    def test_bad_input_gets_a_sentence(self, unrecorded, lekstroom, as_user, changes, problem):
        response = as_user("officer").post(self.path(unrecorded), minutes_form(unrecorded, lekstroom, **changes))
        assert response.status_code == 422 and problem in page(response)
        assert Meeting.objects.get().is_planned and not Task.objects.filter(meeting=unrecorded).exists()

    @pytest.mark.parametrize("who", ["stranger", "partner_elsewhere", "colleague"])
    def test_an_agreement_is_not_given_to_somebody_outside(self, unrecorded, lekstroom, as_user, who):
        for owner in (f"u{lekstroom.users[who].pk}", f"o{lekstroom.organisations['verband_elders'].pk}", "x", "u"):
            sent = minutes_form(unrecorded, lekstroom, eigenaar_0=owner)
            response = as_user("officer").post(self.path(unrecorded), sent)
            assert response.status_code == 422 and "Selecteer een geldige keuze" in page(response)
        assert not Task.objects.filter(meeting=unrecorded).exists()

    def test_a_partner_can_give_it_to_the_handler_and_to_itself(self, unrecorded, lekstroom, as_user):
        Case.objects.update(handler=lekstroom.officer)
        sent = minutes_form(unrecorded, lekstroom, eigenaar_0=f"u{lekstroom.coordinator.pk}")
        assert as_user("coordinator").post(self.path(unrecorded), sent).status_code == 302
        assert {t.owner for t in Task.objects.filter(meeting=unrecorded)} == {lekstroom.officer, lekstroom.coordinator}

    def test_who_came_unasked_counts_too(self, unrecorded, lekstroom, as_user):
        sent = minutes_form(unrecorded, lekstroom, naam_0="Ina", rol_0="onderwijsconsulent", namens_0="")
        as_user("officer").post(self.path(unrecorded), sent)
        guest = Attendance.objects.get(name="Ina")
        assert (guest.invited, guest.present) == (False, "ja")

    def test_somebody_of_a_care_party_can_be_the_jeugdarts(self, unrecorded, lekstroom, as_user):
        row = Attendance.objects.create(
            meeting=unrecorded, role="jeugdhulp", organisation=lekstroom.organisations["jeugdteam"]
        )
        sent = minutes_form(unrecorded, lekstroom) | {f"erbij_{row.pk}": "ja", f"als_{row.pk}": "jeugdarts"}
        as_user("officer").post(self.path(unrecorded), sent)
        row.refresh_from_db()
        assert (row.role, row.present) == ("jeugdarts", "ja")

    def test_the_second_of_two_sees_what_the_first_saved_and_loses_nothing(self, unrecorded, lekstroom, as_user):
        mine = minutes_form(unrecorded, lekstroom, facts="Van mij", wat_0="Mijn afspraak")
        theirs = minutes_form(unrecorded, lekstroom, facts="Van de collega")
        assert (
            as_user("coordinator")
            .post(self.path(unrecorded), theirs | {"eigenaar_1": theirs["eigenaar_0"]})
            .status_code
            == 302
        )
        client = as_user("officer")
        response = client.post(self.path(unrecorded), mine)
        shown = page(response)
        assert response.status_code == 422 and "Dit bewaarde uw collega intussen" in shown
        assert "Van mij" in shown and "Van de collega" in shown and "Mijn afspraak" in shown
        assert Meeting.objects.get().facts == "Van de collega"
        version = response.context["form"]["version"].value()
        assert client.post(self.path(unrecorded), mine | {"version": version}).status_code == 302
        assert Meeting.objects.get().facts == "Van mij"
        assert {t.title for t in Task.objects.filter(meeting=unrecorded)} >= {"Mijn afspraak", "Plek zoeken"}
        assert "Van de collega" in {h.facts for h in Meeting.history.all()}

    def test_another_mistake_does_not_hide_that_a_colleague_was_first(self, unrecorded, lekstroom, as_user):
        """Else the page would come back with the newest version in it, and the next save would write over it unseen."""
        theirs = minutes_form(unrecorded, lekstroom, facts="Van de collega", eigenaar_1="", wat_1="", voor_1="")
        assert as_user("coordinator").post(self.path(unrecorded), theirs).status_code == 302
        row = unrecorded.people.get(role="samenwerkingsverband").pk
        wrong = minutes_form(unrecorded, lekstroom, facts="Van mij") | {f"erbij_{row}": "nee"}
        response = as_user("officer").post(self.path(unrecorded), wrong)
        assert "Dit bewaarde uw collega intussen" in page(response) and "twee organisaties" not in page(response)
        version = response.context["form"]["version"].value()
        response = as_user("officer").post(self.path(unrecorded), wrong | {"version": version})
        assert "twee organisaties" in page(response) and "Dit bewaarde uw collega intussen" not in page(response)
        assert Meeting.objects.get().facts == "Van de collega"

    def test_a_second_click_saves_once(self, unrecorded, lekstroom, as_user):
        sent = minutes_form(unrecorded, lekstroom)
        assert [as_user("officer").post(self.path(unrecorded), sent).status_code for _ in range(2)] == [302, 422]
        assert Task.objects.filter(meeting=unrecorded).count() == 2

    def test_not_before_it_begins(self, case, lekstroom, as_user):
        meeting = draft(case, lekstroom)
        meeting.save()
        response = as_user("officer").get(self.path(meeting), follow=True)
        assert "vanaf het moment dat het overleg begint" in page(response)

    def test_the_next_one_is_one_click_with_everything_filled_in(self, unrecorded, lekstroom, as_user):
        client = as_user("officer")
        client.post(self.path(unrecorded), minutes_form(unrecorded, lekstroom))
        form = client.get(f"/dossiers/{unrecorded.case.number}/overleg/?na={unrecorded.pk}").context["form"]
        assert (str(form["on"].value()), form["question"].value()) == ("2026-12-10", "Hoe verder?")
        assert (form["at"].value().hour, form["ground"].value()) == (14, "taak")
        assert len(form["invited"].value()) == 4

    @pytest.mark.parametrize("na", ["999999", "x", "-1", "9" * 30, ""])
    def test_a_next_one_after_something_that_is_not_there_begins_empty(self, unrecorded, as_user, na):
        form = as_user("officer").get(f"/dossiers/{unrecorded.case.number}/overleg/?na={na}").context["form"]
        assert not form["question"].value()
