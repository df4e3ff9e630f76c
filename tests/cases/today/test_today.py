"""The page of today: named children, the most urgent first, each with its reason and one act; for each role its own."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.closing import acts as closing
from cases.dossier.models import Case, Task
from cases.handling.acts import assign
from cases.meetings.models import Meeting
from cases.proposals.models import Proposal
from cases.today.beside import followed, replacing, waits_for_others
from cases.today.lines import OF_EACH, SHOWN, now_of
from cases.today.week import week_of
from tests import world
from thuiszitters.core.jobs.models import Job
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.absences import Absence
from thuiszitters.core.people.users import User

TODAY = date(2026, 11, 20)


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def mine(lekstroom, friday) -> dict[str, Case]:
    """Four dossiers of the officer, seen, without a step, spoken yesterday."""
    found = {}
    for name, first_day in (
        ("Lang", "2026-09-07"),
        ("Kort", "2026-11-16"),
        ("Midden", "2026-10-12"),
        ("Stil", "2026-11-17"),
    ):
        child = world.pupil(first_names=name)
        case = world.open_case(child, lekstroom.schools["99AA00"], first_day=date.fromisoformat(first_day))
        assign(case, lekstroom.officer, by=lekstroom.officer)
        case.tasks.update(done_on=TODAY, outcome="x")
        Task.objects.create(case=case, title="later", due_on=TODAY + timedelta(days=30), owner=lekstroom.officer)
        Case.objects.filter(pk=case.pk).update(last_contact_on=TODAY - timedelta(days=1))
        found[name] = case
    return found


def said(user: User) -> list[tuple[str, str, str]]:
    return [(line.name.split()[0], line.reason.why, line.reason.act) for line in now_of(again(user), TODAY).lines]


class TestTheLines:
    def test_a_term_that_nears_a_late_step_and_silence_in_that_order(self, mine, lekstroom):
        Task.objects.create(
            case=mine["Kort"], title="Bel moeder", due_on=TODAY - timedelta(days=3), owner=lekstroom.officer
        )
        Case.objects.filter(pk=mine["Stil"].pk).update(last_contact_on=TODAY - timedelta(days=18))
        assert said(lekstroom.officer) == [
            ("Kort", "3 dagen te laat: Bel moeder", "Gedaan"),
            ("Lang", "nog 17 dagen tot 3 maanden", "Openen"),
            ("Midden", "nog 3 dagen tot 6 weken", "Openen"),
            ("Stil", "18 dagen niemand gesproken", "Contact vastleggen"),
        ]

    def test_the_second_reason_is_another_one(self, mine, lekstroom):
        """Two partners who say the same of two steps are one reason."""
        school = lekstroom.organisations["school"]
        step = {"case": mine["Kort"], "due_on": TODAY + timedelta(days=9), "owner": lekstroom.officer}
        for n in range(2):
            task = Task.objects.create(title=f"stap {n}", **step)
            Proposal.objects.create(case=mine["Kort"], task=task, text="x", by=lekstroom.teacher, organisation=school)
        (line,) = [line for line in now_of(again(lekstroom.officer), TODAY).lines if line.name.startswith("Kort")]
        assert line.reason.why == "S. School zegt dat een stap is gedaan" and line.rest != line.reason.why

    def test_the_longest_at_home_stands_first_among_equals(self, mine, lekstroom):
        for case in mine.values():
            Task.objects.create(case=case, title="Bel", due_on=TODAY - timedelta(days=1), owner=lekstroom.officer)
        assert [name for name, *_ in said(lekstroom.officer)] == ["Lang", "Midden", "Kort", "Stil"]

    def test_a_dossier_without_anything_planned_asks_for_it(self, mine, lekstroom):
        mine["Kort"].tasks.filter(done_on=None).update(done_on=TODAY)
        assert ("Kort", "geen volgende stap", "Stap afspreken") in said(lekstroom.officer)

    def test_of_reports_the_oldest_three_and_the_rest_by_count(self, mine, lekstroom):
        for n in range(5):
            row = world.report(
                world.pupil(first_names=f"Melding{n}"),
                lekstroom.schools["99AA00"],
                all_lessons=False,
                kind="L",
                first_day=date(2026, 10, 5 + n),
            )
            world.take_in([row], today=TODAY)
        now = now_of(again(lekstroom.officer), TODAY)
        named = [line.name.split()[0] for line in now.lines]
        assert [name for name in named if name.startswith("Melding")] == ["Melding0", "Melding1", "Melding2"]
        assert OF_EACH == 3 and now.more == 2

    def test_no_more_than_ten_and_the_rest_is_counted(self, lekstroom, friday):
        for _ in range(13):
            world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        now = now_of(again(lekstroom.leader), TODAY)
        assert (len(now.lines), now.more) == (SHOWN, 3)
        assert {line.reason.why for line in now.lines} == {"niemand heeft dit dossier"}

    def test_what_is_counted_can_be_opened(self, lekstroom, friday, as_user):
        names = [world.open_case(world.pupil(), lekstroom.schools["99AA00"]).pupil.name for _ in range(13)]
        leader = as_user("leader")
        first, all_of_them = (leader.get(f"/vandaag/{rest}").content.decode() for rest in ("", "?alles=1"))
        assert "?alles=1" in first and "?alles=1" not in all_of_them
        assert [sum(name in page for name in names) for page in (first, all_of_them)] == [SHOWN, 13]

    def test_who_stands_in_sees_the_steps_of_who_is_away(self, mine, lekstroom):
        Task.objects.create(case=mine["Kort"], title="Bel", due_on=TODAY - timedelta(days=1), owner=lekstroom.officer)
        away = {"user": lekstroom.officer, "first_day": TODAY, "last_day": TODAY, "by": lekstroom.officer}
        Absence.objects.create(stand_in=lekstroom.leader, **away)
        assert ("Kort", "1 dag te laat: Bel (namens M. Officier)", "Gedaan") in said(lekstroom.leader)
        (row, count), *rest = replacing(again(lekstroom.leader), TODAY)
        assert (row.user, count, rest) == (lekstroom.officer, 4, [])

    def test_a_closing_to_confirm(self, mine, lekstroom):
        closing.propose(mine["Kort"], result="GEEN_VERZUIM", because="x", by=lekstroom.officer)
        assert ("Kort", "M. Officier wil afsluiten terwijl de klok loopt", "Beoordelen") in said(lekstroom.leader)
        assert "Kort" not in {name for name, why, _ in said(lekstroom.officer) if "afsluiten" in why}


class TestBeside:
    def test_what_waits_for_others_the_latest_first(self, mine, lekstroom):
        for late, who in ((2, "school"), (9, "verband")):
            Task.objects.create(
                case=mine["Kort"],
                title="x",
                due_on=TODAY - timedelta(days=late),
                owner_organisation=lekstroom.organisations[who],
            )
        rows = waits_for_others(again(lekstroom.officer), TODAY)
        assert [(row.who, row.count, row.late) for row in rows] == [
            ("Verband De Verbinding", 1, 9),
            ("De Lindeboom", 1, 2),
        ]

    def test_a_child_that_is_back(self, mine, lekstroom):
        closing.follow(mine["Lang"], first_day=date(2026, 11, 18), source="mentor", by=lekstroom.officer)
        (row,) = followed(again(lekstroom.officer), TODAY)
        assert row.case == mine["Lang"] and row.step.title.startswith("Ging het kind de hele week")

    def test_the_week_holds_steps_overleg_and_terms(self, mine, lekstroom):
        Task.objects.create(case=mine["Kort"], title="Bel", due_on=date(2026, 11, 18), owner=lekstroom.officer)
        Meeting.objects.create(
            case=mine["Lang"],
            kind="mdo",
            ground="taak",
            starts_at=datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam")),
            place="x",
            by=lekstroom.officer,
            organisation=lekstroom.organisations["nieuwegein"],
        )
        days = {
            day.day: [(e.at, e.what, e.level) for e in day.entries] for day in week_of(again(lekstroom.officer), TODAY)
        }
        assert ("", "Bel", "over") in days[date(2026, 11, 18)]
        assert ("09.30", "MDO", "") in days[date(2026, 11, 20)]
        assert min(days) == date(2026, 11, 16) and len(days) == 5


class TestThePage:
    def test_every_child_that_is_named_stands_in_the_log(self, mine, lekstroom, as_user):
        """Also who is named in the week alone."""
        case = mine["Kort"]
        case.tasks.filter(done_on=None).update(due_on=date(2026, 11, 20))
        Task.objects.create(case=case, title="x", due_on=TODAY + timedelta(days=40), owner=lekstroom.officer)
        page = as_user("officer").get("/vandaag/").content.decode()
        event = AuditEvent.objects.filter(action="waiting_viewed").latest("pk")
        named = {c.pupil_id for c in mine.values() if c.pupil.name in page}
        assert case.pupil_id in named and named <= set(event.pupil_ids)

    @pytest.mark.parametrize(
        "who", ["officer", "leader", "coordinator", "holder", "nurse", "region", "admin", "controller"]
    )
    def test_every_role_begins_the_day_with_it_or_can_go_there(self, lekstroom, friday, as_user, who):
        assert as_user(who).get("/vandaag/").status_code == 200
        if who in ("officer", "leader", "coordinator", "holder", "nurse"):
            assert as_user(who).get("/").url == "/vandaag/"

    def test_a_school_sees_its_reports_and_not_what_the_gemeente_knows_of_the_child(self, mine, lekstroom, as_user):
        page = as_user("teacher").get("/vandaag/").content.decode()
        assert "Uw laatste meldingen" in page and "ontvangen" in page
        assert "in behandeling" not in page and "M. Officier" not in page

    def test_a_region_sees_what_is_missing(self, lekstroom, friday, as_user):
        assert "Voor vervoer houdt niemand doorzettingsmacht." in as_user("region").get("/vandaag/").content.decode()

    def test_failed_work_is_tried_again(self, lekstroom, friday, as_user):
        job = Job.objects.create(kind="pack", subject_id=1, state=Job.State.FAILED, problem="ValueError", tries=3)
        admin = as_user("admin")
        assert "Werk is mislukt: pack" in admin.get("/vandaag/").content.decode()
        assert "mislukt" not in as_user("officer").get("/vandaag/").content.decode()
        for _ in range(2):
            assert admin.post(f"/vandaag/werk/{job.pk}/opnieuw/").status_code == 302
        job.refresh_from_db()
        assert (job.state, job.tries) == ("wacht", 0)

    def test_a_foreign_child_is_never_named(self, mine, lekstroom, as_user):
        for who in ("stranger", "colleague", "partner_elsewhere", "coordinator", "holder", "region", "admin"):
            page = as_user(who).get("/vandaag/").content.decode()
            assert not any(case.pupil.name in page or case.number in page for case in mine.values()), who
