"""The pages of an overleg: plan, change, record, call off; who gets in, what the form says, drafts and two at once."""

from datetime import date, timedelta

import pytest

from cases.models import Attendance, Case, Meeting, Task
from cases.services import sharing
from cases.worklist import Filters, rows_of, selection
from leerplicht.models import Guardian
from tests import world
from tests.cases.test_meetings import at, draft
from thuiszitters.core.models import Draft, Membership

TODAY = date(2026, 11, 20)


@pytest.fixture
def mother(case) -> Guardian:
    return Guardian.objects.create(pupil=case.pupil, name="Fatima Bakker", relation="moeder", gezag="ja")


@pytest.fixture
def yesterday(shared_case, lekstroom, mother) -> Meeting:
    """An MDO of yesterday without a record: gemeente, samenwerkingsverband, mother and child were asked."""
    meeting = draft(shared_case, lekstroom, at(TODAY - timedelta(days=1), 14))
    meeting.save()
    for fields in (
        {"role": "gemeente", "organisation": lekstroom.organisations["nieuwegein"]},
        {"role": "samenwerkingsverband", "organisation": lekstroom.organisations["verband"]},
        {"role": "ouder", "guardian": mother},
        {"role": "kind"},
    ):
        Attendance.objects.create(meeting=meeting, **fields)
    return meeting


def plan_form(lekstroom, mother=None, **changes) -> dict:
    verband = lekstroom.organisations["verband"].pk
    invited = [f"organisatie-{lekstroom.organisations['nieuwegein'].pk}", f"organisatie-{verband}", "kind"]
    invited += [f"ouder-{mother.pk}"] if mother else []
    return {
        "kind": "mdo", "on": "26-11-2026", "at": "13.30", "minutes": "60", "place": "Zaal 2", "question": "Hoe verder?",
        "ground": "taak", "invited": invited, "uninvited_because": "", "version": "1",
    } | changes  # fmt: skip


def minutes_form(meeting: Meeting, lekstroom, **changes) -> dict:
    rows = {p.role: p.pk for p in meeting.people.all()}
    return {
        f"erbij_{rows['gemeente']}": "ja", f"wie_{rows['gemeente']}": "M. Officier",
        f"erbij_{rows['samenwerkingsverband']}": "ja", f"wie_{rows['samenwerkingsverband']}": "",
        f"erbij_{rows['ouder']}": "ja", f"erbij_{rows['kind']}": "nee",
        "question": "Hoe verder?", "facts": "School zoekt een plek.", "goals": "Voor de kerst starten.",
        "wat_0": "Plek zoeken", "eigenaar_0": f"o{lekstroom.organisations['verband'].pk}", "voor_0": "1-12-2026",
        "wat_1": "Ouders bellen", "eigenaar_1": f"u{lekstroom.officer.pk}", "voor_1": "2026-11-27",
        "no_agreements_because": "", "next_on": "10-12-2026", "version": str(meeting.version),
    } | changes  # fmt: skip


def page(response) -> str:
    return response.content.decode()


