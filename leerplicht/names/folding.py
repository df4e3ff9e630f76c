"""One folding for all that compares or searches names: capitals, accents, signs and special letters fall away."""

import unicodedata

# Letters that Unicode does not take apart into a letter and an accent; beside them what people type instead.
WHOLE_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ĳ": "ij",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ƒ": "f",
        "ə": "e",
        "ɛ": "e",
        "ɔ": "o",
    }
)
# The BRP and keyboards know many: typed straight, curved, turned, as an accent of its own or as a letter.
APOSTROPHES = "'’‘‛`´ʼʻʽʹʾʿˈ′‵＇ꞌ"
HYPHENS = "-‐‑‒–—―−﹣－⁃"
_NO_SIGN = str.maketrans(
    dict.fromkeys(APOSTROPHES, "") | dict.fromkeys(HYPHENS, " ") | {"·": ""} | dict.fromkeys(".,", " ")
)


def fold(text: str) -> str:
    """Lower case, without accents, apostrophes and double spaces, hyphens as spaces: "Çelik-de  Wit" is "celik de wit",
    "d’Ørsted" is "dorsted". Other scripts keep their letters. Folding what is folded changes nothing."""
    letters = _plain(text.translate(_NO_SIGN))
    return " ".join(letters.translate(_NO_SIGN).split())


def _plain(text: str) -> str:
    """Lower case before and after taking apart: some letters only then show what they are made of."""
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.casefold().translate(WHOLE_LETTERS))
        text = "".join(c for c in text if not unicodedata.combining(c))
    return text


def parts(text: str) -> tuple[str, ...]:
    """The words of a name, folded: of "El Amrani-de Wit" these are "el", "amrani", "de" and "wit"."""
    return tuple(fold(text).split())
