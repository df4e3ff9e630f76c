from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class CoreConfig(AppConfig):
    name = "thuiszitters.core"
    label = "core"
    verbose_name = "Organisaties en gebruikers"
    default = True

    def ready(self):
        from thuiszitters.core import checks  # noqa: F401  (registers itself)


class HouseAdminConfig(admin_apps.AdminConfig):
    """The administration pages of Django, opened by the rights of the house instead of `is_staff`."""

    default_site = "thuiszitters.core.pages.site.HouseAdminSite"
    default = False
