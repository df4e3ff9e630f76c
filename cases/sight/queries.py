"""Which dossiers somebody reads the course of events of, as a condition within a query."""

from django.db.models import Exists, Q, TextField
from django.db.models.functions import Cast

from cases.dossier.queries import involvements_of
from cases.parts.matrix import MATRIX, Level, Part
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.roles import MUNICIPAL_ROLES, Role
from thuiszitters.core.people.users import User


def reads_course(user: User) -> Q:
    """Dossiers of which the user reads the course of events: of an own gemeente, or because it was shared with an own
    organisation (docs/adr/0011). As `Sight.course`, for use within a query on dossiers; emergencies not counted."""
    seats = [m for m in access_of(user).memberships if MATRIX[Role(m.role)][Part.VERLOOP] >= Level.READ]
    municipal = [access_of(user).codes_of(m) for m in seats if Role(m.role) in MUNICIPAL_ROLES]
    # The list of parts as text, because SQLite cannot look into a JSON list; no part is a piece of another one.
    shares = involvements_of({m.organisation_id for m in seats}).annotate(shown=Cast("parts", TextField()))
    shared = shares.filter(shown__contains=f'"{Part.VERLOOP.value}"')
    return Q(municipality__in=set().union(*municipal)) | Q(Exists(shared))
