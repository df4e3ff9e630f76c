"""Putting files in a dossier, saying something else about one, and taking one back."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cases.attachments.models import Attachment
from cases.dossier.access import check_may
from cases.dossier.models import Case
from cases.dossier.rules import NotNow, check_open
from cases.dossier.saving import A_MOMENT, CHANGED, TWICE, Overtaken, Twice, hold, log_act, save_versioned
from cases.parts.matrix import Part
from cases.sight.access import check_may_write
from cases.sight.seats import sight_of
from cases.work.models import Withdrawal
from cases.work.withdrawing import check_may_withdraw
from thuiszitters.core.files import keeping as files
from thuiszitters.core.files.allowed import Taken
from thuiszitters.core.files.models import StoredFile
from thuiszitters.core.files.names import safe_stem
from thuiszitters.core.files.scanning import Found, scan
from thuiszitters.core.people.users import User

FOLDER = "bijlagen"


class Infected(NotNow):
    """There is malware in a file that somebody sent: nothing of it is kept."""


def add_attachments(about: Attachment, sent: Sequence[Taken], *, by: User | None) -> list[Attachment]:
    """All of these files or none. `about`: a row that is not saved, with what is said of all of them; `by` None: who
    looks along sends them (`about.looker`). NotNow in a closed dossier and for a file that stands in it already;
    Infected for malware; Twice for a second click."""
    case = about.case
    check_may_write(case, by, Part(about.part))
    check_open(case)
    found = _looked_at(case, sent, by)
    kept: list[StoredFile] = []
    try:
        kept.extend(files.keep(file.content, FOLDER) for file in sent)
        with transaction.atomic():
            hold(case)
            _check_not_here(about, sent, by)
            return [_row(about, *each, by=by) for each in zip(sent, kept, found, strict=True)]
    except Exception:  # whatever it is, no file stays without a row
        for file in kept:
            files.drop(file)
        raise


def _looked_at(case: Case, sent: Sequence[Taken], by: User | None) -> list[Found]:
    """What is known of each. Silence is waited for once: the others are asked later as well."""
    found: list[Found] = []
    for file in sent:
        found.append(Found.WAITING if Found.WAITING in found else scan(file.content))
        if found[-1] == Found.INFECTED:
            log_act("attachment_refused", case, by=by)
            raise Infected(f"In {file.name} zit een virus. Er is niets bewaard. Waarschuw wie u het bestand stuurde.")
    return found


def _check_not_here(about: Attachment, sent: Sequence[Taken], by: User | None) -> None:
    """Only what this person may read counts: else the answer tells what others put in. Of a parent or child that is
    what they sent themselves."""
    prints = [file.fingerprint for file in sent]
    if twin := next((file for file in sent if prints.count(file.fingerprint) > 1), None):
        raise NotNow(f"{twin.name} hebt u twee keer gekozen. Er is niets bewaard.")
    rows = Attachment.objects.filter(case=about.case, fingerprint__in=prints).select_related("organisation")
    if by is None:
        own = list(rows.sent_by(about.looker))
    else:
        sight = sight_of(about.case, by)
        own = [row for row in rows if sight.can_read(row)]
    here = {row.fingerprint: row for row in own}
    mine = by.pk if by else None
    just = [row for row in here.values() if row.by_id == mine and row.at >= timezone.now() - A_MOMENT]
    if len(just) == len(sent):
        raise Twice(TWICE)
    for file in sent:
        if file.fingerprint in here:
            raise NotNow(
                f"{file.name} staat al in dit dossier, als {here[file.fingerprint].name}. Er is niets bewaard."
            )


def _row(about: Attachment, sent: Taken, kept: StoredFile, found: Found, *, by: User | None) -> Attachment:
    row = Attachment(
        case=about.case,
        organisation=about.organisation,
        by=by,
        written_by=about.written_by,
        looker=about.looker,
        kind=about.kind,
        part=about.part,
        shared=about.shared,
        kept_from_parents=about.kept_from_parents,
        dated_on=about.dated_on,
        from_whom=about.from_whom,
        title=sent.stem,
        extension=sent.extension,
        fingerprint=sent.fingerprint,
        file=kept,
        scan=found.value,
        scanned_at=timezone.now() if found == Found.CLEAN else None,
    )
    row.save()
    log_act("attachment_added", about.case, by=by, row=row.pk)
    return row


def save_attachment(row: Attachment, *, by: User) -> None:
    """Something else about it; never another file. By who put it in, when nobody changed it in between."""
    check_may_write(row.case, by, Part(row.part))
    check_may(row.by_id == by.pk)
    row.title = safe_stem(row.title)
    save_versioned(row, by=by, action="attachment_saved")


def withdraw_attachment(row: Attachment, *, because: str, by: User) -> Withdrawal:
    """Take it back with a reason, as a note: a line stays in its place, and the file for who keeps the files."""
    case = row.case
    check_may_withdraw(row, case, by)
    check_open(case)
    if not because.strip():
        raise NotNow("Geef een reden op.")
    with transaction.atomic():
        hold(case)
        line = Withdrawal.objects.create(
            case=case,
            what=Withdrawal.What.ATTACHMENT,
            on=timezone.localdate(row.at),
            part=row.part,
            organisation=row.organisation,
            shared=row.shared,
            by=row.by,
            because=because.strip()[:300],
            done_by=by,
        )
        rows = Attachment.objects.filter(pk=row.pk, version=row.version)
        if not rows.update(version=F("version") + 1, withdrawal=line):
            raise Overtaken(CHANGED)
        row.refresh_from_db()
        Attachment.history.bulk_history_create([row], update=True, default_user=by)
        log_act("attachment_withdrawn", case, by=by, row=row.pk)
    return line
