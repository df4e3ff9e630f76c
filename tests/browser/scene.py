"""A small region with every kind of page in it: dossiers that are open, closed and shared, reports, refused lines."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from cases.barriers import acts as barriers
from cases.barriers.models import Barrier
from cases.clock.acts import facts_changed
from cases.closing import acts as closing
from cases.disputes.models import Dispute
from cases.dossier.models import Case, Task
from cases.dossier.taking_part import Consent, Involvement
from cases.goals import acts as goals
from cases.goals.models import Goal, Opinion
from cases.handling import acts as handling
from cases.intake import uploads
from cases.intake.models import Intake
from cases.meetings.models import Attendance, Meeting
from cases.nightly import run_due
from cases.offers import acts as offers
from cases.offers.models import Offer
from cases.people import acts as people
from cases.people.models import Professional
from cases.sharing import acts as sharing
from cases.sharing import asking as referrals
from cases.sharing.emergency import open_in_emergency
from cases.sharing.models import Referral
from cases.stops.models import Stop
from cases.talks import acts as talks
from cases.talks.models import Talk
from cases.work import acts as work
from cases.work.models import Contact, Note, Problem
from leerplicht.models import Exemption, Guardian, ImportFile, PermittedAbsence, RejectedLine, SchoolReturn
from tests import world
from tests.browser.scene_of_acts import (
    TODAY,
    make_claims,
    make_coming_stop,
    make_decisions,
    make_reviews,
    make_stop,
    make_stop_of_region,
)
from tests.cases import absence_file

HOURS = "2026-10-05=5,2026-10-12=5,2026-11-02=5,2026-11-09=4"


def _report(n: int, name: str, first_day: str, told: str, **changes: str) -> dict[str, str]:
    first, last = name.split(" ", 1)
    values = {"voornamen": first, "achternaam": last, "begindatum": first_day, "datum_mutatie": told, "verzuimuren": ""}
    return absence_file.row(n, **values | changes)


ROWS = (
    _report(1, "Noor van den Berg", "2026-06-22", "2026-06-26"),
    _report(2, "Sem Aydin", "2026-10-05", "2026-10-09"),
    _report(3, "Fleur Smit", "2026-11-02", "2026-11-06"),
    _report(4, "Yusuf Kaya", "2026-09-07", "2026-09-11"),
    _report(
        5, "Julia de Wit", "2026-10-05", "2026-11-10", verzuimsoort="V3", alle_lessen_gemist="N", verzuimuren=HOURS
    ),
    _report(6, "Omar Visser", "2026-11-09", "2026-11-11", verzuimsoort="L", alle_lessen_gemist="N"),
)
REFUSED = _report(7, "Lina Mulder", "2026-11-09", "2026-11-12", geboortedatum="31-02-2014")
NEXT_WEEK = _report(8, "Adam Peters", "2026-11-16", "2026-11-19")


@dataclass
class Scene:
    world: world.World
    cases: dict[str, Case]
    open: Case
    closed: Case
    meetings: list[Meeting]
    waiting: str
    preview: ImportFile
    done: ImportFile
    failed: ImportFile
    line: RejectedLine
    asked: Referral
    stop: Stop
    talk: Talk
    goal: Goal
    coming: Stop
    of_region: Stop


def build(lekstroom: world.World) -> Scene:
    officer = lekstroom.officer
    done = _upload(lekstroom, "week-46.csv", absence_file.content(*ROWS, REFUSED))
    uploads.accept(done, by=officer)
    cases = {c.pupil.first_names: c for c in Case.objects.select_related("pupil")}
    _live(lekstroom, cases["Noor"])
    _end(officer, cases["Yusuf"])
    work.finish_task(cases["Sem"].tasks.get(), outcome="Gesproken.", by=officer)
    handling.transition(cases["Fleur"], "onderzoek", by=officer, because="Ouders gebeld.")
    closing.follow(cases["Fleur"], first_day=date(2026, 11, 16), source="Gaat weer.", by=officer)
    Intake.objects.filter(number="M6").update(state=Intake.State.SET_ASIDE, because="Vakantie met toestemming.")
    run_due(TODAY)
    return Scene(
        world=lekstroom,
        cases=cases,
        open=cases["Noor"],
        closed=cases["Yusuf"],
        waiting="M5",
        done=done,
        meetings=_meetings(lekstroom, cases["Noor"]),
        preview=_upload(lekstroom, "week-47.csv", absence_file.content(NEXT_WEEK, REFUSED)),
        failed=_upload(lekstroom, "foto.csv", b"\x89PNG\r\n"),
        line=RejectedLine.objects.get(),
        asked=Referral.objects.get(to_organisation=lekstroom.organisations["verband"]),
        stop=make_stop(lekstroom, cases["Noor"], cases["Sem"]),
        talk=_talk(lekstroom, cases["Noor"]),
        goal=_goal(lekstroom, cases["Noor"]),
        coming=make_coming_stop(lekstroom, cases["Sem"]),
        of_region=make_stop_of_region(lekstroom, cases["Noor"], cases["Sem"]),
    )


def _goal(lekstroom, case) -> Goal:
    """With what mother and child think of it, who works with the child, and a complaint that runs."""
    own = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
    goal = Goal(text="Elke ochtend een uur", who="mentor", review_on=date(2026, 12, 4), **own)
    goals.save_goal(goal, by=lekstroom.officer)
    mother = Opinion(goal=goal, guardian=case.pupil.guardians.first(), says="eens", on=TODAY, **own)
    child = Opinion(goal=goal, says="oneens", why="Te vroeg.", on=TODAY, **own)
    goals.say(case, [mother, child], by=lekstroom.officer)
    people.save_professional(
        Professional(name="J. Smit", role="jeugdarts", phone="030 5550", **own), by=lekstroom.officer
    )
    started = {"route": "klacht", "started_on": date(2026, 11, 2), "by_whom": "ouders", "addressed_to": "de commissie"}
    Dispute.objects.create(**started, **own)
    return goal


def _talk(lekstroom, case: Case) -> Talk:
    """With mother, next week."""
    own = {"case": case, "organisation": lekstroom.organisations["nieuwegein"]}
    talk = Talk(starts_at=datetime(2026, 11, 24, 9, tzinfo=UTC), place="Stadskantoor", **own)
    talks.plan(talk, [case.pupil.guardians.first()], by=lekstroom.officer)
    return talk


def _meetings(lekstroom, case: Case) -> list[Meeting]:
    """An MDO that was held last week, one of yesterday without a record, and one that is to come."""
    made = []
    nieuwegein, verband = lekstroom.organisations["nieuwegein"], lekstroom.organisations["verband"]
    for state, day in (("gehouden", 12), ("gepland", 19), ("gepland", 26)):
        meeting = Meeting.objects.create(
            case=case,
            kind="mdo",
            state=state,
            starts_at=f"2026-11-{day}T12:30:00Z",
            place="Zaal 2",
            ground="convenant",
            question="Wat heeft Noor nodig om weer te beginnen?",
            organisation=nieuwegein,
            facts="School zoekt een rustige plek.",
            goals="Over zes weken elke dag twee uur op school.",
            next_on=date(2026, 11, 26),
            by=lekstroom.officer,
        )
        there = "ja" if state == "gehouden" else "onbekend"
        Attendance.objects.create(meeting=meeting, role="gemeente", organisation=nieuwegein, present=there)
        Attendance.objects.create(meeting=meeting, role="samenwerkingsverband", organisation=verband, present=there)
        Attendance.objects.create(meeting=meeting, role="kind")
        made.append(meeting)
    Task.objects.create(
        case=case,
        title="Arrangement aanvragen",
        owner_organisation=verband,
        due_on=date(2026, 12, 4),
        by=lekstroom.officer,
        meeting=made[0],
    )
    return made


def _upload(lekstroom, name: str, content: bytes) -> ImportFile:
    return uploads.upload(
        name, content, by=lekstroom.officer, organisation=lekstroom.organisations["nieuwegein"], municipalities={"0356"}
    )


def _live(lekstroom, case: Case) -> None:
    """Everything that can stand in a dossier."""
    officer, verband = lekstroom.officer, lekstroom.organisations["verband"]
    verband.name = "Samenwerkingsverband De Verbinding (voortgezet onderwijs)"
    verband.save()
    own = {"case": case, "by": officer, "organisation": lekstroom.organisations["nieuwegein"]}
    handling.assign(case, officer, by=None)
    mother = Guardian.objects.create(
        pupil=case.pupil,
        name="F. van den Berg",
        relation="moeder",
        gezag="ja",
        gezag_source="gezagsregister",
        lives="kind",
        phone="06 555 0 12 34",
    )
    Guardian.objects.create(pupil=case.pupil, name="K. de Groot", relation="vader", gezag="onbekend", lives="kind")
    words = {"own_words": "Ze wil wel, maar durft de klas niet in.", "agreed": "Donderdag kennismaken."}
    for contact in (
        Contact(on=date(2026, 11, 18), who="ouder", guardian=mother, channel="huisbezoek", shared=True, **own, **words),
        Contact(on=date(2026, 11, 12), who="kind", channel="gesprek", own_words="Het is te druk.", **own),
    ):
        work.save_entry(contact, by=officer)
    work.save_entry(Note(text="School zoekt een rustige plek.", **own), by=officer)
    for n, code in enumerate(("A1", "D1", "F1")):
        Problem.objects.create(code=code, primary=n == 0, shared=True, **own)
    Task.objects.create(case=case, title="MDO plannen", owner=officer, due_on=date(2026, 11, 16), by=officer)
    Task.objects.create(
        case=case, title="Plek zoeken", owner_organisation=verband, due_on=date(2026, 12, 1), by=officer
    )
    handling.transition(case, "onderzoek", by=officer, because="Ouders uitgenodigd.")
    sharing.involve(
        Involvement(case=case, organisation=verband, since=TODAY, ground="convenant", added_by=officer), by=officer
    )
    nieuwegein = lekstroom.organisations["nieuwegein"]
    sharing.give_consent(
        Consent(
            case=case,
            owner=nieuwegein,
            recipient=verband,
            by_parents=True,
            by_youth=True,
            health=True,
            scope="passende plek",
            given_on=TODAY,
        ),
        by=officer,
    )
    world.involve(case, lekstroom.organisations["school"])
    sem = Case.objects.get(pupil__first_names="Sem")
    for about, kind, key in (
        (case, "verwijzing", "jeugdteam"),
        (case, "overdracht", "zwolle"),
        (sem, "verwijzing", "verband"),
    ):
        row = Referral(
            case=about,
            kind=kind,
            from_municipality=case.municipality,
            from_organisation=nieuwegein,
            to_organisation=lekstroom.organisations[key],
            question="Kunt u helpen?",
            parts=["verloop"],
            ground="taak" if kind == "verwijzing" else "",
        )
        referrals.ask(row, by=officer)
    _places(own | {"asked_on": date(2026, 10, 12)}, officer)
    make_reviews(lekstroom, case)
    make_decisions(lekstroom, case)
    make_claims(lekstroom, case)
    open_in_emergency(case, by=lekstroom.stranger, reason="Kind is vermist, politie belde net.")
    SchoolReturn.objects.create(pupil=case.pupil, first_day=date(2026, 11, 4), trial=True, source="mentor")
    PermittedAbsence.objects.create(
        pupil=case.pupil, first_day=date(2026, 9, 7), last_day=date(2026, 9, 11), reason="ziekte", explanation="griep"
    )
    Exemption.objects.create(
        pupil=case.pupil, article="art_11", first_day=date(2026, 9, 14), last_day=date(2026, 9, 14)
    )
    facts_changed([case.pupil_id], TODAY)


def _places(asked: dict, officer) -> None:
    """An offer in each state that waits for somebody, and a barrier. The care changes nothing for the clock."""
    build_up = [{"from": "2027-01-11", "hours": "12"}]
    for kind, provider, path in (
        ("VSO", "De Klif", ()),
        ("VSO", "De Haven", ("aangeboden",)),
        ("OPDC", "Het Anker", ("aangeboden", "aangekondigd")),
        ("ZORGAANBOD", "De Haver", ("aangeboden", "aangekondigd", "gestart")),
    ):
        place = Offer(kind=kind, provider=provider, hours_start=6, hours_full=24, build_up=build_up, **asked)
        offers.save_offer(place, by=officer)
        for target in path:
            offers.move_offer(place, target, by=officer, on=date(2026, 11, 9))
    row = Barrier(kind="vervoer", what="Een busje", owner=asked["organisation"], promised_on=date(2026, 11, 2), **asked)
    barriers.save_barrier(row, by=officer)


def _end(officer, case: Case) -> None:
    """Back at school for weeks, and closed."""
    SchoolReturn.objects.create(pupil=case.pupil, first_day=date(2026, 10, 5), source="mentor")
    facts_changed([case.pupil_id], TODAY)
    case.refresh_from_db()
    handling.transition(case, "onderzoek", by=officer, because="Ouders uitgenodigd.")
    closing.close(case, result="EIGEN_SCHOOL_VOLLEDIG", by=officer, because="Vier weken gevolgd, het gaat goed.")
