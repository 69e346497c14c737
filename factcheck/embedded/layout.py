"""Where one set of servers keeps its data, sockets, locks and logs."""

import hashlib
import os
import re
import shutil
from pathlib import Path

from factcheck.embedded.owner import choose_owner
from factcheck.embedded.postgres import Postgres
from factcheck.embedded.valkey import Valkey
from factcheck.embedded.wheels import binaries_for, reachable_folder

# A socket's path ends at 107 bytes (103 on macOS); "/.s.PGSQL.5432" is the longest name.
LONGEST_SOCKET_FOLDER = 103 - len("/.s.PGSQL.5432")
# What neither a connection address nor a list of folders gives another meaning.
PLAIN = re.compile(r"[A-Za-z0-9_./-]+")


class Layout:
    """The folders of one set of servers; made, with their owner, if they are absent.

    ``state`` moves below /var/lib when the service user cannot reach it, e.g. in a checkout
    below /root. ``logs`` is an existing folder. Servers that are not ``durable`` trade
    safety for speed, and their folder is removed when they stop.
    """

    def __init__(self, state: Path, *, logs: Path, durable: bool) -> None:
        self.owner = choose_owner()
        self.state = state.resolve()
        if not self.owner.can_enter(self.state.parent):
            self.state = reachable_folder(self.state) / "servers"
        self.logs, self.durable = logs.resolve(), durable
        self.sockets = self.state / "run"
        self._valkey_data = self.state / "valkey"
        plain = PLAIN.fullmatch(str(self.sockets))
        if not plain or len(str(self.sockets)) > LONGEST_SOCKET_FOLDER:
            digest = hashlib.sha256(os.fsencode(self.state)).hexdigest()[:10]
            self.sockets = Path("/tmp") / f"factcheck-{digest}"  # noqa: S108 - checked below
        for folder in (self.state, self.sockets, self._valkey_data):
            self.owner.make_private(folder)
        self.users_lock = self.state / "users.lock"
        self.keeper_lock = self.state / "keeper.lock"
        self.ready = self.state / "ready"
        self.keeper_log = logs / "servers.log"

    def remove(self) -> None:
        """Delete everything; for servers that are stopped."""
        for folder in (self.sockets, self.state):
            shutil.rmtree(folder, ignore_errors=True)

    def servers(self) -> tuple[Postgres, Valkey]:
        """Return the two servers; neither is started by that."""
        binaries = binaries_for(self.owner)
        postgres = Postgres(
            binaries.postgres,
            data=self.state / "postgres",
            sockets=self.sockets,
            log=self.logs / "postgres.log",
            owner=self.owner,
            durable=self.durable,
        )
        valkey = Valkey(
            binaries.valkey,
            data=self._valkey_data,
            sockets=self.sockets,
            log=self.logs / "valkey.log",
            owner=self.owner,
            durable=self.durable,
        )
        return postgres, valkey
