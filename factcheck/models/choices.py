"""Choices of columns: a field stores one member of an enum, and the database agrees."""

from collections.abc import Iterable
from enum import Enum, StrEnum

from django.db import models
from django.db.models import Q


def choices(members: type[StrEnum]) -> list[tuple[str, str]]:
    """Pairs of stored text and label."""
    return [(member.value, member.value.replace("_", " ").capitalize()) for member in members]


def one_of(
    field: str, members: Iterable[Enum], name: str, *, or_blank: bool = False
) -> models.CheckConstraint:
    """A constraint that ``field`` holds one of ``members``."""
    known = [member.value for member in members]
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [*known, ""] if or_blank else known}), name=name
    )
