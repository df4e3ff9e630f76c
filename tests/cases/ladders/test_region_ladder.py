"""The stappenplan of a region: a draft, a preview in numbers, and a version that never changes once it holds."""

from datetime import date

import pytest

from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.ladders import acts as ladders
from cases.steps import acts as steps
from cases.steps.ladder import DEFAULT, Count, Rung, Span, StepOwner, out_of_order
from cases.steps.models import EscalationStep, Ladder, LadderRung
from tests import world
from thuiszitters.core.log.models import AuditEvent

PATH = "/regio/afspraken/stappenplan/"
RUNG = {
    "name": "gesprek",
    "trigger": "drie dagen weg",
    "owner": "school",
    "after_amount": "3",
    "after_count": "schooldagen",
    "term_amount": "1",
    "term_count": "weken",
    "place": "0",
    "actions": "Praat met ouders en kind.",
}


@pytest.fixture
def draft(lekstroom, friday):
    """`draft("2027-01-01")`: a draft of Lekstroom from that day, with the steps that hold."""

    def make(since: str, region="regio") -> Ladder:
        row = Ladder(region=lekstroom.organisations[region], valid_from=date.fromisoformat(since), source="besluit")
        ladders.start_draft(row, by=lekstroom.region if region == "regio" else lekstroom.region_elsewhere)
        return Ladder.objects.get(pk=row.pk)

    return make


def agree(row: Ladder, by, *, confirmed=True) -> Ladder:
    ladders.agree(row, confirmed=confirmed, by=by)
    return Ladder.objects.get(pk=row.pk)


def change(row: Ladder, position: int, **values) -> None:
    LadderRung.objects.filter(ladder=row, position=position).update(**values)


def dates(case) -> list:
    return list(case.steps.values_list("position", "planned_on", "due_on", "ladder"))


class TestDraft:
    def test_begins_as_a_copy_of_the_default_and_then_of_what_holds(self, lekstroom, draft):
        first = draft("2026-12-01")
        assert ladders.rungs_of(first) == list(DEFAULT)
        change(first, 0, name="eigen stap")
        agree(first, lekstroom.region)
        assert ladders.rungs_of(draft("2027-01-01"))[0].name == "eigen stap"
        assert ladders.rungs_of(draft("2026-11-30"))[0].name == DEFAULT[0].name

    def test_counts_for_nobody(self, lekstroom, draft, case):
        before = dates(case)
        change(draft("2026-10-01"), 3, after_amount=1)
        steps.renew_steps(Case.objects.filter(pk=case.pk), date(2026, 11, 20))
        assert dates(case) == before

    def test_two_of_the_same_day_are_refused(self, draft):
        draft("2027-01-01")
        with pytest.raises(NotNow, match="op deze dag begint"):
            draft("2027-01-01")
        assert Ladder.objects.count() == 1

    def test_a_step_is_added_moved_and_taken_away(self, as_user, draft):
        row, client = draft("2027-01-01"), as_user("region")
        sent = RUNG | {"place": "2", "version": row.version}
        assert client.post(f"{PATH}{row.pk}/stap/", sent).status_code == 302
        names = [r.name for r in DEFAULT]
        assert self.names(row) == [*names[:2], "gesprek", *names[2:]]
        moved = row.rungs.get(name="gesprek")
        assert client.post(f"{PATH}stap/{moved.pk}/", RUNG | {"place": "8", "version": 2}).status_code == 302
        assert self.names(row) == [*names, "gesprek"]
        assert client.post(f"{PATH}stap/{moved.pk}/weg/", {"version": 3}).status_code == 302
        assert self.names(row) == names
        assert list(row.rungs.values_list("position", flat=True)) == list(range(8))

    @staticmethod
    def names(row) -> list[str]:
        return list(row.rungs.values_list("name", flat=True))

    @pytest.mark.parametrize(
        ("wrong", "field", "sentence"),
        [
            ({"term_amount": "0"}, "term_amount", "Een termijn van 0 kan niet"),
            ({"term_amount": ""}, "term_count", "allebei in, of laat ze allebei leeg"),
            ({"term_count": ""}, "term_count", "allebei in, of laat ze allebei leeg"),
            ({"after_amount": "-1"}, "after_amount", "0 of meer"),
            ({"after_amount": "40", "after_count": "maanden"}, "after_amount", "langer dan drie jaar"),
            ({"after_amount": "99999"}, "after_amount", "langer dan drie jaar"),
            ({"name": ""}, "name", "Vul dit in"),
            ({"owner": "burgemeester"}, "owner", "burgemeester"),
            ({"place": "99"}, "place", "99"),
        ],
    )
    def test_a_wrong_step_comes_back_with_a_sentence_and_what_was_typed(self, as_user, draft, wrong, field, sentence):
        row = draft("2027-01-01")
        answer = as_user("region").post(f"{PATH}{row.pk}/stap/", RUNG | wrong | {"version": 1})
        assert answer.status_code == 422
        assert sentence in str(answer.context["form"].errors[field])
        assert "Praat met ouders en kind." in answer.content.decode()
        assert row.rungs.count() == 8

    def test_a_step_without_a_term_is_fine(self, as_user, draft):
        row = draft("2027-01-01")
        sent = RUNG | {"term_amount": "", "term_count": "", "version": 1}
        assert as_user("region").post(f"{PATH}{row.pk}/stap/", sent).status_code == 302
        assert row.rungs.get(position=0).as_rung().term is None

    def test_of_two_who_change_it_the_second_keeps_the_text(self, as_user, draft):
        row, client = draft("2027-01-01"), as_user("region")
        rung = row.rungs.get(position=1)
        assert client.post(f"{PATH}stap/{rung.pk}/", RUNG | {"version": 1}).status_code == 302
        second = client.post(f"{PATH}stap/{rung.pk}/", RUNG | {"version": 1, "name": "van de tweede"})
        assert second.status_code == 422
        page = second.content.decode()
        assert "Een collega heeft dit stappenplan intussen aangepast" in page and "van de tweede" in page
        assert row.rungs.filter(name="van de tweede").count() == 0
        assert client.post(f"{PATH}stap/{rung.pk}/", RUNG | {"version": 2, "name": "van de tweede"}).status_code == 302

    def test_a_button_of_an_old_page_does_nothing(self, as_user, draft):
        row, client = draft("2027-01-01"), as_user("region")
        rung = row.rungs.get(position=0)
        client.post(f"{PATH}{row.pk}/wijzigen/", {"valid_from": "2027-02-01", "source": "x", "version": 1})
        client.post(f"{PATH}stap/{rung.pk}/weg/", {"version": 1})
        client.post(f"{PATH}{row.pk}/weg/", {"version": 1})
        assert row.rungs.count() == 8 and Ladder.objects.get().valid_from == date(2027, 2, 1)
        client.post(f"{PATH}{row.pk}/weg/", {"version": 2})
        assert not Ladder.objects.exists()


