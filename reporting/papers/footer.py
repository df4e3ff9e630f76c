"""The line under each page: which paper this is, of whom, for whom and why. Never a BSN."""

from django.utils import timezone

from reporting.papers.models import Paper
from thuiszitters.core.words import long_date

LONGEST_PURPOSE = 90


def footer_of(paper: Paper, *, by, about: str = "", named: bool = True) -> str:
    """`named`: whether it may say who made it and where; else the number leads there, for who may look it up."""
    now = timezone.localtime()
    maker = f" door {by.short_name}" if by and named else ""
    if by and paper.organisation and named:
        maker += f", {paper.organisation.name}"
    why = paper.purpose if len(paper.purpose) <= LONGEST_PURPOSE else f"{paper.purpose[:LONGEST_PURPOSE].rstrip()}…"
    pieces = [
        f"Papier {paper.number}",
        about,
        f"gemaakt op {long_date(now.date())}, {now:%H.%M} uur{maker}",
        f"voor {paper.recipient}" + (f": {why}" if why else ""),
        "vertrouwelijk",
    ]
    return " · ".join(p for p in pieces if p)
