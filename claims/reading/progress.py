"""How far the machine is with an article."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from claims.models import ArticleVersion, Claim, ModelRun, Search
from claims.states import VersionState


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the machine is with an article: split, and its claims searched."""

    version: ArticleVersion
    total: int
    searches: Sequence[Search]
    run: ModelRun | None = None
    """Of the language model, if it was to help with splitting."""

    @property
    def searched(self) -> int:
        """Claims whose present wording has been searched."""
        return sum(search.finished_at is not None for search in self.searches)

    @property
    def failed(self) -> int:
        """Claims whose search a worker gave up."""
        return sum(not search.finished_at and not search.due_at for search in self.searches)

    @property
    def down(self) -> list[tuple[str, int]]:
        """Providers that did not answer, and for how many claims."""
        silent = Counter(
            asked["provider"]
            for search in self.searches
            for asked in search.providers
            if asked["error"]
        )
        return sorted(silent.items())

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come by itself."""
        return self.version.state != VersionState.RECEIVED and not any(
            search.due_at for search in self.searches
        )


def progress(version: ArticleVersion) -> Progress:
    """How far the machine is with one version. Three queries."""
    claims = Claim.objects.filter(appearances__version=version, desk=True).distinct()
    searches = Search.objects.filter(claim__in=claims, wording=F("claim__wording"), only="")
    newest = {search.claim_id: search for search in searches.order_by("pk")}
    return Progress(version, claims.count(), list(newest.values()), run_of(version))


def run_of(version: ArticleVersion) -> ModelRun | None:
    """What the language model did for the splitting of a version."""
    return ModelRun.objects.filter(version=version).order_by("-pk").first()
