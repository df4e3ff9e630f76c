"""The steps of a dossier: made from the facts, recomputed, closed once, with the gate for parents and child, paused."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from cases.clock.acts import facts_changed
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.nightly import run_due
from cases.steps import acts as steps
from cases.steps.models import EscalationStep, Ladder, LadderRung, Pause
from cases.work.models import Contact
from leerplicht.models import Guardian, SchoolReturn
from tests import world
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.organisations import Membership

TODAY = date(2026, 11, 20)


def of(case: Case) -> dict[int, EscalationStep]:
    return {s.position: s for s in case.steps.filter(stopped_on=None)}


def talk(case, who="ouder", guardian=None, words="Wij willen hulp.", **fields) -> Contact:
    values = {"on": TODAY, "channel": "gesprek", "own_words": words} | fields
    by = Membership.objects.select_related("user", "organisation").get(user__email="officer@voorbeeld.test")
    return Contact.objects.create(
        case=case, who=who, guardian=guardian, by=by.user, organisation=by.organisation, **values
    )


@pytest.fixture
def ladder(lekstroom) -> Ladder:
    """Lekstroom's own: two steps, from 1 October 2026."""
    made = Ladder.objects.create(
        region=lekstroom.organisations["regio"], valid_from=date(2026, 10, 1), source="Convenant"
    )
    for n, (name, after, term) in enumerate((("gesprek", 0, 5), ("tafel", 3, None))):
        LadderRung.objects.create(
            ladder=made,
            position=n,
            name=name,
            trigger="x",
            owner="gemeente",
            after_amount=after,
            after_count="weken",
            term_amount=term,
            term_count="schooldagen" if term else "",
            actions="x",
        )
    return made


class TestFollowingTheFacts:
    def test_without_an_own_ladder_the_national_one(self, case):
        found = of(case)
        assert len(found) == 8 and {s.ladder for s in found.values()} == {None}
        assert {s.start for s in found.values()} == {date(2026, 10, 5)}, "the first day at home, not the report"
        assert (found[4].planned_on, found[4].due_on) == (date(2026, 11, 9), date(2026, 11, 23))

    def test_the_region_of_the_first_day_decides(self, ladder, lekstroom, friday):
        case = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
        assert {p: s.name for p, s in of(case).items()} == {0: "gesprek", 1: "tafel"}
        assert of(case)[1].due_on is None

    def test_a_newer_version_changes_only_children_who_come_home_later(self, ladder, case, friday):
        newer = Ladder.objects.create(region=ladder.region, valid_from=date(2026, 11, 1), source="Nieuw")
        LadderRung.objects.create(
            ladder=newer,
            position=0,
            name="nieuw",
            trigger="x",
            owner="school",
            after_amount=0,
            after_count="dagen",
            actions="x",
        )
        later = world.open_case(world.pupil(), case.pupil.reports.get().school, first_day=date(2026, 11, 9))
        run_due(friday)
        assert [s.name for s in of(case).values()] == ["gesprek", "tafel"]
        assert [s.name for s in of(later).values()] == ["nieuw"]

    def test_a_step_of_an_earlier_period_does_not_stand_for_one_of_now(self, case, lekstroom, friday):
        first = of(case)[0]
        about = {"result": "overgeslagen", "outcome": "x", "late_because": "x", "reasons": {}, "by": lekstroom.officer}
        steps.finish(first, **about)
        back = {"first_day": date(2026, 10, 26), "last_day": date(2026, 11, 6), "source": "gebeld"}
        SchoolReturn.objects.create(pupil=case.pupil, **back)
        facts_changed([case.pupil_id], friday)
        now = case.steps.filter(start__gt=date(2026, 11, 1))
        assert list(now.values_list("position", flat=True)) == list(range(8)), "all of them, also the first"
        assert not now.filter(position=first.position).exclude(result="").exists()

    def test_the_round_can_run_twice(self, case, friday):
        before = list(EscalationStep.objects.order_by("pk").values())
        run_due(friday)
        assert list(EscalationStep.objects.order_by("pk").values()) == before

    def test_dates_move_with_the_first_day_and_what_is_done_stays(self, case, lekstroom, friday):
        first = of(case)[0]
        steps.finish(
            first,
            result="overgeslagen",
            outcome="was al gedaan",
            late_because="voor onze tijd",
            reasons={},
            by=lekstroom.officer,
        )
        case.pupil.reports.update(first_day=date(2026, 10, 12))
        facts_changed([case.pupil_id], friday)
        running = of(case)
        assert {s.start for p, s in running.items() if p > 0} == {date(2026, 10, 12)}
        first.refresh_from_db()
        assert (first.start, first.result) == (date(2026, 10, 5), "overgeslagen")

    def test_back_at_school_for_a_week_the_steps_stop_and_a_new_period_begins_anew(self, case, lekstroom, friday):
        SchoolReturn.objects.create(pupil=case.pupil, first_day=date(2026, 11, 9), source="mentor")
        facts_changed([case.pupil_id], friday)
        assert of(case) == {}
        world.take_in([world.report(case.pupil, lekstroom.schools["99AA00"], first_day=friday)], today=friday)
        assert {s.start for s in of(case).values()} == {friday}

    def test_the_number_of_questions_does_not_grow(self, lekstroom, friday, django_assert_max_num_queries):
        made = [world.report(world.pupil(), lekstroom.schools["99AA00"]) for _ in range(40)]
        world.take_in(made, today=friday)
        with django_assert_max_num_queries(60):
            facts_changed([r.pupil_id for r in made], friday)


