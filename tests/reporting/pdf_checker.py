"""What an accessible archive copy must have (AC-06): PDF/UA-1 and PDF/A-2a, as far as a file can say it itself."""

import io
import itertools

import pikepdf

PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "EI"}


def faults(paper: bytes) -> list[str]:
    """What is wrong with a PDF; empty when nothing is. Syntax is checked by qpdf's own library (`qpdf --check`)."""
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        found = list(pdf.check_pdf_syntax())
        for check in (_document, _metadata, _outline, _fonts, _nothing_active, _tags, _contents):
            found += check(pdf)
    return found


def _document(pdf):
    root = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked as tagged"
    if str(root.get("/Lang", "")) != "nl":
        yield "no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "the title is not shown"
    if not str(pdf.docinfo.get("/Title", "")):
        yield "no title"
    intents = root.get("/OutputIntents", [])
    if not any("/DestOutputProfile" in intent for intent in intents):
        yield "no output intent with a profile"
    if "/ID" not in pdf.trailer:
        yield "no identifier"


def _metadata(pdf):
    with pdf.open_metadata(update_docinfo=False) as meta:
        for name, value in {"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"}.items():
            if meta.get(name) != value:
                yield f"{name} is not {value}"
        if not meta.get("dc:title"):
            yield "no title in the metadata"
    if b"pdfaSchema:prefix>pdfuaid" not in pdf.Root.Metadata.read_bytes():
        yield "the pdfuaid schema is not described"


def _outline(pdf):
    with pdf.open_outline() as outline:
        if not outline.root:
            yield "no bookmarks"


def _fonts(pdf):
    for font in {f.objgen: f for page in pdf.pages for f in page.obj.Resources.get("/Font", {}).values()}.values():
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.get("/FontDescriptor", {}).keys()):
            yield f"font not embedded: {font.BaseFont}"
        if "/ToUnicode" not in font:
            yield f"font without ToUnicode: {font.BaseFont}"


def _nothing_active(pdf):
    if len(pdf.attachments) or "/AF" in pdf.Root:
        yield "attachments"
    if {"/OpenAction", "/AA", "/AcroForm"} & set(pdf.Root.keys()) or "/JavaScript" in pdf.Root.get("/Names", {}):
        yield "actions"


def elements(node):
    """All elements of a structure tree."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def _tags(pdf):
    if "/StructTreeRoot" not in pdf.Root:
        yield "no structure"
        return
    for element in elements(pdf.Root.StructTreeRoot):
        kind = str(element.S)
        if kind == "/TH" and "/Scope" not in element.get("/A", {}):
            yield "a table header without scope"
        if kind == "/Figure" and not str(element.get("/Alt", "")):
            yield "a drawing without a text"
    levels = [int(str(e.S)[2]) for e in elements(pdf.Root.StructTreeRoot) if str(e.S)[1:2] == "H" and str(e.S)[2:]]
    if levels and levels[0] != 1:
        yield "the first heading is not of level 1"
    if any(after > before + 1 for before, after in itertools.pairwise(levels)):
        yield "a level of headings is skipped"


def _contents(pdf):
    """Everything that is painted is read in its place, or decoration; what is marked to be read hangs in the tree."""
    if "/StructTreeRoot" not in pdf.Root:
        return
    hanging = {}
    for element in elements(pdf.Root.StructTreeRoot):
        for kid in element.K:
            if isinstance(kid, int):
                hanging.setdefault(element.Pg.objgen, set()).add(kid)
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    rows = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for number, page in enumerate(pdf.pages, start=1):
        if int(page.obj.get("/StructParents", -1)) not in rows:
            yield f"page {number} does not lead to the structure"
            continue
        row, marks, inside = rows[int(page.obj.StructParents)], set(), []
        for operands, operator in pikepdf.parse_content_stream(page):
            word = str(operator)
            if word in ("BDC", "BMC"):
                mark = operands[1].get("/MCID") if word == "BDC" and len(operands) > 1 else None
                inside.append(mark)
                marks |= {int(mark)} if mark is not None else set()
            elif word == "EMC":
                inside.pop()
            elif word in PAINTS and not inside:
                yield f"page {number}: painted outside a mark"
                break
        for mark in sorted(marks - hanging.get(page.obj.objgen, set())):
            yield f"page {number}: mark {mark} hangs in no tree"
        for mark in sorted(marks):
            if mark >= len(row) or row[mark] is None or row[mark].get("/Pg", page.obj).objgen != page.obj.objgen:
                yield f"page {number}: mark {mark} has no element"
