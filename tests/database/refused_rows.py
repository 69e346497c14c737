"""Rows that no table of users, articles and claims takes."""

from django.utils import timezone

from claims import models
from claims.states import (
    SubmissionState,
    VerdictState,
    VersionState,
)
from factcheck.models import Event, EventChain, LoginTries, Reason
from sources.models import Lexeme
from tests.database.refusals import rows, twice
from tests.factories import (
    LONG_AGO,
    ApiKeyFactory,
    ArticleFactory,
    ArticleVersionFactory,
    ClaimFactory,
    OutletFactory,
    PassageFactory,
    PublisherFactory,
    SnapshotFactory,
    SourceFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.stories import verdict_in

# The ground.
rows("api_key_is_stored_as_digest", lambda: ApiKeyFactory(digest="sk_live_secret"))
rows(
    "login_tries_once_per_name_and_address",
    lambda: twice(
        LoginTries.objects.create, account="", address="192.0.2.7", tries=1, last_at=LONG_AGO
    ),
)
rows(
    "reason_has_words",
    lambda: Reason.objects.create(
        event=Event.objects.record("login.allowed", UserFactory(), by="test"), words=""
    ),
)
rows("event_chain_has_one_head", lambda: EventChain.objects.create(id=2))


def event(**columns):
    """An event written past its manager."""
    valid = {
        "position": 1,
        "at": LONG_AGO,
        "verb": "claim.taken",
        "component": "test",
        "object_type": "claim",
        "object_id": PublisherFactory().public_id,
        "thread": PublisherFactory().public_id,
        "previous": "0" * 64,
        "digest": "1" * 64,
    }
    return Event.objects.create(**(valid | columns))


rows("event_counts_from_one", lambda: event(position=0))
rows(
    "event_has_one_actor",
    lambda: event(component=""),
    lambda: event(user=UserFactory()),
    lambda: event(api_key=ApiKeyFactory()),
    lambda: event(component="", user=UserFactory(), api_key=ApiKeyFactory()),
)
rows(
    "event_verb_is_noun_and_past_tense",
    lambda: event(verb="taken"),
    lambda: event(verb="Claim.taken"),
    lambda: event(verb="claim.taken\n"),
)

# Sources.
rows("outlet_once_per_name", lambda: (OutletFactory(name="KCNA"), OutletFactory(name="kcna")))
rows("outlet_kind_known", lambda: OutletFactory(kind="blog"))
rows("source_kind_known", lambda: SourceFactory(kind="blog"))
rows("source_access_known", lambda: SourceFactory(access="Private"))
rows(
    "source_retracted_says_why",
    lambda: SourceFactory(retracted_at=LONG_AGO),
    lambda: SourceFactory(retraction="Made up."),
)
rows("source_url_is_http", lambda: SourceFactory(url="javascript:alert(1)"))
rows(
    "snapshot_once_per_source_and_digest",
    lambda: twice(SnapshotFactory, source=SourceFactory()),
)
rows("snapshot_digest_is_sha256", lambda: SnapshotFactory(digest="md5"))
rows("snapshot_has_text", lambda: SnapshotFactory(text=""))
rows("passage_once_per_place", lambda: twice(PassageFactory, snapshot=SnapshotFactory()))
rows("passage_not_empty", lambda: PassageFactory(start=3, end=3))
rows(
    "lexeme_once_per_language",
    lambda: twice(Lexeme.objects.create, language="english", word="boat", passages=1),
)

# Intake.
rows("submission_state_known", lambda: SubmissionFactory(state="read", due_at=None))
rows("submission_purpose_known", lambda: SubmissionFactory(purpose="curiosity"))
rows("submission_visibility_known", lambda: SubmissionFactory(visibility="Public"))
rows("submission_url_is_http", lambda: SubmissionFactory(by_url=True, url="file:///etc/passwd"))
rows(
    "submission_fetched_is_public",
    lambda: SubmissionFactory(by_url=True, visibility=models.Visibility.CONFIDENTIAL),
)
rows(
    "submission_has_one_owner",
    lambda: SubmissionFactory(submitted_by=None),
    lambda: SubmissionFactory(publisher=PublisherFactory()),
)
rows(
    "submission_is_url_text_or_file",
    lambda: SubmissionFactory(text=""),
    lambda: SubmissionFactory(file=b"%PDF"),
    lambda: SubmissionFactory(by_url=True, text="Forty boats."),
    lambda: SubmissionFactory(by_url=True, file=b"%PDF"),
)
rows("submission_ready_has_version", lambda: SubmissionFactory(ready=True, version=None))
rows(
    "submission_due_while_received",
    lambda: SubmissionFactory(due_at=None),
    lambda: SubmissionFactory(state=SubmissionState.FAILED),
)
rows("submission_set_aside_failed", lambda: SubmissionFactory(set_aside_at=timezone.now()))
rows(
    "article_set_aside_says_why",
    lambda: ArticleFactory(set_aside_at=LONG_AGO),
    lambda: ArticleFactory(set_aside_reason="Spam."),
)
rows("article_visibility_known", lambda: ArticleFactory(visibility="Public"))
rows("article_has_at_most_one_owner", lambda: ArticleFactory(publisher=PublisherFactory()))
rows("article_confidential_has_owner", lambda: ArticleFactory(owner=None))
rows("article_disclosed_is_public", lambda: ArticleFactory(disclosed_at=LONG_AGO))
rows(
    "article_public_once_per_url",
    lambda: twice(ArticleFactory, public=True, canonical_url="https://paper.example/1"),
)
rows(
    "article_once_per_external_id",
    lambda: twice(ArticleFactory, owner=None, publisher=PublisherFactory(), external_id="a-1"),
)
rows("version_state_known", lambda: ArticleVersionFactory(state="new", due_at=None))
rows(
    "version_once_per_number",
    lambda: twice(ArticleVersionFactory, article=ArticleFactory(), number=1),
)
rows("version_counts_from_one", lambda: ArticleVersionFactory(number=0))
rows("version_has_text", lambda: ArticleVersionFactory(text=""))
rows("version_digest_is_sha256", lambda: ArticleVersionFactory(digest="md5"))
rows(
    "version_due_while_received",
    lambda: ArticleVersionFactory(due_at=None),
    lambda: ArticleVersionFactory(state=VersionState.SPLIT),
)


# What is compared.
rows(
    "claim_entry_read_has_encoder",
    lambda: models.ClaimEntry.objects.filter(claim=ClaimFactory()).update(encoder="tiny/1"),
)
rows(
    "match_entry_read_has_encoder",
    lambda: models.MatchEntry.objects.filter(verdict=verdict_in(VerdictState.PUBLISHED)).update(
        encoder="tiny/1"
    ),
)
