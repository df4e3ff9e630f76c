from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Dossiers"

    def ready(self):
        """The jobs of this floor: every process knows how to do them, also one that shows no page."""
        from cases.intake import uploads
        from cases.sharing import emergency
        from cases.takeover import uploads as takeover
        from thuiszitters.core.jobs.queue import HANDLERS

        HANDLERS.update(uploads.JOBS | emergency.JOBS | takeover.JOBS)
