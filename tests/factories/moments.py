"""A moment that lies behind every other in a test."""

from datetime import UTC, datetime

LONG_AGO = datetime(2020, 6, 24, tzinfo=UTC)
