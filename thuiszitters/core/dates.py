"""Arithmetic with days that every floor needs. No Django."""

from datetime import date


def age_on(day: date, born: date) -> int:
    """Age in whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
