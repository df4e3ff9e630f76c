"""Does a file hold malware? Asked of clamd (ClamAV) where there is one: setting CLAMD, the path of a socket or
host:port. That it does not answer is never taken for clean."""

import io
from enum import StrEnum

import structlog
from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

logger = structlog.get_logger(__name__)
SECONDS = 8  # of silence, after which it is asked again later


class Found(StrEnum):
    CLEAN = "schoon"
    INFECTED = "besmet"
    WAITING = "wacht"
    NOT_ASKED = "niet"


def is_set_up() -> bool:
    return bool(settings.CLAMD)


def scan(content: bytes) -> Found:
    """NOT_ASKED where no clamd is set up; WAITING when it is, and gives no answer."""
    if not is_set_up():
        return Found.NOT_ASKED
    try:
        answers = _clamd().instream(io.BytesIO(content)).values()
    except (ClamdError, OSError, ValueError) as problem:
        logger.warning("clamd_silent", problem=type(problem).__name__)
        return Found.WAITING
    for status, what in answers:
        if status == "FOUND":
            logger.warning("malware_found", signature=what)
            return Found.INFECTED
        if status == "OK":
            return Found.CLEAN
    return Found.WAITING


def _clamd() -> ClamdNetworkSocket:
    host, _, port = settings.CLAMD.rpartition(":")
    if settings.CLAMD.startswith("/"):
        return ClamdUnixSocket(settings.CLAMD, timeout=SECONDS)
    return ClamdNetworkSocket(host.strip("[]"), int(port), timeout=SECONDS)
