"""How the language model answers, and what it costs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Avg, Count, Max, Q, Sum
from django.db.models.functions import Coalesce, Now

from claims.models import ModelRun

LATELY = timedelta(hours=24)
LONG = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Work:
    """What it did of one kind in one span of time; ``seconds`` is the mean of a run."""

    kind: str
    runs: int
    failed: int
    calls: int
    prompt_tokens: int
    completion_tokens: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class LanguageModelPage:
    """Everything the page shows; ``model`` is empty when none is set up."""

    model: str
    url: str
    uses: list[str]
    confidential: bool
    lately: list[Work]
    long: list[Work]
    answered_at: datetime | None
    failed: ModelRun | None
    rests_until: datetime | None

    @property
    def is_down(self) -> bool:
        """Whether the last thing known of it is that it did not answer."""
        newest = self.failed and self.failed.created_at
        return bool(newest and (self.answered_at is None or newest > self.answered_at))


def language_model() -> LanguageModelPage:
    """Load the page: five queries."""
    asked = ModelRun.objects.asked()
    return LanguageModelPage(
        model=settings.LLM_MODEL,
        url=settings.LLM_URL,
        uses=settings.LLM_USES,
        confidential=settings.LLM_CONFIDENTIAL,
        lately=_work(LATELY),
        long=_work(LONG),
        answered_at=asked.filter(failure="").aggregate(at=Max("created_at"))["at"],
        failed=asked.exclude(failure="").order_by("-pk").first(),
        rests_until=ModelRun.objects.rests_until(settings.LLM_MODEL),
    )


def _work(span: timedelta) -> list[Work]:
    """Both kinds of work since ``span`` ago, counted by one query."""
    runs = ModelRun.objects.filter(created_at__gt=Now() - span)
    splitting = Q(version__isnull=False)
    kinds = (("Splitting articles", splitting), ("Judging passages", ~splitting))
    counted = runs.aggregate(
        **{
            f"{name}_{number}": value
            for number, (_, kind) in enumerate(kinds)
            for name, value in {
                "runs": Count("pk", filter=kind),
                "failed": Count("pk", filter=kind & ~Q(failure="")),
                "calls": Coalesce(Sum("calls", filter=kind), 0),
                "prompt_tokens": Coalesce(Sum("prompt_tokens", filter=kind), 0),
                "completion_tokens": Coalesce(Sum("completion_tokens", filter=kind), 0),
                "seconds": Avg("seconds", filter=kind & Q(failure="")),
            }.items()
        }
    )
    columns = ("runs", "failed", "calls", "prompt_tokens", "completion_tokens", "seconds")
    return [
        Work(label, *(counted[f"{name}_{number}"] for name in columns))
        for number, (label, _) in enumerate(kinds)
    ]
