"""What every page shows of the dossiers: how much is new for who looks."""

from django.utils.functional import SimpleLazyObject

from cases.worklist.waiting import count_new


def new_for_me(request) -> dict:
    """Context processor: a number in the menu, asked only by a page that shows it. Not while a form is sent."""
    user = getattr(request, "user", None)
    if request.method != "GET" or user is None or not user.is_authenticated or getattr(request, "htmx", False):
        return {"new_for_me": 0}
    return {"new_for_me": SimpleLazyObject(lambda: count_new(user))}