def rung(position: int, amount: int, count: Count) -> Rung:
    return Rung(position, f"s{position}", "", StepOwner.SCHOOL, Span(amount, count), None, "")


@pytest.mark.parametrize(
    ("spans", "warned"),
    [
        ([(0, Count.DAYS), (3, Count.SCHOOL_DAYS), (1, Count.WEEKS)], []),
        ([(2, Count.WEEKS), (10, Count.SCHOOL_DAYS)], []),
        ([(2, Count.WEEKS), (13, Count.DAYS)], [(0, 1)]),
        ([(3, Count.MONTHS), (8, Count.WEEKS), (9, Count.WEEKS)], [(0, 1)]),
    ],
)
def test_a_step_that_begins_before_the_former_is_told_not_refused(spans, warned):
    rungs = [rung(n, *span) for n, span in enumerate(spans)]
    assert [(a.position, b.position) for a, b in out_of_order(rungs)] == warned


def test_one_of_something_is_said_so():
    assert [str(Span(1, c)) for c in Count] == ["1 schooldag", "1 werkdag", "1 dag", "1 week", "1 lesweek", "1 maand"]
    assert str(Span(2, Count.WEEKS)) == "2 weken"


class TestAgree:
    def test_a_new_version_ends_the_former_the_day_before(self, lekstroom, draft):
        first = agree(draft("2026-12-01"), lekstroom.region)
        third = agree(draft("2028-01-01"), lekstroom.region)
        second = agree(draft("2027-01-01"), lekstroom.region)
        first.refresh_from_db()
        assert (first.valid_until, second.valid_until, third.valid_until) == (
            date(2026, 12, 31),
            date(2027, 12, 31),
            None,
        )
        back = Ladder.objects.get(pk=second.pk)
        ladders.take_back(back, by=lekstroom.region)
        first.refresh_from_db()
        assert (first.valid_until, back.draft, back.valid_until) == (date(2027, 12, 31), True, None)

    def test_without_steps_it_is_refused(self, lekstroom, draft):
        row = draft("2027-01-01")
        row.rungs.all().delete()
        with pytest.raises(NotNow, match="minstens één stap"):
            agree(row, lekstroom.region)
        assert Ladder.objects.get().draft

    def test_what_is_agreed_is_edited_no_more(self, as_user, lekstroom, draft):
        row, client = agree(draft("2027-01-01"), lekstroom.region), as_user("region")
        rung = row.rungs.get(position=0)
        version = {"version": row.version}
        for path, sent in (
            (f"{PATH}{row.pk}/wijzigen/", {"valid_from": "2027-02-01", "source": "y"}),
            (f"{PATH}{row.pk}/stap/", RUNG),
            (f"{PATH}stap/{rung.pk}/", RUNG),
            (f"{PATH}stap/{rung.pk}/weg/", {}),
            (f"{PATH}{row.pk}/weg/", {}),
            (f"{PATH}{row.pk}/vaststellen/", {}),
        ):
            assert client.post(path, sent | version).status_code == 302, path
            assert client.get(f"{PATH}{row.pk}/").status_code == 200
        assert ladders.rungs_of(Ladder.objects.get()) == list(DEFAULT)
        assert Ladder.objects.get().valid_from == date(2027, 1, 1)

    def test_a_service_that_is_called_anyway_refuses_too(self, lekstroom, draft):
        row = agree(draft("2027-01-01"), lekstroom.region)
        with pytest.raises(NotNow):
            ladders.save_rung(row.rungs.get(position=0), 0, by=lekstroom.region)
        with pytest.raises(NotNow):
            ladders.drop_draft(row, by=lekstroom.region)

    def test_only_what_has_not_begun_is_taken_back(self, lekstroom, draft):
        row = agree(draft("2026-11-20"), lekstroom.region)
        with pytest.raises(NotNow, match="geldt al"):
            ladders.take_back(row, by=lekstroom.region)

    def test_it_is_on_record(self, lekstroom, draft):
        row = agree(draft("2027-01-01"), lekstroom.region)
        event = AuditEvent.objects.latest("pk")
        assert (event.action, event.user_id, event.pupil_ids) == ("ladder_agreed", lekstroom.region.pk, [])
        assert event.detail["row"] == row.pk


