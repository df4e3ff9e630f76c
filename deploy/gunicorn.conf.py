"""gunicorn in the container. The proxy is the only one who can reach it."""

import os

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
