"""Invented children and what the schools reported about them, as rows of the absence report file.

Everything hangs on the day on which the demonstration is made, so that it always shows running, near and past terms.
"""

import csv
import io
import random
from datetime import date, timedelta

from cases.demo.region import GEMEENTEN, SCHOOLS
from leerplicht.imports.absence_rows import COLUMNS
from leerplicht.law.calendar import SchoolCalendar

FIRST_NAMES = [
    "Noor",
    "Sem",
    "Lotte",
    "Finn",
    "Yusuf",
    "Emma",
    "Daan",
    "Sara",
    "Milan",
    "Zoë",
    "Adam",
    "Julia",
    "Levi",
    "Mila",
    "Noah",
    "Lina",
    "Thijs",
    "Fatima",
    "Sven",
    "Roos",
    "Bram",
    "Amira",
    "Jesse",
    "Nina",
    "Omar",
    "Fleur",
    "Ruben",
    "Aylin",
    "Tijn",
    "Sofie",
    "Ilias",
    "Maud",
    "Guus",
    "Elif",
    "Cas",
    "Isa",
    "Hugo",
    "Naomi",
    "Jens",
    "Vera",
]
LAST_NAMES = [
    "Bakker",
    "de Wit",
    "Aydin",
    "Smit",
    "Mulder",
    "van den Berg",
    "Visser",
    "El Amrani",
    "de Boer",
    "Kaya",
    "Jansen",
    "van Dijk",
    "Peters",
    "Yıldız",
    "Hendriks",
    "de Graaf",
    "Bouzid",
    "Vermeer",
    "van der Laan",
    "Koster",
    "Şahin",
    "Brouwer",
    "ter Horst",
    "Nguyen",
    "Willems",
    "Ferreira",
    "van 't Hof",
    "Schouten",
]
REASONS = (
    "Komt 's ochtends niet uit bed, zegt buikpijn te hebben.",
    "Ruzie in de klas.",
    "Onbekend, ouders nemen niet op.",
    "Durft de school niet in.",
    "Wacht op plek op een andere school.",
    "Thuis is veel aan de hand.",
    "",
)
ACTIONS = ("Gebeld met ouders.", "Huisbezoek door de mentor.", "Gesprek met de zorgcoördinator.", "")
CALENDAR = SchoolCalendar.for_region("midden")


def test_bsns():
    """Numbers of the test range that pass the eleven test, one after the other."""
    for candidate in range(999990000, 1000000000):
        digits = str(candidate)
        if sum(w * int(d) for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0:
            yield digits


def school_day(day: date, *, back: bool = False, calendar: SchoolCalendar = CALENDAR) -> date:
    """The first school day from `day` on, or back from it."""
    while not calendar.is_school_day(day):
        day += timedelta(days=-1 if back else 1)
    return day


class Children:
    """Draws children and their reports. The same day gives the same region."""

    def __init__(self, today: date):
        self.today, self.random, self.bsns, self.number = today, random.Random(2026), test_bsns(), 0

    def reports(self, at_home: int, waiting: int) -> list[dict[str, str]]:
        """Rows for children who miss all lessons, and for reports that wait for a judgement; oldest first."""
        rows = [self._at_home() for _ in range(at_home)] + [self._waiting() for _ in range(waiting)]
        return sorted(rows, key=lambda row: row["datum_mutatie"])

    def child(self) -> dict[str, str]:
        """Identity, school and gemeente of an invented child of school age."""
        draw = self.random
        code = draw.choices(list(SCHOOLS), k=1)[0]
        _, sector, home = SCHOOLS[code]
        # A clear peak at thirteen, just after the move to secondary school.
        age = draw.choice([12, 13, 13, 13, 14, 15, 15, 16]) if sector == "vo" else draw.randint(6, 11)
        born = self.today - timedelta(days=age * 365 + draw.randint(30, 330))
        return {
            "persoonsgebonden_nummer": next(self.bsns),
            "achternaam": draw.choice(LAST_NAMES),
            "voornamen": draw.choice(FIRST_NAMES),
            "geboortedatum": born.isoformat(),
            "gemeentecode": home if draw.random() < 0.85 else draw.choice(list(GEMEENTEN)),
            "brin": code[:4],
            "vestiging": code[4:],
        }

    def _report(self, first_day: date, received: date, **values: str) -> dict[str, str]:
        self.number += 1
        row = dict.fromkeys(COLUMNS, "") | self.child()
        return row | {
            "meldingsnummer": f"DEMO-{self.number:05}",
            "begindatum": first_day.isoformat(),
            "datum_mutatie": received.isoformat(),
            "status": "R",
            "reden": self.random.choice(REASONS),
            "actie_school": self.random.choice(ACTIONS),
            "actie_gemeente_gewenst": "J",
            "melder_naam": "S. Mentor",
            "melder_functie": "mentor",
            "melder_telefoon": "030 555 01 23",
            **values,
        }

    def report_of(self, first_day: date, values: dict[str, str]) -> dict[str, str]:
        """A report with these columns filled in, on an invented child."""
        return self._report(first_day, first_day, **values)

    def _at_home(self) -> dict[str, str]:
        first = self._some_school_day()
        received = min(self.today, first + timedelta(days=self.random.randint(1, 9)))
        kind = "LRV" if (self.today - first).days > 30 else self.random.choice(["LRV", "O"])
        return self._report(first, received, verzuimsoort=kind, alle_lessen_gemist="J")

    def _some_school_day(self) -> date:
        """Most children came home in the last two months, some half a year ago."""
        while True:
            day = self.today - timedelta(days=int(self.random.triangular(2, 170, 30)))
            if CALENDAR.is_school_day(day):
                return day

    def _waiting(self) -> dict[str, str]:
        first = school_day(self.today - timedelta(days=self.random.randint(8, 34)), back=True)
        kind = self.random.choice(["V3", "V3", "O", "L"])
        hours, last = self._hours(first) if kind == "V3" else ("", first)
        received = min(self.today, last + timedelta(days=self.random.randint(1, 4)))
        return self._report(
            first, received, verzuimsoort=kind, alle_lessen_gemist="N", verzuimuren=hours, einddatum=last.isoformat()
        )

    def _hours(self, first: date) -> tuple[str, date]:
        days, day = [], first
        while len(days) < 4 and day <= self.today:
            if CALENDAR.is_school_day(day):
                days.append(day)
            day += timedelta(days=2)
        return ",".join(f"{d}={self.random.choice([4, 4, 5])}" for d in days), days[-1]


def as_file(rows: list[dict[str, str]]) -> bytes:
    """The rows as a file, as DUO would give it."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
