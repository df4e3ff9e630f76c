from contextlib import ExitStack
from itertools import chain

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.dossier.origin import SYSTEM
from cases.takeover.acts import OUTCOMES, UNCHANGED, take_over
from cases.takeover.rows import read_lines
from cases.takeover.saving.run import KNOWN, NEW
from leerplicht.imports.text_files import FileRefused


class Command(BaseCommand):
    help = "Neemt dossiers uit een ander systeem over. Met --dry-run wordt alleen gekeken en niets bewaard."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE")
        told = "naam van het vorige systeem"
        parser.add_argument("--from", dest="source", required=True, metavar="SYSTEM", help=told)
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args, files, source, dry_run=False, **options):
        source = " ".join(source.split())
        if not source or len(source) > SYSTEM:
            raise CommandError(f"De naam van het vorige systeem heeft 1 tot {SYSTEM} tekens.")
        outcome = self.read(files, source, save=not dry_run)
        for problem in outcome.problems:
            self.stderr.write(
                f"blad {problem.blad}, regel {problem.regel}: {problem.veld}: {problem.reden} ({problem.soort})"
            )
        totals = outcome.totals
        tail = " (alleen gekeken, niets bewaard)" if dry_run else ""
        self.stdout.write(", ".join(f"{totals[word]} {word}" for word in OUTCOMES) + tail)
        if not totals.total():
            raise CommandError("Er is geen regel gevonden die kan worden overgenomen.")
        if not any(totals[word] for word in (NEW, KNOWN, UNCHANGED)):
            raise CommandError("Geen enkele regel kon worden overgenomen.")

    def read(self, files, source, *, save):
        with ExitStack() as stack:
            try:
                streams = [stack.enter_context(open(file, "rb")) for file in files]
            except OSError as problem:
                told = f"Het bestand {problem.filename} is niet te openen: {problem.strerror}."
                raise CommandError(told) from problem
            lines = chain.from_iterable(self.lines(file, stream) for file, stream in zip(files, streams, strict=True))
            return take_over(lines, source=source, today=timezone.localdate(), save=save)

    def lines(self, file, stream):
        try:
            yield from read_lines(stream)
        except FileRefused as problem:
            raise CommandError(f"{file}: {problem}") from problem
