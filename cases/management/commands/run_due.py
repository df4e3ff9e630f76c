import time
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.attachments.scanning import scan_waiting
from cases.clock.queries import computed_until
from cases.messages.acts import send_due
from cases.nightly import run_due
from thuiszitters.core.jobs.queue import work_jobs
from thuiszitters.core.log.seals import seal_log
from thuiszitters.core.words import long_date

SCANS_EVERY = 5 * 60
DIGESTS_EVERY = 15 * 60  # seconds, as the schedule of Celery beat


class Command(BaseCommand):
    help = "Eén ronde: klokken, dossiers, termijnen, signalen en wachtend werk. Met --loop blijft het werk doorgaan."

    def add_arguments(self, parser):
        parser.add_argument("--today", type=date.fromisoformat, help="Reken met deze dag (JJJJ-MM-DD).")
        parser.add_argument("--loop", action="store_true", help="Blijf draaien: de ronde eens per dag, werk elke tel.")

    def handle(self, *args, today=None, loop=False, **options):
        if loop and today:
            raise CommandError("--loop en --today gaan niet samen.")
        if today:
            self.check_not_before(today)
        self.round(today or timezone.localdate())
        while loop:
            self.rest_of_day()
            self.round(timezone.localdate())

    def check_not_before(self, day):
        """A round for a day that others were already computed after would rewrite what is true now (docs/adr/0005)."""
        until = computed_until()
        if until and day < until:
            raise CommandError(
                f"Er is al gerekend tot en met {long_date(until)}. Een ronde voor een eerdere dag zou dat "
                "overschrijven. Een ronde voor vandaag haalt alles in wat is blijven liggen."
            )

    def round(self, day):
        done = work_jobs()
        counts = run_due(day)
        seal_log()
        self.stdout.write(
            f"Ronde voor {day}: {counts['kinderen']} kinderen, {counts['gewijzigd']} gewijzigd, "
            f"{counts['geopend']} dossiers geopend, {counts['signalen']} signalen afgegeven, "
            f"{counts['ingetrokken']} ingetrokken, {counts['mislukt']} mislukt, {done} taken gedaan"
        )
        self.stdout.flush()

    def rest_of_day(self):
        """Do waiting jobs until the day changes, and now and then what must be sent."""
        day, next_digests, next_scan = timezone.localdate(), 0.0, 0.0
        while timezone.localdate() == day:
            work_jobs()
            seal_log()
            if time.monotonic() >= next_digests:
                send_due(timezone.now())
                next_digests = time.monotonic() + DIGESTS_EVERY
            if time.monotonic() >= next_scan:
                scan_waiting()
                next_scan = time.monotonic() + SCANS_EVERY
            time.sleep(1)
