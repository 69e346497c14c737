"""People, publishers, keys and the history, as moderators look after them."""

from factcheck.admin import history, people, publishers

__all__ = ["history", "people", "publishers"]
