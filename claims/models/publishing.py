"""Verdicts: written, approved by a second person, published, corrected."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Greatest

from claims.models.anchoring import anchor_now
from claims.models.approving import Approval
from claims.models.claim import Claim
from claims.models.evidence import HEAVY, Evidence, EvidenceKind, place_now
from claims.models.siding import STANCES
from claims.models.versions import ArticleVersion
from claims.models.words import plain
from claims.states import ClaimState, EvidenceState, VerdictState, check_move
from factcheck.models import Event, HasPublicId
from factcheck.models.choices import one_of
from sources.models import Snapshot
from sources.ports import Stance

OPEN_STATES = [VerdictState.DRAFT, VerdictState.PROPOSED, VerdictState.APPROVED]
PUBLIC_STATES = [VerdictState.PUBLISHED, VerdictState.SUPERSEDED, VerdictState.WITHDRAWN]


def _unexamined_since(happened: str) -> Q:
    """Citations whose source something happened to that nobody has looked at; when, by name."""
    return Q(**{f"{happened}__isnull": False}) & (
        Q(evidence__source__examined_at__isnull=True)
        | Q(evidence__source__examined_at__lt=F(happened))
    )


class VerdictQuerySet(models.QuerySet["Verdict"]):
    """Verdicts, by who must act next."""

    def in_work(self) -> Self:
        """Drafts, proposals and approvals not yet published."""
        return self.filter(state__in=OPEN_STATES)

    def with_anchor(self) -> Self:
        """With ``anchor_now``: how its claim stands in the newest version of the article."""
        return self.annotate(anchor_now=anchor_now("claim"))

    def counted(self) -> Self:
        """All but drafts that were discarded: those have a number another verdict may get."""
        return self.exclude(state=VerdictState.DISCARDED)

    def public(self) -> Self:
        """What the world may read: published now, corrected since, or withdrawn."""
        return self.filter(state__in=PUBLIC_STATES)

    def with_article_language(self) -> Self:
        """With ``article_language``: what claim and quote are in, as the article is read now."""
        newest = ArticleVersion.objects.filter(article=OuterRef("claim__article"))
        return self.annotate(
            article_language=Subquery(newest.order_by("-number").values("language")[:1])
        )

    def with_beginning(self) -> Self:
        """With ``began_with_a_reader``: an objection was upheld before its correction was begun."""
        began = Verdict.objects.filter(
            pk=OuterRef("pk"), correction__objections__decided_at__lte=F("correction__created_at")
        )
        return self.annotate(began_with_a_reader=Exists(began))

    def standing(self) -> Self:
        """What is published and neither corrected since nor withdrawn: one a claim at most."""
        return self.filter(state=VerdictState.PUBLISHED)

    def withdrawn(self) -> Self:
        """What was published and taken back in public."""
        return self.filter(state=VerdictState.WITHDRAWN)

    def with_withdrawn(self) -> Self:
        """With ``claim.withdrawn_verdicts``: what was taken back of each claim, newest first.

        One more query; they lack what only their own pages show.
        """
        withdrawn = Verdict.objects.filter(state=VerdictState.WITHDRAWN).order_by("-number")
        loaded = Prefetch(
            "claim__verdicts",
            withdrawn.defer("explanation", "checked_elsewhere", "replies"),
            to_attr="withdrawn_verdicts",
        )
        return self.prefetch_related(loaded)

    def resting_on_retracted(self) -> Self:
        """Verdicts that cite a source which was retracted, if nobody has examined it since."""
        return self._citing(_unexamined_since("evidence__source__retracted_at"))

    def resting_on_blocked(self) -> Self:
        """Verdicts that cite a source whose outlet is blocked, if nobody has examined it since."""
        return self._citing(_unexamined_since("evidence__source__outlet__blocked_at"))

    def resting_on_rejected(self) -> Self:
        """Verdicts that cite evidence which is not accepted any more, or for another side."""
        accepted = Q(evidence__state=EvidenceState.ACCEPTED, evidence__stance=F("stance"))
        return self._citing(~accepted)

    def _citing(self, which: Q) -> Self:
        return self.filter(pk__in=Citation.objects.filter(which).values("verdict"))

    def resting_on_changed(self) -> Self:
        """Verdicts that cite words their source does not say any more, or a source that is gone.

        Only what nobody has examined since. Few sources change, so these are asked first.
        """
        changed = Q(evidence__source__changed_at__isnull=False)
        gone = Q(evidence__source__gone_at__isnull=False)
        citing = (
            Citation.objects.filter(changed | gone)
            .annotate(
                happened=Greatest("evidence__source__changed_at", "evidence__source__gone_at")
            )
            .filter(_unexamined_since("happened"))
            .with_changes()
            .filter(gone | Q(place_now=0))
        )
        return self.filter(pk__in=citing.values("verdict"))

    def waiting_for_approval(self, *, by: object) -> Self:
        """Proposals this person may approve: they wrote none of them."""
        return self.filter(state=VerdictState.PROPOSED).exclude(revisions__author=by)

    def returned_to(self, person: object) -> Self:
        """Drafts that were sent back, for this person to write on; with ``returned_by``.

        That is whoever has the claim in hand, or the author where nobody has.
        """
        in_hand = Q(claim__state=ClaimState.IN_REVIEW)
        mine = in_hand & Q(claim__reviewer=person) | ~in_hand & Q(author=person)
        return self.filter(mine).sent_back()

    def sent_back(self) -> Self:
        """Drafts a second person returned and nobody has proposed since; with ``returned_by``.

        That is the key of the Approval that says why. Who proposed it again and took that back
        has answered it.
        """
        decisions = Approval.objects.filter(verdict=OuterRef("pk")).order_by("-pk")
        back = Event.objects.filter(
            object_id=OuterRef("public_id"), verb__in=["verdict.returned", "verdict.recalled"]
        ).order_by("-position")
        return (
            self.filter(state=VerdictState.DRAFT)
            .annotate(
                returned_by=Subquery(decisions.values("pk")[:1]),
                came_back=Subquery(back.values("verb")[:1]),
            )
            .filter(came_back="verdict.returned")
        )


def public_words(config: str) -> SearchVector:
    """What the public list is searched by, in a text search configuration.

    Only English has an index; in other languages each search reads every verdict that stands.
    """
    columns = ("claim_text", "claimant", "summary", "explanation", "article_outlet")
    return SearchVector(*(plain(column) for column in columns), config=config)


class Verdict(HasPublicId):
    """One version of what was found about a claim; frozen once published.

    The first publication is version 1, each correction one more. What was
    published is stored here as it read then (a trigger refuses changes), so
    that a later rewording of the claim changes nothing public.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="verdicts")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=VerdictState.choices(), default=VerdictState.DRAFT, editable=False
    )
    claim_text = models.TextField(blank=True, default="", help_text="The wording as published.")
    claim_wording = models.PositiveSmallIntegerField(default=1)
    claimant = models.CharField(max_length=200, blank=True, default="")
    claimant_kind = models.CharField(max_length=10, blank=True, default="")
    claimant_title = models.CharField(max_length=300, blank=True, default="")
    said_at = models.DateField(null=True, blank=True)
    quote = models.TextField(blank=True, default="", help_text="As first printed.")
    article_url = models.URLField(max_length=2000, blank=True, default="")
    article_title = models.CharField(max_length=500, blank=True, default="")
    article_outlet = models.CharField(max_length=200, blank=True, default="")
    article_published_at = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=12, blank=True, default="")
    scale = models.CharField(max_length=20, default="default")
    rating = models.CharField(max_length=20, blank=True, default="")
    rating_label = models.CharField(max_length=60, blank=True, default="")
    rating_number = models.SmallIntegerField(null=True, blank=True)
    summary = models.CharField(max_length=400, blank=True, default="")
    explanation = models.TextField(blank=True, default="", help_text="Markdown; [1] cites.")
    confidence = models.CharField(max_length=20, blank=True, default="")
    gaps = models.TextField(blank=True, default="", help_text="What could not be found.")
    waiver = models.CharField(max_length=40, blank=True, default="")
    waiver_note = models.TextField(blank=True, default="", help_text="Private.")
    as_of = models.DateField(null=True, blank=True)
    checked_elsewhere = models.JSONField(
        blank=True, default=list, help_text="Confirmed checks by others, as they read then."
    )
    replies = models.JSONField(
        blank=True, default=list, help_text="Who was asked for an answer, and what came of it then."
    )
    digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="verdicts")
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawal_note = models.TextField(blank=True, default="")

    returned_by: int
    """Only of those from ``sent_back``."""
    anchor_now: str | None
    """Only of those from ``with_anchor``."""
    article_language: str | None
    """Only of those from ``with_article_language``."""
    began_with_a_reader: bool
    """Only of those from ``with_beginning``."""

    objects = VerdictQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("state", VerdictState, "verdict_state_known"),
            models.UniqueConstraint(
                fields=["claim", "number"],
                condition=~Q(state=VerdictState.DISCARDED),
                name="verdict_once_per_number",
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state=VerdictState.PUBLISHED),
                name="verdict_one_published_per_claim",
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state__in=OPEN_STATES),
                name="verdict_one_open_per_claim",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PUBLIC_STATES)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="verdict_public_has_publisher_and_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[VerdictState.DRAFT, VerdictState.DISCARDED])
                | ~Q(rating="") & ~Q(explanation="") & ~Q(digest=""),
                name="verdict_proposed_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(state=VerdictState.WITHDRAWN, withdrawn_at__isnull=False)
                & ~Q(withdrawal_note="")
                | ~Q(state=VerdictState.WITHDRAWN),
                name="verdict_withdrawn_says_why",
            ),
        ]
        indexes = [
            models.Index(F("published_at").desc(nulls_last=True), name="verdict_newest"),
            models.Index(
                fields=["-published_at", "-public_id"],
                condition=Q(state__in=PUBLIC_STATES),
                name="verdict_last_published",
            ),
            GinIndex(
                public_words("english"),
                condition=Q(state=VerdictState.PUBLISHED),
                name="verdict_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating_label or 'Draft'}: {self.claim_text[:60]}"

    def move_to(self, state: VerdictState) -> None:
        """Change state if the machine allows it; the caller saves."""
        check_move(VerdictState(self.state), state)
        self.state = state


class Revision(models.Model):
    """Who changed a verdict's draft, and what its digest was then."""

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="revisions")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.verdict_id} by {self.author_id}"


