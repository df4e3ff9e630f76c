"""Encryption at rest and the keyed hash for look-up of personal numbers.

Keys come from settings: `PGN_KEYS` (Fernet keys, the first encrypts, all decrypt, so a key can be replaced while
the application runs) and `PGN_HASH_KEY` (per installation, so a hash from elsewhere is worthless here).
"""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    """Encrypt. The same text gives another token each time."""
    return _box(tuple(settings.PGN_KEYS)).encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """Decrypt what `seal` gave. Raises `cryptography.fernet.InvalidToken` when no key fits."""
    return _box(tuple(settings.PGN_KEYS)).decrypt(token.encode()).decode()


def seal_bytes(content: bytes) -> bytes:
    return _box(tuple(settings.PGN_KEYS)).encrypt(content)


def unseal_bytes(token: bytes) -> bytes:
    return _box(tuple(settings.PGN_KEYS)).decrypt(bytes(token))


def keyed_hash(text: str) -> str:
    """A hash (64 hexadecimal digits) by which a number can be found without storing it readable."""
    return hmac.new(settings.PGN_HASH_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
