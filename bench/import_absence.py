"""How fast do absence reports get in, and does memory stay flat? Beside a plain COPY of the same rows.

    DATABASE_URL=postgres://postgres@127.0.0.1:5432/bench_thuiszitters .venv/bin/python bench/import_absence.py [N]

The database must be PostgreSQL, must exist and must hold no pupils; see README.md. With --profile the import runs under
cProfile, which makes it slower.
"""

import argparse
import cProfile
import io
import os
import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from cases.intake.uploads import read_in
from leerplicht.imports.absence_rows import COLUMNS
from leerplicht.law.calendar import SchoolCalendar
from leerplicht.models import Municipality, Pupil, School

TODAY = date(2026, 11, 22)
GEMEENTEN = {"0321": "Houten", "0353": "IJsselstein", "0331": "Lopik", "0356": "Nieuwegein", "1961": "Vijfheerenlanden"}
SCHOOLS = 200
REPORTS_PER_CHILD = 1.5
ALL_LESSONS = 0.2
FIRST = ("Noor", "Sem", "Zoë", "Yusuf", "Fenna", "Daan", "Amira", "Jip", "Lotte", "Finn", "Selma", "Mees")
LAST = ("van den Berg", "Jansen", "de Wit", "Yılmaz", "Bakker", "van Dijk", "El Idrissi", "Visser", "Smit", "Kaya")
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def numbers():
    """Nine digits in the range 99xxxxxxx that pass the eleven test."""
    for n in range(990_000_000, 1_000_000_000):
        if sum(w * int(d) for w, d in zip(WEIGHTS, str(n), strict=True)) % 11 == 0:
            yield str(n)


def school_days() -> list[date]:
    calendar = SchoolCalendar.for_region("midden")
    days = (date(2025, 9, 1) + timedelta(days=n) for n in range(440))
    return [day for day in days if calendar.is_school_day(day)]


def children(how_many: int, dice: random.Random) -> list[dict]:
    free = numbers()
    return [
        {
            "persoonsgebonden_nummer": next(free),
            "achternaam": dice.choice(LAST),
            "voornamen": dice.choice(FIRST),
            "geboortedatum": (date(2009, 1, 1) + timedelta(days=dice.randrange(12 * 365))).isoformat(),
            "gemeentecode": dice.choice(list(GEMEENTEN)),
            "school": dice.randrange(SCHOOLS),
        }
        for _ in range(how_many)
    ]


def report(n: int, child: dict, days: list[date], dice: random.Random) -> dict:
    everything = dice.random() < ALL_LESSONS
    start = dice.randrange(len(days) - 10)
    missed = days[start : start + dice.randint(2, 8)]
    return child | {
        "meldingsnummer": f"BENCH{n:07}",
        "brin": f"{child['school'] // 100 + 90:02}BE",
        "vestiging": f"{child['school'] % 100:02}",
        "begindatum": missed[0].isoformat(),
        "einddatum": "",
        "verzuimsoort": dice.choice(("V3", "LRV", "L")) if everything else dice.choice(("V3", "O")),
        "alle_lessen_gemist": "J" if everything else "N",
        "verzuimuren": ",".join(f"{day}={dice.randint(1, 8)}" for day in missed),
        "reden": "onbekend",
        "actie_school": "met de ouders gebeld",
        "actie_gemeente_gewenst": "J",
        "toelichting": "",
        "melder_naam": "S. School",
        "melder_functie": "mentor",
        "melder_telefoon": "030 0000000",
        "melder_email": "mentor@voorbeeld.test",
        "status": "R",
        "datum_mutatie": missed[-1].isoformat(),
    }


def write_file(path: Path, how_many: int) -> None:
    dice = random.Random(1969)
    known, days = children(int(how_many / REPORTS_PER_CHILD), dice), school_days()
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(";".join(COLUMNS) + "\r\n")
        for n in range(how_many):
            values = report(n, dice.choice(known), days, dice)
            out.write(";".join(values[name] for name in COLUMNS) + "\r\n")


