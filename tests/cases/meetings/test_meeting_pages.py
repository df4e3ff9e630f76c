"""The pages of an overleg: plan, change, call off; who gets in, what the form says, drafts and two at once."""

from datetime import date, timedelta

import pytest

from cases.dossier.models import Case, Task
from cases.meetings.models import Attendance, Meeting
from cases.people.models import Professional
from cases.sharing import acts as sharing
from leerplicht.models import Enrolment, Guardian
from tests import world
from tests.cases.overleg import TODAY, at, draft, minutes_form, page, plan_form
from thuiszitters.core.pages.models import Draft
from thuiszitters.core.people.organisations import Membership


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
            "gemeente",
            "samenwerkingsverband",
            "ouder",
            "kind",
            "onderwijsconsulent",
        }
        shown = page(client.get(response["Location"]))
        assert "donderdag 26 november 2026" in shown and "13.30 tot 14.30 uur" in shown and "Ina Consulent" in shown
        shown = page(client.get(f"/dossiers/{shared_case.number}/"))
        assert "donderdag 26 november, 13.30" in shown and "MDO gepland op 26 november 2026, 13.30 uur" in shown

    def test_offers_who_takes_part_parents_and_child(self, shared_case, mother, lekstroom, as_user):
        Guardian.objects.create(pupil=shared_case.pupil, name="Opa", relation="opa", gezag="nee")
        form = as_user("officer").get(f"/dossiers/{shared_case.number}/overleg/").context["form"]
        assert [label for _, label in form.fields["invited"].choices] == [
            "Gemeente Nieuwegein",
            "Samenwerkingsverband, Verband De Verbinding",
            "Fatima Bakker (moeder)",
            "Noor Bakker (het kind zelf)",
        ]
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

    def test_an_organisation_that_stopped_is_still_offered_where_it_was_asked(self, unrecorded, lekstroom, as_user):
        share = unrecorded.case.involvements.get(organisation=lekstroom.organisations["verband"])
        sharing.end_involvement(share, by=lekstroom.officer)
        path = f"/dossiers/{unrecorded.case.number}/overleg/{unrecorded.pk}/wijzigen/"
        labels = [label for _, label in as_user("officer").get(path).context["form"].fields["invited"].choices]
        assert "Samenwerkingsverband, Verband De Verbinding" in labels
        again = as_user("officer").get(f"/dossiers/{unrecorded.case.number}/overleg/").context["form"]
        assert "Samenwerkingsverband, Verband De Verbinding" not in dict(again.fields["invited"].choices).values()

    def test_the_second_of_two_reads_that_a_colleague_was_first(self, unrecorded, lekstroom, mother, as_user):
        path = f"/dossiers/{unrecorded.case.number}/overleg/{unrecorded.pk}/wijzigen/"
        sent = plan_form(lekstroom, mother, on="19-11-2026", at="14:00")
        assert as_user("leader").post(path, sent | {"place": "Zaal 3"}).status_code == 302
        client = as_user("officer")
        response = client.post(path, sent | {"place": "Zaal 1"})
        assert response.status_code == 422 and "Een collega heeft dit intussen aangepast" in page(response)
        assert "Zaal 1" in page(response) and "Dit bewaarde uw collega intussen" in page(response)
        assert response.context["form"].colleague == [("Waar?", "Zaal 3")]
        assert Meeting.objects.get().place == "Zaal 3"
        assert client.post(path, sent | {"place": "Zaal 1", "version": "2"}).status_code == 302

    @pytest.mark.parametrize("state", ["gehouden", "afgezegd"])
    def test_not_when_it_is_over(self, unrecorded, as_user, state):
        Meeting.objects.update(state=state, cancelled_because="x" if state == "afgezegd" else "")
        for name in ("wijzigen", "afzeggen"):
            response = as_user("officer").get(f"/dossiers/{unrecorded.case.number}/overleg/{unrecorded.pk}/{name}/")
            assert response["Location"].endswith(f"/overleg/{unrecorded.pk}/")


