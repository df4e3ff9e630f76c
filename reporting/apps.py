from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Papieren en cijfers"

    def ready(self):
        """The jobs of this floor: every process knows how to do them, also one that shows no page."""
        from reporting.packs import acts as packs
        from thuiszitters.core.jobs.queue import HANDLERS

        HANDLERS.update(packs.JOBS)
