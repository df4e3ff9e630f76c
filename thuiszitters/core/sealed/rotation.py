"""New keys for what is encrypted, while the application runs (docs/adr/0004).

Put the new key in front of PGN_KEYS, restart every process, run `manage.py rotate_keys` until nothing is left, then
take the old key away and restart. A row that somebody changes at the same moment is left to the next run: what was
read is compared in the UPDATE.
"""

from collections import Counter
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from thuiszitters.core.sealed.fields import SealedBytesField, SealedTextField
from thuiszitters.core.sealed.secrets import renewed

CHUNK = 500


def sealed_fields() -> Iterator[tuple[type[models.Model], str]]:
    """Every column with encrypted content, of histories too."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedTextField | SealedBytesField):
                yield model, field.attname


def rotate_all(*, save: bool = True) -> Counter:
    """Encrypt with the first key what was encrypted with another. Returns how many: vernieuwd (or with `save` False,
    oud), onveranderd, overgeslagen (changed meanwhile), onleesbaar (no key fits)."""
    counts: Counter = Counter()
    for model, name in sealed_fields():
        _rotate(model, name, save, counts)
    return counts


def _rotate(model, name: str, save: bool, counts: Counter) -> None:
    rows = model._base_manager.exclude(**{f"{name}__isnull": True}).order_by("pk")
    last = 0
    while chunk := list(rows.filter(pk__gt=last).values_list("pk", name)[:CHUNK]):
        for pk, token in chunk:
            counts[_renew(model, name, pk, token, save)] += 1
        last = chunk[-1][0]
    del counts["leeg"]


def _renew(model, name: str, pk: int, token, save: bool) -> str:
    if not token:
        return "leeg"
    binary = not isinstance(token, str)
    old = bytes(token) if binary else token.encode()
    try:
        new = renewed(old)
    except ValueError:
        return "onleesbaar"
    if new is None:
        return "onveranderd"
    if not save:
        return "oud"
    value = new if binary else new.decode()
    changed = model._base_manager.filter(pk=pk, **{name: old if binary else token}).update(**{name: value})
    return "vernieuwd" if changed else "overgeslagen"
