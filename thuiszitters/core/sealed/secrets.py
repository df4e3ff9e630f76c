"""Encryption at rest and the keyed hash for look-up of personal numbers.

Keys come from settings: `PGN_KEYS` (Fernet keys, the first encrypts, all decrypt, so a key can be replaced while
the application runs) and `PGN_HASH_KEY` (per installation, so a hash from elsewhere is worthless here).
"""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> str:
    """Encrypt. The same text gives another token each time."""
    return _box(tuple(settings.PGN_KEYS)).encrypt(text.encode()).decode()


def unseal(token: str, seconds: int | None = None) -> str:
    """Decrypt what `seal` gave, not longer than `seconds` ago when given. Raises `cryptography.fernet.InvalidToken`
    when no key fits or when it is too old."""
    return _box(tuple(settings.PGN_KEYS)).decrypt(token.encode(), ttl=seconds).decode()


def seal_bytes(content: bytes) -> bytes:
    return _box(tuple(settings.PGN_KEYS)).encrypt(content)


def unseal_bytes(token: bytes) -> bytes:
    return _box(tuple(settings.PGN_KEYS)).decrypt(bytes(token))


def renewed(token: bytes) -> bytes | None:
    """The token encrypted with the first key; None when it already is. ValueError when no key fits."""
    first, *_ = settings.PGN_KEYS
    try:
        Fernet(first).decrypt(token)
    except InvalidToken:
        pass
    else:
        return None
    try:
        return _box(tuple(settings.PGN_KEYS)).rotate(token)
    except InvalidToken as problem:
        raise ValueError("no key fits") from problem


def keyed_hash(text: str) -> str:
    """A hash (64 hexadecimal digits) by which a number can be found without storing it readable."""
    return hmac.new(settings.PGN_HASH_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
