"""Exemptions and leave: Leerplichtwet art. 3a, 3b, 5-9, 11, 14 and 15."""

from datetime import MAXYEAR, date
from enum import StrEnum, auto
from typing import Literal

from leerplicht.law.dates import TOO_FAR, add_months, check_count, check_date
from leerplicht.law.obligation import leerplicht_start

STATEMENT_MONTHS = 3
LEAVE_DAYS_OF_THE_HEAD = 10


class Article(StrEnum):
    """The ground of an exemption. ART_5_ONDER_A is the medical one; ART_5A_TREKKEND is about travelling families.
    ART_11A frees hours of a child under six, never whole weeks."""

    ART_3A = auto()
    ART_3B = auto()
    ART_5_ONDER_A = auto()
    ART_5_ONDER_B = auto()
    ART_5_ONDER_C = auto()
    ART_5A_TREKKEND = auto()
    ART_11 = auto()
    ART_11A = auto()
    ART_15 = auto()

    @property
    def label(self) -> str:
        """As it is written on Dutch screens and in letters."""
        return LABELS[self]


LABELS = {
    Article.ART_3A: "art. 3a (vervangende leerplicht)",
    Article.ART_3B: "art. 3b (vervangende leerplicht laatste schooljaar)",
    Article.ART_5_ONDER_A: "art. 5 onder a",
    Article.ART_5_ONDER_B: "art. 5 onder b",
    Article.ART_5_ONDER_C: "art. 5 onder c",
    Article.ART_5A_TREKKEND: "art. 5a (trekkend bestaan)",
    Article.ART_11: "art. 11",
    Article.ART_11A: "art. 11a (uren onder zes jaar)",
    Article.ART_15: "art. 15",
}


def first_claim_by(born: date) -> date:
    """Last day for the first claim on art. 5: one month before the child becomes leerplichtig (art. 6)."""
    return add_months(leerplicht_start(born), -1)


def statement_fresh(statement_on: date, received_on: date) -> bool:
    """Whether the statement is at most three calendar months old on the day the claim was received (art. 7).

    ValueError: the statement is dated after its receipt.
    """
    check_date(statement_on, "De datum van de verklaring")
    check_date(received_on, "De datum van ontvangst")
    if statement_on > received_on:
        raise ValueError("De verklaring kan niet later zijn dan de dag van ontvangst.")
    return statement_on >= add_months(received_on, -STATEMENT_MONTHS)


def renewal_in_time(received_on: date, school_year: int) -> bool:
    """Whether a yearly claim for the school year that begins in `school_year` came before 1 July of it (art. 6).

    `school_year` 2027 is 2027/28: received before 1 July 2027.
    ValueError: `school_year` is no year.
    """
    check_date(received_on, "De datum van ontvangst")
    check_count(school_year, "Het schooljaar")
    if school_year > MAXYEAR:
        raise ValueError(TOO_FAR)
    return received_on < date(school_year, 7, 1)


def leave_decider(requested_days: int, granted_days: int) -> Literal["hoofd", "leerplichtambtenaar"]:
    """Who decides on leave for weighty reasons (art. 14): above ten days in all the leerplichtambtenaar.

    Both are whole days; `granted_days` were granted before in the same school year.
    ValueError: `requested_days` is below 1, `granted_days` is below 0, or one of them is no whole number.
    """
    check_count(requested_days, "Het aantal gevraagde dagen")
    check_count(granted_days, "Het aantal eerder gegeven dagen", least=0)
    return "leerplichtambtenaar" if requested_days + granted_days > LEAVE_DAYS_OF_THE_HEAD else "hoofd"
