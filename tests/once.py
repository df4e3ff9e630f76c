"""Tests of which the answer does not hang on the database: what a page looks like, what a template or the manual says.
They run in the first of the two runs of CI, on SQLite, and not again on PostgreSQL."""

import pytest
from django.conf import settings

ON_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
seen_on_sqlite = pytest.mark.skipif(
    ON_POSTGRESQL, reason="what it looks at does not hang on the database: seen on SQLite"
)
