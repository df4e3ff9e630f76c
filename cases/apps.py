from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Dossiers"

    def ready(self):
        from cases.intake import uploads  # noqa: F401  (registers its job)
        from cases.sharing import emergency  # noqa: F401  (registers its job)
