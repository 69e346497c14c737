"""What a claim is like: what was said before, and what repeats it since."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from claims.kinds import Likeness
from claims.models import Article, ArticleVersion, Claim, ClaimLink, Verdict
from claims.states import VerdictState

ORDER: list[str] = [
    ClaimLink.Decision.CONFIRMED,
    ClaimLink.Decision.SUGGESTED,
    ClaimLink.Decision.REFUSED,
]
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

    ``shaken`` is whether a source of its verdict was retracted or blocked, is gone
    or says something else since, and nobody has looked at that.
    """

    link: ClaimLink
    other: Claim
    version: ArticleVersion
    verdict: Verdict | None
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
    verdicts = {
        verdict.claim_id: verdict
        for verdict in Verdict.objects.filter(claim__in=others, state=VerdictState.PUBLISHED).defer(
            "explanation"
        )
    }
    keys = [verdict.pk for verdict in verdicts.values()]
    shaken = (
        Verdict.objects.resting_on_changed()
        | Verdict.objects.resting_on_retracted()
        | Verdict.objects.resting_on_blocked()
    )
    at_risk = set(shaken.filter(pk__in=keys).values_list("claim_id", flat=True)) if keys else set()
    found = [
        Like(
            link,
            other,
            versions[other.article_id],
            verdicts.get(other.pk),
            shaken=other.pk in at_risk,
            later=link.other_id == claim.pk,
        )
        for link, other in zip(links, others, strict=True)
    ]
    return sorted(
        found, key=lambda like: (ORDER.index(like.link.decision), -like.link.score, like.link.pk)
    )


def _newest_versions(claims: Iterable[Claim]) -> dict[int, ArticleVersion]:
    newest = ArticleVersion.objects.filter(article__in={claim.article_id for claim in claims})
    return {
        version.article_id: version
        for version in newest.newest().defer("text", "blocks", "dropped", "bands")
    }
