"""What a search found, beside what people decided."""

from datetime import UTC, datetime

import pytest

from claims.actions.evidence import accept_evidence, add_evidence, reject_evidence
from claims.actions.gathering import store_evidence
from claims.actions.review import dismiss_claim, reword_claim
from claims.models import Article, Evidence, EvidenceKind, Search, Visibility
from claims.states import Dismissal
from factcheck.models import LeaseLost
from sources.passages import digest
from sources.ports import Found, Judgement, Stance
from sources.relays import Relation
from sources.retrieval import Asked, Gathered, Judged
from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    PassageFactory,
    SearchFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
WORDS = "The count was 40 boats. Nobody was hurt."


@pytest.fixture
def passage():
    return PassageFactory(snapshot__text=WORDS, digest=digest(WORDS))


def gathered(*passages, stance=Stance.SUPPORTS, down=""):
    judgement = Judgement(stance, 0.9, stance != Stance.NEUTRAL, (4, 9))
    asked = [Asked("library", len(passages), 0.1)]
    if down:
        asked.append(Asked(down, 0, 0.4, error="timed out"))
    return Gathered(
        judged=tuple(
            Judged(Found("", "", p.text), "library", rank, judgement, Relation.INDEPENDENT)
            for rank, p in enumerate(passages, start=1)
        ),
        asked=tuple(asked),
        read=len(passages),
        queries=("forty boats",),
        model="test",
    )


def run(search, *passages, **result):
    lease = Search.objects.lease(search.pk)
    return store_evidence(
        search,
        lease,
        gathered(*passages, **result),
        passages,
        started_at=datetime.now(UTC),
        by="searcher",
    )


def test_what_was_found_is_suggested_with_everything_that_explains_it(passage):
    search = SearchFactory()
    assert run(search, passage) == 1
    piece = Evidence.objects.get()
    assert (piece.state, piece.stance, piece.machine_stance) == ("suggested", "", "supports")
    assert (piece.search, piece.wording, piece.shown) == (search, 1, True)
    assert WORDS[piece.rationale_start : piece.rationale_end] == "count"
    search.refresh_from_db()
    assert (search.due_at, search.passages_read, search.queries) == (None, 1, ["forty boats"])


def test_a_later_search_refreshes_what_nobody_decided(passage):
    claim = ClaimFactory()
    run(SearchFactory(claim=claim), passage)
    again = SearchFactory(claim=claim)
    run(again, passage, stance=Stance.CONTRADICTS)
    piece = Evidence.objects.get()
    assert (piece.machine_stance, piece.search) == ("contradicts", again)


@pytest.mark.parametrize(
    "decide",
    [
        lambda piece: accept_evidence(piece.pk, Stance.SUPPORTS, by=UserFactory()),
        lambda piece: reject_evidence(piece.pk, "Another harbour.", by=UserFactory()),
    ],
    ids=["accepted", "rejected"],
)
def test_what_a_person_decided_about_an_earlier_wording_stays_as_it_was(passage, decide):
    claim = ClaimFactory()
    run(SearchFactory(claim=claim), passage)
    decide(Evidence.objects.get())
    before = Evidence.objects.values().get()
    reword_claim(claim.pk, "Fifty boats left.", wording=1, by=UserFactory())
    run(Search.objects.due().get(), passage, stance=Stance.CONTRADICTS)
    assert Evidence.objects.values().get() == before


def test_what_a_person_brought_stays_theirs_when_a_machine_finds_the_same_words(passage):
    claim = ClaimFactory()
    brought = add_evidence(
        claim.pk,
        EvidenceKind.DOCUMENT,
        title="The log",
        body=WORDS,
        stance=Stance.SUPPORTS,
        by=UserFactory(),
        source=passage.snapshot.source,
    )
    run(SearchFactory(claim=claim), passage)
    assert Evidence.objects.get().added_by == brought.added_by


def test_suggestions_for_an_earlier_wording_are_discarded(passage):
    search = SearchFactory()
    reword_claim(search.claim_id, "Fifty boats left.", wording=1, by=UserFactory())
    assert run(search, passage) == 0
    assert not Evidence.objects.exists()


def test_suggestions_for_a_claim_dismissed_meanwhile_are_discarded(passage):
    search = SearchFactory()
    dismiss_claim(search.claim_id, Dismissal.VAGUE, by=UserFactory())
    assert run(search, passage) == 0


def test_a_provider_that_was_down_is_asked_again_alone_and_later():
    search = SearchFactory(claim__article=ArticleFactory(public=True), outside=True)
    run(search, down="wikipedia")
    again = Search.objects.exclude(pk=search.pk).get()
    assert (again.only, again.why, again.wording) == ("wikipedia", "provider_back", 1)
    assert again.outside
    assert not Search.objects.due().exists()


def test_a_provider_that_was_down_is_not_asked_about_what_became_confidential():
    search = SearchFactory(claim__article=ArticleFactory(public=True), outside=True)
    Search.objects.update(outside=False)
    Article.objects.update(visibility=Visibility.CONFIDENTIAL)
    run(search, down="wikipedia")
    assert Search.objects.get() == search


def test_a_search_whose_lease_was_taken_over_suggests_nothing(passage):
    search = SearchFactory()
    first = Search.objects.lease(search.pk)
    Search.objects.update(leased_until="2020-06-24T00:00Z")
    assert Search.objects.lease(search.pk)
    with pytest.raises(LeaseLost):
        store_evidence(
            search,
            first,
            gathered(passage),
            [passage],
            started_at=datetime.now(UTC),
            by="searcher",
        )
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("columns", [{"retracted": True}, {"outlet__blocked": True}])
def test_a_retracted_source_and_a_blocked_outlet_give_no_evidence(passage, columns):
    source = SourceFactory(**columns)
    other = PassageFactory(snapshot__source=source, digest=digest(WORDS))
    search = SearchFactory()
    assert run(search, passage, other) == 1
    assert Evidence.objects.get().source == passage.snapshot.source
