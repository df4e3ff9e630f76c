"""Codes and pincodes: made at random, kept as a keyed hash, compared in constant time."""

import hmac
import secrets

from cases.family.models import LookAlong
from cases.family.rules import ALPHABET, CODE_LENGTH, PIN_LENGTH, plain_code
from thuiszitters.core.sealed.secrets import keyed_hash


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
