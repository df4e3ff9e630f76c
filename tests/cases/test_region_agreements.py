"""What a region agreed: the stappenplan as a draft, its preview, and that what held is never changed; terms,
convenants, action points; who may."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import ActionPoint, Covenant, EscalationStep, Ladder, LadderRung, RegionTerm
from cases.policies import NotNow
from cases.services import agreements, ladders, steps
from tests import world
from tests.cases.test_query_counts import queries

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)
LADDER = "/regio/afspraken/stappenplan"
RUNG = {"name": "tafel", "trigger": "x", "owner": "gemeente", "after_amount": "2", "after_count": "weken",
        "term_amount": "5", "term_count": "schooldagen", "actions": "Aan tafel.", "place": "1"}  # fmt: skip


def a_draft(lekstroom, start: date) -> Ladder:
    row = Ladder(region=lekstroom.organisations["regio"], valid_from=start, source="Kerngroep")
    ladders.start_draft(row, by=lekstroom.region)
    return row


def shorten(draft: Ladder, lekstroom, position=3, amount=3) -> None:
    """Another term for one of its steps."""
    rung = draft.rungs.get(position=position)
    rung.ladder, rung.term_amount = draft, amount
    ladders.save_rung(rung, position, by=lekstroom.region)


class TestADraft:
    def test_it_starts_as_a_copy_and_counts_for_nobody(self, case, lekstroom):
        before = list(case.steps.values_list("position", "name", "due_on"))
        draft = a_draft(lekstroom, date(2026, 10, 1))
        assert draft.rungs.count() == 8, "of the national default"
        shorten(draft, lekstroom)
        steps.sync_one(case, TODAY)
        assert list(case.steps.values_list("position", "name", "due_on")) == before

    def test_a_second_one_copies_what_is_in_force(self, lekstroom, friday):
        draft = a_draft(lekstroom, date(2026, 10, 1))
        shorten(draft, lekstroom, amount=9)
        ladders.agree(draft, confirmed=True, by=lekstroom.region)
        assert a_draft(lekstroom, date(2027, 1, 1)).rungs.get(position=3).term_amount == 9

    def test_steps_are_put_in_taken_out_and_numbered(self, lekstroom, friday, as_user):
        draft, client = a_draft(lekstroom, date(2027, 1, 1)), as_user("region")
        path = f"{LADDER}/{draft.pk}/"
        page = client.get(path).content.decode()
        assert "MDO" in page and "doorbraakoverleg" in page
        ladders.remove_rung(_rung(draft, 0), by=lekstroom.region)
        assert list(draft.rungs.values_list("position", flat=True)) == list(range(7))
        draft.refresh_from_db()
        rung = LadderRung(
            ladder=draft, name="bellen", trigger="x", owner="school", after_amount=0, after_count="dagen", actions="x"
        )
        ladders.save_rung(rung, 0, by=lekstroom.region)
        assert draft.rungs.get(position=0).name == "bellen" and draft.rungs.count() == 8

    def test_two_people_edit_it(self, lekstroom, friday):
        draft = a_draft(lekstroom, date(2027, 1, 1))
        mine, theirs = _rung(draft, 3), _rung(draft, 4)
        ladders.save_rung(mine, 3, by=lekstroom.region)
        with pytest.raises(NotNow, match="intussen aangepast"):
            ladders.save_rung(theirs, 4, by=lekstroom.region)

    def test_two_versions_from_the_same_day(self, lekstroom, friday):
        a_draft(lekstroom, date(2027, 1, 1))
        with pytest.raises(NotNow, match="Kies een andere dag"):
            a_draft(lekstroom, date(2027, 1, 1))


def _rung(draft: Ladder, position: int) -> LadderRung:
    """As somebody read it."""
    return LadderRung.objects.select_related("ladder").get(ladder=draft, position=position)


class TestAgreeing:
    def test_the_preview_says_whose_dates_change_and_then_they_do(self, case, lekstroom, as_user):
        """Noor came home on 5 October: a version from 1 October is hers, one from November is not."""
        draft = a_draft(lekstroom, date(2026, 10, 1))
        shorten(draft, lekstroom)
        assert [(a.gemeente, a.gets, a.changes) for a in ladders.preview(draft)] == [("Nieuwegein", 1, 1)]
        due = case.steps.get(position=3, stopped_on=None).due_on
        with pytest.raises(NotNow, match="geldt meteen"):
            ladders.agree(draft, confirmed=False, by=lekstroom.region)
        ladders.agree(draft, confirmed=True, by=lekstroom.region)
        step = case.steps.get(position=3, stopped_on=None)
        assert step.due_on < due and step.ladder == draft

    def test_a_later_first_day_leaves_who_is_at_home_alone(self, case, lekstroom):
        draft = a_draft(lekstroom, date(2026, 11, 1))
        shorten(draft, lekstroom)
        assert ladders.preview(draft) == []
        before = list(case.steps.values_list("position", "due_on"))
        ladders.agree(draft, confirmed=True, by=lekstroom.region)
        assert list(case.steps.values_list("position", "due_on")) == before

    def test_what_is_done_stays_while_a_case_climbs(self, case, lekstroom):
        first = case.steps.get(position=0)
        first.case = case
        steps.finish(first, result="overgeslagen", outcome="x", late_because="x", reasons={}, by=lekstroom.officer)
        draft = a_draft(lekstroom, date(2026, 10, 1))
        shorten(draft, lekstroom, position=0, amount=9)
        ladders.agree(draft, confirmed=True, by=lekstroom.region)
        kept = EscalationStep.objects.get(case=case, position=0)
        assert kept.is_done and kept.due_on == first.due_on

    def test_the_former_version_ends_the_day_before(self, lekstroom, friday):
        old = a_draft(lekstroom, date(2026, 1, 1))
        ladders.agree(old, confirmed=True, by=lekstroom.region)
        new = a_draft(lekstroom, date(2027, 1, 1))
        ladders.agree(new, confirmed=False, by=lekstroom.region)
        old.refresh_from_db()
        assert old.valid_until == date(2026, 12, 31)
        ladders.take_back(new, by=lekstroom.region)
        old.refresh_from_db()
        assert old.valid_until is None and new.draft

    def test_what_holds_is_never_edited(self, lekstroom, friday, as_user):
        row = a_draft(lekstroom, date(2026, 1, 1))
        ladders.agree(row, confirmed=True, by=lekstroom.region)
        with pytest.raises(NotNow, match="aangepast of vastgesteld"):
            shorten(row, lekstroom)
        with pytest.raises(NotNow, match="geldt al"):
            ladders.take_back(row, by=lekstroom.region)
        rung = row.rungs.first()
        answer = as_user("region").post(f"{LADDER}/stap/{rung.pk}/", RUNG, follow=True)
        assert row.rungs.get(pk=rung.pk).name != "tafel", answer.redirect_chain

    def test_without_steps_it_cannot_be_agreed(self, lekstroom, friday):
        row = a_draft(lekstroom, date(2027, 1, 1))
        for _ in range(8):
            row.refresh_from_db()
            ladders.remove_rung(_rung(row, 0), by=lekstroom.region)
        row.refresh_from_db()
        with pytest.raises(NotNow, match="minstens één stap"):
            ladders.agree(row, confirmed=False, by=lekstroom.region)

    def test_on_the_page_with_numbers_and_no_child(self, case, lekstroom, as_user):
        draft, client = a_draft(lekstroom, date(2026, 10, 1)), as_user("region")
        shorten(draft, lekstroom)
        path = f"{LADDER}/{draft.pk}/vaststellen/"
        page = client.get(path).content.decode()
        assert "Nieuwegein" in page and "Bakker" not in page and case.number not in page
        assert client.post(path, {"version": draft.version}).status_code == 422
        assert client.post(path, {"version": draft.version, "confirmed": "on"}).status_code == 302
        assert not Ladder.objects.get().draft

    def test_the_preview_costs_as_much_with_30_dossiers_as_with_3(self, lekstroom, friday, as_user):
        draft, client = a_draft(lekstroom, date(2026, 10, 1)), as_user("region")
        path = f"{LADDER}/{draft.pk}/vaststellen/"

        def more(count):
            for _ in range(count):
                world.open_case(world.pupil(), lekstroom.schools["99AA00"])

        more(3)
        client.get(path)
        few = queries(client, path)
        more(27)
        assert queries(client, path) == few


class TestTerms:
    TERM = {"amount": "8", "unit": "weeks", "warn_days": "10", "valid_from": "2027-01-01", "source": "Kerngroep",
            "replaces": ""}  # fmt: skip

    def test_a_new_value_ends_the_old_one(self, lekstroom, friday, as_user):
        old = RegionTerm.objects.get()
        sent = self.TERM | {"replaces": old.pk}
        assert as_user("region").post("/regio/afspraken/termijn/", sent).status_code == 302
        old.refresh_from_db()
        assert old.valid_until == date(2026, 12, 31)
        assert RegionTerm.objects.latest("pk").code == "8-weken"

    @pytest.mark.parametrize(
        ("change", "problem"),
        [
            ({"valid_from": "2026-11-19"}, "Kies vandaag of een latere dag"),
            ({"amount": "6"}, "geldt al vanaf"),
            ({"amount": "3", "unit": "months"}, "geldt al in het hele land"),
            ({"amount": "0"}, ""),
        ],
    )
    def test_what_cannot_be(self, lekstroom, friday, as_user, change, problem):
        answer = as_user("region").post("/regio/afspraken/termijn/", self.TERM | change)
        assert answer.status_code == 422 and problem in answer.content.decode() and RegionTerm.objects.count() == 1


class TestConvenantAndActionPoints:
    @pytest.fixture
    def covenant(self, lekstroom, friday) -> Covenant:
        row = Covenant(region=lekstroom.organisations["regio"], title="Convenant", valid_from=world.START)
        agreements.save_covenant(row, [lekstroom.organisations["verband"]], by=lekstroom.region)
        return row

    @pytest.mark.parametrize(
        ("content", "fine"), [(b"%PDF-1.7\n%%EOF", True), (b"<html>", False), (b"", False), (b"MZ%PDF", False)]
    )
    def test_its_paper_is_a_pdf_by_content(self, covenant, as_user, content, fine):
        client, path = as_user("region"), f"/regio/afspraken/convenant/{covenant.pk}/bestand/"
        file = SimpleUploadedFile("convenant.pdf", content, content_type="application/pdf")
        assert client.post(path, {"file": file}).status_code == (302 if fine else 422)
        answer = client.get(f"/regio/afspraken/convenant/{covenant.pk}/convenant.pdf")
        assert answer.status_code == (200 if fine else 404)
        if fine:
            assert (
                answer["Content-Disposition"].startswith("attachment") and answer["X-Content-Type-Options"] == "nosniff"
            )

    def test_an_action_point_is_settled_once(self, lekstroom, friday):
        point = ActionPoint(
            region=lekstroom.organisations["regio"], title="Bellen", goal="preventie", due_on=TODAY,
            lead=lekstroom.organisations["verband"],
        )  # fmt: skip
        agreements.save_action_point(point, by=lekstroom.region)
        other = ActionPoint.objects.get()
        agreements.settle(point, state="klaar", result="Alle scholen bellen.", by=lekstroom.region)
        with pytest.raises(NotNow, match="net afgerond"):
            agreements.settle(other, state="gestopt", result="x", by=lekstroom.region)
        with pytest.raises(NotNow, match="intussen aangepast"):
            agreements.save_action_point(other, by=lekstroom.region)


@pytest.mark.parametrize(
    ("who", "status"),
    [("region", 200), ("region_elsewhere", 404), ("officer", 403), ("leader", 403), ("coordinator", 403),
     ("holder", 403), ("admin", 403)],
)  # fmt: skip
def test_who_reaches_a_version(lekstroom, friday, as_user, who, status):
    draft = a_draft(lekstroom, date(2027, 1, 1))
    assert as_user(who).get(f"{LADDER}/{draft.pk}/").status_code == status
    assert as_user(who).get(f"{LADDER}/{draft.pk}/vaststellen/").status_code == status
