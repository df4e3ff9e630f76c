"""The plan of action, as the page of a dossier shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cases.dossier.models import Case
from cases.goals.models import Goal, Opinion
from cases.sight.access import may_change
from cases.sight.seats import Sight


@dataclass(frozen=True, slots=True)
class GoalShown:
    """`opinions`: the last word of each. `late`: the day to look has passed. `may_change`: whether the goal is theirs
    who look."""

    row: Goal
    opinions: Sequence[Opinion]
    late: bool
    may_change: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """`opinions`: about the whole plan."""

    goals: Sequence[GoalShown]
    ended: Sequence[GoalShown]
    opinions: Sequence[Opinion]

    def __bool__(self) -> bool:
        return bool(self.goals or self.ended or self.opinions)


def plan_of(case: Case, sight: Sight, today: date) -> Plan:
    """Nothing for who does not see the course of events; a parent reads on paper no opinion of the other one."""
    said = [o for o in case.opinions.all() if sight.sees_opinion(o.guardian_id)]
    shown = [
        GoalShown(
            g, last_of(o for o in said if o.goal_id == g.pk), g.is_running and g.review_on < today, may_change(g, sight)
        )
        for g in (case.goals.all() if sight.course else ())
    ]
    return Plan(
        goals=[g for g in shown if g.row.is_running],
        ended=[g for g in shown if not g.row.is_running],
        opinions=last_of(o for o in said if o.of_plan),
    )


def last_of(opinions: Iterable[Opinion]) -> list[Opinion]:
    """Of each person the last, in the order in which they stand."""
    return list({o.guardian_id: o for o in opinions}.values())
