"""The workspace: from a submitted article to a published verdict."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ClaimsConfig(AppConfig):
    """Articles, claims, evidence and verdicts."""

    name = "claims"

    def ready(self) -> None:
        """Have roles made once auth, which is ready by now, has made their permissions."""
        from factcheck.roles import make_roles  # noqa: PLC0415 - models load before this

        post_migrate.connect(make_roles, sender=self)
