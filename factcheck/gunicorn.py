"""How gunicorn serves the site; the address comes from the command line.

``gunicorn -c python:factcheck.gunicorn --bind ADDRESS factcheck.wsgi``
"""

from pathlib import Path

from factcheck.settings import LOGGING, WEB_PROCESSES, WEB_THREADS

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
# Requests are told by factcheck.requests; this is about the server itself.
logconfig_dict = LOGGING | {
    "loggers": {
        **LOGGING["loggers"],
        "gunicorn.error": {"level": "INFO", "handlers": ["console"], "propagate": False},
    }
}
