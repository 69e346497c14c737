"""Subscriptions: what a feed names is fetched once, one page of a host at a time."""

from datetime import date
from threading import Event as Signal
from threading import Thread

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models.functions import Now

from factcheck.models import Event
from factcheck.refusals import Refused
from factcheck.tasks import sweep
from sources import registry, subscribing
from sources.models import Feed, MiniLMEmbedding, Page, PageState, Snapshot, Source
from sources.subscribing import add_feed, change_feed, retry_feed, start_feed, stop_feed
from sources.tasks import alone_at, read_page
from sources.web import Fetcher
from tests.factories import FeedFactory, PageFactory, SourceFactory, UserFactory
from tests.loopback import page, redirect, refusal
from tests.pure.test_feeds import item, rss, sitemap
from tests.work.sites import served
from tests.workers import make_due, work_off

pytestmark = [pytest.mark.django_db]

STORY = (
    "Forty boats left the harbour on Monday, the log of the harbour master says.\n\n"
    "No ferry sailed because of the storm, which was the worst anybody remembered."
)


@pytest.fixture(autouse=True)
def no_robots_kept():
    cache.clear()


def feed_of(body, headers=()):
    return page(body, content_type="application/rss+xml", headers=headers)


def subscribed(url="https://paper.example/feed", **columns):
    return add_feed(url=url, by=UserFactory(), **columns)


def test_each_document_of_a_feed_is_fetched_once_and_can_be_found(site):
    site.answers |= {
        "/feed": feed_of(rss(item("/1") + item("/2"))),
        "/1": served(STORY),
        "/2": served(STORY + " And more."),
    }
    feed = subscribed(outlet="The Paper")

    assert work_off(Feed) == 1
    feed.refresh_from_db()
    assert (feed.kind, feed.title, feed.named, feed.last_error) == ("rss", "The & Paper", 2, "")
    assert feed.due_at is not None
    work_off(Page)

    assert sorted(Source.objects.values_list("url", "outlet__name")) == [
        ("https://paper.example/1", "The Paper"),
        ("https://paper.example/2", "The Paper"),
    ]
    assert MiniLMEmbedding.objects.exists()
    assert not Snapshot.objects.unread().exists()
    assert Source.objects.first().published_at == date(2020, 6, 24)
    make_due(feed)
    site.fetched()
    work_off(Feed, Page)
    assert site.fetched() == ["/feed"]
    assert Page.objects.filter(state=PageState.KEPT).count() == 2


def test_an_unchanged_feed_is_asked_for_by_its_mark(site):
    site.answers["/feed"] = feed_of(
        rss(item("/1")), ['ETag: "a1"', "Last-Modified: Wed, 24 Jun 2020 08:00:00 GMT"]
    )
    feed = subscribed()
    work_off(Feed)
    site.answers["/feed"] = refusal(304)
    make_due(feed)
    work_off(Feed)
    asked = site.requests[-1]
    assert 'If-None-Match: "a1"' in asked
    assert "If-Modified-Since: Wed, 24 Jun 2020 08:00:00 GMT" in asked
    feed.refresh_from_db()
    assert (feed.last_error, feed.named) == ("", 1)


def test_a_feed_that_names_very_many_is_taken_part_by_part(site, monkeypatch):
    monkeypatch.setattr(subscribing, "NEW_AT_A_TIME", 3)
    site.answers["/feed"] = feed_of(rss("".join(item(f"/{n}") for n in range(5))), ['ETag: "a1"'])
    feed = subscribed()
    work_off(Feed)
    assert Page.objects.count() == 3
    make_due(feed)
    work_off(Feed)
    assert "If-None-Match" not in site.requests[-1]
    assert Page.objects.count() == 5
    feed.refresh_from_db()
    assert feed.etag == '"a1"'


def test_what_the_library_has_is_not_fetched_for_a_feed(site):
    SourceFactory(url="https://paper.example/1")
    site.answers["/feed"] = feed_of(rss(item("/1?utm_source=rss")))
    subscribed()
    work_off(Feed)
    assert not Page.objects.exists()


def test_a_change_a_sitemap_tells_of_is_looked_at_soon(site):
    kept = PageFactory(
        kept=True,
        source__url="https://paper.example/1",
        checked_at="2020-06-24T00:00Z",
        due_at="2999-01-01T00:00Z",
    )
    url = "<url><loc>https://paper.example/1</loc><lastmod>{}</lastmod></url>"
    for day, due in (("2020-06-01", False), ("2020-06-26", True)):
        site.answers["/map.xml"] = page(sitemap(url.format(day)), content_type="text/xml")
        Feed.objects.all().delete()
        subscribed("https://paper.example/map.xml")
        work_off(Feed)
        assert Page.objects.due().filter(pk=kept.pk).exists() == due


