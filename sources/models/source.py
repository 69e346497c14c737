"""Citable documents, and the bytes they had when they were looked at."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from factcheck.models import HasPublicId
from factcheck.models.choices import one_of
from sources.models.outlet import Outlet


class SourceKind(models.TextChoices):
    """What sort of document a source is."""

    ARTICLE = "article", "Article"
    REPORT = "report", "Report"
    DATASET = "dataset", "Dataset"
    LAW = "law", "Law or ruling"
    TRANSCRIPT = "transcript", "Transcript"
    POST = "post", "Post"
    REFERENCE = "reference", "Reference entry"
    OTHER = "other", "Other"


class Access(models.TextChoices):
    """Who else can read the source."""

    OPEN = "open", "Open to everyone"
    REGISTRATION = "registration", "After registration"
    PAYWALL = "paywall", "Behind a paywall"
    PRIVATE = "private", "Private: never shown beyond its claim"


class SourceQuerySet(models.QuerySet["Source"]):
    """Sources, by whether they may give evidence."""

    def standing(self) -> "SourceQuerySet":
        """Sources that are not retracted, of outlets that are not blocked."""
        return self.filter(retracted_at__isnull=True, outlet__blocked=False)


class Source(HasPublicId):
    """A document somebody can be pointed to: at an address, or handed in."""

    url = models.URLField(max_length=2000, null=True, blank=True, unique=True)
    title = models.CharField(max_length=500)
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=20, choices=SourceKind, default=SourceKind.ARTICLE)
    access = models.CharField(max_length=20, choices=Access, default=Access.OPEN)
    language = models.CharField(max_length=12, default="en")
    published_at = models.DateField(null=True, blank=True)
    interests = models.TextField(
        blank=True, default="", help_text="What the source stands to gain."
    )
    archive_url = models.URLField(max_length=2000, blank=True, default="")
    proposed_access = models.CharField(max_length=20, choices=Access, blank=True, default="")
    access_reason = models.CharField(
        max_length=300, blank=True, default="", help_text="What speaks for the proposal."
    )
    access_recorded_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    gone_at = models.DateTimeField(null=True, blank=True, editable=False)
    gone = models.CharField(max_length=500, blank=True, default="", editable=False)
    examined_at = models.DateTimeField(null=True, blank=True, editable=False)
    examination = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="Why what cites it may stand, in the words of whoever looked.",
    )
    retracted_at = models.DateTimeField(null=True, blank=True, editable=False)
    retraction = models.TextField(
        blank=True, default="", help_text="Why it does not stand any more."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", SourceKind, "source_kind_known"),
            one_of("access", Access, "source_access_known"),
            one_of("proposed_access", Access, "source_proposed_access_known", or_blank=True),
            models.CheckConstraint(
                condition=Q(proposed_access="") | ~Q(access_reason=""),
                name="source_proposed_access_says_why",
            ),
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True, gone="") | Q(gone_at__isnull=False) & ~Q(gone=""),
                name="source_gone_says_why",
            ),
            models.CheckConstraint(
                condition=Q(url__isnull=True) | Q(url__regex=r"^https?://"),
                name="source_url_is_http",
            ),
            models.CheckConstraint(
                condition=Q(retracted_at__isnull=True, retraction="")
                | Q(retracted_at__isnull=False) & ~Q(retraction=""),
                name="source_retracted_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["retracted_at"],
                condition=Q(retracted_at__isnull=False),
                name="source_retracted",
            ),
            models.Index(
                fields=["changed_at"],
                condition=Q(changed_at__isnull=False),
                name="source_changed",
            ),
            models.Index(
                fields=["gone_at"], condition=Q(gone_at__isnull=False), name="source_gone"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def origin(self) -> str:
        """What counts as one origin: its outlet's, or the document itself if nobody knows it."""
        return self.outlet.origin or f"{self.title[:100]} (document {str(self.public_id)[:8]})"

    @property
    def objections(self) -> list[str]:
        """Why it may not be cited anew, in sentences; none while it stands. Reads its outlet."""
        found = []
        if self.retracted_at is not None:
            found.append(f"Retracted by the workspace: {self.retraction}")
        if self.outlet.blocked:
            found.append(f"Its outlet, {self.outlet}, is blocked: {self.outlet.block_reason}")
        return found

    @property
    def wants_looking_at(self) -> bool:
        """Whether it changed, went, was retracted or blocked since a person last looked.

        Reads its outlet.
        """
        times = (self.changed_at, self.gone_at, self.retracted_at, self.outlet.blocked_at)
        happened = [at for at in times if at is not None]
        return bool(happened) and (self.examined_at is None or max(happened) > self.examined_at)


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Frozen copies."""

    def unread(self) -> "SnapshotQuerySet":
        """Copies whose passages are not in the library yet."""
        return self.filter(read_at__isnull=True)


class Snapshot(HasPublicId):
    """What a source said when it was fetched: bytes, headers and text.

    Never changed (a trigger refuses), so that what was cited can be shown
    again. ``digest`` is the SHA-256 of ``text``; ``credit`` the news agency
    that the text says it is from; ``read_at`` is when its passages were put
    into the library, ``seen_at`` when the source was last found to say so still.
    """

    # Its unique constraint begins with the source: that index is enough.
    source = models.ForeignKey(Source, models.PROTECT, related_name="snapshots", db_index=False)
    fetched_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100, default="text/plain")
    headers = models.JSONField(default=dict)
    record = models.BinaryField(null=True, help_text="The bytes as received: a WARC record.")
    text = models.TextField()
    extractor = models.CharField(max_length=100)
    credit = models.CharField(max_length=100, blank=True, default="", editable=False)
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    seen_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "digest"], name="snapshot_once_per_source_and_digest"
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="snapshot_digest_is_sha256"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="snapshot_has_text"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(read_at__isnull=True), name="snapshot_unread"),
            models.Index(fields=["digest"], name="snapshot_same_words"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} at {self.fetched_at:%Y-%m-%d}"
