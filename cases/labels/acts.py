"""Putting the own labels on a dossier."""

from collections.abc import Iterable

from django.db import transaction

from cases.dossier.access import acting_organisation, check_may_work, is_municipal_side
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import hold, log_act
from cases.labels.models import CaseLabel
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

MOST = 10


def owner_for(case: Case, user: User) -> Organisation:
    """For which organisation the user puts labels on this dossier: on the municipal side always the gemeente."""
    own = acting_organisation(case, user)
    if not is_municipal_side(case, user):
        return own
    return Organisation.objects.filter(kind=Organisation.Kind.GEMEENTE, code=case.municipality_id).first() or own


def known_to(owner: Organisation) -> list[str]:
    """The list of an organisation: what stands on its open dossiers."""
    return CaseLabel.objects.filter(organisation=owner, case__in=Case.objects.open()).names()


def labels_of(case: Case, owner: Organisation) -> list[str]:
    return CaseLabel.objects.filter(case=case, organisation=owner).names()


def set_labels(case: Case, names: Iterable[str], *, shown: Iterable[str], by: User) -> None:
    """Put on what was chosen; of what was `shown` take away what was not. What a colleague put there in between stays.
    A word that differs from one of the list in capitals alone is that one. NotNow for more than ten."""
    check_may_work(case, by)
    check_open(case)
    owner = owner_for(case, by)
    with transaction.atomic():
        hold(case)
        spelled = {name.casefold(): name for name in known_to(owner)}
        typed = {word.casefold(): word for name in names if (word := " ".join(name.split())[:40])}
        wanted = {key: spelled.get(key, word) for key, word in typed.items()}
        stands = {row.name.casefold(): row for row in CaseLabel.objects.filter(case=case, organisation=owner)}
        gone = (stands.keys() & {name.casefold() for name in shown}) - wanted.keys()
        if len((stands.keys() | wanted.keys()) - gone) > MOST:
            raise NotNow(f"Een dossier heeft hoogstens {MOST} labels.")
        for key in gone:
            stands[key].delete()
        for key in wanted.keys() - stands.keys():
            CaseLabel.objects.create(case=case, organisation=owner, name=wanted[key], by=by)
        log_act("labels_saved", case, by=by, count=len(wanted))
