from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group

from thuiszitters.core.pages.site import HouseAdmin, may_administer
from thuiszitters.core.people.organisations import Membership, Organisation, OrganisationLink
from thuiszitters.core.people.users import User

admin.site.unregister(Group)


class Memberships(admin.TabularInline):
    model = Membership
    fk_name = "user"
    extra = 0

    def has_view_permission(self, request, obj=None):
        return may_administer(request)

    has_add_permission = has_change_permission = has_view_permission

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(User)
class HouseUserAdmin(HouseAdmin, UserAdmin):
    """Accounts. Rights come from the roles below, so the fields of Django for that are not shown."""

    list_display = ["email", "first_name", "last_name", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["email", "first_name", "last_name"]
    ordering = ["last_name"]
    fieldsets = [(None, {"fields": ["email", "password", "first_name", "last_name", "is_active"]})]
    add_fieldsets = [(None, {"fields": ["email", "first_name", "last_name", "password1", "password2"]})]
    filter_horizontal = []
    inlines = [Memberships]


@admin.register(Organisation)
class OrganisationAdmin(HouseAdmin):
    list_display = ["name", "kind", "code"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]


@admin.register(OrganisationLink)
class OrganisationLinkAdmin(HouseAdmin):
    list_display = ["organisation", "kind", "other", "valid_from", "valid_until"]
    list_filter = ["kind"]
    list_select_related = ["organisation", "other"]


@admin.register(Membership)
class MembershipAdmin(HouseAdmin):
    list_display = ["user", "role", "organisation", "valid_from", "valid_until"]
    list_filter = ["role"]
    search_fields = ["user__email", "user__last_name"]
    list_select_related = ["user", "organisation"]
