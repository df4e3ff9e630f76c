"""Who has a dossier today: its handler, who stands in for a handler that is away, and else who divides the work. All as
conditions, so that lists, counts and the look whether anything is out of sight say the same (docs/adr/0036)."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from leerplicht.models import Municipality
from thuiszitters.core.people.absences import Absence, absent_on, replaced_by
from thuiszitters.core.people.access import access_of, municipalities_where_somebody_holds
from thuiszitters.core.people.organisations import Membership, Organisation, OrganisationLink, Period
from thuiszitters.core.people.roles import MUNICIPAL_ROLES, Right
from thuiszitters.core.people.users import User

_WORKING = sorted(role.value for role in MUNICIPAL_ROLES if Right.CASE_WORK in role.rights)


def works_there(today: date) -> Exists:
    """Within a query on dossiers: whether the handler works today for the gemeente of the dossier."""
    gemeente = Q(organisation__kind=Organisation.Kind.GEMEENTE, organisation__code=OuterRef("municipality"))
    links = OrganisationLink.objects.filter(
        Period.covers(today),
        kind=OrganisationLink.Kind.ACTS_FOR,
        organisation=OuterRef("organisation"),
        other__code=OuterRef(OuterRef("municipality")),
    )
    rows = Membership.objects.filter(
        Period.covers(today), user=OuterRef("handler"), role__in=_WORKING, user__is_active=True
    )
    return Exists(rows.filter(gemeente | Q(Exists(links))))


def workers_of(code: str, today: date) -> set[int]:
    """Ids of who works today for a gemeente: there, or at a bureau that acts for it."""
    acts_for = OrganisationLink.objects.filter(
        Period.covers(today), kind=OrganisationLink.Kind.ACTS_FOR, other__code=code
    )
    gemeente = Q(organisation__kind=Organisation.Kind.GEMEENTE, organisation__code=code)
    there = gemeente | Q(organisation__in=acts_for.values("organisation"))
    rows = Membership.objects.filter(Period.covers(today), there, role__in=_WORKING, user__is_active=True)
    return set(rows.values_list("user", flat=True))


def without_handler(today: date) -> Q:
    """Nobody has it: no handler, or one who does not work for that gemeente any more."""
    return Q(handler=None) | ~Q(works_there(today))


def unattended(today: date) -> Q:
    """Nobody looks after it today: without handler, or the handler is away and nobody stands in who works for that
    gemeente and is there."""
    return without_handler(today) | Q(handler__in=absent_on(today)) & ~Q(_stood_in_for(today))


def _stood_in_for(today: date) -> Exists:
    """Within a query on dossiers: whether somebody stands in for the handler who works for the gemeente."""
    gemeente = Q(organisation__kind=Organisation.Kind.GEMEENTE, organisation__code=OuterRef(OuterRef("municipality")))
    links = OrganisationLink.objects.filter(
        Period.covers(today),
        kind=OrganisationLink.Kind.ACTS_FOR,
        organisation=OuterRef("organisation"),
        other__code=OuterRef(OuterRef(OuterRef("municipality"))),
    )
    roles = Membership.objects.filter(Period.covers(today), user=OuterRef("stand_in"), role__in=_WORKING)
    rows = Absence.objects.on(today).filter(user=OuterRef("handler"), stand_in__is_active=True)
    return Exists(rows.exclude(stand_in__in=absent_on(today)).filter(Exists(roles.filter(gemeente | Q(Exists(links))))))


def had_by(user: User, today: date) -> Q:
    """What somebody looks after: the own dossiers, and those of whom one stands in for."""
    return Q(handler__in=[user.pk, *replaced_by(user, today)])


def codes_to_divide(user: User) -> set[str]:
    """Gemeenten of which the user divides the work: with the right to assign, and as one who works there where nobody
    has that right or who has it is away."""
    access = access_of(user)
    led = municipalities_where_somebody_holds(Right.CASE_ASSIGN, but=absent_on(timezone.localdate()))
    return access.municipalities_with(Right.CASE_ASSIGN) | (access.municipalities_with(Right.CASE_WORK) - led)


def codes_of_administrator(user: User) -> set[str]:
    """Gemeenten for which nobody works, for who administers: without a child, only that there is work and nobody."""
    if Right.ADMIN not in access_of(user).rights:
        return set()
    codes = Municipality.objects.values_list("code", flat=True)
    return set(codes) - municipalities_where_somebody_holds(Right.CASE_WORK)
