from django.contrib import admin

from leerplicht.models import Municipality, School, SchoolDay
from thuiszitters.core.pages.site import HouseAdmin, may_administer


class OwnDays(admin.TabularInline):
    """Study days and other days on which this school differs from its region."""

    model = SchoolDay
    extra = 1

    def has_view_permission(self, request, obj=None):
        return may_administer(request)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(School)
class SchoolAdmin(HouseAdmin):
    list_display = ["code", "name", "place", "sector", "holiday_region", "closed_on"]
    list_filter = ["sector", "holiday_region"]
    search_fields = ["code", "name", "place"]
    inlines = [OwnDays]


@admin.register(Municipality)
class MunicipalityAdmin(HouseAdmin):
    list_display = ["code", "name", "holiday_region"]
    search_fields = ["code", "name"]
