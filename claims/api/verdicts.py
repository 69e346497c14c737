"""Published verdicts, and their ClaimReview: public, and the same for every publisher."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from claims.actions.gates import WAIVERS
from claims.api import reading_examples as examples
from claims.api.checks import CheckSerializer, ReplySerializer
from claims.api.conditional import IF_NONE_MATCH, POLLING, UNCHANGED, answered
from claims.api.fields import Moment
from claims.api.pagination import PARAMETERS, LastPublishedFirst
from claims.api.problems import ParameterInvalid
from claims.api.view import KeyView, key_of
from claims.claimreview import claim_review
from claims.models import CorrectionKind, PartyKind, Verdict
from claims.ratings import CODES, CONFIDENCES, SCALES, Scale
from claims.reading import publisher_verdicts as reading
from claims.reading.public import organisation_of_settings, public_page
from claims.reading.publisher import versions_of
from claims.reading.record import What, came_by
from claims.scopes import Scope
from claims.states import VerdictState
from factcheck.models.choices import choices
from sources.ports import Stance

PUBLIC_STATES = [
    (state.value, state.label)
    for state in (VerdictState.PUBLISHED, VerdictState.SUPERSEDED, VerdictState.WITHDRAWN)
]


def _meanings(scale: Scale) -> str:
    codes = " ".join(f"`{rating.code}`: {rating.definition}" for rating in scale.ratings)
    return f"On the scale `{scale.code}`: {codes}"


class RatingSerializer(serializers.Serializer):
    """A word of a scale, with its number from 1 (worst) to `best`."""

    scale = serializers.ChoiceField(
        choices=list(SCALES),
        help_text="Whose words these are: "
        + "; ".join(f"`{scale.code}`: {scale.label}" for scale in SCALES.values())
        + ".",
    )
    code = serializers.ChoiceField(
        choices=CODES,
        help_text="What was found.\n\n" + "\n\n".join(map(_meanings, SCALES.values())),
    )
    label = serializers.CharField()  # type: ignore[assignment]
    number = serializers.IntegerField(allow_null=True, help_text="Null: nothing was measured.")
    best = serializers.IntegerField()


class CitationSerializer(serializers.Serializer):
    """What the verdict rests on, as its explanation cites it: `[number]`."""

    number = serializers.IntegerField(min_value=1)
    stance = serializers.ChoiceField(choices=choices(Stance))
    title = serializers.CharField()
    outlet = serializers.CharField()
    url = serializers.CharField(help_text="Empty when there is none, or none may be shown.")
    published_at = serializers.DateField(allow_null=True)
    excerpt = serializers.CharField(help_text="Empty when the words may not be shown.")


class CorrectionSerializer(serializers.Serializer):
    """What this version corrects."""

    corrects = serializers.UUIDField(help_text="The version it took the place of.")
    kind = serializers.ChoiceField(choices=CorrectionKind.choices)
    note = serializers.CharField()


class ReplacedSerializer(serializers.Serializer):
    """A withdrawn verdict on the same claim, which this one was published in the place of."""

    verdict = serializers.UUIDField()
    withdrawn_at = serializers.DateTimeField()
    note = serializers.CharField(help_text="Why it was withdrawn.")


class PublicClaimantSerializer(serializers.Serializer):
    """Who made the claim, as it was published."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=PartyKind.choices)
    title = serializers.CharField(help_text="As the article introduces the claimant, or empty.")


class SaidInSerializer(serializers.Serializer):
    """The article the claim was first read in, as it was published."""

    title = serializers.CharField()
    url = serializers.CharField(help_text="Empty when it is at no public address.")
    outlet = serializers.CharField()
    published_at = serializers.DateField(allow_null=True)


