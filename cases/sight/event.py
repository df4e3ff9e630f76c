"""One event in the course of a dossier."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone


@dataclass(frozen=True)
class Event:
    """`marker`: how it looks in the line ("f" for a signal, "q" for what happened by itself, "" for a person's act)."""

    on: date
    kind: str
    title: str
    text: str = ""
    quote: str = ""
    marker: str = ""
    by: str = ""
    edit: tuple[str, int] | None = None
    link: tuple[str, int] | None = None
    link_word: str = "bekijken"
    withdraw: tuple[str, int] | None = None
    remarks: tuple[str, ...] = ()
    order: datetime | None = field(default=None)


def day_of(moment: datetime) -> date:
    return timezone.localdate(moment)
