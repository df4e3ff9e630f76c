"""Enforcement steps: written down when what the law asks is there, ended once. For the boa alone."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.dossier.access import check_may_lead
from cases.dossier.rules import FARTHEST_START, NotNow, check_open
from cases.dossier.saving import hold, log_act, save_versioned
from cases.enforcement.models import EnforcementStep
from leerplicht.law.enforcement import HaltFacts, PvFacts, halt_requirements, pv_requirements, svb_requirements
from leerplicht.law.requirements import Requirement
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User


def requirements_of(row: EnforcementStep) -> list[Requirement]:
    """What must hold on that day; nothing for the kinds of which the law asks nothing."""
    pupil = row.case.pupil
    if row.kind == EnforcementStep.Kind.HALT:
        return halt_requirements(
            HaltFacts(
                row.on,
                pupil.born_last,
                pupil.claimable_obligation_on(row.on),
                row.hours or 0,
                row.late or 0,
                row.youth_agrees,
                row.parents_agree,
                row.own_choice,
                row.untreated,
                row.earlier,
                row.with_om,
            )
        )
    if row.kind == EnforcementStep.Kind.PV:
        return pv_requirements(_pv_facts(row))
    if row.kind == EnforcementStep.Kind.SVB:
        qualified = pupil.startkwalificatie_on is not None and pupil.startkwalificatie_on <= row.on
        exempt = any(e.releases(row.on) for e in pupil.exemptions.all())
        duty = pupil.claimable_obligation_on(row.on)
        return svb_requirements(row.on, pupil.born_last, obligation=duty, startkwalificatie=qualified, exempt=exempt)
    return []


def _pv_facts(row: EnforcementStep) -> PvFacts:
    """What the law asked of the child on the days it is about, and whether an exemption ran in them."""
    pupil, first, last = row.case.pupil, row.days_from, row.days_until
    days = [first + timedelta(n) for n in range((last - first).days + 1)] if first and last else []
    return PvFacts(
        born=pupil.born_last,
        about_youth=row.about == EnforcementStep.About.YOUTH,
        heard=row.heard_on is not None,
        first=first,
        last=last,
        obligations=frozenset(pupil.claimable_obligation_on(day) for day in days),
        exempt=any(e.releases(day) for e in pupil.exemptions.all() for day in days),
    )


def save_step(row: EnforcementStep, *, by: User | None) -> None:
    """Write a step down, or put it right before it ended. NotNow with a day that cannot be, or when the law asks for
    something that is not there."""
    check_may_lead(row.case, by, Right.ENFORCE)
    today, born = timezone.localdate(), row.case.pupil.born
    if row.ended_on:
        raise NotNow("Deze stap is afgerond.")
    if any(day and not born <= day <= today for day in (row.on, row.heard_on, row.copy_sent_on)):
        raise NotNow("Een van de dagen is nog niet geweest, of ligt voor de geboorte van het kind.")
    _check_days(row, born)
    if missing := [r.why for r in requirements_of(row) if not r.met]:
        raise NotNow(" ".join(missing))
    save_versioned(row, by=by, action="enforcement_saved")


def _check_days(row: EnforcementStep, born: date) -> None:
    """The days a proces-verbaal is about have been, in order, and lie within a year."""
    first, last = row.days_from, row.days_until
    if (first is None) != (last is None):
        raise NotNow("Vul beide dagen in waarover het proces-verbaal gaat.")
    if first is None or last is None:
        return
    if not born <= first <= last <= row.on or (last - first).days > FARTHEST_START:
        raise NotNow(
            "De dagen waarover het gaat kloppen niet: de eerste ligt na de laatste, ze zijn nog niet geweest, of het "
            "is meer dan een jaar."
        )


def end_step(row: EnforcementStep, *, by: User | None, on: date, positive: bool, outcome: str) -> None:
    """How it ended, once."""
    check_may_lead(row.case, by, Right.ENFORCE)
    case = row.case
    check_open(case)
    if not row.on <= on <= timezone.localdate():
        raise NotNow(f"Kies een dag vanaf {row.on:%d-%m-%Y} tot en met vandaag.")
    if not outcome.strip():
        raise NotNow("Schrijf op hoe het afliep.")
    with transaction.atomic():
        hold(case)
        running = EnforcementStep.objects.filter(pk=row.pk, ended_on=None)
        if not running.update(ended_on=on, positive=positive, outcome=outcome.strip(), version=F("version") + 1):
            raise NotNow("Een collega heeft dit net afgerond.")
        row.refresh_from_db()
        EnforcementStep.history.bulk_history_create([row], update=True, default_user=by)
        log_act("enforcement_ended", case, by=by, row=row.pk)