class CitationQuerySet(models.QuerySet["Citation"]):
    """Citations, with what telling of them needs."""

    def with_evidence(self) -> "CitationQuerySet":
        """Load the evidence, its source and passage too."""
        loaded = self.select_related("evidence__source__outlet", "evidence__passage__snapshot")
        return loaded.defer(*(f"evidence__passage__{column}" for column in HEAVY))

    def with_changes(self) -> Self:
        """With ``place_now``: where the cited words stand in what their source said later.

        None when nothing later was seen, 0 when they do not stand in it.
        """
        return self.annotate(place_now=place_now("evidence__source", "evidence__passage"))

    def with_copies(self) -> Self:
        """With ``archive_url``: where a public archive has what was cited; it comes later."""
        return self.annotate(archive_url=F("snapshot__archiving__archive_url"))

    def with_languages(self) -> Self:
        """With ``language``: that of the passage which is cited; None of what is none."""
        return self.annotate(language=F("evidence__passage__language"))


class Citation(models.Model):
    """What a verdict rests on, numbered as its explanation cites it.

    ``excerpt``, ``title`` and the rest are frozen at publication: the source
    may change, the citation does not.
    """

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="citations")
    number = models.PositiveSmallIntegerField()
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="citations")
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="citations"
    )
    stance = models.CharField(max_length=11, choices=STANCES)
    excerpt = models.TextField(blank=True, default="")
    title = models.CharField(max_length=500, blank=True, default="")
    outlet = models.CharField(max_length=200, blank=True, default="")
    url = models.URLField(max_length=2000, blank=True, default="")
    source_kind = models.CharField(max_length=20, blank=True, default="")
    source_published_at = models.DateField(null=True, blank=True)
    record_kind = models.CharField(
        max_length=20,
        choices=EvidenceKind,
        blank=True,
        default="",
        db_default="",
        help_text="What a person recorded; empty for words of a source, and where it is secret.",
    )

    place_now: int | None
    archive_url: str | None
    language: str | None
    """Only of those a query was asked to give them to."""

    objects = CitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["verdict", "number"], name="citation_once_per_number"),
            models.UniqueConstraint(
                fields=["verdict", "evidence"], name="citation_once_per_evidence"
            ),
            one_of("stance", Stance, "citation_stance_known"),
        ]

    def __str__(self) -> str:
        return f"[{self.number}] {self.title}"
