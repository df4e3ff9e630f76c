from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.intake.uploads import read_in
from leerplicht.imports import absence, absence_rows
from leerplicht.imports.text_files import FileRefused


class Command(BaseCommand):
    help = "Leest verzuimmeldingen in. Met --dry-run wordt alleen gekeken en niets bewaard."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args, file, dry_run=False, **options):
        try:
            with open(file, "rb") as stream:
                counts = self.look(stream) if dry_run else self.read(stream, file)
        except OSError as problem:
            raise CommandError(f"Het bestand {file} is niet te openen: {problem.strerror}.") from problem
        except FileRefused as problem:
            raise CommandError(str(problem)) from problem
        words = ["nieuw", "gewijzigd", "ongewijzigd", "ouder", "afgekeurd"]
        tail = " (alleen gekeken, niets bewaard)" if dry_run else ""
        self.stdout.write(", ".join(f"{counts[word]} {word}" for word in words) + tail)
        if counts["afgekeurd"] and counts["afgekeurd"] == counts.total():
            raise CommandError("Geen enkele regel kon worden ingelezen.")
        if not counts.total():
            raise CommandError("Het bestand bevat geen meldingen.")

    def look(self, stream):
        def each_chunk(outcome):
            for line, problem in outcome.refused:
                self.refused(line, problem)

        return absence.process(absence_rows.read_lines(stream), save=False, each_chunk=each_chunk)

    def read(self, stream, name):
        short = name.rsplit("/", 1)[-1]
        return read_in(stream, name=short, today=timezone.localdate(), report=self.refused)

    def refused(self, line, problem):
        self.stderr.write(f"regel {line.number}: {problem.field}: {problem.reason}")
