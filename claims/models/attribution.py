"""Who is said to say a claim: where it appears, and what was said of that before."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models

from claims.kinds import Kind, Role
from claims.models.claim import Appearance, Claim
from claims.models.party import Party
from factcheck.models.choices import choices, one_of


class Attribution(models.Model):
    """Who is said to assert, relay or deny a claim where it appears."""

    appearance = models.ForeignKey(Appearance, models.CASCADE, related_name="attributions")
    party = models.ForeignKey(Party, models.PROTECT, related_name="attributions")
    role = models.CharField(max_length=8, choices=choices(Role), default=Role.ASSERTS)
    described_as = models.CharField(max_length=300, blank=True, default="")
    verb = models.CharField(max_length=200, blank=True, default="")
    direct = models.BooleanField(default=False, help_text="In the party's own words.")
    hedged = models.BooleanField(default=False, help_text="The article is not sure of it.")
    via = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            one_of("role", Role, "attribution_role_known"),
            models.UniqueConstraint(
                fields=["appearance", "party", "role"], name="attribution_once_per_party_and_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.role}"


class EarlierAttribution(models.Model):
    """Who was said to say a claim before, and when, and of what kind it was taken to be.

    The present one stands on the claim and its appearances; no ``claimant``
    is the article's own voice, or nobody known where ``known`` is false.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="earlier_attributions")
    number = models.PositiveSmallIntegerField()
    claimant = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    known = models.BooleanField(default=True)
    described_as = models.CharField(max_length=300, blank=True, default="")
    via = models.CharField(max_length=200, blank=True, default="")
    direct = models.BooleanField(default=False)
    kind = models.CharField(max_length=12, choices=choices(Kind))
    said_at = models.DateField(null=True, blank=True)
    attributed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            one_of("kind", Kind, "earlier_attribution_kind_known"),
            models.UniqueConstraint(
                fields=["claim", "number"], name="earlier_attribution_once_per_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant or 'nobody'}, {self.kind}"

    @classmethod
    def present(cls, claim: Claim, said: Attribution | None) -> Self:
        """What is said of a claim now, as it is kept once it is replaced; not saved.

        ``said`` is of the claimant where the claim appears; see ``said_of``.
        """
        said = said or Attribution()
        return cls(
            claim=claim,
            number=claim.attribution,
            claimant=claim.claimant,
            known=claim.claimant_is_known,
            described_as=said.described_as,
            via=said.via,
            direct=said.direct,
            kind=claim.kind,
            said_at=claim.said_at,
            attributed_by=claim.attributed_by,
        )


def said_of(claim: Claim, attributions: Iterable[Attribution]) -> Attribution | None:
    """What is said of the claimant where the claim appears."""
    return next((one for one in attributions if one.party_id == claim.claimant_id), None)
