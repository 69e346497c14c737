"""Claims, and where an article makes them."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.functions import Coalesce, Now

from claims.kinds import OFF_DESK, Anchor, Kind, Target
from claims.models.intake import Article, is_over
from claims.models.party import Party
from claims.models.siding import taken_as
from claims.models.versions import ArticleVersion
from claims.models.words import plain
from claims.states import ClaimState, Dismissal, Outcome, VerdictState, check_move
from factcheck.models import HasPublicId
from factcheck.models.choices import choices, one_of
from sources.ports import Stance

LIKELIEST_FIRST = Coalesce(
    Case(When(worded_by__isnull=True, then=F("check_worthiness"))),
    Case(
        When(
            Q(added_by__isnull=False) | Q(worded_by__isnull=False) | Q(attributed_by__isnull=False),
            then=Value(2.0),
        )
    ),
).desc(nulls_last=True)
"""What a person marked, reworded or put on the desk stands above every guess, and where no
machine guesses last. A guess is of the machine's words."""

STILL_MET = Case(When(deadline__gt=Now(), then=F("deadline")))
"""A deadline as long as it can be met."""
MOST_URGENT_FIRST = (F("priority").desc(), STILL_MET.asc(nulls_last=True))
"""What people marked urgent, then what is needed soonest of what can still be met."""

OWN_FIRST = (F("merged_from").asc(nulls_first=True), "start")
"""The order of a claim's appearances in a version: what came with merged claims is last."""

CLAIM_WORDS_IN = "english"
"""The text search configuration of all claims, as of articles."""
CLAIM_WORDS = SearchVector(plain("text"), config=CLAIM_WORDS_IN)
"""What a claim is found by."""