class TestPlan:
    def send(self, client, case, values):
        return client.post(f"/dossiers/{case.number}/overleg/", values)

    def test_from_the_dossier_with_dutch_date_and_time(self, shared_case, lekstroom, mother, as_user):
        client = as_user("officer")
        assert "Overleg plannen" in page(client.get(f"/dossiers/{shared_case.number}/"))
        guest = {"naam_0": "Ina Consulent", "rol_0": "onderwijsconsulent", "namens_0": ""}
        response = self.send(client, shared_case, plan_form(lekstroom, mother) | guest)
        meeting = Meeting.objects.get()
        assert response["Location"] == f"/dossiers/{shared_case.number}/overleg/{meeting.pk}/"
        assert (meeting.starts_at, meeting.minutes) == (at(date(2026, 11, 26), 13) + timedelta(minutes=30), 60)
        assert (meeting.by, meeting.organisation) == (lekstroom.officer, lekstroom.organisations["nieuwegein"])
        assert {p.role for p in meeting.people.all()} == {
            "gemeente", "samenwerkingsverband", "ouder", "kind", "onderwijsconsulent"
        }  # fmt: skip
        shown = page(client.get(response["Location"]))
        assert "donderdag 26 november 2026" in shown and "13.30 tot 14.30 uur" in shown and "Ina Consulent" in shown
        shown = page(client.get(f"/dossiers/{shared_case.number}/"))
        assert "donderdag 26 november, 13.30" in shown and "MDO gepland op 26 november 2026, 13.30 uur" in shown

    def test_offers_who_takes_part_parents_and_child(self, shared_case, mother, lekstroom, as_user):
        Guardian.objects.create(pupil=shared_case.pupil, name="Opa", relation="opa", gezag="nee")
        form = as_user("officer").get(f"/dossiers/{shared_case.number}/overleg/").context["form"]
        assert [label for _, label in form.fields["invited"].choices] == [
            "Gemeente Nieuwegein", "Samenwerkingsverband, Verband De Verbinding", "Fatima Bakker (moeder)",
            "Noor Bakker (het kind zelf)",
        ]  # fmt: skip
        assert set(form.initial["invited"]) == {key for key, _ in form.fields["invited"].choices}

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"on": "31-11-2026"}, "Vul een datum in die bestaat"),
            ({"at": "25.00"}, "Vul een tijd in die bestaat"),
            ({"on": "29-3-2026", "at": "2.30"}, "Vul een tijd in die bestaat"),  # the hour that summer time skips
            ({"on": "19-11-2026"}, "leg het dan achteraf vast"),
            ({"minutes": "5"}, "minstens een kwartier"),
            ({"minutes": "481"}, "hoogstens acht uur"),
            ({"place": ""}, "Vul dit in."),
            ({"place": "Thuis bij Noor"}, "Laat de naam van het kind hier weg"),
            ({"place": "Familie bakker"}, "Laat de naam van het kind hier weg"),
            ({"ground": ""}, "Maak een keuze."),
            ({"ground": "toestemming"}, "geen toestemming vastgelegd"),
            ({"invited": []}, "Kies wie u uitnodigt."),
            ({"invited": ["organisatie-999999"]}, "Selecteer een geldige keuze"),
            ({"naam_0": "Ina"}, "Kies een rol."),
            ({"rol_0": "anders"}, "Vul een naam in"),
            ({"rol_0": "kind", "naam_0": "x"}, "Selecteer een geldige keuze"),
        ],
    )
    def test_bad_input_gets_a_sentence(self, shared_case, lekstroom, as_user, changes, problem):
        response = self.send(as_user("officer"), shared_case, plan_form(lekstroom, **changes))
        assert response.status_code == 422 and problem in page(response)
        assert not Meeting.objects.exists()

    def test_a_parent_or_child_that_is_not_asked_is_a_warning_with_a_reason(
        self, shared_case, lekstroom, mother, as_user
    ):
        client, without = as_user("officer"), plan_form(lekstroom)
        without["invited"].remove("kind")
        response = self.send(client, shared_case, without)
        assert response.status_code == 422
        assert "Niet uitgenodigd: Fatima Bakker (moeder), het kind zelf." in page(response)
        assert self.send(client, shared_case, without | {"uninvited_because": "Eerst onderling."}).status_code == 302
        shown = page(client.get(f"/dossiers/{shared_case.number}/overleg/{Meeting.objects.get().pk}/"))
        assert "Niet uitgenodigd: Fatima Bakker (moeder), het kind zelf." in shown and "Eerst onderling." in shown

    def test_a_second_click_gets_a_sentence(self, shared_case, lekstroom, as_user):
        for status in (302, 422):
            response = self.send(as_user("officer"), shared_case, plan_form(lekstroom))
            assert response.status_code == status
        assert "Dit overleg staat er al" in page(response) and Meeting.objects.count() == 1

    def test_afterwards_it_goes_on_to_the_record(self, shared_case, lekstroom, as_user):
        path, client = f"/dossiers/{shared_case.number}/overleg/achteraf/", as_user("officer")
        late = client.post(path, plan_form(lekstroom))
        assert late.status_code == 422 and "nog niet geweest" in page(late)
        response = client.post(path, plan_form(lekstroom, on="2026-11-12", at="10:00"))
        assert response["Location"].endswith(f"/overleg/{Meeting.objects.get().pk}/verslag/")
        assert client.get(response["Location"]).status_code == 200

    def test_a_coordinator_plans_on_behalf_of_the_own_organisation(self, shared_case, lekstroom, as_user):
        assert self.send(as_user("coordinator"), shared_case, plan_form(lekstroom)).status_code == 302
        assert Meeting.objects.get().organisation == lekstroom.organisations["verband"]

    def test_what_is_typed_is_kept_as_a_draft_with_its_rows(self, shared_case, lekstroom, as_user):
        client, path = as_user("officer"), f"/dossiers/{shared_case.number}/overleg/"
        typed = plan_form(lekstroom, question="Half getypt", naam_1="Ina", rol_1="anders", invited=["kind"])
        client.post(f"/concept/?formulier={path}", typed)
        form = client.get(path).context["form"]
        assert form["question"].value() == "Half getypt" and form["naam_1"].value() == "Ina"
        assert form["invited"].value() == "kind" and form.any_guest()
        client.post(path, plan_form(lekstroom))
        assert not Draft.objects.exists()


