"""What every page needs around its content: who is working, where they can go, and the municipality's own look."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, reverse

from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import Right

# One of these rights (none named: every role), words, URL name, and other first parts of addresses that belong to it.
NAV: tuple[tuple[set[Right], str, str, set[str]], ...] = (
    (set(), "Vandaag", "waiting", {"agenda", "berichten", "voorstellen"}),
    ({Right.CASE_VIEW}, "Werkvoorraad", "worklist", {"dossier", "dossiers", "zoeken"}),
    ({Right.REPORT_VIEW}, "Meldingen", "reports", set()),
    ({Right.CASE_WORK}, "Verzoeken", "referrals", set()),
    ({Right.REVIEW}, "Opschalingen", "reviews", set()),
    ({Right.EXPORT, Right.REGION_VIEW}, "Thuiszitterstop", "stops", set()),
    ({Right.DECIDE}, "Besluiten", "decisions", set()),
    ({Right.REGION_VIEW}, "Regio", "region", set()),
    ({Right.ADMIN}, "Beheer", "admin:index", set()),
    ({Right.ADMIN}, "Scholen inlezen", "schools-upload", set()),
    ({Right.ADMIN}, "Herindeling", "redivisions", set()),
    ({Right.ADMIN}, "Sjablonen", "letter-templates", set()),
    ({Right.ADMIN}, "Meekijken", "family-doors", set()),
    ({Right.ADMIN}, "Losse regels", "lines-adrift", set()),
    ({Right.LOG_VIEW}, "Inzagelogboek", "log", set()),
)


@dataclass(frozen=True)
class NavItem:
    label: str
    url: str
    current: bool
    name: str = ""


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
        "can_digest": Right.CASE_VIEW in rights and bool(_url("digest")),
        "can_papers": bool(rights & {Right.EXPORT, Right.LOG_VIEW}) and bool(_url("papers")),
        "can_emergency": Right.EMERGENCY in rights and bool(_url("emergency")),
        "membership": membership,
    }


def _nav(request, rights):
    here = _first_part(request.path)
    for wanted, label, name, others in NAV:
        if rights and (not wanted or wanted & rights) and (url := _url(name)):
            yield NavItem(label, url, here in {_first_part(url), *others}, name)


def _first_part(path) -> str:
    """werkvoorraad, of /werkvoorraad/export.csv; what a proxy puts before our addresses does not count."""
    return path.removeprefix(get_script_prefix()).strip("/").split("/")[0]


def _url(name) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
