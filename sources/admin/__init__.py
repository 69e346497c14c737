"""The tables of the sources as moderators see them."""

from sources.admin import checks, encodings, feeds

__all__ = ["checks", "encodings", "feeds"]