def test_a_change_is_noticed_wherever_it_stands_in_a_long_sitemap(site, monkeypatch):
    monkeypatch.setattr(subscribing, "TOGETHER", 2)
    pages = [
        PageFactory(
            kept=True,
            source__url=f"https://paper.example/{n}",
            checked_at="2020-06-24T00:00Z",
            due_at="2999-01-01T00:00Z",
        )
        for n in range(5)
    ]
    url = "<url><loc>{}</loc><lastmod>2020-06-26</lastmod></url>"
    named = "".join(url.format(kept.url) for kept in pages)
    site.answers["/map.xml"] = page(sitemap(named), content_type="text/xml")
    subscribed("https://paper.example/map.xml")
    work_off(Feed)
    assert Page.objects.filter(due_at__lte=Now()).count() == 5


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (refusal(500), "status 500"),
        (refusal(404), "status 404"),
        (page(b"<html><body>Maintenance</body></html>"), "names no feed"),
        (page(b"\x89PNG", content_type="image/png"), "image/png"),
    ],
)
def test_a_feed_that_fails_is_read_ever_later_then_left_to_a_person_who_may_retry(
    site, answer, why
):
    site.answers["/feed"] = answer
    feed = subscribed()
    waits = []
    for _ in range(subscribing.WORST_FAILURES):
        make_due(feed)
        work_off(Feed)
        feed.refresh_from_db()
        assert why in feed.last_error
        waits.append(seconds_until_due(feed))
    assert waits == [3600, 7200, 14400, 28800, 57600, 86400, 86400, None]
    assert Event.objects.latest("position").verb == "feed.failed"
    site.answers["/feed"] = feed_of(rss(item("/1")))
    retry_feed(feed.pk, by=UserFactory())
    work_off(Feed)
    feed.refresh_from_db()
    assert (feed.last_error, feed.failures) == ("", 0)


def seconds_until_due(feed):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT round(extract(epoch FROM due_at - statement_timestamp()) / 10) * 10"
            " FROM sources_feed WHERE id = %s",
            [feed.pk],
        )
        (seconds,) = cursor.fetchone()
    return None if seconds is None else int(seconds)


@pytest.mark.parametrize("where", ["feed", "entry", "redirect"])
def test_nothing_inside_is_ever_asked_because_of_a_feed(site, where, monkeypatch):
    inside = {"inside.example": "10.0.0.7"}
    backend = registry.fetcher()._backend
    fetcher = Fetcher(
        resolver=lambda host, port: [inside.get(host, "93.184.215.14")], backend=backend
    )
    monkeypatch.setattr(registry, "fetcher", lambda: fetcher)
    site.answers |= {
        "/feed": feed_of(rss(item("https://inside.example/1") + item("/2"))),
        "/2": redirect("https://inside.example/2"),
    }
    subscribed("https://inside.example/feed" if where == "feed" else "https://paper.example/feed")
    work_off(Feed, Page)
    assert not Source.objects.exists()
    assert all(host != "10.0.0.7" for host, _ in backend.asked)
    if where == "feed":
        assert "not public" in Feed.objects.get().last_error
        assert Feed.objects.get().due_at is None
    else:
        assert set(Page.objects.values_list("state", flat=True)) == {PageState.FAILED}
        assert all(
            "not public" in problem for problem in Page.objects.values_list("problem", flat=True)
        )


def test_what_robots_txt_forbids_is_left_and_the_file_is_asked_for_once_a_day(site):
    site.answers |= {
        "/robots.txt": page(
            b"User-agent: factcheck\nDisallow: /private/\n", content_type="text/plain"
        ),
        "/feed": feed_of(rss(item("/private/1") + item("/2"))),
        "/2": served(STORY),
    }
    subscribed()
    work_off(Feed, Page)
    assert site.asked.count("/robots.txt") == 1
    assert "/private/1" not in site.asked
    left = Page.objects.get(url__endswith="/private/1")
    assert (left.state, left.problem) == (
        "failed",
        "The site's robots.txt asks programs not to fetch this.",
    )
    assert Page.objects.get(url__endswith="/2").state == PageState.KEPT


def test_while_robots_txt_cannot_be_had_nothing_is_fetched(site):
    site.answers |= {"/robots.txt": refusal(503), "/feed": feed_of(rss(item("/1")))}
    subscribed()
    work_off(Feed, Page)
    assert site.fetched() == ["/feed"]
    waiting = Page.objects.get()
    assert (waiting.state, waiting.missed) == (PageState.WAITING, 1)


