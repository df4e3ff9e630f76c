"""What must hold for each page, wide, narrow, in the dark and with letters twice as large: axe finds nothing, nobody
scrolls sideways. One visit for all four: loading a page costs more than looking at it."""

from axe_playwright_python.base import AXE_SCRIPT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
# In the dark only colours differ.
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}

TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > width + 1);
    return wide.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).concat("te breed").slice(0, 3);
}"""

WIDTHS, HALF = (1280, 320), 640

# Only what is wrong comes back: what is right of a page is much, and nobody reads it.
RUN = "options => axe.run(options).then(found => found.violations)"


def problems(page, name: str, *, dark: bool = True) -> list[str]:
    """What is wrong with the page as it stands, in lines that name it. The window is as wide as before afterwards."""
    size, found = page.viewport_size, []
    page.evaluate(AXE_SCRIPT)  # once for both widths: it is half a megabyte
    for width in WIDTHS:
        page.set_viewport_size({**size, "width": width})
        where = f"{name} ({width} px)"
        found += _axe(page, where, OPTIONS) + sideways(page, where)
    found += _dark(page, f"{name} (dark)") if dark else []
    found += _double_text(page, f"{name} (200%)", size)
    page.set_viewport_size(size)
    return found


def _axe(page, where: str, options: dict) -> list[str]:
    seen = page.evaluate(RUN, options)
    return [f"{where}: {v['id']}: {v['help']}: {n['html'][:200]}" for v in seen for n in v["nodes"]]


def _dark(page, where: str) -> list[str]:
    page.emulate_media(color_scheme="dark")
    found = _axe(page, where, CONTRAST)
    page.emulate_media(color_scheme="light")
    return found


def sideways(page, where: str) -> list[str]:
    return [f"{where}: sideways scroll: {html}" for html in page.evaluate(TOO_WIDE)]


def _double_text(page, where: str, size) -> list[str]:
    """As somebody who set the letters of the browser twice as large."""
    page.set_viewport_size({**size, "width": HALF})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found = sideways(page, where)
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found
