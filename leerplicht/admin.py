from django.contrib import admin
from simple_history.utils import bulk_update_with_history

from leerplicht.models import Municipality, PostcodeArea, School, SchoolBoard, SchoolDay
from thuiszitters.core.pages.site import HouseAdmin, may_administer
from thuiszitters.core.words import counted


class OwnDays(admin.TabularInline):
    """Study days and other days on which this school differs from its region."""

    model = SchoolDay
    extra = 1

    def has_view_permission(self, request, obj=None):
        return may_administer(request)

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


def _set_sector(sector: School.Sector):
    """For schools that came in under another kind of education: a file of their own kind refuses them until then."""

    def act(model_admin, request, schools):
        chosen = list(schools)
        for school in chosen:
            school.sector = sector
        bulk_update_with_history(chosen, School, ["sector"], batch_size=500, default_user=request.user)
        model_admin.message_user(request, f"{counted(len(chosen), 'school is', 'scholen zijn')} nu {sector.label}.")

    act.__name__, act.short_description = f"set_{sector.value}", f"Soort onderwijs: {sector.label}"
    return act


@admin.register(School)
class SchoolAdmin(HouseAdmin):
    list_display = ["code", "name", "place", "sector", "holiday_region", "closed_on"]
    list_filter = ["sector", "holiday_region"]
    search_fields = ["code", "name", "place"]
    inlines = [OwnDays]
    actions = [_set_sector(sector) for sector in School.Sector]


@admin.register(SchoolBoard)
class SchoolBoardAdmin(HouseAdmin):
    list_display = ["number", "name"]
    search_fields = ["number", "name"]


@admin.register(PostcodeArea)
class PostcodeAreaAdmin(HouseAdmin):
    list_display = ["digits", "verband_po", "verband_vo"]
    search_fields = ["digits", "verband_po", "verband_vo"]


@admin.register(Municipality)
class MunicipalityAdmin(HouseAdmin):
    list_display = ["code", "name", "holiday_region", "last_day", "successor"]
    search_fields = ["code", "name"]
    list_select_related = ["successor"]
    # These change by a herindeling, with all that hangs on them.
    readonly_fields = ["last_day", "successor"]
