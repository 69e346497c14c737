"""Articles, their claims and what was found on these."""

import factory
from factory.django import DjangoModelFactory

from claims import models
from claims.kinds import Anchor, Kind
from claims.states import (
    BringingState,
    ClaimState,
    Dismissal,
    EvidenceState,
    Outcome,
    SubmissionState,
    VersionState,
)
from sources.models import (
    Passage,
)
from sources.ports import Stance
from tests.factories.moments import LONG_AGO
from tests.factories.people import PublisherFactory, UserFactory
from tests.factories.sources import PassageFactory, PriorCheckFactory, SnapshotFactory, digest_of


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


class NoteFactory(DjangoModelFactory):
    """A note that addresses nobody."""

    class Meta:
        model = models.Note

    claim = factory.SubFactory(ClaimFactory)
    author = factory.SubFactory(UserFactory)
    text = "The port has a log."