class TestTheGate:
    @pytest.fixture
    def parents(self, case) -> list[Guardian]:
        rows = [("Fatima Bakker", "moeder", "ja"), ("Karel Bakker", "vader", "ja"), ("Opa", "opa", "nee")]
        return [Guardian.objects.create(pupil=case.pupil, name=n, relation=r, gezag=g) for n, r, g in rows]

    def test_who_is_missing(self, case, parents):
        assert steps.who_is_missing(case, TODAY) == ["Fatima Bakker (moeder)", "Karel Bakker (vader)", "het kind zelf"]
        talk(case, guardian=parents[0])
        talk(case, guardian=parents[1], channel="niet gelukt")
        talk(case, "kind", words="Het is te druk.")
        assert steps.who_is_missing(case, TODAY) == ["Karel Bakker (vader)"]
        talk(case, guardian=parents[1], words="", agreed="later bellen")
        assert steps.who_is_missing(case, TODAY) == ["Karel Bakker (vader)"], (
            "what somebody thinks, not only an agreement"
        )

    def test_no_parent_with_gezag_is_known(self, case):
        assert steps.who_is_missing(case, TODAY)[0] == "een ouder met gezag (nog niet vastgelegd)"

    def test_a_younger_child_where_that_can_be(self, case):
        type(case.pupil).objects.filter(pk=case.pupil_id).update(born=date(2017, 5, 5))
        case.pupil.refresh_from_db()
        assert steps.who_is_missing(case, TODAY)[-1] == "het kind zelf (9 jaar, waar dat kan)"

    def test_the_first_step_closes_with_a_reason_for_each_and_these_stay_visible(self, case, parents, as_user):
        client, row = as_user("officer"), of(case)[1]
        address = f"/dossiers/{case.number}/stappenplan/{row.pk}/"
        sent = {"result": "gedaan", "outcome": "Gesproken", "late_because": "Melding kwam laat"}
        refused = client.post(address, sent | {"heard_0": "Neemt niet op"})
        assert refused.status_code == 422
        assert "Nog niet gehoord: Karel Bakker (vader), het kind zelf." in refused.content.decode()
        assert "Neemt niet op" in refused.content.decode(), "what was typed stays"
        talk(case, guardian=parents[1])
        talk(case, "kind")
        assert client.post(address, sent | {"heard_0": "Neemt niet op"}).status_code == 302
        row.refresh_from_db()
        assert row.missing == [{"who": "Fatima Bakker (moeder)", "because": "Neemt niet op"}]
        assert (
            "Niet gehoord, Fatima Bakker (moeder): Neemt niet op"
            in client.get(f"/dossiers/{case.number}/").content.decode()
        )

    def test_the_next_step_asks_for_nobody(self, case, lekstroom):
        given = dict.fromkeys(steps.who_is_missing(case, TODAY), "x")
        close(of(case)[1], lekstroom.officer, reasons=given)
        assert steps.missing_for(of(case)[3]) == []

    def test_skipping_is_no_way_around(self, case, lekstroom):
        close(of(case)[0], lekstroom.officer, result="overgeslagen")
        assert steps.missing_for(of(case)[1]) != []


def close(row, by, **changes):
    values = {"result": "gedaan", "outcome": "Klaar", "late_because": "Vakantie", "reasons": {}} | changes
    steps.finish(row, by=by, **values)


