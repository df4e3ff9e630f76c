"""The administration pages: for who holds a role with the right to administer, today. No personal data of children."""

from django.contrib import admin

from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right


def may_administer(request) -> bool:
    return Right.ADMIN in access_of(request.user).rights


class HouseAdminSite(admin.AdminSite):
    site_header = "Thuiszitters: beheer"
    site_title = "Beheer"
    index_title = "Wat wilt u beheren?"
    site_url = "/"

    def has_permission(self, request):
        return may_administer(request)


class HouseAdmin(admin.ModelAdmin):
    """Administrators add and change; nothing is deleted, things end on a date."""

    def has_module_permission(self, request):
        return may_administer(request)

    def has_view_permission(self, request, obj=None):
        return may_administer(request)

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission

    def has_delete_permission(self, request, obj=None):
        return False
