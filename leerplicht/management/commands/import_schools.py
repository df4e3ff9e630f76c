from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from leerplicht.imports.schools import WORDS, SchoolOutcome, import_schools
from leerplicht.imports.text_files import FileRefused
from leerplicht.models import School


class Command(BaseCommand):
    help = (
        "Leest schoolvestigingen in uit het open databestand van DUO. Zegt het bestand zelf niet welke soort onderwijs "
        "het is, geef dan --sector. Scholen van een andere soort blijven zoals ze zijn. Is het bestand ouder dan wat "
        "al is ingelezen of lijkt het afgebroken, dan verandert er niets zonder --accept-closures."
    )

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument(
            "--sector",
            choices=School.Sector.values,
            default=School.Sector.PO,
            help="De soort onderwijs, als het bestand die niet zegt. Anders basisonderwijs.",
        )
        parser.add_argument(
            "--accept-closures", action="store_true", help="Lees ook in als het bestand ouder is of veel scholen sluit."
        )

    def handle(self, *args, file, sector=School.Sector.PO, accept_closures=False, **options):
        try:
            with open(file, "rb") as stream:
                outcome = import_schools(stream, name=Path(file).name, sector=sector, accept=accept_closures)
        except OSError as problem:
            raise CommandError(f"Het bestand {file} bestaat niet of is niet te openen.") from problem
        except FileRefused as problem:
            raise CommandError(str(problem)) from problem
        self.report(outcome)

    def report(self, outcome: SchoolOutcome):
        for number, problem in outcome.refused:
            self.stderr.write(f"regel {number}: {problem.field}: {problem.reason}")
        labels = ", ".join(sorted(School.Sector(sector).label for sector in outcome.sectors))
        counts = ", ".join(f"{outcome.counts[word]} {word}" for word in WORDS)
        if outcome.nothing_read:
            self.stdout.write(counts)
            raise CommandError("Geen enkele school kon worden ingelezen.")
        if not outcome.saved:
            self.stdout.write(f"Niet ingelezen ({labels}). Anders zou het zijn: {counts}")
            raise CommandError(f"{' '.join(outcome.doubts)} Klopt dit? Gebruik dan --accept-closures.")
        self.stdout.write(f"Ingelezen: {labels}.")
        self.stdout.write(counts)
