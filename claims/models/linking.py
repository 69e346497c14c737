"""What one claim is to another that is like it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.kinds import Likeness
from claims.models.claim import Claim
from factcheck.models import HasPublicId
from factcheck.models.choices import choices, one_of


class LinkDecision(models.TextChoices):
    """What a person made of a suggested link."""

    SUGGESTED = "suggested", "Suggested"
    CONFIRMED = "confirmed", "Confirmed"
    REFUSED = "refused", "Refused"


class ClaimLink(HasPublicId):
    """One claim says again, more, less or something near what an older one says.

    ``relation``, ``score`` (0 to 1, how likely the two are about the same) and
    ``method`` are a machine's, and may be refreshed while nobody decided;
    ``confirmed_as`` is a person's word. A trigger refuses a link that would
    tell one owner of another's confidential article.
    """

    Decision = LinkDecision
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="links")
    other = models.ForeignKey(Claim, models.PROTECT, related_name="links_back")
    relation = models.CharField(max_length=10, choices=choices(Likeness))
    score = models.FloatField()
    method = models.CharField(max_length=100)
    decision = models.CharField(max_length=10, choices=LinkDecision, default=LinkDecision.SUGGESTED)
    confirmed_as = models.CharField(
        max_length=10, choices=choices(Likeness), blank=True, default=""
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "other"], name="claim_link_once_per_pair"),
            one_of("relation", Likeness, "claim_link_relation_known"),
            one_of("decision", LinkDecision, "claim_link_decision_known"),
            models.CheckConstraint(
                condition=Q(decision=LinkDecision.CONFIRMED, confirmed_as__in=list(Likeness))
                | ~Q(decision=LinkDecision.CONFIRMED) & Q(confirmed_as=""),
                name="claim_link_confirmed_says_as_what",
            ),
            models.CheckConstraint(
                condition=~Q(claim=F("other")), name="claim_link_joins_two_claims"
            ),
            models.CheckConstraint(
                condition=Q(decision=LinkDecision.SUGGESTED) | Q(decided_by__isnull=False),
                name="claim_link_decided_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.relation} {self.other_id}"
