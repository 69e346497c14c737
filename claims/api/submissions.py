"""Handing in articles and following what becomes of them."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from claims.actions.intake import Handed, submit
from claims.api import examples
from claims.api.conditional import IF_NONE_MATCH, POLLING, UNCHANGED, answered
from claims.api.fields import Body, Choice, Day, Moment, Text
from claims.api.idempotency import HEADER, KEY, once
from claims.api.pagination import PARAMETERS, NewestFirst
from claims.api.problems import ParameterInvalid
from claims.api.view import KeyView, key_of
from claims.models import Purpose, Submission, Visibility
from claims.reading.changes import Changes
from claims.reading.submission import ask_again_after, followed, is_done, submissions_of
from claims.scopes import Scope
from claims.states import SubmissionState, VersionState
from factcheck.collisions import twice

EXTERNAL_ID = (
    "Your own name for the article; another text, headline, outlet or date under it is its next "
    "version."
)
NO_NUL = r"^[^\u0000]*$"
"""What PostgreSQL takes for text, as a regular expression of ECMA 262."""
RETRY_AFTER = OpenApiParameter(
    "Retry-After",
    {"type": "integer", "minimum": 1},
    OpenApiParameter.HEADER,
    response=[200, 202, 304],
    description="Seconds after which it is worth asking again; absent when it is done.",
)


class HandInSerializer(Body):
    """What to check: exactly one of `url` and `text`."""

    url = Text(
        required=False,
        max_length=2000,
        help_text="Address of a public page, fetched once; needs `visibility: public`.",
    )
    text = Text(
        required=False,
        max_length=settings.MAX_ARTICLE_CHARACTERS,
        help_text="The article as plain text: headline first, a blank line between paragraphs.",
    )
    external_id = Text(required=False, max_length=200, help_text=EXTERNAL_ID)
    title = Text(required=False, max_length=500, help_text="Headline, if the text has none.")
    outlet = Text(required=False, max_length=200, help_text="Who publishes it.")
    published_at = Day(required=False, help_text="Dates such as “last week” count from it.")
    purpose = Choice(required=False, choices=Purpose.choices, default=Purpose.FACT_CHECK)
    visibility = Choice(
        required=False,
        choices=Visibility.choices,
        default=Visibility.CONFIDENTIAL,
        help_text="No word of what is confidential leaves the workspace. An article whose versions "
        "are not all handed in as public is confidential, until its people make it public: the "
        "article's own `visibility` and `disclosed_at` tell.",
    )
    reason = Text(required=False, max_length=5000, help_text="A note to the reviewers.")
    deadline = Moment(required=False, help_text="When the checks are needed; a time to come.")


class ReadVersionSerializer(serializers.Serializer):
    """The version of the article that the submission became."""

    article = serializers.UUIDField(source="article.public_id")
    number = serializers.IntegerField(min_value=1)
    title = serializers.CharField()
    state = serializers.ChoiceField(
        choices=VersionState.choices(), help_text="`split`: its claims are there."
    )
    error = serializers.CharField(source="last_error", help_text="Why it failed, or empty.")


class ChangeSerializer(serializers.Serializer):
    """One claim: its words now and in the version before."""

    id = serializers.UUIDField()
    text = serializers.CharField(help_text="The claim's wording, which stands alone.")
    anchor = serializers.ChoiceField(
        choices=["exact", "moved", "ambiguous", "orphaned"],
        help_text="How surely its words were found in this version.",
    )
    quote = serializers.CharField(allow_null=True, help_text="Null when it is gone.")
    earlier_quote = serializers.CharField(allow_null=True, help_text="Null when it is new.")


class ChangesSerializer(serializers.Serializer):
    """What became of the article's claims since the version before."""

    carried = ChangeSerializer(many=True, help_text="The same words, here or elsewhere.")
    changed = ChangeSerializer(many=True, help_text="Other words, or an unclear place.")
    gone = ChangeSerializer(many=True, help_text="No longer in the text.")
    new = ChangeSerializer(many=True, help_text="Not in the version before.")


class SubmissionSerializer(serializers.ModelSerializer):
    """A submission and how far it is."""

    id = serializers.UUIDField(source="public_id")
    location = serializers.SerializerMethodField(help_text="Where to follow it.")
    url = serializers.CharField(help_text="Empty for a text.")
    state = serializers.ChoiceField(choices=SubmissionState.choices())
    done = serializers.SerializerMethodField(
        help_text="Its claims are there, or it failed. Evidence is searched for after that: "
        "`search` of each claim says when that is over."
    )
    error = serializers.CharField(source="last_error", help_text="Why it failed, or empty.")
    version = ReadVersionSerializer(allow_null=True)

    class Meta:
        model = Submission
        fields = [
            "id",
            "location",
            "state",
            "done",
            "error",
            "external_id",
            "url",
            "title",
            "outlet",
            "published_at",
            "purpose",
            "visibility",
            "reason",
            "deadline",
            "created_at",
            "version",
        ]
        read_only_fields = fields

    def get_location(self, submission: Submission) -> str:
        """The address of the submission."""
        return address(submission)

    def get_done(self, submission: Submission) -> bool:
        """Whether there is nothing to wait for."""
        return is_done(submission)


