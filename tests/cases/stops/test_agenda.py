"""The agenda of a Thuiszitterstop: off and back, one or several; in order, by two people at once."""

from uuid import uuid4

import pytest
from django.db import connection

from cases.dossier.models import Task
from cases.stops import acts as stops
from cases.stops import ordering
from cases.stops.models import StopCase
from tests import world
from tests.cases.stops.test_stops import a_stop, batch_in, page
from thuiszitters.core.log.models import AuditEvent


@pytest.fixture
def five(lekstroom, cases):
    """A Thuiszitterstop with five children of Nieuwegein; the officer put them there in one act."""
    stop = a_stop(lekstroom)
    more = [world.open_case(world.pupil(last_name=n), lekstroom.schools["99AA00"]) for n in ("Arends", "Bos")]
    stops.add_cases(stop, [*cases[:3], *more], by=lekstroom.officer)
    return stop


def names(stop) -> list[str]:
    """As they stand on the agenda."""
    return [row.case.pupil.last_name for row in stop.cases.select_related("case__pupil")]


def ids(stop) -> list[int]:
    return list(stop.cases.values_list("pk", flat=True))


def places(order: list[int], **changed: int) -> dict[str, str]:
    """What the page sends: where each row stood, and where it has to stand. `changed`: by index, as r0=3."""
    sent = {}
    for n, pk in enumerate(order):
        sent |= {f"stond_{pk}": str(n + 1), f"plaats_{pk}": str(changed.get(f"r{n}", n + 1))}
    return sent


class TestTakingBack:
    def test_one_alone_as_well_and_only_that_one(self, five, cases, lekstroom, as_user):
        late = world.open_case(world.pupil(last_name="Laat"), lekstroom.schools["99AA00"])
        stops.add_cases(five, [late], by=lekstroom.officer)
        officer = as_user("officer")
        shown = officer.get(page(five)).content.decode()
        assert "U zette als laatste 1 dossier op de agenda." in shown
        sent = {"keer": batch_in(shown)}
        for said in ("1 dossier is weer van de agenda.", "niets meer om ongedaan te maken"):
            assert said in officer.post(page(five, "laatste-weg/"), sent, follow=True).content.decode()
        assert five.cases.count() == 5 and late.pk not in five.cases.values_list("case", flat=True)

    def test_wherever_it_stands_by_now(self, five, lekstroom, as_user):
        late = [world.open_case(world.pupil(last_name="Aalders"), lekstroom.schools["99AA00"]) for _ in range(2)]
        stops.add_cases(five, late, by=lekstroom.officer)
        ordering.place(five, {five.cases.last().pk: 1}, by=lekstroom.officer)
        ordering.sort(five, "naam", by=lekstroom.officer)
        shown = as_user("officer").get(page(five)).content.decode()
        as_user("officer").post(page(five, "laatste-weg/"), {"keer": batch_in(shown)})
        assert five.cases.count() == 5 and not five.cases.filter(case__in=late).exists()

    @pytest.mark.parametrize("sent", [{}, {"keer": "x"}, {"keer": str(uuid4())}])
    def test_without_saying_which_act_nothing_goes(self, five, as_user, sent):
        told = as_user("officer").post(page(five, "laatste-weg/"), sent, follow=True).content.decode()
        assert five.cases.count() == 5 and "niets meer om ongedaan te maken" in told

    def test_what_a_colleague_put_there_is_not_mine_to_undo(self, five, cases, lekstroom):
        batch = five.cases.first().batch
        assert not stops.take_off_batch(five, batch, by=lekstroom.leader).gone and five.cases.count() == 5

    def test_a_row_of_before_this_was_kept_is_not_offered(self, five, as_user):
        five.cases.update(batch=None)
        assert "Ongedaan maken" not in as_user("officer").get(page(five)).content.decode()


