"""How gunicorn serves the site; the address comes from the command line.

``gunicorn -c python:factcheck.gunicorn --bind ADDRESS factcheck.wsgi``
"""

import gc
from pathlib import Path
from typing import Any

from django.urls import get_resolver

from factcheck.settings import LOGGING, MAX_REQUEST_BYTES, WEB_PROCESSES, WEB_THREADS

workers = WEB_PROCESSES
worker_class = "gthread"
threads = WEB_THREADS
preload_app = True
# A heartbeat must not wait for a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
timeout = 60  # seconds without a sign of life from a process
graceful_timeout = 25  # seconds for requests that run while it is told to stop
max_requests = 5_000  # then a fresh process, in case a library leaks
max_requests_jitter = 500
control_socket_disable = True
limit_request_line = 8190  # bytes, the most it takes: whatever filters hold in any script
# Requests are told by factcheck.requests; this is about the server itself.
logconfig_dict = LOGGING | {
    "loggers": {
        **LOGGING["loggers"],
        "gunicorn.error": {"level": "INFO", "handlers": ["console"], "propagate": False},
    }
}


def pre_request(worker: Any, request: Any) -> None:
    """End the connection after what factcheck.sizes refuses: what is still sent is not waited for.

    Only the server can: it answers for the connection, whatever the site says of it.
    """
    stated = dict(request.headers).get("CONTENT-LENGTH", "0")
    if stated.isdecimal() and int(stated) > MAX_REQUEST_BYTES:
        request.force_close()


def post_worker_init(worker: Any) -> None:
    """Read the code of every page before the first request asks for one.

    Not before the fork: onnxruntime's threads do not live through it. What is
    there then stays as long as the process, so that the garbage collector
    need not look at it again: a full collection took 200 ms of some request.
    """
    get_resolver().url_patterns  # noqa: B018 - importing is what it is for
    gc.collect()
    gc.freeze()
