"""Fonts for scripts that the font of the house lacks: which script a text is in, and the style that brings its font,
for papers and for pages. Noto, by the SIL Open Font License as the font of the house is (package `manimgx-fonts`)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
PAGE_FAMILY = "Noto Scripts"


@dataclass(frozen=True, slots=True)
class Script:
    """`ranges` of code points as CSS writes them. `on_page`: whether a browser gets the font too; the one for Chinese,
    Japanese and Korean is 32 MB, and there the machine of the reader has its own."""

    name: str
    file: str
    ranges: str
    on_page: bool = True

    @property
    def family(self) -> str:
        return f"Noto {self.name}"

    @property
    def pattern(self) -> str:
        """The same ranges for a regular expression."""
        ends = [part.strip().removeprefix("U+").split("-") for part in self.ranges.split(",")]
        return "".join(f"\\U{e[0]:0>8}-\\U{e[-1]:0>8}" for e in ends)


# Latin, Greek and Cyrillic beyond what Source Sans 3 holds first: names of one person can mix them.
SCRIPTS = (
    Script(
        "Sans",
        "NotoSans[wght].ttf",
        "U+0180-024F, U+0250-02AF, U+02B0-02FF, U+0300-036F, U+0370-03FF, U+0400-052F, U+1C80-1C8F, U+1E00-1EFF, "
        "U+1F00-1FFF, U+A640-A69F, U+A720-A7FF, U+AB30-AB6F",
    ),
    Script("Arabic", "NotoSansArabic[wght].ttf", "U+0600-06FF, U+0750-077F, U+08A0-08FF, U+FB50-FDFF, U+FE70-FEFF"),
    Script("Hebrew", "NotoSansHebrew[wght].ttf", "U+0590-05FF, U+FB1D-FB4F"),
    Script("Armenian", "NotoSansArmenian[wght].ttf", "U+0530-058F, U+FB13-FB17"),
    Script("Georgian", "NotoSansGeorgian[wght].ttf", "U+10A0-10FF, U+1C90-1CBF, U+2D00-2D2F"),
    Script("Ethiopic", "NotoSansEthiopic[wght].ttf", "U+1200-139F, U+2D80-2DDF, U+AB01-AB2F"),
    Script("Devanagari", "NotoSansDevanagari[wght].ttf", "U+0900-097F, U+A8E0-A8FF"),
    Script("Bengali", "NotoSansBengali[wght].ttf", "U+0980-09FF"),
    Script("Gurmukhi", "NotoSansGurmukhi[wght].ttf", "U+0A00-0A7F"),
    Script("Gujarati", "NotoSansGujarati[wght].ttf", "U+0A80-0AFF"),
    Script("Oriya", "NotoSansOriya[wght].ttf", "U+0B00-0B7F"),
    Script("Tamil", "NotoSansTamil[wght].ttf", "U+0B80-0BFF"),
    Script("Telugu", "NotoSansTelugu[wght].ttf", "U+0C00-0C7F"),
    Script("Kannada", "NotoSansKannada[wght].ttf", "U+0C80-0CFF"),
    Script("Malayalam", "NotoSansMalayalam[wght].ttf", "U+0D00-0D7F"),
    Script("Sinhala", "NotoSansSinhala[wght].ttf", "U+0D80-0DFF"),
    Script("Thai", "NotoSansThai[wght].ttf", "U+0E00-0E7F"),
    Script("Lao", "NotoSansLao[wght].ttf", "U+0E80-0EFF"),
    Script("Myanmar", "NotoSansMyanmar[wght].ttf", "U+1000-109F, U+A9E0-A9FF, U+AA60-AA7F"),
    Script("Khmer", "NotoSansKhmer[wght].ttf", "U+1780-17FF, U+19E0-19FF"),
    Script(
        "CJK",
        "NotoSansCJK-VF.otf.ttc",
        "U+1100-11FF, U+2E80-2FDF, U+3000-30FF, U+3100-318F, U+31A0-31FF, U+3400-4DBF, U+4E00-9FFF, U+A960-A97F, "
        "U+AC00-D7FF, U+F900-FAFF, U+FF00-FFEF, U+20000-2FA1F",
        on_page=False,
    ),
)


@lru_cache
def folder(package: str) -> Path:
    """Where a package keeps its fonts; Python itself is not asked to run it."""
    found = find_spec(package)
    if not found or not found.origin:
        raise FileNotFoundError(f"the fonts of {package} are not installed: run make setup")
    return Path(found.origin).parent


def font_file(name: str) -> Path | None:
    """The file of one of these fonts, by its name; None when it is none of them."""
    if name not in {script.file for script in SCRIPTS}:
        return None
    return next((p for package in PACKAGES if (p := folder(package) / name).exists()), None)


def scripts_in(text: str) -> tuple[Script, ...]:
    """Which of these scripts a text is written in; of most texts none."""
    if not _BEYOND.search(text):
        return ()
    return tuple(script for script in SCRIPTS if re.search(f"[{script.pattern}]", text))


_BEYOND = re.compile("[^\u0000-\u017f\u2000-\u206f\u20a0-\u214f]")


def with_fonts(style: str, scripts: tuple[Script, ...]) -> str:
    """The style of papers with the fonts of these scripts behind those of the house."""
    if not scripts:
        return style
    faces = [f'@font-face {{ font-family: "{s.family}"; src: url("fonts:{s.file}"); }}' for s in scripts]
    families = ", ".join(f'"{s.family}"' for s in scripts)
    lines = [line if line.startswith("@font-face") else _wider(line, families) for line in style.splitlines()]
    return "\n".join([*faces, *lines])


def _wider(line: str, families: str) -> str:
    return re.sub(r'"Source Sans 3"(, "Source Sans 3 Ext")?', rf"\g<0>, {families}", line)


def page_style() -> str:
    """The style sheet of pages (`static/css/scripts.css`): a browser fetches only what a page needs."""
    rules = [
        f'@font-face {{ font-family: "{PAGE_FAMILY}"; font-weight: 100 900; font-display: swap; '
        f'src: url("../vendor/noto/{s.file}") format("truetype"); unicode-range: {s.ranges}; }}'
        for s in SCRIPTS
        if s.on_page
    ]
    return "\n".join(rules) + "\n"
