from django.core.management.base import BaseCommand, CommandError

from leerplicht.imports.schools import SchoolOutcome, import_schools
from leerplicht.imports.text_files import FileRefused
from leerplicht.models import School

WORDS = ("nieuw", "gewijzigd", "ongewijzigd", "gesloten", "heropend", "afgekeurd")


class Command(BaseCommand):
    help = (
        "Leest schoolvestigingen in uit het open databestand van DUO (basisonderwijs of voortgezet onderwijs). "
        "Scholen die niet meer in het bestand staan worden gesloten, behalve als dat er meer dan een vijfde zijn of "
        "als een regel geen leesbare vestigingscode heeft: dan lijkt het bestand onvolledig."
    )

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument(
            "--close-missing", action="store_true", help="Sluit alle scholen die niet in het bestand staan."
        )

    def handle(self, *args, file, close_missing=False, **options):
        try:
            with open(file, "rb") as stream:
                outcome = import_schools(stream, close_missing=close_missing)
        except OSError as problem:
            raise CommandError(f"Het bestand {file} bestaat niet of is niet te openen.") from problem
        except FileRefused as problem:
            raise CommandError(str(problem)) from problem
        self.report(outcome)

    def report(self, outcome: SchoolOutcome):
        for number, problem in outcome.refused:
            self.stderr.write(f"regel {number}: {problem.field}: {problem.reason}")
        if outcome.left_open:
            self.stdout.write(
                f"{outcome.left_open} scholen ({School.Sector(outcome.sector).label}) staan niet in dit bestand en "
                "blijven open, want het bestand lijkt onvolledig. Zijn ze echt gesloten? Gebruik dan --close-missing."
            )
        self.stdout.write(", ".join(f"{outcome.counts[word]} {word}" for word in WORDS))
        if outcome.counts["afgekeurd"] == sum(n for word, n in outcome.counts.items() if word != "gesloten"):
            raise CommandError("Geen enkele school kon worden ingelezen.")
