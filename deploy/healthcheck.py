"""Is this part of the application well? Exits with 0 or 1: healthcheck.py web|worker|beat

web: answers on /gezond/leeft/. worker: answers a ping through the broker.
beat: has written its schedule in the last minutes.
"""

import glob
import os
import socket
import sys
import time
import urllib.request

BEAT_MAX_AGE = 10 * 60


def web() -> bool:
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    request = urllib.request.Request("http://127.0.0.1:8000/gezond/leeft/", headers={"Host": host})
    with urllib.request.urlopen(request, timeout=5) as response:
        return response.status == 200


def worker() -> bool:
    from thuiszitters.celery import app

    name = f"celery@{socket.gethostname()}"
    return bool(app.control.inspect(destination=[name], timeout=5).ping())


def beat() -> bool:
    times = [os.path.getmtime(path) for path in glob.glob("/app/var/beat/schedule*")]
    return bool(times) and time.time() - max(times) < BEAT_MAX_AGE


if __name__ == "__main__":
    try:
        well = {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]()
    except Exception as error:
        sys.exit(f"{sys.argv[1]}: {error}")
    sys.exit(0 if well else f"{sys.argv[1]}: no answer")
