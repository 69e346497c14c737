"""What a claim is like: what was said before, and what repeats it since."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from claims.kinds import Likeness
from claims.models import Article, ArticleVersion, CheckLink, Claim, ClaimLink, Verdict
from claims.states import Dismissal, VerdictState

ORDER: list[str] = [
    ClaimLink.Decision.CONFIRMED,
    ClaimLink.Decision.SUGGESTED,
    ClaimLink.Decision.REFUSED,
]
SAYING_AGAIN = [Likeness.SAME, Likeness.REPEATS]
"""What a verdict on one of two claims holds for the other by."""
EARLIER = {
    Likeness.SAME: "Says the same as",
    Likeness.REPEATS: "The same claimant says again",
    Likeness.STRONGER: "Says more than",
    Likeness.WEAKER: "Says less than",
    Likeness.RELATED: "Is about the same thing as",
}
LATER = {
    Likeness.SAME: "The same is said in",
    Likeness.REPEATS: "The same claimant said it again",
    Likeness.STRONGER: "More is said in",
    Likeness.WEAKER: "Less is said in",
    Likeness.RELATED: "The same thing is spoken of in",
}


@dataclass(frozen=True, slots=True)
class Like:
    """Another claim as the page of a claim tells of it; ``version`` is its article's newest.

    ``verdict`` stands; ``withdrawn`` is the last that was public, where none is since. ``shaken``
    is whether what the verdict cites was rejected since, or its source was retracted or blocked,
    is gone or says something else, and nobody has looked at that.
    """

    link: ClaimLink
    other: Claim
    version: ArticleVersion
    verdict: Verdict | None
    withdrawn: Verdict | None
    shaken: bool
    later: bool

    @property
    def words(self) -> str:
        """What the claim of the page is to the other: a person's word before the machine's."""
        relation = Likeness(self.link.confirmed_as or self.link.relation)
        return (LATER if self.later else EARLIER)[relation]


def likes(claim: Claim) -> list[Like]:
    """What ``claim`` is like, confirmed first, then likeliest; needs its article.

    Left out is what lies in confidential articles of others. Three queries, four with a
    verdict, one when there is nothing.
    """
    comparable = Article.objects.comparable_with(claim.article)
    links = list(
        ClaimLink.objects.filter(
            Q(claim=claim, other__article__in=comparable)
            | Q(other=claim, claim__article__in=comparable)
        ).select_related("claim__claimant", "other__claimant", "decided_by")
    )
    if not links:
        return []
    others = [link.other if link.claim_id == claim.pk else link.claim for link in links]
    versions = _newest_versions(others)
    verdicts, withdrawn = _last_public(others)
    keys = [verdict.pk for verdict in verdicts.values()]
    shaken = (
        Verdict.objects.resting_on_changed()
        | Verdict.objects.resting_on_retracted()
        | Verdict.objects.resting_on_blocked()
        | Verdict.objects.resting_on_rejected()
    )
    at_risk = set(shaken.filter(pk__in=keys).values_list("claim_id", flat=True)) if keys else set()
    found = [
        Like(
            link,
            other,
            versions[other.article_id],
            verdicts.get(other.pk),
            withdrawn.get(other.pk),
            shaken=other.pk in at_risk,
            later=link.other_id == claim.pk,
        )
        for link, other in zip(links, others, strict=True)
    ]
    return sorted(
        found, key=lambda like: (ORDER.index(like.link.decision), -like.link.score, like.link.pk)
    )


def said_again(claims: Iterable[int] | QuerySet[Any, Any]) -> list[tuple[int, int, int]]:
    """The claims of these keys beside each that says the same, as people confirmed. One query.

    The third is the key of the article of the first.
    """
    links = ClaimLink.objects.filter(
        decision=ClaimLink.Decision.CONFIRMED, confirmed_as__in=SAYING_AGAIN
    )
    older = links.filter(claim__in=claims).values_list("claim", "other", "claim__article")
    newer = links.filter(other__in=claims).values_list("other", "claim", "other__article")
    return list(older.union(newer))


def checked_before(claims: Iterable[Claim]) -> dict[int, Verdict]:
    """What was published on what these claims say again, by their keys, as people confirmed.

    What stands comes before what was withdrawn, and the newest first. What was published is of
    articles that everybody may read. Two queries, one where nothing was confirmed.
    """
    pairs = [(claim, other) for claim, other, _ in said_again({claim.pk for claim in claims})]
    if not pairs:
        return {}
    stands, withdrawn = _last_public({other for _, other in pairs})
    found: dict[int, Verdict] = {}
    for public in (withdrawn, stands):
        told = [(public[other], claim) for claim, other in pairs if other in public]
        found |= {claim: verdict for verdict, claim in sorted(told, key=lambda pair: pair[0].pk)}
    return found


def checked_no_more() -> QuerySet[Claim]:
    """Claims dismissed as checked already, whose check was withdrawn, with none that stands.

    That is a verdict on a claim they are like, as a person confirmed; a confirmed check by others
    stands for it too.
    """
    links = ClaimLink.objects.filter(decision=ClaimLink.Decision.CONFIRMED)

    def like_one_with(state: VerdictState) -> Q:
        older = links.filter(other__verdicts__state=state).values("claim")
        newer = links.filter(claim__verdicts__state=state).values("other")
        return Q(pk__in=older.union(newer))

    dismissed = Claim.objects.filter(dismissal=Dismissal.ALREADY_CHECKED)
    return (
        dismissed.filter(like_one_with(VerdictState.WITHDRAWN))
        .exclude(like_one_with(VerdictState.PUBLISHED))
        .exclude(check_links__decision=CheckLink.Decision.CONFIRMED)
    )


def _last_public(claims: Iterable[Claim | int]) -> tuple[dict[int, Verdict], dict[int, Verdict]]:
    """What stands on each claim, and what was withdrawn last where none stands. One query."""
    public = Verdict.objects.standing() | Verdict.objects.withdrawn()
    shown = public.filter(claim__in=claims).select_related("claim").defer("explanation")
    stands: dict[int, Verdict] = {}
    withdrawn: dict[int, Verdict] = {}
    for verdict in shown.order_by("number"):
        published = verdict.state == VerdictState.PUBLISHED
        (stands if published else withdrawn)[verdict.claim_id] = verdict
    return stands, {key: one for key, one in withdrawn.items() if key not in stands}


def _newest_versions(claims: Iterable[Claim]) -> dict[int, ArticleVersion]:
    newest = ArticleVersion.objects.filter(article__in={claim.article_id for claim in claims})
    return {
        version.article_id: version
        for version in newest.newest().defer("text", "blocks", "dropped", "bands")
    }
