"""Which terms hold for a gemeente on a day: the national ones, and what its region agreed."""

from datetime import date

from cases.agreements.kinds import DossierKind
from cases.agreements.models import RegionTerm
from cases.agreements.regions import RegionBook
from leerplicht.law.terms import PACT, THUISZITTER, Term

NATIONAL_TERMS = (THUISZITTER, PACT)


class TermBook:
    """The terms that hold for a gemeente on a day: the national ones, and what its region agreed."""

    def __init__(self, regions: RegionBook):
        self.regions = regions
        self.terms = list(RegionTerm.objects.all())
        self.known: dict[tuple[str, date, str], list[Term]] = {}

    @property
    def by_kind(self) -> bool:
        """Whether some region has a term for one kind of dossier."""
        return any(t.kind for t in self.terms)

    def of(self, municipality: str, day: date, kind: DossierKind = DossierKind.ALL) -> list[Term]:
        """Those for all dossiers and those for this kind; of one length that for the kind."""
        key = (municipality, day, kind)
        if key not in self.known:
            regions = self.regions.of(municipality, day)
            rows = sorted(self.terms, key=lambda t: t.kind)
            holding = [t for t in rows if t.region_id in regions and t.holds_on(day) and t.kind in ("", kind)]
            own = {t.code: t.as_term() for t in holding}
            self.known[key] = list(({t.code: t for t in NATIONAL_TERMS} | own).values())
        return self.known[key]
