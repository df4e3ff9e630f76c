"""May this user say which child it is?"""

from cases.dossier.access import check_may
from leerplicht.models import IdentityQuestion
from thuiszitters.core.people.users import User


def check_may_say(question: IdentityQuestion, by: User | None) -> None:
    """Who keeps the data of pupils in the gemeente of both."""
    check_may(by is None or IdentityQuestion.objects.visible_to(by).filter(pk=question.pk).exists())