def test_two_addresses_of_one_document_are_one_source_looked_at_once(site):
    head = '<link rel="canonical" href="https://paper.example/1">'
    site.answers |= {
        "/feed": feed_of(rss(item("/1?page=all") + item("/1"))),
        "/1?page=all": served(STORY, head=head),
        "/1": served(STORY),
    }
    subscribed()
    work_off(Feed, Page)
    assert Source.objects.get().url == "https://paper.example/1"
    assert Page.objects.filter(state=PageState.KEPT).count() == 2
    assert Page.objects.filter(due_at__isnull=False).count() == 1


def test_what_a_feed_says_stands_in_for_what_a_page_does_not(site):
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in STORY.split("\n\n"))
    body = f"<html><body><article>{paragraphs}</article></body></html>"
    site.answers |= {
        "/feed": feed_of(rss(item("/1", title="Boats &amp; quays"))),
        "/1": page(body.encode()),
    }
    subscribed()
    work_off(Feed, Page)
    source = Source.objects.get()
    assert (source.title, str(source.published_at)) == ("Boats & quays", "2020-06-24")


# One at a time.
@pytest.mark.django_db(transaction=True)
def test_the_sweep_hints_at_one_page_of_a_host_and_at_none_while_it_is_asked(queue):
    queue.redis.delete("fetch")
    pages = [PageFactory(host=host) for host in ("a.example", "a.example", "b.example")]
    cited = PageFactory(host="b.example", cited=True)
    sweep()
    assert fetch_hints(queue) == {pages[0].pk, cited.pk}
    queue.redis.delete("fetch")
    assert Page.objects.lease(pages[0].pk)
    assert Page.objects.lease(pages[1].pk) is None
    sweep()
    assert fetch_hints(queue) == {cited.pk}
    assert queue.waiting_in("work") == queue.waiting_in("reading") == []  # people's queues
    queue.redis.delete("fetch")


def fetch_hints(queue):
    return {row for _, row in queue.waiting_in("fetch")}


@pytest.mark.django_db(transaction=True)
def test_a_host_another_worker_is_asking_is_asked_later(site):
    waiting, held, done = PageFactory(), Signal(), Signal()

    def hold():
        with alone_at("outlet.example"):
            held.set()
            done.wait(10)
        connection.close()

    other = Thread(target=hold)
    other.start()
    held.wait(10)
    read_page(waiting.pk)
    assert site.asked == []
    waiting.refresh_from_db()
    assert (waiting.failures, waiting.lease_id) == (0, None)
    done.set()
    other.join()
    make_due(waiting)
    read_page(waiting.pk)
    assert site.asked == ["/robots.txt", waiting.url.removeprefix("https://outlet.example")]


# What moderators do.
def test_a_stopped_feed_is_not_read_and_what_waits_is_not_fetched(site):
    site.answers["/feed"] = feed_of(rss(item("/1")))
    feed = subscribed()
    work_off(Feed)
    stop_feed(feed.pk, by=UserFactory())
    site.fetched()
    assert work_off(Feed, Page) == 0
    assert Page.objects.get().problem == "Its feed was stopped before it was fetched."
    with pytest.raises(Refused):
        stop_feed(feed.pk, by=UserFactory())
    with pytest.raises(Refused):
        retry_feed(feed.pk, by=UserFactory())
    start_feed(feed.pk, by=UserFactory())
    with pytest.raises(Refused):
        start_feed(feed.pk, by=UserFactory())
    assert work_off(Feed) == 1


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"url": "http://127.0.0.1/feed"}, "not a public"),
        ({"url": "file:///etc/passwd"}, "http"),
        ({"url": "https://paper.example/feed", "minutes": 1}, "five minutes"),
        ({"url": "https://paper.example/feed", "outlet": "x" * 201}, "Name"),
        ({"url": "https://there.example/feed"}, "there already"),
    ],
)
def test_what_is_no_feed_to_subscribe_to_is_refused(given, why):
    FeedFactory(url="https://there.example/feed")
    with pytest.raises(Refused, match=why):
        add_feed(**{"minutes": 60} | given, by=UserFactory())


def test_a_feeds_outlet_and_pace_are_its_parts_too():
    feed = FeedFactory()
    part = FeedFactory(whole=feed)
    change_feed(feed.pk, outlet="The Paper", minutes=30, by=UserFactory())
    part.refresh_from_db()
    assert (part.outlet.name, part.minutes) == ("The Paper", 30)
    with pytest.raises(Refused):
        change_feed(feed.pk, minutes=1, by=UserFactory())
