"""The claims of a publisher's articles, where they stand, and what was found about them."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from claims.api import reading_examples as examples
from claims.api.articles import SpanSerializer
from claims.api.checks import CheckSerializer
from claims.api.conditional import IF_NONE_MATCH, POLLING, UNCHANGED, answered
from claims.api.offsets import Counted
from claims.api.view import KeyView, has_scope, key_of
from claims.kinds import OFF_DESK as NEVER_ASKED
from claims.kinds import Anchor, Kind, Role, Target
from claims.models import Evidence, EvidenceKind, PartyKind, Relation
from claims.ratings import CODES
from claims.reading.publisher_claims import SeenClaims, claim_of, claims_in
from claims.scopes import Scope
from claims.states import ClaimState, Dismissal, Outcome, VersionState
from factcheck.models.choices import choices
from sources.models import SourceKind
from sources.ports import Stance

MAKERS = ["machine", "person"]
"""Who found or worded a claim."""
OFF_DESK = [*sorted(NEVER_ASKED), "copy", "replaced"]
"""Why nobody is asked to check a claim."""
SEARCHES = ["waiting", "finished", "failed"]
"""How far a search for evidence is."""


class ClaimantSerializer(serializers.Serializer):
    """Who is said to make the claim."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=PartyKind.choices)


class AttributionSerializer(serializers.Serializer):
    """Who says it, and how the article puts it."""

    party = serializers.CharField()
    party_kind = serializers.ChoiceField(choices=PartyKind.choices)
    role = serializers.ChoiceField(choices=choices(Role))
    described_as = serializers.CharField(help_text="As the article introduces the party.")
    verb = serializers.CharField(help_text="The article's own verb of saying.")
    direct = serializers.BooleanField(help_text="In the party's own words.")
    hedged = serializers.BooleanField(help_text="The article is not sure of it.")
    via = serializers.CharField(help_text="Through whom it became known, or empty.")


class AppearanceSerializer(serializers.Serializer):
    """Where a version of the article makes the claim: `text[start:end] == quote`."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1)
    anchor = serializers.ChoiceField(
        choices=choices(Anchor), help_text="How surely its words were found in this version."
    )
    quote = serializers.CharField(help_text="The article's exact words.")
    prefix = serializers.CharField(help_text="Words before the quote.")
    suffix = serializers.CharField(help_text="Words after the quote.")
    span = SpanSerializer(allow_null=True, help_text="Null when it is no longer in the text.")
    attributions = AttributionSerializer(many=True, help_text="Empty: the article itself.")


class SourceSerializer(serializers.Serializer):
    """Where a passage stands."""

    title = serializers.CharField()
    url = serializers.URLField(allow_null=True, required=False)
    outlet = serializers.CharField(required=False)
    published_at = serializers.DateField(allow_null=True, required=False)
    kind = serializers.ChoiceField(choices=SourceKind.choices, required=False)
    retracted = serializers.BooleanField(required=False)
    blocked = serializers.BooleanField(required=False)


class EvidenceSerializer(serializers.Serializer):
    """Something set beside the claim."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=EvidenceKind.choices)
    wording = serializers.IntegerField(
        min_value=1, help_text="The wording of the claim it was found for."
    )
    reviewed = serializers.BooleanField(
        help_text="Accepted by a person; false is a machine's suggestion."
    )
    stance = serializers.ChoiceField(choices=choices(Stance))
    confidence = serializers.FloatField(
        allow_null=True, help_text="Of a machine that its stance is right; null once reviewed."
    )
    relation = serializers.ChoiceField(
        choices=choices(Relation),
        help_text="A relay shows that it was said, not that it is so. What a reviewer said of it "
        "goes before what the machine read.",
    )
    publication = serializers.ChoiceField(
        choices=Evidence.Publication.choices,
        help_text="`described` has no passage, `secret` has no source either.",
    )
    source = SourceSerializer(allow_null=True)  # type: ignore[assignment]
    passage = serializers.CharField(allow_null=True, help_text="The source's exact words.")
    rationale = SpanSerializer(
        allow_null=True, help_text="The words of the passage that decided the stance."
    )


class CheckWorthinessSerializer(serializers.Serializer):
    """How much the claim asks for a check."""

    score = serializers.FloatField(
        min_value=0,
        max_value=1,
        allow_null=True,
        help_text="Of the machine's words: null where a person gave others, or put the claim "
        "before reviewers, and for an article that is not in English: nothing is guessed.",
    )
    reasons = serializers.ListField(child=serializers.CharField())


