"""A name in any script that people bring along is readable on a paper and on a page: never a box."""

import io

import pytest
from django.conf import settings
from fontTools.ttLib import TTCollection, TTFont
from pypdf import PdfReader

from reporting.pdf.render import render_pdf
from reporting.pdf.scripts import SCRIPTS, font_file, page_style, scripts_in, with_fonts

NAMES = {
    "Sans": "Ольга Θεοδώρα Ặnh",
    "Arabic": "محمد",
    "Hebrew": "שרה",
    "Armenian": "Արամ",
    "Georgian": "თამარ",
    "Ethiopic": "ሰላም",
    "Devanagari": "अनिता",
    "Bengali": "রহিম",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ",
    "Gujarati": "મીરા",
    "Oriya": "ସୀତା",
    "Tamil": "கவிதா",
    "Telugu": "రాము",
    "Kannada": "ಗೌರಿ",
    "Malayalam": "മീര",
    "Sinhala": "නිමල්",
    "Thai": "สมชาย",
    "Lao": "ບຸນມີ",
    "Myanmar": "အောင်",
    "Khmer": "សុខា",
    "CJK": "李小龙 さくら 민준",
}


def page(name: str) -> str:
    head = '<html lang="nl"><head><title>x</title></head>'
    return f'{head}<body data-footer="{name}"><h1>{name}</h1><p>{name}</p></body></html>'


def fonts_of(pdf: bytes) -> str:
    """The names of the fonts in a PDF, of all pages."""
    found = set()
    for sheet in PdfReader(io.BytesIO(pdf)).pages:
        for font in sheet["/Resources"].get("/Font", {}).values():
            found.add(str(font.get_object()["/BaseFont"]))
    return " ".join(sorted(found))


def characters(file) -> set[int]:
    fonts = TTCollection(file).fonts if file.suffix == ".ttc" else [TTFont(file)]
    return set().union(*(font.getBestCmap() for font in fonts))


def test_every_script_has_an_example():
    assert set(NAMES) == {script.name for script in SCRIPTS}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.name)
def test_the_font_has_the_letters(script):
    name = NAMES[script.name]
    assert script in scripts_in(name)
    assert {ord(c) for c in name if not c.isspace()} <= characters(font_file(script.file))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda s: s.name)
def test_a_paper_is_set_in_it(script):
    """In the text and in the footer. What a machine happens to have is not counted on."""
    used = fonts_of(render_pdf(page(NAMES[script.name])))
    assert script.family.replace(" ", "").replace("NotoSans", "Noto") in used.replace("-", "").replace(
        "NotoSans", "Noto"
    )
    assert "DejaVu" not in used


def test_a_paper_in_latin_brings_no_other_font():
    assert scripts_in("Noor Fleur van den Berg-Çelik, “Zoë” – € 5") == () and with_fonts("x", ()) == "x"
    assert "Noto" not in fonts_of(render_pdf(page("Noor van den Berg")))


def test_a_mix_of_scripts_in_one_name():
    used = fonts_of(render_pdf(page(" ".join(NAMES.values()))))
    assert "Noto" in used and "DejaVu" not in used


def test_pages_have_the_same_fonts():
    kept = settings.BASE_DIR / "static" / "css" / "scripts.css"
    assert kept.read_text(encoding="utf-8") == page_style(), "write reporting.pdf.scripts.page_style() there"
    base = (settings.BASE_DIR / "templates" / "base.html").read_text(encoding="utf-8")
    assert "css/scripts.css" in base and "Noto Scripts" in (settings.BASE_DIR / "static/css/house.css").read_text()


def test_no_other_file_of_the_package_is_a_font_of_a_paper():
    assert font_file("NotoEmoji[wght].ttf") is None and font_file("../__init__.py") is None


def test_a_name_of_200_letters_stays_on_the_paper():
    pdf = PdfReader(io.BytesIO(render_pdf(page("W" * 200))))
    assert len(pdf.pages) == 1
    xs: list[float] = []
    pdf.pages[0].extract_text(
        visitor_text=lambda text, cm, tm, font, size: xs.append(tm[4] + cm[4]) if text.strip() else None
    )
    assert pdf.pages[0].extract_text().count("W") >= 400 and len(xs) > 4
