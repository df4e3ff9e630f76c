"""Putting the own labels and the own level of risk on a dossier, and keeping the list of levels."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases.dossier.access import acting_organisation, check_may, check_may_work, is_municipal_side
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import CHANGED, Overtaken, hold, log_act, still_as_read
from cases.labels.models import KEEPS_THE_LIST, CaseLabel, CaseRisk, RiskLevel
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation, OrganisationLink, Period
from thuiszitters.core.people.users import User

MOST, FIRST_VERSION = 10, 2


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


def risk_of(case: Case, owner: Organisation) -> CaseRisk:
    """The row of this organisation; a new one, that is not saved, where it judged nothing yet."""
    row = CaseRisk.objects.filter(case=case, organisation=owner).select_related("level").first()
    return row or CaseRisk(case=case, organisation=owner)


def set_risk(row: CaseRisk, *, by: User) -> None:
    """Judge the risk, otherwise than before, or take the judgement back. Nothing happens when it stands so already.
    Overtaken when a colleague was first; NotNow for a level that ended or is of another list."""
    check_may_work(row.case, by)
    check_may(owner_for(row.case, by) == row.organisation)
    check_open(row.case)
    if row.level and not levels_for(row).filter(pk=row.level.pk).exists():
        raise NotNow("Dit risiconiveau is niet meer te kiezen. Kies een ander.")
    row.because = row.because if row.level else ""
    if _stands_already(row):
        return
    try:
        with transaction.atomic():
            hold(row.case)
            if not still_as_read(row):
                raise Overtaken(CHANGED)
            # A form that was opened before there was a row read version 1: that one comes too late.
            row.by, row.version = by, row.version if row.pk else FIRST_VERSION
            row.save()
            log_act("risk_saved", row.case, by=by, row=row.pk)
    except IntegrityError as problem:  # a colleague judged it for the first time at the same moment
        raise Overtaken(CHANGED) from problem


def _stands_already(row: CaseRisk) -> bool:
    """A second click, or nothing where nothing was."""
    stored = CaseRisk.objects.filter(case=row.case, organisation=row.organisation).first()
    said = (stored.level_id, stored.because) if stored else (None, "")
    return said == (row.level_id, row.because)


def levels_for(row: CaseRisk) -> QuerySet[RiskLevel]:
    """What can be chosen: the list of the organisation, or of the bureau that acts for it. What stands there already
    can stay."""
    acts_for = OrganisationLink.objects.filter(Period.covers(timezone.localdate()), other=row.organisation)
    bureaus = acts_for.filter(kind=OrganisationLink.Kind.ACTS_FOR).values("organisation")
    stands = CaseRisk.objects.filter(case=row.case, organisation=row.organisation, level__isnull=False).values("level")
    lists = Q(organisation=row.organisation) | Q(organisation__in=bureaus)
    return RiskLevel.objects.filter(lists, ended_on=None) | RiskLevel.objects.filter(pk__in=stands)


def can_judge(case: Case, user: User) -> bool:
    """Whether there is a list to choose from, for who works in the dossier."""
    return levels_for(risk_of(case, owner_for(case, user))).exists()


def list_owner(user: User) -> Organisation:
    """For which organisation the user keeps a list of levels."""
    return access_of(user).organisation_with(*KEEPS_THE_LIST)


def save_level(level: RiskLevel, *, by: User) -> None:
    """Another level in the list, or one by another name, place or tone. NotNow for a name that is there; Overtaken when
    a colleague was first."""
    check_may_keep(level, by)
    try:
        with transaction.atomic():
            if not still_as_read(level):
                raise Overtaken(CHANGED)
            level.save()
            log_event("risk_level_saved", by=by, row=level.pk)
    except IntegrityError as problem:
        raise NotNow("Dit risiconiveau staat al in de lijst.") from problem


def end_level(level: RiskLevel, *, ended: bool = True, by: User) -> None:
    """It stays where it stands and can be chosen no more; or, not `ended`, it can be chosen again."""
    check_may_keep(level, by)
    with transaction.atomic():
        level = RiskLevel.objects.select_for_update().get(pk=level.pk)
        if ended == bool(level.ended_on):
            return
        level.ended_on = timezone.localdate() if ended else None
        level.version += 1
        level.save()
        log_event("risk_level_saved", by=by, row=level.pk)


def check_may_keep(level: RiskLevel, by: User) -> None:
    """For who divides the work of that organisation, or judges for it."""
    own = (access_of(by).organisations_with(right) for right in KEEPS_THE_LIST)
    check_may(level.organisation_id in set[int]().union(*own))
