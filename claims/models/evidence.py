"""What was looked for, and what was set beside a claim."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import StrIndex

from claims.models.claim import Claim
from claims.models.intake import Visibility
from claims.models.searching import Search
from claims.models.siding import STANCES
from claims.states import EvidenceState
from factcheck.models import HasPublicId
from factcheck.models.choices import choices, one_of
from sources.models import Passage, Snapshot, Source
from sources.origins import Origin, Standing, origins
from sources.ports import Stance
from sources.relays import Relation


class EvidenceKind(models.TextChoices):
    """What sort of thing was set beside the claim."""

    PASSAGE = "passage", "Passage of a source"
    INTERVIEW = "interview", "Interview"
    DOCUMENT = "document", "Document"
    DATASET = "dataset", "Dataset"
    CALCULATION = "calculation", "Calculation"
    OBSERVATION = "observation", "Observation"
    NOTHING_FOUND = "nothing_found", "Searched and nothing found"


class Publication(models.TextChoices):
    """How much of a piece of evidence may be shown to the public."""

    FULL = "full", "In full"
    DESCRIBED = "described", "Described, not shown"
    SECRET = "secret", "Not at all"


HEAVY = ("search", "snapshot__text", "snapshot__record", "snapshot__headers")
"""Columns of a passage and its snapshot that telling of evidence does not need."""


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    """Evidence, by what was decided about it."""

    def accepted(self) -> Self:
        """What a verdict may rest on."""
        return self.filter(state=EvidenceState.ACCEPTED)

    def openly_cited(self) -> Self:
        """Accepted passages that may be spoken of outside.

        Not those of articles that are not public, nor those a reader must not learn of.
        """
        return self.accepted().filter(
            kind=EvidenceKind.PASSAGE,
            claim__article__visibility=Visibility.PUBLIC,
            publication__in=[Publication.FULL, Publication.DESCRIBED],
        )

    def with_changes(self) -> Self:
        """With ``place_now``: where the words stand in what their source was seen to say later.

        None when nothing later was seen, 0 when they do not stand in it.
        """
        return self.annotate(place_now=place_now("source", "passage"))

    def undecided(self) -> Self:
        """Suggestions no person has looked at."""
        return self.filter(state=EvidenceState.SUGGESTED)


def place_now(source: str, passage: str) -> Subquery:
    """Where a passage's words stand in what was last seen of its source since; as named there."""
    later = Snapshot.objects.filter(
        source=OuterRef(source), seen_at__gt=OuterRef(f"{passage}__snapshot__seen_at")
    ).order_by("-seen_at", "-pk")
    place = StrIndex("text", OuterRef(f"{passage}__text"))
    return Subquery(later.annotate(place=place).values("place")[:1])


