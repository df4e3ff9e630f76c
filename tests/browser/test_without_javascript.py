"""Every step of the main path works without JavaScript."""

import pytest

from tests.browser import story

pytestmark = pytest.mark.once


def test_from_a_report_to_a_pdf(open_window, people, morning, tmp_path):
    story.walk(open_window(js=False), people.officer, morning, tmp_path, js=False)