class TestOffSeveral:
    def test_what_is_ticked_goes_and_what_was_said_stays_by_name(self, five, cases, lekstroom, as_user):
        rows = list(five.cases.all())
        Task.objects.create(case=rows[1].case, title="x", due_on="2026-12-01", by=lekstroom.officer, stop=five)
        five.cases.filter(pk=rows[2].pk).update(discussed="Besproken.")
        sent = {"rij": [rows[0].pk, rows[1].pk, rows[2].pk, "x", "999999"]}
        told = as_user("officer").post(page(five, "van-de-agenda/"), sent, follow=True).content.decode()
        assert ids(five) == [row.pk for row in rows[1:]]
        assert "1 dossier is weer van de agenda." in told
        assert "blijft op de agenda: Sem Geelvink, Fleur Geelvink." in told
        assert AuditEvent.objects.filter(action="stop_case_off").count() == 1

    @pytest.mark.parametrize("sent", [{}, {"rij": ["999999", "noor", ""]}])
    def test_nothing_ticked_is_said(self, five, as_user, sent):
        told = as_user("officer").post(page(five, "van-de-agenda/"), sent, follow=True).content.decode()
        assert "Kruis eerst aan welke dossiers van de agenda gaan." in told and five.cases.count() == 5

    def test_all_or_none_when_it_fails_halfway(self, five, lekstroom, monkeypatch):
        off, seen = stops.take_off, []

        def fails(row, *, by):
            seen.append(row)
            if len(seen) == 3:
                raise RuntimeError("the connection is gone")
            off(row, by=by)

        monkeypatch.setattr(stops, "take_off", fails)
        with pytest.raises(RuntimeError):
            stops.take_off_many(five, five.cases.all(), by=lekstroom.officer)
        assert len(seen) == 3 and five.cases.count() == 5

    def test_not_from_one_that_was_called_off(self, five, lekstroom, as_user):
        stops.cancel_stop(five, because="Zaal bezet", by=lekstroom.officer)
        sent = {"rij": ids(five)}
        told = as_user("officer").post(page(five, "van-de-agenda/"), sent, follow=True).content.decode()
        assert five.cases.count() == 5 and "al gehouden of afgezegd" in told


