"""What every page needs around its content: who is working, where they can go, and the municipality's own look."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from thuiszitters.core.access import access_of
from thuiszitters.core.roles import Right

# Right, words, URL name, and the first parts of the names of the pages that belong to it.
NAV = (
    (Right.CASE_VIEW, "Werkvoorraad", "worklist", ("worklist", "case", "search")),
    (Right.REPORT_VIEW, "Meldingen", "reports", ("report", "reports")),
    (Right.REGION_VIEW, "Regio", "region", ("region",)),
    (Right.ADMIN, "Beheer", "admin:index", ()),
    (Right.LOG_VIEW, "Inzagelogboek", "log", ("log",)),
)


@dataclass(frozen=True)
class NavItem:
    label: str
    url: str
    current: bool
    count: int | None = None


def house(request) -> dict:
    """Context processor. Error pages come here too, sometimes before anybody is known."""
    user = getattr(request, "user", None)
    rights, membership = set(), None
    if user is not None and user.is_authenticated:
        access = access_of(user)
        rights, membership = access.rights, access.main
    return {
        "house_style": settings.HOUSE_STYLE,
        "nav": list(_nav(request, rights)),
        "can_search": Right.CASE_VIEW in rights and bool(_url("search")),
        "membership": membership,
    }


def _nav(request, rights):
    for right, label, name, parts in NAV:
        if right in rights and (url := _url(name)):
            yield NavItem(label, url, _is_current(request.resolver_match, name, parts))


def _is_current(match, name, parts) -> bool:
    if match is None:
        return False
    if ":" in name:
        return match.namespace == name.split(":")[0]
    return (match.url_name or "").replace("-", "_").split("_")[0] in parts


def _url(name) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
