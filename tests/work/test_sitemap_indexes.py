"""Indexes of sitemaps: each part is a feed, read for as long as its index names it."""

import gzip

import pytest
from django.core.cache import cache

from factcheck.models import LeaseLost
from factcheck.refusals import Refused
from sources.models import Feed, Page, PageState
from sources.subscribing import feed_unchanged, start_feed, stop_feed
from tests.factories import UserFactory
from tests.loopback import page
from tests.pure.test_feeds import sitemap
from tests.work.test_feeds import subscribed
from tests.workers import make_due, work_off

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def no_robots_kept():
    cache.clear()


def test_the_parts_of_a_sitemap_index_are_read_one_after_the_other(site):
    parts = "".join(f"<sitemap><loc>https://paper.example/{n}.xml.gz</loc></sitemap>" for n in "ab")
    site.answers["/map.xml"] = page(sitemap(parts, "sitemapindex"), content_type="application/xml")
    for n in "ab":
        inner = sitemap(f"<url><loc>https://paper.example/{n}</loc></url>")
        site.answers[f"/{n}.xml.gz"] = page(gzip.compress(inner), content_type="application/x-gzip")
    feed = subscribed("https://paper.example/map.xml", outlet="The Paper")
    assert work_off(Feed) == 2  # the second part is due a pause later
    assert feed.parts.count() == 2
    make_due(Feed.objects.get(url__endswith="b.xml.gz"))
    work_off(Feed)
    assert sorted(Page.objects.values_list("url", flat=True)) == [
        "https://paper.example/a",
        "https://paper.example/b",
    ]
    assert {part.outlet.name for part in feed.parts.all()} == {"The Paper"}
    site.answers["/map.xml"] = page(
        sitemap(parts.replace("b.xml", "c.xml"), "sitemapindex"), content_type="text/xml"
    )
    make_due(feed)
    work_off(Feed)
    assert set(Feed.objects.filter(active=False).values_list("url", flat=True)) == {
        "https://paper.example/b.xml.gz"
    }


def test_an_index_of_indexes_without_end_is_followed_two_deep(site):
    for n in range(6):
        inner = f"<sitemap><loc>https://paper.example/{n + 1}.xml</loc></sitemap>"
        site.answers[f"/{n}.xml"] = page(sitemap(inner, "sitemapindex"), content_type="text/xml")
    subscribed("https://paper.example/0.xml")
    for _ in range(6):
        work_off(Feed)
    assert Feed.objects.count() == 3


@pytest.fixture
def index(site):
    """An index that was read and whose two parts were."""
    name_parts(site, "ab")
    feed = subscribed("https://paper.example/map.xml")
    read(feed)
    return feed


def name_parts(site, names):
    """Let the index name these parts, each of one document."""
    parts = "".join(f"<sitemap><loc>https://paper.example/{n}.xml</loc></sitemap>" for n in names)
    site.answers["/map.xml"] = page(sitemap(parts, "sitemapindex"), content_type="text/xml")
    for n in names:
        inner = sitemap(f"<url><loc>https://paper.example/{n}</loc></url>")
        site.answers[f"/{n}.xml"] = page(inner, content_type="text/xml", headers=[f'ETag: "{n}"'])


def read(feed):
    make_due(feed)
    work_off(Feed)
    for part in feed.parts.filter(due_at__isnull=False):
        make_due(part)
    work_off(Feed)


def are_read(feed):
    return "".join(sorted(part.url[-5] for part in feed.parts.filter(active=True)))


def test_an_index_that_was_stopped_and_started_reads_its_parts_again(site, index):
    stop_feed(index.pk, by=UserFactory())
    assert are_read(index) == ""
    site.requests.clear()
    start_feed(index.pk, by=UserFactory())
    work_off(Feed)
    assert are_read(index) == "ab"
    assert len(site.requests) == 3
    assert not any("If-None-Match" in asked for asked in site.requests)
    assert not index.parts.filter(waits_for_whole=True).exists()


def test_a_part_that_is_named_again_is_read_again(site, index):
    name_parts(site, "a")
    read(index)
    assert are_read(index) == "a"
    name_parts(site, "ab")
    read(index)
    assert are_read(index) == "ab"


def test_a_part_that_a_person_stopped_stays_stopped_whatever_becomes_of_its_index(site, index):
    person, part = UserFactory(), index.parts.get(url__endswith="b.xml")
    stop_feed(part.pk, by=person)
    stop_feed(index.pk, by=person)
    start_feed(index.pk, by=person)
    for names in ("ab", "a", "ab"):
        name_parts(site, names)
        read(index)
    assert are_read(index) == "a"
    with pytest.raises(Refused):
        stop_feed(part.pk, by=person)
    start_feed(part.pk, by=person)
    assert are_read(index) == "ab"


def test_a_person_may_stop_for_good_what_only_waits(site, index):
    name_parts(site, "a")
    read(index)
    stop_feed(index.parts.get(url__endswith="b.xml").pk, by=UserFactory())
    name_parts(site, "ab")
    read(index)
    assert are_read(index) == "a"


def test_whoever_reads_a_part_that_is_named_no_more_has_lost_it(site, index):
    part = index.parts.get(url__endswith="b.xml")
    make_due(part)
    lease = Feed.objects.lease(part.pk)
    name_parts(site, "a")
    make_due(index)
    work_off(Feed)
    with pytest.raises(LeaseLost):
        feed_unchanged(part, lease)


def test_what_an_index_of_indexes_leads_to_is_stopped_and_started_with_it(site):
    for n in range(2):
        inner = f"<sitemap><loc>https://paper.example/{n + 1}.xml</loc></sitemap>"
        site.answers[f"/{n}.xml"] = page(sitemap(inner, "sitemapindex"), content_type="text/xml")
    inner = sitemap("<url><loc>https://paper.example/1</loc></url>")
    site.answers["/2.xml"] = page(inner, content_type="text/xml")
    feed = subscribed("https://paper.example/0.xml")
    work_off(Feed)
    stop_feed(feed.pk, by=UserFactory())
    assert not Feed.objects.filter(active=True).exists()
    assert Page.objects.get().state == PageState.FAILED
    start_feed(feed.pk, by=UserFactory())
    work_off(Feed)
    assert Feed.objects.filter(active=True).count() == 3
