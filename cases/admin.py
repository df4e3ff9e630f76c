from django.contrib import admin

from cases.agreements.models import RegionTerm
from thuiszitters.core.pages.site import HouseAdmin


@admin.register(RegionTerm)
class RegionTermAdmin(HouseAdmin):
    """What a region agreed. A term that ends keeps counting for children who came home before that day."""

    list_display = ["region", "amount", "unit", "warn_days", "valid_from", "valid_until"]
    list_select_related = ["region"]
