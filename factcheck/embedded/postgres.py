"""The embedded PostgreSQL: one cluster in one folder, on a Unix socket."""

import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

import psycopg

from factcheck.embedded.owner import Owner, Unusable
from factcheck.embedded.processes import running_in, spawn

DATABASE = "factcheck"
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
# The same order and case rules on every machine.
LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


class Postgres:
    """The PostgreSQL server of one state folder; a program for the supervisor."""

    name = "postgres"
    stop_signal = signal.SIGINT  # its fast shutdown: sessions are ended, data is flushed
    patience = 60.0

    def __init__(
        self, programs: Path, *, data: Path, sockets: Path, log: Path, owner: Owner, durable: bool
    ) -> None:
        self.programs, self.data, self.sockets = programs, data, sockets
        self.log, self.owner, self.durable = log, owner, durable

    @property
    def url(self) -> str:
        """The DATABASE_URL of this server."""
        return f"postgres://postgres@{quote(str(self.sockets), safe='')}/{DATABASE}"

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server; the first time, make the cluster."""
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        self._clear_locks()
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": "128MB",
            "timezone": "UTC",
            # Statements and rows hold articles; the log must not.
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
        } | ({} if self.durable else THROWAWAY)
        arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return spawn(
            [self.programs / "postgres", "-D", self.data, *arguments],
            folder=self.data,
            log=self.log,
            environment=ENVIRONMENT,
            death_signal=signal.SIGINT,
            identity=self.owner.identity,
            new_session=True,
        )

    def running(self) -> list[int]:
        """Return the processes of this cluster, the postmaster and its children."""
        return running_in(self.data, "postgres")

    def answers(self) -> bool:
        """Tell whether a query is answered; not yet while a crash is being recovered."""
        try:
            with self._connect("postgres") as connection:
                return connection.execute("select 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    def make_database(self) -> None:
        """Create the product's database unless it is there."""
        with self._connect("postgres") as connection:
            known = "select 1 from pg_database where datname = %s"
            if not connection.execute(known, [DATABASE]).fetchone():
                connection.execute(f"create database {DATABASE}")

    def _connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.sockets),
            user="postgres",
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    def _make_cluster(self) -> None:
        # Under another name first: an interrupted initdb must not pass for a cluster.
        unfinished = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(unfinished, ignore_errors=True)
        # No password: nobody else enters the socket's folder.
        command = [self.programs / "initdb", "-D", unfinished, "-U", "postgres", "--auth=trust"]
        flags = ["--data-checksums"] if self.durable else ["--no-sync", "--no-instructions"]
        made = subprocess.run(
            [str(part) for part in (*command, *LOCALE, *flags)],
            check=False,
            capture_output=True,
            text=True,
            cwd=self.data.parent,
            env=ENVIRONMENT,
            **self.owner.identity,  # type: ignore[call-overload]
        )
        if made.returncode:
            raise Unusable("initdb failed: " + " ".join(made.stderr.split()))
        unfinished.rename(self.data)

    def _clear_locks(self) -> None:
        """Remove what a killed server left; the keeper made sure that none is running.

        PostgreSQL itself would refuse to start when the number in its pid file belongs to
        a zombie or, after a reboot, to a stranger.
        """
        socket = self.sockets / ".s.PGSQL.5432"
        for file in (self.data / "postmaster.pid", socket, Path(f"{socket}.lock")):
            file.unlink(missing_ok=True)
