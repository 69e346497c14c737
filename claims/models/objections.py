"""Objections: what readers say is wrong in a public verdict, and what came of it."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Now
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from claims.models.claim import Claim
from claims.models.corrections import Correction
from claims.models.publishing import Verdict
from factcheck.models import HasPublicId
from factcheck.models.choices import one_of

SHORTEST, LONGEST = 10, 4_000
"""Characters of an objection."""

CONTACT_KEPT = timedelta(days=30)
"""How long it is kept who objected and how to reach them, once that is decided."""


class ObjectionKind(models.TextChoices):
    """What is said to be wrong."""

    WRONG_FACT = "wrong_fact", "A fact is wrong"
    MISSING_SOURCE = "missing_source", "A source is missing"
    BROKEN_LINK = "broken_link", "A link does not work"
    MISQUOTED = "misquoted", "Somebody is misquoted"
    OTHER = "other", "Something else"


class ObjectionDecision(models.TextChoices):
    """What came of an objection."""

    UPHELD = "upheld", "Upheld"
    NOT_UPHELD = "not_upheld", "Not upheld"
    NOT_SERIOUS = "not_serious", "Not serious"


TURNED_DOWN = (ObjectionDecision.NOT_UPHELD, ObjectionDecision.NOT_SERIOUS)
"""What nobody decides of a verdict they wrote."""

UNDECIDED = Q(decision="")
UNSETTLED = Q(decision=ObjectionDecision.UPHELD, correction__isnull=True)


class ObjectionQuerySet(models.QuerySet["Objection"]):
    """Objections, by what is left to do."""

    def of(self, claim: Claim) -> Self:
        """Those to any version of the public verdict on a claim, the newest first."""
        return self.filter(verdict__claim=claim).order_by("-pk")

    def undecided(self) -> Self:
        """Those that nobody has decided on."""
        return self.filter(UNDECIDED)

    def uncorrected(self) -> Self:
        """Those that were upheld, while what they are about is public and not corrected since."""
        return self.filter(UNSETTLED & ~Exists(_withdrawn_since()))

    def waiting(self) -> Self:
        """Those that somebody has to answer, or to correct the verdict for."""
        return self.filter(UNDECIDED | UNSETTLED & ~Exists(_withdrawn_since()))

    def decided(self) -> Self:
        """Those that somebody has decided on."""
        return self.exclude(UNDECIDED)

    def answered_long_ago(self) -> Self:
        """Those of which nothing is kept any more that says who objected."""
        known = self.exclude(name="", email="")
        return known.filter(decided_at__lt=Now() - CONTACT_KEPT)


def _withdrawn_since() -> models.QuerySet[Verdict]:
    """The version that was objected to or one after it, if that was withdrawn."""
    return Verdict.objects.withdrawn().filter(
        claim=OuterRef("verdict__claim"), number__gte=OuterRef("verdict__number")
    )


class Objection(HasPublicId):
    """What a reader says is wrong in one version of a public verdict; never public itself.

    ``name`` and ``email`` are theirs, for an answer, and are forgotten some time after it.
    ``correction`` is what was published because of it.
    """

    Kind = ObjectionKind
    Decision = ObjectionDecision
    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="objections")
    kind = models.CharField(max_length=16, choices=Kind)
    words = models.TextField("what is wrong")
    url = models.CharField("where that can be seen", max_length=2000, blank=True, default="")
    name = models.CharField(max_length=200, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    received_at = models.DateTimeField(auto_now_add=True, db_index=True)
    decision = models.CharField(
        max_length=12, choices=Decision, blank=True, default="", editable=False
    )
    reason = models.TextField(blank=True, default="", help_text="Why it does not hold.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    correction = models.ForeignKey(
        Correction, models.PROTECT, null=True, blank=True, related_name="objections"
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("kind", ObjectionKind, "objection_kind_known"),
            one_of("decision", ObjectionDecision, "objection_decision_known", or_blank=True),
            models.CheckConstraint(
                condition=Q(GreaterThanOrEqual(Length("words"), SHORTEST))
                & Q(LessThanOrEqual(Length("words"), LONGEST)),
                name="objection_has_words_and_not_too_many",
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__regex=r"^[Hh][Tt][Tt][Pp][Ss]?://"),
                name="objection_url_is_http",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | ~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="objection_decided_has_person_and_time",
            ),
            models.CheckConstraint(
                condition=~Q(decision=ObjectionDecision.NOT_UPHELD) | ~Q(reason=""),
                name="objection_not_upheld_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(correction__isnull=True) | Q(decision=ObjectionDecision.UPHELD),
                name="objection_corrected_was_upheld",
            ),
        ]
        indexes = [
            models.Index(
                fields=["received_at"],
                condition=UNDECIDED | UNSETTLED,
                name="objection_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:80]
