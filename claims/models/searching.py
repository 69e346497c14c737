"""What was looked for."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from claims.models.claim import Claim
from claims.states import ClaimState
from factcheck.models import Hints, Work, WorkQuerySet
from factcheck.models.choices import one_of


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
