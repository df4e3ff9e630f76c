"""Whatever people do with one dossier, in any order and on any day: steps, pauses and decisions keep their rules, and
what is refused changes nothing.

Runs 10 times 50 acts; MACHINE_RUNS=500 for the long walk.
"""

import os
from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cases.closing import acts as closing
from cases.decisions import prepare as decisions
from cases.decisions import sign as signing
from cases.decisions.models import Decision
from cases.decisions.rules import PREPARING, TAKEN
from cases.dossier.access import NotAllowed
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.handling import acts as handling
from cases.offers import acts as offers
from cases.offers.models import Offer
from cases.steps import acts as steps
from cases.steps.ladder import Interval, overlap
from cases.steps.models import EscalationStep, Pause
from tests import world
from tests.cases import besluit

RUNS, ACTS = int(os.environ.get("MACHINE_RUNS", "10")), 50
LAST_DAY = date(2027, 6, 1)
PEOPLE = ("officer", "leader", "coordinator", "holder", "teacher")
DAYS = st.integers(-10, 120)
SCOPES = (["onderwijs"], ["onderwijs", "zorg"], ["zorg"], ["onderwijs", "geld"], [])
OFTEN, SELDOM = st.sampled_from([True, True, True, False]), st.sampled_from([False, False, False, False, True])
# What a decision says: never different once it was signed.
TEXT = (
    "kind",
    "school_id",
    "provider",
    "hours_start",
    "hours_full",
    "build_up",
    "start_on",
    "responsible_school_id",
    "because",
    "scopes",
    "answers",
    "passed",
    "checks",
    "routes",
    "signed_at",
    "offer_id",
    "number",
)
DONE = ("result", "done_on", "outcome", "missing", "late_because", "done_by_id", "planned_on")


