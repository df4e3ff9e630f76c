"""Columns with encrypted content. `manage.py rotate_keys` finds them by their type."""

from django.db import models


class SealedTextField(models.TextField):
    """Text as `core.secrets.seal` gives it."""


class SealedBytesField(models.BinaryField):
    """Bytes as `core.secrets.seal_bytes` gives them."""
