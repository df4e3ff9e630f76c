"""Periods of what a region agreed never overlap, and what held is never changed."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol, TypeVar

from cases.dossier.rules import NotNow


class PeriodLike(Protocol):
    valid_from: date
    valid_until: date | None


AnyPeriod = TypeVar("AnyPeriod", bound=PeriodLike)


def clash(new: PeriodLike, others: Iterable[AnyPeriod]) -> AnyPeriod | None:
    """The period that shares a day with the new one."""
    end = new.valid_until or date.max
    return next((o for o in others if o.valid_from <= end and new.valid_from <= (o.valid_until or date.max)), None)


def check_end(row: PeriodLike, last_day: date, today: date) -> None:
    """Whether an agreement can end on `last_day`: not further back than yesterday: what was done under it stands."""
    if last_day < row.valid_from:
        raise NotNow("De laatste dag ligt voor de begindatum.")
    if last_day < today - timedelta(days=1):
        raise NotNow("De laatste dag kan gisteren zijn of later. Wat tot nu toe gold, blijft zo staan.")
    if row.valid_until and last_day > row.valid_until:
        raise NotNow("Deze afspraak eindigt al eerder. Leg een nieuwe afspraak vast om te verlengen.")


def check_new_term(code: str, national: Iterable[str], valid_from: date, today: date) -> None:
    if code in national:
        raise NotNow("Deze termijn geldt al in het hele land. Een regio kan hem niet veranderen.")
    if valid_from < today:
        raise NotNow("Kies vandaag of een latere dag. Een termijn die eerder begint, verandert lopende dossiers.")
