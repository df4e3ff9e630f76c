"""From when until when a child must go to school: Leerplichtwet art. 3, 4a and 4b."""

from calendar import monthrange
from datetime import MAXYEAR, date
from enum import StrEnum, auto

from leerplicht.law.calendar import LessonCalendar, school_year
from leerplicht.law.dates import TOO_FAR, add_days, add_months, check_count, check_date

DOORSTROOM_FROM_27 = date(2026, 1, 1)  # Wet van school naar duurzaam werk


class Obligation(StrEnum):
    """What the law asks of one person on one day."""

    NOT_YET = auto()
    LEERPLICHT = auto()
    KWALIFICATIEPLICHT = auto()
    RELEASED = auto()
    STARTKWALIFICATIE = auto()
    DOORSTROOM = auto()
    NONE = auto()


# Who must be at school.
OBLIGED = (Obligation.LEERPLICHT, Obligation.KWALIFICATIEPLICHT)


def birthday(born: date, age: int) -> date:
    """The day on which someone reaches `age` in years; born on 29 February: 1 March in a year without that day.

    ValueError: `age` is no whole number of 0 or more.
    """
    check_date(born, "De geboortedatum")
    check_count(age, "De leeftijd", least=0)
    if born.year + age > MAXYEAR:
        raise ValueError(TOO_FAR)
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def leerplicht_start(born: date) -> date:
    """First day of the month after the month in which the child turns five (art. 3 lid 1), as registers count it."""
    return add_months(birthday(born, 5).replace(day=1), 1)


def first_school_day(born: date, calendar: LessonCalendar) -> date:
    """First school day on or after `leerplicht_start`: from here absence is possible (art. 3 lid 1).

    ValueError: the calendar does not know the school holidays of that time.
    """
    day = leerplicht_start(born)
    while not calendar.is_school_day(day):
        day = add_days(day, 1)
    return day


def leerplicht_end(born: date, twelve_years_done: date | None = None) -> date:
    """Last day of the leerplicht (art. 3 lid 1 a and b).

    31 July of the school year in which the youth turns 16, or `twelve_years_done` when that is earlier: the 31 July
    on which twelve full school years were completed.
    ValueError: `twelve_years_done` is no 31 July or lies before birth.
    """
    sixteen = date(school_year(birthday(born, 16)) + 1, 7, 31)
    if twelve_years_done is None:
        return sixteen
    _check_after_birth(twelve_years_done, born, "Het einde van de twaalf schooljaren")
    if (twelve_years_done.month, twelve_years_done.day) != (7, 31):
        raise ValueError("Het einde van de twaalf schooljaren moet een 31 juli zijn.")
    return min(sixteen, twelve_years_done)


def obligation_on(
    day: date,
    born: date,
    *,
    twelve_years_done: date | None = None,
    startkwalificatie: date | None = None,
    released: bool = False,
) -> Obligation:
    """What the law asks on `day` of someone born on `born` (art. 3, 4a, 4b; after that the Doorstroompunt).

    `startkwalificatie` is the date of the diploma. `released` is art. 4a lid 2: a diploma praktijkonderwijs, or vso
    in the profile arbeidsmarkt or dagbesteding.
    ValueError: a date before birth; `twelve_years_done` is no 31 July.
    """
    _check_after_birth(day, born, "De datum")
    end = leerplicht_end(born, twelve_years_done)
    if startkwalificatie is not None:
        _check_after_birth(startkwalificatie, born, "De datum van de startkwalificatie")
    if day < leerplicht_start(born):
        return Obligation.NOT_YET
    if day <= end:
        return Obligation.LEERPLICHT
    if startkwalificatie is not None and startkwalificatie <= day:
        return Obligation.STARTKWALIFICATIE
    return _after_leerplicht(day, born, released)


def _after_leerplicht(day: date, born: date, released: bool) -> Obligation:
    """For someone without startkwalificatie on `day`."""
    if day < birthday(born, 18):
        return Obligation.RELEASED if released else Obligation.KWALIFICATIEPLICHT
    limit = 23 if day < DOORSTROOM_FROM_27 else 27
    return Obligation.DOORSTROOM if day < birthday(born, limit) else Obligation.NONE


def _check_after_birth(day: date, born: date, name: str) -> None:
    check_date(born, "De geboortedatum")
    check_date(day, name)
    if day < born:
        raise ValueError(f"{name} ligt voor de geboortedatum.")


class Known(StrEnum):
    """How much of a birth date is known: the BRP may not know the day, or the day and the month (domain A4). Such a
    date is kept as the first day that it can be."""

    DAY = "dag"
    MONTH = "maand"
    YEAR = "jaar"


def first_possible(born: date, known: Known | str) -> date:
    """The first day of birth that it can be: of the month, or of the year."""
    check_date(born, "De geboortedatum")
    month = 1 if known == Known.YEAR else born.month
    return born if known == Known.DAY else date(born.year, month, 1)


def last_possible(born: date, known: Known | str) -> date:
    """The last day of birth that it can be."""
    check_date(born, "De geboortedatum")
    if known == Known.YEAR:
        return date(born.year, 12, 31)
    return date(born.year, born.month, monthrange(born.year, born.month)[1]) if known == Known.MONTH else born


def protecting(earliest: Obligation, latest: Obligation) -> Obligation:
    """What the law asks when it differs for the first and the last day that a birth date can be: the clock of the child
    runs as for one that is obliged."""
    return earliest if earliest in OBLIGED else latest


def claimable(earliest: Obligation, latest: Obligation) -> Obligation:
    """The other way round: where it differs nothing is claimed against parents or youth."""
    return latest if earliest in OBLIGED else earliest
