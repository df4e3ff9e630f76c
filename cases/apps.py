from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Dossiers"

    def ready(self):
        """The jobs of this floor, and how its rows follow a child: every process knows, also one that shows no page."""
        from cases.family import codes as family
        from cases.identity import join
        from cases.intake import joining, uploads
        from cases.people import acts as people
        from cases.sharing import emergency
        from cases.takeover import joining as taken_over
        from cases.takeover import uploads as takeover
        from leerplicht.services.merging import register
        from thuiszitters.core.jobs.queue import HANDLERS

        register(joining.RELATIONS | join.RELATIONS | taken_over.RELATIONS | people.RELATIONS)

        HANDLERS.update(uploads.JOBS | emergency.JOBS | takeover.JOBS | family.JOBS)
