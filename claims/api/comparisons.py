"""A claim's figures and its article's quotations beside the words of the evidence."""

from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from claims.api import reading_examples as examples
from claims.api.claims import seen_claim
from claims.api.conditional import IF_NONE_MATCH, POLLING, UNCHANGED, answered
from claims.api.view import KeyView
from claims.reading.beside import beside, printed
from claims.reading.publisher_claims import SeenClaims
from claims.scopes import Scope
from factcheck.models.choices import choices
from sources import numbers, quotes


class FiguresSerializer(serializers.Serializer):
    """A figure of the claim, and one of the passage's that may be of the same.

    The one that is most like it; where that is equal and the passage has
    another value of the same too, a second row has that.
    """

    claimed = serializers.CharField(help_text="With its unit, base, place and period.")
    found = serializers.CharField()
    how = serializers.ChoiceField(
        choices=choices(numbers.How),
        help_text="`differs` only where all else is the same as far as both tell; `opposite`: one "
        "rises, the other falls; `other_move`: one says by how much something changed, the other "
        "to what; `denied`: the same figure, and one of the two says that it is not so; "
        "`unsure`: not surely of the same thing.",
    )


class PieceSerializer(serializers.Serializer):
    """Some words of a quotation, or of the passage where it was left out."""

    part = serializers.ChoiceField(
        choices=choices(quotes.Part),
        help_text="`left_out`: only the passage has it; `put_in`: only the article; `joined`, "
        "without words: what follows stands elsewhere in the passage.",
    )
    words = serializers.CharField(allow_blank=True)


class NegationSerializer(serializers.Serializer):
    """A negation of the passage that a quotation lacks: it may turn it round."""

    where = serializers.ChoiceField(
        choices=choices(quotes.Where),
        help_text="`left_out`: among the words left out; `before`: just before the first word "
        "quoted, in its sentence.",
    )
    words = serializers.CharField(help_text="The passage's.")


class QuotationSerializer(serializers.Serializer):
    """A quotation the article prints, cut where it and the passage part."""

    quotation = serializers.CharField()
    how = serializers.ChoiceField(
        choices=choices(quotes.How),
        help_text="`ellipsis`: changed only where it says so; `spliced`: joined from places apart.",
    )
    pieces = PieceSerializer(many=True)
    negations = NegationSerializer(many=True)


class ComparisonSerializer(serializers.Serializer):
    """What one piece of evidence has of the claim's figures and the article's quotations."""

    evidence = serializers.UUIDField(help_text="Its id.")
    figures = FiguresSerializer(many=True)
    quotations = QuotationSerializer(many=True)


class ComparisonsSerializer(serializers.Serializer):
    """The evidence in which something is comparable, in its order."""

    results = ComparisonSerializer(many=True)


class ComparisonsView(KeyView):
    """The figures and quotations of one claim of your articles, beside its evidence."""

    scopes = {"GET": Scope.CLAIMS_READ}

    @extend_schema(
        operation_id="list_comparisons",
        summary="Compare figures and quotations with the evidence",
        description=(
            "Word by word, by a machine; it decides nothing. Of the evidence you read with the "
            "claim, as far as its words are shown; what has nothing to compare is left out. "
            f"{POLLING}"
        ),
        responses={200: ComparisonsSerializer, 304: UNCHANGED},
        parameters=[IF_NONE_MATCH],
        examples=[examples.COMPARISONS],
    )
    def get(self, request: Request, claim_id: UUID) -> HttpResponse:
        """What is comparable, if the claim stands in a version of the publisher's."""
        seen = seen_claim(request, claim_id)
        (claim,) = seen.claims
        quotations = _quotations(seen)
        told = [
            {
                "evidence": piece["id"],
                **beside(claim["text"], quotations, piece["passage"]).as_json(),
            }
            for piece in claim["evidence"]
            if piece["passage"]
        ]
        return answered(
            request, {"results": [each for each in told if each["figures"] or each["quotations"]]}
        )


def _quotations(seen: SeenClaims) -> list[str]:
    """What the newest version the publisher handed in prints in quotation marks there."""
    place = seen.claims[0]["appearances"][0]
    if place["span"] is None:
        return printed(place["quote"], 0, len(place["quote"]))
    text = next(one["text"] for one in seen.versions if one["number"] == place["version"])
    return printed(text, place["span"]["start"], place["span"]["end"])
