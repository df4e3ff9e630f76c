"""What people mean by what they type: a date, a number of a dossier or report, a personal number, a name, or a name and
a date. Plain functions."""

import re
from dataclasses import dataclass
from datetime import date

from leerplicht.law.identifiers import parse_pgn
from leerplicht.names.nearness import Typed, typed

MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
LONGEST = 200

_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?P<year>\d{4}|\d{2})"
_SEPARATED = re.compile(rf"(?<!\d){_DAY}[-/. ]+{_MONTH}[-/. ]+{_YEAR}(?!\d)")
_TURNED = re.compile(rf"(?<!\d)(?P<year>\d{{4}})[-/.]{_MONTH}[-/.]{_DAY}(?!\d)")
_SPOKEN = re.compile(rf"(?<!\d){_DAY}[- .]*(?P<month>[a-z]{{3,9}})[-. '’]*{_YEAR}(?!\d)", re.IGNORECASE)
_TOGETHER = re.compile(r"(?<!\d)(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4}|\d{2})(?!\d)")
_TOGETHER_TURNED = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)")
_DOSSIER = re.compile(r"(?:tz)?[\s\-./]*(?:(\d{4})[\s\-./]+)?(?:(\d{4})[\s\-./]+)?(\d{1,6})", re.IGNORECASE)
_PERSONAL = re.compile(r"[\d. ]{8,14}")
SHORTEST_NUMBER = 3
NOBODY = Typed((), ())


@dataclass(frozen=True, slots=True)
class DossierNumber:
    """As much of a dossier number as was typed: TZ-`gemeente`-`year`-`count`."""

    gemeente: str
    year: str
    count: int

    @property
    def whole(self) -> str:
        return f"TZ-{self.gemeente}-{self.year}-{self.count:04}" if self.gemeente and self.year else ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text can mean; several at once where nobody can tell (107 is a dossier or a report)."""

    text: str
    born: date | None = None
    dossier: DossierNumber | None = None
    report: str = ""
    personal: str = ""
    looks_personal: bool = False
    name: Typed = NOBODY

    @property
    def words(self) -> str:
        """What was sought, for the page and the log: never what was typed."""
        if self.looks_personal and not self.born:
            return "BSN of onderwijsnummer" if self.personal else "geen geldig BSN of onderwijsnummer"
        kinds = (
            (self.dossier, "dossiernummer"),
            (self.report, "meldingsnummer"),
            (self.name, "naam"),
            (self.born, "geboortedatum"),
        )
        return " of ".join(word for meant, word in kinds if meant) or "niets"

    @property
    def may_be_repeated(self) -> bool:
        """What may be a personal number stands on no page."""
        return not self.looks_personal


def meaning_of(text: str, today: date) -> Meaning:
    """What somebody means who types this."""
    text = text.replace("\0", "").strip()[:LONGEST]
    personal, looks = _personal(text)
    born, rest = _date_in(text, today)
    name = typed(re.sub(r"\d+", " ", rest)) if re.search(r"[^\W\d_]", rest) else NOBODY
    return Meaning(
        text,
        born=born,
        dossier=_dossier(text),
        report="" if personal or born or text[:2].lower() == "tz" else _report(text),
        personal=personal,
        looks_personal=looks,
        name=NOBODY if _is_number(text) else name,
    )


def _is_number(text: str) -> bool:
    """A number with letters, as of a dossier or report: nobody is called so."""
    return bool(_DOSSIER.fullmatch(text)) or bool(re.fullmatch(r"(?=.*\d{3})[A-Za-z]+[-\w]*\d", text))


def _personal(text: str) -> tuple[str, bool]:
    """The digits of a valid personal number, and whether it looks like one."""
    digits = re.sub(r"[. ]", "", text)
    if not _PERSONAL.fullmatch(text) or not 8 <= len(digits) <= 9:
        return "", False
    try:
        return parse_pgn(digits).digits, True
    except ValueError:
        return "", len(digits) == 9 or not _TOGETHER.fullmatch(digits)


def _dossier(text: str) -> DossierNumber | None:
    found = _DOSSIER.fullmatch(text)
    if not found:
        return None
    one, two, count = found.groups()
    if one and not two and one >= "2000":  # there is no gemeente with such a code
        one, two = "", one
    return DossierNumber(one or "", two or "", int(count))


def _report(text: str) -> str:
    """A part of the number of a report: something with digits, and no name or spaces within."""
    number = re.sub(r"\s+", "-", text)
    fits = re.fullmatch(r"[\w\-./]+", number) and len(re.findall(r"\d", number)) >= SHORTEST_NUMBER
    return number if fits and not re.fullmatch(r"[^\W\d_]+-.*[^\W\d_]{3,}.*", number) else ""


def _date_in(text: str, today: date) -> tuple[date | None, str]:
    """A date in the text, and the text without it."""
    for pattern in (_TURNED, _SEPARATED, _SPOKEN, _TOGETHER_TURNED, _TOGETHER):
        for found in pattern.finditer(text):
            if day := _day(found["year"], found["month"], found["day"], today):
                return day, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def _month(word: str) -> int:
    short = {"mrt": "maa", "mar": "maa"}.get(word[:3].lower(), word[:3].lower())
    return MONTHS.index(short) + 1 if short in MONTHS else 0


def _day(year: str, month: str, day: str, today: date) -> date | None:
    whole = int(year)
    if len(year) == 2:
        whole += 2000 if whole <= today.year % 100 else 1900
    try:
        found = date(whole, int(month) if month.isdigit() else _month(month), int(day))
    except ValueError:
        return None
    return found if found.year >= 1900 and found <= today else None
