"""What can wait for one person, as each room says it: a sentence with a count, without a name, and the page where
exactly these stand. The list of all is `cases.worklist.waiting`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from thuiszitters.core.people.users import User


@dataclass(frozen=True)
class Waits:
    """`one` and `more`: the sentence for one and for more of them (`{}` is the count). `page`: the name of an address.
    `rows`: ids of what waits for a user on a day. `every`: what waits at all on that day, whoever may see it: ids with
    the gemeente (its code, "" for what is of no gemeente). Each of these must stand on the page of somebody who may act
    (`cases.today.sight`)."""

    code: str
    one: str
    more: str
    page: str
    rows: Callable[[User, date], set[int]]
    every: Callable[[date], Mapping[int, str]]

    def sentence(self, count: int) -> str:
        return self.one if count == 1 else self.more.format(count)