class Dossier(RuleBasedStateMachine):
    """One dossier among people. `lekstroom` and `case_id` are set by the test."""

    lekstroom: world.World
    case_id: int
    reached: Counter

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.traveller = time_machine.travel("2026-11-20 10:00:00+01:00", tick=False)
        self.clock = self.traveller.start()
        self.signed: dict[int, dict] = {}
        self.done: dict[int, dict] = {}
        self.mandates: list = []

    def teardown(self):
        self.traveller.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @property
    def case(self) -> Case:
        return Case.objects.select_related("pupil", "municipality", "handler").get(pk=self.case_id)

    @property
    def today(self) -> date:
        return timezone.localdate()

    def person(self, name: str):
        return self.lekstroom.users[name]

    def attempt(self, act) -> None:
        """Do it, or be refused with a sentence; a refusal leaves everything as it was."""
        before = self.everything()
        try:
            with transaction.atomic():
                act()
            self.reached[act.__qualname__.split(".")[1]] += 1
        except (NotNow, NotAllowed) as refused:
            self.reached["refused"] += 1
            assert isinstance(refused, NotAllowed) or str(refused).endswith((".", "?")), refused
            assert self.everything() == before
        for row in Decision.objects.filter(case=self.case_id, state__in=TAKEN):
            self.reached[row.state] += row.pk not in self.signed
            self.signed.setdefault(row.pk, {name: getattr(row, name) for name in TEXT})
        for row in EscalationStep.objects.filter(case=self.case_id).exclude(result=""):
            self.done.setdefault(row.pk, {name: getattr(row, name) for name in DONE})

    def everything(self) -> list:
        models = (Case, Decision, EscalationStep, Offer, Pause)
        return [list(m.objects.order_by("pk").values()) for m in models]

    @initialize(ready=st.booleans())
    def begin(self, ready):
        if ready:
            besluit.make_ready(self.case, self.lekstroom)
        self.mandates = besluit.mandate(self.lekstroom, "onderwijs", "zorg")

    # Days go by.

    @rule(days=st.integers(1, 14))
    def nights(self, days):
        if self.today + timedelta(days=days) < LAST_DAY:
            self.clock.shift(timedelta(days=days))
            steps.renew_steps(Case.objects.filter(pk=self.case.pk), self.today)

    # Steps and pauses.

    @rule(data=st.data(), result=st.sampled_from(["gedaan", "overgeslagen"]), told=st.booleans())
    def finish_a_step(self, data, result, told):
        rows = list(EscalationStep.objects.filter(case=self.case_id))
        row = data.draw(st.sampled_from(rows))
        row.case = self.case
        reasons = dict.fromkeys(steps.missing_for(row), "Niet bereikt.") if told else {}
        self.attempt(
            lambda: steps.finish(
                row,
                result=result,
                outcome="Besproken." if told else " ",
                late_because="Ziekte.",
                reasons=reasons,
                by=self.person("officer"),
            )
        )

    @rule(since=DAYS, length=st.integers(-3, 110))
    def pause_the_steps(self, since, length):
        begin = self.today + timedelta(days=since)
        row = Pause(case=self.case, since=begin, until=begin + timedelta(days=length), because="Wacht.")
        self.attempt(lambda: steps.pause(row, by=self.person("officer")))

    @rule(data=st.data())
    @precondition(lambda self: Pause.objects.filter(case=self.case_id).exists())
    def end_a_pause(self, data):
        row = data.draw(st.sampled_from(list(Pause.objects.filter(case=self.case_id))))
        row.case = self.case
        self.attempt(lambda: steps.end_pause(row, by=self.person("officer")))

    # Decisions.

    @rule(scopes=st.sampled_from(SCOPES), who=st.sampled_from(PEOPLE))
    def ask(self, scopes, who):
        row = Decision(
            case=self.case,
            organisation=self.lekstroom.organisations["nieuwegein"],
            trigger="x",
            question="x",
            scopes=scopes,
        )
        self.attempt(lambda: decisions.request(row, by=self.person(who)))

    def draw_decision(self, data) -> Decision:
        """The newest, mostly."""
        rows = Decision.objects.filter(case=self.case_id).select_related("school", "responsible_school", "offer")
        newest = rows.order_by("-pk")
        row = newest[0] if data.draw(OFTEN) else data.draw(st.sampled_from(list(rows)))
        row.case = self.case
        return row

    def has_decisions(self) -> bool:
        return Decision.objects.filter(case=self.case_id).exists()

    @rule(
        data=st.data(),
        start=st.one_of(st.none(), st.integers(-2, 40)),
        school=st.sampled_from(["99AA00", "99AB00"]),
        responsible=st.booleans(),
        further=st.booleans(),
    )
    @precondition(has_decisions)
    def fill_in(self, data, start, school, responsible, further):
        """Filled in, and mostly laid before the holder at once."""
        row, place = self.draw_decision(data), self.lekstroom.schools[school]
        values = besluit.CONTENT | {
            "school": place,
            "responsible_school": place if responsible else None,
            "start_on": None if start is None else self.today + timedelta(days=start),
        }
        for name, value in values.items():
            setattr(row, name, value)
        self.attempt(lambda: decisions.save_content(row, by=self.person("officer")))
        if further:
            fresh = Decision.objects.select_related("school").get(pk=row.pk)
            fresh.case = row.case
            self.attempt(lambda: decisions.present(fresh, by=self.person("officer")))

    @rule(start=st.sampled_from([None, 0, 10]), scopes=st.sampled_from(SCOPES[:3]), signs=OFTEN)
    def go_the_usual_way(self, start, scopes, signs):
        """Asked for, filled in, laid before the holder, signed; each step may be refused by what came before."""
        officer, case = self.person("officer"), self.case
        row = Decision.objects.filter(case=case, state__in=PREPARING).first() or Decision(
            case=case, organisation=self.lekstroom.organisations["nieuwegein"], trigger="x", question="x", scopes=scopes
        )
        row.case = case
        school = self.lekstroom.schools["99AB00"]
        start_on = None if start is None else self.today + timedelta(days=start)
        if not row.pk:
            self.attempt(lambda: decisions.request(row, by=officer))
        if not row.pk:
            return
        for name, value in (besluit.CONTENT | {"school": school, "start_on": start_on}).items():
            setattr(row, name, value)
        self.attempt(lambda: decisions.save_content(row, by=officer))
        self.attempt(lambda: decisions.present(row, by=officer))
        if signs:
            passed = {f"P{n}": "Kan niet wachten." for n in range(1, 12)}
            self.attempt(lambda: signing.sign(row, by=self.person("holder"), passed=passed))

    @rule(data=st.data(), who=st.sampled_from(["officer", "holder"]))
    @precondition(has_decisions)
    def lay_before_the_holder(self, data, who):
        row = self.draw_decision(data)
        self.attempt(lambda: decisions.present(row, by=self.person(who)))

    @rule(data=st.data(), reason=st.sampled_from(["Kan niet.", " "]))
    @precondition(has_decisions)
    def give_back(self, data, reason):
        row = self.draw_decision(data)
        self.attempt(lambda: decisions.give_back(row, by=self.person("holder"), reason=reason))

    @rule(data=st.data(), reason=st.sampled_from(["Toch een plek.", ""]))
    @precondition(has_decisions)
    def drop(self, data, reason):
        row = self.draw_decision(data)
        self.attempt(lambda: decisions.drop(row, by=self.person("officer"), reason=reason))

    @rule(data=st.data(), who=st.sampled_from(["holder", "holder", *PEOPLE]), reasons=OFTEN, stale=SELDOM)
    @precondition(has_decisions)
    def sign(self, data, who, reasons, stale):
        row = self.draw_decision(data)
        if stale:
            row.version -= 1
        passed = {f"P{n}": "Kan niet wachten." for n in range(1, 12)} if reasons else {}
        self.attempt(lambda: signing.sign(row, by=self.person(who), passed=passed))

    @rule(data=st.data(), days=st.integers(-2, 30))
    def a_mandate_ends_or_goes_on(self, data, days):
        row = data.draw(st.sampled_from(self.mandates))
        type(row).objects.filter(pk=row.pk).update(valid_until=self.today + timedelta(days=days))

    # Places and the dossier itself.

    @rule(data=st.data(), state=st.sampled_from(["aangekondigd", "gestart", "mislukt", "geweigerd"]), days=DAYS)
    @precondition(lambda self: Offer.objects.filter(case=self.case_id).exists())
    def move_a_place(self, data, state, days):
        row = data.draw(st.sampled_from(list(Offer.objects.filter(case=self.case_id).select_related("school"))))
        row.case = self.case
        on = self.today + timedelta(days=min(days, 30))
        self.attempt(lambda: offers.move_offer(row, state, by=self.person("officer"), on=on, because="Zo is het."))

    @rule(really=SELDOM)
    def close_or_reopen(self, really):
        case, officer = self.case, self.person("officer")
        if not case.is_open:
            self.attempt(lambda: handling.reopen(case, by=officer, because="Toch niet."))
        elif really:
            self.attempt(lambda: closing.close(case, result="GEEN_VERZUIM", by=officer, because="Klaar."))

    # What always holds.

    @invariant()
    def one_decision_holds_and_one_is_prepared(self):
        states = list(Decision.objects.filter(case=self.case_id).values_list("state", flat=True))
        assert states.count("ondertekend") <= 1 and sum(s in PREPARING for s in states) <= 1
        if not self.case.is_open:
            assert not set(states) & set(PREPARING)

    @invariant()
    def what_was_signed_stays_as_it_was(self):
        for row in Decision.objects.filter(pk__in=self.signed):
            assert {name: getattr(row, name) for name in TEXT} == self.signed[row.pk]
            assert row.state in TAKEN

    @invariant()
    def whoever_signed_might(self):
        for row in Decision.objects.filter(case=self.case_id, state__in=TAKEN):
            signatures = signing.signed_scopes(row)
            assert set(signatures) == set(row.scopes)
            for scope, signature in signatures.items():
                assert signature.by == self.person("holder") and signature.mandate.scope == scope
                assert signature.by_id != row.presented_by_id

    @invariant()
    def a_decision_that_holds_has_a_place(self):
        for row in Decision.objects.filter(case=self.case_id, state="ondertekend").select_related("offer"):
            assert (row.offer.kind, row.offer.school_id) == (row.kind, row.school_id)
            if not row.is_provisional and row.offer.state not in ("mislukt", "geweigerd", "gestart"):
                assert row.offer.state == "aangekondigd"

    @invariant()
    def a_step_that_is_done_stays_done(self):
        for row in EscalationStep.objects.filter(pk__in=self.done):
            assert {name: getattr(row, name) for name in DONE} == self.done[row.pk]
            assert row.done_on >= row.planned_on or row.fact, "a fact can be there before its step begins"

    @invariant()
    def pauses_lie_apart_and_touch_no_clock(self):
        rows = [Interval(p.since, p.until) for p in Pause.objects.filter(case=self.case_id).order_by("since")]
        assert all(overlap(one, rows[:n]) is None for n, one in enumerate(rows))
        if not Offer.objects.filter(case=self.case_id).exclude(started_on=None).exists() and self.case.is_open:
            assert self.case.home_since == date(2026, 10, 5)


@pytest.mark.django_db
def test_whatever_people_do(shared_case, lekstroom):
    Dossier.lekstroom, Dossier.case_id, Dossier.reached = lekstroom, shared_case.pk, Counter()
    run_state_machine_as_test(
        Dossier,
        settings=settings(
            max_examples=RUNS,
            stateful_step_count=ACTS,
            deadline=None,
            database=None,
            derandomize=RUNS == 10,
            suppress_health_check=list(HealthCheck),
        ),
    )
    # The control: what is to be refused was, and what is to be done came about.
    for what in ("refused", "finish_a_step", "pause_the_steps", "ondertekend"):
        assert Dossier.reached[what], Dossier.reached
    print(Dossier.reached)  # shown with -s: how far a long walk came
