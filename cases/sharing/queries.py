"""Questions between organisations that wait for an answer."""

from datetime import date

from cases.dossier.models import Case
from cases.sharing.models import Referral
from cases.sight.waits import Waits
from thuiszitters.core.people.users import User


def open_referrals(case: Case) -> list[Referral]:
    return list(case.referrals.filter(state=Referral.State.OPEN).select_related("to_organisation"))


def count_to_answer(user: User, today: date) -> int:
    return Referral.objects.to_answer_by(user).count()


WAITS = (
    Waits(
        "verzoeken",
        "1 verzoek wacht op uw antwoord.",
        "{} verzoeken wachten op uw antwoord.",
        "referrals",
        count_to_answer,
    ),
)
