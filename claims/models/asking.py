"""What the language model was asked, what it cost, and whether it answered."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from claims.models.searching import Search
from claims.models.versions import ArticleVersion


class ModelRunQuerySet(models.QuerySet["ModelRun"]):
    """Runs of the language model."""

    def asked(self) -> Self:
        """Those in which a question really went out."""
        return self.filter(calls__gt=0)

    def rests_until(self, model: str) -> datetime | None:
        """When a model that did not answer is asked again; None if that is now.

        All workers read it here, so that one of them having waited in vain
        is enough.
        """
        newest = self.asked().filter(model=model).order_by("-pk")[:1]
        found = self.filter(pk__in=newest.values("pk"), rests_until__gt=Now())
        return found.values_list("rests_until", flat=True).first()


class ModelRun(models.Model):
    """One piece of work for which the language model was to be asked.

    Splitting one version or judging the passages of one search. ``failure``
    goes on behind "the language model" and says why the offline rules or
    model did the work instead; empty if it answered. ``refused`` counts what
    it told that was not taken, by the reason. ``seconds`` are from the first
    question to the last answer.
    """

    version = models.ForeignKey(
        ArticleVersion, models.PROTECT, null=True, related_name="model_runs"
    )
    search = models.ForeignKey(Search, models.PROTECT, null=True, related_name="model_runs")
    model = models.CharField(max_length=100)
    calls = models.PositiveSmallIntegerField(default=0)
    prompt_tokens = models.PositiveIntegerField(default=0)
    completion_tokens = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0.0)
    failure = models.CharField(max_length=200, blank=True, default="")
    rests_until = models.DateTimeField(null=True)
    refused = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ModelRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(version__isnull=False, search__isnull=True)
                | Q(version__isnull=True, search__isnull=False),
                name="model_run_is_for_a_version_or_a_search",
            ),
            models.CheckConstraint(
                condition=Q(rests_until__isnull=True) | ~Q(failure=""),
                name="model_run_rests_after_a_failure",
            ),
        ]
        indexes = [models.Index(fields=["created_at"], name="model_run_lately")]

    def __str__(self) -> str:
        return f"{self.model}, {self.calls} calls"

    @property
    def tokens(self) -> int:
        """Both ways."""
        return self.prompt_tokens + self.completion_tokens
