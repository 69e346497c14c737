"""How long handing in an article takes when Valkey is well, stopped or hanging.

    python -m benchmarks.broker [--times 5]

On throwaway servers. Seconds, the median and the longest of each; the article
is stored every time, which is checked.
"""

import argparse
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median

import django

from factcheck.embedded.servers import Servers, throwaway_servers
from factcheck.embedded.wheels import CHECKOUT


def well(servers: Servers) -> None:
    while not servers.valkey.answers():
        time.sleep(0.05)


def stop(servers: Servers) -> None:
    """Kill it; its keeper starts it again, at the earliest a second later."""
    well(servers)
    os.kill(servers.valkey.running()[0], signal.SIGKILL)
    while servers.valkey.running():
        time.sleep(0.001)


def hang(servers: Servers) -> None:
    well(servers)
    os.kill(servers.valkey.running()[0], signal.SIGSTOP)


def go_on(servers: Servers) -> None:
    for pid in servers.valkey.running():
        os.kill(pid, signal.SIGCONT)


def seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    with throwaway_servers() as servers:
        os.environ |= servers.environment | {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "LOG_LEVEL": "ERROR",
        }
        migrate = [sys.executable, str(CHECKOUT / "manage.py"), "migrate", "--verbosity", "0"]
        subprocess.run(migrate, check=True)
        django.setup()
        from claims.actions.intake import Handed, submit  # noqa: PLC0415 - after django.setup()
        from claims.models import Submission  # noqa: PLC0415
        from factcheck.models import User  # noqa: PLC0415

        user = User.objects.create(username="benchmark")
        print(f"{'Valkey':10}{'median s':>10}{'longest s':>11}")
        for name, harm in (("well", well), ("stopped", stop), ("hanging", hang)):
            took = []
            for _ in range(times):
                harm(servers)
                took.append(seconds(lambda: submit(Handed(text="Forty boats left."), by=user)))
                go_on(servers)
                well(servers)
            print(f"{name:10}{median(took):10.3f}{max(took):11.3f}")
        assert Submission.objects.due().count() == 3 * times


if __name__ == "__main__":
    main()
