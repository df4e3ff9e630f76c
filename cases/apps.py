from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Dossiers"

    def ready(self):
        from cases.services import emergency, uploads  # noqa: F401  (they register their jobs)
