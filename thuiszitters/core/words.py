"""Dutch words for dates, spans and counts, as people say them."""

import re
import unicodedata
from datetime import date, time
from decimal import Decimal

from django.utils import timezone

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def short_month(day: date) -> str:
    """okt; maart is mrt."""
    return "mrt" if day.month == 3 else MONTHS[day.month - 1][:3]


def long_date(day: date | None) -> str:
    """5 oktober 2026; empty for no date."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


WEEK_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def week_day(day: date) -> str:
    """vrijdag 27 november."""
    return f"{WEEK_DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


SPOKEN_DATE = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})\b", re.IGNORECASE)


def day_in(text: str) -> date | None:
    """The first day that a text names in words ("maandag 7 december 2026"); None without one that can be."""
    if not (found := SPOKEN_DATE.search(text)):
        return None
    day, month, year = found.groups()
    try:
        return date(int(year), MONTHS.index(month.lower()) + 1, int(day))
    except ValueError:
        return None


def time_in(text: str) -> time | None:
    """The first time of day that a text names ("14.00 uur", "9:30"); None without one that can be."""
    if not (found := re.search(r"\b(\d{1,2})[.:](\d{2})\b", text)):
        return None
    hour, minute = int(found[1]), int(found[2])
    return time(hour, minute) if hour < 24 and minute < 60 else None


def birth_date(born: date | None, known: str = "dag") -> str:
    """5 mei 2012, or what is known of it: mei 2012 (dag onbekend), 2012 (geboortedag onbekend)."""
    if not born or known == "dag":
        return long_date(born)
    month = f"{MONTHS[born.month - 1]} {born.year} (dag onbekend)"
    return month if known == "maand" else f"{born.year} (geboortedag onbekend)"


def birth_code(born: date, known: str = "dag") -> str:
    """2012-05-05, with 00 for what is unknown, as registers write it: 2012-05-00, 2012-00-00."""
    text = born.isoformat()
    return text if known == "dag" else f"{text[:7] if known == 'maand' else f'{text[:4]}-00'}-00"


def short_date(day: date | None, today: date | None = None) -> str:
    """vandaag, gisteren, morgen, 5 oktober, or 5 oktober 2025 when it lies in another year."""
    if not day:
        return ""
    today = today or timezone.localdate()
    near = {0: "vandaag", -1: "gisteren", 1: "morgen"}.get((day - today).days)
    if near:
        return near
    return long_date(day) if day.year != today.year else f"{day.day} {MONTHS[day.month - 1]}"


def days(count: int) -> str:
    """1 dag, 3 dagen."""
    return f"{count} dag" if count == 1 else f"{count} dagen"


def folded(text: str) -> str:
    """For finding by a part: small letters without accents, signs as one space: "'t Súd-west" becomes "t sud west"."""
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.casefold().split())


def counted(count: int, one: str, more: str) -> str:
    """1 school, 3 scholen."""
    return f"{count} {one if count == 1 else more}"


def hours(count: Decimal) -> str:
    """6 uur, 2,5 uur."""
    return f"{count.normalize():f} uur".replace(".", ",")


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def harmless(value: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