class TestChange:
    def test_time_guests_and_a_row_that_was_free(self, shared_case, lekstroom, mother, as_user):
        meeting = draft(shared_case, lekstroom)
        meeting.save()
        Attendance.objects.create(meeting=meeting, role="anders", name="Oma")
        Attendance.objects.create(meeting=meeting, role="kind")
        client, path = as_user("officer"), f"/dossiers/{shared_case.number}/overleg/{meeting.pk}/wijzigen/"
        form = client.get(path).context["form"]
        assert (form["naam_0"].value(), form["invited"].value()) == ("Oma", ["kind"])
        assert (str(form["on"].value()), form["at"].value().hour) == ("2026-11-26", 9)
        changed = plan_form(lekstroom, mother, on="27-11-2026", naam_0="Oma", rol_0="anders", namens_0="")
        assert client.post(path, changed).status_code == 302
        meeting.refresh_from_db()
        assert meeting.on == date(2026, 11, 27) and meeting.people.count() == 5

    def test_an_organisation_that_stopped_is_still_offered_where_it_was_asked(self, yesterday, lekstroom, as_user):
        share = yesterday.case.involvements.get(organisation=lekstroom.organisations["verband"])
        sharing.end_involvement(share, by=lekstroom.officer)
        path = f"/dossiers/{yesterday.case.number}/overleg/{yesterday.pk}/wijzigen/"
        labels = [label for _, label in as_user("officer").get(path).context["form"].fields["invited"].choices]
        assert "Samenwerkingsverband, Verband De Verbinding" in labels
        again = as_user("officer").get(f"/dossiers/{yesterday.case.number}/overleg/").context["form"]
        assert "Samenwerkingsverband, Verband De Verbinding" not in dict(again.fields["invited"].choices).values()

    def test_the_second_of_two_reads_that_a_colleague_was_first(self, yesterday, lekstroom, mother, as_user):
        path = f"/dossiers/{yesterday.case.number}/overleg/{yesterday.pk}/wijzigen/"
        sent = plan_form(lekstroom, mother, on="19-11-2026", at="14:00")
        assert as_user("coordinator").post(path, sent | {"place": "Zaal 3"}).status_code == 302
        client = as_user("officer")
        response = client.post(path, sent | {"place": "Zaal 1"})
        assert response.status_code == 422 and "Een collega heeft dit intussen aangepast" in page(response)
        assert "Zaal 1" in page(response) and Meeting.objects.get().place == "Zaal 3"
        assert client.post(path, sent | {"place": "Zaal 1", "version": "2"}).status_code == 302

    @pytest.mark.parametrize("state", ["gehouden", "afgezegd"])
    def test_not_when_it_is_over(self, yesterday, as_user, state):
        Meeting.objects.update(state=state, cancelled_because="x" if state == "afgezegd" else "")
        for name in ("wijzigen", "afzeggen"):
            response = as_user("officer").get(f"/dossiers/{yesterday.case.number}/overleg/{yesterday.pk}/{name}/")
            assert response["Location"].endswith(f"/overleg/{yesterday.pk}/")


