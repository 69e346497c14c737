"""Who publishes."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from factcheck.models import HasPublicId
from factcheck.models.choices import one_of

NOT_KNOWN = "Outlet not known"
"""Under which name documents stand that do not say who published them."""


class OutletKind(models.TextChoices):
    """What sort of publisher an outlet is."""

    NEWS = "news", "News organisation"
    WIRE = "wire", "News agency"
    GOVERNMENT = "government", "Government or public body"
    PARTY = "party", "Party or campaign"
    RESEARCH = "research", "Research or university"
    REFERENCE = "reference", "Reference work"
    FACT_CHECKER = "fact_checker", "Fact-checker"
    ADVOCACY = "advocacy", "Advocacy or company"
    SOCIAL = "social", "Social network"
    OTHER = "other", "Other or not known"


class Outlet(HasPublicId):
    """A publisher of sources.

    ``origin_group`` names owners, wires or ministries behind several outlets:
    two outlets of one group are one origin. The row called NOT_KNOWN is no
    publisher: what stands there has nothing in common.
    """

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=OutletKind, default=OutletKind.OTHER)
    reliability_note = models.TextField(blank=True, default="")
    origin_group = models.CharField(max_length=200, blank=True, default="")
    blocked = models.BooleanField(default=False, help_text="Gives no more evidence.")
    blocked_at = models.DateTimeField(null=True, blank=True, editable=False)
    block_reason = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="Why it gives no more evidence; of one let go again, why it was blocked last.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="outlet_once_per_name"),
            one_of("kind", OutletKind, "outlet_kind_known"),
            models.CheckConstraint(
                condition=Q(blocked=False, blocked_at__isnull=True)
                | Q(blocked=True, blocked_at__isnull=False) & ~Q(block_reason=""),
                name="outlet_blocked_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def origin(self) -> str:
        """What counts as one origin: the group, or the outlet itself; empty if it is not known."""
        return (self.origin_group or self.name) if self.is_known else ""

    @property
    def is_known(self) -> bool:
        """Whether it is a publisher at all."""
        return self.name != NOT_KNOWN
