"""The tables of the sources as moderators see them."""

from sources.admin import checks, feeds, sources

__all__ = ["checks", "feeds", "sources"]
