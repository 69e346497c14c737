"""What was published, for the world: what stands, searched; and what changed last.

Only what verdicts froze when they were proposed is read, never the claim or its article.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Exists, F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest

from claims.models import Verdict
from claims.models.publishing import VerdictQuerySet, public_words
from claims.ratings import SCALES, Scale
from claims.reading.finding import in_full_text
from claims.states import VerdictState
from sources.ranking import configuration

NEWEST = 50
"""Changes that a feed tells of."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a reader looks for; empty means everything. ``rating`` is a code of a scale."""

    words: str = ""
    rating: str = ""


def standing() -> VerdictQuerySet:
    """Verdicts that stand, the newest first, with what a list tells of them. One query."""
    newest = F("published_at").desc(nulls_last=True)  # as the index has it
    return (
        Verdict.objects.standing()
        .select_related("claim", "correction")
        .defer("explanation", "checked_elsewhere", "replies")
        .order_by(newest, "-pk")
    )


def found(sought: Sought) -> "list[int] | QuerySet[Verdict, int]":
    """Keys of all verdicts that stand and fit, the newest first.

    With words all at once, in one query, because looking for them without an index reads
    every explanation: counting them first and fetching a page of them then would do it
    twice. Without words nothing is read before a page of it is asked for.
    """
    fitting = standing()
    if sought.rating:
        fitting = fitting.filter(rating=sought.rating)
    if sought.words:
        config = configuration(settings.PUBLICATION_LANGUAGE)
        fitting = fitting.annotate(search=public_words(config)).filter(
            search=in_full_text(sought.words, config)
        )
        return list(fitting.values_list("pk", flat=True))
    return fitting.values_list("pk", flat=True)


def not_looked_for(words: str) -> bool:
    """Whether there is nothing in them but signs and words that no index keeps. One query."""
    config = configuration(settings.PUBLICATION_LANGUAGE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT numnode(websearch_to_tsquery(%s::regconfig, %s)) = 0", [config, words]
        )
        return bool(cursor.fetchone()[0])


def rows(keys: Iterable[int]) -> list[Verdict]:
    """The verdicts of these keys that still stand, the newest first. Two queries."""
    return list(standing().filter(pk__in=list(keys)).with_withdrawn().with_article_language())


def scales(verdicts: Iterable[Verdict]) -> list[Scale]:
    """The scales that the ratings of some verdicts are of."""
    used = {verdict.scale for verdict in verdicts}
    return [scale for scale in SCALES.values() if scale.code in used]


def ratings() -> list[tuple[str, str]]:
    """Code and label of each rating that a standing verdict has, the falsest first. One query."""
    labels = dict(
        Verdict.objects.standing().order_by().values_list("rating", "rating_label").distinct()
    )
    known = dict.fromkeys(rating.code for scale in SCALES.values() for rating in scale.ratings)
    return [(code, labels[code]) for code in known if code in labels]


@dataclass(frozen=True, slots=True)
class Change:
    """A claim's newest public verdict, when it came to be so, and when the first was public."""

    verdict: Verdict
    first_at: datetime
    at: datetime

    @property
    def is_withdrawn(self) -> bool:
        """Whether the verdict does not stand any more."""
        return self.verdict.state == VerdictState.WITHDRAWN


def changes() -> list[Change]:
    """What was published, corrected or withdrawn last, the newest first. Two queries."""
    public = Verdict.objects.public().filter(claim=OuterRef("claim"))
    newest = (
        Verdict.objects.public()
        .filter(~Exists(public.filter(number__gt=OuterRef("number"))))
        .select_related("claim", "correction")
        .defer("explanation", "checked_elsewhere", "replies")
        .with_withdrawn()
        .annotate(
            first_at=Subquery(public.order_by("number").values("published_at")[:1]),
            at=Greatest("published_at", "withdrawn_at"),
        )
        .order_by("-at", "-pk")
    )
    return [Change(verdict, verdict.first_at, verdict.at) for verdict in newest[:NEWEST]]


def changed_at() -> datetime | None:
    """When anything was published, corrected or withdrawn last. One query."""
    moment = Max(Greatest("published_at", "withdrawn_at"))
    return Verdict.objects.public().aggregate(at=moment)["at"]
