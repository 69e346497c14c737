"""`./dev check` refuses what is no article before it starts any server."""

import contextlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest

from factcheck.embedded.wheels import CHECKOUT

OURS = {"DATABASE_URL", "REDIS_URL"}


def started_by(mark: str) -> set[str]:
    """The command lines of the processes that inherited ``mark``."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark.encode() in (entry / "environ").read_bytes():
                found.add((entry / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


def check(file: Path | str, given: Path) -> tuple[int, str, set[str]]:
    """Run ./dev check; return its exit code, its complaint and all it started."""
    mark = str(uuid4())
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "factcheck", "check", str(file)],
        env=environment | {"PYTHONPATH": str(CHECKOUT), "MARK": mark},
        cwd="/",
        stdin=given.open("rb"),
        stderr=subprocess.PIPE,
        text=True,
    )
    started = set()
    while process.poll() is None:
        started |= started_by(mark)
        time.sleep(0.1)
    return process.returncode, process.stderr.read(), started


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(
    ("named", "body", "why"),
    [
        ("article.txt", b"", "file is empty|holds no sentence"),
        (
            "article.txt",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 9,
            "picture is not read",
        ),
        ("-", b"12 34 56\n\n78", "holds no sentence"),
    ],
    ids=["empty", "binary", "no sentence"],
)
def test_what_holds_no_article_is_refused_before_servers_start(tmp_path, named, body, why):
    file = tmp_path / "article.txt"
    file.write_bytes(body)
    code, complaint, started = check(file if named == file.name else named, given=file)
    assert code == 2
    assert re.search(why, complaint)
    assert len(complaint.splitlines()) == 1
    assert any("check_article" in command for command in started)
    assert not any("keeper" in command for command in started)
