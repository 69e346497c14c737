"""Fields that take what the schema says and nothing like it.

A number for a text, a date without dashes, a name that is misspelt: what the
framework would let pass is told to the sender, who else learns of it late.
"""

import re
from datetime import date, datetime
from typing import Any

from rest_framework import serializers

MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,12})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Text(serializers.CharField):
    """A text, kept as it is."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"trim_whitespace": False, "allow_blank": True} | options))

    def to_internal_value(self, data: Any) -> str:
        """Refuse what is no text, and what is too long with the blanks around it."""
        if not isinstance(data, str):
            self.fail("invalid")
        if self.max_length is not None and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        return super().to_internal_value(data)


class Choice(serializers.ChoiceField):
    """One of a few words."""

    def __init__(self, choices: Any, **options: Any) -> None:
        super().__init__(choices, **options)
        words = " or ".join(f'"{word}"' for word in self.choices)
        self.error_messages["invalid_choice"] = f"This is {words}, and not {{input}}."

    def to_internal_value(self, data: Any) -> Any:
        """Refuse what is no text."""
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class Day(serializers.DateField):
    """A date as RFC 3339 has it: 2026-11-24."""

    def to_internal_value(self, value: Any) -> date:
        """Refuse every other spelling."""
        if not isinstance(value, str) or not DAY.fullmatch(value):
            self.fail("invalid", format="2026-11-24")
        return super().to_internal_value(value)


class Moment(serializers.DateTimeField):
    """A time as RFC 3339 has it, with its offset: 2026-11-24T17:00:00Z."""

    def to_internal_value(self, value: Any) -> datetime:
        """Refuse every other spelling."""
        if not isinstance(value, str) or not MOMENT.fullmatch(value):
            self.fail("invalid", format="2026-11-24T17:00:00Z")
        return super().to_internal_value(value.upper())


class Body(serializers.Serializer):
    """A body whose every name is known."""

    def to_internal_value(self, data: Any) -> Any:
        """Refuse names that mean nothing here."""
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError(
                {name: ["There is no such field."] for name in unknown}, "unknown"
            )
        return super().to_internal_value(data)
