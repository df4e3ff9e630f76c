from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.models import Case
from reporting.dossier import dossier_pdf
from reporting.render import RenderFailed


class Command(BaseCommand):
    help = "Schrijft een dossier als PDF. Zonder gebruiker: alles wat de gemeente van het dossier mag lezen."

    def add_arguments(self, parser):
        parser.add_argument("number")
        parser.add_argument("file", type=Path)

    def handle(self, *args, number, file, **options):
        cases = Case.objects.select_related("pupil__municipality", "municipality", "handler")
        case = cases.filter(number=number).first()
        if not case:
            raise CommandError(f"Dossier {number} bestaat niet.")
        try:
            paper = dossier_pdf(case, by=None, purpose="opdracht export_dossier")
            file.write_bytes(paper)
        except (RenderFailed, OSError) as problem:
            raise CommandError(f"De PDF is niet gemaakt: {problem}") from problem
        self.stdout.write(f"1 dossier geschreven naar {file} ({len(paper)} bytes)")
