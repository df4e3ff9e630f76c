"""May this user share a dossier, let an organisation go, answer a question, or look in an emergency?"""

from cases.dossier.access import check_may, check_may_work, is_municipal_side, own_organisation
from cases.dossier.models import Case
from cases.dossier.taking_part import Consent, Involvement
from cases.sharing.models import Referral
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def check_may_let_go(involvement: Involvement, by: User | None) -> None:
    """The gemeente ends it, or the organisation itself."""
    _check_side(involvement.case, involvement.organisation_id, by)


def check_may_withdraw(consent: Consent, by: User | None) -> None:
    """Whose data it is about, or the gemeente."""
    _check_side(consent.case, consent.owner_id, by)


def _check_side(case: Case, organisation: int, by: User | None) -> None:
    if by is None or is_municipal_side(case, by):
        return
    check_may_work(case, by)
    own = own_organisation(case, by)
    check_may(own is not None and own.pk == organisation)


def check_may_answer(referral: Referral, by: User | None) -> None:
    check_may(by is None or _asked_of(referral, by))


def _asked_of(referral: Referral, by: User) -> bool:
    """By its addressee, whatever the state: whether it still waits the rules say."""
    return Referral.objects.asked_of(by).filter(pk=referral.pk).exists()


def check_may_take_back(referral: Referral, by: User | None) -> None:
    check_may(by is None or Referral.objects.asked_by_side_of(by).filter(pk=referral.pk).exists())


def check_may_look_in_an_emergency(by: User) -> None:
    check_may(Right.EMERGENCY in access_of(by).rights)
