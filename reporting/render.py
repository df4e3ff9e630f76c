"""HTML to PDF, in a child process with limits: nothing is fetched but the house's own fonts and style."""

import subprocess
import sys

from django.conf import settings

SECONDS = 60


class RenderFailed(RuntimeError):
    """The paper could not be made; the message is a sentence for the user."""


def render_pdf(html: str) -> bytes:
    """A tagged PDF (PDF/UA-1) of `html`. RenderFailed when it takes too long, too much memory, or goes wrong."""
    command = [sys.executable, "-m", "reporting.render_child"]
    try:
        done = subprocess.run(
            command, input=html.encode(), capture_output=True, timeout=SECONDS, cwd=settings.BASE_DIR, check=False
        )
    except subprocess.TimeoutExpired as problem:
        raise RenderFailed("Het maken van de PDF duurde te lang. Probeer het later opnieuw.") from problem
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise RenderFailed("De PDF kon niet worden gemaakt. Probeer het later opnieuw of vraag de beheerder.")
    return done.stdout
