"""How the providers outside are, as all workers know it, and what they answered lately."""

from django.db import models
from django.db.models import Q

from factcheck.models import HasPublicId


class OutsideProvider(HasPublicId):
    """One provider outside: whether it may be asked now, and how it answered last.

    Changed by single statements in ``sources.health``, which every worker
    obeys. ``failures`` are those since the last answer; ``rests_until`` is
    when it may be tried again; ``free_at`` when its next request may be sent.
    """

    name = models.CharField(max_length=40)
    off = models.BooleanField(default=False, help_text="Asked nothing until switched on.")
    failures = models.PositiveIntegerField(default=0, editable=False)
    rests_until = models.DateTimeField(null=True, blank=True, editable=False)
    free_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    failed_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_error = models.CharField(max_length=300, blank=True, default="", editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], name="provider_once_per_name"),
            models.CheckConstraint(
                condition=Q(failures=0) | Q(failed_at__isnull=False) & ~Q(last_error=""),
                name="provider_failed_says_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProviderHour(models.Model):
    """What became of the searches of one hour; ``seconds`` is what all of them took."""

    provider = models.ForeignKey(OutsideProvider, models.CASCADE, related_name="hours")
    began_at = models.DateTimeField()
    answered = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    requests = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0.0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "began_at"], name="provider_hour_once"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} from {self.began_at:%Y-%m-%d %H}"


class ProviderAnswer(models.Model):
    """What a provider answered, kept for a while: the same is asked again and again.

    ``digest`` is the SHA-256 of what was asked; the question itself is not kept.
    """

    provider = models.ForeignKey(OutsideProvider, models.CASCADE, related_name="answers")
    digest = models.CharField(max_length=64)
    found = models.JSONField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "digest"], name="provider_answer_once"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="provider_answer_digest_is_sha256",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id}: {self.digest[:8]}"
