"""A new state, kind, part or role has a place wherever all of them are spoken of: a table that forgets one fails here,
not on the page of a child."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from cases.acting.facts import FACTS, HELD, Fact
from cases.acting.matrix import TABLE, Act
from cases.agreements.acts import CODES
from cases.agreements.kinds import KIND_WORDS, DossierKind
from cases.claims.forms import FIELDS as CLAIM_FIELDS
from cases.claims.models import ExemptionClaim
from cases.claims.rules import OUTCOMES, ClaimState
from cases.clock.presentation import LEVELS as STANDS
from cases.clock.presentation import OBLIGATIONS
from cases.decisions.rules import DECISION_STATES, PREPARING, TAKEN, DecisionState
from cases.disputes import rules as disputes
from cases.dossier.entry import WRITTEN_PARTS
from cases.dossier.states import MOVES, STATES, State
from cases.enforcement.forms import FIELDS as ENFORCEMENT_FIELDS
from cases.enforcement.models import EnforcementStep
from cases.escalation.events import REVIEW_ACTS
from cases.escalation.models import Review
from cases.meetings.models import Meeting
from cases.meetings.rules import ROLE_OF_KIND
from cases.offers.states import ATTENDED, FAILED, FINAL, OFFER_STATES, OfferState
from cases.parts.matrix import EMERGENCY, LEVELS, MATRIX, PARTS, Level, Part
from cases.sharing.rules import ROLES_OF_KIND
from cases.sight.seats import _RULES
from cases.steps.access import KINDS as STEP_KINDS
from cases.steps.ladder import StepOwner
from leerplicht.law.claims import Ground
from leerplicht.law.obligation import Obligation
from leerplicht.law.terms import Unit
from reporting.letters.values import OUTCOMES as CAME_OF
from reporting.packs.models import PackState
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import BY_SHARE, KINDS_OF_ROLE, MUNICIPAL_ROLES, ROLES, Role

ROOT = Path(settings.BASE_DIR)
# What a table speaks of, and of what it must speak.
TABLES = {
    "states of a dossier": (STATES, State),
    "states of an offer": (OFFER_STATES, OfferState),
    "states of a decision": (DECISION_STATES, DecisionState),
    "what happened to an escalation, in the course of events": (REVIEW_ACTS, Review.State.values),
    "parts of a dossier": (PARTS, Part),
    "levels of sight": (LEVELS, Level),
    "who sees which part": (MATRIX, Role),
    "what an emergency shows": (EMERGENCY, Part),
    "who reads a text of a part": (_RULES, WRITTEN_PARTS),
    "what roles may": (ROLES, Role),
    "who acts on what": (TABLE, Act),
    "what a fact says that closes a step": (FACTS, Fact),
    "which fact an overleg that was held is": (HELD, Meeting.Kind.values),
    "for which dossiers a stappenplan or term is": (KIND_WORDS, DossierKind),
    "whose a step of the stappenplan is": (STEP_KINDS, StepOwner),
    "at what organisations a role is held": (KINDS_OF_ROLE, set(Role) - {Role.BEHEERDER, Role.CONTROLEUR}),
    "what a child is obliged to, in words": (OBLIGATIONS, Obligation),
    "units in the code of a term": (CODES, Unit),
    "how a term stands, in colours": (STANDS, ("loopt", "nadert", "overschreden")),
    "what is asked about a claim": (CLAIM_FIELDS, Ground),
    "what a letter says came of a claim": (CAME_OF, set(ExemptionClaim.State) - {ExemptionClaim.State.RECEIVED}),
    "how a dispute route can end": (disputes.ROUTES, disputes.Route),
    "what came of a dispute, in words": (disputes.OUTCOMES, disputes.Outcome),
    "what is asked about enforcement": (ENFORCEMENT_FIELDS, EnforcementStep.Kind.values),
    "who comes to an overleg for an organisation": (ROLE_OF_KIND, set(Organisation.Kind) - {Organisation.Kind.REGIO}),
}


def missing(table, wanted) -> set:
    return set(wanted) ^ set(table)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_speaks_of_all_of_them(name):
    assert missing(*TABLES[name]) == set()


@pytest.mark.parametrize("role", Role, ids=str)
def test_of_each_part_it_is_said_how_much_a_role_sees(role):
    assert set(MATRIX[role]) == set(Part)


def test_every_state_can_be_reached_and_stands_on_one_side():
    assert {m.target for m in MOVES} | {State.NIEUW} == set(State)
    assert set(PREPARING) | set(TAKEN) | {DecisionState.NIET_GENOMEN} == set(DecisionState)
    assert ATTENDED & set(FAILED) == set() and {*FAILED, OfferState.GEBORGD} == FINAL
    ends = {state for outcomes in OUTCOMES.values() for state in outcomes}
    assert ends | {ClaimState.RECEIVED} == set(ClaimState) == set(ExemptionClaim.State)


def test_every_kind_of_organisation_is_of_somebody():
    """Whoever takes part does so in a role; the others are of the side of the gemeente, or of the region."""
    assert {role for roles in ROLES_OF_KIND.values() for role in roles} == set(BY_SHARE)
    assert set(MUNICIPAL_ROLES) | set(BY_SHARE) | {Role.REGIO, Role.BEHEERDER, Role.CONTROLEUR} == set(Role)


def test_a_state_that_a_template_asks_for_exists():
    """A template compares with words: a word that no table knows is a line that never shows."""
    columns = [f for m in apps.get_models() for f in m._meta.concrete_fields if f.name == "state"]
    known = {str(value) for column in columns for value, _ in column.flatchoices} | set(PackState)
    for path in (ROOT / "templates").rglob("*.html"):
        asked = set(re.findall(r"""\bstate == ["'](\w+)["']""", path.read_text(encoding="utf-8")))
        assert asked <= known, path.name


def test_a_table_that_forgets_one_is_seen():
    assert missing({State.NIEUW: 1}, State) == set(State) - {State.NIEUW}
