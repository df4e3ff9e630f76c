"""The log of looks as a controller reads it: per child, per employee, in words. Reads rows, keeps none."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.dossier.models import Case
from cases.dossier.queries import involvements_ever_of
from cases.parts.matrix import PARTS
from thuiszitters.core.log.audit import ACTIONS
from thuiszitters.core.log.models import AuditEvent, AuditSubject, controlled_by
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Membership, Organisation
from thuiszitters.core.people.roles import Right, Role
from thuiszitters.core.people.users import User

# Parents and children who look along have no role (`reporting.family`).
ROLE_LABELS = {role.value: role.label for role in Role} | {"ouder": "ouder of verzorger", "kind": "het kind zelf"}


@dataclass(frozen=True)
class Look:
    """A row in words. `user` only when it is somebody of the controller's own organisations: of others the organisation
    and the role are what a controller needs."""

    event: AuditEvent
    what: str
    user: User | None
    role: str
    organisation: Organisation | None
    parts: list[str]
    emergency: bool


def case_in_reach(user, number: str) -> Case | None:
    """The dossier whose looks this controller may search: of the own gemeenten, or in which the own organisation takes
    or took part."""
    access = access_of(user)
    own = Q(municipality__in=access.municipalities_with(Right.LOG_VIEW))
    own |= Q(Exists(involvements_ever_of(access.organisations_with(Right.LOG_VIEW))))
    return Case.objects.filter(own, number=number).first()


def employee_in_reach(user, email: str) -> User | None:
    """An employee of an organisation this controller looks after, also one who left."""
    members = Membership.objects.filter(organisation__in=controlled_by(user))
    return User.objects.filter(pk__in=members.values("user"), email=email.lower()).first()


def looks_at(case: Case, user) -> QuerySet[AuditEvent]:
    """Every row about the child of this dossier, also from before two rows of the child became one: by whomever for a
    controller of the gemeente that has it, else by the own people only."""
    owner = case.municipality_id in access_of(user).municipalities_with(Right.LOG_VIEW)
    events = AuditEvent.objects.all() if owner else AuditEvent.objects.visible_to(user)
    pupils = {case.pupil_id, *case.history.values_list("pupil_id", flat=True)}
    about = AuditSubject.objects.filter(event_id=OuterRef("pk"), pupil_id__in=pupils)
    return events.filter(Exists(about))


def between(events: QuerySet[AuditEvent], first: date | None, last: date | None) -> QuerySet[AuditEvent]:
    if first:
        events = events.filter(at__gte=_midnight(first))
    if last:
        events = events.filter(at__lt=_midnight(last + timedelta(days=1)))
    return events


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def in_words(events, user) -> list[Look]:
    """A page of rows, with names; three queries."""
    events = list(events)
    own = controlled_by(user)
    users = User.objects.in_bulk({e.user_id for e in events if e.user_id and e.organisation_id in own})
    organisations = Organisation.objects.in_bulk({e.organisation_id for e in events if e.organisation_id})
    return [
        Look(
            e,
            ACTIONS.get(e.action, e.action),
            users.get(e.user_id) if e.organisation_id in own else None,
            ROLE_LABELS.get(e.role, ""),
            organisations.get(e.organisation_id),
            [PARTS[p].word for p in PARTS if p in e.parts],
            "emergency" in e.detail,
        )
        for e in events
    ]
