"""DOCX, XLSX and ODT: each is a ZIP with a fixed table of contents. Its size is judged before anything is unpacked;
then that it holds no program and fetches nothing from elsewhere."""

import io
import re
import stat
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from thuiszitters.core.files.refused import Refused

MOST_PARTS = 2_000
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_XML = 30 * 1024 * 1024
MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
}
ODT = b"application/vnd.oasis.opendocument.text"
PROGRAMS = re.compile(
    r"vbaproject|vbadata|activex/|oleobject|macrosheets/|^basic/|^scripts/|\.(?:exe|dll|js|vbs|bat|cmd|ps1|jar|scr|lnk|hta|zip)$"
)
ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
NOT_IT = "is geen goed document of is beschadigd. Open het en bewaar het opnieuw, of bewaar het als PDF."
PROGRAM = "bevat een programma (macro). Bewaar het zonder macro's, of als PDF."
FETCHES = "haalt iets op van een andere plek, zoals een sjabloon. Bewaar het als PDF en kies dat."
BOMB = "wordt uitgepakt te groot. Bewaar het als PDF en kies dat."


# Each way in which zipfile, zlib and the reader of XML say that a file is not what it says: to who sends it that is one
# thing. What is our own mistake (AttributeError, TypeError) is not among them.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    DefusedXmlException,
    ParseError,
    KeyError,
    EOFError,
    NotImplementedError,
    UnicodeError,
    ValueError,
)


def check_office(content: bytes, extension: str) -> None:
    try:
        if not content.startswith(b"PK\x03\x04") or content[-22:-18] != b"PK\x05\x06":
            raise Refused(NOT_IT)
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            _check_parts(parts.infolist())
            if extension == "odt":
                _check_odt(parts)
            else:
                _check_ooxml(parts, MAIN[extension])
            if parts.testzip():
                raise Refused(NOT_IT)
    except BROKEN as problem:
        raise Refused(NOT_IT) from problem


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """By the table of contents alone. What is read later never gives more than this table says."""
    names = [part.filename for part in parts]
    if len(names) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refused(BOMB)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("heeft een wachtwoord. Bewaar het zonder wachtwoord.")
    if len({name.lower() for name in names}) != len(names) or parts[0].header_offset != 0:
        raise Refused(NOT_IT)
    for part in parts:
        steps = part.filename.split("/")
        odd = any(c in part.orig_filename for c in "\\\0:") or part.filename.startswith("/") or ".." in steps
        if odd or stat.S_ISLNK(part.external_attr >> 16):
            raise Refused(NOT_IT)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused(NOT_IT)
        if PROGRAMS.search(part.filename.lower()):
            raise Refused(PROGRAM)


def _tree(parts: zipfile.ZipFile, name: str) -> Element:
    if parts.getinfo(name).file_size > LARGEST_XML:
        raise Refused(BOMB)
    return fromstring(parts.read(name), forbid_dtd=True)


def _check_ooxml(parts: zipfile.ZipFile, main: str) -> None:
    types = [row.get("ContentType", "") for row in _tree(parts, "[Content_Types].xml")]
    if any("macroenabled" in kind.lower() or "vba" in kind.lower() for kind in types):
        raise Refused(PROGRAM)
    if main not in types:
        raise Refused(NOT_IT)
    for name in (n for n in parts.namelist() if n.lower().endswith(".rels")):
        for row in _tree(parts, name):
            away = row.get("TargetMode", "").lower() == "external" or ELSEWHERE.match(row.get("Target", ""))
            if away and not row.get("Type", "").endswith("/hyperlink"):
                raise Refused(FETCHES)


def _check_odt(parts: zipfile.ZipFile) -> None:
    if parts.read("mimetype").strip() != ODT:
        raise Refused(NOT_IT)
    if any(row.tag.endswith("}encryption-data") for row in _tree(parts, "META-INF/manifest.xml").iter()):
        raise Refused("heeft een wachtwoord. Bewaar het zonder wachtwoord.")
    for name in ("content.xml", "styles.xml", "meta.xml"):
        for row in _tree(parts, name).iter() if name in parts.namelist() or name == "content.xml" else ():
            kind = row.tag.rpartition("}")[2]
            if kind in ("event-listener", "script"):
                raise Refused(PROGRAM)
            away = ELSEWHERE.match(row.get("{http://www.w3.org/1999/xlink}href", ""))
            if away and kind not in ("a", "hyperlink-behaviour"):
                raise Refused(FETCHES)
