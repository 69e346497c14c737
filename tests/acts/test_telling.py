"""Who is told of what: in the same transaction, and only of its own articles."""

import pytest

from claims.actions.intake import ReadArticle, retry_split, store_article
from claims.actions.splitting import store_claims
from claims.api.webhooks import NAMES
from claims.kinds import SAME_WORDS
from claims.models import ArticleVersion, Claim, Delivery, Submission
from claims.notices import Notice
from claims.states import VerdictState
from factcheck.models import Event, hand_to_person
from factcheck.models.event import EventQuerySet
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    ClaimLinkFactory,
    EndpointFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.splits import split_of
from tests.stories import claim_with_evidence, verdict_in

pytestmark = pytest.mark.django_db
READ = ReadArticle(text="Boats left.", title="Boats left.", extractor="test")


@pytest.fixture
def told():
    """An endpoint of a publisher, and one of another that is to hear nothing."""
    EndpointFactory()
    return EndpointFactory()


def by_publisher(endpoint, **columns):
    return SubmissionFactory(submitted_by=None, publisher=endpoint.publisher, **columns)


def notices():
    owed = list(Delivery.objects.order_by("pk"))
    assert all(set(delivery.ids) == set(NAMES[delivery.notice]) for delivery in owed)
    return [(delivery.endpoint, delivery.notice, delivery.ids) for delivery in owed]


def read(submission):
    return store_article(submission, Submission.objects.lease(submission.pk), READ, by="reader")


def split(version):
    lease = ArticleVersion.objects.lease(version.pk)
    return store_claims(version, lease, split_of(), by="splitter")


def ids(submission):
    return {"submission": str(submission.public_id)}


def test_a_publisher_hears_when_its_claims_are_there_and_nobody_else(told):
    submission = by_publisher(told)
    version = read(submission)
    assert notices() == []
    split(version)
    assert notices() == [(told, Notice.SUBMISSION_READY, ids(submission))]


def test_a_text_that_was_split_before_is_told_at_once(told):
    split(read(by_publisher(told)))
    second = by_publisher(told)
    read(second)
    assert notices()[1:] == [(told, Notice.SUBMISSION_READY, ids(second))]


def test_what_cannot_be_read_or_split_is_told_as_failed_each_time(told):
    unread = by_publisher(told)
    hand_to_person(unread, "Empty.", by="reader", lease=Submission.objects.lease(unread.pk))
    unsplit = by_publisher(told)
    version = read(unsplit)
    for _ in range(2):
        lease = ArticleVersion.objects.lease(version.pk)
        hand_to_person(version, "No sentence.", by="splitter", lease=lease)
        retry_split(version.pk, by=UserFactory())
    failed = (told, Notice.SUBMISSION_FAILED)
    assert notices() == [
        (*failed, ids(unread)),
        (*failed, ids(unsplit)),
        (*failed, ids(unsplit)),
    ]


def test_what_a_person_here_handed_in_is_told_to_nobody(told):
    submission = SubmissionFactory()
    split(read(submission))
    hand_to_person(SubmissionFactory(), "Empty.", by="sweep")
    assert notices() == []


def test_each_step_of_a_public_verdict_is_told_to_the_publisher_of_the_article(told):
    claim = claim_of(told)
    verdict_in(VerdictState.SUPERSEDED, claim)
    first, second = claim.verdicts.order_by("number")
    withdrawn = claim_of(told)
    verdict_in(VerdictState.WITHDRAWN, withdrawn)
    last = withdrawn.verdicts.get()
    assert notices() == [
        (told, Notice.VERDICT_PUBLISHED, about(first)),
        (told, Notice.VERDICT_CORRECTED, about(second)),
        (told, Notice.VERDICT_PUBLISHED, about(last)),
        (told, Notice.VERDICT_WITHDRAWN, about(last)),
    ]


def test_of_a_version_somebody_else_handed_in_a_publisher_hears_nothing(told):
    claim = claim_of(told)
    other = EndpointFactory()
    later = ArticleVersionFactory(article=claim.article, split=True, number=2)
    by_publisher(other, ready=True, version=later)
    verdict_in(VerdictState.PUBLISHED, claim)
    assert [endpoint for endpoint, _, _ in notices()] == [told]


@pytest.mark.parametrize("refused", [False, True])
def test_the_publisher_of_a_copy_hears_of_the_verdict_that_stands_at_its_own_claim(told, refused):
    claim, other = claim_of(told), EndpointFactory()
    copy = claim_of(other)
    Claim.objects.filter(pk=copy.pk).update(desk=False)
    ClaimLinkFactory(claim=copy, other=claim, method=SAME_WORDS, refused=refused)
    verdict = verdict_in(VerdictState.PUBLISHED, claim)
    own = {"claim": str(copy.public_id), "article": str(copy.article.public_id)}
    heard = (other, Notice.VERDICT_PUBLISHED, about(verdict) | own)
    assert (told, Notice.VERDICT_PUBLISHED, about(verdict)) in notices()
    assert [one for one in notices() if one[0] != told] == [heard] * (not refused)


def test_an_endpoint_hears_what_it_was_added_for_and_nothing_while_paused(told):
    told.notices = [Notice.VERDICT_WITHDRAWN]
    told.save(update_fields=["notices"])
    EndpointFactory(publisher=told.publisher, paused=True)
    second = EndpointFactory(publisher=told.publisher, notices=[Notice.VERDICT_PUBLISHED])
    verdict_in(VerdictState.WITHDRAWN, claim_of(told))
    assert [(endpoint, notice) for endpoint, notice, _ in notices()] == [
        (second, Notice.VERDICT_PUBLISHED),
        (told, Notice.VERDICT_WITHDRAWN),
    ]


def test_what_is_not_done_is_told_to_nobody(told, monkeypatch):
    version = read(by_publisher(told))

    def interrupt(*args, **kwargs):
        assert Delivery.objects.exists(), "the event is the last thing written"
        raise InterruptedError

    monkeypatch.setattr(EventQuerySet, "record", interrupt)
    with pytest.raises(InterruptedError):
        split(version)
    assert notices() == []


def test_a_hint_is_sent_after_the_commit(told, django_capture_on_commit_callbacks, queue):
    version = read(by_publisher(told))
    with django_capture_on_commit_callbacks(execute=True):
        split(version)
        assert queue.waiting_in("telling") == []
    assert queue.waiting_in("telling") == [("claims.deliver", Delivery.objects.get().pk)]


def test_many_submissions_of_one_text_cost_no_more_questions(told, django_assert_num_queries):
    version = read(by_publisher(told))
    for _ in range(20):
        by_publisher(told, ready=True, version=version)
    with django_assert_num_queries(3):
        Submission.objects.filter(version=version).tell(Notice.SUBMISSION_READY)
    assert len(notices()) == 21


def test_no_word_of_an_article_is_in_a_notice(told):
    submission = by_publisher(told, title="Geheim7", external_id="Geheim7")
    split(read(submission))
    assert "Geheim7" not in str(list(Delivery.objects.values()))
    assert Event.objects.filter(verb="article.split").exists()


def claim_of(endpoint) -> Claim:
    """A claim of a public article this endpoint's publisher handed in."""
    claim = claim_with_evidence()
    version = ArticleVersionFactory(article=claim.article, split=True)
    AppearanceFactory(claim=claim, version=version)
    by_publisher(endpoint, ready=True, version=version)
    return claim


def about(verdict):
    return {
        "verdict": str(verdict.public_id),
        "claim": str(verdict.claim.public_id),
        "article": str(verdict.claim.article.public_id),
    }
