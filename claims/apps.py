"""The workspace: from a submitted article to a published verdict."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Articles, claims, evidence and verdicts."""

    name = "claims"
