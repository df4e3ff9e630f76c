"""How the lists hold at size: time of a page with many dossiers over the time of the same page with few, and queries.

Usage: DATABASE_URL=postgres://… python bench/lists.py [MANY]     (an empty database with migrations)
Prints for worklist, search and one nightly round: FEW, MANY, the ratio, and the number of queries of both.
"""

import os
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.dossier.opening import open_cases
from cases.nightly import run_due
from leerplicht.law.identifiers import parse_pgn
from leerplicht.models import NotEnrolled, Pupil
from tests import world

FEW, TODAY = 500, date(2026, 11, 20)


def numbers(start: int):
    """Numbers that pass the eleven test, from a range that is not given out."""
    candidate = 990000000 + start
    while True:
        digits = str(candidate)
        if sum(w * int(d) for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)) % 11 == 0:
            yield digits
        candidate += 1


def fill(how_many: int, offset: int) -> None:
    """Dossiers of children who are enrolled nowhere, one in forty in the gemeente of the officer who looks."""
    draw, pupils = numbers(offset * 20), []
    for n in range(how_many):
        pupil = Pupil(
            first_names=f"Kind{n % 500}",
            last_name=f"Achternaam{n % 3000}",
            born=date(2013, 1, 1) + timedelta(n % 700),
            municipality_id="0356" if n % 40 == 0 else "0193",
        )
        pupil.set_pgn(parse_pgn(next(draw)))
        pupil.fill_search()
        pupils.append(pupil)
    Pupil.objects.bulk_create(pupils, batch_size=1000)
    NotEnrolled.objects.bulk_create(
        [
            NotEnrolled(pupil=p, first_day=date(2026, 9, 1) + timedelta(n % 70), how_known="meting")
            for n, p in enumerate(pupils)
        ],
        batch_size=1000,
    )
    for start in range(0, how_many, 1000):
        open_cases({p.pk: "meting" for p in pupils[start : start + 1000]}, on=TODAY)


def page(client, method: str, path: str, data=None) -> tuple[float, int]:
    times = []
    for _ in range(5):
        with CaptureQueriesContext(connection) as queries:
            begin = time.perf_counter()
            answer = getattr(client, method)(path, data or {})
            times.append(time.perf_counter() - begin)
        assert answer.status_code == 200, answer.status_code
    return median(times), len(queries)


def measure(officer) -> dict[str, tuple[float, int]]:
    client = Client()
    client.force_login(officer)
    begin = time.perf_counter()
    run_due(TODAY)
    spent = time.perf_counter() - begin
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "werkvoorraad": page(client, "get", "/werkvoorraad/?lijst=alle"),
        "zoeken op naam": page(client, "post", "/zoeken/", {"q": "Achternaam7"}),
        "zoeken op BSN": page(client, "post", "/zoeken/", {"q": Pupil.objects.first().reveal_pgn()}),
        "ronde": (spent, 0),
    }


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    officer = world.build().users["officer"]
    fill(FEW, 0)
    small = measure(officer)
    fill(many - FEW, FEW)
    large = measure(officer)
    print(f"{'':16} {FEW:>9} {many:>9}   ratio  queries")
    for name, (before, queries) in small.items():
        after, queries_after = large[name]
        print(f"{name:16} {before:9.3f} {after:9.3f} {after / before:7.1f}  {queries} -> {queries_after}")


if __name__ == "__main__":
    main()
