"""Everything that page and paper read of dossiers, fetched along: the same number of queries for one dossier as for
twenty. What reads a dossier (`cases.sight`, `summary`, `timeline`) uses `.all()` of these and narrows in Python;
without fetching it says the same, only slower."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from cases.dossier.models import Case
from cases.sight.fetching import SIGHT, fetched

WHOLE = (
    *SIGHT,
    fetched("contacts", "by", "organisation", "guardian"),
    fetched("notes", "by", "organisation"),
    fetched("problems", "organisation"),
    fetched("status_changes", "by"),
    fetched("assignments", "handler", "by"),
    "deadlines__flags",
    fetched("tasks", "owner", "owner_organisation"),
    fetched("steps", "done_by"),
    fetched("pauses", "by"),
    fetched("emergencies", "user", "organisation"),
    fetched("offers", "school"),
    fetched("offers__changes", "by"),
    fetched("barriers", "by", "owner"),
    fetched("reviews", "to_organisation", "owner", "reviewer", "proposed_by", "step"),
    fetched("reviews__messages", "by", "organisation"),
    fetched("decisions", "asked_by", "dropped_by", "school"),
    fetched("decisions__told", "guardian"),
    fetched("regies", "organisation", "by"),
    fetched("looks_again", "by"),
    fetched("meetings", "by"),
    "meetings__people__organisation",
    "meetings__people__guardian",
    fetched("stops", "stop__region"),
    fetched("documents", "by"),
    "documents__guardians",
    "enforcement",
    fetched("claims", "judged_by"),
    "intakes",
    fetched("pupil__reports", "school"),
    fetched("pupil__enrolments", "school"),
    "pupil__home_periods",
    "pupil__guardians",
    "pupil__not_enrolled",
    "pupil__exemptions",
    "pupil__permitted",
    "pupil__returns",
)


def fetch_whole(cases: Sequence[Case]) -> None:
    """Everything of these dossiers. What is fetched already is left as it is: read a dossier anew after writing in
    it."""
    prefetch_related_objects(cases, *WHOLE)
