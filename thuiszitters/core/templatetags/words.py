"""Filters for dates and counts in words; see `thuiszitters.core.words`."""

from django import template
from django.utils import timezone

from thuiszitters.core import words
from thuiszitters.core.dates import age_on

register = template.Library()

register.filter("long_date", words.long_date)
register.filter("days", words.days)
register.filter("hours", words.hours)


@register.filter
def short_date(day):
    return words.short_date(day)


@register.filter
def age(born):
    """Age in whole years today; empty when the date of birth is unknown."""
    return age_on(timezone.localdate(), born) if born else ""