class TestRecord:
    def path(self, meeting) -> str:
        return f"/dossiers/{meeting.case.number}/overleg/{meeting.pk}/verslag/"

    def test_everything_comes_back_on_the_page_the_dossier_and_the_lists(self, yesterday, lekstroom, as_user):
        client = as_user("officer")
        response = client.post(self.path(yesterday), minutes_form(yesterday, lekstroom))
        assert response.status_code == 302
        meeting = Meeting.objects.get()
        assert (meeting.state, meeting.next_on) == ("gehouden", date(2026, 12, 10))
        shown = page(client.get(response["Location"]))
        for words in ("M. Officier, Gemeente Nieuwegein", "School zoekt een plek.", "Voor de kerst starten.",
                      "Plek zoeken", "Verband De Verbinding · uiterlijk 1 december", "10 december 2026"):  # fmt: skip
            assert words in shown, words
        dossier = page(client.get(f"/dossiers/{yesterday.case.number}/"))
        for words in ("MDO gehouden", "Nu aan zet", "Ouders bellen", "Plek zoeken", f"?na={meeting.pk}"):
            assert words in dossier, words

    def test_the_agreement_of_another_shows_in_its_own_worklist(self, yesterday, lekstroom, as_user):
        yesterday.case.tasks.all().delete()
        as_user("officer").post(self.path(yesterday), minutes_form(yesterday, lekstroom, wat_1="", eigenaar_1="",
                                                                   voor_1=""))  # fmt: skip
        rows = rows_of(selection(lekstroom.coordinator, Filters(lijst="alle"), TODAY), lekstroom.coordinator)
        assert [(t.title, t.owner_organisation) for t in rows[0].open_tasks] == [
            ("Plek zoeken", lekstroom.organisations["verband"])
        ]
        assert "Plek zoeken" in page(as_user("coordinator").get("/werkvoorraad/?lijst=alle"))

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"question": ""}, "Vul dit in."),
            ({"wat_0": ""}, "Schrijf op wat er gebeurt."),
            ({"eigenaar_0": ""}, "Kies wie dit doet."),
            ({"voor_0": ""}, "Vul in wanneer het klaar is."),
            ({"voor_0": "18-11-2026"}, "Deze dag ligt voor het overleg."),
            ({"voor_0": "31-11-2026"}, "Vul een datum in die bestaat"),
            ({"next_on": "19-11-2026"}, "Deze dag ligt niet na dit overleg."),
            ({"facts": "x" * 20_001}, "20000"),
            ({"wat_0": "", "eigenaar_0": "", "voor_0": "", "wat_1": "", "eigenaar_1": "", "voor_1": ""},
             "ten minste één afspraak"),
        ],
    )  # fmt: skip
    def test_bad_input_gets_a_sentence(self, yesterday, lekstroom, as_user, changes, problem):
        response = as_user("officer").post(self.path(yesterday), minutes_form(yesterday, lekstroom, **changes))
        assert response.status_code == 422 and problem in page(response)
        assert Meeting.objects.get().is_planned and not Task.objects.filter(meeting=yesterday).exists()

    @pytest.mark.parametrize("who", ["stranger", "partner_elsewhere", "colleague"])
    def test_an_agreement_is_not_given_to_somebody_outside(self, yesterday, lekstroom, as_user, who):
        for owner in (f"u{lekstroom.users[who].pk}", f"o{lekstroom.organisations['verband_elders'].pk}", "x", "u"):
            sent = minutes_form(yesterday, lekstroom, eigenaar_0=owner)
            response = as_user("officer").post(self.path(yesterday), sent)
            assert response.status_code == 422 and "Selecteer een geldige keuze" in page(response)
        assert not Task.objects.filter(meeting=yesterday).exists()

    def test_a_partner_can_give_it_to_the_handler_and_to_itself(self, yesterday, lekstroom, as_user):
        Case.objects.update(handler=lekstroom.officer)
        sent = minutes_form(yesterday, lekstroom, eigenaar_0=f"u{lekstroom.coordinator.pk}")
        assert as_user("coordinator").post(self.path(yesterday), sent).status_code == 302
        assert {t.owner for t in Task.objects.filter(meeting=yesterday)} == {lekstroom.officer, lekstroom.coordinator}

    def test_who_came_unasked_counts_too(self, yesterday, lekstroom, as_user):
        sent = minutes_form(yesterday, lekstroom, naam_0="Ina", rol_0="onderwijsconsulent", namens_0="")
        as_user("officer").post(self.path(yesterday), sent)
        guest = Attendance.objects.get(name="Ina")
        assert (guest.invited, guest.present) == (False, "ja")

    def test_somebody_of_a_care_party_can_be_the_jeugdarts(self, yesterday, lekstroom, as_user):
        row = Attendance.objects.create(meeting=yesterday, role="jeugdhulp",
                                        organisation=lekstroom.organisations["jeugdteam"])  # fmt: skip
        sent = minutes_form(yesterday, lekstroom) | {f"erbij_{row.pk}": "ja", f"als_{row.pk}": "jeugdarts"}
        as_user("officer").post(self.path(yesterday), sent)
        row.refresh_from_db()
        assert (row.role, row.present) == ("jeugdarts", "ja")

    def test_the_second_of_two_sees_what_the_first_saved_and_loses_nothing(self, yesterday, lekstroom, as_user):
        mine = minutes_form(yesterday, lekstroom, facts="Van mij", wat_0="Mijn afspraak")
        theirs = minutes_form(yesterday, lekstroom, facts="Van de collega")
        assert as_user("coordinator").post(self.path(yesterday), theirs | {"eigenaar_1": theirs["eigenaar_0"]}
                                           ).status_code == 302  # fmt: skip
        client = as_user("officer")
        response = client.post(self.path(yesterday), mine)
        shown = page(response)
        assert response.status_code == 422 and "Dit bewaarde uw collega intussen" in shown
        assert "Van mij" in shown and "Van de collega" in shown and "Mijn afspraak" in shown
        assert Meeting.objects.get().facts == "Van de collega"
        version = response.context["form"]["version"].value()
        assert client.post(self.path(yesterday), mine | {"version": version}).status_code == 302
        assert Meeting.objects.get().facts == "Van mij"
        assert {t.title for t in Task.objects.filter(meeting=yesterday)} >= {"Mijn afspraak", "Plek zoeken"}
        assert "Van de collega" in {h.facts for h in Meeting.history.all()}

    def test_a_second_click_saves_once(self, yesterday, lekstroom, as_user):
        sent = minutes_form(yesterday, lekstroom)
        assert [as_user("officer").post(self.path(yesterday), sent).status_code for _ in range(2)] == [302, 422]
        assert Task.objects.filter(meeting=yesterday).count() == 2

    def test_not_before_it_begins(self, case, lekstroom, as_user):
        meeting = draft(case, lekstroom)
        meeting.save()
        response = as_user("officer").get(self.path(meeting), follow=True)
        assert "vanaf het moment dat het overleg begint" in page(response)

    def test_the_next_one_is_one_click_with_everything_filled_in(self, yesterday, lekstroom, as_user):
        client = as_user("officer")
        client.post(self.path(yesterday), minutes_form(yesterday, lekstroom))
        form = client.get(f"/dossiers/{yesterday.case.number}/overleg/?na={yesterday.pk}").context["form"]
        assert (str(form["on"].value()), form["question"].value()) == ("2026-12-10", "Hoe verder?")
        assert (form["at"].value().hour, form["ground"].value()) == (14, "taak")
        assert len(form["invited"].value()) == 4

    @pytest.mark.parametrize("na", ["999999", "x", "-1", "9" * 30, ""])
    def test_a_next_one_after_something_that_is_not_there_begins_empty(self, yesterday, as_user, na):
        form = as_user("officer").get(f"/dossiers/{yesterday.case.number}/overleg/?na={na}").context["form"]
        assert not form["question"].value()


