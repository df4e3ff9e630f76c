"""Who can look along, and how long a code holds. No Django here (docs/adr/0046)."""

from datetime import timedelta

# Of which letters and digits a code is: none that can be read as another one.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH, PIN_LENGTH = 10, 6
INVITED_FOR = timedelta(days=14)  # a letter takes days
ASKED_FOR = timedelta(minutes=15)  # somebody waits for the mail
BETWEEN = timedelta(minutes=2)
MOST_A_DAY = 10
MOST_TRIES = 5  # wrong pincodes, until somebody invites anew
CHILD_FROM, ADULT_FROM = 12, 18

NOT_HERE = "Uw gemeente laat ouders en kinderen niet meekijken. De beheerder kan dat aanzetten."
SECRET = "Er is een geheim adres bij dit kind. Dan kan deze ouder niet meekijken: wat hier staat, kan ernaar leiden."
NO_GEZAG = "Alleen wie gezag heeft, kan meekijken. Leg bij deze ouder vast of dat zo is."
ENDED = "Deze persoon is geen ouder of verzorger meer."
TOO_YOUNG = "Een kind kan meekijken vanaf 12 jaar."
GROWN_UP = "Deze jongere is 18 jaar. Dan kijken ouders niet meer mee."


def why_not_parent(*, gezag: bool, holds: bool, age: int, secret: bool) -> str:
    """Why this parent or guardian cannot look along today; empty when nothing stands in the way."""
    if not holds:
        return ENDED
    if age >= ADULT_FROM:
        return GROWN_UP
    if secret:
        return SECRET
    return "" if gezag else NO_GEZAG


def why_not_child(age: int) -> str:
    """The same for the child itself."""
    return "" if age >= CHILD_FROM else TOO_YOUNG


def plain_code(typed: str) -> str:
    """A code as somebody typed it, without spaces and dashes: `abcde fghjk` is `ABCDEFGHJK`."""
    return "".join(c for c in typed.upper() if c.isalnum())


def in_two(code: str) -> str:
    """As it is written and read aloud: ABCDE-FGHJK."""
    return f"{code[: CODE_LENGTH // 2]}-{code[CODE_LENGTH // 2 :]}"
