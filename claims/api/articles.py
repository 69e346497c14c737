"""A publisher's own articles, and the words of each version."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from claims.api import reading_examples as examples
from claims.api.conditional import IF_NONE_MATCH, POLLING, UNCHANGED, answered
from claims.api.offsets import Counted
from claims.api.view import KeyView, key_of
from claims.kinds import Placement
from claims.models import ArticleVersion, Visibility
from claims.reading.publisher import article_of, version_of
from claims.scopes import Scope
from claims.states import VersionState
from factcheck.models.choices import choices


class SpanSerializer(serializers.Serializer):
    """A stretch of a text: half-open, in code points and in UTF-16 units."""

    start = serializers.IntegerField(min_value=0)
    end = serializers.IntegerField(min_value=1)
    start_utf16 = serializers.IntegerField(min_value=0)
    end_utf16 = serializers.IntegerField(min_value=1)


class BlockSerializer(SpanSerializer):
    """A paragraph and where in the article it stands."""

    placement = serializers.ChoiceField(choices=choices(Placement))


class ArticleVersionSummarySerializer(serializers.Serializer):
    """What is said of a version without its words."""

    number = serializers.IntegerField(min_value=1)
    title = serializers.CharField()
    byline = serializers.CharField()
    outlet = serializers.CharField()
    language = serializers.CharField()
    published_at = serializers.DateField(allow_null=True)
    digest = serializers.CharField(help_text="SHA-256 of the text in UTF-8, in hexadecimal.")
    state = serializers.ChoiceField(
        choices=VersionState.choices(), help_text="`split`: its claims are there."
    )


class ArticleSerializer(serializers.Serializer):
    """An article with the versions of it that you handed in, the newest first."""

    id = serializers.UUIDField()
    url = serializers.URLField(allow_null=True, help_text="Null for a text handed in.")
    external_id = serializers.CharField(help_text="Your own name for it, or empty.")
    visibility = serializers.ChoiceField(
        choices=Visibility.choices,
        help_text="`confidential`: no word of it leaves the workspace. `public`: its words may be "
        "published, and outside providers asked about its claims.",
    )
    disclosed_at = serializers.DateTimeField(
        allow_null=True,
        help_text="When people of the workspace made it public that was confidential; null if "
        "they did not, or if a version that is confidential came after.",
    )
    versions = ArticleVersionSummarySerializer(many=True)


class ArticleVersionSerializer(ArticleVersionSummarySerializer):
    """A version with its words."""

    article = serializers.UUIDField()
    text = serializers.CharField(
        help_text="Headline and standfirst first; never changed once it is here."
    )
    blocks = BlockSerializer(many=True, help_text="The paragraphs, in order.")


class ArticleView(KeyView):
    """One of your articles, and its versions."""

    scopes = {"GET": Scope.CLAIMS_READ}

    @extend_schema(
        operation_id="read_article",
        summary="Read an article",
        description=f"An article of yours and the versions of it that you handed in. {POLLING}",
        responses={200: ArticleSerializer, 304: UNCHANGED},
        parameters=[IF_NONE_MATCH],
        examples=[examples.ARTICLE],
    )
    def get(self, request: Request, article_id: UUID) -> HttpResponse:
        """The article, if one of its versions is the publisher's."""
        publisher = key_of(request).publisher
        seen = article_of(publisher, article_id)
        if seen is None:
            raise NotFound
        article = seen.article
        return answered(
            request,
            {
                "id": article.public_id,
                "url": article.canonical_url or None,
                "external_id": article.external_id if article.publisher_id == publisher.pk else "",
                "visibility": article.visibility,
                "disclosed_at": article.disclosed_at,
                "versions": [_summary(version) for version in seen.versions],
            },
        )


class VersionView(KeyView):
    """The words of one version of your article."""

    scopes = {"GET": Scope.CLAIMS_READ}

    @extend_schema(
        operation_id="read_article_version",
        summary="Read a version of an article",
        description="Its words as they were checked. Every span counts in this `text`.",
        responses={200: ArticleVersionSerializer, 304: UNCHANGED},
        parameters=[IF_NONE_MATCH],
        examples=[examples.VERSION],
    )
    def get(self, request: Request, article_id: UUID, number: int) -> HttpResponse:
        """The version, if it is the publisher's."""
        version = version_of(key_of(request).publisher, article_id, number)
        if version is None:
            raise NotFound
        counted = Counted(version.text)
        return answered(
            request,
            {
                "article": article_id,
                **_summary(version),
                "text": version.text,
                "blocks": [
                    {**counted.span(start, end), "placement": placement}
                    for start, end, placement in version.blocks
                ],
            },
        )


def _summary(version: ArticleVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "title": version.title,
        "byline": version.byline,
        "outlet": version.outlet,
        "language": version.language,
        "published_at": version.published_at,
        "digest": version.digest,
        "state": version.state,
    }
