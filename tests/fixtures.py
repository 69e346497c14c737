"""Fixtures of tests that touch the database."""

import json
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db.backends.postgresql.operations import DatabaseOperations
from redis import Redis

NEW_CHAIN = "INSERT INTO factcheck_eventchain (id, position, digest) VALUES (1, 0, repeat('0', 64))"


@pytest.fixture(autouse=True, scope="session")
def emptying_between_tests_passes_the_triggers() -> Iterator[None]:
    """Let tests that commit be cleaned up after.

    They end with TRUNCATE, which the history refuses and which takes the head
    of the event chain with it. In the one transaction that empties the
    tables, and only there, triggers sleep; then the head is put back.
    """
    flush = DatabaseOperations.sql_flush

    def sql_flush(self: DatabaseOperations, *args: object, **options: object) -> list[str]:
        truncate = flush(self, *args, **options)
        return ["SET LOCAL session_replication_role = replica", *truncate, NEW_CHAIN]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield


@pytest.fixture(autouse=True, scope="session")
def passwords_cost_little() -> Iterator[None]:
    """Spare tests what slows down whoever guesses: a million rounds for each password."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PBKDF2PasswordHasher, "iterations", 1)
        yield


QUEUES = ("reading", "asked", "needed", "work", "fetch", "telling")


class Queue:
    """The hints that wait in the broker's queues."""

    def __init__(self, redis: Redis) -> None:
        self.redis = redis

    def hints(self) -> list[tuple[str, int]]:
        """Task and row of each hint: what is read first, then the rest, oldest first."""
        return [hint for name in QUEUES for hint in self.waiting_in(name)]

    def waiting_in(self, name: str) -> list[tuple[str, int]]:
        """Task and row of each hint in one queue, oldest first."""
        waiting = self.redis.lrange(name, 0, -1)
        return [self._read(json.loads(message)) for message in reversed(waiting)]

    def _read(self, message: dict[str, Any]) -> tuple[str, int]:
        (row,), _, _ = json.loads(b64decode(message["body"]))
        return message["headers"]["task"], row


@pytest.fixture
def queue() -> Iterator[Queue]:
    """The broker's queues, empty at first."""
    with Redis.from_url(settings.REDIS_URL) as redis:
        redis.delete(*QUEUES)
        yield Queue(redis)
        redis.delete(*QUEUES)
