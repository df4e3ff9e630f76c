from django.core.management.base import BaseCommand, CommandError

from leerplicht.imports.postcodes import import_postcodes
from leerplicht.imports.text_files import FileRefused

WORDS = ("nieuw", "gewijzigd", "ongewijzigd", "afgekeurd")


class Command(BaseCommand):
    help = "Leest de tabel in van postcodegebieden met hun samenwerkingsverbanden (kolommen PC4, SWV_PO en SWV_VO)."

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *args, file, **options):
        try:
            with open(file, "rb") as stream:
                outcome = import_postcodes(stream)
        except OSError as problem:
            raise CommandError(f"Het bestand {file} bestaat niet of is niet te openen.") from problem
        except FileRefused as problem:
            raise CommandError(str(problem)) from problem
        for number, problem in outcome.refused:
            self.stderr.write(f"regel {number}: {problem.field}: {problem.reason}")
        self.stdout.write(", ".join(f"{outcome.counts[word]} {word}" for word in WORDS))
        if outcome.counts["afgekeurd"] == outcome.counts.total():
            raise CommandError("Geen enkele postcode kon worden ingelezen.")
