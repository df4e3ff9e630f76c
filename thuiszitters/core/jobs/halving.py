"""Work on many at once, of which one may not be able to: the others get done."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from django.db import InterfaceError, OperationalError, transaction

Item = TypeVar("Item")
Result = TypeVar("Result")
# Of the database or the machine, not of one of them.
NOT_OF_ONE: tuple[type[Exception], ...] = (OperationalError, InterfaceError, MemoryError)


def work_what_fits(
    items: Sequence[Item],
    work: Callable[[Sequence[Item]], Result],
    alone: Callable[[Item, Exception], Result],
    *,
    stop: tuple[type[Exception], ...] = (),
) -> Iterator[Result]:
    """The result of all items at once; when that fails, of each half, until the one that fails stands alone: then of
    `alone`. What failed changed nothing. Errors of `stop`, and of the database itself, are raised."""
    try:
        with transaction.atomic():
            result = work(items)
    except (*NOT_OF_ONE, *stop):
        raise
    except Exception as problem:
        if len(items) == 1:
            yield alone(items[0], problem)
            return
        half = len(items) // 2
        for part in (items[:half], items[half:]):
            yield from work_what_fits(part, work, alone, stop=stop)
        return
    yield result
