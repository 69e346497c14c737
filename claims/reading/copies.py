"""Articles that print nearly the same text: forty copies of one wire story are one story.

Only what may be compared is: public articles, and those of one owner. A
publisher's article is never counted as the copy of anybody else's, because
its claims are checked for that publisher.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.kinds import SAME_WORDS
from claims.models import Appearance, Article, ArticleVersion, ClaimLink, Visibility
from claims.states import VersionState
from factcheck.models import User
from sources.copies import likeness

COPIED = 0.35
"""Share of both texts' runs of words from which the younger is a copy. Only claims printed
word by word in both are spared, so that a copy somebody wrote much into loses nothing."""
COMPARED = 20
"""Versions that are compared word by word at most."""


def original_of(version: ArticleVersion) -> ArticleVersion | None:
    """The oldest version of another article that prints nearly the same text.

    The original of that one, where it is a copy itself. A public article is
    never the copy of a confidential one, where nobody else could read its
    claims, and none is the copy of an article that was set aside, where nobody
    checks them. Two queries.
    """
    if not version.bands:
        return None
    comparable = Article.objects.comparable_with(version.article)
    if version.article.publisher_id:
        comparable = comparable.filter(publisher=version.article.publisher_id)
    in_public = version.article.visibility == Visibility.PUBLIC
    if in_public:
        comparable = comparable.filter(visibility=Visibility.PUBLIC)
    older = (
        ArticleVersion.objects.filter(
            bands__overlap=version.bands,
            pk__lt=version.pk,
            article__in=comparable,
            article__set_aside_at__isnull=True,
        )
        .exclude(article=version.article_id)
        .exclude(state=VersionState.FAILED)
        .select_related("copy_of__article")
        .order_by("pk")
    )
    for one in older[:COMPARED]:
        if likeness(version.text, one.text) >= COPIED:
            first = one.copy_of
            if first is None or first.article.set_aside_at is not None:
                return one
            hidden = in_public and first.article.visibility != Visibility.PUBLIC
            return one if hidden else first
    return None


def kept_inside(version: ArticleVersion, person: User) -> ArticleVersion | None:
    """The same text as the person handed it in confidentially, beside their public article.

    One query for that article's owner, none for anybody else.
    """
    article = version.article
    if article.visibility != Visibility.PUBLIC or article.owner_id != person.pk:
        return None
    same = ArticleVersion.objects.filter(
        digest=version.digest, article__owner=person, article__visibility=Visibility.CONFIDENTIAL
    )
    return same.select_related("article").only("created_at", "article__public_id").first()


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

    ``repeated`` leads from its claims beside the desk to those of ``original`` that both print.
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
        claim__appearances__version=version,
        claim__desk=False,
        method=SAME_WORDS,
        other__article__in=comparable,
    )
    return Copying(
        original=original,
        repeated=list(repeated.select_related("claim", "other").order_by("claim"))
        if original
        else [],
        copies=list(known.filter(copy_of__article=version.article).order_by("pk")),
    )
