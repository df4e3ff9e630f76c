"""The chain of seals under the log of looks: added behind the rows, verified by a command (docs/adr/0012).

Each organisation has a chain. A seal is a keyed hash (HMAC) over the seal before it and all that stands in the row, so
whoever can write in the database but does not have the key cannot make a changed row fit. Rows are sealed some seconds
after they were written and not with them: looks would otherwise wait for each other within an organisation.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from itertools import groupby

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from thuiszitters.core.log.models import AuditEvent, AuditSeal, AuditSubject

logger = structlog.get_logger(__name__)
CHUNK = 1000
# A row with a lower number can appear later, when its transaction was still open; so far back it is looked for.
MARGIN = 20_000
LATE_AFTER = timedelta(hours=1)
START = "0" * 64
FIELDS = (
    "id",
    "user_id",
    "role",
    "organisation_id",
    "action",
    "pupil_ids",
    "case_number",
    "parts",
    "purpose",
    "result",
    "detail",
    "request_id",
)


def seal_log() -> int:
    """Seal the rows that have no seal yet. Can run twice, and by two workers at once: one of them comes first.
    Returns how many."""
    count = 0
    while rows := list(_unsealed().order_by("pk")[:CHUNK]):
        try:
            with transaction.atomic():
                _seal(rows)
        except IntegrityError:  # another worker sealed these at the same moment
            return count
        count += len(rows)
    return count


def _unsealed():
    last = AuditSeal.objects.aggregate(last=Max("event_id"))["last"] or 0
    sealed = AuditSeal.objects.filter(event_id=OuterRef("pk"))
    return AuditEvent.objects.filter(~Exists(sealed), pk__gt=last - MARGIN)


def _seal(rows: list[AuditEvent]) -> None:
    seals = []
    for chain, events in groupby(sorted(rows, key=_chain_key), key=_chain):
        head = AuditSeal.objects.filter(chain=chain).order_by("-position").first()
        position, digest = (head.position, head.digest) if head else (0, START)
        for event in events:
            position, digest = position + 1, digest_of(event, digest)
            seals.append(AuditSeal(event_id=event.pk, chain=chain, position=position, digest=digest))
        # A copy of the newest seal outside the database: cutting off the end of a chain shows there.
        logger.info("log_sealed", chain=chain, position=position, digest=digest)
    AuditSeal.objects.bulk_create(seals, batch_size=500)
    subjects = [AuditSubject(event_id=e.pk, pupil_id=pk) for e in rows for pk in e.pupil_ids]
    AuditSubject.objects.bulk_create(subjects, batch_size=500)


def _chain(event: AuditEvent) -> int:
    return event.organisation_id or 0


def _chain_key(event: AuditEvent) -> tuple[int, int]:
    return _chain(event), event.pk


def digest_of(event: AuditEvent, before: str) -> str:
    """The seal of a row, given the one before it in the chain."""
    content = {name: getattr(event, name) for name in FIELDS} | {"at": event.at.astimezone(UTC).isoformat()}
    text = before + json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hmac.new(_key(), text.encode(), hashlib.sha256).hexdigest()


def _key() -> bytes:
    return hmac.new(settings.PGN_HASH_KEY.encode(), b"seal of the log of looks", hashlib.sha256).digest()


@dataclass(frozen=True)
class Broken:
    """Where the log is not as it was sealed: the chain (an organisation, 0 for the system), the row, and what."""

    chain: int
    event_id: int
    what: str

    def __str__(self):
        whose = f"organisatie {self.chain}" if self.chain else "het systeem"
        return f"keten van {whose}, regel {self.event_id}: {self.what}"


def verify() -> Iterator[Broken]:
    """Every place where the log does not fit its seals. Reads all of it, a thousand rows at a time."""
    for chain in AuditSeal.objects.order_by("chain").values_list("chain", flat=True).distinct():
        yield from _verify_chain(chain)
    yield from _verify_late()
    yield from _verify_subjects()


def _verify_chain(chain: int) -> Iterator[Broken]:
    position, digest = 0, START
    seals = AuditSeal.objects.filter(chain=chain).order_by("position").iterator(chunk_size=CHUNK)
    for group in _chunks(seals):
        events = AuditEvent.objects.in_bulk([s.event_id for s in group])
        for seal in group:
            if seal.position != position + 1:
                yield Broken(chain, seal.event_id, f"er ontbreken {seal.position - position - 1} zegels ervoor")
            event = events.get(seal.event_id)
            if not event:
                yield Broken(chain, seal.event_id, "de regel is weg")
            elif _chain(event) != chain or digest_of(event, digest) != seal.digest:
                yield Broken(chain, seal.event_id, "de regel of het zegel is veranderd")
            position, digest = seal.position, seal.digest


def _verify_late() -> Iterator[Broken]:
    sealed = AuditSeal.objects.filter(event_id=OuterRef("pk"))
    late = AuditEvent.objects.filter(~Exists(sealed), at__lt=timezone.now() - LATE_AFTER)
    for event in late.only("pk", "organisation_id").iterator(chunk_size=CHUNK):
        yield Broken(_chain(event), event.pk, "heeft na een uur nog geen zegel")


def _verify_subjects() -> Iterator[Broken]:
    """The index by child says what the rows say."""
    for group in _chunks(AuditSeal.objects.order_by("pk").iterator(chunk_size=CHUNK)):
        ids = [s.event_id for s in group]
        indexed: dict[int, set[int]] = {}
        for event_id, pupil_id in AuditSubject.objects.filter(event_id__in=ids).values_list("event_id", "pupil_id"):
            indexed.setdefault(event_id, set()).add(pupil_id)
        for event in AuditEvent.objects.filter(pk__in=ids).only("pk", "organisation_id", "pupil_ids"):
            if indexed.get(event.pk, set()) != set(event.pupil_ids):
                yield Broken(_chain(event), event.pk, "de lijst van kinderen is veranderd")


def _chunks(rows) -> Iterator[list]:
    group = []
    for row in rows:
        group.append(row)
        if len(group) == CHUNK:
            yield group
            group = []
    if group:
        yield group
