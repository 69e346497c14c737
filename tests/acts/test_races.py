"""Two people, or a person and a worker, at the same moment."""

from functools import partial

import pytest
from django.db import OperationalError

from claims.actions.bringing import Brought, bring_document, store_brought
from claims.actions.checks import confirm_check, refuse_check
from claims.actions.choosing import choose_passages
from claims.actions.dividing import split_claim
from claims.actions.evidence import add_evidence, search_again
from claims.actions.intake import Handed, ReadArticle, store_article, submit
from claims.actions.keys import revoke_key
from claims.actions.merging import merge_claims
from claims.actions.ordering import move_claim
from claims.actions.publishing import publish_verdict
from claims.actions.refusals import Overtaken, Refused
from claims.actions.review import close_claim, mark_claim, reword_claim, take_claim
from claims.actions.splitting import Outdated, store_claims
from claims.actions.verdicts import approve_verdict, return_verdict, start_verdict
from claims.carrying import Carried
from claims.kinds import Anchor, Kind
from claims.models import (
    Article,
    ArticleVersion,
    Bringing,
    Claim,
    Evidence,
    Search,
    Submission,
    Verdict,
)
from claims.ordering import seen
from claims.states import IllegalMove, Outcome, VerdictState
from factcheck.models import Event
from factcheck.people import give_roles
from sources.models import Access, Snapshot
from sources.ports import Stance
from sources.storing import Document
from tests.at_once import at_once
from tests.factories import (
    ApiKeyFactory,
    AppearanceFactory,
    ArticleFactory,
    ArticleVersionFactory,
    BringingFactory,
    ClaimFactory,
    PriorCheckFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.splits import found_claim, split_of
from tests.stories import claim_with_evidence, parts, placed_beside, verdict_in

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = range(5)


def refusals(results, kind):
    return [result for result in results if isinstance(result, kind)]


@pytest.mark.parametrize("_", ROUNDS)
def test_of_two_who_decide_on_a_check_by_others_one_is_told(_):
    claim, prior = ClaimFactory(), PriorCheckFactory()
    results = at_once(
        partial(confirm_check, claim.pk, prior.pk, by=UserFactory()),
        partial(refuse_check, claim.pk, prior.pk, by=UserFactory()),
    )
    assert len(refusals(results, Overtaken)) == 1
    assert claim.check_links.count() == 1


@pytest.mark.parametrize("_", ROUNDS)
def test_of_those_who_press_take_together_one_holds_the_claim(_):
    claim = ClaimFactory()
    results = at_once(*(partial(take_claim, claim.pk, by=UserFactory()) for _ in range(4)))
    assert len(refusals(results, IllegalMove)) == 3
    (winner,) = refusals(results, Claim)
    assert Claim.objects.get().reviewer == winner.reviewer
    assert Event.objects.filter(verb="claim.taken").count() == 1


def test_of_those_who_reword_together_one_is_heard():
    claim = ClaimFactory()
    results = at_once(
        *(
            partial(reword_claim, claim.pk, f"{n} boats left.", wording=1, by=UserFactory())
            for n in range(4)
        )
    )
    assert len(refusals(results, Overtaken)) == 3
    assert Claim.objects.get().wording == 2
    assert Search.objects.count() == 1


def test_a_claim_gets_one_search_however_many_ask():
    claim = ClaimFactory()
    results = at_once(*(partial(search_again, claim.pk, by=UserFactory()) for _ in range(4)))
    assert {result.pk for result in results} == {Search.objects.get().pk}
    assert Event.objects.filter(verb="search.asked").count() == 1


def test_the_same_record_sent_twice_stands_once():
    claim, user = ClaimFactory(), UserFactory()
    add = partial(
        add_evidence,
        claim.pk,
        "interview",
        title="The harbour master",
        body="Forty.",
        stance="supports",
        by=user,
    )
    assert len(refusals(at_once(add, add, add), Refused)) == 2
    assert Evidence.objects.count() == 1


def test_one_verdict_is_started_however_often_the_button_is_pressed():
    claim = ClaimFactory(in_review=True)
    start = partial(start_verdict, claim.pk, by=claim.reviewer)
    assert len(refusals(at_once(start, start, start), IllegalMove)) == 2
    assert Verdict.objects.count() == 1


@pytest.mark.parametrize("_", ROUNDS)
def test_a_verdict_is_approved_or_returned(_):
    verdict = verdict_in(VerdictState.PROPOSED)
    at_once(
        partial(approve_verdict, verdict.pk, verdict.digest, by=UserFactory()),
        partial(return_verdict, verdict.pk, "Whose count?", by=UserFactory()),
        partial(publish_verdict, verdict.pk, by=UserFactory()),
    )
    verdict.refresh_from_db()
    last = Event.objects.latest("position").verb
    assert (verdict.state, last) in {
        ("draft", "verdict.returned"),
        ("approved", "verdict.approved"),
        ("published", "verdict.published"),
    }


def test_a_claim_is_closed_or_its_verdict_published_and_not_both():
    verdict = verdict_in(VerdictState.APPROVED)
    results = at_once(
        partial(close_claim, verdict.claim_id, Outcome.CUT, by=verdict.author),
        partial(publish_verdict, verdict.pk, by=UserFactory()),
    )
    assert len(refusals(results, IllegalMove)) == 1
    assert Claim.objects.get().outcome == Outcome.VERDICT


def stored_together(*submissions, texts=("Forty boats left.",)):
    def store(submission, text):
        lease = Submission.objects.lease(submission.pk)
        read = ReadArticle(text=text, title="Forty boats", extractor="test")
        return store_article(submission, lease, read, by="reader")

    results = at_once(
        *(
            partial(store, submission, texts[number % len(texts)])
            for number, submission in enumerate(submissions)
        )
    )
    assert not refusals(results, Exception)


@pytest.mark.parametrize("_", ROUNDS)
def test_one_text_of_one_owner_is_one_version_however_many_workers_read_it(_):
    owner = UserFactory()
    stored_together(*(SubmissionFactory(submitted_by=owner) for _ in range(4)))
    assert ArticleVersion.objects.count() == 1


@pytest.mark.parametrize("_", ROUNDS)
def test_one_address_is_one_article_however_many_workers_read_it(_):
    url = "https://paper.example/boats"
    stored_together(
        *(SubmissionFactory(by_url=True, url=url) for _ in range(4)),
        texts=("Forty boats left.", "Fifty boats left."),
    )
    assert Article.objects.count() == 1
    numbers = ArticleVersion.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 2


@pytest.mark.parametrize("_", ROUNDS)
def test_one_file_of_one_owner_is_frozen_once_however_many_workers_read_it(_):
    article = ArticleFactory()

    def freeze(bringing):
        lease = Bringing.objects.lease(bringing.pk)
        document = Document(title="Log", text="Forty.", outlet="Port", access=Access.PRIVATE)
        return store_brought(bringing, lease, document, [], wording=1, by="reader")

    brought = [BringingFactory(claim__article=article) for _ in range(4)]
    results = at_once(*(partial(freeze, bringing) for bringing in brought))
    assert {result.pk for result in results} == {Snapshot.objects.get().pk}


def test_one_document_is_brought_once_however_often_the_button_is_pressed():
    claim = ClaimFactory()
    bring = partial(bring_document, claim.pk, Brought(file=b"Forty boats."), by=UserFactory())
    results = at_once(bring, bring, bring)
    assert {result.pk for result in results} == {Bringing.objects.get().pk}


@pytest.mark.parametrize("_", ROUNDS)
def test_of_two_who_choose_one_passage_for_two_sides_one_is_told_of_the_other(_):
    bringing = BringingFactory(ready=True)
    key = bringing.offers[0]["passage"]
    results = at_once(
        *(
            partial(choose_passages, bringing.pk, {key: stance}, wording=1, by=UserFactory())
            for stance in (Stance.SUPPORTS, Stance.CONTRADICTS)
        )
    )
    assert len(refusals(results, Overtaken)) == 1
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("_", ROUNDS)
def test_of_those_who_split_or_merge_a_claim_together_one_does(_):
    claim = AppearanceFactory().claim
    other = placed_beside(claim, "officials said")
    results = at_once(
        *(
            partial(split_claim, claim.pk, parts(), wording=1, version=1, by=UserFactory())
            for _ in range(2)
        ),
        partial(merge_claims, claim.pk, {other.pk: 1}, wording=1, by=UserFactory()),
        partial(merge_claims, other.pk, {claim.pk: 1}, wording=1, by=UserFactory()),
    )
    done = [result for result in results if not isinstance(result, Exception)]
    assert len(refusals(results, IllegalMove)) == 4 - len(done)
    split = Claim.objects.filter(split_from=claim).count()
    merged = Claim.objects.filter(merged_into__isnull=False).count()
    # A claim that others were merged into may be split afterwards.
    assert (split, merged) in {(2, 0), (2, 1), (0, 1)}
    assert len(done) == split // 2 + merged


def test_of_those_who_move_a_claim_together_one_is_heard():
    claim = AppearanceFactory().claim
    placed_beside(claim, "officials said")
    results = at_once(
        *(partial(move_claim, claim.pk, 2, order=seen([]), by=UserFactory()) for _ in range(3))
    )
    assert len(refusals(results, Overtaken)) == 2
    assert Event.objects.filter(verb="claim.moved").count() == 1


@pytest.mark.parametrize("_", ROUNDS)
def test_a_claim_is_split_before_it_is_carried_or_after_and_no_part_is_lost(_):
    before = AppearanceFactory(version__split=True)
    version = ArticleVersionFactory(article=before.version.article)
    now = Carried(
        before.claim_id,
        before.claim.text,
        Anchor.EXACT,
        before.start,
        before.end,
        before.quote,
        "",
        "",
    )
    lease = ArticleVersion.objects.lease(version.pk)
    carried = split_of(carried=[now], earlier=[before])
    store = partial(store_claims, version, lease, carried, by="splitter")
    split = partial(split_claim, before.claim_id, parts(), wording=1, version=1, by=UserFactory())
    stored, made = at_once(store, split)
    # Whoever comes second sees what the first did.
    assert isinstance(stored, Outdated) != isinstance(made, Overtaken)


def claim_taken_while_roles_are_given():
    person, moderator = UserFactory(), UserFactory()
    return (
        partial(take_claim, ClaimFactory().pk, by=person),
        partial(give_roles, person.pk, roles=["Reviewers"], by=moderator),
    )


def article_handed_in_while_the_key_is_revoked():
    key = ApiKeyFactory()
    return (
        partial(submit, Handed(text="Forty boats left."), by=key),
        partial(revoke_key, key.pk, by=UserFactory()),
    )


def claim_marked_while_the_version_is_split():
    version = ArticleVersionFactory()
    lease = ArticleVersion.objects.lease(version.pk)
    split = split_of(found_claim(version, "officials said"))
    return (
        partial(mark_claim, version.pk, 0, 11, text="", kind=Kind.EVENT, by=UserFactory()),
        partial(store_claims, version, lease, split, by="splitter"),
    )


def claim_split_while_its_verdict_is_published():
    claim = claim_with_evidence()
    AppearanceFactory(claim=claim, version__article=claim.article)
    verdict = verdict_in(VerdictState.APPROVED, claim)
    split = partial(split_claim, claim.pk, parts(), wording=1, version=1, by=claim.reviewer)
    return split, partial(publish_verdict, verdict.pk, by=UserFactory())


@pytest.mark.parametrize(
    "pair",
    [
        claim_taken_while_roles_are_given,
        article_handed_in_while_the_key_is_revoked,
        claim_marked_while_the_version_is_split,
        claim_split_while_its_verdict_is_published,
    ],
)
def test_acts_that_meet_wait_for_each_other_and_neither_is_lost(pair):
    results = [result for _ in range(10) for result in at_once(*pair())]
    assert not [result for result in results if isinstance(result, OperationalError)]
