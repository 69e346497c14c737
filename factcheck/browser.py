"""A Chromium for the browser tests: one that is there, or Debian's."""

import os
import shutil
import subprocess
import sys

APT = "apt-get"
NAMES = ("chromium", "chromium-browser")


def provide() -> None:
    """Install Debian's Chromium when there is none and this is root on such a system.

    Anybody else is told by the browser tests what to install.
    """
    if any(map(shutil.which, NAMES)) or os.geteuid() != 0 or not shutil.which(APT):
        return
    sys.stderr.write("Installing Chromium for the browser tests\n")
    quietly = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in ([APT, "update"], [APT, "install", "-y", "--no-install-recommends", NAMES[0]]):
        # What fails here is said again, and better, by the browser tests.
        subprocess.run(command, check=False, env=quietly, stdout=subprocess.DEVNULL)  # noqa: S603
