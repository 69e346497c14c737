"""Rows for tests: each valid by itself, so that a test names only what it is about."""

from datetime import UTC, datetime
from hashlib import sha256

import factory
from django.db.models import Value
from factory.django import DjangoModelFactory

from claims import models
from claims.kinds import Anchor, Kind
from claims.states import (
    BringingState,
    ClaimState,
    DeliveryState,
    Dismissal,
    EvidenceState,
    Outcome,
    SubmissionState,
    VersionState,
)
from factcheck.models import ApiKey, Event, Publisher, User
from sources.models import (
    Archiving,
    CheckFeed,
    Encoding,
    EncodingState,
    Feed,
    Outlet,
    OutletKind,
    OutsideProvider,
    Page,
    PageState,
    Passage,
    PriorCheck,
    ProviderAnswer,
    ProviderHour,
    Snapshot,
    Source,
    SourceKind,
)
from sources.ports import Stance

LONG_AGO = datetime(2020, 6, 24, tzinfo=UTC)


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"reviewer{n}")
    password = "!"  # cannot log in; a test of logging in sets one


class PublisherFactory(DjangoModelFactory):
    class Meta:
        model = Publisher

    name = factory.Sequence(lambda n: f"The Harbour Times {n}")


class ApiKeyFactory(DjangoModelFactory):
    class Meta:
        model = ApiKey

    publisher = factory.SubFactory(PublisherFactory)
    label = "desk"
    prefix = factory.Sequence(lambda n: f"fc_{n}")
    digest = factory.LazyAttribute(lambda key: digest_of(key.prefix))


class OutletFactory(DjangoModelFactory):
    class Meta:
        model = Outlet

    class Params:
        bureau = factory.Trait(kind=OutletKind.GOVERNMENT)

    name = factory.Sequence(lambda n: f"Outlet {n}")


class OutsideProviderFactory(DjangoModelFactory):
    class Meta:
        model = OutsideProvider

    class Params:
        down = factory.Trait(failures=3, failed_at=LONG_AGO, last_error="It timed out.")

    name = factory.Sequence(lambda n: f"provider{n}")


class CheckFeedFactory(DjangoModelFactory):
    class Meta:
        model = CheckFeed

    class Params:
        failed = factory.Trait(due_at=None, last_error="It holds no ClaimReview.")

    url = factory.Sequence(lambda n: f"https://checks.example/{n}/feed")


class PriorCheckFactory(DjangoModelFactory):
    class Meta:
        model = PriorCheck

    outlet = factory.SubFactory(OutletFactory)
    url = factory.Sequence(lambda n: f"https://checks.example/{n}")
    title = "Did forty boats leave?"
    claim = "Forty boats left the harbour"
    claim_digest = factory.LazyAttribute(lambda check: digest_of(check.claim))
    rating = "Mostly false"
    search = Value("")
    vector = factory.LazyFunction(lambda: [1.0] + [0.0] * 383)
    read_at = LONG_AGO


class ProviderHourFactory(DjangoModelFactory):
    class Meta:
        model = ProviderHour

    provider = factory.SubFactory(OutsideProviderFactory)
    began_at = LONG_AGO


class ProviderAnswerFactory(DjangoModelFactory):
    class Meta:
        model = ProviderAnswer

    provider = factory.SubFactory(OutsideProviderFactory)
    digest = factory.Sequence(lambda n: digest_of(str(n)))
    found = factory.LazyFunction(list)
    expires_at = LONG_AGO


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    class Params:
        primary = factory.Trait(kind=SourceKind.DATASET)
        retracted = factory.Trait(retracted_at=LONG_AGO, retraction="Its figures were made up.")

    outlet = factory.SubFactory(OutletFactory)
    url = factory.Sequence(lambda n: f"https://outlet.example/{n}")
    title = factory.Sequence(lambda n: f"Report {n}")


class SnapshotFactory(DjangoModelFactory):
    class Meta:
        model = Snapshot

    source = factory.SubFactory(SourceFactory)
    text = "The count was 40 boats. Nobody was hurt."
    digest = factory.LazyAttribute(lambda snapshot: digest_of(snapshot.text))
    fetched_at = LONG_AGO
    extractor = "test"


class EncodingFactory(DjangoModelFactory):
    class Meta:
        model = Encoding

    encoder = "all-MiniLM-L6-v2-int8/2"
    state = EncodingState.ANSWERING


class PassageFactory(DjangoModelFactory):
    """The whole text of a snapshot, unless ``start`` and ``end`` say less."""

    class Meta:
        model = Passage

    snapshot = factory.SubFactory(SnapshotFactory)
    start = 0
    end = factory.LazyAttribute(lambda passage: len(passage.snapshot.text))
    text = factory.LazyAttribute(lambda p: p.snapshot.text[p.start : p.end])
    digest = factory.LazyAttribute(lambda passage: digest_of(passage.text))
    search = ""


