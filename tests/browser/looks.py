"""What must hold for each page: axe finds nothing, and nobody scrolls sideways."""

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}

TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll("*")].filter(e => e.getBoundingClientRect().right > width + 1);
    return wide.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).concat("te breed").slice(0, 3);
}"""

axe = Axe()


def problems(page, name: str) -> list[str]:
    """What is wrong with the page as it stands, in lines that name it."""
    where = f"{name} ({page.viewport_size['width']} px)"
    found = axe.run(page, options=OPTIONS).response["violations"]
    lines = [f"{where}: {v['id']}: {v['help']}: {n['html'][:200]}" for v in found for n in v["nodes"]]
    return lines + sideways(page, where)


def sideways(page, where: str) -> list[str]:
    return [f"{where}: sideways scroll: {html}" for html in page.evaluate(TOO_WIDE)]


def double_text(page) -> None:
    """As somebody who set the letters of the browser twice as large."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
