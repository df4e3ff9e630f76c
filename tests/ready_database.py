"""A database that is migrated once for a whole run. Migrations take longer than a hundred tests; with several workers a
process beside them migrates while they still collect, and each of them begins with a copy.

    python -m tests.ready_database FOLDER

makes it, and takes it away when its standard input ends: when the run is over, or was broken off.
"""

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# In the folder: held for as long as the database is being made; there once it was; what went wrong.
LOCK, DONE, LOG, SQLITE = "lock", "done", "log", "ready.sqlite3"


class Making:
    """The process that makes it, seen from the run."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="thuiszitters-ready-")
        folder = Path(self.folder.name)
        with (folder / LOCK).open("w") as lock, (folder / LOG).open("w") as log:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.ready_database", str(folder)],
                cwd=ROOT,
                env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=[lock.fileno()],
            )

    def end(self) -> None:
        """Also where no test needed the database, and it is not even ready."""
        self.process.terminate()
        self.process.stdin.close()
        self.process.wait(60)
        self.folder.cleanup()


def begin_with(folder: Path) -> None:
    """In a worker: the database of the tests begins as a copy of the one in the folder; nothing is left to migrate."""
    from django.conf import settings
    from django.db.backends.signals import connection_created

    with (folder / LOCK).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)  # waits until it is made
    if not (folder / DONE).exists():
        raise RuntimeError(f"the database of the tests was not made:\n{(folder / LOG).read_text()}")
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("postgresql"):
        database["TEST"]["TEMPLATE"] = (folder / DONE).read_text()
        return

    def fill(connection, **kwargs):
        connection_created.disconnect(fill)
        with closing(sqlite3.connect(folder / SQLITE)) as ready:
            ready.backup(connection.connection)

    connection_created.connect(fill, weak=False)


def _make(folder: Path) -> None:
    lock = next(fd for fd in range(3, 64) if _is(fd, folder / LOCK))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    import django

    django.setup()
    from django.db import connection

    name = connection.settings_dict["NAME"]
    postgres = connection.vendor == "postgresql"
    connection.settings_dict["TEST"]["NAME"] = f"test_{name}_ready" if postgres else str(folder / SQLITE)
    try:
        made = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        if not postgres:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA journal_mode=DELETE")  # one file, that can go into memory
        connection.close()  # nobody may be in a database that is copied
        (folder / DONE).write_text(made)
        os.close(lock)
        sys.stdin.read()
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        connection.close()
        if postgres:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "test_{name}_ready" WITH (FORCE)')


def _is(fd: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(fd), path.stat())
    except OSError:
        return False


if __name__ == "__main__":
    _make(Path(sys.argv[1]))
