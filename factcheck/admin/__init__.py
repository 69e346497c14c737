"""People, publishers, keys, endpoints and the history, as moderators look after them."""

from factcheck.admin import endpoints, history, people, publishers

__all__ = ["endpoints", "history", "people", "publishers"]
