"""Where else the world can read what a verdict is about: as people confirmed, and is public."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.actions.linking import confirm_link, reconsider_link, refuse_link
from claims.models import Article, Claim, ClaimLink
from claims.reading import said_again
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    ClaimFactory,
    ClaimLinkFactory,
    UserFactory,
)
from tests.stories import published, withdraw


def elsewhere(title="Boats again", **columns):
    """A claim of another public article."""
    about = {"outlet": "Herald", "published_at": date(2026, 11, 13), "article__public": True}
    version = ArticleVersionFactory(split=True, title=title, **(about | columns))
    return AppearanceFactory(version=version).claim


def linked(verdict, other=None, *, relation="same", later=True, **columns):
    """A link between the claim of a verdict and another one that a person confirmed."""
    other = other or elsewhere(**columns)
    one, two = (other, verdict.claim) if later else (verdict.claim, other)
    return confirm_link(ClaimLinkFactory(claim=one, other=two).pk, relation, by=UserFactory())


def page_of(verdict):
    return f"/c/{verdict.claim.public_id}/"


def named(world, verdict):
    """The headlines that the ClaimReview names; page and feed must agree."""
    (item,) = [
        element["item"]
        for element in json.loads(b"".join(world.get("/c/claimreview.json").streaming_content))[
            "dataFeedElement"
        ]
        if element["item"]["url"].endswith(page_of(verdict))
    ]
    alone = world.get(f"{page_of(verdict)}claimreview.json").json()
    assert item == alone
    found = alone["itemReviewed"].get("appearance", [])
    html = world.get(page_of(verdict)).text
    assert ("Also said in" in html) == bool(found)
    assert all(f'<a href="{each["url"]}" rel' in html for each in found)
    return [each["headline"] for each in found]


@pytest.mark.parametrize("later", [True, False])
@pytest.mark.parametrize("relation", ["same", "repeats"])
def test_an_article_that_says_the_same_is_named_with_its_address(world, later, relation):
    verdict = published()
    link = linked(verdict, relation=relation, later=later)
    assert named(world, verdict) == ["Boats again"]
    data = world.get(f"{page_of(verdict)}claimreview.json").json()
    other = link.claim if later else link.other
    assert data["itemReviewed"]["appearance"] == [
        {
            "@type": "CreativeWork",
            "name": "Boats again",
            "headline": "Boats again",
            "url": other.article.canonical_url,
            "datePublished": "2026-11-13",
            "publisher": {"@type": "Organization", "name": "Herald"},
        }
    ]
    assert '<span class="muted">Herald, 13 Nov 2026</span>' in world.get(page_of(verdict)).text


def test_what_nobody_confirmed_is_not_named(world):
    verdict = published()
    ClaimLinkFactory(claim=elsewhere("Suggested"), other=verdict.claim)
    refused = ClaimLinkFactory(claim=elsewhere("Refused"), other=verdict.claim)
    refuse_link(refused.pk, by=UserFactory())
    taken_back = linked(verdict, title="Taken back")
    reconsider_link(taken_back.pk, by=UserFactory())
    assert named(world, verdict) == []


@pytest.mark.parametrize("relation", ["stronger", "weaker", "related"])
def test_what_says_something_else_is_not_named(world, relation):
    verdict = published()
    linked(verdict, relation=relation)
    assert named(world, verdict) == []


@pytest.mark.parametrize(
    "columns",
    [
        {"visibility": "confidential"},
        {"set_aside_at": timezone.now(), "set_aside_reason": "Spam."},
        {"canonical_url": ""},
    ],
)
def test_an_article_that_is_not_public_now_is_not_named(world, columns):
    verdict = published()
    link = linked(verdict)
    assert named(world, verdict) == ["Boats again"]
    article = Article.objects.filter(pk=link.claim.article_id)
    article.update(owner=UserFactory(), **columns)
    assert named(world, verdict) == []
    assert "Boats again" not in world.get(page_of(verdict)).text


def test_an_article_that_says_it_no_more_is_not_named(world):
    verdict = published()
    other = elsewhere()
    linked(verdict, other)
    later = ArticleVersionFactory(split=True, article=other.article, title="Boats, corrected")
    place = AppearanceFactory(claim=other, version=later)
    assert named(world, verdict) == ["Boats, corrected"]
    type(place).objects.filter(pk=place.pk).update(anchor="orphaned", start=None, end=None)
    assert named(world, verdict) == []


def test_an_article_is_named_once_and_the_verdicts_own_not_at_all(world):
    verdict = published()
    other = elsewhere()
    linked(verdict, other)
    linked(verdict, ClaimFactory(article=other.article))
    Article.objects.filter(pk=verdict.claim.article_id).update(
        canonical_url="https://paper.example/own"
    )
    linked(verdict, ClaimFactory(article=verdict.claim.article))
    assert named(world, verdict) == ["Boats again"]


def test_the_earliest_are_named_first_and_no_more_than_twenty(world, monkeypatch):
    assert said_again.MOST == 20
    monkeypatch.setattr(said_again, "MOST", 2)
    verdict = published()
    linked(verdict, title="Undated", published_at=None)
    linked(verdict, title="Second", published_at=date(2026, 11, 14))
    linked(verdict, title="First", published_at=date(2026, 11, 12))
    assert named(world, verdict) == ["First", "Second"]


def test_a_verdict_that_does_not_stand_names_none(world):
    verdict = published()
    linked(verdict)
    withdraw(verdict.pk, verdict.author)
    assert "Also said in" not in world.get(page_of(verdict)).text


def test_many_cost_as_many_queries_as_one(world):
    verdict = published()
    counts = []
    for number in range(3):
        for address in (page_of(verdict), f"{page_of(verdict)}claimreview.json"):
            with CaptureQueriesContext(connection) as asked:
                world.get(address)
            counts.append(len(asked))
        linked(verdict, title=f"Boats {number}")
    none, one, two = counts[::2]
    assert (one - none, two - one) == (2, 0)
    assert one == 7
    assert counts[::2] == counts[1::2]


def test_the_feed_asks_three_times_a_batch_however_many_there_are(world):
    first, second = published("Boats left."), published("Ships came.")
    counts = []
    for verdict in (first, first, second, second):
        with CaptureQueriesContext(connection) as asked:
            b"".join(world.get("/c/claimreview.json").streaming_content)
        counts.append(len(asked))
        linked(verdict)
    assert counts[1] - counts[0] == 2 * 2, "the batch, and its ETag"
    assert counts[1] == counts[2] == counts[3]


def test_the_feed_has_another_etag_as_soon_as_another_is_named(world):
    verdict = published()
    tags = [world.get("/c/claimreview.json").headers["ETag"]]
    link = linked(verdict)
    tags.append(world.get("/c/claimreview.json").headers["ETag"])
    ArticleVersionFactory(split=True, article=link.claim.article, title="Renamed")
    tags.append(world.get("/c/claimreview.json").headers["ETag"])
    assert len(set(tags)) == 3
    reconsider_link(link.pk, by=UserFactory())
    assert world.get("/c/claimreview.json").headers["ETag"] == tags[0]


def test_hostile_headlines_stay_words(world):
    verdict = published()
    linked(verdict, title='"><script>alert(1)</script>')
    assert "<script>alert" not in world.get(page_of(verdict)).text
    assert ClaimLink.objects.count() == Claim.objects.count() - 1
