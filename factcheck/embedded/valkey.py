"""The embedded Valkey, on a Unix socket."""

import signal
import socket
import subprocess
from pathlib import Path

from factcheck.embedded.owner import Owner
from factcheck.embedded.processes import running_in, spawn

DATABASES = 64  # test runners take one each


class Valkey:
    """The Valkey server of one state folder; a program for the supervisor."""

    name = "valkey"
    stop_signal = signal.SIGTERM
    patience = 20.0

    def __init__(
        self, program: Path, *, data: Path, sockets: Path, log: Path, owner: Owner, durable: bool
    ) -> None:
        self.program, self.data, self.log = program, data, log
        self.owner, self.durable = owner, durable
        self.socket = sockets / "valkey.sock"

    @property
    def url(self) -> str:
        """The REDIS_URL of this server."""
        return f"unix://{self.socket}?db=0"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server."""
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "databases": str(DATABASES),
            "appendonly": "yes" if self.durable else "no",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        return spawn(
            [self.program, *arguments],
            folder=self.data,
            log=self.log,
            environment={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            death_signal=signal.SIGTERM,
            identity=self.owner.identity,
            new_session=True,
        )

    def running(self) -> list[int]:
        """Return this server's process, if it is alive."""
        return running_in(self.data, self.program.name)

    def answers(self) -> bool:
        """Tell whether a PING is answered; not yet while the log of writes is being read."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(2)
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False
