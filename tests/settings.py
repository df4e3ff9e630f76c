"""Settings for the tests: fixed keys, no TLS, nothing from a developer's own .env."""

import atexit
import os
import shutil
import tempfile

os.environ.update(
    DEBUG="False",
    HTTPS="False",
    SECRET_KEY="tests-only-" + "x" * 40,
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    PGN_KEYS="MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    PGN_HASH_KEY="tests-only-" + "y" * 40,
    SITE_URL="https://thuiszitters.voorbeeld.test",
    SENTRY_DSN="",
    S3_BUCKET="",
    CLAMD="",
)

from thuiszitters.settings import *  # noqa: F403
from thuiszitters.settings import DATABASES, STORAGES

# A thread of a live server that keeps its connection would keep the test database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
# A folder of its own for each process: the nightly round removes files that belong to no row.
MEDIA_ROOT = tempfile.mkdtemp(prefix="thuiszitters-tests-")
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
