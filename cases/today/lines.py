"""The named children of today: one line each, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from cases.clock.models import Deadline
from cases.clock.presentation import Clock, clock_of, current_school
from cases.dossier.models import Case
from cases.intake.models import Intake
from cases.sharing.models import Referral
from cases.sight.event import day_of
from cases.today.reasons import Reason, reasons_of
from leerplicht.models import Enrolment, IdentityQuestion
from thuiszitters.core.dates import age_on
from thuiszitters.core.people.users import User
from thuiszitters.core.words import days

SHOWN, OF_EACH = 10, 3  # of each kind that is no dossier yet, so that reports do not push the children at home away
LATER = 9  # from this rank on it is of this week, not of now


@dataclass(frozen=True)
class Line:
    """`name` "" where who is meant shows only after an answer. `rest`: further reasons, in words. `pupil`: its id."""

    name: str
    url: str
    about: str
    clock: Clock | None
    reason: Reason
    rest: str
    since: date
    pupil: int | None


@dataclass(frozen=True)
class Now:
    """`lines`: what is shown; `more`: how many dossiers ask something beside these; `week`: how many only this week."""

    lines: Sequence[Line]
    more: int
    week: int


def now_of(user: User, today: date, *, everything: bool = False) -> Now:
    """The first lines and how many there are beside them; `everything`: all of them."""
    most, of_each = (None, None) if everything else (SHOWN, OF_EACH)
    reasons = reasons_of(user, today)
    soon = {pk: rows for pk, rows in reasons.items() if rows[0].rank < LATER}
    cases = Case.objects.visible_to(user, urgent=False).filter(pk__in=soon)
    keys: list[tuple[tuple[int, date, int], int | Line]] = [
        ((soon[pk][0].rank, start or date.max, pk), pk) for pk, start in cases.values_list("pk", "clock_start")
    ]
    more = 0
    for loose in (_reports(user, today), _identities(user, today), _questions(user, today)):
        keys += [((line.reason.rank, line.since, 0), line) for line in loose[:of_each]]
        more += len(loose[len(loose[:of_each]) :])
    keys.sort(key=lambda pair: pair[0])
    first = [item for _, item in keys[:most]]
    shown = _of_cases([item for item in first if isinstance(item, int)], reasons, user, today)
    lines = [shown[item] if isinstance(item, int) else item for item in first]
    return Now(lines, more + len(keys) - len(lines), len(reasons) - len(soon))


def _of_cases(ids: Sequence[int], reasons: dict[int, list[Reason]], user: User, today: date) -> dict[int, Line]:
    rows: QuerySet[Case] = Case.objects.visible_to(user, urgent=False)
    rows = rows.filter(pk__in=ids).select_related("pupil")
    fetched = rows.prefetch_related(
        Prefetch("pupil__enrolments", Enrolment.objects.select_related("school")),
        Prefetch("deadlines", Deadline.objects.filter(stopped_on=None), to_attr="running"),
    )
    return {case.pk: _line(case, case.running, reasons[case.pk], today) for case in fetched}


def _line(case: Case, running: Sequence[Deadline], reasons: Sequence[Reason], today: date) -> Line:
    pupil, school = case.pupil, current_school(case.pupil)
    about = f"{age_on(today, pupil.born)} jaar" + (f" · {school.name}" if school else "")
    rest = next((r.why for r in reasons if r.why != reasons[0].why), "")
    clock = clock_of(case, running, today)
    url = reverse("case", args=[case.number])
    return Line(pupil.name, url, about, clock, reasons[0], rest, case.clock_start or date.max, pupil.pk)


def _reports(user: User, today: date) -> list[Line]:
    """Reports that nobody judged: the oldest first."""
    rows = Intake.objects.visible_to(user).filter(state=Intake.State.WAITING)
    found = []
    for intake in rows.select_related("report__pupil", "report__school").order_by("report__first_day", "pk"):
        report, pupil = intake.report, intake.report.pupil
        url = reverse("report", args=[report.number])
        about = f"{age_on(today, pupil.born)} jaar · {report.school.name}"
        waits = days(max(0, (today - report.first_day).days))
        why = f"melding: {report.get_kind_display()}, sinds {waits}"
        reason = Reason(3, why, "Beoordelen", url, "near")
        found.append(Line(pupil.name, url, about, None, reason, "", report.first_day, pupil.pk))
    return found


def _identities(user: User, today: date) -> list[Line]:
    rows = IdentityQuestion.objects.visible_to(user).open().select_related("known").order_by("pk")
    found = []
    for question in rows:
        url = reverse("identity", args=[question.pk])
        reason = Reason(3, f"gemeld als {question.sent_name}: is dit hetzelfde kind?", "Vergelijken", url, "near")
        about = f"{age_on(today, question.known.born)} jaar"
        since = day_of(question.asked_at)
        found.append(Line(question.known.name, url, about, None, reason, "", since, question.known_id))
    return found


def _questions(user: User, today: date) -> list[Line]:
    """Questions to take part or to take over: who the child is, shows after yes."""
    found = []
    for row in Referral.objects.to_answer_by(user).select_related("from_organisation").order_by("asked_at", "pk"):
        url, since = reverse("referral", args=[row.pk]), day_of(row.asked_at)
        when = f"{days((today - since).days)} geleden" if since < today else "vandaag"
        why = f"vraag van {row.from_organisation.name}, {when}"
        found.append(Line("", url, "", None, Reason(2, why, "Beantwoorden", url, "near"), "", since, None))
    return found
