"""To which region a gemeente belongs on a day."""

from datetime import date

from thuiszitters.core.models import OrganisationLink


class RegionBook:
    """Read once, asked often."""

    def __init__(self):
        links = OrganisationLink.objects.filter(kind=OrganisationLink.Kind.HAS_MEMBER, other__kind="gemeente")
        self.links = list(links.select_related("other"))

    def of(self, municipality: str, day: date) -> set[int]:
        """Ids of the regions."""
        return {link.organisation_id for link in self.links if link.other.code == municipality and link.holds_on(day)}
