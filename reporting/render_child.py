"""The child process that renders one paper: HTML on standard input, PDF on standard output. No Django, no network."""

import resource
import sys
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "node_modules" / "@fontsource" / "source-sans-3" / "files"
STYLE = ROOT / "reporting" / "paper.css"
MEMORY_BYTES = 1_500 * 1024 * 1024
CPU_SECONDS = 50


class OnlyOwnFonts(URLFetcher):
    """Refuses every address except the font files of the house."""

    def fetch(self, url, headers=None):
        if url.startswith("fonts:"):
            name = Path(url.removeprefix("fonts:")).name
            return super().fetch((FONTS / name).as_uri())
        raise FatalURLFetchingError(f"refused: {url[:80]}")


class Refusing(OnlyOwnFonts):
    """For the document itself: what it asks for is left out, the paper is still made."""

    def fetch(self, url, headers=None):
        raise ValueError("refused")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    fonts = FontConfiguration()
    style = CSS(string=STYLE.read_text(), url_fetcher=OnlyOwnFonts(allowed_protocols=["file"]), font_config=fonts)
    html = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=Refusing())
    html.write_pdf(sys.stdout.buffer, stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True)


if __name__ == "__main__":
    main()
