from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Dossiers"

    def ready(self):
        from cases.services import uploads  # noqa: F401  (registers its jobs)
