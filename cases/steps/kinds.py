"""Of which kind a dossier is now, for the stappenplan that its region agreed for that kind. It follows from facts, and
changes with them."""

from collections.abc import Collection, Mapping
from datetime import date

from cases.agreements.kinds import DossierKind
from cases.dossier.models import Case
from leerplicht.law.home import Kind
from leerplicht.models import AbsenceReport, HomePeriod
from thuiszitters.core.dates import age_on

ADULT = 18


def kinds_of(cases: Collection[Case], periods: Mapping[int, HomePeriod | None], today: date) -> dict[int, DossierKind]:
    """The kind by dossier id, of those with a running period at home (`periods`, by dossier id). Who is 18 is of that
    kind; then a claim on an exemption that waits; then a child that is enrolled nowhere; then one of whom only luxury
    leave was reported in this period. Three queries."""
    running = {c.pk: (c.pupil_id, period) for c in cases if (period := periods.get(c.pk))}
    rows = Case.objects.filter(pk__in=running)
    born = dict(rows.values_list("pk", "pupil__born"))
    claims = set(rows.filter(claims__isnull=False, claims__judged_on=None).values_list("pk", flat=True))
    luxury = _only_luxury({pupil: period.first_day for pupil, period in running.values()})

    def kind(pk: int, pupil: int, period: HomePeriod) -> DossierKind:
        if age_on(today, born[pk]) >= ADULT:
            return DossierKind.ADULT
        if pk in claims:
            return DossierKind.EXEMPTION
        if period.kind == Kind.ABSOLUUT:
            return DossierKind.ABSOLUTE
        return DossierKind.LUXURY if pupil in luxury else DossierKind.RELATIVE

    return {pk: kind(pk, pupil, period) for pk, (pupil, period) in running.items()}


def _only_luxury(starts: Mapping[int, date]) -> set[int]:
    """Pupils (ids) of whom every report since the first day at home is one of luxury leave."""
    rows = AbsenceReport.objects.current().filter(pupil__in=starts).exclude(status=AbsenceReport.Status.INGETROKKEN)
    found: dict[int, set[str]] = {}
    for pupil, last_day, kind in rows.values_list("pupil", "last_day", "kind"):
        if last_day is None or last_day >= starts[pupil]:
            found.setdefault(pupil, set()).add(kind)
    return {pupil for pupil, kinds in found.items() if kinds == {AbsenceReport.Kind.LUXE}}
