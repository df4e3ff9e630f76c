"""Which terms hold for a gemeente on a day: the national ones, and what its region agreed."""

from datetime import date

from cases.agreements.models import RegionTerm
from cases.agreements.regions import RegionBook
from leerplicht.law.terms import PACT, THUISZITTER, Term

NATIONAL_TERMS = (THUISZITTER, PACT)


class TermBook:
    """The terms that hold for a gemeente on a day: the national ones, and what its region agreed."""

    def __init__(self, regions: RegionBook):
        self.regions = regions
        self.terms = list(RegionTerm.objects.all())
        self.known: dict[tuple[str, date], list[Term]] = {}

    def of(self, municipality: str, day: date) -> list[Term]:
        key = (municipality, day)
        if key not in self.known:
            regions = self.regions.of(municipality, day)
            own = {t.code: t.as_term() for t in self.terms if t.region_id in regions and t.holds_on(day)}
            self.known[key] = list(({t.code: t for t in NATIONAL_TERMS} | own).values())
        return self.known[key]
