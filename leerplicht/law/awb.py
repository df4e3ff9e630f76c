"""Terms of a decision (besluit) and of an objection to it: Algemene wet bestuursrecht, domain 1.9 and A1.

Each ends by the Algemene termijnenwet (`legal_term_end`). Of what arises by law (art. 5) there is none of these.
"""

from datetime import date
from enum import StrEnum, auto

from leerplicht.law.calendar import legal_term_end
from leerplicht.law.dates import add_days

OF_THE_LEERPLICHTWET, REASONABLE = 28, 56  # days for a decision: art. 3a and 3b; Awb 4:13 where the law names none
COPY_WITHIN, OBJECTION_WITHIN, POST_WITHIN = 14, 42, 7  # days


class Arrived(StrEnum):
    """Whether an objection is in time (Awb 6:7 to 6:10)."""

    EARLY = auto()
    IN_TIME = auto()
    IF_POSTED_IN_TIME = auto()
    LATE = auto()


def decision_due(received_on: date, days: int) -> date:
    """Last day for a decision on an application that was received on `received_on`; `days` as the law names them."""
    return legal_term_end(add_days(received_on, days))


def copy_by(decided_on: date) -> date:
    """Last day for the copy of the decision: two weeks after it (Leerplichtwet art. 3a and 3b)."""
    return legal_term_end(add_days(decided_on, COPY_WITHIN))


def objection_until(told_on: date) -> date:
    """Last day to object to a decision that was sent or handed over on `told_on`: six weeks, of which the first day is
    the day after it (Awb 3:41, 6:7, 6:8)."""
    return legal_term_end(add_days(told_on, OBJECTION_WITHIN))


def told_by_post_until(told_on: date) -> date:
    """Last day on which an objection can come in that was posted within the term: a week after it (Awb 6:9)."""
    return legal_term_end(add_days(objection_until(told_on), POST_WITHIN))


def objection_arrived(received_on: date, told_on: date) -> Arrived:
    """Whether an objection of `received_on` is in time, to a decision that was told on `told_on`. One that came before
    the decision was told counts as well (Awb 6:10)."""
    if received_on < told_on:
        return Arrived.EARLY
    if received_on <= objection_until(told_on):
        return Arrived.IN_TIME
    return Arrived.IF_POSTED_IN_TIME if received_on <= told_by_post_until(told_on) else Arrived.LATE
