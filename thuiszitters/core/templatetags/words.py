"""Filters for dates and counts in words; see `thuiszitters.core.words`."""

from django import template
from django.utils import timezone

from thuiszitters.core import words
from thuiszitters.core.dates import age_on

register = template.Library()

register.filter("long_date", words.long_date)
register.filter("week_day", words.week_day)
register.filter("days", words.days)
register.filter("hours", words.hours)


@register.filter
def short_date(day):
    return words.short_date(day)


@register.filter
def born(person):
    """The birth date of a pupil, as far as it is known."""
    return words.birth_date(person.born, person.born_known)


@register.filter
def sent_born(row):
    """The birth date that was sent with a report, as far as it was known there."""
    return words.birth_date(row.sent_born, row.sent_born_known)


@register.filter
def age(person):
    """Age of a pupil in whole years today; two numbers while the birthday of this year is uncertain."""
    today = timezone.localdate()
    most, least = age_on(today, person.born), age_on(today, person.born_last)
    return most if most == least else f"{least} of {most}"
