"""Feeds of fact-checks: read each day, stored once, shown beside claims like theirs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db.models.functions import Now

from claims.actions.checks import confirm_check
from claims.actions.intake import Handed, submit
from claims.actions.matching import read_claims
from claims.actions.review import reword_claim
from claims.models import ArticleVersion, Claim, Submission
from claims.reading.claim import claim_page
from sources import checking, registry
from sources.models import CheckFeed, Outlet, Passage, PriorCheck
from sources.moderating import block_outlet
from sources.reviews import reviews_in
from sources.web import Fetcher
from tests.encoders import OneMeaning
from tests.factories import CheckFeedFactory, UserFactory
from tests.loopback import PUBLIC, page, redirect, serving
from tests.providers.reviews import CLAIMED, feed, review
from tests.ui.conftest import person
from tests.workers import make_due, work_off

pytestmark = pytest.mark.django_db


class Site:
    """The site of fact-checkers: ``sent`` is what it answers."""

    def __init__(self):
        self.sent = page(feed(review()), content_type="application/json")

    def answer(self, path):
        return [self.sent]


@pytest.fixture
def site(monkeypatch):
    there = Site()
    with serving(there.answer) as backend:
        there.backend = backend
        fetcher = Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend)
        monkeypatch.setattr(registry, "feed_fetcher", lambda: fetcher)
        yield there


def read(feed_row):
    make_due(feed_row)
    work_off(CheckFeed)
    return CheckFeed.objects.annotate(now=Now()).get(pk=feed_row.pk)


def test_a_feed_is_read_and_due_again_a_day_later(site):
    row = read(CheckFeedFactory())
    assert (row.reviews, row.last_error) == (1, "")
    assert timedelta(hours=23) < row.due_at - row.now <= timedelta(days=1)
    check = PriorCheck.objects.get()
    assert (check.claim, check.rating, check.claimant) == (CLAIMED, "Mostly false", "The mayor")
    assert (check.outlet.name, check.outlet.kind) == ("Lund Checks", "fact_checker")


def test_read_again_nothing_is_doubled_and_a_changed_rating_replaces_the_old_one(site):
    row = CheckFeedFactory()
    read(row)
    first = PriorCheck.objects.get()
    changed = review(reviewRating={"alternateName": "True"})
    site.sent = page(feed(changed), content_type="application/json")
    read(row)
    check = PriorCheck.objects.get()
    assert (check.pk, check.rating) == (first.pk, "True")


def test_whatever_changes_of_a_check_is_read_anew_and_the_same_is_not_stored_twice():
    (before,) = reviews_in(feed(review()))
    assert before.check is not None
    checks = [
        before,
        replace(before, title="Is the dam open?"),
        replace(before, outlet="Dam Checks"),
        replace(before, published_at=date(2021, 1, 2)),
        replace(before, check=replace(before.check, claimant="The council")),
        replace(before, check=replace(before.check, said_at=date(2020, 1, 2))),
    ]
    for check in checks:
        stored = [checking.store_checks([check], registry.encoder()) for _ in range(2)]
        assert stored == [1, 0]
    assert PriorCheck.objects.get().said_at == date(2020, 1, 2)


def test_a_large_feed_is_stored_in_batches_and_goes_on_where_it_stopped(site, monkeypatch):
    monkeypatch.setattr(checking, "AT_ONCE", 2)
    found = reviews_in(feed(*[review(url=f"https://checks.example/{n}") for n in range(5)]))
    stored = [checking.store_checks(found, registry.encoder()) for _ in range(4)]
    assert stored == [2, 2, 1, 0]
    assert PriorCheck.objects.count() == 5


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (page(b"<html>Hello</html>"), "no ClaimReview"),
        (page(b"\x89PNG", content_type="image/png"), "image/png"),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "404"),
        (redirect("https://127.0.0.1/"), "not a public address"),
    ],
    ids=["no checks", "a picture", "missing", "redirected inside"],
)
def test_a_feed_that_cannot_be_read_goes_to_a_person_with_the_reason(site, sent, why):
    site.sent = sent
    row = read(CheckFeedFactory())
    assert why in row.last_error
    assert row.due_at is None
    assert {host for host, _ in site.backend.asked} <= {PUBLIC}


def test_a_site_that_is_busy_is_asked_again_later(site):
    site.sent = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
    row = read(CheckFeedFactory())
    assert row.due_at > row.now
    assert row.failures == 1


def claim_of(text=CLAIMED):
    submit(Handed(text=f"The dam is open\n\n{text}"), by=UserFactory())
    work_off(Submission, ArticleVersion)
    claim = Claim.objects.get(text=text)
    read_claims(registry.encoder())
    return claim


@pytest.fixture
def checked(site):
    read(CheckFeedFactory())


@pytest.mark.usefixtures("checked", "word_rules")
def test_a_claim_like_one_that_was_checked_shows_the_check_apart_from_its_evidence(client):
    claim = claim_of()
    (check,) = claim_page(claim.public_id).checks
    assert (check.prior.claim, check.decision) == (CLAIMED, "suggested")
    assert check.score > 0.9
    assert not claim.evidence.exists()
    assert not Passage.objects.exists()  # a check is no passage: nobody reads a stance into it
    client.force_login(person("reviewer", role="Reviewers"))
    html = client.get(f"/claims/{claim.public_id}/").content.decode()
    assert "Already checked elsewhere" in html
    assert "Lund Checks rated it <strong>“Mostly false”</strong>" in html
    assert "https://checks.example/dam" in html


@pytest.mark.usefixtures("checked", "word_rules")
def test_a_check_that_was_decided_on_is_not_suggested_once_more():
    claim = claim_of()
    (suggested,) = claim_page(claim.public_id).checks
    confirm_check(claim.pk, suggested.prior.pk, by=UserFactory())
    (check,) = claim_page(claim.public_id).checks
    assert (check.decision, check.score) == ("confirmed", None)


@pytest.mark.usefixtures("checked", "word_rules")
def test_another_claim_and_a_blocked_fact_checker_show_none():
    other = claim_of("Rye bread is baked in the north with honey.")
    assert claim_page(other.public_id).checks == []
    claim = claim_of()
    block_outlet(Outlet.objects.get(name="Lund Checks").pk, reason="Fakes.", by=UserFactory())
    assert claim_page(claim.public_id).checks == []


@pytest.mark.usefixtures("checked", "word_rules")
def test_a_claim_that_was_reworded_beside_the_desk_shows_none_for_its_old_words():
    claim = claim_of()
    Claim.objects.filter(pk=claim.pk).update(desk=False)
    reword_claim(claim.pk, "Rye bread is baked in the north.", wording=1, by=UserFactory())
    assert claim_page(claim.public_id).checks == []


@pytest.mark.usefixtures("checked", "word_rules")
def test_a_check_is_compared_with_claims_of_its_own_encoder():
    claim = claim_of()
    checking.store_checks(reviews_in(feed(review(url="https://checks.example/2"))), OneMeaning())
    assert [one.prior.encoder for one in claim_page(claim.public_id).checks] == [
        registry.encoder().name
    ]
    read_claims(OneMeaning())
    assert [one.prior.encoder for one in claim_page(claim.public_id).checks] == [OneMeaning.name]
    assert (
        checking.read_checks_again(OneMeaning(), 9),
        checking.read_checks_again(OneMeaning(), 9),
    ) == (1, 0)
    assert len(claim_page(claim.public_id).checks) == 2
