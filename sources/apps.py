"""Finding, freezing and judging passages."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    """The library and the providers; usable without claims."""

    name = "sources"
