"""Everything that page and paper read of dossiers, fetched along: the same number of queries for one dossier as for
twenty. What reads a dossier (`cases.sight`, `cases.summary`, `cases.timeline`) uses `.all()` of these and narrows in
Python; without fetching it says the same, only slower."""

from collections.abc import Sequence

from django.db.models import Prefetch, prefetch_related_objects

from cases.models import Case


def _with(name: str, *joined: str) -> Prefetch:
    """The rows under this name (of a dossier, and from there on), joined with what each of them names."""
    model = Case
    for part in name.split("__"):
        model = model._meta.get_field(part).related_model
    return Prefetch(name, queryset=model._default_manager.select_related(*joined))


SIGHT = (
    _with("involvements", "organisation", "consent"),
    _with("consents", "owner", "recipient"),
)
WHOLE = (
    *SIGHT,
    _with("contacts", "by", "organisation", "guardian"),
    _with("notes", "by", "organisation"),
    _with("problems", "organisation"),
    _with("status_changes", "by"),
    _with("assignments", "handler", "by"),
    "deadlines__flags",
    _with("tasks", "owner", "owner_organisation"),
    _with("steps", "done_by"),
    _with("pauses", "by"),
    _with("emergencies", "user", "organisation"),
    _with("offers", "school"),
    _with("offers__changes", "by"),
    _with("barriers", "by", "owner"),
    _with("reviews", "to_organisation", "owner", "reviewer", "proposed_by", "step"),
    _with("reviews__messages", "by", "organisation"),
    _with("decisions", "asked_by", "dropped_by", "school"),
    _with("decisions__told", "guardian"),
    _with("regies", "organisation", "by"),
    _with("looks_again", "by"),
    _with("meetings", "by"),
    "meetings__people__organisation",
    "meetings__people__guardian",
    _with("stops", "stop__region"),
    _with("documents", "by"),
    "documents__guardians",
    "enforcement",
    _with("claims", "judged_by"),
    "intakes",
    _with("pupil__reports", "school"),
    _with("pupil__enrolments", "school"),
    "pupil__home_periods",
    "pupil__guardians",
    "pupil__not_enrolled",
    "pupil__exemptions",
    "pupil__permitted",
    "pupil__returns",
)  # fmt: skip


def fetch_whole(cases: Sequence[Case]) -> None:
    """Everything of these dossiers. What is fetched already is left as it is: read a dossier anew after writing in
    it."""
    prefetch_related_objects(cases, *WHOLE)


def fetch_for_sight(cases: Sequence[Case]) -> None:
    """What `cases.sight` needs of these dossiers."""
    prefetch_related_objects(cases, *SIGHT)
