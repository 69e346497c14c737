"""What ./dev runs once the environment is there: ``python -m factcheck COMMAND``."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from factcheck import browser, up, workspace
from factcheck.embedded.owner import Unusable
from factcheck.embedded.processes import bind_to_parent
from factcheck.embedded.servers import throwaway_servers
from factcheck.embedded.wheels import CHECKOUT
from factcheck.supervisor import Supervisor

PROGRAMS = Path(sys.executable).parent
MANAGE = [sys.executable, str(CHECKOUT / "manage.py")]


def run_up(arguments: Sequence[str]) -> int:
    """Run the whole workspace until it is told to stop."""
    parser = argparse.ArgumentParser(prog="./dev up", description=run_up.__doc__)
    parser.add_argument("--port", type=int, default=8000, help="first port to try (8000)")
    port = parser.parse_args(arguments).port
    if not 1 <= port <= 65535:
        parser.error("a port is a number from 1 to 65535")
    up.up(port)
    return 0


def run_stop(arguments: Sequence[str]) -> int:
    """End a running ./dev up."""
    argparse.ArgumentParser(prog="./dev stop", description=run_stop.__doc__).parse_args(arguments)
    up.stop()
    return 0


def run_python(arguments: Sequence[str]) -> int:
    """Become Python with ``arguments``, with the workspace's servers."""
    environment = workspace.settings_environment()
    if not workspace.brings_servers(environment):
        servers = workspace.servers()
        servers.hold()
        servers.keep_through_exec()
        environment |= servers.environment
    os.execve(sys.executable, [sys.executable, *arguments], environment)


def run_manage(arguments: Sequence[str]) -> int:
    """Become Django's command line, with the workspace's servers."""
    return run_python([MANAGE[1], *arguments])


def run_check(arguments: Sequence[str]) -> int:
    """Check one article, in the running workspace or in one of its own that is gone after."""
    check = [MANAGE[1], "check_article", *arguments]
    if {"-h", "--help"} & set(arguments):
        os.execve(sys.executable, [sys.executable, *check], workspace.settings_environment())
    if workspace.brings_servers(os.environ) or up.is_running():
        return run_python(check)
    if "-" in arguments:
        keep_standard_input()
    looked = child([sys.executable, *check, "--only-look"], workspace.settings_environment())
    if looked:
        return looked
    if "-" in arguments:
        os.lseek(sys.stdin.fileno(), 0, os.SEEK_SET)
    return check_alone(check)


def keep_standard_input() -> None:
    """Put a file in the place of standard input, which two programs are going to read."""
    from sources.extract import MAX_BYTES  # noqa: PLC0415 - slow, and needed here only

    with tempfile.TemporaryFile() as file:
        file.write(sys.stdin.buffer.read(MAX_BYTES + 1))  # one more is too much, and is said
        file.seek(0)
        os.dup2(file.fileno(), sys.stdin.fileno())


def check_alone(check: Sequence[str]) -> int:
    """Check one article on servers of its own, with a worker of its own."""
    with throwaway_servers() as servers:
        environment = workspace.settings_environment() | servers.environment
        up.prepare(environment, "--library")
        worker = up.lone_worker(environment, servers.layout.logs)
        supervisor = Supervisor([worker], say=lambda line: print(line, file=sys.stderr))
        try:
            return child([sys.executable, *check], environment, meanwhile=supervisor.tend)
        finally:
            supervisor.stop()


def run_screenshots(arguments: Sequence[str]) -> int:
    """Take a picture of every page, light and dark, wide and narrow."""
    parser = argparse.ArgumentParser(prog="./dev screenshots", description=run_screenshots.__doc__)
    parser.add_argument("folder", nargs="?", default=str(workspace.VAR / "screenshots"))
    folder = Path(parser.parse_args(arguments).folder).resolve()
    os.chdir(CHECKOUT)
    browser.provide()
    take = [sys.executable, "-m", "tests.e2e.screenshots", str(folder)]
    return child(take, workspace.settings_environment())


def run_lint(arguments: Sequence[str]) -> int:
    """Run the linters on servers of their own."""
    argparse.ArgumentParser(prog="./dev lint", description=run_lint.__doc__).parse_args(arguments)
    os.chdir(CHECKOUT)
    with throwaway_servers() as servers:
        return lint(workspace.settings_environment() | servers.environment)


def run_test(arguments: Sequence[str]) -> int:
    """Run the linters, then pytest, on servers of their own."""
    os.chdir(CHECKOUT)
    browser.provide()
    with throwaway_servers() as servers:
        environment = workspace.settings_environment() | servers.environment
        # One more than two cores: browsers and servers are waited for a fifth of the time.
        return lint(environment) or child(
            [PROGRAMS / "pytest", "-n", "3", "--dist", "worksteal", *arguments], environment
        )


def lint(environment: dict[str, str]) -> int:
    """Run every linter; return 0, or 1 if one of them complains."""
    templates = [path for path in CHECKOUT.glob("*/templates/**/*.html") if path.is_file()]
    linters: list[list[str | Path]] = [
        [PROGRAMS / "ruff", "check", "--quiet", ".", "dev"],
        [PROGRAMS / "ruff", "format", "--check", "--quiet", ".", "dev"],
        [PROGRAMS / "djade", "--check", "--target-version", "5.2", *templates],
        [PROGRAMS / "lint-imports", "--no-cache"],
        [PROGRAMS / "mypy", "--no-error-summary", "factcheck", "claims", "sources"],
        [*MANAGE, "check", "--fail-level", "WARNING"],
        [*MANAGE, "makemigrations", "--check", "--dry-run"],
    ]
    failed = [linter for linter in linters if child(linter, environment)]
    for linter in failed:
        sys.stderr.write(f"failed: {' '.join(str(part) for part in linter[:3])}\n")
    return 1 if failed else 0


def child(
    command: Sequence[str | Path],
    environment: dict[str, str],
    *,
    meanwhile: Callable[[], None] = lambda: None,
) -> int:
    """Run ``command`` on this terminal; on Linux it dies with us. Return its exit code.

    ``meanwhile`` is called a few times a second until it ends.
    """
    with subprocess.Popen(command, env=environment, preexec_fn=bind_to_parent()) as process:  # noqa: PLW1509
        while True:
            # Ctrl-C reaches the child too; it is the child that decides what to do about it.
            with contextlib.suppress(KeyboardInterrupt, subprocess.TimeoutExpired):
                meanwhile()
                return process.wait(up.TEND_EVERY)


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "up": run_up,
    "stop": run_stop,
    "check": run_check,
    "screenshots": run_screenshots,
    "lint": run_lint,
    "test": run_test,
    "manage": run_manage,
    "python": run_python,
}


def main() -> int:
    """Run one command; return its exit code, 2 when the machine is not fit for it."""
    try:
        workspace.make_folders()
        return COMMANDS[sys.argv[1]](sys.argv[2:])
    except Unusable as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main())