def test_a_next_one_takes_nothing_over_from_another_dossier(yesterday, lekstroom, as_user):
    other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
    form = as_user("officer").get(f"/dossiers/{other.number}/overleg/?na={yesterday.pk}").context["form"]
    assert not form["question"].value()


def test_calling_off_with_a_reason(yesterday, as_user):
    client, path = as_user("officer"), f"/dossiers/{yesterday.case.number}/overleg/{yesterday.pk}/afzeggen/"
    assert client.post(path, {"because": ""}).status_code == 422
    assert "De school is ziek." in page(client.post(path, {"because": "De school is ziek."}, follow=True))
    dossier = page(client.get(f"/dossiers/{yesterday.case.number}/"))
    assert "MDO van 19 november 2026, 14.00 uur afgezegd" in dossier and "De school is ziek." in dossier
    assert "Nog geen overleg." in dossier


PAGES = ("overleg/", "overleg/achteraf/", "overleg/{}/", "overleg/{}/wijzigen/", "overleg/{}/verslag/",
         "overleg/{}/afzeggen/", "overleg/{}/uitnodiging.ics")  # fmt: skip


class TestWhoGetsIn:
    """Owner, partner with the course of events, partner without it, reader, boa, stranger, and who lost the share."""

    @pytest.mark.parametrize(
        ("who", "expected"),
        [
            ("officer", [200] * 7), ("leader", [200] * 7), ("coordinator", [200] * 7),
            ("holder", [403, 403, 200, 403, 403, 403, 200]), ("boa", [403, 403, 404, 403, 403, 403, 404]),
            ("stranger", [404] * 7), ("colleague", [404] * 7), ("partner_elsewhere", [404] * 7),
            ("teacher", [404] * 7), ("region", [403] * 7), ("admin", [403] * 7),
        ],
    )  # fmt: skip
    def test_each_person(self, yesterday, as_user, who, expected):
        assert self.answers(as_user(who), yesterday) == expected

    def test_a_partner_without_the_course_of_events_sees_none_of_it(self, yesterday, lekstroom, as_user):
        yesterday.case.involvements.update(parts=["verzuim"])
        assert self.answers(as_user("coordinator"), yesterday) == [403, 403, 404, 403, 403, 403, 404]
        shown = page(as_user("coordinator").get(f"/dossiers/{yesterday.case.number}/"))
        assert "MDO gepland" not in shown and "overleg-kop" not in shown and "/overleg/" not in shown

    def test_from_the_moment_a_share_ends(self, yesterday, lekstroom, as_user):
        client = as_user("coordinator")
        assert self.answers(client, yesterday)[2] == 200
        share = yesterday.case.involvements.get(organisation=lekstroom.organisations["verband"])
        sharing.end_involvement(share, by=lekstroom.officer)
        assert self.answers(client, yesterday) == [404] * 7
        sent = minutes_form(yesterday, lekstroom)
        assert (
            client.post(f"/dossiers/{yesterday.case.number}/overleg/{yesterday.pk}/verslag/", sent).status_code == 404
        )
        assert Meeting.objects.get().is_planned

    def test_an_emergency_is_to_read_only(self, yesterday, lekstroom, as_user):
        client = as_user("stranger")
        client.post("/noodtoegang/", {"number": yesterday.case.number, "reason": "Kind is in gevaar, nu handelen."})
        assert self.answers(client, yesterday) == [403, 403, 200, 403, 403, 403, 404]
        assert "Agendabestand" not in page(client.get(f"/dossiers/{yesterday.case.number}/overleg/{yesterday.pk}/"))

    def test_nobody_writes_in_a_closed_dossier(self, yesterday, lekstroom, mother, as_user):
        Case.objects.update(state="afgesloten", closed_on=TODAY, result="VERHUISD")
        client, path = as_user("officer"), f"/dossiers/{yesterday.case.number}/overleg/"
        for address, sent in (
            (path, plan_form(lekstroom, mother)),
            (f"{path}{yesterday.pk}/wijzigen/", plan_form(lekstroom, mother)),
            (f"{path}{yesterday.pk}/verslag/", minutes_form(yesterday, lekstroom)),
            (f"{path}{yesterday.pk}/afzeggen/", {"because": "x"}),
        ):
            response = client.post(address, sent)
            assert response.status_code == 422 and "afgesloten" in page(response), address
        shown = page(client.get(f"{path}{yesterday.pk}/"))
        assert "Verslag maken" not in shown and "Afzeggen" not in shown
        assert Meeting.objects.get().version == 1

    def test_a_role_that_ended(self, yesterday, lekstroom, as_user):
        client = as_user("coordinator")
        Membership.objects.filter(user=lekstroom.coordinator).update(valid_until=TODAY - timedelta(days=1))
        assert self.answers(client, yesterday) == [403] * 7

    @staticmethod
    def answers(client, meeting) -> list[int]:
        return [client.get(f"/dossiers/{meeting.case.number}/{p.format(meeting.pk)}").status_code for p in PAGES]


