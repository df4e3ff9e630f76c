"""The mail that something waits: in working hours, at most once per person and slot, without a word about anybody.

A row is claimed before the mail leaves and settled after the server took it. What was not taken is tried again, three
times in all. When nobody knows whether it was taken (the process ended, the line broke halfway) it is not sent again.
"""

from datetime import date, datetime, timedelta
from email.utils import make_msgid
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone

from cases.messages.models import Digest, DigestSent
from cases.messages.slots import HERE, WEEKLY, is_working_time, slot_of
from cases.worklist.waiting import Waiting, waiting_for
from leerplicht.law.calendar import monday
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.organisations import Membership, Period
from thuiszitters.core.people.users import User

logger = structlog.get_logger(__name__)
MAX_TRIES = 3
KEPT = timedelta(days=30)
SUBJECT = "Er wacht iets op u in Thuiszitters"
BODY = """Goedendag,

Er wacht iets op u in Thuiszitters.

{sentences}

Bekijk het na het inloggen: {url}

In dit bericht staan met opzet geen namen. U krijgt het {often}.
Wilt u het vaker, minder vaak of niet meer? Klik in Thuiszitters op uw naam en dan op Mijn berichten.
"""
OFTEN = {"dag": "hoogstens één keer per werkdag", "week": "hoogstens één keer per week"}
State = DigestSent.State


class Unreachable(Exception):
    """There is no mail server, or it does not let us in. Nobody's failed try: the next round begins anew."""


def save_choice(user: User, frequency: str) -> None:
    """How often from now on. A slot that has begun is not made up for because of a new choice."""
    today = timezone.localdate()
    with transaction.atomic():
        values = {"frequency": frequency, "changed_on": today}
        Digest.objects.update_or_create(user=user, defaults=values)
        log_event("digest_saved", by=user, frequency=frequency)


def send_due(now: datetime) -> int:
    """Send the digests that are due at this moment; returns how many. Outside working hours none. Can run twice, also
    at the same time."""
    if not is_working_time(now):
        return 0
    today, sent = now.astimezone(HERE).date(), 0
    DigestSent.objects.filter(day__lt=today - KEPT).delete()
    with_line = Line()
    try:
        for pk in due(today):
            sent += deliver(pk, today, with_line)
    except Unreachable as problem:
        logger.error("mail_server_unreachable", problem=str(problem))
    finally:
        with_line.close()
    return sent


def due(today: date) -> list[int]:
    """Who may be sent something today and was not yet; ids only, because rights are judged when it is sent."""
    held = Membership.objects.filter(Period.covers(today), user=OuterRef("pk"))
    people = User.objects.filter(Exists(held), is_active=True).select_related("digest").order_by("pk")
    settled = DigestSent.objects.filter(day__gte=monday(today)).exclude(state=State.WAITING)
    done = set(settled.values_list("user", "day"))
    return [u.pk for u in people if (slot := _slot(u, today)) and (u.pk, slot) not in done]


def _frequency(user: User) -> str:
    return user.digest.frequency if hasattr(user, "digest") else WEEKLY


def _slot(user: User, today: date) -> date | None:
    """The slot that is due. A week that began before the account or the choice was there is over already."""
    slot = slot_of(_frequency(user), today)
    if slot is None or slot > today:
        return None
    since = user.digest.changed_on if hasattr(user, "digest") else timezone.localdate(user.date_joined)
    return None if slot < today and since > slot else slot


def deliver(pk: int, today: date, line: "Line") -> bool:
    """Send one digest, with the rights and the choice of this moment. False: nothing was sent."""
    user = User.objects.select_related("digest").filter(pk=pk, is_active=True).first()
    slot = _slot(user, today) if user else None
    if user is None or slot is None:
        return False
    waiting = waiting_for(user, today)
    if not waiting:
        DigestSent.objects.get_or_create(user=user, day=slot, defaults={"state": State.NOTHING})
        return False
    line.open()  # before the claim: without a server nothing is claimed
    row = _take(user, slot)
    return row is not None and _send(row, message(user, waiting), line)


def _take(user: User, slot: date) -> DigestSent | None:
    """The row, when it is ours from now on."""
    row, made = DigestSent.objects.get_or_create(user=user, day=slot, defaults={"state": State.SENDING, "tries": 1})
    if made:
        return row
    waiting = DigestSent.objects.filter(pk=row.pk, state=State.WAITING)
    if not waiting.update(state=State.SENDING, tries=F("tries") + 1):
        return None
    row.refresh_from_db()
    return row


def _send(row: DigestSent, mail: EmailMessage, line: "Line") -> bool:
    try:
        line.send(mail)
    except (SMTPResponseException, SMTPRecipientsRefused) as problem:  # the server said no: it was not taken
        line.close()
        _failed(row, problem, State.PARKED if row.tries >= MAX_TRIES else State.WAITING)
        return False
    except (SMTPException, OSError) as problem:  # the line broke halfway: perhaps it was taken
        line.close()
        _failed(row, problem, State.PARKED)
        return False
    with transaction.atomic():
        DigestSent.objects.filter(pk=row.pk).update(state=State.SENT, at=timezone.now())
        log_event("digest_sent", receiver=row.user_id, tries=row.tries)
    return True


def _failed(row: DigestSent, problem: Exception, state: str) -> None:
    """The kind of problem only: what a server answers repeats the address."""
    DigestSent.objects.filter(pk=row.pk).update(state=state, at=timezone.now())
    known = {"user_id": row.user_id, "tries": row.tries, "problem": type(problem).__name__}
    logger.error("digest_parked" if state == State.PARKED else "digest_failed", **known)


def message(user: User, waiting: list[Waiting]) -> EmailMessage:
    """The mail: sentences with counts, and one link to a page behind the log-in."""
    body = BODY.format(
        sentences="\n".join(f"- {w.sentence}" for w in waiting),
        url=settings.SITE_URL + reverse("waiting"),
        often=OFTEN[_frequency(user)],
    )
    headers = {
        "Auto-Submitted": "auto-generated",
        # Django would put the name of this machine in it.
        "Message-ID": make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
    }
    return EmailMessage(SUBJECT, body, settings.DEFAULT_FROM_EMAIL, [user.email], headers=headers)


class Line:
    """One connection with the mail server for a round, opened when there is something to send."""

    def __init__(self) -> None:
        self.connection: Any = None  # of the backend that the settings name

    def open(self) -> None:
        if self.connection:
            return
        connection = get_connection()
        try:
            connection.open()
        except (SMTPException, OSError) as problem:
            raise Unreachable(type(problem).__name__) from problem
        self.connection = connection

    def send(self, mail: EmailMessage) -> None:
        self.connection.send_messages([mail])

    def close(self) -> None:
        """What goes wrong in saying goodbye does not undo what was sent."""
        connection, self.connection = self.connection, None
        if not connection:
            return
        try:
            connection.close()
        except (SMTPException, OSError) as problem:
            logger.warning("mail_server_goodbye", problem=type(problem).__name__)
