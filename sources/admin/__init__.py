"""The tables of the sources as moderators see them."""

from sources.admin import feeds, sources

__all__ = ["feeds", "sources"]
