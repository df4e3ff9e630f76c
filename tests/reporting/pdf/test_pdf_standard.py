"""The checker of papers: it is content with what the house makes, joined or not, and sees each fault."""

import io
import json
import shutil
import subprocess
import sys

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from reporting.pdf import render
from reporting.pdf.joining import join
from tests.reporting.pdf_checker import elements, faults

PAGE = """<!DOCTYPE html><html lang="nl"><head><title>Stuk {n}</title></head><body data-footer="voet {n}" data-part="">
<h1>Kop {n}</h1><h2>Onder {n}</h2><ul><li>één</li></ul><table><thead><tr><th scope="col">Dag</th>
<th scope="col">Wat</th></tr></thead><tbody>{rows}</tbody></table>
<svg role="img" viewBox="0 0 10 10"><title>tekening</title>
<rect width="5" height="5" /></svg></body></html>"""


def page(n: int, rows: int = 3) -> str:
    return PAGE.format(n=n, rows="".join(f"<tr><th>r{i}</th><td>Łódź {i}</td></tr>" for i in range(rows)))


@pytest.fixture(scope="module")
def papers() -> list[bytes]:
    """One of a page, one of two documents in one go."""
    return list(render.render_papers([[page(1)], [page(2, 60), page(3)]]))


def test_what_the_house_makes_has_no_faults(papers):
    assert [faults(paper) for paper in papers] == [[], []]


def test_joined_it_is_still_one_accessible_document(papers):
    one, two = papers
    whole = join([one, two, one])
    assert faults(whole) == []
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        counts = [len(pikepdf.open(io.BytesIO(p)).pages) for p in papers]
        assert len(pdf.pages) == 2 * counts[0] + counts[1] and str(pdf.docinfo["/Title"]) == "Stuk 1"
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
            places = [pdf.pages.index(pikepdf.Page(item.destination[0])) for item in outline.root]
        assert titles == ["Kop 1", "Kop 2", "Kop 3", "Kop 1"] and places == sorted(set(places))


def test_a_table_header_knows_of_what(papers):
    with pikepdf.open(io.BytesIO(papers[0])) as pdf:
        scopes = [str(e.A.Scope) for e in elements(pdf.Root.StructTreeRoot) if e.S == "/TH"]
    assert scopes == ["/Column"] * 2 + ["/Row"] * 3


def first(pdf, kind: str):
    return next(e for e in elements(pdf.Root.StructTreeRoot) if kind == e.S)


def drop_metadata(pdf, old: bytes):
    pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(old, b""))


def paint(pdf):
    pdf.pages[0].contents_add(b"0 0 10 10 re f", prepend=False)


def loose_mark(pdf):
    pdf.pages[0].contents_add(b"/P <</MCID 999>> BDC 0 0 1 1 re f EMC", prepend=False)


def without_font_file(pdf):
    font = next(iter(pdf.pages[0].obj.Resources.Font.values()))
    descriptor = font.DescendantFonts[0].FontDescriptor
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


def attach(pdf):
    pdf.attachments["a.txt"] = b"x"


FAULTS = {
    "not marked as tagged": lambda p: p.Root.__delitem__("/MarkInfo"),
    "no language": lambda p: p.Root.__delitem__("/Lang"),
    "the title is not shown": lambda p: p.Root.__delitem__("/ViewerPreferences"),
    "no title": lambda p: p.docinfo.__delitem__("/Title"),
    "no output intent": lambda p: p.Root.__delitem__("/OutputIntents"),
    "pdfuaid:part is not 1": lambda p: drop_metadata(p, b"<pdfuaid:part>1</pdfuaid:part>"),
    "pdfaid:part is not 2": lambda p: drop_metadata(p, b'pdfaid:part="2"'),
    "the pdfuaid schema is not described": lambda p: drop_metadata(p, b"prefix>pdfuaid<"),
    "no bookmarks": lambda p: p.Root.__delitem__("/Outlines"),
    "font not embedded": without_font_file,
    "font without ToUnicode": lambda p: next(iter(p.pages[0].obj.Resources.Font.values())).__delitem__("/ToUnicode"),
    "attachments": attach,
    "actions": lambda p: p.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS="x")),
    "no structure": lambda p: p.Root.__delitem__("/StructTreeRoot"),
    "a table header without scope": lambda p: first(p, "/TH").A.__delitem__("/Scope"),
    "a drawing without a text": lambda p: first(p, "/Figure").__delitem__("/Alt"),
    "the first heading is not of level 1": lambda p: first(p, "/H1").__setitem__("/S", Name("/H2")),
    "a level of headings is skipped": lambda p: first(p, "/H2").__setitem__("/S", Name("/H3")),
    "painted outside a mark": paint,
    "hangs in no tree": loose_mark,
    "does not lead to the structure": lambda p: p.pages[0].obj.__delitem__("/StructParents"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_seen(papers, fault):
    with pikepdf.open(io.BytesIO(papers[0])) as pdf:
        FAULTS[fault](pdf)
        out = io.BytesIO()
        pdf.save(out)
    assert any(fault in found for found in faults(out.getvalue())), fault


def test_it_needs_no_network(papers):
    """In a network of its own, in which there is nothing, the same paper comes out (IN-03)."""
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rn", "true"], check=False).returncode:
        pytest.skip("no networks of its own on this machine")
    command = ["unshare", "-rn", sys.executable, "-m", "reporting.pdf.child"]
    done = subprocess.run(command, input=json.dumps([page(1)]).encode() + b"\n", capture_output=True, check=True)
    assert done.stdout[8:] == papers[0]