def of_claim_and_kin(claim: "Claim") -> Q:
    """What has a ``claim``: this one, one that was merged into it, or the one it was split from."""
    own = Q(claim=claim) | Q(claim__merged_into=claim)
    return own | Q(claim=claim.split_from_id) if claim.split_from_id else own


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims, by who must act next."""

    def undecided(self) -> Self:
        """Claims somebody still has to decide."""
        return self.filter(state__in=[ClaimState.OPEN, ClaimState.IN_REVIEW])

    def stranded(self) -> Self:
        """Claims of people who cannot get in, unless their verdict waits for somebody else."""
        out = Q(reviewer__is_active=False)
        roleless = Q(reviewer__is_superuser=False, reviewer__groups__isnull=True)
        theirs = self.filter(out | roleless, state=ClaimState.IN_REVIEW)
        return theirs.exclude(verdicts__state__in=[VerdictState.PROPOSED, VerdictState.APPROVED])

    def on_desk(self) -> Self:
        """Claims people are asked to decide, in any state, urgent and check-worthy first."""
        return self.filter(desk=True).order_by(*MOST_URGENT_FIRST, LIKELIEST_FIRST, "pk")

    def of_kind(self, kind: Kind) -> Self:
        """Claims of a kind as the desk lists them; of a kind that is kept aside, those beside it.

        But for what others stand for.
        """
        if kind not in OFF_DESK:
            return self.on_desk().filter(kind=kind)
        kept = self.exclude(dismissal=Dismissal.SPLIT).filter(kind=kind, merged_into__isnull=True)
        return kept.order_by(*MOST_URGENT_FIRST, LIKELIEST_FIRST, "pk")

    def replaced(self) -> Self:
        """Claims that people split or merged: others stand for them."""
        return self.filter(Q(dismissal=Dismissal.SPLIT) | Q(merged_into__isnull=False))

    def waiting(self) -> Self:
        """What nobody has taken yet."""
        return self.on_desk().filter(state=ClaimState.OPEN)

    def held_by(self, reviewer: object) -> Self:
        """Claims this reviewer has in hand."""
        return self.filter(state=ClaimState.IN_REVIEW, reviewer=reviewer)

    def with_stance_counts(self) -> Self:
        """Annotate ``supporting`` and ``contradicting``, as shown or as decided."""
        return self.annotate(
            supporting=Count("evidence", filter=taken_as(Stance.SUPPORTS)),
            contradicting=Count("evidence", filter=taken_as(Stance.CONTRADICTS)),
        )


class Claim(HasPublicId):
    """One checkable statement that stands alone.

    ``text`` is its present wording and ``wording`` that wording's number;
    earlier ones are EarlierWording rows. ``claimant`` is the innermost party
    said to assert it; empty is the outlet's own voice. ``attribution`` counts
    who was said to say it; earlier ones are EarlierAttribution rows.

    ``split_from`` is the claim a person split this one off. ``merged_into``
    is the claim that stands for this one since a person merged them; a part
    merged into the claim it was split from was put back.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="claims")
    text = models.TextField()
    wording = models.PositiveSmallIntegerField(default=1)
    worded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who wrote the present wording; empty when a machine did.",
    )
    kind = models.CharField(max_length=12, choices=choices(Kind))
    target = models.CharField(max_length=8, choices=choices(Target), default=Target.CONTENT)
    desk = models.BooleanField(default=True)
    check_worthiness = models.FloatField(
        default=0.0,
        null=True,
        help_text="Of the machine's wording; empty where it does not guess, or a person marked the "
        "claim or put it on the desk.",
    )
    reasons = ArrayField(models.CharField(max_length=200), default=list)
    needs_context = models.BooleanField(default=False)
    read_with = models.TextField(
        blank=True,
        default="",
        help_text="The sentences it is read with, as printed; empty where none are known.",
    )
    claimant = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    attribution = models.PositiveSmallIntegerField(default=1, db_default=1)
    attributed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who said who says it, and of what kind it is; empty when a machine did.",
    )
    said_at = models.DateField(
        null=True, blank=True, help_text="When it was said; empty where nobody knows the day."
    )
    splitter = models.CharField(max_length=200, blank=True, default="")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
    )
    state = models.CharField(
        max_length=10, choices=ClaimState.choices(), default=ClaimState.OPEN, editable=False
    )
    outcome = models.CharField(max_length=12, choices=Outcome.choices(), blank=True, default="")
    dismissal = models.CharField(max_length=16, choices=Dismissal.choices(), blank=True, default="")
    note = models.TextField(blank=True, default="", help_text="Why it ended as it did.")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="claims"
    )
    priority = models.SmallIntegerField(default=0, help_text="Set by people; higher is sooner.")
    deadline = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    withdrawn_verdicts: list[Any]
    """Only of those a query of verdicts was asked to give them to."""

    objects = ClaimQuerySet.as_manager()

    class Meta:
        permissions = [
            ("review_claim", "Can review claims"),
            ("approve_verdict", "Can approve and publish verdicts"),
            ("moderate", "Can moderate sources, users and content"),
        ]
        constraints = [
            one_of("state", ClaimState, "claim_state_known"),
            one_of("kind", Kind, "claim_kind_known"),
            one_of("target", Target, "claim_target_known"),
            models.CheckConstraint(condition=~Q(text=""), name="claim_has_text"),
            models.CheckConstraint(
                condition=Q(check_worthiness__range=(0, 1)), name="claim_check_worthiness_0_to_1"
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.IN_REVIEW) | Q(reviewer__isnull=False),
                name="claim_in_review_has_reviewer",
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.CLOSED, outcome__in=list(Outcome))
                | ~Q(state=ClaimState.CLOSED) & Q(outcome=""),
                name="claim_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.DISMISSED, dismissal__in=list(Dismissal))
                | ~Q(state=ClaimState.DISMISSED) & Q(dismissal=""),
                name="claim_dismissed_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(added_by__isnull=True) & ~Q(splitter="")
                | Q(added_by__isnull=False, splitter=""),
                name="claim_has_one_maker",
            ),
            models.CheckConstraint(
                condition=~Q(split_from=F("id")), name="claim_split_from_another"
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="claim_merged_into_another"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | Q(state=ClaimState.DISMISSED, dismissal=Dismissal.DUPLICATE),
                name="claim_merged_is_a_duplicate",
            ),
        ]
        indexes = [
            models.Index(
                F("priority").desc(),
                F("deadline").asc(nulls_last=True),
                LIKELIEST_FIRST,
                "id",
                condition=Q(state=ClaimState.OPEN, desk=True),
                name="claim_waiting",
            ),
            models.Index(
                F("priority").desc(),
                F("deadline").asc(nulls_last=True),
                LIKELIEST_FIRST,
                "id",
                condition=Q(desk=True),
                name="claim_on_desk",
            ),
            models.Index(fields=["reviewer", "state"], name="claim_held"),
            GinIndex(CLAIM_WORDS, name="claim_words"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_urgent(self) -> bool:
        """Whether a person wants it checked before all others."""
        return self.priority > 0

    @property
    def is_overdue(self) -> bool:
        """Whether it was needed by now."""
        return is_over(self.deadline)

    @property
    def score(self) -> float | None:
        """How likely a fact-checker would check it; None where no machine guessed of its words."""
        return self.check_worthiness if self.worded_by_id is None else None

    @property
    def signs(self) -> list[str]:
        """What made the score, of the words that it is of."""
        return self.reasons if self.worded_by_id is None else []

    @property
    def claimant_is_known(self) -> bool:
        """Whether anybody said who says it, if only that the article itself does."""
        return bool(self.claimant_id or self.attributed_by_id or self.check_worthiness is not None)

    @property
    def has_verdict_in_approval(self) -> bool:
        """Whether a verdict on it waits to be approved or published. Asks the database."""
        waits = [VerdictState.PROPOSED, VerdictState.APPROVED]
        return self.verdicts.filter(state__in=waits).exists()

    @property
    def was_split(self) -> bool:
        """Whether its parts stand for it."""
        return self.dismissal == Dismissal.SPLIT

    @property
    def was_merged(self) -> bool:
        """Whether another claim stands for it: the one it was merged or put back into."""
        return self.merged_into_id is not None

    @property
    def was_replaced(self) -> bool:
        """Whether other claims stand for it."""
        return self.was_split or self.was_merged

    @property
    def was_put_back(self) -> bool:
        """Whether it is a part of a split that was undone."""
        return self.was_merged and self.merged_into_id == self.split_from_id

    def move_to(self, state: ClaimState) -> None:
        """Change state if the machine allows it; the caller saves."""
        check_move(ClaimState(self.state), state)
        self.state = state


class EarlierWording(models.Model):
    """A wording a claim had before; the present one stands on the claim."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="earlier_wordings")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    worded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="wording_once_per_number")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Appearance(HasPublicId):
    """Where an article version makes a claim.

    ``version.text[start:end] == quote``, in code points (a trigger checks).
    An orphaned appearance has no place: the words are not in the version.
    ``merged_from`` is the merged claim whose words these are, if any.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="appearances")
    version = models.ForeignKey(ArticleVersion, models.PROTECT, related_name="appearances")
    quote = models.TextField()
    prefix = models.CharField(max_length=64, blank=True, default="")
    suffix = models.CharField(max_length=64, blank=True, default="")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    anchor = models.CharField(max_length=10, choices=choices(Anchor), default=Anchor.EXACT)
    merged_from = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_from=F("claim")), name="appearance_merged_from_another"
            ),
            one_of("anchor", Anchor, "appearance_anchor_known"),
            models.CheckConstraint(
                condition=Q(anchor=Anchor.ORPHANED, start__isnull=True, end__isnull=True)
                | ~Q(anchor=Anchor.ORPHANED)
                & Q(start__isnull=False, end__isnull=False, start__lt=F("end")),
                name="appearance_span_not_empty",
            ),
            models.UniqueConstraint(
                fields=["claim", "version", "start"],
                nulls_distinct=False,
                name="appearance_once_per_claim_and_place",
            ),
        ]
        indexes = [models.Index(fields=["version", "start"], name="appearance_in_order")]

    def __str__(self) -> str:
        return self.quote[:80]
