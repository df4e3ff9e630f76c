"""The looks and the watch see what is wrong: a page with faults, made for them."""

import pytest

from tests.browser import looks
from tests.browser import sentences as she

pytestmark = pytest.mark.once

FAULTS = """() => {
    const image = document.createElement("img");
    image.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
    const wide = document.createElement("div");
    wide.style.inlineSize = "3000px";
    wide.textContent = "breed";
    document.querySelector("main").append(image, wide);
}"""
INLINE = """() => {
    const script = document.createElement("script");
    script.textContent = "1";
    document.body.append(script);
}"""


def test_a_page_with_faults_is_seen(open_window, people):
    page = open_window()
    she.log_in(page, people.officer)
    assert looks.problems(page, "worklist") == []
    page.evaluate(FAULTS)
    found = "\n".join(looks.problems(page, "worklist"))
    assert "image-alt" in found
    assert "sideways scroll" in found


def test_the_watch_hears_the_security_policy_and_missing_files(open_window, people):
    page = open_window(expects=("404 /static/weg.css",))
    watch = page.watch
    page.goto("/inloggen/")
    page.evaluate(INLINE)
    page.evaluate("fetch('/static/weg.css').then(r => r.status)")
    page.evaluate("fetch('/ook-weg/').then(r => r.status)")
    heard = "\n".join(watch.complaints)
    watch.complaints.clear()
    assert "Content Security Policy" in heard
    assert "404 /ook-weg/" in heard
    assert "weg.css" not in heard
