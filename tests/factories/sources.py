"""Sources, what is kept of them, and what others know."""

from hashlib import sha256

import factory
from django.db.models import Value
from factory.django import DjangoModelFactory

from sources.models import (
    Archiving,
    CheckFeed,
    Encoding,
    EncodingState,
    Feed,
    MiniLMEmbedding,
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
from tests.factories.moments import LONG_AGO


def digest_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


class OutletFactory(DjangoModelFactory):
    class Meta:
        model = Outlet

    class Params:
        bureau = factory.Trait(kind=OutletKind.GOVERNMENT)

    name = factory.Sequence(lambda n: f"Outlet {n}")
    blocked = False
    blocked_at = factory.LazyAttribute(lambda outlet: LONG_AGO if outlet.blocked else None)
    block_reason = factory.LazyAttribute(lambda o: "It makes things up." if o.blocked else "")


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
    encoder = MiniLMEmbedding.encoder
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
