"""Publishers that ask, and articles of theirs to ask about."""

from dataclasses import dataclass

from django.test import Client

from claims.actions.keys import issue_key
from claims.models import Appearance, ArticleVersion, Claim, Visibility
from claims.scopes import Scope
from factcheck.models import Publisher
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    ArticleVersionFactory,
    EvidenceFactory,
    PassageFactory,
    SubmissionFactory,
    UserFactory,
)


def caller(publisher: Publisher, *scopes: Scope) -> Client:
    """A client that sends a key of ``publisher`` with these scopes, or with all of them."""
    _, raw = issue_key(publisher.pk, label="Desk", scopes=scopes or tuple(Scope), by=UserFactory())
    return Client(headers={"Authorization": f"Bearer {raw}"})


@dataclass(frozen=True)
class Handed:
    """A version that a publisher handed in, with one claim in it."""

    publisher: Publisher
    version: ArticleVersion
    appearance: Appearance

    @property
    def claim(self):
        return self.appearance.claim

    @property
    def article(self):
        return self.version.article


def handed_in(publisher: Publisher, **columns: object) -> Handed:
    """A text of ``publisher``, read and split."""
    visibility = columns.pop("visibility", Visibility.CONFIDENTIAL)
    article = columns.pop("article", None) or ArticleFactory(
        owner=None, publisher=publisher, visibility=visibility
    )
    version = ArticleVersionFactory(article=article, split=True, **columns)
    SubmissionFactory(
        by_publisher=True, publisher=publisher, ready=True, version=version, text=version.text
    )
    return Handed(publisher, version, AppearanceFactory(version=version))


def ready_for_a_verdict(claim: Claim) -> Claim:
    """The claim, taken by somebody, with a passage of a primary source accepted."""
    claim.state, claim.reviewer = "in_review", UserFactory()
    claim.save(update_fields=["state", "reviewer"])
    passage = PassageFactory(snapshot__source__primary=True)
    EvidenceFactory(claim=claim, passage=passage, accepted=True)
    return claim
