"""What colleagues write to each other about a claim. Nobody outside ever reads it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from claims.models.claim import Claim, of_claim_and_kin
from factcheck.models import HasPublicId

LONGEST_NOTE = 4_000
"""Characters of a note: what is longer is evidence, or belongs into a verdict."""


class NoteQuerySet(models.QuerySet["Note"]):
    """Notes, by the claim they are about."""

    def of(self, claim: Claim) -> Self:
        """Those on a claim, the oldest first.

        Also on claims that were merged into it, and on the one it was split from.
        """
        return self.filter(of_claim_and_kin(claim)).order_by("pk")


class Note(HasPublicId):
    """A few plain words about a claim, from one person of the workspace to the others.

    What was taken back keeps its words for its author alone.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField("note")
    written_at = models.DateTimeField(auto_now_add=True)
    earlier = models.JSONField(
        default=list, blank=True, help_text="What it said before, and until when; oldest first."
    )
    taken_back_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="note_has_words"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("text"), LONGEST_NOTE), name="note_is_short"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def wording(self) -> int:
        """The number of its present wording."""
        return len(self.earlier) + 1


class AddresseeQuerySet(models.QuerySet["Addressee"]):
    """Whom notes are for, by what they still have to read."""

    def unread_by(self, person: object) -> Self:
        """What waits for a person: not read, and not taken back; the oldest first."""
        unread = self.filter(person=person, read_at__isnull=True, note__taken_back_at__isnull=True)
        return unread.order_by("note")


class Addressee(models.Model):
    """Somebody a note is for: named in it, or whoever had the claim in hand when it was written."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="addressees")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(
        null=True, blank=True, help_text="When they marked it as read, or answered."
    )

    objects = AddresseeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["note", "person"], name="addressee_once_per_note")
        ]
        indexes = [
            models.Index(
                fields=["person", "note"],
                condition=Q(read_at__isnull=True),
                name="addressee_unread",
            )
        ]

    def __str__(self) -> str:
        return f"{self.note_id} for {self.person_id}"
