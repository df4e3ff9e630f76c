"""What stands in the address of a list, read and turned into a condition. Values that mean nothing are no filter."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cases.clock.models import Deadline
from cases.dossier.models import Case, Task
from cases.labels.models import CaseLabel, CaseRisk
from cases.owners.queries import had_by, without_handler
from cases.sight.queries import reads_course
from cases.steps.models import EscalationStep
from cases.worklist.sorting import SORTS
from leerplicht.models import AbsenceReport, Enrolment, School
from leerplicht.schools.finding import code_in
from leerplicht.services.municipalities import standing_for
from thuiszitters.core.pages.forms import whole_number
from thuiszitters.core.people.absences import absent_on
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Membership
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

LISTS = {"mijn": "van mij", "team": "mijn team", "alle": "alle"}
STANDS = {
    "overschreden": "overschreden",
    "nadert": "nadert",
    "nieuw": "nieuw voor mij",
    "stil": "stil",
    "vrij": "zonder behandelaar",
    "aanmij": "stap voor mij",
    "voorons": "stap voor ons",
    "staplaat": "stappenplan te laat",
}
NOBODY, AWAY = "geen", "weg"
# Age in whole years today: from, until.
AGES = {"tot12": ("jonger dan 12", None, 12), "12tot16": ("12 tot 16", 12, 16), "16tot18": ("16 en 17", 16, 18),
        "18op": ("18 en ouder", 18, None)}  # fmt: skip
STEP_OF = {"mij": "van mij", "ons": "van mijn organisatie", "ander": "van een andere organisatie", "geen": "geen stap"}
DAYS = {"lesson_weeks": 7, "weeks": 7, "months": 30, "days": 1}
TERM_STANDS = {"voorbij": "voorbij", "nadert": "nadert", "loopt": "nog niet"}


@dataclass(frozen=True)
class Filters:
    """Which list, which stand, in which order, and what narrows it further."""

    lijst: str = "mijn"
    stand: str = ""
    gemeente: str = ""
    behandelaar: str = ""
    school: str = ""
    termijn: str = ""
    stap: str = ""
    stappenplan: str = ""
    leeftijd: str = ""
    soort: str = ""
    label: str = ""
    risico: str = ""
    sorteer: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], default: str = "mijn") -> "Filters":
        lijst, stand, gemeente = query.get("lijst", ""), query.get("stand", ""), query.get("gemeente", "")[:4]
        lijst = lijst if lijst in LISTS else default
        handler, school = query.get("behandelaar", ""), query.get("school", "")[:300]
        if query.get("school_gezocht") == school:  # chosen from the schools below the field
            school = query.get("school_keuze", "") or school
        return cls(
            # A dossier without a handler is nobody's own.
            lijst="alle" if stand == "vrij" and lijst == "mijn" else lijst,
            stand=stand if stand in STANDS else "",
            gemeente=standing_for(gemeente) if whole_number(gemeente) is not None else "",
            behandelaar=handler if handler in (NOBODY, AWAY) else str(whole_number(handler) or ""),
            school=code_in(school),
            termijn=query.get("termijn", "") if query.get("termijn", "").rpartition(".")[2] in TERM_STANDS else "",
            stap=_known(query, "stap", STEP_OF),
            stappenplan=query.get("stappenplan", "")[:80],
            leeftijd=_known(query, "leeftijd", AGES),
            soort=_known(query, "soort", School.Sector.values),
            label=query.get("label", "")[:40],
            risico=str(whole_number(query.get("risico", "")) or ""),
            sorteer=query.get("sorteer", "") if query.get("sorteer", "").removeprefix("-") in SORTS else "",
        )

    @property
    def everything(self) -> "Filters":
        """The same, over all dossiers and every stand."""
        return replace(self, lijst="alle", stand="")

    @property
    def extra(self) -> dict[str, str]:
        """What narrows the list beside list and stand, as it stands in the address."""
        names = (
            "gemeente",
            "behandelaar",
            "school",
            "termijn",
            "stap",
            "stappenplan",
            "leeftijd",
            "soort",
            "label",
            "risico",
        )
        return {name: value for name in names if (value := getattr(self, name))}


def _known(query: Mapping[str, str], name: str, values: Any) -> str:
    value = query.get(name, "")
    return value if value in values else ""


def base(user: User, filters: Filters, right: Right = Right.CASE_VIEW, *, today: date | None = None) -> QuerySet[Case]:
    """The open dossiers of a list, before the stand narrows it. What was opened in an emergency is in no list."""
    cases = Case.objects.visible_to(user, right, urgent=False).open()
    if filters.lijst == "mijn":
        cases = cases.filter(had_by(user, today or timezone.localdate()))
    elif filters.lijst == "team":
        cases = cases.filter(of_the_team(user))
    return cases.filter(*_narrowing(user, filters, today or timezone.localdate()))


def of_the_team(user: User) -> Q:
    """Of a colleague, or of nobody yet."""
    organisations = {m.organisation_id for m in access_of(user).memberships}
    return Q(handler__in=Membership.objects.filter(organisation__in=organisations).values("user")) | Q(handler=None)


def _narrowing(user: User, filters: Filters, today: date) -> list[Q]:
    ways = {
        "gemeente": lambda value: Q(municipality=value),
        "behandelaar": lambda value: _handled_by(user, value, today),
        "school": lambda value: _at_school(user, value),
        "termijn": lambda value: _term(value, today),
        "stap": lambda value: reads_course(user) & _step_of(user, value),
        "stappenplan": lambda value: reads_course(user) & _at_step(value, today),
        "leeftijd": lambda value: _aged(value, today),
        "label": lambda value: Q(Exists(_labels(user).filter(name=value))),
        "risico": lambda value: Q(Exists(_risks(user).filter(level=int(value)))),
        "soort": lambda value: Q(Exists(_enrolments(today).filter(school__sector=value))),
    }
    return [ways[name](value) for name, value in filters.extra.items()]


def _handled_by(user: User, value: str, today: date) -> Q:
    """A colleague, nobody, or who is away today: that is known where one works."""
    if value == NOBODY:
        return without_handler(today)
    if value == AWAY:
        codes = access_of(user).municipalities_with(Right.CASE_WORK)
        return Q(handler__in=absent_on(today), municipality__in=codes)
    return Q(handler=int(value))


def _labels(user: User) -> QuerySet[CaseLabel]:
    return CaseLabel.objects.visible_to(user).filter(case=OuterRef("pk"))


def _risks(user: User) -> QuerySet[CaseRisk]:
    return CaseRisk.objects.visible_to(user).filter(case=OuterRef("pk"))


def _enrolments(today: date) -> QuerySet[Enrolment]:
    """Enrolments of the child that run."""
    return Enrolment.objects.running(today).filter(pupil=OuterRef("pupil"))


def _at_school(user: User, code: str) -> Q:
    """The child was enrolled there, now or before, or that school reported it to who may see the report."""
    enrolled = Enrolment.objects.filter(pupil=OuterRef("pupil"), school__code=code)
    reported = AbsenceReport.objects.visible_to(user).filter(pupil=OuterRef("pupil"), school__code=code)
    return Q(Exists(enrolled)) | Q(Exists(reported))


def _term(value: str, today: date) -> Q:
    """One term of the dossier: passed, near, or not yet."""
    code, _, stand = value.rpartition(".")
    when = {
        "voorbij": Q(exceeded_from__lte=today),
        "nadert": Q(warns_from__lte=today, exceeded_from__gt=today),
        "loopt": Q(warns_from__gt=today),
    }[stand]
    return Q(Exists(Deadline.objects.filter(when, case=OuterRef("pk"), term_code=code, stopped_on=None)))


def _step_of(user: User, value: str) -> Q:
    tasks = Task.objects.filter(case=OuterRef("pk"), done_on=None)
    own = access_of(user).organisations_with(Right.CASE_VIEW)
    return {
        "mij": Q(Exists(tasks.filter(owner=user))),
        "ons": Q(Exists(tasks.filter(owner_organisation__in=own))),
        "ander": Q(Exists(tasks.filter(owner_organisation__isnull=False).exclude(owner_organisation__in=own))),
        "geen": ~Q(Exists(tasks)),
    }[value]


def _at_step(name: str, today: date) -> Q:
    """A step of the stappenplan that began and is not done."""
    steps = EscalationStep.objects.filter(case=OuterRef("pk"), name=name, result="", stopped_on=None)
    return Q(Exists(steps.filter(planned_on__lte=today)))


def _aged(value: str, today: date) -> Q:
    _, least, until = AGES[value]
    fits = Q()
    if least is not None:
        fits &= Q(pupil__born__lte=years_before(today, least))
    if until is not None:
        fits &= Q(pupil__born__gt=years_before(today, until))
    return fits


def years_before(day: date, years: int) -> date:
    """Who was born on or before it has that age; of a leap day the day before, where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def terms_in(cases: QuerySet[Case]) -> list[tuple[str, str]]:
    """The terms that run in these dossiers, as choices: each passed, near and not yet. One query."""
    rows = Deadline.objects.filter(case__in=cases.values("pk"), stopped_on=None).order_by("term_code")
    found = {row[0]: Deadline(term_code=row[0], amount=row[1], unit=row[2]) for row in _shapes(rows)}
    terms = sorted(found.values(), key=lambda d: (DAYS[d.unit] * d.amount, d.term_code))
    return [(f"{d.term_code}.{key}", f"{d.spoken}: {word}") for d in terms for key, word in TERM_STANDS.items()]


def _shapes(rows: QuerySet[Deadline]) -> QuerySet[Deadline, tuple[str, int, str]]:
    return rows.values_list("term_code", "amount", "unit").distinct()


def ladder_steps_in(cases: QuerySet[Case], user: User, today: date) -> list[tuple[str, str]]:
    """The steps of a stappenplan that are open in these dossiers, as choices. One query."""
    read = cases.filter(reads_course(user)).values("pk")
    open_steps = EscalationStep.objects.filter(case__in=read, result="", stopped_on=None, planned_on__lte=today)
    names = open_steps.order_by("name").values_list("name", flat=True).distinct()
    return [(name, name) for name in names]