class Evidence(HasPublicId):
    """Something set beside a claim, by a machine or by hand.

    A passage of a source, or a record of what a person did. Machine columns
    may be refreshed by a later search; ``stance``, ``state`` and what goes
    with them are a person's and never touched by a machine. ``why`` says how
    a suggestion came about: query, provider, ranks, scores, versions.
    ``relation`` is the machine's until a person says otherwise, and why: then
    ``related_by`` is set and no search changes it any more.
    ``carried_from`` is the piece, accepted beside a claim that was split or
    merged, that this one repeats.
    """

    Publication = Publication
    place_now: int | None
    """Only of pieces from ``with_changes``."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="evidence")
    wording = models.PositiveSmallIntegerField()
    search = models.ForeignKey(
        Search, models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    kind = models.CharField(max_length=14, choices=EvidenceKind, default=EvidenceKind.PASSAGE)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    passage = models.ForeignKey(
        Passage, models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    passage_digest = models.CharField(max_length=64, blank=True, default="")
    title = models.CharField(max_length=300, blank=True, default="")
    body = models.TextField(blank=True, default="")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )

    machine_stance = models.CharField(max_length=11, choices=STANCES, blank=True, default="")
    confidence = models.FloatField(null=True, blank=True)
    shown = models.BooleanField(default=False, help_text="Sure enough to show the stance.")
    rationale_start = models.PositiveIntegerField(null=True, blank=True)
    rationale_end = models.PositiveIntegerField(null=True, blank=True)
    relation = models.CharField(
        max_length=16, choices=choices(Relation), default=Relation.INDEPENDENT
    )
    related_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    relation_reason = models.CharField(max_length=300, blank=True, default="")
    why = models.JSONField(default=dict, editable=False)

    state = models.CharField(
        max_length=10,
        choices=EvidenceState.choices(),
        default=EvidenceState.SUGGESTED,
        editable=False,
    )
    stance = models.CharField(max_length=11, choices=STANCES, blank=True, default="")
    rejection = models.CharField(max_length=300, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    publication = models.CharField(max_length=10, choices=Publication, default=Publication.FULL)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            one_of("state", EvidenceState, "evidence_state_known"),
            one_of("kind", EvidenceKind, "evidence_kind_known"),
            one_of("relation", Relation, "evidence_relation_known"),
            one_of("publication", Publication, "evidence_publication_known"),
            one_of("stance", Stance, "evidence_stance_known", or_blank=True),
            one_of("machine_stance", Stance, "evidence_machine_stance_known", or_blank=True),
            models.UniqueConstraint(
                fields=["claim", "source", "passage_digest"],
                nulls_distinct=False,
                name="evidence_once_per_claim_source_and_words",
            ),
            models.CheckConstraint(
                condition=Q(kind=EvidenceKind.PASSAGE, passage__isnull=False, source__isnull=False)
                & ~Q(passage_digest="")
                | ~Q(kind=EvidenceKind.PASSAGE) & Q(passage__isnull=True) & ~Q(body=""),
                name="evidence_is_a_passage_or_a_record",
            ),
            models.CheckConstraint(
                condition=Q(state=EvidenceState.SUGGESTED) | Q(decided_by__isnull=False),
                name="evidence_decided_has_reviewer",
            ),
            models.CheckConstraint(
                condition=~Q(state=EvidenceState.REJECTED) | ~Q(rejection=""),
                name="evidence_rejected_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=EvidenceState.ACCEPTED) | ~Q(stance=""),
                name="evidence_accepted_has_stance",
            ),
            models.CheckConstraint(
                condition=Q(search__isnull=False, added_by__isnull=True)
                | Q(search__isnull=True, added_by__isnull=False),
                name="evidence_has_one_maker",
            ),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__range=(0, 1)),
                name="evidence_confidence_0_to_1",
            ),
            models.CheckConstraint(
                condition=Q(rationale_start__isnull=True, rationale_end__isnull=True)
                | Q(
                    rationale_start__isnull=False,
                    rationale_end__isnull=False,
                    rationale_start__lt=F("rationale_end"),
                ),
                name="evidence_rationale_not_empty",
            ),
            models.CheckConstraint(
                condition=Q(shown=False)
                | Q(machine_stance__in=[Stance.SUPPORTS, Stance.CONTRADICTS]),
                name="evidence_shown_takes_a_side",
            ),
            models.CheckConstraint(
                condition=Q(related_by__isnull=True, relation_reason="")
                | Q(related_by__isnull=False) & ~Q(relation_reason=""),
                name="evidence_relation_said_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(carried_from=F("id")), name="evidence_carried_from_another"
            ),
        ]

    @property
    def name(self) -> str:
        """What people call it; reads its source."""
        return self.source.title if self.source else self.title or self.get_kind_display()

    @property
    def cited(self) -> tuple[Passage, Source]:
        """The passage and its source; ValueError for a record made by hand, which has none."""
        if self.passage is None or self.source is None:
            raise ValueError("A record has no passage.")
        return self.passage, self.source

    @property
    def standing(self) -> Standing | None:
        """What tells from whom the passage has it; None for a record made by hand.

        Reads the source's outlet and the passage's snapshot.
        """
        if self.passage is None or self.source is None:
            return None
        text = self.passage.text
        return Standing(
            outlet=self.source.origin,
            text=text,
            credit=self.passage.snapshot.credit,
            deciding=text[self.rationale_start : self.rationale_end],
        )

    def __str__(self) -> str:
        return f"{self.machine_stance or self.stance} on claim {self.claim_id}"


def origins_of(evidence: Iterable[Evidence]) -> dict[int, Origin]:
    """From whom each piece has what it says, by its key; records made by hand are left out."""
    standings = {piece.pk: piece.standing for piece in evidence}
    known = {key: standing for key, standing in standings.items() if standing}
    return dict(zip(known, origins(list(known.values())), strict=True))