class ClaimVerdictSerializer(serializers.Serializer):
    """The verdict that stands."""

    id = serializers.UUIDField()
    rating = serializers.ChoiceField(
        choices=CODES, help_text="A code of the verdict's scale; the verdict says which scale."
    )
    rating_label = serializers.CharField()


class ClaimSerializer(serializers.Serializer):
    """One checkable statement that stands alone."""

    id = serializers.UUIDField()
    article = serializers.UUIDField()
    text = serializers.CharField(help_text="Its present wording, which stands alone.")
    wording = serializers.IntegerField(min_value=1, help_text="Counts the wordings.")
    made_by = serializers.ChoiceField(
        choices=MAKERS,
        help_text="`person`: marked in the text by hand, or split off another claim.",
    )
    worded_by = serializers.ChoiceField(choices=MAKERS, help_text="Whose `text` is.")
    machine_text = serializers.CharField(
        allow_null=True, help_text="The machine's wording, where a person gave another."
    )
    split_from = serializers.UUIDField(
        allow_null=True, help_text="The claim that a person split this one off."
    )
    split_into = serializers.ListField(
        child=serializers.UUIDField(),
        help_text="The claims that are checked in its place, if `dismissal` is `split`.",
    )
    merged_into = serializers.UUIDField(
        allow_null=True,
        help_text="The claim that is checked in its place: it was merged, or put back, into that.",
    )
    merged_from = serializers.ListField(
        child=serializers.UUIDField(), help_text="Claims in whose place this one is checked."
    )
    kind = serializers.ChoiceField(choices=choices(Kind))
    target = serializers.ChoiceField(
        choices=choices(Target), help_text="Check that it was said, what was said, or both."
    )
    state = serializers.ChoiceField(choices=ClaimState.choices())
    outcome = serializers.ChoiceField(
        choices=Outcome.choices(), allow_null=True, help_text="How it was closed."
    )
    dismissal = serializers.ChoiceField(
        choices=Dismissal.choices(), allow_null=True, help_text="Why it will not be checked."
    )
    on_desk = serializers.BooleanField(help_text="Whether people are asked to check it.")
    off_desk = serializers.ChoiceField(
        choices=OFF_DESK,
        allow_null=True,
        help_text="Why nobody is asked: an `opinion`, a `prediction` or about an `image`; a `copy` "
        "of an older article prints it word by word, and it is checked there; `replaced`: others "
        "are checked in its place since it was split or merged. Null while it is on the desk.",
    )
    checked_as = serializers.UUIDField(
        allow_null=True,
        help_text="Of a `copy` the claim that is checked in its place; null if that stands in no "
        "article of yours, as on a public page that others handed in first. Its evidence is "
        "there, its `verdict` is here too.",
    )
    search = serializers.ChoiceField(
        choices=SEARCHES,
        allow_null=True,
        help_text="How far the search for evidence for its present wording is: `waiting` runs or "
        "will run by itself, also after a failure; `failed` was given up, until a person asks "
        "again. Null: nothing is searched, as for what is not on the desk.",
    )
    searched_at = serializers.DateTimeField(
        allow_null=True,
        help_text="When the search last ended; null until it has for the present wording.",
    )
    check_worthiness = CheckWorthinessSerializer()
    needs_context = serializers.BooleanField(
        help_text="Not understood by itself: read `read_with`, or the words before the quote."
    )
    read_with = serializers.CharField(
        help_text="The sentences around it that tell what it is about, as printed, with “…” where "
        "others stand between; empty where none are known, and once a person has worded it."
    )
    said_at = serializers.DateField(
        allow_null=True,
        help_text="The day it was said: the article's, unless it names another; null where nobody "
        "knows.",
    )
    attributed_by = serializers.ChoiceField(
        choices=MAKERS, help_text="Who said who makes the claim, and of what `kind` it is."
    )
    claimant = ClaimantSerializer(
        allow_null=True,
        help_text="Null: the article itself, or not known: where the kind is `unknown`, or "
        "a person marked the claim and did not say.",
    )
    verdict = ClaimVerdictSerializer(
        allow_null=True,
        help_text="The verdict that stands; of a `copy` the one on the claim checked in its place, "
        "whoever's article that is in.",
    )
    checked_elsewhere = CheckSerializer(
        many=True, help_text="What others found about it, as far as a reviewer confirmed it."
    )
    appearances = AppearanceSerializer(many=True)
    evidence = EvidenceSerializer(
        many=True, help_text="Accepted; with `evidence:suggested` what nobody reviewed, too."
    )


