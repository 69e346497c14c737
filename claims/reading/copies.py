"""Articles that print nearly the same text: forty copies of one wire story are one story.

Only what may be compared is: public articles, and those of one owner. A
publisher's article is never counted as the copy of anybody else's, because
its claims are checked for that publisher.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.actions.splitting import SAME_WORDS
from claims.models import Appearance, Article, ArticleVersion, ClaimLink
from claims.states import VersionState
from sources.copies import likeness

COPIED = 0.35
"""Share of both texts' runs of words from which the younger is a copy. Only claims printed
word by word in both are spared, so that a copy somebody wrote much into loses nothing."""
COMPARED = 20
"""Versions that are compared word by word at most."""


def original_of(version: ArticleVersion) -> ArticleVersion | None:
    """The oldest version of another article that prints nearly the same text.

    The original of that one, where it is a copy itself. Two queries.
    """
    if not version.bands:
        return None
    comparable = Article.objects.comparable_with(version.article)
    if version.article.publisher_id:
        comparable = comparable.filter(publisher=version.article.publisher_id)
    older = (
        ArticleVersion.objects.filter(
            bands__overlap=version.bands, pk__lt=version.pk, article__in=comparable
        )
        .exclude(article=version.article_id)
        .exclude(state=VersionState.FAILED)
        .select_related("copy_of")
        .order_by("pk")
    )
    for one in older[:COMPARED]:
        if likeness(version.text, one.text) >= COPIED:
            return one.copy_of or one
    return None


def printed_claims(version: ArticleVersion) -> Mapping[tuple[str, str], int]:
    """The claims a version makes on the desk, by their printed words and their wording."""
    made = Appearance.objects.filter(version=version, claim__desk=True).select_related("claim")
    return {
        words_of(appearance.quote, appearance.claim.text): appearance.claim_id
        for appearance in made.order_by("-pk")
    }


def repeated(
    found: Sequence[tuple[str, str]], printed: Mapping[tuple[str, str], int]
) -> dict[int, int]:
    """Which of ``found`` (printed words, wording) the original prints too.

    From the place in ``found`` to the original's claim.
    """
    return {
        place: printed[words]
        for place, words in enumerate(words_of(*one) for one in found)
        if words in printed
    }


def words_of(quote: str, text: str) -> tuple[str, str]:
    """Printed words and wording, however they are spaced."""
    return " ".join(quote.split()), " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Copying:
    """What the page of a version says of copies.

    ``repeated`` leads from its claims to those of ``original`` that both print.
    """

    original: ArticleVersion | None
    repeated: list[ClaimLink]
    copies: list[ArticleVersion]


def copying(version: ArticleVersion) -> Copying:
    """Load what ``version`` is a copy of, and what is a copy of it.

    Left out are confidential articles of others. Two queries, three for a copy.
    """
    comparable = Article.objects.comparable_with(version.article)
    known = ArticleVersion.objects.filter(article__in=comparable).select_related("article")
    known = known.defer("text", "blocks", "dropped", "bands")
    original = known.filter(pk=version.copy_of_id).first() if version.copy_of_id else None
    repeated = ClaimLink.objects.filter(
        claim__appearances__version=version, method=SAME_WORDS, other__article__in=comparable
    )
    return Copying(
        original=original,
        repeated=list(repeated.select_related("claim", "other").order_by("claim"))
        if original
        else [],
        copies=list(known.filter(copy_of__article=version.article).order_by("pk")),
    )
