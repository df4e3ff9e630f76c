from django.core.management.base import BaseCommand, CommandError

from thuiszitters.core.sealed.rotation import rotate_all


class Command(BaseCommand):
    help = (
        "Versleutelt met de eerste sleutel van PGN_KEYS wat met een oudere is versleuteld, terwijl iedereen doorwerkt. "
        "Met --check wordt alleen geteld; klaar om de oude sleutel weg te halen is het bij 0 oud."
    )

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, check=False, **options):
        counts = rotate_all(save=not check)
        words = ("oud",) if check else ("vernieuwd", "overgeslagen")
        self.stdout.write(", ".join(f"{counts[w]} {w}" for w in (*words, "onveranderd", "onleesbaar")))
        if counts["onleesbaar"]:
            raise CommandError("Voor een deel past geen enkele sleutel. Zet de oude sleutel terug in PGN_KEYS.")
        if counts["oud"] or counts["overgeslagen"]:
            raise CommandError("Er is nog werk over. Draai rotate_keys (opnieuw) en houd de oude sleutel zo lang.")
