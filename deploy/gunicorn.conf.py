"""gunicorn in the container. The proxy is the only one who can reach it."""

import logging
import os
import re

from gunicorn.glogging import Logger

# An address that is a key itself, of a calendar; the application leaves it out of its own log (thuiszitters/logs.py).
SECRET_ADDRESS = re.compile(r"(/agenda/)[^\s/?#\"']+")


class WithoutSecrets(Logger):
    """Writes no secret address, neither in the line of a request nor in that of an error."""

    def setup(self, cfg):
        super().setup(cfg)
        self.error_log.addFilter(without_secrets)

    def atoms(self, resp, req, environ, request_time):
        atoms = super().atoms(resp, req, environ, request_time)
        return {k: SECRET_ADDRESS.sub(r"\1-", v) if isinstance(v, str) else v for k, v in atoms.items()}


def without_secrets(record: logging.LogRecord) -> bool:
    record.msg, record.args = SECRET_ADDRESS.sub(r"\1-", record.getMessage()), ()
    return True


logger_class = WithoutSecrets
bind = "0.0.0.0:8000"
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
threads = 4
# A request that takes longer than this is lost; long work belongs to the worker.
timeout = 60
graceful_timeout = 30
# The heartbeat of the processes in memory, not on a disk that may be slow.
worker_tmp_dir = "/dev/shm"
# Renews the processes now and then, not all at the same moment.
max_requests = 2000
max_requests_jitter = 400
preload_app = False
forwarded_allow_ips = "*"
# No query string: what people search for does not belong in a log.
accesslog = "-"
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"
# Nobody steers the processes from inside the container, and its file system cannot be written to.
control_socket_disable = True