class VerdictSerializer(serializers.Serializer):
    """One version of what was found about a claim, as it was published."""

    id = serializers.UUIDField()
    claim = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1)
    state = serializers.ChoiceField(
        choices=PUBLIC_STATES, help_text="Only a `published` verdict stands."
    )
    url = serializers.URLField(help_text="The public page.")
    claim_text = serializers.CharField(help_text="The claim as it read then.")
    claimant = PublicClaimantSerializer(
        allow_null=True, help_text="Null: the article itself, or not known."
    )
    said_at = serializers.DateField(
        allow_null=True,
        help_text="The day it was said: the article's, unless it names another; null where nobody "
        "knows.",
    )
    said_in = SaidInSerializer(allow_null=True, help_text="Where it was first read.")
    quote = serializers.CharField(help_text="The words of that article, or empty.")
    language = serializers.CharField()
    rating = RatingSerializer()
    summary = serializers.CharField()
    explanation = serializers.CharField(
        help_text="Markdown; `[1]` cites. Reviewers may type what looks like HTML: escape it when"
        " you render this, and let links lead to `http` and `https` alone."
    )
    confidence = serializers.ChoiceField(
        choices=["", *CONFIDENCES],
        help_text="How sure the reviewers are, or empty: they did not say.",
    )
    gaps = serializers.CharField(help_text="What could not be found.")
    waiver = serializers.ChoiceField(
        choices=["", *WAIVERS],
        help_text="Why it was published on less than two origins or a primary source: "
        + " ".join(f"`{code}`: {meaning}" for code, meaning in WAIVERS.items())
        + " Empty: it was not.",
    )
    as_of = serializers.DateField(allow_null=True)
    published_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField(
        help_text="When it was published, superseded or withdrawn."
    )
    withdrawal_note = serializers.CharField(help_text="Why it was withdrawn, or empty.")
    correction = CorrectionSerializer(allow_null=True)
    replaces = ReplacedSerializer(
        allow_null=True, help_text="What was withdrawn before it was published, if anything."
    )
    citations = CitationSerializer(many=True)
    replies = ReplySerializer(
        many=True, help_text="Who was asked for an answer before it was published."
    )
    checked_elsewhere = CheckSerializer(
        many=True, help_text="What others had found about the claim when it was published."
    )


class JsonLd(JSONRenderer):
    """JSON-LD, for those who ask for it by name."""

    media_type = "application/ld+json"


class VerdictsView(KeyView):
    """Published verdicts, the last published first."""

    scopes = {"GET": Scope.VERDICTS_READ}
    parameters = ("claim", "article", "state", "rating", "updated_since", *PARAMETERS)
    pagination_class = LastPublishedFirst

    @extend_schema(
        operation_id="list_verdicts",
        summary="List published verdicts",
        description=(
            "The last published first: those that stand, and earlier ones marked as what they "
            f"are. {POLLING}"
        ),
        responses={200: VerdictSerializer(many=True), 304: UNCHANGED},
        examples=[examples.VERDICT],
        parameters=[
            IF_NONE_MATCH,
            OpenApiParameter("claim", UUID, description="Only verdicts on this claim."),
            OpenApiParameter(
                "article", UUID, description="Only verdicts on claims of this article of yours."
            ),
            OpenApiParameter(
                "state",
                str,
                enum=[code for code, _ in PUBLIC_STATES],
                description="Only those that stand (`published`), that a newer version took the"
                " place of (`superseded`), or that were taken back (`withdrawn`).",
            ),
            OpenApiParameter(
                "rating", str, enum=CODES, description="Only verdicts with this `rating.code`."
            ),
            OpenApiParameter(
                "updated_since",
                datetime,
                description="Only what was published, superseded or withdrawn since. Ask with the"
                " latest `updated_at` you know, less a minute, and drop what you have.",
            ),
        ],
    )
    def get(self, request: Request) -> HttpResponse:
        """A page of verdicts."""
        pages = LastPublishedFirst()
        page = pages.paginate_queryset(_asked_for(request), request, self)
        return answered(request, pages.page_of([told(verdict) for verdict in page]))


class VerdictView(KeyView):
    """One published verdict."""

    scopes = {"GET": Scope.VERDICTS_READ}

    @extend_schema(
        operation_id="read_verdict",
        summary="Read a verdict",
        description=f"One version of a verdict, as it was published. {POLLING}",
        responses={200: VerdictSerializer, 304: UNCHANGED},
        examples=[examples.VERDICT],
        parameters=[IF_NONE_MATCH],
    )
    def get(self, request: Request, verdict_id: UUID) -> HttpResponse:
        """The verdict, whatever became of it since."""
        verdict = reading.public_verdicts().filter(public_id=verdict_id).first()
        if verdict is None:
            raise NotFound
        return answered(request, told(verdict))


class ClaimReviewView(KeyView):
    """The ClaimReview of a verdict that stands, as its public page carries it."""

    scopes = {"GET": Scope.VERDICTS_READ}
    renderer_classes = [JsonLd, JSONRenderer]

    @extend_schema(
        operation_id="read_claim_review",
        summary="Read a verdict's ClaimReview",
        description=(
            "schema.org's ClaimReview, as the public page of the verdict carries it, to embed in a"
            f" page of your own. Only a verdict that stands has one. {POLLING}"
        ),
        responses={200: {"type": "object", "additionalProperties": True}, 304: UNCHANGED},
        examples=[examples.CLAIM_REVIEW],
        parameters=[IF_NONE_MATCH],
    )
    def get(self, request: Request, verdict_id: UUID) -> HttpResponse:
        """The ClaimReview, unless the verdict does not stand."""
        verdict = reading.public_verdicts().filter(public_id=verdict_id).first()
        if verdict is None:
            raise NotFound
        if verdict.state != VerdictState.PUBLISHED:
            raise NotFound("This version does not stand: it has no ClaimReview.")
        claim_id = verdict.claim.public_id
        page = public_page(claim_id, verdict.number)
        if page is None:
            raise NotFound
        reviewed = page.reviewed(_page(claim_id), organisation_of_settings())
        return answered(
            request, claim_review(reviewed), media_type=request.accepted_renderer.media_type
        )


