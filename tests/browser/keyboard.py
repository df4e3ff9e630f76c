"""Somebody without a mouse: Tab, Enter, letters. Every stop must be seen, and nothing may lie over it."""

from playwright.sync_api import Page

FAR = 80

STOP = """() => {
    const one = document.activeElement, style = getComputedStyle(one);
    const label = one.labels && one.labels.length ? one.labels[0].textContent : one.textContent;
    const box = one.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const over = one.contains(top) || (one.labels && [...one.labels].some(l => l.contains(top)));
    return {
        tag: one.tagName.toLowerCase(), name: label.replace(/\\s+/g, " ").trim(),
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, over,
        seen: box.width > 0 && box.height > 0 && box.top >= 4 && box.bottom <= innerHeight - 4,
        box: [box.top, box.bottom, innerHeight],
    };
}"""


def stop(page: Page) -> dict:
    """Where the focus is now; fails when nobody could see that."""
    at = page.evaluate(STOP)
    assert at["tag"] == "body" or at["ring"], f"no ring around {at}"
    assert at["tag"] == "body" or (at["seen"] and at["over"]), f"out of sight or covered: {at}"
    return at


def tab_to(page: Page, name: str, tag: str = "") -> list[str]:
    """Press Tab until the focus is on what has this name; gives the names of all stops."""
    passed = []
    for _ in range(FAR):
        page.keyboard.press("Tab")
        at = stop(page)
        passed.append(at["name"])
        if at["name"].startswith(name) and tag in ("", at["tag"]):
            return passed
    raise AssertionError(f"{name} is out of reach: {passed}")


def press(page: Page, name: str, tag: str = "") -> None:
    """Go to a link or button and press Enter; wait for the page behind it."""
    tab_to(page, name, tag)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_in(page: Page, label: str, words: str) -> None:
    """Letters in a field; in a list they choose."""
    tab_to(page, label)
    page.keyboard.type(words)
