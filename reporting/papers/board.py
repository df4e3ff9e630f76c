"""Who governs gets no names, on a single paper as in a pack: a wethouder, minister or board speaks about how many and
why, not about whom (domain 8.2, data minimisation). Who decides about one child reads that in the application."""

import re

WORDS = re.compile(
    r"\b(wethouders?|burgemeesters?|ministers?|ministerie|staatssecretaris(?:sen)?|gemeenteraad|raadsl(?:id|eden)|"
    r"\w*bestuur(?:ders?|slid|sleden)?|college van b ?(?:&|en) ?w|raad van toezicht)\b",
    re.IGNORECASE,
)
NO_NAMES = "{word} krijgt geen namen. Kies een papier zonder namen, of schrijf op wie van uw organisatie dit leest."


def governs(recipient: str) -> str:
    """The word by which a reader that somebody typed is one who governs; empty for anybody else."""
    found = WORDS.search(recipient)
    return found[0] if found else ""
