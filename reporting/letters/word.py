"""Letters as Word files: the standard ones from our own texts, those of an organisation after a check, and both filled
in. No fields but ours, no code, nothing from outside (IN-07)."""

import difflib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import docx
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from reporting.letters.fields import FIELDS
from reporting.letters.youth import TEXTS

FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml|docProps/core\.xml")
MOST_BYTES, MOST_UNPACKED, MOST_MEMBERS = 2 * 1024 * 1024, 20 * 1024 * 1024, 400
# Without these nobody knows to whom a letter is, from whom and of when.
NEEDED = ("aanhef", "ontvanger_adres", "datum", "afzender_naam")
SIGNED = (
    "Met vriendelijke groet,",
    "?namens {{ namens }},",
    "{{ afzender_naam }}",
    "{{ afzender_functie }}, {{ organisatie }}",
)
BADLY_WRITTEN = (
    "Een veld in het bestand is niet goed geschreven. Kijk na of elk veld tussen twee haken aan elke kant staat, en of "
    "elke {% if %} een {% endif %} heeft."
)
PLAIN = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.Not,
    nodes.And,
    nodes.Or,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
)


class TemplateRefused(ValueError):
    """The file cannot be a template; the message is a sentence for who made it."""


@dataclass(frozen=True)
class Block:
    """A paragraph of a filled letter: "heading", "item", "number", "strong" or "text"."""

    kind: str
    text: str


@lru_cache(maxsize=32)
def standard(key: str) -> bytes:
    """The standard letter of this key (`youth.key_of`) as a template: who, to whom, when, about what, the text, and who
    signs; for whom, when that is somebody else (Awb 10:10)."""
    letter, document = TEXTS[key], docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Calibri", Pt(11)
    document.core_properties.title = letter.word
    document.core_properties.language = "nl-NL"
    for line in (
        "{{ organisatie }}",
        "",
        "{{ ontvanger_naam }}",
        "{{ ontvanger_adres }}",
        "",
        "{{ datum }}",
        f"Betreft: {letter.about}",
        "Dossier: {{ dossier }}",
        "",
        "{{ aanhef }},",
    ):
        document.add_paragraph(line)
    for line in (*letter.lines, *SIGNED):
        _add(document, line)
    return _saved(document)


def _add(document, line: str) -> None:
    if line.startswith("?"):  # without the field no white line either
        field, line = line.removeprefix("?").split(" ", 1)
        document.add_paragraph(f"{{%p if {field} %}}")
        _add(document, line)
        document.add_paragraph("{%p endif %}")
    elif line.startswith("## "):
        document.add_heading(line.removeprefix("## "), level=2)
    elif line.startswith("- "):
        document.add_paragraph(line.removeprefix("- "), style="List Bullet")
    else:
        document.add_paragraph(line)


def _saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def check(content: bytes) -> None:
    """TemplateRefused when this is no Word file, is too large, brings code or something from outside, or asks for what
    we do not have; names the field, and the one that was perhaps meant."""
    _check_package(content)
    used = set()
    for source in _sources(content):
        try:
            tree = _environment().parse(source)
        except TemplateSyntaxError as problem:
            raise TemplateRefused(BADLY_WRITTEN) from problem
        if any(not isinstance(node, PLAIN) for node in tree.find_all(nodes.Node)):
            raise TemplateRefused("Gebruik alleen velden en {% if %}: andere opdrachten kunnen hier niet.")
        used |= {n.name for n in tree.find_all(nodes.Name)}
    if unknown := used - set(FIELDS):
        raise TemplateRefused(_unknown(sorted(unknown)))
    missing = [name for name in NEEDED if name not in used]
    if missing:
        raise TemplateRefused(f"Zonder deze velden is het geen brief: {', '.join(missing)}. Zet ze in het bestand.")
    shown = " ".join(block.text for block in blocks(content))
    if hidden := sorted(name for name in used if not re.search(rf"\b{name}\b", shown)):
        raise TemplateRefused(
            f"De PDF kan dit veld niet overnemen: {', '.join(hidden)}. Zet het niet in een tekstvak, voetnoot of "
            "invulvak, maar in de tekst, een tabel, de kop of de voet."
        )