class VersionClaimsSerializer(serializers.Serializer):
    """The claims of a version in their order, with their evidence."""

    article = serializers.UUIDField()
    version = serializers.IntegerField(min_value=1)
    state = serializers.ChoiceField(
        choices=VersionState.choices(), help_text="The claims are there once it is `split`."
    )
    claims = ClaimSerializer(many=True)


class ClaimEvidenceSerializer(serializers.Serializer):
    """What was set beside a claim, the weightiest first."""

    results = EvidenceSerializer(many=True)


class VersionClaimsView(KeyView):
    """The claims of one version of your article, with their evidence."""

    scopes = {"GET": Scope.CLAIMS_READ}

    @extend_schema(
        operation_id="list_claims",
        summary="Read the claims of a version",
        description=(
            "In the order of the text, unless people gave them another, each with its evidence. "
            "A claim that was split or merged stays, dismissed, and names those checked in its "
            "place. "
            "Ask again for states that change; that the claims are there, and each verdict that is "
            "published, an endpoint of yours can be told. "
            f"{POLLING}"
        ),
        responses={200: VersionClaimsSerializer, 304: UNCHANGED},
        parameters=[IF_NONE_MATCH],
        examples=[examples.CLAIMS],
    )
    def get(self, request: Request, article_id: UUID, number: int) -> HttpResponse:
        """The claims, if the version is the publisher's."""
        suggested = has_scope(request, Scope.EVIDENCE_SUGGESTED)
        seen = claims_in(key_of(request).publisher, article_id, number, suggested=suggested)
        if seen is None:
            raise NotFound
        return answered(
            request,
            {
                "article": article_id,
                "version": number,
                "state": seen.versions[0]["state"],
                "claims": _counted(seen),
            },
        )


class ClaimView(KeyView):
    """One claim of your articles, with its evidence."""

    scopes = {"GET": Scope.CLAIMS_READ}

    @extend_schema(
        operation_id="read_claim",
        summary="Read a claim",
        description=(
            f"Wherever it stands in your versions of the article, the newest first. {POLLING}"
        ),
        responses={200: ClaimSerializer, 304: UNCHANGED},
        parameters=[IF_NONE_MATCH],
        examples=[examples.CLAIM, examples.COPIED],
    )
    def get(self, request: Request, claim_id: UUID) -> HttpResponse:
        """The claim, if it stands in a version of the publisher's."""
        return answered(request, _claim(request, claim_id))


class ClaimEvidenceView(KeyView):
    """The evidence beside one claim of your articles."""

    scopes = {"GET": Scope.CLAIMS_READ}

    @extend_schema(
        operation_id="list_evidence",
        summary="Read the evidence beside a claim",
        description=(
            "Accepted by a person and, with the scope `evidence:suggested`, what nobody reviewed: "
            f"`reviewed` tells them apart. {POLLING}"
        ),
        responses={200: ClaimEvidenceSerializer, 304: UNCHANGED},
        parameters=[IF_NONE_MATCH],
        examples=[examples.EVIDENCE],
    )
    def get(self, request: Request, claim_id: UUID) -> HttpResponse:
        """Its evidence, if it stands in a version of the publisher's."""
        return answered(request, {"results": _claim(request, claim_id)["evidence"]})


def _claim(request: Request, claim_id: UUID) -> dict[str, Any]:
    return _counted(seen_claim(request, claim_id))[0]


def seen_claim(request: Request, claim_id: UUID) -> SeenClaims:
    """One claim with the evidence the key may read; raise NotFound if it is not the publisher's."""
    suggested = has_scope(request, Scope.EVIDENCE_SUGGESTED)
    seen = claim_of(key_of(request).publisher, claim_id, suggested=suggested)
    if seen is None:
        raise NotFound
    return seen


def _counted(seen: SeenClaims) -> list[dict[str, Any]]:
    """The claims with each span counted in UTF-16 too."""
    counted = {version["number"]: Counted(version["text"]) for version in seen.versions}
    for claim in seen.claims:
        for place in claim["appearances"]:
            if place["span"]:
                place["span"] = counted[place["version"]].span(**place["span"])
        for piece in claim["evidence"]:
            if piece["rationale"]:
                piece["rationale"] = Counted(piece["passage"]).span(**piece["rationale"])
    return seen.claims
