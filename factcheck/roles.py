"""Roles are groups: what reviewers, editors and moderators may do."""

from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission

ROLES = {
    "Reviewers": ("review_claim",),
    "Editors": ("review_claim", "approve_verdict"),
    "Moderators": ("review_claim", "approve_verdict", "moderate"),
}
"""Group to the permissions of claims.Claim it holds."""
EVERY_ROLE = "claims.review_claim"
"""What all of them hold: whoever lacks it has no role."""


def make_roles(sender: AppConfig, *, using: str, **kwargs: object) -> None:
    """Give each role its group and permissions; safe to repeat.

    Runs after migrating ``claims`` and after the receiver that makes
    permissions: inside a migration they do not exist yet.
    """
    permissions = {
        permission.codename: permission
        for permission in Permission.objects.using(using).filter(
            content_type__app_label="claims", content_type__model="claim"
        )
    }
    for name, codes in ROLES.items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.add(*(permissions[code] for code in codes))
