from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.demo import build


class Command(BaseCommand):
    help = "Maakt de demonstratieregio Lekstroom. Weigert waar al andere leerlingen staan, en buiten DEBUG."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="Niets doen als de regio er al is.")

    def handle(self, *args, if_empty=False, **options):
        if not settings.DEBUG:
            raise CommandError("Demonstratie-accounts worden alleen met DEBUG=True gemaakt.")
        if not (if_empty and build.is_made()):
            try:
                build.build(timezone.localdate())
            except build.Refused as problem:
                raise CommandError(str(problem)) from problem
        self.stdout.write(build.logins())
        self.stdout.write(build.tally())
