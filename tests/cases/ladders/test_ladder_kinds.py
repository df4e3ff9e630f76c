"""A region can have a stappenplan per kind of dossier; a dossier that changes kind keeps what was done."""

from datetime import date

import pytest
import time_machine

from cases.agreements.kinds import DossierKind
from cases.agreements.models import RegionTerm
from cases.claims import acts as claims
from cases.claims.models import ExemptionClaim
from cases.clock.acts import facts_changed
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.ladders import acts as ladders
from cases.steps import acts as steps
from cases.steps.kinds import kinds_of
from cases.steps.ladder import DEFAULT
from cases.steps.models import EscalationStep, Ladder, LadderRung
from leerplicht.models import AbsenceReport, Enrolment, HomePeriod
from tests import world

TODAY = date(2026, 11, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def friday():
    with time_machine.travel("2026-11-20 10:00:00+01:00"):
        yield


def agreed(lekstroom, kind: str, *names: str, since="2026-10-01") -> Ladder:
    """A stappenplan of the region for this kind, with steps of these names; "melding" and "MDO" keep their facts."""
    row = Ladder(
        region=lekstroom.organisations["regio"], kind=kind, valid_from=date.fromisoformat(since), source="besluit"
    )
    ladders.start_draft(row, by=lekstroom.region)
    about = {"trigger": "x", "owner": "gemeente", "actions": "x", "after_count": "dagen"}
    LadderRung.objects.filter(ladder=row).delete()
    for n, name in enumerate(names):
        LadderRung.objects.create(
            ladder=row, position=n, name=name, after_amount=n, closed_by="mdo" if name == "overleg" else "", **about
        )
    ladders.agree(Ladder.objects.get(pk=row.pk), confirmed=True, by=lekstroom.region)
    return row


def running(case: Case) -> list[str]:
    return list(case.steps.filter(stopped_on=None).order_by("position", "pk").values_list("name", flat=True))


def kind_of(case: Case) -> DossierKind:
    period = HomePeriod.objects.get(pupil=case.pupil_id, last_day=None)
    return kinds_of([case], {case.pk: period}, TODAY)[case.pk]


def enrolled_nowhere(case: Case) -> None:
    """The school took it off its list, and that ends the report as well."""
    reports = AbsenceReport.objects.filter(pupil=case.pupil_id)
    reports.update(last_day=date(2026, 11, 10))
    about = {"pupil_id": case.pupil_id, "school": reports.first().school}
    Enrolment.objects.update_or_create(**about, defaults={"last_day": date(2026, 11, 10)})
    facts_changed([case.pupil_id], TODAY)


def claimed(case: Case, by) -> ExemptionClaim:
    row = ExemptionClaim(case=case, ground="art-15", received_on=TODAY, first_day=TODAY, by=by)
    claims.save_claim(row, by=by)
    return row


class TestWhichKind:
    """`table`: the first that fits."""

    def test_enrolled(self, case):
        assert kind_of(case) == DossierKind.RELATIVE

    def test_enrolled_nowhere(self, case):
        enrolled_nowhere(case)
        assert kind_of(case) == DossierKind.ABSOLUTE

    def test_a_claim_that_waits(self, case, lekstroom):
        row = claimed(case, lekstroom.officer)
        enrolled_nowhere(case)
        assert kind_of(case) == DossierKind.EXEMPTION
        ExemptionClaim.objects.filter(pk=row.pk).update(
            state="ingetrokken", judged_on=TODAY, judged_by=lekstroom.officer, because="x"
        )
        assert kind_of(case) == DossierKind.ABSOLUTE

    @pytest.mark.parametrize(("more", "kind"), [((), DossierKind.LUXURY), (("LRV",), DossierKind.RELATIVE)])
    def test_only_luxury_leave(self, lekstroom, more, kind):
        pupil, school = world.pupil(), lekstroom.schools["99AA00"]
        reports = [world.report(pupil, school, kind=k, first_day=date(2026, 10, 5)) for k in ("L", *more)]
        world.take_in(reports, today=TODAY)
        assert kind_of(Case.objects.get(pupil=pupil)) == kind

    def test_eighteen_or_over(self, case, lekstroom):
        claimed(case, lekstroom.officer)
        type(case.pupil).objects.filter(pk=case.pupil_id).update(born=date(2008, 11, 20))
        assert kind_of(case) == DossierKind.ADULT
        type(case.pupil).objects.filter(pk=case.pupil_id).update(born=date(2008, 11, 21))
        assert kind_of(case) == DossierKind.EXEMPTION

    def test_three_queries_however_many(self, case, django_assert_num_queries):
        period = HomePeriod.objects.get(pupil=case.pupil_id)
        with django_assert_num_queries(3):
            kinds_of([case] * 9, {case.pk: period}, TODAY)


class TestWhichLadder:
    def test_without_one_of_its_own_that_for_all(self, case, lekstroom):
        agreed(lekstroom, "absoluut", "inschrijven")
        assert running(case) == [r.name for r in DEFAULT]
        agreed(lekstroom, "", "kijken", "overleg")
        assert running(case) == ["kijken", "overleg"]

    def test_the_own_one_before_that_for_all_also_when_older(self, case, lekstroom):
        agreed(lekstroom, "relatief", "bellen")
        agreed(lekstroom, "", "kijken", since="2026-10-03")
        assert running(case) == ["bellen"]

    def test_each_kind_ends_its_own_version(self, lekstroom):
        first = agreed(lekstroom, "absoluut", "a")
        other = agreed(lekstroom, "", "b")
        agreed(lekstroom, "absoluut", "c", since="2026-11-01")
        first.refresh_from_db(), other.refresh_from_db()
        assert (first.valid_until, other.valid_until) == (date(2026, 10, 31), None)

    def test_two_of_one_day_only_of_different_kinds(self, lekstroom):
        agreed(lekstroom, "luxe", "a")
        with pytest.raises(NotNow):
            agreed(lekstroom, "luxe", "b")

    def test_the_preview_counts_dossiers_of_that_kind(self, case, lekstroom):
        row = Ladder(region=lekstroom.organisations["regio"], kind="absoluut", valid_from=date(2026, 10, 1), source="x")
        ladders.start_draft(row, by=lekstroom.region)
        assert ladders.preview(Ladder.objects.get(pk=row.pk)) == []
        enrolled_nowhere(case)
        (affected,) = ladders.preview(Ladder.objects.get(pk=row.pk))
        assert (affected.gets, affected.changes) == (1, 1)


class TestAnotherKind:
    @pytest.fixture
    def both(self, case, lekstroom) -> Case:
        agreed(lekstroom, "", "bellen", "huisbezoek", "overleg")
        agreed(lekstroom, "absoluut", "inschrijven", "huisbezoek", "overleg")
        return case

    def do(self, case, name: str) -> EscalationStep:
        row = case.steps.get(name=name, stopped_on=None)
        EscalationStep.objects.filter(pk=row.pk).update(
            result="gedaan", outcome="x", done_on=TODAY, done_by=case.handler or Case.objects.get(pk=case.pk).handler
        )
        return row

    def test_what_was_done_stays_and_is_not_asked_again(self, both, lekstroom):
        Case.objects.filter(pk=both.pk).update(handler=lekstroom.officer)
        done = [self.do(both, "bellen"), self.do(both, "huisbezoek")]
        enrolled_nowhere(both)
        assert sorted(running(both)) == ["bellen", "huisbezoek", "inschrijven", "overleg"]
        assert set(both.steps.exclude(result="").values_list("pk", flat=True)) == {s.pk for s in done}
        assert both.steps.get(name="inschrijven").kind == "absoluut"

    def test_an_overleg_that_was_held_answers_the_step_of_the_other_kind(self, both, lekstroom):
        LadderRung.objects.filter(ladder__kind="absoluut", name="overleg").update(name="tafel over inschrijving")
        Case.objects.filter(pk=both.pk).update(handler=lekstroom.officer)
        self.do(both, "overleg")
        enrolled_nowhere(both)
        assert "tafel over inschrijving" not in running(both)

    def test_and_back(self, both):
        enrolled_nowhere(both)
        assert running(both) == ["inschrijven", "huisbezoek", "overleg"]
        Enrolment.objects.filter(pupil=both.pupil_id).update(last_day=None)
        AbsenceReport.objects.filter(pupil=both.pupil_id).update(last_day=None)
        facts_changed([both.pupil_id], TODAY)
        assert running(both) == ["bellen", "huisbezoek", "overleg"]

    def test_and_back_what_was_done_there_is_not_asked_again(self, both, lekstroom):
        Case.objects.filter(pk=both.pk).update(handler=lekstroom.officer)
        enrolled_nowhere(both)
        self.do(both, "huisbezoek")
        Enrolment.objects.filter(pupil=both.pupil_id).update(last_day=None)
        AbsenceReport.objects.filter(pupil=both.pupil_id).update(last_day=None)
        facts_changed([both.pupil_id], TODAY)
        waits = both.steps.filter(stopped_on=None, result="").values_list("name", flat=True)
        assert sorted(waits) == ["bellen", "overleg"]

    def test_a_claim_changes_the_steps_at_once(self, case, lekstroom):
        agreed(lekstroom, "vrijstelling", "beoordelen")
        row = claimed(case, lekstroom.officer)
        assert running(case) == ["beoordelen"]
        row.refresh_from_db()
        claims.judge(row, outcome="ingetrokken", because="x", by=lekstroom.officer)
        assert running(case) == [r.name for r in DEFAULT]

    def test_the_round_notices_an_eighteenth_birthday(self, case, lekstroom):
        agreed(lekstroom, "18-plus", "RMC")
        type(case.pupil).objects.filter(pk=case.pupil_id).update(born=date(2008, 11, 21))
        steps.renew_steps(Case.objects.filter(pk=case.pk), TODAY)
        assert running(case) != ["RMC"]
        steps.renew_steps(Case.objects.filter(pk=case.pk), date(2026, 11, 21))
        assert running(case) == ["RMC"]


class TestTerms:
    def terms(self, case) -> dict[str, int]:
        rows = case.deadlines.filter(stopped_on=None, term_code__contains="kalender")
        return dict(rows.values_list("term_code", "amount"))

    def agreed(self, lekstroom, kind: str, amount: int) -> None:
        RegionTerm.objects.create(
            region=lekstroom.organisations["regio"],
            kind=kind,
            code=f"{amount}-kalenderweken",
            amount=amount,
            unit="weeks",
            warn_days=3,
            valid_from=date(2026, 9, 1),
            source="x",
        )

    def test_those_for_all_and_those_of_the_kind(self, case, lekstroom):
        self.agreed(lekstroom, "", 10)
        self.agreed(lekstroom, "absoluut", 2)
        self.agreed(lekstroom, "luxe", 3)
        facts_changed([case.pupil_id], TODAY)
        assert self.terms(case) == {"10-kalenderweken": 10}
        enrolled_nowhere(case)
        assert self.terms(case) == {"10-kalenderweken": 10, "2-kalenderweken": 2}

    def test_a_claim_changes_them_at_once(self, case, lekstroom):
        self.agreed(lekstroom, "vrijstelling", 5)
        claimed(case, lekstroom.officer)
        assert self.terms(case) == {"5-kalenderweken": 5}

    def test_the_same_length_for_two_kinds_is_no_clash(self, as_user):
        region, sent = as_user("region"), {"amount": 8, "unit": "weeks", "warn_days": 5, "source": "x"}
        for kind in ("luxe", "absoluut"):
            sent |= {"kind": kind, "valid_from": "2026-11-20"}
            assert region.post("/regio/afspraken/termijn/", sent).status_code == 302
        assert "luxeverzuim" in region.get("/regio/afspraken/").content.decode()
        assert region.post("/regio/afspraken/termijn/", sent).status_code == 422


def test_the_region_chooses_for_which_dossiers(as_user, lekstroom):
    region = as_user("region")
    region.post("/regio/afspraken/stappenplan/", {"kind": "luxe", "valid_from": "2027-01-01", "source": "x"})
    row = Ladder.objects.get()
    assert row.kind == "luxe"
    assert "Luxeverzuim, vanaf 1 januari 2027" in region.get("/regio/afspraken/").content.decode()
