"""Choices of columns: a field stores one member of an enum, and the database agrees."""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import Q


def choices(members: type[StrEnum]) -> list[tuple[str, str]]:
    """Pairs of stored text and label."""
    return [(member.value, member.value.replace("_", " ").capitalize()) for member in members]


def one_of(field: str, members: Iterable[StrEnum], name: str) -> models.CheckConstraint:
    """A constraint that ``field`` holds one of ``members``."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [member.value for member in members]}), name=name
    )
