"""What could not be looked at when it was put in, looked at later: by the nightly round, and every few minutes."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.attachments.models import Attachment
from cases.dossier.access import is_municipal_side
from cases.dossier.saving import log_act
from cases.dossier.tasks import ask
from thuiszitters.core.files.keeping import FileDamaged, fetch
from thuiszitters.core.files.scanning import Found, is_set_up, scan

# Read by everybody who sees the steps, so it does not say which file: that says the course of events, to who may know.
STEP = "Een bijlage is afgesloten: er zit een virus in. Trek haar in en vraag om een nieuw bestand."
WITHIN = timedelta(days=1)


def scan_waiting() -> int:
    """Look at all that was not looked at yet, the oldest first; stop as soon as clamd is silent. Can run twice, and
    beside itself. Returns how many files were judged."""
    judged = 0
    if not is_set_up():
        return judged
    for row in Attachment.objects.to_scan().select_related("file", "organisation", "by", "case__handler").iterator(100):
        try:
            found = scan(fetch(row.file))
        except FileDamaged:  # is on record by itself; nobody can open it either
            continue
        if found == Found.WAITING:
            break
        judged += _judge(row, found)
    return judged


@transaction.atomic
def _judge(row: Attachment, found: Found) -> bool:
    """False when somebody else judged or changed it meanwhile: then it is looked at the next time."""
    rows = Attachment.objects.filter(pk=row.pk, scan=row.scan, version=row.version)
    if not rows.update(scan=found.value, scanned_at=timezone.now(), version=F("version") + 1):
        return False
    row.refresh_from_db()
    Attachment.history.bulk_history_create([row], update=True)
    if found == Found.INFECTED:
        _tell(row)
    return True


def _tell(row: Attachment) -> None:
    """A step for who put it in, in a dossier in which steps are taken; the course of events says it by itself."""
    case = row.case
    log_act("attachment_closed", case, by=None, row=row.pk)
    if not case.is_open:
        return
    ours = row.by is not None and is_municipal_side(case, row.by)
    own = {"owner": row.by} if ours else {"organisation": row.organisation}
    ask(case, STEP, timezone.localdate() + WITHIN, by=None, **own)
