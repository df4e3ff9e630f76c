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


def test_a_colour_that_is_only_right_on_white_is_seen(open_window, people):
    page = open_window()
    she.log_in(page, people.officer)
    page.evaluate("document.querySelector('main h1').style.color = '#222'")
    found = looks.problems(page, "worklist")
    assert found
    assert all("(dark): color-contrast" in line for line in found)


# What is read on what, and what is seen beside what (WCAG 1.4.3 and 1.4.11).
READ = {
    "ink": ("paper", "ground"),
    "quiet": ("paper", "ground"),
    "brand": ("paper", "ground", "brand-soft"),
    "ok-ink": ("paper", "ok-soft"),
    "near-ink": ("paper", "near-soft"),
    "over-ink": ("paper", "ground", "over-soft"),
    "load-ink": ("load-near", "load-ok", "load-none"),
    "load-ink-over": ("load-over",),
    "load-ink-longest": ("load-longest",),
}
SEEN = dict.fromkeys(("ok", "near", "over", "over-far", "brand", "ink"), ("paper", "basis-color-default-bg-active")) | {
    f"load-{name}": ("paper",) for name in ("longest", "over", "near", "ok", "none")
}
CONTRASTS = """pairs => {
    const context = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    const light = name => {
        const probe = document.body.appendChild(document.createElement("i"));
        probe.style.color = `var(--${name})`;
        context.fillStyle = getComputedStyle(probe).color;
        context.fillRect(0, 0, 1, 1);
        probe.remove();
        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3)
            .map(n => n / 255).map(n => n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    return pairs.map(([one, other]) => {
        const [a, b] = [light(one), light(other)].sort((x, y) => y - x);
        return [one, other, a / b];
    });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_can_be_told_from_what_is_under_it(open_window, people, scheme):
    page = open_window()
    she.log_in(page, people.officer)
    page.emulate_media(color_scheme=scheme)
    for table, least in ((READ, 4.5), (SEEN, 3)):
        found = page.evaluate(CONTRASTS, [(one, other) for one, others in table.items() for other in others])
        weak = [f"{one} on {other}: {ratio:.2f}" for one, other, ratio in found if ratio < least]
        assert not weak
    urgent = {name: ratio for name, _, ratio in page.evaluate(CONTRASTS, [(n, "paper") for n in ("over-far", "near")])}
    assert urgent["over-far"] > urgent["near"], "red draws more than brown"


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
