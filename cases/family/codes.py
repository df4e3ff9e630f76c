"""Codes and pincodes: made at random, kept as a keyed hash, compared in constant time; and the mail with a code, made
when it leaves: no readable code is ever kept, and no name stands in the mail."""

import hmac
import secrets

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from cases.family.access import may_look_along
from cases.family.models import LookAlong, LookAlongCode
from cases.family.rules import ALPHABET, ASKED_FOR, CODE_LENGTH, PIN_LENGTH, in_two, plain_code
from thuiszitters.core.sealed.secrets import keyed_hash
from thuiszitters.core.words import long_date

SEND = "code om mee te kijken versturen"
SUBJECT = "Uw code om mee te kijken"
BODY = """Goedendag,

Dit is uw code om mee te kijken: {code}

U gebruikt de code {until}. De code werkt één keer.
U hebt ook uw pincode nodig. Die kreeg u van uw contactpersoon bij de gemeente.

Kijk mee op: {url}

In dit bericht staan met opzet geen namen. Vroeg u niet om een code? Dan hoeft u niets te doen.
"""
# Where a family comes in; the pages stand a floor higher.
ADDRESS = "/meekijken/"


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def new_pin() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(PIN_LENGTH))


def code_hash(typed: str) -> str:
    return keyed_hash(f"meekijken code {plain_code(typed)}")


def pin_hash(pin: str) -> str:
    return keyed_hash(f"meekijken pincode {pin.strip()}")


def is_pin_of(row: LookAlong, pin: str) -> bool:
    return hmac.compare_digest(row.pin_hash, pin_hash(pin))


def send_code(pk: int) -> None:
    """Make the code and send it. Nothing leaves when the person may not look along any more. A second try makes another
    code: of two mails the last one works."""
    row = LookAlongCode.objects.select_related("along__case__pupil", "along__guardian").filter(pk=pk).first()
    if row is None or not row.along.email or not may_look_along(row.along, timezone.localdate()):
        return
    code = new_code()
    last = row.until if row.invites and row.until else timezone.now() + ASKED_FOR
    # Only of a row that is still there: a new invitation in between ends this one, and may go to another address.
    if not LookAlongCode.objects.filter(pk=pk).update(hash=code_hash(code), until=last):
        return
    until = f"tot en met {long_date(timezone.localdate(last))}" if row.invites else "binnen een kwartier"
    body = BODY.format(code=in_two(code), until=until, url=settings.SITE_URL + ADDRESS)
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(SUBJECT, body, settings.DEFAULT_FROM_EMAIL, [row.along.email], headers=headers).send()


JOBS = {SEND: send_code}
