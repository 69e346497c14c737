"""Ask the web server of this machine whether it serves: ``python -m factcheck.probe``.

For container engines. Work that waits too long is no fault of the web
server; to watch the whole product, ask /healthz itself.
"""

import json
import sys
import urllib.error
import urllib.request

from factcheck.settings import ALLOWED_HOSTS, HTTPS

ADDRESS = "http://127.0.0.1:8000"
PATIENCE = 8  # seconds


def is_serving(address: str = ADDRESS) -> bool:
    """Whether the web server answers and reaches its database."""
    host = next((host.lstrip(".") for host in ALLOWED_HOSTS if host != "*"), "localhost")
    headers = {"Host": host, "X-Forwarded-Proto": "https" if HTTPS else "http"}
    request = urllib.request.Request(f"{address}/healthz", headers=headers)  # noqa: S310 - ours
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            told = answer.read()
    except urllib.error.HTTPError as error:
        told = error.read()
    except OSError:
        return False
    try:
        return bool(json.loads(told)["database"])
    except (ValueError, TypeError, KeyError):
        return False


if __name__ == "__main__":
    sys.exit(0 if is_serving(*sys.argv[1:]) else 1)