def fields_in(content: bytes) -> frozenset[str]:
    """The fields that a checked template uses."""
    trees = [_environment().parse(source) for source in _sources(content)]
    return frozenset(n.name for tree in trees for n in tree.find_all(nodes.Name))


def may_stay_empty(content: bytes) -> frozenset[str]:
    """The fields that stand in a condition: the template itself says what happens without them."""
    tests = [node.test for source in _sources(content) for node in _environment().parse(source).find_all(nodes.If)]
    return frozenset(n.name for test in tests for n in (test, *test.find_all(nodes.Name)) if isinstance(n, nodes.Name))


def _sources(content: bytes) -> list[str]:
    """Every piece of the document in which fields are filled in: body, headers, footers, notes and properties."""
    try:
        template = DocxTemplate(io.BytesIO(content))
        template.init_docx()
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = [n for n in package.namelist() if FILLED.fullmatch(n)]
            return [template.patch_xml(package.read(n).decode("utf-8")) for n in names]
    except Exception as problem:
        raise TemplateRefused("Dit bestand is geen Word-document dat wij kunnen lezen (.docx).") from problem


def _check_package(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise TemplateRefused("Het bestand is te groot: hoogstens 2 MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            members = package.infolist()
            names = {m.filename for m in members}
            too_much = sum(m.file_size for m in members) > MOST_UNPACKED or len(members) > MOST_MEMBERS
            if too_much:
                raise TemplateRefused("Het bestand is uitgepakt te groot.")
            if "word/document.xml" not in names or "[Content_Types].xml" not in names:
                raise TemplateRefused("Dit is geen Word-document (.docx).")
            if any("vbaproject" in n.lower() or "/embeddings/" in n.lower() or "activex" in n.lower() for n in names):
                raise TemplateRefused("In dit document zit code of een ander bestand. Bewaar het zonder macro's.")
            links = b"".join(package.read(n) for n in names if n.endswith(".rels"))
    except zipfile.BadZipFile as problem:
        raise TemplateRefused("Dit is geen Word-document (.docx).") from problem
    for piece in links.split(b"<Relationship ")[1:]:
        if b'TargetMode="External"' in piece and b"/hyperlink" not in piece:
            raise TemplateRefused("Dit document haalt iets van buiten op, bijvoorbeeld een sjabloon. Maak het los.")


def _unknown(names: list[str]) -> str:
    said = []
    for name in names:
        close = difflib.get_close_matches(name, FIELDS, n=1)
        said.append(f"{name} (bedoelt u {close[0]}?)" if close else name)
    return f"Dit veld kennen wij niet: {', '.join(said)}. Kijk in de lijst met velden."


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True)


def filled(template: bytes, values: dict[str, str]) -> bytes:
    """The template with its fields filled in. `values`: every name of FIELDS; line ends become line ends."""
    document = DocxTemplate(io.BytesIO(template))
    document.render({name: values.get(name, "") for name in FIELDS}, jinja_env=_environment(), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def blocks(content: bytes) -> list[Block]:
    """The paragraphs of a filled letter, for the PDF of the same text: the header, the body with what stands in its
    tables cell by cell, the footer."""
    document = docx.Document(io.BytesIO(content))
    section = document.sections[0]
    own = section.different_first_page_header_footer  # a letter shows them on its first page
    header, footer = (section.first_page_header, section.first_page_footer) if own else (section.header, section.footer)
    above, below = ([p for p in _paragraphs(part) if p.text.strip()] for part in (header, footer))
    found = [*above, *_paragraphs(document), *below]
    return [Block(_kind(p), p.text.strip()) for p in found]


def _paragraphs(container) -> Iterator[Paragraph]:
    for piece in container.iter_inner_content():
        if isinstance(piece, Paragraph):
            yield piece
        else:
            cells = dict.fromkeys(cell._tc for row in piece.rows for cell in row.cells)  # one that spans comes once
            yield from (p for tc in cells for p in _paragraphs(_Cell(tc, piece)))


def _kind(paragraph) -> str:
    style = (paragraph.style.name or "").lower()
    if style.startswith(("heading", "kop")):
        return "heading"
    if "list" in style or "lijst" in style:
        return "number" if "number" in style or "nummer" in style else "item"
    runs = [run for run in paragraph.runs if run.text.strip()]
    return "strong" if runs and all(run.bold for run in runs) else "text"