class FollowedSerializer(SubmissionSerializer):
    """A submission, and what became of its claims."""

    changes = serializers.SerializerMethodField(
        help_text="Null until the version is split into claims."
    )

    class Meta(SubmissionSerializer.Meta):
        fields = [*SubmissionSerializer.Meta.fields, "changes"]
        read_only_fields = fields

    @extend_schema_field(ChangesSerializer(allow_null=True))
    def get_changes(self, submission: Submission) -> dict[str, Any] | None:
        """What the view read beside the submission."""
        changes: Changes | None = self.context["changes"]
        return None if changes is None else dict(ChangesSerializer(changes).data)


class Submissions(KeyView):
    """Hand in an article; list what was handed in."""

    scopes = {"GET": Scope.SUBMISSIONS_READ, "POST": Scope.SUBMISSIONS_WRITE}
    parameters = ("external_id", "state", *PARAMETERS)
    pagination_class = NewestFirst

    @extend_schema(
        operation_id="list_submissions",
        summary="List your submissions",
        description=f"Newest first, without what became of their claims. {POLLING}",
        parameters=[
            IF_NONE_MATCH,
            OpenApiParameter(
                "external_id", {"type": "string", "pattern": NO_NUL}, description=EXTERNAL_ID
            ),
            OpenApiParameter(
                "state",
                str,
                enum=list(SubmissionState),
                description="Only those whose text waits to be read (`received`), is read"
                " (`ready`), or could not be (`failed`).",
            ),
        ],
        responses={200: SubmissionSerializer(many=True), 304: UNCHANGED},
        examples=[examples.LISTED],
    )
    def get(self, request: Request) -> HttpResponse:
        """What the key's publisher handed in, newest first."""
        rows = submissions_of(key_of(request).publisher)
        asked = request.query_params
        if "external_id" in asked:
            rows = rows.filter(external_id=_searchable("external_id", asked["external_id"]))
        if "state" in asked:
            if asked["state"] not in list(SubmissionState):
                raise ParameterInvalid("state", f"state is one of {', '.join(SubmissionState)}.")
            rows = rows.filter(state=asked["state"])
        pages = NewestFirst()
        page = pages.paginate_queryset(rows, request, self)
        return answered(request, pages.page_of(SubmissionSerializer(page, many=True).data))

    @extend_schema(
        operation_id="submit",
        summary="Hand in an article",
        description=(
            "Takes the article in; workers read it and split it into claims. Follow the address in "
            "`Location`. The same `external_id` with another text, headline, outlet or date is the "
            "next version of the same article. Send an `Idempotency-Key` and repeat the request as "
            "often as you like: it is done once, and for a day each repetition has the first one's "
            "answer."
        ),
        parameters=[
            OpenApiParameter(
                HEADER,
                {"type": "string", "pattern": f"^{KEY.pattern}$"},
                OpenApiParameter.HEADER,
                description="A name for this request, e.g. a UUID.",
            ),
            OpenApiParameter(
                "Location",
                {"type": "string", "format": "uri"},
                OpenApiParameter.HEADER,
                response=[202],
                description="Where to follow the submission.",
            ),
            RETRY_AFTER,
        ],
        request=HandInSerializer,
        responses={202: SubmissionSerializer},
        examples=[examples.HAND_IN, examples.HAND_IN_URL, examples.HANDED_IN],
    )
    def post(self, request: Request) -> Response:
        """Take in what was handed in, once for each Idempotency-Key."""
        return twice(lambda: once(request, lambda: self._take_in(request)))

    def _take_in(self, request: Request) -> Response:
        body = HandInSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        submission = submit(Handed(**body.validated_data), by=key_of(request))
        return Response(
            SubmissionSerializer(submission).data,
            status=202,
            headers={
                "Location": address(submission),
                "Retry-After": str(ask_again_after(submission)),
            },
        )


class OneSubmission(KeyView):
    """Follow one submission until its claims are there."""

    scopes = {"GET": Scope.SUBMISSIONS_READ}

    @extend_schema(
        operation_id="follow_submission",
        summary="Follow a submission",
        description=(
            "While there is something to wait for, `done` is false and `Retry-After` says how many "
            "seconds to wait. Once the version is split, `changes` says what became of the claims "
            f"since the version before; of a first version all are new. {POLLING}"
        ),
        parameters=[IF_NONE_MATCH, RETRY_AFTER],
        responses={200: FollowedSerializer, 304: UNCHANGED},
        examples=[examples.FOLLOWED],
    )
    def get(self, request: Request, submission_id: UUID) -> HttpResponse:
        """How far it is, and what became of the claims."""
        found = followed(key_of(request).publisher, submission_id)
        if found is None:
            raise NotFound
        submission = found.submission
        content = FollowedSerializer(submission, context={"changes": found.changes}).data
        wait = {} if is_done(submission) else {"Retry-After": str(ask_again_after(submission))}
        return answered(request, content, headers=wait)


def address(submission: Submission) -> str:
    """Where to follow a submission."""
    return f"{settings.SITE_URL}{reverse('api:submission', args=[submission.public_id])}"


def _searchable(name: str, value: str) -> str:
    if "\0" in value:
        raise ParameterInvalid(name, f"{name} holds characters that are not text.")
    return value
