"""Documents people bring to a claim, and the passages of them that are offered."""

from typing import Any, Self, TypedDict

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.claim import Claim
from claims.models.evidence import Evidence, EvidenceKind
from claims.states import BringingState
from factcheck.models import Work, WorkQuerySet
from factcheck.models.choices import one_of
from sources.models import Passage, Snapshot, SourceKind


class Offer(TypedDict):
    """A passage that is offered: its key, its words and place, and what the machine made of it.

    The words stand here too, so that a page shows many offers at no cost.
    """

    passage: int
    start: int
    end: int
    text: str
    digest: str
    stance: str
    confidence: float
    shown: bool
    rationale: list[int] | None
    relation: str
    why: dict[str, Any]


class BringingQuerySet(WorkQuerySet):
    """Documents people brought."""

    def in_trouble(self) -> Self:
        """Documents that could not be read, without what somebody set aside."""
        return super().in_trouble().filter(set_aside_at__isnull=True)

    def light(self) -> "BringingQuerySet":
        """Without the bytes, which only their reader wants."""
        return self.defer("file", "snapshot__record", "snapshot__headers")


class Bringing(Work):
    """A person brings a document to a claim, by address or as a file.

    The work row of fetching and reading: due until ``snapshot`` is frozen and
    its best passages stand in ``offers``, the best first. ``wording`` is the
    wording of the claim they were read for. Choosing among them is a person's.
    """

    task = "claims.bring_document"
    queue = "reading"
    given_up = {"state": BringingState.FAILED}
    given_up_verb = "document.failed"

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="bringings")
    wording = models.PositiveSmallIntegerField()
    url = models.URLField(max_length=2000, blank=True, default="")
    file = models.BinaryField(null=True)
    file_name = models.CharField(max_length=255, blank=True, default="")
    content_type = models.CharField(max_length=100, blank=True, default="")
    outlet = models.CharField(
        max_length=200, blank=True, default="", help_text="Who published a file, if it does not say"
    )
    kind = models.CharField(
        "what a file is",
        max_length=20,
        choices=SourceKind,
        default=SourceKind.ARTICLE,
        db_default=SourceKind.ARTICLE,
    )
    published_at = models.DateField("when a file was published", null=True, blank=True)
    public = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Whether a file is a paper that anybody may read, whose words may be shown.",
    )
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10,
        choices=BringingState.choices(),
        default=BringingState.RECEIVED,
        editable=False,
    )
    snapshot = models.ForeignKey(
        Snapshot, models.PROTECT, null=True, blank=True, related_name="bringings"
    )
    offers = models.JSONField(default=list, editable=False)
    set_aside_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="Since when it stands beside the claim no more, because it was a mistake.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BringingQuerySet.as_manager()

    class Meta(Work.Meta):
        constraints = [
            one_of("state", BringingState, "bringing_state_known"),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__iregex=r"^https?://"), name="bringing_url_is_http"
            ),
            models.CheckConstraint(
                condition=~Q(url="") & Q(file__isnull=True) | Q(url="", file__isnull=False),
                name="bringing_is_url_or_file",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_at__isnull=True) | ~Q(state=BringingState.RECEIVED),
                name="bringing_set_aside_was_tried",
            ),
            one_of("kind", SourceKind, "bringing_kind_known"),
            models.CheckConstraint(
                condition=Q(public=False) | Q(file__isnull=False), name="bringing_public_is_a_file"
            ),
            models.CheckConstraint(
                condition=Q(state=BringingState.READY, snapshot__isnull=False)
                | ~Q(state=BringingState.READY) & Q(snapshot__isnull=True),
                name="bringing_ready_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(state=BringingState.RECEIVED, due_at__isnull=False)
                | ~Q(state=BringingState.RECEIVED) & Q(due_at__isnull=True),
                name="bringing_due_while_received",
            ),
        ]

    def __str__(self) -> str:
        return self.url or self.file_name or f"Document {self.pk}"

    @property
    def story(self) -> Claim:
        """Its claim's."""
        return self.claim

    @property
    def private(self) -> bool:
        """Whether what was brought stays with this claim's owner: a file that is not published."""
        return not self.url and not self.public

    @property
    def frozen(self) -> Snapshot:
        """The frozen document; ValueError while it has not been read."""
        if self.snapshot is None:
            raise ValueError("Nothing is frozen yet.")
        return self.snapshot

    def passage_of(self, offer: Offer) -> Passage:
        """The stored passage that is offered, without asking the database for it."""
        return Passage(
            pk=offer["passage"],
            snapshot=self.frozen,
            start=offer["start"],
            end=offer["end"],
            text=offer["text"],
            digest=offer["digest"],
        )

    def as_evidence(self, offer: Offer) -> Evidence:
        """The evidence an offered passage would be, with what the machine made of it; not saved."""
        start, end = offer["rationale"] or (None, None)
        return Evidence(
            claim_id=self.claim_id,
            wording=self.wording,
            kind=EvidenceKind.PASSAGE,
            source=self.frozen.source,
            passage=self.passage_of(offer),
            passage_digest=offer["digest"],
            machine_stance=offer["stance"],
            confidence=offer["confidence"],
            shown=offer["shown"],
            rationale_start=start,
            rationale_end=end,
            relation=offer["relation"],
            why=offer["why"],
        )