class FeedFactory(DjangoModelFactory):
    class Meta:
        model = Feed

    url = factory.Sequence(lambda n: f"https://paper{n}.example/feed")


class PageFactory(DjangoModelFactory):
    """An address that waits to be fetched; ``kept`` gives it a source."""

    class Meta:
        model = Page

    class Params:
        kept = factory.Trait(
            source=factory.SubFactory(SourceFactory),
            url=factory.SelfAttribute("source.url"),
            state=PageState.KEPT,
        )

    url = factory.Sequence(lambda n: f"https://outlet.example/page/{n}")
    host = "outlet.example"


class ArchivingFactory(DjangoModelFactory):
    class Meta:
        model = Archiving

    snapshot = factory.SubFactory(SnapshotFactory)


class ArticleFactory(DjangoModelFactory):
    class Meta:
        model = models.Article

    class Params:
        public = factory.Trait(
            visibility=models.Visibility.PUBLIC,
            canonical_url=factory.Sequence(lambda n: f"https://paper.example/{n}"),
        )

    owner = factory.SubFactory(UserFactory)
    visibility = models.Visibility.CONFIDENTIAL


class ArticleVersionFactory(DjangoModelFactory):
    class Meta:
        model = models.ArticleVersion

    class Params:
        split = factory.Trait(state=VersionState.SPLIT, due_at=None)
        failed = factory.Trait(state=VersionState.FAILED, due_at=None, last_error="Empty.")

    article = factory.SubFactory(ArticleFactory)
    number = factory.LazyAttribute(lambda version: version.article.versions.count() + 1)
    title = "Forty boats at sea"
    text = "Forty boats at sea\n\nForty boats left the harbour, officials said."
    digest = factory.LazyAttribute(lambda version: digest_of(version.text))
    extractor = "test"


class SubmissionFactory(DjangoModelFactory):
    class Meta:
        model = models.Submission

    class Params:
        by_publisher = factory.Trait(
            submitted_by=None, publisher=factory.SubFactory(PublisherFactory)
        )
        by_url = factory.Trait(
            text="",
            url=factory.Sequence(lambda n: f"https://paper.example/{n}"),
            visibility=models.Visibility.PUBLIC,
        )
        ready = factory.Trait(
            state=SubmissionState.READY,
            due_at=None,
            version=factory.SubFactory(ArticleVersionFactory),
        )
        failed = factory.Trait(state=SubmissionState.FAILED, due_at=None, last_error="Empty.")

    submitted_by = factory.SubFactory(UserFactory)
    text = "Forty boats at sea\n\nForty boats left the harbour, officials said."


class PartyFactory(DjangoModelFactory):
    class Meta:
        model = models.Party

    name = factory.Sequence(lambda n: f"Official {n}")


class ClaimFactory(DjangoModelFactory):
    class Meta:
        model = models.Claim

    class Params:
        in_review = factory.Trait(
            state=ClaimState.IN_REVIEW, reviewer=factory.SubFactory(UserFactory)
        )
        closed = factory.Trait(state=ClaimState.CLOSED, outcome=Outcome.CUT)
        dismissed = factory.Trait(state=ClaimState.DISMISSED, dismissal=Dismissal.VAGUE)

    article = factory.SubFactory(ArticleFactory)
    text = "Forty boats left the harbour."
    kind = Kind.QUANTITY
    splitter = "test"


class AppearanceFactory(DjangoModelFactory):
    class Meta:
        model = models.Appearance

    class Params:
        orphaned = factory.Trait(anchor=Anchor.ORPHANED, start=None, end=None)

    version = factory.SubFactory(ArticleVersionFactory)
    claim = factory.LazyAttribute(lambda a: ClaimFactory(article=a.version.article))
    quote = "Forty boats left the harbour"
    start = factory.LazyAttribute(lambda appearance: appearance.version.text.find(appearance.quote))
    end = factory.LazyAttribute(lambda appearance: appearance.start + len(appearance.quote))


class AttributionFactory(DjangoModelFactory):
    class Meta:
        model = models.Attribution

    appearance = factory.SubFactory(AppearanceFactory)
    party = factory.SubFactory(PartyFactory)


class ClaimLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.ClaimLink

    class Params:
        refused = factory.Trait(
            decision="refused", decided_by=factory.SubFactory(UserFactory), decided_at=LONG_AGO
        )

    other = factory.SubFactory(ClaimFactory)
    claim = factory.SubFactory(ClaimFactory, article=factory.SelfAttribute("..other.article"))
    relation = "same"
    score = 0.9
    method = "test"


class CheckLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.CheckLink

    claim = factory.SubFactory(ClaimFactory)
    prior = factory.SubFactory(PriorCheckFactory)
    decision = "confirmed"
    decided_by = factory.SubFactory(UserFactory)


class SearchFactory(DjangoModelFactory):
    class Meta:
        model = models.Search

    class Params:
        done = factory.Trait(due_at=None, started_at=LONG_AGO, finished_at=LONG_AGO)

    claim = factory.SubFactory(ClaimFactory)
    wording = factory.SelfAttribute("claim.wording")


