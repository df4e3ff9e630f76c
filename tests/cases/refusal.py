"""How the tests of rules ask: is it possible, and if not, what is said?"""

from cases.dossier.rules import NotNow


def refusal(check, *args, **kwargs) -> str:
    """The sentence with which a rule refuses; empty when it does not."""
    try:
        check(*args, **kwargs)
    except NotNow as no:
        return str(no)
    return ""
