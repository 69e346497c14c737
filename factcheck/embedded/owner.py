"""Whom the servers run as, and folders that are theirs alone."""

import contextlib
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

SERVICE_USER = "factcheck"


class Unusable(Exception):
    """The embedded servers cannot run here; the message says what to do."""


@dataclass(frozen=True)
class Owner:
    """The user that runs the servers; ``account`` is None for the user we are."""

    account: pwd.struct_passwd | None

    @property
    def identity(self) -> dict[str, object]:
        """This user in the words of ``subprocess.Popen``."""
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def can(self, flag: str, path: Path) -> bool:
        """Ask ``test`` as this user, e.g. ``can("-x", folder)``."""
        test = shutil.which("test", path="/usr/bin:/bin") or "test"
        asked = subprocess.run([test, flag, str(path)], check=False, cwd="/", **self.identity)  # type: ignore[call-overload]
        return asked.returncode == 0

    def can_enter(self, path: Path) -> bool:
        """Tell whether this user gets as far as ``path`` or, if absent, its nearest parent."""
        path = path.resolve()
        while not path.exists():
            path = path.parent
        return self.can("-x", path)

    def make_private(self, folder: Path) -> None:
        """Make ``folder`` (its parent exists) and give it to this user, mode 0700.

        Raise Unusable if something else is in its place: a link or a folder of another
        user, who could then read or replace what is written there.
        """
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        found = folder.lstat()
        uid = os.geteuid() if self.account is None else self.account.pw_uid
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {uid, os.geteuid()}:
            raise Unusable(f"{folder} belongs to another user: remove it, or work as that user.")
        if self.account is not None:
            os.chown(folder, uid, self.account.pw_gid, follow_symlinks=False)
        folder.chmod(0o700)


def choose_owner() -> Owner:
    """Pick the user: ourselves or, because PostgreSQL refuses root, a service user.

    ``nobody`` stands in where no user can be made. A bare number will not do: initdb
    wants a name in the user database.
    """
    if os.geteuid() != 0:
        return Owner(None)
    with contextlib.suppress(KeyError):
        return Owner(pwd.getpwnam(SERVICE_USER))
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    with contextlib.suppress(OSError, subprocess.CalledProcessError, KeyError):
        subprocess.run([*command, SERVICE_USER], check=True, capture_output=True)
        return Owner(pwd.getpwnam(SERVICE_USER))
    return Owner(pwd.getpwnam("nobody"))
