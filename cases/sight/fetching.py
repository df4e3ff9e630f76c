"""What `cases.sight` reads of dossiers, fetched along."""

from collections.abc import Sequence

from django.db.models import Model, Prefetch, prefetch_related_objects

from cases.dossier.models import Case


def fetched(name: str, *joined: str) -> Prefetch:
    """The rows under this name (of a dossier, and from there on), joined with what each of them names."""
    model: type[Model] = Case
    for part in name.split("__"):
        found = model._meta.get_field(part).related_model
        if not isinstance(found, type):
            raise ValueError(f"{part} in {name} names no rows")
        model = found
    return Prefetch(name, queryset=model._default_manager.select_related(*joined))


SIGHT = (
    fetched("involvements", "organisation", "consent", "added_by", "ended_by"),
    fetched("consents", "owner", "recipient"),
)


def fetch_for_sight(cases: Sequence[Case]) -> None:
    """What `cases.sight` needs of these dossiers."""
    prefetch_related_objects(cases, *SIGHT)
