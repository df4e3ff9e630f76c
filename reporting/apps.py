from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Papieren en cijfers"

    def ready(self):
        """Every process that works must know how packs are made, also one that shows no page."""
        from reporting.packs import acts  # noqa: F401
