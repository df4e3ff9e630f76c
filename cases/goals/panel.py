"""The plan of action, as the page of a dossier shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cases.dossier.models import Case
from cases.goals.models import Goal, Opinion


@dataclass(frozen=True, slots=True)
class GoalShown:
    """`opinions`: the last word of each. `late`: the day to look has passed."""

    row: Goal
    opinions: Sequence[Opinion]
    late: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """`opinions`: about the whole plan."""

    goals: Sequence[GoalShown]
    ended: Sequence[GoalShown]
    opinions: Sequence[Opinion]

    def __bool__(self) -> bool:
        return bool(self.goals or self.ended or self.opinions)


def plan_of(case: Case, today: date) -> Plan:
    """For who sees the course of events."""
    said = list(case.opinions.all())
    shown = [
        GoalShown(g, last_of(o for o in said if o.goal_id == g.pk), g.is_running and g.review_on < today)
        for g in case.goals.all()
    ]
    return Plan(
        goals=[g for g in shown if g.row.is_running],
        ended=[g for g in shown if not g.row.is_running],
        opinions=last_of(o for o in said if o.goal_id is None),
    )


def last_of(opinions: Iterable[Opinion]) -> list[Opinion]:
    """Of each person the last, in the order in which they stand."""
    return list({o.guardian_id: o for o in opinions}.values())
