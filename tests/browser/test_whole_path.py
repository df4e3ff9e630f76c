"""The main path in a browser: import schools, upload, preview, accept, night, worklist, dossier, contact, step, PDF."""

import pytest

from tests.browser import story

pytestmark = pytest.mark.once


def test_from_a_report_to_a_pdf(open_window, people, morning, tmp_path):
    story.walk(open_window(), people.officer, morning, tmp_path, js=True)
