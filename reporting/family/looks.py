"""Who looked at this child: organisations, days and what for; never the name of a colleague (HvJ EU C-579/21)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from cases.dossier.models import Case
from cases.parts.matrix import Part
from cases.sight.looks import EMERGENCY_PURPOSE
from thuiszitters.core.log.audit import is_look
from thuiszitters.core.log.models import AuditEvent, AuditSubject
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Role

# Looks for criminal investigation (Wpg art. 27) and where a child may be in danger do not show to a parent or child.
HIDDEN_PARTS = {Part.HANDHAVING.value, Part.VEILIGHEID.value}
OF_FAMILY = ("ouder", "kind")
A_PAGE, ROWS = 200, 5000  # lines on the page, and rows of the log that are read for it


@dataclass(frozen=True, slots=True)
class Seen:
    """That people of one organisation looked on one day, and for what."""

    on: date
    organisation: str
    purpose: str


def _is_hidden(event: AuditEvent) -> bool:
    """A look at enforcement, and of an organisation that was let in for one of those parts and not for the course of
    events: that it looks at all would tell."""
    kept = set(event.parts) & HIDDEN_PARTS and Part.VERLOOP.value not in event.parts
    return event.action.startswith("enforcement_") or bool(kept)


def seen_by(case: Case) -> tuple[Sequence[Seen], bool]:
    """The newest first, each organisation once a day, also from before two rows of the child became one; and whether
    there are older ones that are not shown."""
    pupils = {case.pupil_id, *case.history.values_list("pupil_id", flat=True)}
    about = AuditSubject.objects.filter(event_id=OuterRef("pk"), pupil_id__in=pupils)
    rows = AuditEvent.objects.filter(Exists(about), organisation_id__isnull=False, result=AuditEvent.Result.DONE)
    rows = rows.exclude(role__in=(*OF_FAMILY, Role.BOA.value)).exclude(purpose=EMERGENCY_PURPOSE)
    found: dict[tuple[date, int, str], None] = {}
    newest = list(rows.order_by("-at")[:ROWS])
    for event in newest:
        if not is_look(event.action) or _is_hidden(event):
            continue
        found[(timezone.localdate(event.at), event.organisation_id or 0, event.purpose)] = None
    names = dict(Organisation.objects.filter(pk__in={key[1] for key in found}).values_list("pk", "name"))
    seen = [Seen(on, names.get(pk, ""), purpose) for on, pk, purpose in found]
    return seen[:A_PAGE], len(seen) > A_PAGE or len(newest) == ROWS
