"""Keeping a letter in the dossier, and that it was sent. What it says is made a floor higher."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cases.documents.models import Document
from cases.dossier.access import check_may_work
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import hold, log_act
from leerplicht.models import Guardian
from thuiszitters.core.files import keeping as files
from thuiszitters.core.files.models import StoredFile
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

FOLDER = "brieven"


def keep_letter(
    case: Case,
    *,
    kind: str,
    part: str,
    title: str,
    recipient: str,
    guardians: Iterable[Guardian],
    number: str,
    docx: bytes,
    pdf: bytes,
    organisation: Organisation | None,
    by: User,
    claim: int | None = None,
    of_closing: bool = False,
    says_the_same: Callable[[bytes], bool] = lambda docx: False,
) -> Document:
    """Keep both files and the row; a letter of the same organisation and kind to the same reader, about the same claim
    (its id), is the next version. When the last one (its Word file) `says_the_same`, that is the letter: a second click
    at the same moment. NotNow in a closed dossier, unless it is the letter that says so (`of_closing`)."""
    check_may_work(case, by)
    if not of_closing:
        check_open(case)
    kept = [files.keep(content, FOLDER) for content in (docx, pdf)]
    try:
        row = _keep(
            case,
            kept,
            kind=kind,
            part=part,
            title=title[:200],
            recipient=recipient,
            number=number,
            organisation=organisation,
            by=by,
            claim_id=claim,
            guardians=guardians,
            says_the_same=says_the_same,
        )
    except (NotNow, files.FileDamaged):  # closed or handed over meanwhile: no file stays without a letter
        for file in kept:
            files.drop(file)
        raise
    if row.docx != kept[0]:
        for file in kept:
            files.drop(file)
    return row


def _keep(
    case: Case,
    kept: Sequence[StoredFile],
    *,
    guardians: Iterable[Guardian],
    by: User,
    says_the_same: Callable[[bytes], bool],
    **fields: Any,
) -> Document:
    with transaction.atomic():
        hold(case)
        alike = ("kind", "recipient", "organisation", "claim_id")
        same = Document.objects.filter(case=case, **{name: fields[name] for name in alike})
        last = same.select_related("docx").order_by("-version").first()
        if last and says_the_same(files.fetch(last.docx)):
            return last
        version = last.version + 1 if last else 1
        row = Document.objects.create(case=case, version=version, docx=kept[0], pdf=kept[1], by=by, **fields)
        row.guardians.set(guardians)
        log_act("letter_kept", case, by=by, row=row.pk, kind=row.kind)
    return row


def mark_sent(row: Document, *, on: date, channel: str, by: User | None) -> None:
    """It was sent; also to correct what was written before, which stays in the history. NotNow for a day to come, or a
    day before it was made."""
    check_may_work(row.case, by)
    if on > timezone.localdate():
        raise NotNow("Deze dag is nog niet geweest.")
    if on < timezone.localdate(row.at):
        raise NotNow("Deze dag ligt voor de dag waarop de brief is gemaakt.")
    with transaction.atomic():
        row = Document.objects.select_for_update().get(pk=row.pk)
        row.sent_on, row.channel = on, channel
        row.save(update_fields=["sent_on", "channel"])
        log_act("letter_sent", row.case, by=by, row=row.pk)
