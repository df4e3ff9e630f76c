"""What can wait for one person, as each room says it: a sentence with a count, without a name, and the page where
exactly these stand. The list of all is `cases.worklist.waiting`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from thuiszitters.core.people.users import User


@dataclass(frozen=True)
class Waits:
    """`one` and `more`: the sentence for one and for more of them (`{}` is the count). `page`: the name of an address.
    `count`: how many wait for a user on a day."""

    code: str
    one: str
    more: str
    page: str
    count: Callable[[User, date], int]

    def sentence(self, count: int) -> str:
        return self.one if count == 1 else self.more.format(count)
