from django.core.management.base import BaseCommand

from leerplicht.models import Guardian, Pupil
from leerplicht.names.damaged import damaged

NAMES = {Pupil: ("first_names", "prefix", "last_name"), Guardian: ("name",)}


class Command(BaseCommand):
    help = "Zoekt namen die bij het inlezen zijn beschadigd (JosÃ©). Wijzigt niets; verbeteren doet de gemeente."

    def handle(self, *args, **options):
        counts = {model: self.look(model, fields) for model, fields in NAMES.items()}
        self.stdout.write(f"{counts[Pupil]} leerlingen en {counts[Guardian]} ouders met een naam die beschadigd lijkt")

    def look(self, model, fields) -> int:
        """One line per row: of which gemeente, which row, which field, and the length; no name leaves the database."""
        found = 0
        for row in model.objects.only(*fields, "pk").order_by("pk").iterator(chunk_size=1000):
            wrong = [name for name in fields if damaged(getattr(row, name))]
            found += bool(wrong)
            if wrong:
                labels = ", ".join(str(model._meta.get_field(name).verbose_name) for name in wrong)
                self.stdout.write(f"{model._meta.verbose_name} {row.pk}: {labels}")
        return found
