"""Keeping a letter in the dossier, and that it was sent. What it says is made a floor higher."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cases.models import Case, Document
from cases.policies import NotNow, check_open
from cases.services.holding import hold
from leerplicht.models import Guardian
from thuiszitters.core import files
from thuiszitters.core.audit import log_event

FOLDER = "brieven"


def keep_letter(case: Case, *, kind: str, part: str, title: str, recipient: str, guardians: Iterable[Guardian],
                number: str, docx: bytes, pdf: bytes, organisation, by,
                of_closing: bool = False) -> Document:  # fmt: skip
    """Keep both files and the row; a letter of the same organisation and kind to the same reader is the next version.
    NotNow in a closed dossier, unless it is the letter that says so (`of_closing`)."""
    if not of_closing:
        check_open(case)
    kept = [files.keep(content, FOLDER) for content in (docx, pdf)]
    try:
        return _keep(case, kept, kind=kind, part=part, title=title[:200], recipient=recipient, number=number,
                     organisation=organisation, by=by, guardians=guardians)  # fmt: skip
    except NotNow:  # somebody closed the dossier or handed it over: no file stays without a letter
        for file in kept:
            files.drop(file)
        raise


def _keep(case: Case, kept, *, guardians, by, **fields) -> Document:
    with transaction.atomic():
        hold(case)
        same = Document.objects.filter(
            case=case, kind=fields["kind"], recipient=fields["recipient"], organisation=fields["organisation"]
        )
        version = (same.aggregate(last=Max("version"))["last"] or 0) + 1
        row = Document.objects.create(case=case, version=version, docx=kept[0], pdf=kept[1], by=by, **fields)
        row.guardians.set(guardians)
        log_event("letter_kept", by=by, pupils=[case.pupil_id], case_number=case.number, row=row.pk, kind=row.kind)
    return row


def mark_sent(row: Document, *, on: date, channel: str, by) -> None:
    """It was sent; also to correct what was written before, which stays in the history. NotNow for a day to come, or a
    day before it was made."""
    if on > timezone.localdate():
        raise NotNow("Deze dag is nog niet geweest.")
    if on < timezone.localdate(row.at):
        raise NotNow("Deze dag ligt voor de dag waarop de brief is gemaakt.")
    with transaction.atomic():
        row = Document.objects.select_for_update().get(pk=row.pk)
        row.sent_on, row.channel = on, channel
        row.save(update_fields=["sent_on", "channel"])
        log_event("letter_sent", by=by, pupils=[row.case.pupil_id], case_number=row.case.number, row=row.pk)
