"""Who sees which button on the page of a dossier; what an act asks for itself stands in `access` of its room."""

from collections.abc import Iterable
from dataclasses import dataclass

from cases.decisions.models import Decision
from cases.dossier import access
from cases.dossier.models import Case
from cases.escalation.models import Review
from cases.sight.seats import Sight
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


@dataclass(frozen=True)
class Buttons:
    """What one person may do from this page. `may_lead`: move and close it, `may_share`: also once it is closed;
    `may_review`: the escalations (ids) that the person may look into; `can_pdf`: take something of it along."""

    may_work: bool
    may_lead: bool
    may_reopen: bool
    may_share: bool
    may_letter: bool
    can_pdf: bool
    can_take: bool
    can_assign: bool
    can_show_pgn: bool
    may_edit_pupil: bool
    may_enforce: bool
    may_propose: bool
    may_ask_decision: bool
    may_review: frozenset[int]


def buttons_of(case: Case, user: User, sight: Sight, decisions: Iterable[Decision]) -> Buttons:
    """`decisions`: those of the dossier that show; while one is prepared, there is no asking for another."""
    leads, works = access.is_municipal_side(case, user), access.may_work(case, user)
    takes = sight.may(Right.EXPORT) and not sight.emergency
    return Buttons(
        may_work=works and case.is_open,
        may_lead=leads and case.is_open,
        may_reopen=leads and not case.is_open,
        may_share=leads,
        may_letter=works and takes,
        can_pdf=takes,
        can_take=access.can_take(case, user),
        can_assign=access.can_assign(case, user),
        can_show_pgn=access.can_show_pgn(case, user),
        may_edit_pupil=access.can_edit_pupil(case, user),
        may_enforce=access.is_municipal_side(case, user, Right.ENFORCE),
        may_propose=sight.course and not sight.may(Right.REVIEW),
        may_ask_decision=works and case.is_open and not any(d.is_preparing for d in decisions),
        may_review=frozenset(Review.objects.visible_to(user).filter(case=case).values_list("pk", flat=True)),
    )
