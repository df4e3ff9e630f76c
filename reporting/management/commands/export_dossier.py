from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.dossier.models import Case
from reporting.dossiers.making import Order, dossier_pdf
from reporting.pdf.render import RenderFailed


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
            order = Order(recipient="wie de server beheert", purpose="opdracht export_dossier")
            paper, content = dossier_pdf(case, order, by=None)
            file.write_bytes(content)
        except (RenderFailed, OSError) as problem:
            raise CommandError(f"De PDF is niet gemaakt: {problem}") from problem
        self.stdout.write(f"1 dossier geschreven naar {file} (papier {paper.number}, {len(content)} bytes)")
