from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "thuiszitters.core"
    label = "core"
    verbose_name = "Beheer"
