"""Overleg: who has to be asked, what a record needs, and two people at once."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cases.closing import acts
from cases.dossier.models import Case, Task
from cases.dossier.rules import NotNow
from cases.meetings import acts as meetings
from cases.meetings.models import Attendance, Meeting
from cases.meetings.rules import not_asked, sides_present
from cases.sharing import asking as referrals
from cases.sharing.models import Referral
from leerplicht.models import Guardian, Pupil
from tests.cases.overleg import TODAY, at, child, draft, sides
from thuiszitters.core.log.models import AuditEvent


@pytest.fixture
def yesterday(case, lekstroom) -> Meeting:
    """An MDO of yesterday with gemeente and school, without a record."""
    meeting = draft(case, lekstroom, at(TODAY - timedelta(days=1)))
    people = sides(lekstroom, "nieuwegein", "school", present="onbekend")
    meetings.plan(meeting, [*people, child()], past=True, by=lekstroom.officer)
    return meeting


def agreement(lekstroom, **fields) -> Task:
    return Task(title="Bel de ouders", due_on=date(2026, 11, 27), owner=lekstroom.officer, **fields)


class TestWhoIsAsked:
    @pytest.mark.parametrize(
        ("born", "missing"),
        [
            (date(2014, 11, 26), ["het kind zelf"]),  # twelve on the day itself
            (date(2014, 11, 27), []),
        ],
    )
    def test_the_child_from_twelve_on_the_day_of_the_meeting(self, case, lekstroom, born, missing):
        Pupil.objects.filter(pk=case.pupil_id).update(born=born)
        assert not_asked(Case.objects.get(), sides(lekstroom, "school"), date(2026, 11, 26)) == missing

    @pytest.mark.parametrize(
        ("gezag", "until", "needed"),
        [("ja", None, True), ("nee", None, False), ("onbekend", None, False), ("ja", TODAY - timedelta(days=1), False)],
    )
    def test_parents_with_gezag(self, case, gezag, until, needed):
        Guardian.objects.create(pupil=case.pupil, name="Fatima Bakker", relation="moeder", gezag=gezag, until=until)
        assert ("Fatima Bakker (moeder)" in not_asked(case, [], TODAY)) == needed

    def test_not_asked_needs_a_reason_and_with_one_it_goes_on(self, case, lekstroom):
        meeting = draft(case, lekstroom)
        with pytest.raises(NotNow, match="Niet uitgenodigd: het kind zelf"):
            meetings.plan(meeting, sides(lekstroom, "school"), by=lekstroom.officer)
        assert not Meeting.objects.exists()
        meeting.uninvited_because = "Wil zelf niet."
        meetings.plan(meeting, sides(lekstroom, "school"), by=lekstroom.officer)
        assert Meeting.objects.get().people.count() == 1

    def test_nobody(self, case, lekstroom):
        with pytest.raises(NotNow, match="Kies wie u uitnodigt"):
            meetings.plan(draft(case, lekstroom), [], by=lekstroom.officer)


class TestPlanning:
    def plan(self, case, lekstroom, meeting=None, **options):
        meeting = meeting or draft(case, lekstroom)
        meetings.plan(meeting, [*sides(lekstroom, "school"), child()], by=lekstroom.officer, **options)
        return meeting

    def test_stands_in_the_log_without_names(self, case, lekstroom):
        meeting = self.plan(case, lekstroom)
        event = AuditEvent.objects.get(action="meeting_planned")
        assert event.pupil_ids == [case.pupil_id] and event.detail == {"row": meeting.pk, "kind": "mdo"}
        assert meeting.history.count() == 1 and meeting.people.first().history.count() == 1

    @pytest.mark.parametrize(
        ("moment", "past", "problem"),
        [
            (at(TODAY, 9), False, "al geweest"),
            (at(TODAY, 11), True, "nog niet geweest"),
            (at(date(2027, 11, 22)), False, "meer dan een jaar"),
            (at(date(2025, 11, 19)), True, "meer dan een jaar"),
        ],
    )
    def test_when(self, case, lekstroom, moment, past, problem):
        with pytest.raises(NotNow, match=problem):
            self.plan(case, lekstroom, draft(case, lekstroom, moment), past=past)

    def test_a_second_click_plans_nothing_twice(self, case, lekstroom):
        self.plan(case, lekstroom)
        with pytest.raises(NotNow, match="staat er al"):
            self.plan(case, lekstroom)
        assert Meeting.objects.count() == 1 and Attendance.objects.count() == 2

    def test_after_calling_off_the_same_moment_is_free(self, case, lekstroom):
        meetings.cancel(self.plan(case, lekstroom), because="Ziek", by=lekstroom.officer)
        assert self.plan(case, lekstroom).pk

    def test_not_in_a_closed_dossier(self, case, lekstroom):
        acts.close(case, result="VERHUISD", by=lekstroom.officer, because="weg")
        with pytest.raises(NotNow, match="afgesloten"):
            self.plan(case, lekstroom)

    def test_not_when_the_dossier_was_closed_by_a_colleague_meanwhile(self, case, lekstroom):
        meeting = draft(Case.objects.get(), lekstroom)
        acts.close(case, result="VERHUISD", by=lekstroom.officer, because="weg")
        with pytest.raises(NotNow, match="net bijgewerkt"):
            self.plan(case, lekstroom, meeting)

    def test_consent_as_a_ground_rests_on_a_consent(self, case, lekstroom):
        with pytest.raises(NotNow, match="geen toestemming vastgelegd"):
            self.plan(case, lekstroom, draft(case, lekstroom, ground="toestemming"))
        case.consents.create(
            owner=lekstroom.organisations["nieuwegein"],
            recipient=lekstroom.organisations["verband"],
            by_parents=True,
            scope="x",
            given_on=TODAY,
        )
        assert self.plan(case, lekstroom, draft(case, lekstroom, ground="toestemming")).pk


class TestChanging:
    def test_who_stays_keeps_the_row_others_go_and_come(self, case, lekstroom):
        meeting = draft(case, lekstroom)
        meetings.plan(meeting, [*sides(lekstroom, "school", "verband"), child()], by=lekstroom.officer)
        kept = meeting.people.get(role="school")
        meeting.starts_at = at(date(2026, 12, 1))
        meetings.change(meeting, [*sides(lekstroom, "school", "jeugdteam"), child()], by=lekstroom.officer)
        assert {p.role for p in meeting.people.all()} == {"school", "jeugdhulp", "kind"}
        assert meeting.people.get(role="school").pk == kept.pk
        assert Attendance.history.filter(history_type="-").count() == 1
        assert (Meeting.objects.get().version, meeting.history.count()) == (2, 2)

    def test_of_two_at_once_the_second_is_told(self, yesterday, lekstroom):
        mine, theirs = Meeting.objects.get(), Meeting.objects.get()
        people = list(yesterday.people.all())
        theirs.place = "Zaal 2"
        meetings.change(theirs, people, by=lekstroom.leader)
        mine.place = "Zaal 1"
        with pytest.raises(NotNow, match="intussen aangepast"):
            meetings.change(mine, people, by=lekstroom.officer)
        assert Meeting.objects.get().place == "Zaal 2"

    def test_once_it_is_over_it_is_not_planned_again(self, yesterday, lekstroom):
        stale = Meeting.objects.get()
        meetings.cancel(yesterday, because="Ziek", by=lekstroom.officer)
        with pytest.raises(NotNow, match="intussen aangepast"):
            meetings.change(stale, list(stale.people.all()), by=lekstroom.officer)
        with pytest.raises(NotNow, match="al gehouden of afgezegd"):
            meetings.change(yesterday, list(yesterday.people.all()), by=lekstroom.officer)


class TestRecording:
    def record(self, meeting, lekstroom, present=("gemeente", "school"), agreements=None, **fields):
        for name, value in fields.items():
            setattr(meeting, name, value)
        people = list(meeting.people.select_related("organisation"))
        for person in people:
            person.present = "ja" if person.role in present else "nee"
        agreed = [agreement(lekstroom)] if agreements is None else agreements
        meetings.record(meeting, people, agreed, by=lekstroom.officer)
        return people

    def test_held_with_who_was_there_and_what_was_agreed(self, yesterday, lekstroom):
        self.record(yesterday, lekstroom, facts="School zoekt een plek.")
        meeting = Meeting.objects.get()
        assert (meeting.state, meeting.facts, meeting.version) == ("gehouden", "School zoekt een plek.", 2)
        assert {p.role: p.present for p in meeting.people.all()} == {"gemeente": "ja", "school": "ja", "kind": "nee"}
        task = meeting.tasks.get()
        assert (task.case, task.owner, task.by) == (meeting.case, lekstroom.officer, lekstroom.officer)
        assert AuditEvent.objects.filter(action="meeting_held").count() == 1

    @pytest.mark.parametrize(
        ("options", "problem"),
        [
            ({"present": ("gemeente",)}, "ten minste twee organisaties"),
            ({"present": ("gemeente", "kind")}, "ten minste twee organisaties"),
            ({"question": " "}, "welke vraag voorlag"),
            ({"agreements": []}, "ten minste één afspraak"),
            ({"agreements": [], "no_agreements_because": " "}, "ten minste één afspraak"),
        ],
    )
    def test_what_a_record_needs(self, yesterday, lekstroom, options, problem):
        with pytest.raises(NotNow, match=problem):
            self.record(yesterday, lekstroom, **options)
        assert Meeting.objects.get().state == "gepland" and not Task.objects.filter(meeting=yesterday).exists()

    def test_no_agreement_with_a_reason(self, yesterday, lekstroom):
        self.record(yesterday, lekstroom, agreements=[], no_agreements_because="Eerst onderzoek.")
        assert Meeting.objects.get().is_held

    def test_gemeente_and_the_bureau_that_acts_for_it_are_one_side(self, lekstroom):
        assert len(sides_present(sides(lekstroom, "nieuwegein", "bureau"))) == 1
        assert len(sides_present(sides(lekstroom, "nieuwegein", "school"))) == 2
        assert sides_present(sides(lekstroom, "nieuwegein", "school", present="onbekend")) == set()

    def test_a_side_without_an_account_counts_by_its_name(self):
        free = [Attendance(role="anders", organisation_name=n, present="ja") for n in ("MEE", " mee", "Humanitas", "")]
        assert len(sides_present(free)) == 2

    def test_not_before_it_begins(self, case, lekstroom):
        meeting = draft(case, lekstroom, at(TODAY, 11))
        meetings.plan(meeting, [*sides(lekstroom, "nieuwegein", "school"), child()], by=lekstroom.officer)
        with pytest.raises(NotNow, match="nog niet geweest"):
            self.record(meeting, lekstroom)

    def test_not_of_one_that_was_called_off(self, yesterday, lekstroom):
        stale = Meeting.objects.get()
        meetings.cancel(yesterday, because="Ziek", by=lekstroom.officer)
        with pytest.raises(NotNow, match="afgezegd"):
            self.record(yesterday, lekstroom)
        with pytest.raises(NotNow, match="intussen aangepast"):  # who had the form open already
            self.record(stale, lekstroom)
        assert not Task.objects.filter(meeting=yesterday).exists()

    def test_of_two_who_type_the_record_nothing_is_lost(self, yesterday, lekstroom):
        mine, theirs = Meeting.objects.get(), Meeting.objects.get()
        self.record(theirs, lekstroom, facts="Van de collega")
        with pytest.raises(NotNow, match="Uw tekst staat er nog"):
            self.record(mine, lekstroom, facts="Van mij")
        assert Meeting.objects.get().facts == "Van de collega" and Task.objects.filter(meeting=yesterday).count() == 1

    def test_an_addition_later_keeps_what_stood_there_in_the_history(self, yesterday, lekstroom):
        self.record(yesterday, lekstroom, facts="Eerst")
        self.record(yesterday, lekstroom, facts="Aangevuld", agreements=[])
        assert [h.facts for h in yesterday.history.order_by("-history_id")[:2]] == ["Aangevuld", "Eerst"]
        school = yesterday.people.get(role="school")
        assert school.history.count() == 2, "asked, and was there; the addition changed nothing about who was there"

    @pytest.mark.parametrize(
        ("contact", "last"), [(None, date(2026, 11, 19)), ("2026-11-20", TODAY), ("2026-11-01", date(2026, 11, 19))]
    )
    def test_counts_as_contact_so_the_dossier_is_not_silent(self, yesterday, lekstroom, contact, last):
        if contact:
            yesterday.case.contacts.create(
                on=contact,
                who="school",
                channel="telefoon",
                own_words="x",
                by=lekstroom.officer,
                organisation=lekstroom.organisations["nieuwegein"],
            )
        self.record(yesterday, lekstroom)
        assert Case.objects.get().last_contact_on == last


class TestCallingOff:
    def test_once_with_a_reason_and_a_higher_number(self, yesterday, lekstroom):
        with pytest.raises(NotNow, match="reden"):
            meetings.cancel(yesterday, because=" ", by=lekstroom.officer)
        other = Meeting.objects.get()
        meetings.cancel(yesterday, because="Ziek", by=lekstroom.officer)
        assert (yesterday.state, yesterday.cancelled_because, yesterday.version) == ("afgezegd", "Ziek", 2)
        with pytest.raises(NotNow, match="al gehouden of afgezegd"):
            meetings.cancel(other, because="Anders", by=lekstroom.leader)
        assert Meeting.objects.get().cancelled_because == "Ziek"
        assert AuditEvent.objects.filter(action="meeting_cancelled").count() == 1


@pytest.mark.parametrize(
    "fields", [{"state": "afgezegd"}, {"state": "gehouden", "question": ""}, {"minutes": 14}, {"minutes": 481}]
)
def test_the_database_refuses_a_meeting_that_cannot_be(case, lekstroom, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        draft(case, lekstroom, **fields).save()


@pytest.mark.parametrize("fields", [{"role": "anders"}, {"role": "kind"}, {"role": "ouder", "guardian": True}])
def test_the_database_refuses_nobody_and_the_same_person_twice(yesterday, case, fields):
    if fields.get("guardian"):
        guardian = Guardian.objects.create(pupil=case.pupil, name="Fatima", relation="moeder")
        fields = fields | {"guardian": guardian}
        Attendance.objects.create(meeting=yesterday, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(meeting=yesterday, **fields)


def test_a_meeting_goes_along_when_the_dossier_is_handed_over(yesterday, case, lekstroom, as_user):
    """With who was there; the gemeente that had it sees neither any more."""
    asked = Referral(
        case=case,
        kind="overdracht",
        from_organisation=lekstroom.organisations["nieuwegein"],
        to_organisation=lekstroom.organisations["zwolle"],
        question="Verhuisd",
    )
    referrals.ask(asked, by=lekstroom.officer)
    referrals.accept(asked, by=lekstroom.stranger)
    path = f"/dossiers/{Case.objects.get().number}/overleg/{yesterday.pk}/"
    assert "De Lindeboom" in as_user("stranger").get(path).content.decode()
    assert as_user("officer").get(path).status_code == 404
