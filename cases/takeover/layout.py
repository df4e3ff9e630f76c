"""The sheets of a file from another system: which columns each has, and how a cell is read. No database.

Dates, numbers and codes are read by the same functions as in the absence report file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.dossier.results import RESULTS
from cases.dossier.states import STATES
from cases.parts.matrix import Part
from cases.takeover.models import KEY, TakenOver
from cases.work.models import Contact, Note
from leerplicht.imports.absence_rows import parse_date
from leerplicht.law.exemptions import LABELS
from leerplicht.law.home import Kind as Absence
from leerplicht.law.identifiers import parse_municipality, parse_pgn
from leerplicht.models import Guardian
from leerplicht.models.origin import LONGEST_WRITER

LONG_TEXT = 20_000
SHORT_TEXT = 200
LONGEST_LIST = 250
Read = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """`read` makes a value of what stands in a cell; ValueError: a Dutch sentence. An empty cell gives None, or an
    empty text for a column of text; `needed`: it may not be empty."""

    name: str
    read: Read | None = None
    needed: bool = False
    longest: int = SHORT_TEXT

    def value(self, text: str) -> Any:
        text = text.strip()
        if "\0" in text:
            raise ValueError("bevat een teken dat niet kan (NUL)")
        if len(text) > self.longest:
            raise ValueError(f"is langer dan {self.longest} tekens")
        if not text and self.needed:
            raise ValueError("is leeg")
        if self.read is None:
            return text
        return self.read(text) if text else None


def day(text: str) -> date:
    found = parse_date(text)
    if not found:
        raise ValueError("is geen bestaande datum; schrijf 05-10-2026 of 2026-10-05")
    return found


def yes_no(text: str) -> bool:
    answers = {"j": True, "ja": True, "n": False, "nee": False}
    if text.lower() not in answers:
        raise ValueError("moet ja of nee zijn")
    return answers[text.lower()]


def count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError("moet een heel getal zijn")
    return int(text[:9])


def one_of(choices: Iterable[tuple[str, str]]) -> Read:
    """A code or its words, in any case. When it is neither, the choices are named, unless there are many."""
    choices = list(choices)
    known = {spoken.lower(): code for code, word in choices for spoken in (code, word)}
    listed = ", ".join(word for _, word in choices)

    def read(text: str) -> str:
        if text.lower() not in known:
            raise ValueError(f"is geen van de keuzes{f': {listed}' if len(listed) <= LONGEST_LIST else ''}")
        return known[text.lower()]

    return read


# What is written for enforcement is a police record (Wet politiegegevens): a boa records it, no file brings it in.
PARTS = [(part.value, part.value) for part in (Part.VERLOOP, Part.GEZONDHEID, Part.VEILIGHEID)]
JOIN, OTHER = "bekend", "ander kind"
KEY_OF_ITS_OWN = Column("sleutel", needed=True, longest=KEY)
OF_CHILD = Column("kind_sleutel", needed=True, longest=KEY)
OF_CASE = Column("dossier_sleutel", needed=True, longest=KEY)
_WRITTEN = (
    Column("waarover", one_of(PARTS)),
    Column("niet_voor_ouders", yes_no),
    Column("schrijver", longest=LONGEST_WRITER),
)

Kind = TakenOver.Kind
SHEETS: dict[Kind, tuple[Column, ...]] = {
    Kind.CHILD: (
        KEY_OF_ITS_OWN,
        Column("persoonsgebonden_nummer", parse_pgn),
        Column("achternaam", needed=True),
        Column("voorvoegsel", longest=20),
        Column("voornamen"),
        Column("geboortedatum", day, needed=True),
        Column("gemeentecode", parse_municipality, needed=True),
        Column("adres"),
        Column("geheim_adres", yes_no),
        Column("hoort_bij", one_of([(JOIN, JOIN), (OTHER, "ander")])),
    ),
    Kind.GUARDIAN: (
        KEY_OF_ITS_OWN,
        OF_CHILD,
        Column("naam", needed=True),
        Column("band", needed=True, longest=60),
        Column("soort", one_of(Guardian.Kind.choices)),
        Column("gezag", one_of(Guardian.Gezag.choices)),
        Column("gezag_blijkt_uit", longest=100),
        Column("gezag_bekend_op", day),
        Column("telefoon", longest=20),
        Column("e_mail", longest=254),
        Column("tot_en_met", day),
    ),
    Kind.ENROLMENT: (
        KEY_OF_ITS_OWN,
        OF_CHILD,
        Column("brin", needed=True, longest=10),
        Column("vestiging", longest=4),
        Column("ingeschreven_sinds", day),
        Column("ingeschreven_tot_en_met", day),
    ),
    Kind.EXEMPTION: (
        KEY_OF_ITS_OWN,
        OF_CHILD,
        Column("artikel", one_of((code.value, word) for code, word in LABELS.items()), needed=True),
        Column("letter", longest=1),
        Column("uren_per_week", count, longest=3),
        Column("eerste_dag", day, needed=True),
        Column("laatste_dag", day),
        Column("ontvangen_op", day),
        Column("deskundige", longest=100),
        Column("verklaring_op", day),
    ),
    Kind.CASE: (
        KEY_OF_ITS_OWN,
        OF_CHILD,
        Column("nummer", longest=60),
        Column("geopend_op", day, needed=True),
        Column("aanleiding", needed=True),
        Column("stand", one_of((state.value, info.word) for state, info in STATES.items())),
        Column("afgesloten_op", day),
        Column("uitkomst", one_of((result.code, result.label) for result in RESULTS.values())),
        Column("behandelaar_e_mail", longest=254),
        Column("thuis_sinds", day),
        Column("thuis_tot_en_met", day),
        Column("soort_verzuim", one_of((kind, kind) for kind in (Absence.RELATIEF.value, Absence.ABSOLUUT.value))),
    ),
    Kind.CONTACT: (
        KEY_OF_ITS_OWN,
        OF_CASE,
        Column("datum", day, needed=True),
        Column("met_wie", one_of(Contact.Who.choices), needed=True),
        Column("hoe", one_of(Contact.Channel.choices), needed=True),
        Column("ouder_sleutel", longest=KEY),
        Column("naam", longest=100),
        Column("namens", longest=100),
        Column("eigen_woorden", longest=LONG_TEXT),
        Column("afspraak", longest=LONG_TEXT),
        *_WRITTEN,
    ),
    Kind.NOTE: (
        KEY_OF_ITS_OWN,
        OF_CASE,
        Column("datum", day, needed=True),
        Column("tekst", needed=True, longest=LONG_TEXT),
        Column("soort", one_of(Note.Kind.choices)),
        *_WRITTEN,
    ),
    Kind.STEP: (
        KEY_OF_ITS_OWN,
        OF_CASE,
        Column("stap", needed=True),
        Column("uiterlijk_op", day, needed=True),
        Column("gedaan_op", day),
        Column("uitkomst", longest=500),
        Column("wie", longest=LONGEST_WRITER),
        Column("wie_e_mail", longest=254),
    ),
}


def needed_of(kind: Kind) -> set[str]:
    """By which columns a sheet is known; the key is not one: every sheet has it."""
    return {column.name for column in SHEETS[kind] if column.needed and column is not KEY_OF_ITS_OWN}


def kind_of(header: Iterable[str]) -> Kind | None:
    """The sheet that has these columns; None when it is none of them."""
    have = set(header)
    return next((kind for kind in SHEETS if needed_of(kind) | {KEY_OF_ITS_OWN.name} <= have), None)
