"""Making, renewing and stopping the address, and noting that it was used."""

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases.agenda.access import check_may_subscribe, may_still
from cases.agenda.models import CalendarFeed
from cases.agenda.queries import hash_of
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.users import User

TOKEN_BYTES = 32
UNUSED = timedelta(days=90)


def make_address(*, by: User) -> str:
    """The secret part of a new address. The one that was there stops at once. Nobody can read it again later."""
    check_may_subscribe(by)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    values = {"token_hash": hash_of(token), "made_on": timezone.localdate(), "last_used_on": None}
    with transaction.atomic():
        _, made = CalendarFeed.objects.update_or_create(user=by, defaults=values)
        if made:
            log_event("agenda_made", by=by)
        else:
            log_event("agenda_renewed", by=by)
    return token


def stop(*, by: User) -> bool:
    """False when there was none."""
    check_may_subscribe(by)
    with transaction.atomic():
        gone, _ = CalendarFeed.objects.filter(user=by).delete()
        if gone:
            log_event("agenda_stopped", by=by)
    return bool(gone)


def note_use(feed: CalendarFeed, today: date) -> None:
    """Once a day: a calendar asks every hour."""
    if feed.last_used_on != today:
        CalendarFeed.objects.filter(pk=feed.pk, token_hash=feed.token_hash).update(last_used_on=today)


def end_unused(today: date) -> int:
    """The nightly round: an address that nobody used for three months, and one whose owner may not look any more, so
    that it does not come back to life with a later role. Gives how many."""
    before = today - UNUSED
    unused = Q(last_used_on__lt=before) | Q(last_used_on=None, made_on__lt=before)
    with transaction.atomic():
        rows = list(CalendarFeed.objects.filter(unused | ~may_still(today)))
        CalendarFeed.objects.filter(pk__in=[row.pk for row in rows]).delete()
        for row in rows:
            log_event("agenda_ended", owner=row.user_id)
    return len(rows)
