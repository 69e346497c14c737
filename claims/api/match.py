"""Asking which published verdicts are about a text."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions.matching import read_published
from claims.api import reading_examples as examples
from claims.api.fields import Body, Text
from claims.api.verdicts import VerdictSerializer, told
from claims.api.view import KeyView
from claims.matching import METHOD, THRESHOLD
from claims.reading.matches import matches
from claims.reading.publisher_verdicts import public_verdicts
from claims.scopes import Scope
from sources.registry import encoder

TEXTS = 20
LONGEST = 2000  # characters
BEST = 5


class AskedSerializer(Body):
    """Sentences or claims to look up."""

    texts = serializers.ListField(
        child=Text(max_length=LONGEST, allow_blank=False, trim_whitespace=True),
        min_length=1,
        max_length=TEXTS,
        help_text="One statement each: of a longer text only the beginning is compared.",
    )


class MatchSerializer(serializers.Serializer):
    """A verdict that may be about the text."""

    score = serializers.FloatField(
        min_value=THRESHOLD,
        max_value=1,
        help_text="The probability that the verdict is on the same claim or one close to it.",
    )
    method = serializers.CharField(help_text="Name and version of what gave the score.")
    verdict = VerdictSerializer()


class MatchedSerializer(serializers.Serializer):
    """A text that was asked, and what is about it."""

    text = serializers.CharField()
    matches = MatchSerializer(many=True, help_text="Best first; empty when nothing is near.")


class MatchesSerializer(serializers.Serializer):
    """What was asked, in its order."""

    results = MatchedSerializer(many=True)


class MatchView(KeyView):
    """Ask which published verdicts are about a text."""

    scopes = {"POST": Scope.MATCH}

    @extend_schema(
        operation_id="match_claims",
        summary="Find published verdicts about a text",
        description=(
            f"For each text at most {BEST} verdicts that stand, on the same claim or one close to"
            f" it; none whose score is below {THRESHOLD}. A verdict on the opposite of a text is"
            " about it too: read what it found. What you ask is not stored and leaves the"
            " workspace for nobody."
        ),
        request=AskedSerializer,
        responses=MatchesSerializer,
        examples=[examples.MATCH_ASKED, examples.MATCHED],
    )
    def post(self, request: Request) -> Response:
        """Rank what was published for each text."""
        body = AskedSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        model = encoder()
        read_published(model)
        asked = matches(body.validated_data["texts"], model, BEST)
        keys = {match.key for found in asked for match in found.matches}
        verdicts = {verdict.pk: told(verdict) for verdict in public_verdicts().filter(pk__in=keys)}
        return Response(
            {
                "results": [
                    {
                        "text": found.text,
                        "matches": [
                            {
                                "score": round(match.score, 3),
                                "method": METHOD,
                                "verdict": verdicts[match.key],
                            }
                            for match in found.matches
                            if match.key in verdicts  # else withdrawn this moment
                        ],
                    }
                    for found in asked
                ]
            }
        )
