"""PDF: what a reader of papers shows, and nothing that does something by itself."""

import io
import re

import pikepdf

from thuiszitters.core.files.refused import Refused

MOST_PAGES = 500
# A file that is a PDF and a page of a browser at once: one of both is not what people think they open.
PAGE = re.compile(rb"<\s*(?:html|script|svg|iframe|!doctype\s+html)\b", re.IGNORECASE)
ACTS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"}
AGAIN = "Open het en bewaar het opnieuw als PDF."


def check_pdf(content: bytes) -> None:
    """Refused: damaged, locked, too long, with something hidden before, in or behind it, or with a program in it."""
    if not content.startswith(b"%PDF-"):
        raise Refused("is geen PDF. Bewaar het document als PDF en kies het opnieuw.")
    ending = content[content.rfind(b"%%EOF") + 5 :] if b"%%EOF" in content else b"?"
    if ending.strip(b"\0\r\n\t \x1a") or PAGE.search(content):
        raise Refused(f"is beschadigd of bevat meer dan een PDF. {AGAIN}")
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            _check(pdf)
    except pikepdf.PasswordError as problem:
        raise Refused("heeft een wachtwoord. Bewaar het zonder wachtwoord.") from problem
    except (pikepdf.PdfError, RuntimeError, ValueError) as problem:
        raise Refused(f"is beschadigd. {AGAIN}") from problem


def _check(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise Refused("is beveiligd. Bewaar het zonder beveiliging.")
    if not 1 <= len(pdf.pages) <= MOST_PAGES:
        raise Refused(f"heeft geen bladzijden, of meer dan {MOST_PAGES}.")
    for found in pdf.objects:
        for row in _dictionaries(found):
            if "/EmbeddedFiles" in row or row.get("/Type") == "/EmbeddedFile":
                raise Refused("bevat andere bestanden. Voeg die los toe.")
            if "/JS" in row or str(row.get("/S", "")) in ACTS:
                raise Refused("bevat een programma of formulier dat iets verstuurt. Druk het af naar een nieuwe PDF.")


def _dictionaries(found):
    """A dictionary and those that stand in it by themselves; what it names by number comes along in the list of all."""
    if isinstance(found, pikepdf.Array):
        for one in found:
            if isinstance(one, pikepdf.Dictionary | pikepdf.Array) and not one.is_indirect:
                yield from _dictionaries(one)
    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        yield found
        for one in found.values():
            if isinstance(one, pikepdf.Dictionary | pikepdf.Array) and not one.is_indirect:
                yield from _dictionaries(one)
