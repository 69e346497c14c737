"""From what a splitter found to claims on the desk."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions.clearing import set_aside_article
from claims.actions.splitting import Outdated, store_claims
from claims.carrying import Carried
from claims.kinds import Anchor, Kind
from claims.models import ArticleVersion, Attribution, Claim, Party, Search
from factcheck.models import LeaseLost
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    ArticleVersionFactory,
    ClaimFactory,
    PartyFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.splits import found_claim, split_of
from tests.stories import split_in_two

QUOTE = "Forty boats left the harbour"


def store(version, *new, carried=(), earlier=()):
    lease = ArticleVersion.objects.lease(version.pk)
    split = split_of(*new, carried=carried, earlier=earlier)
    return store_claims(version, lease, split, by="splitter")


@pytest.mark.django_db
def test_a_claim_stands_where_its_words_are_printed():
    version = ArticleVersionFactory()
    claim = store(version, found_claim(version, QUOTE, text="Forty boats left."))[0]
    place = claim.appearances.get()
    assert (claim.text, place.quote) == ("Forty boats left.", QUOTE)
    assert version.text[place.start : place.end] == QUOTE
    assert (place.prefix, place.suffix) == ("Forty boats at sea\n\n", ", officials said.")
    assert claim.splitter == "test"


@pytest.mark.django_db
def test_of_a_sentence_without_an_end_a_claim_keeps_the_beginning():
    text = f"{'They came and ' * 400}left. {QUOTE} with it."
    version = ArticleVersionFactory(text=text)
    found = replace(found_claim(version, QUOTE), needs_context=True, surroundings=((0, 5_605),))
    claim = store(version, found)[0]
    assert claim.read_with.startswith("They came and ")
    assert len(claim.read_with) < 2_010


@pytest.mark.django_db
def test_a_split_version_keeps_what_was_found_of_its_shape():
    version = ArticleVersionFactory()
    store(version)
    version.refresh_from_db()
    assert (version.state, version.due_at, version.splitter) == ("split", None, "test")
    assert version.blocks == [[0, 18, "headline"]]


@pytest.mark.django_db
def test_blocks_that_the_reader_knew_are_kept():
    version = ArticleVersionFactory(blocks=[[0, 5, "headline"]])
    store(version)
    assert ArticleVersion.objects.get().blocks == [[0, 5, "headline"]]


@pytest.mark.django_db
def test_only_claims_for_the_desk_are_searched_for():
    version = ArticleVersionFactory()
    fact, _ = store(
        version,
        found_claim(version, QUOTE),
        found_claim(version, "officials said", kind=Kind.OPINION),
    )
    assert Search.objects.due().get().claim == fact
    assert Claim.objects.waiting().get() == fact


@pytest.mark.django_db
@pytest.mark.parametrize("trait", [{}, {"public": True}])
def test_only_a_public_article_is_searched_for_outside(trait):
    version = ArticleVersionFactory(article=ArticleFactory(**trait))
    store(version, found_claim(version, QUOTE))
    assert Search.objects.get().outside is bool(trait)


@pytest.mark.django_db
def test_who_is_said_to_assert_it_is_its_claimant():
    version = ArticleVersionFactory()
    claim = store(
        version, found_claim(version, QUOTE, said_by="officials", named=False, verb="said")
    )[0]
    said = Attribution.objects.get()
    assert (said.party, said.verb, said.role) == (claim.claimant, "said", "asserts")
    assert (claim.claimant.name, claim.claimant.kind) == ("officials", "unnamed")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("known", "said_by"),
    [
        ("KCNA", "Kcna"),
        ("İmamoğlu", "İmamoğlu"),
        ("İMAMOĞLU", "İMAMOĞLU"),
        ("ΟΔΟΣ", "ΟΔΟΣ"),
        ("STRAẞE", "STRAẞE"),
        ("x" * 200, "x" * 250),
    ],
)
def test_one_party_is_one_row_however_it_is_written(known, said_by):
    party = PartyFactory(name=known)
    version = ArticleVersionFactory()
    claim = store(version, found_claim(version, QUOTE, said_by=said_by))[0]
    assert claim.claimant == party
    assert Party.objects.count() == 1


@pytest.mark.django_db
def test_two_spellings_in_one_article_are_one_party():
    version = ArticleVersionFactory()
    first, second = store(
        version,
        found_claim(version, QUOTE, said_by="The Harbour Office"),
        found_claim(version, "officials said", said_by="the harbour office"),
    )
    assert first.claimant == second.claimant


@pytest.mark.django_db
def test_a_carried_claim_gets_a_place_in_the_new_version_and_no_new_search():
    before = AppearanceFactory(version__split=True, quote=QUOTE)
    version = ArticleVersionFactory(article=before.version.article, text=f"Now: {QUOTE}.")
    carried = Carried(before.claim_id, before.claim.text, Anchor.MOVED, 5, 33, QUOTE, "Now: ", ".")
    assert store(version, carried=[carried], earlier=[before]) == []
    place = before.claim.appearances.get(version=version)
    assert (place.start, place.anchor) == (5, Anchor.MOVED)
    assert not Search.objects.exists()


@pytest.mark.django_db
def test_a_claim_whose_words_are_gone_keeps_its_state():
    claim = ClaimFactory(closed=True)
    before = AppearanceFactory(
        version=ArticleVersionFactory(article=claim.article, split=True), claim=claim
    )
    version = ArticleVersionFactory(article=claim.article, text="Nothing happened.")
    gone = Carried(claim.pk, claim.text, Anchor.ORPHANED, None, None, before.quote, "", "")
    store(version, carried=[gone], earlier=[before])
    claim.refresh_from_db()
    assert (claim.state, claim.appearances.get(version=version).start) == ("closed", None)


@pytest.mark.django_db
def test_what_people_did_to_the_version_before_meanwhile_is_never_overlooked():
    before = AppearanceFactory(version__split=True, quote=QUOTE)
    version = ArticleVersionFactory(article=before.version.article, text=f"Now: {QUOTE}.")
    carried = Carried(before.claim_id, before.claim.text, Anchor.MOVED, 5, 33, QUOTE, "Now: ", ".")
    split_in_two(before.claim)
    with pytest.raises(Outdated):
        store(version, carried=[carried], earlier=[before])
    assert not version.appearances.exists()


@pytest.mark.django_db
def test_what_a_copy_repeats_of_what_was_set_aside_meanwhile_is_never_left_unchecked():
    original, version = ArticleVersionFactory(split=True), ArticleVersionFactory()
    lease = ArticleVersion.objects.lease(version.pk)
    set_aside_article(original.article_id, reason="Spam.", by=UserFactory())
    found = replace(split_of(found_claim(version, QUOTE)), copy_of=original)
    with pytest.raises(Outdated):
        store_claims(version, lease, found, by="splitter")


@pytest.mark.django_db
def test_a_worker_that_comes_too_late_stores_nothing():
    version = ArticleVersionFactory()
    lease = ArticleVersion.objects.lease(version.pk)
    ArticleVersion.objects.update(leased_until="2020-01-01T00:00Z")
    store(version, found_claim(version, QUOTE))
    with pytest.raises(LeaseLost):
        store_claims(version, lease, split_of(found_claim(version, QUOTE)), by="splitter")
    assert Claim.objects.count() == 1


@pytest.mark.django_db
def test_storing_takes_the_same_number_of_queries_however_many_claims_there_are():
    def queries(count):
        words = [f"word{number}" for number in range(count)]
        version = ArticleVersionFactory(text=" ".join(words))
        lease = ArticleVersion.objects.lease(version.pk)
        version = ArticleVersion.objects.select_related("article").get(pk=version.pk)
        split = split_of(*(found_claim(version, w, said_by=w.upper()) for w in reversed(words)))
        with CaptureQueriesContext(connection) as captured:
            store_claims(version, lease, split, by="splitter")
        return len(captured)

    assert queries(10) == queries(100) <= 18


@pytest.mark.django_db(transaction=True)
def test_the_hints_go_after_the_commit(queue):
    version = ArticleVersionFactory()
    store(version, found_claim(version, QUOTE), found_claim(version, "officials said"))
    searches = Search.objects.order_by("pk").values_list("pk", flat=True)
    assert queue.hints() == [(Search.task, pk) for pk in searches]


@pytest.mark.django_db(transaction=True)
def test_searches_of_an_article_somebody_needs_by_a_time_wait_behind_no_others(queue):
    version = ArticleVersionFactory()
    SubmissionFactory(ready=True, version=version, deadline=timezone.now() + timedelta(hours=2))
    store(version, found_claim(version, QUOTE))
    assert queue.waiting_in("needed") == [(Search.task, Search.objects.get().pk)]
    assert queue.waiting_in("work") == []


@pytest.mark.django_db
def test_parties_are_stored_in_one_order_so_that_workers_do_not_deadlock():
    version = ArticleVersionFactory()
    found = (("Forty", "zeta"), ("boats", "Beta"), ("left", "alpha"), ("harbour", "Zebra"))
    store(version, *(found_claim(version, quote, said_by=name) for quote, name in found))
    stored = Party.objects.order_by("pk").values_list("name", flat=True)
    assert list(stored) == ["alpha", "Beta", "Zebra", "zeta"]
