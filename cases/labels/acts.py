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


def set_labels(case: Case, names: Iterable[str], *, by: User) -> None:
    """The labels as they are now; what is not named goes away. A word that differs from one of the list in capitals
    alone is that one. NotNow for more than ten."""
    check_may_work(case, by)
    check_open(case)
    owner = owner_for(case, by)
    with transaction.atomic():
        hold(case)
        spelled = {name.casefold(): name for name in known_to(owner)}
        typed = {word.casefold(): word for name in names if (word := " ".join(name.split())[:40])}
        wanted = {key: spelled.get(key, word) for key, word in typed.items()}
        if len(wanted) > MOST:
            raise NotNow(f"Een dossier heeft hoogstens {MOST} labels.")
        stands = {row.name.casefold(): row for row in CaseLabel.objects.filter(case=case, organisation=owner)}
        for key in stands.keys() - wanted.keys():
            stands[key].delete()
        for key in wanted.keys() - stands.keys():
            CaseLabel.objects.create(case=case, organisation=owner, name=wanted[key], by=by)
        log_act("labels_saved", case, by=by, count=len(wanted))
