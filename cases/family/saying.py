"""What parents and children say and send. Each becomes a step for the handler, who reads it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from cases.attachments.acts import add_attachments
from cases.attachments.models import Attachment
from cases.dossier.models import Task
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import A_MOMENT, TWICE, Twice, hold
from cases.dossier.tasks import ask
from cases.family.entering import log_family, owner_of
from cases.family.models import LookAlong
from cases.goals.models import Goal, Opinion
from cases.meetings.models import Meeting
from cases.parts.matrix import Part
from leerplicht.law.calendar import add_working_days
from thuiszitters.core.files.allowed import Taken
from thuiszitters.core.files.keeping import drop

READ_WITHIN = 3  # working days
# Without who it was: a paper for one parent lists the steps, and says nothing of the other parent.
TO_READ = "Lezen wat ouders of kind schreven of stuurden"
SAY_SOMETHING = "Schrijf op wat u vindt, of kies of u het eens bent."
CHOOSE = "Kies of u het eens bent."
MOST_FILES_A_DAY = 20
ENOUGH = "U stuurde vandaag al veel documenten. Stuur de rest morgen, of bel uw contactpersoon."


def say(row: LookAlong, *, says: str, why: str, goal: Goal | None = None, meeting: Meeting | None = None) -> Opinion:
    """The own view on a goal, an overleg or (neither) the plan. Of the child `guardian` is None. NotNow when nothing is
    said or the dossier is closed, Twice for a second click."""
    case, why = row.case, why.strip()
    check_open(case)
    if not says and not (meeting and why):
        raise NotNow(SAY_SOMETHING if meeting else CHOOSE)
    with transaction.atomic():
        hold(case)
        said = {"case": case, "goal": goal, "meeting": meeting, "guardian": row.guardian, "says": says, "why": why}
        last = Opinion.objects.filter(case=case, goal=goal, meeting=meeting, guardian=row.guardian).last()
        if (
            last
            and last.by_id is None
            and last.at >= timezone.now() - A_MOMENT
            and (last.says, last.why) == (says, why)
        ):
            raise Twice(TWICE)
        opinion = Opinion.objects.create(**said, on=timezone.localdate(), organisation=owner_of(case))
        _to_read(row)
        log_family("family_said", row, opinion=opinion.pk)
    return opinion


def send(row: LookAlong, files: Sequence[Taken], *, health: bool) -> list[Attachment]:
    """Files that a parent or child puts in the dossier, for the gemeente only. NotNow when it is closed, when a file
    stands in it already as their own, or after many in one day."""
    case = row.case
    about = Attachment(
        case=case,
        organisation=owner_of(case),
        written_by=row.who,
        looker=row,
        from_whom=row.who[:100],
        kind=Attachment.Kind.OTHER,
        part=(Part.GEZONDHEID if health else Part.VERLOOP).value,
        kept_from_parents=row.guardian_id is None,
    )
    rows: list[Attachment] = []
    try:
        with transaction.atomic():  # a file without the step to read it would lie there unseen
            check_open(case)
            hold(case)
            today = Attachment.objects.filter(case=case, at__date=timezone.localdate()).sent_by(row)
            if today.count() + len(files) > MOST_FILES_A_DAY:
                raise NotNow(ENOUGH)
            rows = add_attachments(about, files, by=None)
            _to_read(row)
            log_family("family_attachment", row, rows=[file.pk for file in rows])
    except Exception:  # whatever it is, no file stays without a row
        for attachment in rows:
            drop(attachment.file)
        raise
    return rows


def _to_read(row: LookAlong) -> None:
    """One step at a time: who reads it reads all."""
    case, kind = row.case, Task.Kind.READING
    if not case.tasks.filter(kind=kind, done_on=None).exists():
        ask(case, TO_READ, add_working_days(timezone.localdate(), READ_WITHIN), by=None, kind=kind)
