"""The addresses below ``/api/v1/``."""

from django.urls import path, re_path, register_converter
from django.urls.converters import UUIDConverter

from claims.api import documentation, submissions
from claims.api.articles import ArticleView, VersionView
from claims.api.claims import ClaimEvidenceView, ClaimView, VersionClaimsView
from claims.api.comparisons import ComparisonsView
from claims.api.match import MatchView
from claims.api.nowhere import Nowhere
from claims.api.verdicts import ClaimReviewView, VerdictsView, VerdictView

app_name = "api"


class IdConverter(UUIDConverter):
    """A UUID in small letters, as it is given out, or in capitals, as some clients print it."""

    regex = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"


register_converter(IdConverter, "id")

urlpatterns = [
    path("articles/<id:article_id>", ArticleView.as_view(), name="article"),
    path("articles/<id:article_id>/versions/<int:number>", VersionView.as_view(), name="version"),
    path(
        "articles/<id:article_id>/versions/<int:number>/claims",
        VersionClaimsView.as_view(),
        name="version_claims",
    ),
    path("claims/match", MatchView.as_view(), name="match"),
    path("claims/<id:claim_id>", ClaimView.as_view(), name="claim"),
    path("claims/<id:claim_id>/evidence", ClaimEvidenceView.as_view(), name="claim_evidence"),
    path("claims/<id:claim_id>/comparisons", ComparisonsView.as_view(), name="comparisons"),
    path("submissions", submissions.Submissions.as_view(), name="submissions"),
    path(
        "submissions/<id:submission_id>",
        submissions.OneSubmission.as_view(),
        name="submission",
    ),
    path("verdicts", VerdictsView.as_view(), name="verdicts"),
    path("verdicts/<id:verdict_id>", VerdictView.as_view(), name="verdict"),
    path("verdicts/<id:verdict_id>/claimreview", ClaimReviewView.as_view(), name="claim_review"),
    path("docs/", documentation.documentation, name="docs"),
    path("openapi.json", documentation.openapi, name="openapi"),
    re_path("", Nowhere.as_view(), name="nowhere"),
]
