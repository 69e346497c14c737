"""What was looked for, and what was set beside a claim."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import StrIndex

from claims.models.claim import Claim
from claims.models.intake import Visibility
from claims.models.siding import STANCES
from claims.states import ClaimState, EvidenceState
from factcheck.models import HasPublicId, Hints, Work, WorkQuerySet
from factcheck.models.choices import choices, one_of
from sources.models import Passage, Snapshot, Source
from sources.origins import Origin, Standing, origins
from sources.ports import Stance
from sources.relays import Relation


class SearchReason(models.TextChoices):
    """What made somebody look."""

    NEW_CLAIM = "new_claim", "The claim is new"
    REWORDED = "reworded", "The claim was reworded"
    ATTRIBUTED = "attributed", "The claimant was changed"
    KIND = "kind", "The kind was changed"
    ASKED = "asked", "A person asked again"
    PROVIDER_BACK = "provider_back", "A provider that was down is back"


ASKED = "asked"
"""The queue of searches that a person waits for: they wait behind no article's hundreds."""

NEEDED = "needed"
"""The queue of searches of claims that whoever handed them in needs by some time."""

BY_PEOPLE = Q(only="") & (
    Q(why__in=[SearchReason.ATTRIBUTED, SearchReason.KIND, SearchReason.ASKED])
    | Q(why=SearchReason.REWORDED, claim__worded_by__isnull=False)
    | Q(why=SearchReason.NEW_CLAIM, claim__added_by__isnull=False)
    | Q(claim__priority__gt=0)
    | Q(claim__state=ClaimState.IN_REVIEW)
)
"""Searches that a person waits for, who changed, marked or split a claim, asked for them, called it
urgent or has it in hand."""

BY_A_TIME = Q(only="", claim__deadline__isnull=False)
"""Searches of claims that somebody needs by some time."""


class SearchQuerySet(WorkQuerySet):
    """Searches, as workers and moderators see them."""

    def by_queue(self) -> dict[str, Self]:
        """Those that people wait for have a queue of their own, and so has what is needed soon."""
        return {
            ASKED: self.filter(BY_PEOPLE),
            NEEDED: self.filter(BY_A_TIME & ~BY_PEOPLE),
            Search.queue: self.filter(~BY_A_TIME & ~BY_PEOPLE),
        }

    def in_trouble(self) -> Self:
        """Searches that failed and that somebody still waits for.

        Not those of a claim that was decided or reworded since, nor those
        after which the claim was searched again, nor those that wait for a
        provider: the list of providers tells of it once.
        """
        later = self.model._default_manager.filter(
            claim=OuterRef("claim"), only="", pk__gt=OuterRef("pk")
        )
        return (
            super()
            .in_trouble()
            .filter(
                ~Exists(later),
                ~Q(due_at__isnull=False) | Q(only=""),
                claim__state__in=[ClaimState.OPEN, ClaimState.IN_REVIEW],
                claim__wording=F("wording"),
            )
        )


class Search(Work):
    """One run of looking for evidence for one wording of a claim.

    Record and work row in one: due until it has run, then kept as it was. A
    rewording, a provider that came back, or a person asking again makes a new
    one. ``providers`` says who was asked, who was down and how long each
    took; nobody was if the claim was reworded before, or if all who were to be
    asked are outside and the article became confidential. ``versions`` names the
    models that found and judged; ``kept`` lists what may stand beside the claim,
    best first, by source and digest of words, with the stance that was shown.
    """

    Why = SearchReason
    task = "claims.gather_evidence"
    given_up_verb = "search.failed"

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="searches")
    wording = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=14, choices=Why, default=Why.NEW_CLAIM)
    outside = models.BooleanField(default=False, help_text="Outside providers may be asked.")
    only = models.CharField(
        max_length=40, blank=True, default="", help_text="Ask this provider alone."
    )
    queries = models.JSONField(default=list, editable=False)
    providers = models.JSONField(default=list, editable=False)
    versions = models.JSONField(default=dict, editable=False)
    passages_read = models.PositiveIntegerField(default=0, editable=False)
    kept = models.JSONField(null=True, blank=True, editable=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SearchQuerySet.as_manager()

    class Meta(Work.Meta):
        verbose_name_plural = "searches"
        constraints = [
            one_of("why", SearchReason, "search_reason_known"),
            models.UniqueConstraint(
                fields=["claim", "wording", "only"],
                condition=Q(due_at__isnull=False),
                name="search_one_open_per_claim_and_wording",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(started_at__isnull=False),
                name="search_finished_was_started",
            ),
        ]
        indexes = [
            *Work.Meta.indexes,
            models.Index(
                fields=["finished_at"],
                condition=Q(finished_at__isnull=False),
                name="search_finished",
            ),
        ]

    def __str__(self) -> str:
        return f"Search {self.pk} for claim {self.claim_id}"

    def hint(self) -> None:
        """Tell a worker to hurry: of one search by itself, because a person asked for it."""
        Hints(self.task, [self.pk], ASKED).after_commit()

    @property
    def asked_nobody(self) -> bool:
        """Whether it ended with nobody to ask: its words were replaced, or may not be told."""
        return self.finished_at is not None and not self.providers

    @property
    def story(self) -> Claim:
        """Its claim's."""
        return self.claim


def was_searched(claim: str, wording: str) -> Exists:
    """Whether a search for a wording of a claim is over; as the two are named there."""
    over = Search.objects.filter(
        claim=OuterRef(claim), wording=OuterRef(wording), only="", finished_at__isnull=False
    )
    return Exists(over)


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