def prepare() -> None:
    if connection.vendor != "postgresql":
        sys.exit("DATABASE_URL must point to PostgreSQL: COPY is what the import is compared to.")
    call_command("migrate", verbosity=0)
    if Pupil.objects.exists():
        sys.exit("There are pupils in this database. Make a new one for the bench.")
    for code, name in GEMEENTEN.items():
        Municipality.objects.get_or_create(code=code, defaults={"name": name, "holiday_region": "midden"})
    School.objects.bulk_create(
        [
            School(
                code=f"{n // 100 + 90:02}BE{n % 100:02}",
                name=f"School {n}",
                sector="vo",
                holiday_region="midden",
                municipality_id="0356",
            )
            for n in range(SCHOOLS)
        ],
        ignore_conflicts=True,
    )


class Watched(io.FileIO):
    """A file that notes the peak of memory when a tenth of it was read, in the last pass."""

    def __init__(self, path: Path):
        super().__init__(path)
        self.size, self.at_a_tenth = path.stat().st_size, 0

    def readinto(self, buffer):
        if self.tell() < self.size / 10:
            self.at_a_tenth = peak()
        return super().readinto(buffer)


def peak() -> int:
    """Peak of resident memory so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def time_import(path: Path, *, profile: bool) -> tuple[float, int]:
    watched = Watched(path)
    profiler = cProfile.Profile()
    if profile:
        profiler.enable()
    started, worked = time.perf_counter(), time.process_time()
    counts = read_in(io.BufferedReader(watched), name=path.name, today=TODAY)
    seconds, worked = time.perf_counter() - started, time.process_time() - worked
    if profile:
        profiler.disable()
        profiler.print_stats("cumulative")
    print(
        f"import: {seconds:.1f} s ({worked:.1f} s of them in Python), {counts.total() / seconds:.0f} reports per second"
    )
    print(f"counts: {dict(counts)}")
    return seconds, watched.at_a_tenth


def time_copy() -> tuple[float, float]:
    """Seconds for a COPY of the same rows into a table of its own: row by row from Python, and as bytes."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_copy")
        cursor.execute("CREATE TABLE bench_copy (LIKE leerplicht_absencereport)")
        with cursor.copy("COPY leerplicht_absencereport TO STDOUT") as copy:
            data = b"".join(copy)
        cursor.execute("SELECT * FROM leerplicht_absencereport")
        names = [column.name for column in cursor.description]
        cursor.execute(
            f"SELECT {', '.join(n if n != 'hours' else 'hours::text' for n in names)} FROM leerplicht_absencereport"
        )
        rows = cursor.fetchall()
        by_row = _timed(cursor, lambda copy: [copy.write_row(row) for row in rows])
        by_bytes = _timed(cursor, lambda copy: copy.write(data))
        cursor.execute("SELECT count(*) FROM bench_copy")
        assert cursor.fetchone()[0] == 2 * len(rows)
        cursor.execute("DROP TABLE bench_copy")
    return by_row, by_bytes


def _timed(cursor, write) -> float:
    started = time.perf_counter()
    with cursor.copy("COPY bench_copy FROM STDIN") as copy:
        write(copy)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("n", nargs="?", type=int, default=100_000)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    prepare()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "meldingen.csv"
        write_file(path, options.n)
        seconds, at_a_tenth = time_import(path, profile=options.profile)
    print(f"peak of memory: {at_a_tenth} MiB after a tenth of the file, {peak()} MiB at the end")
    by_row, by_bytes = time_copy()
    print(f"COPY of the same rows: {by_row:.2f} s row by row from Python, {by_bytes:.2f} s as ready bytes")
    print(f"ratio: {seconds / by_row:.1f} (row by row), {seconds / by_bytes:.1f} (ready bytes); aim: at most 40")


if __name__ == "__main__":
    main()
