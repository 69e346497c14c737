"""The embedded servers through every accident that a developer's machine knows."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import redis

from factcheck.embedded.owner import Owner, Unusable
from factcheck.embedded.processes import running_in
from factcheck.embedded.servers import Servers, has_room, remove_abandoned, throwaway_servers

AS_ROOT = os.geteuid() == 0
HOLD = """
import sys, time
from pathlib import Path
from factcheck.embedded.servers import Servers
with Servers(Path(sys.argv[1]), logs=Path(sys.argv[1]).parent):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def place() -> Iterator[Path]:
    # Shallow and open, unlike tmp_path: sockets and the service user must get there.
    memory = Path("/dev/shm")  # much faster than a disk that others use
    where = memory if has_room(memory) else None
    with tempfile.TemporaryDirectory(prefix="fc-", dir=where) as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


def query(servers: Servers, statement: str) -> object:
    with psycopg.connect(servers.environment["DATABASE_URL"], autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone() if cursor.description else None


def cache(servers: Servers) -> redis.Redis:
    return redis.Redis.from_url(servers.environment["REDIS_URL"])


def wait_until(happened: Callable[[], object], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def processes(servers: Servers) -> list[int]:
    return [*servers.postgres.running(), *servers.valkey.running()]


def test_nothing_is_lost_when_every_process_is_killed_and_the_pid_file_names_a_stranger(place):
    (place / "state").mkdir()
    (place / "state" / "postgres.new").mkdir()  # an initdb that was interrupted
    servers = Servers(place / "state", logs=place)
    servers.hold()
    query(servers, "create table kept as select 7 as number")
    cache(servers).set("kept", "7")
    time.sleep(1.2)  # Valkey syncs its log of writes every second
    for pid in [servers.keeper.pid, *processes(servers)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    servers.release()
    wait_until(lambda: not processes(servers))
    pid_file = servers.postgres.data / "postmaster.pid"
    _, *rest = pid_file.read_text().splitlines()
    # PostgreSQL takes any living process of its own user for a running server.
    stranger = subprocess.Popen(["/bin/sleep", "600"], **servers.layout.owner.identity)
    pid_file.write_text("\n".join([str(stranger.pid), *rest]))

    try:
        with Servers(place / "state", logs=place) as again:
            assert query(again, "select number from kept") == (7,)
            assert cache(again).get("kept") == b"7"
    finally:
        stranger.kill()
        stranger.wait()

    assert not processes(again)


def test_a_killed_server_is_started_again(place):
    with Servers(place / "state", logs=place) as servers:
        postmaster = int((servers.postgres.data / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGKILL)
        os.kill(servers.valkey.running()[0], signal.SIGKILL)
        wait_until(lambda: postmaster not in processes(servers))
        wait_until(servers.answer)
        assert query(servers, "select 1") == (1,)


def test_two_starts_at_once_share_one_pair_that_the_last_user_stops(place):
    users = [Servers(place / "state", logs=place) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(Servers.hold, users))
    postmasters = {query(user, "select pg_postmaster_start_time()") for user in users}
    assert len(postmasters) == 1

    users[0].release()
    assert query(users[1], "select 1") == (1,)
    users[1].release()

    wait_until(lambda: not processes(users[1]))


def test_servers_leave_when_their_only_user_is_killed(place):
    command = [sys.executable, "-c", HOLD, str(place / "state")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as user:
        assert user.stdout.readline() == "held\n"
        servers = Servers(place / "state", logs=place)
        assert processes(servers)
        user.kill()
    wait_until(lambda: not processes(servers))


def test_servers_die_with_a_killed_keeper(place):
    servers = Servers(place / "state", logs=place)
    servers.hold()
    servers.keeper.kill()
    servers.release()
    wait_until(lambda: not processes(servers))


@pytest.mark.parametrize("name", ["a, b?%20#", "long" * 20])
def test_a_path_no_socket_and_no_address_can_carry_is_stepped_around(place, name):
    awkward = place / name
    awkward.mkdir()
    awkward.chmod(0o711)
    with Servers(awkward / "state", logs=place, durable=False) as servers:
        sockets = servers.layout.sockets
        assert query(servers, "select 1") == (1,)
        assert cache(servers).ping()
        assert sockets.stat().st_mode & 0o777 == 0o700
    assert not sockets.exists()


@pytest.mark.skipif(not AS_ROOT, reason="only root has a service user to make way for")
def test_a_folder_the_service_user_cannot_enter_is_stepped_around(place):
    place.chmod(0o700)
    servers = Servers(place / "state", logs=place, durable=False)
    elsewhere = servers.layout.state.parent
    try:
        with servers:
            assert query(servers, "select 1") == (1,)
        assert elsewhere.parent == Path("/var/lib")
    finally:
        elsewhere.rmdir()
    assert place.stat().st_mode & 0o777 == 0o700


def test_a_program_is_known_by_its_working_folder(place):
    with subprocess.Popen(["/bin/sleep", "60"], cwd=place) as stranger:
        assert running_in(place, "sleep") == [stranger.pid]
        assert running_in(place, "postgres") == []
        assert running_in(place.parent, "sleep") == []
        stranger.kill()


def test_a_link_in_place_of_a_private_folder_is_refused(place):
    (place / "state").symlink_to("/")
    with pytest.raises(Unusable, match="belongs to another user"):
        Owner(None).make_private(place / "state")


def test_throwaway_servers_whose_processes_were_all_killed_are_cleared_away():
    servers = throwaway_servers()
    servers.hold()
    state = servers.layout.state
    servers.keeper.kill()
    remove_abandoned(state.parent)
    assert state.exists()  # we still use it

    servers.release()
    wait_until(lambda: not processes(servers))
    remove_abandoned(state.parent)
    assert not state.exists()


def test_a_start_that_fails_says_why_in_one_line(place):
    servers = Servers(place / "state", logs=place)
    servers.postgres.data.mkdir()
    (servers.postgres.data / "PG_VERSION").write_text("9\n")
    servers.layout.owner.make_private(servers.postgres.data)

    with pytest.raises(Unusable, match=r"^postgres ended with code \d; its log is in "):
        servers.hold()

    servers.release()
