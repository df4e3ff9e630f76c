"""Settings of the fault experiments: as the tests, with one folder for files that all processes share."""

import os

from tests.settings import *  # noqa: F403

MEDIA_ROOT = os.environ["FILES_ROOT"]