def test_a_page_costs_the_same_with_many_people_and_meetings(yesterday, lekstroom, as_user, django_assert_num_queries):
    from tests.cases.test_query_counts import queries

    def more(count):
        for n in range(count):
            row = draft(yesterday.case, lekstroom, at(date(2026, 10, 1) + timedelta(days=n)), kind="tafel",
                        state="gehouden")  # fmt: skip
            row.starts_at += timedelta(minutes=Meeting.objects.count())
            row.save()
            for meeting in (row, yesterday):
                guardian = Guardian.objects.create(pupil=yesterday.case.pupil, name=f"Ouder {n}", relation="oom")
                Attendance.objects.create(meeting=meeting, role="ouder", guardian=guardian, present="ja")
                Attendance.objects.create(meeting=meeting, role="school", present="ja",
                                          organisation=lekstroom.organisations["school"])  # fmt: skip
            Task.objects.create(case=yesterday.case, meeting=row, title="x", due_on=TODAY, owner=lekstroom.officer)

    client, number = as_user("officer"), yesterday.case.number
    paths = (f"/dossiers/{number}/?alles=1", f"/dossiers/{number}/overleg/{yesterday.pk}/")
    more(3)
    [client.get(path) for path in paths]
    few = [queries(client, path) for path in paths]
    more(20)
    assert [queries(client, path) for path in paths] == few
