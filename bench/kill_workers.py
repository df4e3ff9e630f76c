"""F-01: 200 packs are ordered, four workers make them, and every two seconds one of them is killed, thirty times.

Usage: DATABASE_URL=… [REDIS_URL=…] python bench/kill_workers.py [PACKS] [KILLS]     (an empty database with migrations)
With REDIS_URL a Celery worker with four processes and beat as in production; without, four processes that look for work
as `run_due --loop` does. Passes when every pack is made once: one file each, the fingerprint that the list says, no
file without a row, the last one ready within five minutes after the last kill.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings_kill")

LOOP = """
import django; django.setup()
import time
from thuiszitters.core.jobs.queue import work_jobs
while True:
    work_jobs(limit=1)
    time.sleep(0.2)
"""
CELERY = [sys.executable, "-m", "celery", "--app", "thuiszitters.celery:app"]


def fill(packs: int) -> None:
    """A small region, one dossier, and the packs, all for it."""
    from cases.stops import acts as stops
    from reporting.packs.acts import ask
    from reporting.papers.variants import Variant
    from tests import world
    from tests.cases.stops.test_stops import a_stop

    lekstroom = world.build()
    case = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
    stop = a_stop(lekstroom)
    stops.add_cases(stop, [case], by=lekstroom.officer)
    for n in range(packs):
        ask(stop, level=Variant.VOLLEDIG, recipient=f"lezer {n}", purpose="proef", by=lekstroom.officer)


class Workers:
    """Four processes that work; a killed one is started again, as a supervisor would."""

    def __init__(self, celery: bool):
        self.celery, self.running = celery, []
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": ROOT}
        self.start = lambda command: subprocess.Popen(command, **quiet)
        if celery:
            self.main = self.start([*CELERY, "worker", "--concurrency", "4", "--loglevel", "error"])
            self.beat = self.start(
                [*CELERY, "beat", "--loglevel", "error", "--schedule", str(Path(tempfile.mkdtemp()) / "beat")]
            )
        else:
            self.running = [self.start([sys.executable, "-c", LOOP]) for _ in range(4)]

    def kill_one(self) -> None:
        if self.celery:
            children = Path(f"/proc/{self.main.pid}/task/{self.main.pid}/children").read_text().split()
            if children:
                os.kill(int(random.choice(children)), signal.SIGKILL)
            return
        at = random.randrange(len(self.running))
        self.running[at].kill()
        self.running[at].wait()
        self.running[at] = self.start([sys.executable, "-c", LOOP])

    def stop(self) -> None:
        for process in [self.main, self.beat] if self.celery else self.running:
            process.kill()
            process.wait()


def main(packs: int, kills: int) -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from reporting.packs.models import Pack
    from reporting.papers.models import Paper
    from thuiszitters.core.files import keeping as files
    from thuiszitters.core.files.models import StoredFile

    fill(packs)
    workers = Workers(bool(settings.REDIS_URL))
    begun = time.monotonic()
    time.sleep(3)
    for _ in range(kills):
        time.sleep(2)
        workers.kill_one()
    last_kill, ready = time.monotonic(), 0
    while ready < packs and time.monotonic() - last_kill < 600:
        time.sleep(1)
        connection.close()
        ready = Pack.objects.filter(made_at__isnull=False).count()
    took = time.monotonic() - last_kill
    workers.stop()
    names = set(Pack.objects.values_list("file__name", flat=True))
    prints = dict(Pack.objects.values_list("file__sha256", "paper__sha256"))
    checked = files.check_files()
    doubled = StoredFile.objects.count() - ready
    tries = sorted(Pack.objects.values_list("job__tries", flat=True))
    stray = len([p for p in (Path(settings.MEDIA_ROOT) / "stapels").iterdir() if f"stapels/{p.name}" not in names])
    how = "Celery and Redis" if workers.celery else "embedded"
    print(f"{packs} packs, {kills} kills in {last_kill - begun:.0f} s, {how}")
    print(
        f"made {ready}, lost {packs - ready}, doubled {doubled}, damaged {checked['beschadigd']}, loose files {stray}"
    )
    print(f"last ready {took:.0f} s after the last kill; more than one try for {sum(t > 1 for t in tries)}")
    same = all(a == b for a, b in prints.items()) and Paper.objects.exclude(sha256="").count() == ready
    passed = ready == packs and not doubled and same and took < 300
    print("PASSED" if passed else "FAILED")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(int((sys.argv[1:] or ["200"])[0]), int((sys.argv[2:] or ["30"])[0])))