class TestOrder:
    def test_a_row_at_a_place_without_scripts(self, five, as_user):
        was = ids(five)
        response = as_user("officer").post(page(five, "volgorde/"), places(was, r4=2))
        assert response["Location"] == page(five, f"#dossier-{was[4]}")
        assert ids(five) == [was[0], was[4], was[1], was[2], was[3]]
        assert list(five.cases.values_list("position", flat=True)) == [1, 2, 3, 4, 5]
        shown = as_user("officer").get(page(five)).content.decode()
        assert f'id="dossier-{was[4]}" tabindex="-1"' in shown and 'role="status"' in shown
        follow = as_user("officer").post(page(five, "volgorde/"), places(ids(five), r1=3), follow=True)
        assert "Noor Bos staat nu op plaats 3." in follow.content.decode()

    @pytest.mark.parametrize(
        ("changed", "order"),
        [
            ({"r0": 2, "r1": 1}, [1, 0, 2, 3, 4]),
            ({"r0": 5}, [1, 2, 3, 4, 0]),
            ({"r0": 99}, [1, 2, 3, 4, 0]),
            ({"r3": 1, "r4": 1}, [3, 4, 0, 1, 2]),
            ({"r1": 4, "r2": 1}, [2, 0, 3, 1, 4]),
            ({}, [0, 1, 2, 3, 4]),
        ],
    )
    def test_several_at_once(self, five, as_user, changed, order):
        was = ids(five)
        as_user("officer").post(page(five, "volgorde/"), places(was, **changed))
        assert ids(five) == [was[n] for n in order]

    @pytest.mark.parametrize("typed", ["", "0", "-1", "eerste", "2,5", "9" * 30])
    def test_what_is_no_place_is_said_and_nothing_is_lost(self, five, as_user, typed):
        was = ids(five)
        sent = places(was, r1=3) | {f"plaats_{was[0]}": typed}
        response = as_user("officer").post(page(five, "volgorde/"), sent)
        shown = response.content.decode()
        assert response.status_code == 422 and ids(five) == was
        assert "Noor Geelvink: vul als plaats een getal in vanaf 1." in shown
        assert f'id="plaats-{was[0]}" name="plaats_{was[0]}" value="{typed}"' in " ".join(shown.split())
        assert f'name="plaats_{was[1]}" value="3"' in " ".join(shown.split())

    def test_on_an_older_agenda_what_came_meanwhile_stays(self, five, cases, lekstroom, as_user):
        """Two at once: one added and moved, the other sends the page of before."""
        was = ids(five)
        late = world.open_case(world.pupil(last_name="Laat"), lekstroom.schools["99AA00"])
        stops.add_cases(five, [late], by=lekstroom.officer)
        new = five.cases.get(case=late).pk
        ordering.place(five, {was[3]: 1}, by=lekstroom.officer)
        five.cases.filter(pk=was[1]).delete()
        as_user("officer").post(page(five, "volgorde/"), places(was, r4=2))
        assert ids(five) == [was[3], was[4], was[0], was[2], new]

    def test_a_row_that_is_not_seen_keeps_its_place(self, five, cases, lekstroom):
        """The gemeente plans; a dossier of another gemeente stands between its own."""
        houten = world.open_case(world.pupil(municipality_id="0321"), lekstroom.schools["99AB00"])
        stops.add_cases(five, [houten], by=lekstroom.colleague)
        hidden = five.cases.get(case=houten)
        StopCase.objects.filter(stop=five, position__gte=3).exclude(pk=hidden.pk).update(position=10)
        StopCase.objects.filter(pk=hidden.pk).update(position=3)
        was = ids(five)
        assert was[2] == hidden.pk
        assert ordering.place(five, {was[5]: 1}, by=lekstroom.officer) == {was[5]: 1}
        assert ids(five) == [was[5], was[0], hidden.pk, was[1], was[3], was[4]]
        assert ordering.move(StopCase.objects.get(pk=was[0]), up=False, by=lekstroom.officer) == 3
        assert ids(five) == [was[5], was[1], hidden.pk, was[0], was[3], was[4]]

    def test_dragging_is_answered_with_what_is_read_out(self, five, as_user):
        was = ids(five)
        sent = {f"stond_{was[0]}": "1", f"plaats_{was[0]}": "3"}
        response = as_user("officer").post(page(five, "volgorde/"), sent, headers={"Accept": "application/json"})
        assert response.json() == {"gezegd": "Noor Geelvink staat nu op plaats 3."}
        assert ids(five) == [was[1], was[2], was[0], was[3], was[4]]

    @pytest.mark.parametrize(
        ("key", "order"),
        [
            ("naam", ["Arends", "Bos", "Geelvink", "Geelvink", "Geelvink"]),
            ("thuis", ["Geelvink", "Geelvink", "Geelvink", "Arends", "Bos"]),
            ("school", ["Bos", "Geelvink", "Geelvink", "Geelvink", "Arends"]),
        ],
    )
    def test_the_whole_agenda_by_a_rule(self, five, lekstroom, as_user, key, order):
        bos = five.cases.get(case__pupil__last_name="Bos").case
        arends = five.cases.get(case__pupil__last_name="Arends").case
        for row in five.cases.exclude(case=arends):  # of Arends no school is known
            row.case.pupil.enrolments.create(school=lekstroom.schools["99AA00"])
        bos.pupil.enrolments.update(school=lekstroom.schools["99AC00"])  # De Brug
        type(bos).objects.filter(pk=bos.pk).update(home_since="2026-11-19")
        type(bos).objects.filter(pk=arends.pk).update(home_since="2026-11-18")
        as_user("officer").post(page(five, "sorteren/"), {"op": key})
        assert names(five) == order

    def test_an_order_that_does_not_exist_changes_nothing(self, five, as_user):
        was = ids(five)
        told = as_user("officer").post(page(five, "sorteren/"), {"op": "lengte"}, follow=True).content.decode()
        assert ids(five) == was and "Kies een volgorde uit de lijst." in told

    def test_it_costs_the_same_to_look_at_more(self, five, lekstroom):
        """Putting one row at a place writes only the rows that moved."""
        with connection.execute_wrapper(count := Writes()):
            ordering.place(five, {five.cases.last().pk: 4}, by=lekstroom.officer)
        assert count.updates == 2


class Writes:
    """Counts rows of the agenda that are written."""

    updates = 0

    def __call__(self, execute, sql, params, many, context):
        self.updates += sql.startswith('UPDATE "cases_stopcase"')
        return execute(sql, params, many, context)