class TestPreview:
    """Noor is at home since 5 October 2026; what held on that day counts."""

    @pytest.mark.parametrize(
        ("since", "after", "expected"),
        [
            ("2026-10-06", 1, []),
            ("2026-10-05", 1, [("Nieuwegein", 1, 1)]),
            ("2026-09-01", 1, [("Nieuwegein", 1, 1)]),
            ("2026-09-01", 2, [("Nieuwegein", 1, 0)]),
            ("2027-01-01", 1, []),
        ],
    )
    def test_only_children_who_came_home_since_then_are_counted(self, case, draft, since, after, expected):
        row = draft(since)
        change(row, 3, after_amount=after)  # the default says two weeks
        assert [(a.gemeente, a.gets, a.changes) for a in ladders.preview(row)] == expected

    def test_a_later_version_keeps_its_children(self, lekstroom, case, draft):
        agree(draft("2026-10-01"), lekstroom.region)
        assert ladders.preview(draft("2026-09-01")) == []

    def test_another_region_is_not_counted(self, lekstroom, case, draft):
        world.open_case(world.pupil(municipality_id="0193"), lekstroom.schools["99AC00"])
        assert [a.gemeente for a in ladders.preview(draft("2026-09-01"))] == ["Nieuwegein"]
        assert [a.gemeente for a in ladders.preview(draft("2026-09-01", "regio_elders"))] == ["Zwolle"]

    def test_the_page_shows_numbers_and_no_child_and_writes_nothing(self, as_user, case, draft):
        row = draft("2026-09-01")
        change(row, 3, after_amount=1)
        before = dates(case)
        page = as_user("region").get(f"{PATH}{row.pk}/vaststellen/").content.decode()
        assert "1 open dossier dat op of na 1 september 2026 begon, krijgt dit stappenplan" in " ".join(page.split())
        assert "Bakker" not in page and case.number not in page
        assert dates(case) == before and Ladder.objects.get().draft

    def test_it_is_as_it_then_goes(self, as_user, lekstroom, case, draft):
        row, client = draft("2026-10-01"), as_user("region")
        change(row, 3, after_amount=1)
        done = case.steps.get(position=0)
        EscalationStep.objects.filter(pk=done.pk).update(
            result="gedaan", done_on=date(2026, 10, 6), outcome="x", done_by=lekstroom.officer
        )
        kept = EscalationStep.objects.get(pk=done.pk)
        path = f"{PATH}{row.pk}/vaststellen/"
        assert client.post(path, {"version": 1}).status_code == 422
        assert case.steps.get(position=3).planned_on == date(2026, 10, 19)
        assert client.post(path, {"version": 1, "confirmed": "on"}).status_code == 302
        assert case.steps.get(position=3).planned_on == date(2026, 10, 12)
        after = EscalationStep.objects.get(pk=done.pk)
        assert (after.ladder, after.outcome, after.due_on) == (kept.ladder, "x", kept.due_on)

    def test_a_future_version_needs_no_tick_and_an_old_page_does_not_agree(self, as_user, draft):
        row, client = draft("2027-01-01"), as_user("region")
        path = f"{PATH}{row.pk}/vaststellen/"
        client.post(f"{PATH}{row.pk}/stap/", RUNG | {"version": 1})
        answer = client.post(path, {"version": 1})
        assert answer.status_code == 422 and "intussen aangepast" in answer.content.decode()
        assert Ladder.objects.get().draft
        assert client.post(path, {"version": 2}).status_code == 302
        assert not Ladder.objects.get().draft


def test_a_region_chooses_which_fact_closes_a_step(lekstroom, as_user, friday):
    client = as_user("region")
    client.post("/regio/afspraken/stappenplan/", {"valid_from": "2027-01-01", "source": "Stuurgroep"})
    rung = LadderRung.objects.get(name="MDO")
    assert rung.closed_by == "mdo", "the copy of the national one says it too"
    form = client.get(f"/regio/afspraken/stappenplan/stap/{rung.pk}/").context["form"]
    assert [value for value, _ in form.fields["closed_by"].choices] == ["", "melding", "mdo", "tafel"]