def told(verdict: Verdict) -> dict[str, Any]:
    """A row of ``public_verdicts`` as the API tells it."""
    correction = getattr(verdict, "correction", None)
    return {
        "id": verdict.public_id,
        "claim": verdict.claim.public_id,
        "version": verdict.number,
        "state": verdict.state,
        "url": _page(verdict.claim.public_id),
        "claim_text": verdict.claim_text,
        "claimant": {
            "name": verdict.claimant,
            "kind": verdict.claimant_kind or PartyKind.UNKNOWN,
            "title": verdict.claimant_title,
        }
        if verdict.claimant
        else None,
        "said_at": verdict.said_at,
        "said_in": {
            "title": verdict.article_title,
            "url": verdict.article_url,
            "outlet": verdict.article_outlet,
            "published_at": verdict.article_published_at,
        }
        if verdict.article_title
        else None,
        "quote": verdict.quote,
        "language": verdict.language,
        "rating": {
            "scale": verdict.scale,
            "code": verdict.rating,
            "label": verdict.rating_label,
            "number": verdict.rating_number,
            "best": SCALES[verdict.scale].best,
        },
        "summary": verdict.summary,
        "explanation": verdict.explanation,
        "confidence": verdict.confidence,
        "gaps": verdict.gaps,
        "waiver": verdict.waiver,
        "as_of": verdict.as_of,
        "published_at": verdict.published_at,
        "updated_at": verdict.updated_at,  # type: ignore[attr-defined]  # annotated
        "withdrawal_note": verdict.withdrawal_note,
        "correction": {
            "corrects": correction.verdict.public_id,
            "kind": correction.kind,
            "note": correction.note,
        }
        if correction
        else None,
        "replaces": _replaced(verdict),
        "citations": [
            {
                "number": citation.number,
                "stance": citation.stance,
                "title": citation.title,
                "outlet": citation.outlet,
                "url": citation.url,
                "published_at": citation.source_published_at,
                "excerpt": citation.excerpt,
            }
            for citation in sorted(verdict.citations.all(), key=lambda citation: citation.number)
        ],
        "replies": verdict.replies,
        "checked_elsewhere": verdict.checked_elsewhere,
    }


def _replaced(verdict: Verdict) -> dict[str, Any] | None:
    change = came_by(verdict)
    if change is None or change.what != What.WITHDRAWN:
        return None
    return {
        "verdict": change.verdict.public_id,
        "withdrawn_at": change.at,
        "note": change.note,
    }


def _asked_for(request: Request) -> QuerySet[Verdict]:
    asked = request.query_params
    since = _moment(asked["updated_since"]) if "updated_since" in asked else None
    verdicts = reading.public_verdicts(changed_since=since)
    if "claim" in asked:
        verdicts = reading.about_claim(verdicts, _id("claim", asked["claim"]))
    if "article" in asked:
        versions = versions_of(key_of(request).publisher).filter(
            article__public_id=_id("article", asked["article"])
        )
        if not versions.exists():
            raise NotFound
        verdicts = reading.about_versions(verdicts, versions)
    for name, codes in (("state", dict(PUBLIC_STATES)), ("rating", CODES)):
        if name in asked:
            if asked[name] not in codes:
                raise ParameterInvalid(name, f"{name} is one of {', '.join(codes)}.")
            verdicts = verdicts.filter(**{name: asked[name]})
    return verdicts


def _id(parameter: str, given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        raise ParameterInvalid(parameter, f"{parameter} is an id, a UUID.") from None


def _moment(given: str) -> datetime:
    field = Moment()
    try:
        return field.run_validation(given)
    except serializers.ValidationError:
        raise ParameterInvalid(
            "updated_since",
            "updated_since is a time with its offset: 2026-11-24T17:00:00Z, or "
            "2026-11-24T18:00:00%2B01:00, where the plus sign must be written %2B.",
        ) from None


def _page(claim_id: UUID) -> str:
    return f"{settings.SITE_URL}{reverse('claims:public', args=[claim_id])}"
