"""The door to a form that acts on a row: refused before anything is typed, and on record."""

from cases.acting.access import NotYours, Owned, check_may_act
from cases.acting.matrix import Act, May
from cases.dossier.models import Case
from cases.sight.looks import log_refused


def must_be_ours(request, act: Act, owned: Owned, case: Case, *, wanted: May = May.ACT) -> None:
    """NotYours, with a row in the log of looks, for who may not do this on the row."""
    try:
        check_may_act(act, owned, case, request.user, wanted=wanted)
    except NotYours:
        log_refused(request.user, case.number)
        raise
