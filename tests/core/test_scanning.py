"""Malware: what clamd says counts, that it says nothing is never taken for clean (IN-09)."""

import os
import shutil
import subprocess
import time

import pytest

from tests.core.clamd import BAD, listening
from thuiszitters.core.files import scanning
from thuiszitters.core.files.scanning import Found, is_set_up, scan

CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")


def test_where_nothing_is_set_up_nothing_is_said(settings):
    settings.CLAMD = ""
    assert not is_set_up() and scan(b"x") == Found.NOT_ASKED


@pytest.mark.parametrize(("content", "found"), [(b"x" * 100_000, Found.CLEAN), (BAD, Found.INFECTED)])
def test_what_it_says_counts(settings, content, found):
    with listening() as clamd:
        settings.CLAMD = clamd.address
        assert is_set_up() and scan(content) == found
        assert clamd.asked == [content]


@pytest.mark.parametrize("how", ["dies", "hangs", "nonsense"])
def test_silence_is_not_clean(settings, monkeypatch, how):
    monkeypatch.setattr(scanning, "SECONDS", 0.5)
    with listening(how) as clamd:
        settings.CLAMD = clamd.address
        begun = time.monotonic()
        assert scan(b"x" * 3_000_000) == Found.WAITING
        assert time.monotonic() - begun < 5


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nergens/clamd.ctl", "geen-poort", "127.0.0.1:x"])
def test_where_nothing_listens(settings, address):
    settings.CLAMD = address
    assert scan(b"x") == Found.WAITING


@pytest.fixture(scope="module")
def real_clamd(tmp_path_factory):
    """The clamd of ClamAV itself, with one signature of our own: no list of malware is fetched for a test."""
    if not CLAMD:
        pytest.skip("clamd is not installed (apt-get install clamav-daemon)")
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "own.ndb").write_text(f"Test.Kanarie:0:*:{BAD.hex()}\n")
    path = folder / "clamd.ctl"
    lines = (f"DatabaseDirectory {folder}", f"LocalSocket {path}", "Foreground yes", f"LogFile {folder}/clamd.log")
    account = ("User root",) if os.geteuid() == 0 else ()
    (folder / "clamd.conf").write_text("\n".join((*lines, *account)) + "\n")
    process = subprocess.Popen(
        [CLAMD, "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.monotonic() + 60
    while not path.exists() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.1)
    assert path.exists(), (folder / "clamd.log").read_text()
    yield str(path)
    process.terminate()
    process.wait()


def test_the_real_one_says_so_over_its_socket(settings, real_clamd):
    settings.CLAMD = real_clamd
    assert scan(b"Beste collega, " * 100_000) == Found.CLEAN
    assert scan(b"Beste collega, " + BAD) == Found.INFECTED
