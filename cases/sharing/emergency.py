"""Noodtoegang: open a dossier of another organisation for a few hours because a child may be in danger."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from cases.dossier.models import Case
from cases.dossier.saving import log_act
from cases.dossier.taking_part import EmergencyAccess
from cases.sharing.access import check_may_look_in_an_emergency
from thuiszitters.core.jobs import queue as jobs
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Membership, Organisation, OrganisationLink, Period
from thuiszitters.core.people.roles import Right, Role
from thuiszitters.core.people.users import User

LASTS = timedelta(hours=4)
SHOWN_FOR = timedelta(days=30)
TELL = "noodtoegang melden"
SUBJECT = "Noodtoegang gebruikt"
BODY = (
    "Iemand heeft met noodtoegang een dossier van uw organisatie geopend.\n\n"
    "Log in om te zien bij welk dossier dat was, door wie en waarom.\n"
)


def open_in_emergency(case: Case, *, by: User, reason: str) -> EmergencyAccess:
    """Let `by` see the dossier for a few hours, tell the owner, and write it down."""
    check_may_look_in_an_emergency(by)
    now = timezone.now()
    seat = next(m for m in access_of(by).memberships if Right.EMERGENCY in Role(m.role).rights)
    with transaction.atomic():
        row = EmergencyAccess.objects.create(
            case=case, user=by, organisation=seat.organisation, reason=reason, started_at=now, ends_at=now + LASTS
        )
        log_act("emergency_opened", case, by=by, emergency=row.pk, purpose="noodtoegang")
        jobs.enqueue(TELL, row.pk, by)
    return row


def recent_emergencies(case: Case) -> list[EmergencyAccess]:
    """For the owner's page: what happened in the last weeks."""
    since = timezone.now() - SHOWN_FOR
    return list(case.emergencies.filter(started_at__gte=since).select_related("user", "organisation"))


def tell_the_owner(pk: int) -> None:
    """A mail to the handler, or to those who divide the work; nothing of the child stands in it."""
    row = EmergencyAccess.objects.select_related("case__handler").get(pk=pk)
    to = [u.email for u in _owners(row.case)]
    for address in to:
        send_mail(SUBJECT, BODY, settings.DEFAULT_FROM_EMAIL, [address])


def _owners(case: Case) -> list[User]:
    if case.handler and case.handler.is_active:
        return [case.handler]
    today = timezone.localdate()
    gemeente = Organisation.objects.filter(kind="gemeente", code=case.municipality_id)
    bureaus = OrganisationLink.objects.filter(Period.covers(today), kind="acts_for", other__in=gemeente)
    holders = Membership.objects.filter(
        Period.covers(today),
        role__in=[Role.TEAMLEIDER, Role.LEERPLICHTAMBTENAAR],
        organisation__in=[*gemeente.values_list("pk", flat=True), *bureaus.values_list("organisation", flat=True)],
    )
    leaders = holders.filter(role=Role.TEAMLEIDER)
    chosen = leaders if leaders.exists() else holders
    return list(User.objects.filter(pk__in=chosen.values("user"), is_active=True))


JOBS = {TELL: tell_the_owner}
