"""Recording a child and its facts by hand. After each change of facts the clock follows at once."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from cases.clock.acts import facts_changed
from cases.dossier.access import check_may, check_may_edit_pupil
from cases.dossier.models import Case
from cases.dossier.opening import open_cases
from cases.dossier.rules import NotNow
from cases.dossier.saving import CHANGED, log_act, still_as_read
from leerplicht.children.finding import born_on, same_family
from leerplicht.models import Enrolment, Exemption, Guardian, NotEnrolled, PermittedAbsence, Pupil, SchoolReturn
from leerplicht.names.folding import fold
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

SIMILAR_LETTERS = 3
KNOWN_NUMBER = "Er bestaat al een leerling met dit nummer. Zoek die leerling op, of vraag het na."


Fact = Enrolment | SchoolReturn | PermittedAbsence | Exemption | NotEnrolled


def possible_duplicates(user: User, *, pgn_hash: str, last_name: str, born: date) -> QuerySet[Pupil]:
    """Pupils the user may see who have the same number, or a birth date that can be the same and a similar name: as
    searching finds it (docs/adr/0033), one part of a double name, or the same first letters. `known_cases`: its
    dossiers."""
    begin, there = fold(last_name)[:SIMILAR_LETTERS], Pupil.objects.visible_to(user).filter(born_on(born))
    alike = [p.pk for p in there if p.search_last.startswith(begin) or same_family(p, last_name)]
    similar = Q(pk__in=alike)
    same_number = Q(pgn_hash=pgn_hash) if pgn_hash else Q(pk=None)
    found = Pupil.objects.visible_to(user).filter(similar | same_number)
    known = found.exclude(pk__in=Pupil.objects.standing_apart()).select_related("municipality")
    dossiers = Case.objects.visible_to(user, urgent=False).order_by("-opened_on")
    return known.prefetch_related(Prefetch("cases", dossiers, to_attr="known_cases"))[:10]


def register_not_enrolled(pupil: Pupil, fact: NotEnrolled, *, by: User | None) -> Case:
    """A child that is enrolled nowhere: the pupil (new or known), the fact, and a dossier."""
    check_may(by is None or pupil.municipality_id in access_of(by).municipalities_with(Right.PUPIL_EDIT))
    today = timezone.localdate()
    try:
        with transaction.atomic():
            pupil.save()
            fact.pupil, fact.recorded_by = pupil, by
            fact.save()
            reason = f"Nergens ingeschreven: {fact.how_known}"
            case = open_cases({pupil.pk: reason}, on=today, by=by)[pupil.pk]
            facts_changed([pupil.pk], today)
            log_act("not_enrolled_registered", case, by=by, pupils=[pupil.pk])
    except IntegrityError as problem:
        raise NotNow(KNOWN_NUMBER) from problem
    return case


def save_fact(fact: Fact, *, by: User | None, case: Case) -> None:
    """Save an enrolment, return, exemption or another fact, and let the clock follow."""
    check_may_edit_pupil(case, by)
    with transaction.atomic():
        if not fact.pk:
            fact.recorded_by = by
        fact.save()
        log_act("fact_saved", case, by=by, pupils=[fact.pupil_id], kind=fact._meta.model_name, row=fact.pk)
        facts_changed([fact.pupil_id], timezone.localdate())


def remove_fact(fact: Fact, *, by: User | None, case: Case) -> None:
    """Take back a fact that was wrong; its history stays."""
    check_may_edit_pupil(case, by)
    with transaction.atomic():
        pupil_id, kind, row = fact.pupil_id, fact._meta.model_name, fact.pk
        fact.delete()
        log_act("fact_removed", case, by=by, pupils=[pupil_id], kind=kind, row=row)
        facts_changed([pupil_id], timezone.localdate())


def save_pupil(pupil: Pupil, *, by: User | None, case: Case, version: int) -> None:
    """Save the pupil's own data when nobody changed them in between."""
    check_may_edit_pupil(case, by)
    try:
        _save_pupil(pupil, by, case, version)
    except IntegrityError as problem:
        raise NotNow(KNOWN_NUMBER) from problem


def _save_pupil(pupil: Pupil, by: User | None, case: Case, version: int) -> None:
    with transaction.atomic():
        pupil.version = version
        if not still_as_read(pupil):
            raise NotNow(CHANGED)
        pupil.save()
        log_act("pupil_saved", case, by=by, pupils=[pupil.pk])
        facts_changed([pupil.pk], timezone.localdate())


def save_guardian(guardian: Guardian, *, by: User | None, case: Case) -> None:
    """A parent or other guardian of the child of this dossier."""
    check_may_edit_pupil(case, by)
    with transaction.atomic():
        guardian.save()
        log_act("guardian_saved", case, by=by)
