"""From rows to home periods: which rows count, same facts same rows, one child never stops the others."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerplicht.law.exemptions import Article
from leerplicht.models import Enrolment, Exemption, HomePeriod, NotEnrolled, PermittedAbsence, SchoolReturn
from leerplicht.services.clock import pupils_on_the_clock, recompute
from tests import world

D = date.fromisoformat
TODAY = D("2026-11-22")


def told(child, today=TODAY) -> list[str]:
    """The home periods of a child after a round, as words."""
    assert not recompute([child.pk], today).failed
    rows = HomePeriod.objects.filter(pupil=child)
    return [f"{p.first_day}..{p.last_day or ''} {p.kind} klok {p.clock_start} {p.ended_by}".strip() for p in rows]


@pytest.fixture
def child(lekstroom):
    return world.pupil()


@pytest.fixture
def school(lekstroom):
    return lekstroom.schools["99AA00"]


RUNNING = ["2026-10-05.. relatief klok 2026-10-05"]
RETURNED = ["2026-10-05..2026-10-30 relatief klok 2026-10-05 terug"]


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        pytest.param([{}], RUNNING, id="LRV without an end"),
        pytest.param([{"last_day": D("2026-10-30")}], RETURNED, id="LRV with an end: back the next day"),
        pytest.param([{"kind": "L", "last_day": D("2026-10-30")}], RETURNED, id="luxeverzuim with an end"),
        pytest.param([{"kind": "O", "last_day": D("2026-10-30")}], RETURNED, id="overig with an end"),
        pytest.param([{"kind": "V3", "last_day": D("2026-10-30")}], RUNNING, id="V3: the end is when 16 was reached"),
        pytest.param([{"kind": "V4", "last_day": D("2026-10-30")}], RUNNING, id="V4"),
        pytest.param([{"kind": "RMC", "last_day": D("2026-10-30")}], RUNNING, id="RMC"),
        pytest.param([{"status": "G"}], RUNNING, id="a closed report ends nothing"),
        pytest.param([{"status": "K"}], RUNNING, id="taken for information ends nothing"),
        pytest.param([{"status": "I"}], [], id="a withdrawn report does not count"),
        pytest.param([{"all_lessons": False}], [], id="not all lessons missed"),
        pytest.param([{"superseded_at": "2026-10-20T12:00Z"}], [], id="a superseded version does not count"),
        pytest.param(
            [{"kind": "V3", "last_day": D("2026-10-08")}, {"kind": "V3", "first_day": D("2026-10-12")}],
            RUNNING,
            id="V3 chain",
        ),
        pytest.param(
            [
                {"kind": "V3", "last_day": D("2026-10-08")},
                {"kind": "V3", "first_day": D("2026-10-12")},
                {"kind": "LRV", "last_day": D("2026-10-30")},
            ],
            RETURNED,
            id="V3 chain and an LRV report that says when the child was back",
        ),
        pytest.param(
            [{"kind": "V3"}, {"kind": "O", "first_day": D("2026-10-07"), "last_day": D("2026-10-07")}],
            RUNNING,
            id="a report on one day within it says nothing about the rest",
        ),
        pytest.param(
            [{"kind": "V3"}, {"kind": "L", "last_day": D("2026-10-09")}, {"kind": "LRV"}],
            RUNNING,
            id="a report that still runs comes before one that ended",
        ),
    ],
)
def test_reports(child, school, reports, expected):
    for fields in reports:
        world.report(child, school, **fields)
    assert told(child) == expected


def enrol(child, school, first="", last=""):
    Enrolment.objects.create(
        pupil=child, school=school, first_day=(first and D(first)) or None, last_day=(last and D(last)) or None
    )


@pytest.mark.parametrize(
    ("enrolments", "expected"),
    [
        pytest.param([("", "2026-11-02")], ["2026-11-03.. absoluut klok 2026-11-03"], id="ended without a new one"),
        pytest.param([("", "2026-11-02"), ("2026-11-03", "")], [], id="a new one the next day"),
        pytest.param([("", "2026-11-02"), ("", "")], [], id="a new one since a day we do not know"),
        pytest.param([("", "2026-07-31"), ("2026-08-31", "")], [], id="R12 between two schools in August"),
        pytest.param(
            [("", "2026-09-13"), ("2026-09-24", "")],
            ["2026-09-14..2026-09-23 absoluut klok 2026-09-14 ingeschreven"],
            id="R12 from 14 to 23 September",
        ),
        pytest.param([("2020-08-17", "2031-07-31")], [], id="the day on which it will end is known already"),
    ],
)
def test_enrolments(child, school, enrolments, expected):
    for first, last in enrolments:
        enrol(child, school, first, last)
    assert told(child) == expected


def test_not_enrolled_as_somebody_found_out_until_a_new_enrolment(child, school):
    NotEnrolled.objects.create(pupil=child, first_day=D("2026-09-14"), how_known="moeder belde")
    assert told(child) == ["2026-09-14.. absoluut klok 2026-09-14"]
    enrol(child, school, "2026-09-24")
    assert told(child) == ["2026-09-14..2026-09-23 absoluut klok 2026-09-14 ingeschreven"]


def test_enrolled_on_the_day_itself_is_never_not_enrolled(child, school):
    NotEnrolled.objects.create(pupil=child, first_day=D("2026-09-14"), how_known="moeder belde")
    enrol(child, school, "2026-09-14")
    assert told(child) == []


def test_a_closed_report_and_an_ended_enrolment_turn_relatief_into_absoluut_within_one_period(child, school):
    """R14: reason 2 (enrolled elsewhere), but no new enrolment the next day."""
    world.report(child, school, status="G")
    enrol(child, school, "", "2026-11-02")
    assert told(child) == ["2026-10-05.. absoluut klok 2026-10-05"]
    spans = HomePeriod.objects.get().spans
    assert [(s["kind"], s["first_day"]) for s in spans] == [("relatief", "2026-10-05"), ("absoluut", "2026-11-03")]
    assert spans[0]["source"].startswith("melding M")
    assert spans[1]["source"] == "de inschrijving bij De Lindeboom eindigde op 2 november 2026"


@pytest.mark.parametrize(("trial", "expected"), [(True, RUNNING), (False, RETURNED)])
def test_a_trial_day_ends_nothing(child, school, trial, expected):
    world.report(child, school)
    SchoolReturn.objects.create(pupil=child, first_day=D("2026-10-31"), trial=trial, source="mentor")
    assert told(child) == expected


def test_permission_and_article_11_are_time_at_home_and_other_exemptions_are_not(child, school):
    PermittedAbsence.objects.create(
        pupil=child, first_day=D("2026-09-07"), last_day=D("2026-10-02"), reason="ziekte", explanation="jeugdarts"
    )
    Exemption.objects.create(
        pupil=child, first_day=D("2026-08-31"), last_day=D("2026-09-04"), article=Article.ART_11, letter="c"
    )
    world.report(child, school)
    assert told(child) == ["2026-08-31.. relatief klok 2026-10-05"]
    Exemption.objects.create(pupil=child, first_day=D("2026-11-02"), article=Article.ART_5_ONDER_A)
    assert told(child) == ["2026-08-31..2026-11-01 relatief klok 2026-10-05 vrijgesteld"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"born": D("2022-05-05")}, [], id="four years old"),
        pytest.param(
            {"born": D("2008-11-05")},
            [f"{RUNNING[0][:10]}..2026-11-04 relatief klok 2026-10-05 niet leerplichtig"],
            id="18 on 5 November",
        ),
        pytest.param({"born": D("2008-01-05")}, [], id="18 before it began"),
        pytest.param({"born": D("2009-12-01"), "startkwalificatie_on": D("2026-07-03")}, [], id="startkwalificatie"),
        pytest.param({"born": D("2009-12-01"), "released": True}, [], id="diploma praktijkonderwijs"),
        pytest.param({"born": D("2009-12-01")}, RUNNING, id="kwalificatieplichtig"),
    ],
)
def test_only_who_must_go_to_school(lekstroom, school, fields, expected):
    child = world.pupil(**fields)
    world.report(child, school)
    assert told(child) == expected


def writes(captured) -> list[str]:
    return [q["sql"] for q in captured if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE", "BEGIN"))]


def test_the_same_facts_give_the_same_rows_without_a_write(child, school):
    world.report(child, school)
    assert recompute([child.pk], TODAY).changed == {child.pk}
    before = list(HomePeriod.objects.values())
    with CaptureQueriesContext(connection) as queries:
        assert recompute([child.pk], D("2026-12-01")).changed == set()
    assert writes(queries.captured_queries) == []
    assert list(HomePeriod.objects.values()) == before


def test_a_correction_moves_the_row(child, school):
    report = world.report(child, school)
    assert told(child) == RUNNING
    type(report).objects.filter(pk=report.pk).update(first_day=D("2026-11-02"))
    assert told(child) == ["2026-11-02.. relatief klok 2026-11-02"]
    type(report).objects.filter(pk=report.pk).update(status="I")
    assert told(child) == []


def test_two_periods_may_become_one_and_one_two(child, school):
    world.report(child, school, last_day=D("2026-10-09"))
    world.report(child, school, first_day=D("2026-11-09"))
    assert len(told(child)) == 2
    PermittedAbsence.objects.create(
        pupil=child, first_day=D("2026-10-10"), last_day=D("2026-11-08"), reason="ziekte", explanation="huisarts"
    )
    assert told(child) == ["2026-10-05.. relatief klok 2026-11-09"]
    PermittedAbsence.objects.all().delete()
    assert len(told(child)) == 2


def test_a_child_whose_time_is_unknown_is_named_and_does_not_stop_the_others(lekstroom, school):
    children = [world.pupil() for _ in range(3)]
    for child in children:
        world.report(child, school)
    old = world.pupil(born=D("2009-05-05"))
    enrol(old, school, "", "2016-09-01")
    result = recompute([children[0].pk, old.pk, children[1].pk, children[2].pk], TODAY)
    assert (result.pupils, set(result.failed)) == (4, {old.pk})
    assert "schoolvakanties" in result.failed[old.pk]
    assert result.changed == {c.pk for c in children}
    assert HomePeriod.objects.count() == 3


def test_the_number_of_queries_does_not_grow_with_the_children(lekstroom, school):
    counts = []
    for size in (5, 50):
        children = [world.pupil(pgn_hash="") for _ in range(size)]
        for child in children:
            world.report(child, school)
            enrol(child, school)
        with CaptureQueriesContext(connection) as queries:
            recompute([c.pk for c in children], TODAY)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_round_looks_at_every_child_with_a_fact_and_at_no_other(lekstroom, school):
    world.pupil()
    reported, ended, permitted, found, had = (world.pupil() for _ in range(5))
    world.report(reported, school)
    enrol(ended, school, "", "2026-11-02")
    enrol(world.pupil(), school)
    PermittedAbsence.objects.create(pupil=permitted, first_day=TODAY, reason="ziekte", explanation="x")
    NotEnrolled.objects.create(pupil=found, first_day=TODAY, how_known="x")
    HomePeriod.objects.create(pupil=had, first_day=TODAY, kind="relatief", computed_for=TODAY)
    assert list(pupils_on_the_clock()) == [c.pk for c in (reported, ended, permitted, found, had)]
    assert recompute(pupils_on_the_clock(), TODAY).pupils == 5
    assert not HomePeriod.objects.filter(pupil=had).exists()
