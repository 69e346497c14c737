"""Encoders of the library, as moderators see them."""

from django.contrib import admin

from factcheck.moderation import Moderated
from sources.models import Encoding


@admin.register(Encoding)
class EncodingAdmin(Moderated):
    """Which encoder's vectors answer searches, and how far a newer one is."""

    heading = "Encoders"
    empty = (
        "The library is empty. Its first document is read by the encoder that comes with Factcheck;"
        " a newer one reads it again here while the older one answers."
    )
    list_display = ["encoder", "state", "passages_waiting", "created_at", "answers_since"]
    ordering = ["-pk"]
    sortable_by = ()
    fields = ["encoder", "state", "passages_waiting", "created_at", "answers_since", "retired_at"]
    readonly_fields = ["passages_waiting"]

    @admin.display
    def passages_waiting(self, encoding: Encoding) -> str:
        """How many passages it has still to read."""
        return f"{encoding.waiting.count():,}"
