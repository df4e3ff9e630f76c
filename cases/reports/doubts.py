"""What is odd about a report before it is sent: said, and asked once more. Nothing here refuses a report."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Q

from leerplicht.imports.absence_rows import ReportRow
from leerplicht.law.absence import LIMIT_HOURS
from leerplicht.law.obligation import Known, birthday
from leerplicht.law.terms import THUISZITTER, exceeded_from
from leerplicht.models import AbsenceReport, School
from leerplicht.services.calendars import calendars_of
from thuiszitters.core.people.users import User
from thuiszitters.core.sealed.secrets import keyed_hash
from thuiszitters.core.words import hours, long_date

Kind = AbsenceReport.Kind
# Of these a second report about the same absence says nothing new; 16 hours can be reached again (domein 1.7).
ONE_AT_A_TIME = (Kind.LRV, Kind.LUXE, Kind.OVERIG)
# Words by which a diagnosis is called. Not all there are: it is a question to who writes, no filter.
DIAGNOSIS = re.compile(
    r"\b(autis\w*|asperger|pdd-?nos|ass|adhd|add|odd|depressi\w*|angststoornis\w*|dwangstoornis\w*|ptss|psychos\w*"
    r"|schizofreni\w*|borderline|anorexia|boulimia|eetstoornis\w*|dyslexi\w*|dyscalculi\w*|epileps\w*|verslav\w*)\b",
    re.IGNORECASE,
)


def doubts(row: ReportRow, *, school: School, user: User, today: date, number: str = "") -> list[str]:
    """A sentence for each thing to look at. `number`: of the report that is changed, which is no double of itself."""
    return [
        *_same_absence(row, school, user, number),
        *_kind_and_days(row, school, today),
        *_kind_and_age(row),
        *_kind_and_hours(row),
        *_diagnosis(row),
    ]


def _same_absence(row: ReportRow, school: School, user: User, number: str) -> Iterator[str]:
    child = Q(sent_hash=keyed_hash(row.pgn.digits)) if row.pgn else Q(sent_hash="", sent_born=row.born)
    if not row.pgn:
        child &= Q(sent_last_name__iexact=row.last_name, sent_first_names__iexact=row.first_names)
    rows = AbsenceReport.objects.visible_to(user).current().filter(child, school=school, kind=row.kind)
    for other in rows.exclude(status=AbsenceReport.Status.INGETROKKEN).exclude(number=number).order_by("first_day"):
        if other.first_day == row.first_day:
            yield (
                f"Melding {other.number} gaat over dezelfde leerling, dezelfde soort en dezelfde eerste dag. "
                "Is er iets veranderd? Wijzig dan die melding."
            )
        elif row.kind in ONE_AT_A_TIME and not other.last_day and other.first_day < row.first_day:
            yield (
                f"Melding {other.number} van deze leerling, van dezelfde soort, loopt nog: sinds "
                f"{long_date(other.first_day)}. Is dit hetzelfde verzuim? Wijzig dan die melding."
            )


def _kind_and_days(row: ReportRow, school: School, today: date) -> Iterator[str]:
    if row.kind != Kind.LRV:
        return
    longer_from = _longer_from(row.first_day, school)
    if longer_from and (row.last_day or today) < longer_from:
        yield (
            "Langdurig relatief verzuim duurt langer dan 4 lesweken. Met deze eerste dag is dat pas zo vanaf "
            f"{long_date(longer_from)}. Mist de leerling nu 16 uur of meer in 4 lesweken? Kies dan die soort."
        )
    if not row.all_lessons:
        yield "U koos langdurig relatief verzuim, maar ook dat de leerling niet alle lessen mist."


def _longer_from(first_day: date, school: School) -> date | None:
    """None outside the years of which the school holidays are known."""
    try:
        return exceeded_from(first_day, THUISZITTER, calendars_of([school])[school.pk])
    except ValueError:
        return None


def _kind_and_age(row: ReportRow) -> Iterator[str]:
    if row.born_known != Known.DAY.value:
        return
    adult = row.first_day >= birthday(row.born, 18)
    if adult and row.kind == Kind.V3:
        yield f"Deze leerling was op de eerste dag al 18. Daarvoor is de soort “{Kind.V4.label}”."
    if not adult and row.kind in (Kind.V4, Kind.RMC):
        yield f"Deze leerling was op de eerste dag nog geen 18. De soort “{Kind(row.kind).label}” past daar niet bij."


def _kind_and_hours(row: ReportRow) -> Iterator[str]:
    if row.kind not in (Kind.V3, Kind.V4) or not row.hours:
        return
    total = sum(map(Decimal, row.hours.values()), Decimal(0))
    if total < LIMIT_HOURS:
        yield f"U vulde {hours(total)} in. Deze soort is voor 16 uur of meer. Minder meldt u als “{Kind.OVERIG.label}”."


def _diagnosis(row: ReportRow) -> Iterator[str]:
    said = " ".join((row.reason, row.school_action, row.explanation))
    found = sorted({match.group(0).lower() for match in DIAGNOSIS.finditer(said)})
    if found:
        yield (
            f"U schreef “{'”, “'.join(found)}”. Dat lijkt een diagnose, en die hoort niet in een melding. "
            "Schrijf wat u ziet, bijvoorbeeld: komt sinds de herfst niet meer naar binnen."
        )
