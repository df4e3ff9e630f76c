"""The files of a dossier, as its page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.attachments.access import may_open
from cases.attachments.models import Attachment
from cases.dossier.models import Case
from cases.parts.matrix import PARTS, Part
from cases.sight.event import day_of
from cases.sight.seats import Sight
from cases.work.marks import edit_of, led_of


@dataclass(frozen=True, slots=True)
class AttachmentShown:
    """`on`: the day on which it was put in. `part`: its word, where it is not the course of events. `edits`,
    `withdraws`: which act the person has on it."""

    row: Attachment
    on: date
    part: str
    opens: bool
    edits: bool
    withdraws: bool


@dataclass(frozen=True, slots=True)
class Attachments:
    """`unscanned`: some open without anything having looked for malware, which the page says once."""

    rows: Sequence[AttachmentShown]
    unscanned: bool


def attachments_shown(case: Case, sight: Sight) -> Attachments:
    """Those of which the content may be read, the newest first, of a dossier that was fetched whole."""
    rows = [_shown(a, sight) for a in list(case.attachments.all())[::-1] if sight.can_read(a)]
    return Attachments(rows, any(shown.row.scan == Attachment.Scan.NOT_ASKED for shown in rows))


def _shown(a: Attachment, sight: Sight) -> AttachmentShown:
    part = "" if a.part == Part.VERLOOP else PARTS[Part(a.part)].word
    edits, leads = edit_of("attachment-edit", a, sight), led_of("attachment-withdraw", a, sight)
    return AttachmentShown(a, day_of(a.at), part, may_open(a, sight), edits is not None, leads is not None)