def test_a_next_one_takes_nothing_over_from_another_dossier(unrecorded, lekstroom, as_user):
    other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
    form = as_user("officer").get(f"/dossiers/{other.number}/overleg/?na={unrecorded.pk}").context["form"]
    assert not form["question"].value()


def test_calling_off_with_a_reason(unrecorded, as_user):
    client, path = as_user("officer"), f"/dossiers/{unrecorded.case.number}/overleg/{unrecorded.pk}/afzeggen/"
    assert client.post(path, {"because": ""}).status_code == 422
    assert "De school is ziek." in page(client.post(path, {"because": "De school is ziek."}, follow=True))
    dossier = page(client.get(f"/dossiers/{unrecorded.case.number}/"))
    assert "MDO van 19 november 2026, 14.00 uur afgezegd" in dossier and "De school is ziek." in dossier
    assert "Nog geen overleg." in dossier


PAGES = (
    "overleg/",
    "overleg/achteraf/",
    "overleg/{}/",
    "overleg/{}/wijzigen/",
    "overleg/{}/verslag/",
    "overleg/{}/afzeggen/",
    "overleg/{}/uitnodiging.ics",
)


class TestWhoGetsIn:
    """Owner, partner with the course of events, partner without it, reader, boa, stranger, and who lost the share."""

    @pytest.mark.parametrize(
        ("who", "expected"),
        [
            ("officer", [200] * 7),
            ("leader", [200] * 7),
            # Of the gemeente: a partner that was asked records it, and does not move it or call it off.
            ("coordinator", [200, 200, 200, 403, 200, 403, 200]),
            ("holder", [403, 403, 200, 403, 403, 403, 200]),
            ("boa", [403, 403, 404, 403, 403, 403, 404]),
            ("stranger", [404] * 7),
            ("colleague", [404] * 7),
            ("partner_elsewhere", [404] * 7),
            ("teacher", [404] * 7),
            ("region", [403] * 7),
            ("admin", [403] * 7),
        ],
    )
    def test_each_person(self, unrecorded, as_user, who, expected):
        assert self.answers(as_user(who), unrecorded) == expected

    def test_a_partner_without_the_course_of_events_sees_none_of_it(self, unrecorded, lekstroom, as_user):
        unrecorded.case.involvements.update(parts=["verzuim"])
        assert self.answers(as_user("coordinator"), unrecorded) == [403, 403, 404, 403, 403, 403, 404]
        shown = page(as_user("coordinator").get(f"/dossiers/{unrecorded.case.number}/"))
        assert "MDO gepland" not in shown and "overleg-kop" not in shown and "/overleg/" not in shown

    def test_from_the_moment_a_share_ends(self, unrecorded, lekstroom, as_user):
        client = as_user("coordinator")
        assert self.answers(client, unrecorded)[2] == 200
        share = unrecorded.case.involvements.get(organisation=lekstroom.organisations["verband"])
        sharing.end_involvement(share, by=lekstroom.officer)
        assert self.answers(client, unrecorded) == [404] * 7
        sent = minutes_form(unrecorded, lekstroom)
        assert (
            client.post(f"/dossiers/{unrecorded.case.number}/overleg/{unrecorded.pk}/verslag/", sent).status_code == 404
        )
        assert Meeting.objects.get().is_planned

    def test_an_emergency_is_to_read_only(self, unrecorded, lekstroom, as_user):
        client = as_user("stranger")
        client.post("/noodtoegang/", {"number": unrecorded.case.number, "reason": "Kind is in gevaar, nu handelen."})
        assert self.answers(client, unrecorded) == [403, 403, 200, 403, 403, 403, 404]
        assert "Agendabestand" not in page(client.get(f"/dossiers/{unrecorded.case.number}/overleg/{unrecorded.pk}/"))

    def test_nobody_writes_in_a_closed_dossier(self, unrecorded, lekstroom, mother, as_user):
        Case.objects.update(state="afgesloten", closed_on=TODAY, result="VERHUISD")
        client, path = as_user("officer"), f"/dossiers/{unrecorded.case.number}/overleg/"
        for address, sent in (
            (path, plan_form(lekstroom, mother)),
            (f"{path}{unrecorded.pk}/wijzigen/", plan_form(lekstroom, mother)),
            (f"{path}{unrecorded.pk}/verslag/", minutes_form(unrecorded, lekstroom)),
            (f"{path}{unrecorded.pk}/afzeggen/", {"because": "x"}),
        ):
            response = client.post(address, sent)
            assert response.status_code == 422 and "afgesloten" in page(response), address
        shown = page(client.get(f"{path}{unrecorded.pk}/"))
        assert "Verslag maken" not in shown and "Afzeggen" not in shown
        assert Meeting.objects.get().version == 1

    def test_a_role_that_ended(self, unrecorded, lekstroom, as_user):
        client = as_user("coordinator")
        Membership.objects.filter(user=lekstroom.coordinator).update(valid_until=TODAY - timedelta(days=1))
        assert self.answers(client, unrecorded) == [403] * 7

    @staticmethod
    def answers(client, meeting) -> list[int]:
        return [client.get(f"/dossiers/{meeting.case.number}/{p.format(meeting.pk)}").status_code for p in PAGES]


