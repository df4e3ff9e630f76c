"""The child process that renders papers: on each line of standard input a JSON list of HTML documents that become one
PDF; the PDFs on standard output, each after its length in 8 bytes. No Django, no network."""

import json
import resource
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from reporting.pdf.scripts import Script, font_file, scripts_in, with_fonts
from reporting.pdf.tagging import finish

ROOT = Path(__file__).resolve().parent.parent.parent
FONTS = ROOT / "node_modules" / "@fontsource" / "source-sans-3" / "files"
STYLE = ROOT / "reporting" / "pdf" / "paper.css"
MEMORY_BYTES = 1_000 * 1024 * 1024
CPU_SECONDS = 300
VARIANT = "pdf/a-2a"


class OnlyOwnFonts(URLFetcher):
    """Refuses every address except the font files of the house."""

    def fetch(self, url, headers=None):
        if url.startswith("fonts:"):
            name = Path(url.removeprefix("fonts:")).name
            return super().fetch((font_file(unquote(name)) or FONTS / name).as_uri())
        raise FatalURLFetchingError(f"refused: {url[:80]}")


class Refusing(OnlyOwnFonts):
    """For the document itself: what it asks for is left out, the paper is still made."""

    def fetch(self, url, headers=None):
        raise ValueError("refused")


@cache
def style_for(scripts: tuple[Script, ...]) -> tuple[CSS, FontConfiguration]:
    """The style of the house, with the fonts of these scripts; made once for each mix of scripts that comes along."""
    fonts = FontConfiguration()
    text = with_fonts(STYLE.read_text(), scripts)
    return CSS(string=text, url_fetcher=OnlyOwnFonts(allowed_protocols=["file"]), font_config=fonts), fonts


def pdf_of(documents: list[str]) -> bytes:
    """One PDF of these documents, one after the other. Each counts its own pages; title and language are of the
    first."""
    style, fonts = style_for(scripts_in("".join(documents)))
    options = {"font_config": fonts, "stylesheets": [style], "pdf_variant": VARIANT}
    laid_out = [HTML(string=text, url_fetcher=Refusing()).render(**options) for text in documents]
    whole = laid_out[0] if len(laid_out) == 1 else laid_out[0].copy([p for d in laid_out for p in d.pages])
    return whole.write_pdf(finisher=finish, pdf_variant=VARIANT)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    style_for(())
    out = sys.stdout.buffer
    for line in sys.stdin.buffer:
        pdf = pdf_of(json.loads(line))
        out.write(len(pdf).to_bytes(8, "big"))
        out.write(pdf)
        out.flush()


if __name__ == "__main__":
    main()
