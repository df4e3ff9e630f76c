"""Everything that page and paper read of dossiers, fetched along: the same number of queries for one dossier as for
twenty. What reads a dossier (`cases.sight`, `summary`, `timeline`) uses `.all()` of these and narrows in Python;
without fetching it says the same, only slower."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from cases.course.rooms import FETCHED
from cases.dossier.models import Case
from cases.sight.signing import remember_signers


def fetch_whole(cases: Sequence[Case]) -> None:
    """Everything of these dossiers. What is fetched already is left as it is: read a dossier anew after writing in
    it."""
    prefetch_related_objects(cases, *FETCHED)
    remember_signers(cases, [name if isinstance(name, str) else name.prefetch_through for name in FETCHED])