class ModelRunFactory(DjangoModelFactory):
    class Meta:
        model = models.ModelRun

    class Params:
        down = factory.Trait(failure="did not answer in time")
        judging = factory.Trait(version=None, search=factory.SubFactory(SearchFactory))

    version = factory.SubFactory(ArticleVersionFactory)
    model = "scripted"
    calls = 1
    prompt_tokens = 700
    completion_tokens = 80
    seconds = 1.5


class EvidenceFactory(DjangoModelFactory):
    """A passage a machine suggested."""

    class Meta:
        model = models.Evidence

    class Params:
        accepted = factory.Trait(
            state=EvidenceState.ACCEPTED,
            stance=Stance.SUPPORTS,
            decided_by=factory.SubFactory(UserFactory),
        )
        rejected = factory.Trait(
            state=EvidenceState.REJECTED,
            rejection="Another harbour.",
            decided_by=factory.SubFactory(UserFactory),
        )
        by_hand = factory.Trait(
            kind=models.EvidenceKind.INTERVIEW,
            search=None,
            passage=None,
            source=None,
            passage_digest="",
            machine_stance="",
            body="The harbour master counted forty.",
            added_by=factory.SubFactory(UserFactory),
        )

    claim = factory.SubFactory(ClaimFactory)
    wording = factory.SelfAttribute("claim.wording")
    search = factory.LazyAttribute(lambda piece: SearchFactory(claim=piece.claim, done=True))
    passage = factory.SubFactory(PassageFactory)
    source = factory.LazyAttribute(lambda p: p.passage.snapshot.source if p.passage else None)
    passage_digest = factory.LazyAttribute(lambda p: p.passage.digest if p.passage else "")
    machine_stance = Stance.SUPPORTS


class BringingFactory(DjangoModelFactory):
    """A file somebody brought; ``ready`` offers its one passage."""

    class Meta:
        model = models.Bringing

    class Params:
        by_url = factory.Trait(
            claim=factory.SubFactory(
                ClaimFactory, article=factory.SubFactory(ArticleFactory, public=True)
            ),
            file=None,
            file_name="",
            url=factory.Sequence(lambda n: f"https://port.example/{n}"),
        )
        ready = factory.Trait(
            state=BringingState.READY,
            due_at=None,
            snapshot=factory.SubFactory(SnapshotFactory),
        )
        failed = factory.Trait(state=BringingState.FAILED, due_at=None, last_error="Empty.")

    claim = factory.SubFactory(ClaimFactory)
    wording = factory.SelfAttribute("claim.wording")
    file = b"The count was 40 boats. Nobody was hurt."
    file_name = "log.txt"
    content_type = "text/plain"
    brought_by = factory.SubFactory(UserFactory)
    snapshot = None

    @factory.lazy_attribute
    def offers(self) -> list[models.bringing.Offer]:
        if self.snapshot is None:
            return []
        return [offer_of(PassageFactory(snapshot=self.snapshot))]


def offer_of(passage: Passage, **columns: object) -> models.bringing.Offer:
    """What a machine that takes no side offers of a document."""
    offer = {
        "passage": passage.pk,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "digest": passage.digest,
        "stance": Stance.NEUTRAL,
        "confidence": 0.5,
        "shown": False,
        "rationale": None,
        "relation": "independent",
        "why": {"provider": "document", "rank": 1},
    }
    return models.bringing.Offer(**(offer | columns))


class VerdictFactory(DjangoModelFactory):
    """A draft: later states are reached by the acts alone."""

    class Meta:
        model = models.Verdict

    claim = factory.SubFactory(ClaimFactory)
    number = 1
    author = factory.SubFactory(UserFactory)


class CitationFactory(DjangoModelFactory):
    class Meta:
        model = models.Citation

    verdict = factory.SubFactory(VerdictFactory)
    number = 1
    evidence = factory.LazyAttribute(lambda citation: EvidenceFactory(claim=citation.verdict.claim))
    stance = Stance.SUPPORTS


class ApprovalFactory(DjangoModelFactory):
    class Meta:
        model = models.Approval

    verdict = factory.SubFactory(VerdictFactory)
    approver = factory.SubFactory(UserFactory)
    decision = models.Approval.Decision.APPROVED
    digest = factory.SelfAttribute("verdict.digest")


class EndpointFactory(DjangoModelFactory):
    class Meta:
        model = models.Endpoint

    publisher = factory.SubFactory(PublisherFactory)
    url = factory.Sequence(lambda n: f"https://customer.example/{n}")
    secret = "secret"


class DeliveryFactory(DjangoModelFactory):
    class Meta:
        model = models.Delivery

    class Params:
        sent = factory.Trait(state=DeliveryState.SENT, due_at=None)

    endpoint = factory.SubFactory(EndpointFactory)
    event = factory.LazyFunction(
        lambda: Event.objects.record("submission.received", SubmissionFactory(), by="test")
    )
