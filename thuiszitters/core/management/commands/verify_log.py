from django.core.management.base import BaseCommand, CommandError

from thuiszitters.core.log.models import AuditEvent, AuditSeal
from thuiszitters.core.log.seals import seal_log, verify

SHOWN = 100


class Command(BaseCommand):
    help = "Controleert of het inzagelogboek nog is zoals het werd geschreven, en noemt elke regel die veranderd is."

    def handle(self, *args, **options):
        seal_log()
        count = 0
        for count, broken in enumerate(verify(), start=1):
            if count <= SHOWN:
                self.stderr.write(str(broken))
        if count > SHOWN:
            self.stderr.write(f"en nog {count - SHOWN} andere")
        chains = AuditSeal.objects.values("chain").distinct().count()
        self.stdout.write(f"{chains} ketens, {AuditEvent.objects.count()} regels, {count} afwijkingen")
        if count:
            raise CommandError("Het logboek is niet meer zoals het werd geschreven.")
