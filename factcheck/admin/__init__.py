"""People, publishers, keys, endpoints, sources and the history, as moderators look after them."""

from factcheck.admin import endpoints, history, people, publishers, sources

__all__ = ["endpoints", "history", "people", "publishers", "sources"]
