"""Tests of which the answer does not hang on the database: what a page looks like, what a template, a paper or the
manual says, and the large table of who gets in where (the same querysets; sharing, revoking and the rights of the
database itself are tested on both). They run in the first of the two runs of CI, on SQLite, not on PostgreSQL."""

import pytest
from django.conf import settings

ON_POSTGRESQL = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
seen_on_sqlite = pytest.mark.skipif(
    ON_POSTGRESQL, reason="what it looks at does not hang on the database: seen on SQLite"
)
