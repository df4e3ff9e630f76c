"""What the rooms contribute to the course of events: the one list. A room that is not named here shows nothing."""

from cases.attachments import events as attachments
from cases.barriers import events as barriers
from cases.claims import events as claims
from cases.clock import events as clock
from cases.decisions import events as decisions
from cases.disputes import events as disputes
from cases.documents import events as documents
from cases.enforcement import panel as enforcement
from cases.escalation import events as escalation
from cases.facts import events as facts
from cases.family import events as family
from cases.goals import events as goals
from cases.handling import events as handling
from cases.intake import events as intake
from cases.meetings import events as meetings
from cases.offers import events as offers
from cases.proposals import events as proposals
from cases.sight import events as sight
from cases.sight.fetching import SIGHT
from cases.steps import events as steps
from cases.stops import events as stops
from cases.takeover import events as takeover
from cases.work import events as work

EVENTS = (
    intake,
    work,
    goals,
    family,
    handling,
    clock,
    steps,
    proposals,
    sight,
    offers,
    barriers,
    disputes,
    escalation,
    decisions,
    meetings,
    stops,
    documents,
    attachments,
    facts,
    claims,
    takeover,
)
SOURCES = tuple(source for room in EVENTS for source in room.EVENTS)
FETCHED = (*SIGHT, *(rows for room in (*EVENTS, enforcement) for rows in room.FETCHED))