def test_a_page_costs_the_same_with_many_people_and_meetings(unrecorded, lekstroom, as_user, django_assert_num_queries):
    from tests.cases.test_query_counts import queries

    def more(count):
        for n in range(count):
            row = draft(
                unrecorded.case, lekstroom, at(date(2026, 10, 1) + timedelta(days=n)), kind="tafel", state="gehouden"
            )
            row.starts_at += timedelta(minutes=Meeting.objects.count())
            row.save()
            for meeting in (row, unrecorded):
                guardian = Guardian.objects.create(pupil=unrecorded.case.pupil, name=f"Ouder {n}", relation="oom")
                Attendance.objects.create(meeting=meeting, role="ouder", guardian=guardian, present="ja")
                Attendance.objects.create(
                    meeting=meeting, role="school", present="ja", organisation=lekstroom.organisations["school"]
                )
            Task.objects.create(case=unrecorded.case, meeting=row, title="x", due_on=TODAY, owner=lekstroom.officer)

    client, number = as_user("officer"), unrecorded.case.number
    paths = (f"/dossiers/{number}/?alles=1", f"/dossiers/{number}/overleg/{unrecorded.pk}/")
    more(3)
    [client.get(path) for path in paths]
    few = [queries(client, path) for path in paths]
    more(20)
    assert [queries(client, path) for path in paths] == few


def test_the_own_school_of_the_child_can_be_ticked(case, lekstroom, as_user):
    Enrolment.objects.create(pupil=case.pupil, school=lekstroom.schools["99AA00"], first_day="2026-08-01")
    form = as_user("officer").get(f"/dossiers/{case.number}/overleg/").context["form"]
    assert [words for _, words in form.fields["invited"].choices if "De Lindeboom" in words]


def test_who_works_with_the_child_stands_ready_and_is_not_ticked(case, mother, lekstroom, as_user):
    own = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
    Professional.objects.create(name="S. Amrani", role="Jeugdarts", works_at="GGD", **own)
    Professional.objects.create(name="Weg", role="mentor", until=TODAY - timedelta(days=1), **own)
    officer, path = as_user("officer"), f"/dossiers/{case.number}/overleg/"
    form = officer.get(path).context["form"]
    key = next(k for k, words in form.fields["invited"].choices if words == "S. Amrani, jeugdarts, GGD")
    assert key not in form.initial["invited"] and not [w for _, w in form.fields["invited"].choices if "Weg" in w]
    sent = plan_form(lekstroom, mother)
    sent["invited"] = [*[k for k in sent["invited"] if k in dict(form.fields["invited"].choices)], key]
    assert officer.post(path, sent).status_code == 302
    meeting = case.meetings.get()
    there = meeting.people.get(name="S. Amrani")
    assert (there.role, there.organisation_name) == ("jeugdarts", "GGD")
    again = officer.get(f"{path}{meeting.pk}/wijzigen/").context["form"]
    assert key not in dict(again.fields["invited"].choices) and again["naam_0"].value() == "S. Amrani"
