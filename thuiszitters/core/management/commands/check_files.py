from django.core.management.base import BaseCommand, CommandError

from thuiszitters.core.files.keeping import check_files
from thuiszitters.core.files.models import StoredFile


class Command(BaseCommand):
    help = "Vergelijkt elk bewaard bestand met zijn vingerafdruk en ruimt op wat bij geen enkele regel hoort."

    def handle(self, *args, **options):
        counts = check_files()
        for file in StoredFile.objects.exclude(fault=""):
            self.stdout.write(f"{file.name}: {file.get_fault_display()}")
        line = (
            f"{counts['bestanden']} bestanden, {counts['beschadigd']} beschadigd, {counts['los']} zonder regel, "
            f"{counts['opgeruimd']} resten van afgebroken werk weggehaald"
        )
        if counts["beschadigd"]:
            raise CommandError(line)
        self.stdout.write(line)
