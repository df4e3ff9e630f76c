"""What browser tests share: the system's Chromium, a fixed morning, and a window that notes every complaint."""

import os
import subprocess
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import expect

from tests.browser.watch import Watch

# Playwright keeps an event loop in this thread for as long as the tests last; Django must not mind.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# Two cores with other work beside it are slow; a page that comes is soon seen all the same.
expect.set_options(timeout=15_000)

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=nl",
]
NONE = "no Chromium on this machine (see scripts/chromium)"


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def chromium() -> str:
    """The path of a Chromium that works, or nothing."""
    if found := os.environ.get("CHROMIUM"):
        return found
    return subprocess.run([ROOT / "scripts" / "chromium"], capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="session")
def browser_type_launch_args():
    path = chromium()
    if not path and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(NONE, pytrace=False)
    if not path:
        pytest.skip(NONE)
    return {"executable_path": path, "args": ARGUMENTS}


@pytest.fixture
def morning():
    """Friday 20 November 2026, ten o'clock; `morning.move_to(...)` goes on to another day."""
    with time_machine.travel("2026-11-20 10:00:00+01:00") as traveller:
        yield traveller


@pytest.fixture
def open_window(browser, live_server, morning):
    """`open_window(width=1280, js=True)`: a new person at the screen. At the end nothing may have complained, but for
    answers of the server that the test `expects` ("401 /concept/")."""
    opened = []

    def do(width: int = 1280, height: int = 800, js: bool = True, expects: tuple[str, ...] = ()):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="nl-NL",
            java_script_enabled=js,
        )
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.watch = Watch(page, expects)
        opened.append((context, page.watch))
        return page

    yield do
    complaints = [line for _, watch in opened for line in watch.complaints]
    for context, _ in opened:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def people(lekstroom, live_server, morning):
    """The small world of the other tests, behind a server that a browser can reach."""
    return lekstroom