class TestClosing:
    @pytest.fixture
    def heard(self, case) -> Case:
        mother = Guardian.objects.create(pupil=case.pupil, name="Fatima", relation="moeder", gezag="ja")
        talk(case, guardian=mother)
        talk(case, "kind")
        return case

    @pytest.mark.parametrize(
        ("position", "changes", "problem"),
        [
            (4, {"outcome": " "}, "Schrijf op wat eruit kwam."),
            (3, {"late_because": ""}, "later dan afgesproken"),
            (6, {}, "begint nog niet"),
        ],
    )
    def test_what_is_missing_gets_a_sentence(self, heard, lekstroom, position, changes, problem):
        with pytest.raises(NotNow, match=problem):
            close(of(heard)[position], lekstroom.officer, **changes)
        assert not of(heard)[position].is_done

    def test_once_by_one_of_two(self, heard, lekstroom):
        row, other = of(heard)[4], of(heard)[4]
        close(row, lekstroom.officer, outcome="Plek gevonden")
        with pytest.raises(NotNow, match="net afgerond"):
            close(other, lekstroom.leader, outcome="Anders")
        row.refresh_from_db()
        assert (row.outcome, row.done_by) == ("Plek gevonden", lekstroom.officer)
        event = AuditEvent.objects.latest("pk")
        assert (event.action, event.detail["position"]) == ("step_done", 4)

    def test_not_in_a_closed_dossier(self, heard, lekstroom):
        heard.state = "afgesloten"
        row = of(heard)[4]
        row.case = heard
        with pytest.raises(NotNow, match="afgesloten"):
            close(row, lekstroom.officer)

    def test_the_database_refuses_half_an_outcome(self, heard):
        with pytest.raises(IntegrityError), transaction.atomic():
            heard.steps.update(result="gedaan")

    def test_a_partner_with_whom_it_is_shared_closes_a_step_too(self, heard, as_user, lekstroom):
        world.involve(heard, lekstroom.organisations["verband"])
        address = f"/dossiers/{heard.number}/stappenplan/{of(heard)[4].pk}/"
        sent = {"result": "gedaan", "outcome": "Arrangement toegekend"}
        assert as_user("coordinator").post(address, sent).status_code == 302
        assert "al afgerond" in as_user("officer").get(address, follow=True).content.decode()

    def test_not_without_what_was_done(self, heard, as_user, lekstroom):
        world.involve(heard, lekstroom.organisations["verband"], parts=["verzuim"])
        assert as_user("coordinator").get(f"/dossiers/{heard.number}/stappenplan/{of(heard)[4].pk}/").status_code == 403
        assert "Stappenplan" not in as_user("coordinator").get(f"/dossiers/{heard.number}/").content.decode()


class TestPausing:
    def post(self, client, case, **changes):
        values = {"since": "2026-11-20", "until": "2026-11-27", "because": "Wacht op uitslag onderzoek"} | changes
        return client.post(f"/dossiers/{case.number}/pauze/", values)

    def test_the_steps_move_the_clock_of_the_child_does_not(self, case, as_user):
        due, deadlines = of(case)[4].due_on, list(case.deadlines.values())
        assert self.post(as_user("officer"), case).status_code == 302
        assert of(case)[4].due_on == due + timedelta(days=8)
        assert list(case.deadlines.values()) == deadlines
        shown = as_user("officer").get(f"/dossiers/{case.number}/").content.decode()
        assert "Gepauzeerd tot en met 27 november 2026" in shown and "46</span>" in shown.replace("\n", "")

    def test_it_comes_back_by_itself(self, case, as_user):
        self.post(as_user("officer"), case)
        with time_machine.travel("2026-11-28 10:00:00+01:00"):
            page = as_user("officer").get(f"/dossiers/{case.number}/").content.decode()
            assert "Nu aan zet" in page and "Gepauzeerd tot en met" not in page

    def test_ending_early_gives_the_days_back(self, case, as_user):
        due = of(case)[4].due_on
        self.post(as_user("officer"), case)
        with time_machine.travel("2026-11-23 10:00:00+01:00"):
            row = Pause.objects.get()
            client = as_user("officer")
            client.post(f"/dossiers/{case.number}/pauze/{row.pk}/einde/")
            assert of(case)[4].due_on == due + timedelta(days=3)
            again = client.post(f"/dossiers/{case.number}/pauze/{row.pk}/einde/", follow=True)
            assert "al voorbij" in again.content.decode()
        row.refresh_from_db()
        assert row.until == date(2026, 11, 22) and row.history.latest().history_user == row.ended_by

    def test_ending_on_its_first_day_leaves_no_pause(self, case, as_user):
        due = of(case)[4].due_on
        self.post(as_user("officer"), case)
        as_user("officer").post(f"/dossiers/{case.number}/pauze/{Pause.objects.get().pk}/einde/")
        assert not Pause.objects.exists() and of(case)[4].due_on == due

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"until": "2026-11-19", "since": "2026-11-18"}, "al voorbij"),
            ({"until": "2026-11-18"}, "ligt voor de begindatum"),
            ({"until": "2027-03-01"}, "hoogstens drie maanden"),
            ({"because": ""}, "Vul dit in."),
        ],
    )
    def test_bad_input_gets_a_sentence(self, case, as_user, changes, problem):
        response = self.post(as_user("officer"), case, **changes)
        assert response.status_code == 422 and problem in response.content.decode()

    def test_no_pause_inside_a_pause(self, case, as_user):
        self.post(as_user("officer"), case)
        response = self.post(as_user("officer"), case, since="2026-11-25", until="2026-12-05")
        assert response.status_code == 422 and "Er is al een pauze van 20-11-2026" in response.content.decode()
        assert Pause.objects.count() == 1
