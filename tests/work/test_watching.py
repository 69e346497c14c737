"""Sources looked at again: unchanged, changed, gone, come back; cited ones first."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from claims.models import Evidence, Publication, Verdict
from claims.states import VerdictState
from claims.tasks import watch_sources
from factcheck.models import Event
from factcheck.refusals import Refused
from sources import watching
from sources.actions import add_documents
from sources.models import Access, Page, PageState, Passage, Snapshot, Source
from sources.moderating import examine_source, record_access
from sources.passages import cut, passages
from sources.storing import Document, store_documents
from sources.watching import retry_page
from tests.factories import (
    ArticleFactory,
    ClaimFactory,
    EvidenceFactory,
    PageFactory,
    PassageFactory,
    SourceFactory,
    UserFactory,
)
from tests.loopback import redirect, refusal
from tests.stories import verdict_in
from tests.work.sites import served
from tests.workers import make_due, work_off

pytestmark = [pytest.mark.django_db]

FIRST = (
    "Forty boats left the harbour on Monday, the log of the harbour master says.\n\n"
    "No ferry sailed because of the storm, which was the worst anybody remembered."
)
LATER = FIRST.replace("Forty", "Fifty")
URL = "https://port.example/log"


NOT_FREE = {"@type": "NewsArticle", "isAccessibleForFree": False}


@pytest.fixture(autouse=True)
def no_robots_kept():
    cache.clear()


@pytest.fixture
def kept(site):
    """A page that was fetched once, and what it said."""
    site.answers["/log"] = served(FIRST, headers=('ETag: "a1"',))
    page = PageFactory(url=URL, host="port.example")
    work_off(Page)
    page.refresh_from_db()
    site.fetched()
    return page


def look(page):
    make_due(page)
    assert work_off(Page) == 1
    page.refresh_from_db()
    return page


def days_to_wait(page):
    return round((page.due_at - timezone.now()) / timedelta(days=1))


@pytest.mark.parametrize("answer", [refusal(304), None], ids=["not modified", "the same words"])
def test_an_unchanged_page_is_looked_at_ever_more_rarely(site, kept, answer):
    if answer:
        site.answers["/log"] = answer
    waits = [days_to_wait(look(kept)) for _ in range(6)]
    assert waits == [14, 28, 56, 112, 180, 180]
    assert 'If-None-Match: "a1"' in site.requests[-1]
    assert Snapshot.objects.count() == 1
    assert Source.objects.get().changed_at is None


def test_a_changed_page_is_frozen_anew_and_told_of(site, kept):
    site.answers["/log"] = served(LATER)
    look(kept)
    first, second = Snapshot.objects.order_by("pk")
    assert "Fifty boats" in second.text
    assert "Forty boats" in first.text
    assert second.read_at is not None
    assert Source.objects.get().changed_at is not None
    assert Event.objects.latest("position").verb == "source.changed"
    assert days_to_wait(kept) == 7


def test_a_page_that_says_again_what_it_said_is_known_by_what_was_seen_last(site, kept):
    evidence = cite(kept.source)
    for text, place in ((LATER, 0), (FIRST, None)):
        site.answers["/log"] = served(text)
        look(kept)
        assert Evidence.objects.with_changes().get(pk=evidence.pk).place_now == place
    assert Snapshot.objects.count() == 2


def test_words_that_still_stand_in_a_changed_page_are_told_apart(site, kept):
    evidence = cite(kept.source, "No ferry sailed because of the storm")
    site.answers["/log"] = served(LATER)
    look(kept)
    assert Evidence.objects.with_changes().get(pk=evidence.pk).place_now > 0


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_told_of_and_may_come_back(site, kept, status):
    site.answers["/log"] = refusal(status)
    look(kept)
    source = Source.objects.get()
    assert (kept.state, source.gone) == (
        PageState.GONE,
        f"port.example answered with status {status}.",
    )
    assert Event.objects.latest("position").verb == "source.gone"
    look(kept)
    assert Event.objects.filter(verb="source.gone").count() == 1
    site.answers["/log"] = served(FIRST)
    look(kept)
    source.refresh_from_db()
    assert (kept.state, source.gone_at) == (PageState.KEPT, None)
    assert Event.objects.latest("position").verb == "source.returned"


def test_an_address_that_leads_to_another_page_is_gone_and_one_that_moved_is_not(site, kept):
    site.answers |= {"/log": redirect("https://port.example/2020/log"), "/2020/log": served(FIRST)}
    look(kept)
    assert kept.state == PageState.KEPT
    front = (
        "Welcome to the port. Here you find our newest offers and all that we can do for you today."
    )
    site.answers |= {"/log": redirect("https://port.example/"), "/": served(front)}
    look(kept)
    assert kept.problem == "The address leads to another page now: https://port.example/"
    assert Snapshot.objects.count() == 1


def test_a_host_is_dead_after_many_tries_over_days_and_not_before(site, kept):
    site.answers["/log"] = refusal(503)
    for tries in range(1, watching.MOST_MISSED + 1):
        look(kept)
        assert (kept.state, kept.missed) == (PageState.KEPT, tries)
    Page.objects.update(missed_at=timezone.now() - watching.MISSED_FOR)
    look(kept)
    assert kept.state == PageState.GONE
    assert "So it was 6 times, since" in Source.objects.get().gone


def test_an_address_that_leads_inside_by_now_is_gone(site, kept):
    site.answers["/log"] = redirect("http://10.0.0.7/")
    look(kept)
    assert kept.state == PageState.GONE


def test_the_same_bytes_read_otherwise_are_no_change(site, kept, monkeypatch):
    Snapshot.objects.all()  # what is frozen says which extractor read it
    first = Snapshot.objects.get()
    document = Document(
        title="x",
        text="Read otherwise now.",
        outlet="x",
        record=bytes(first.record),
        extractor="new",
    )
    assert not watching.is_changed(first, document)


def test_of_a_text_that_was_given_most_sentences_must_stand(site):
    given = " ".join(f"Boat number {n} left the harbour of Hull on Monday." for n in range(20))
    store_documents([Document(title="Log", text=given, outlet="Port", url=URL)])
    watch_sources()
    page = Page.objects.get()
    site.answers["/log"] = served(f"{given}\n\nSubscribe to the news of the harbour of Hull now.")
    look(page)
    assert Snapshot.objects.count() == 1
    assert "If-None-Match" not in site.requests[-1]
    site.answers["/log"] = served(given.replace("Monday", "Tuesday"))
    look(page)
    assert Snapshot.objects.count() == 2


# Which are looked at, and when.
def cite(source, words="Forty boats left the harbour", *, public=True, **columns):
    snapshot = source.snapshots.order_by("pk").first()
    start = snapshot.text.index(words)
    passage = PassageFactory(snapshot=snapshot, start=start, end=start + len(words))
    claim = ClaimFactory(article=ArticleFactory(public=public))
    return EvidenceFactory(claim=claim, passage=passage, accepted=True, **columns)


def test_every_public_source_with_an_address_is_looked_at(site):
    watched = SourceFactory()
    SourceFactory(url=None)
    SourceFactory(access=Access.PRIVATE)
    watch_sources()
    watch_sources()
    page = Page.objects.get()
    assert (page.source, page.state) == (watched, PageState.KEPT)
    assert 7 <= days_to_wait(page) <= 14


def test_an_address_that_led_to_another_source_keeps_no_other_from_being_looked_at(
    site, monkeypatch
):
    monkeypatch.setattr(watching, "TOGETHER", 1)
    PageFactory(kept=True, url="https://paper.example/short")
    SourceFactory(url="https://paper.example/short")
    later = SourceFactory()
    watch_sources()
    assert Page.objects.filter(source=later).exists()
    assert watching.watch_sources() == 0


def test_a_cited_source_is_looked_at_within_a_day_and_then_at_least_every_two_weeks(site, kept):
    cite(kept.source)
    watch_sources()
    kept.refresh_from_db()
    assert (kept.cited, days_to_wait(kept)) == (True, 1)
    assert [days_to_wait(look(kept)) for _ in range(5)] == [2, 4, 8, 14, 14]


@pytest.mark.parametrize(
    "secret",
    [{"public": False}, {"publication": Publication.SECRET}],
    ids=["confidential", "secret"],
)
def test_what_nobody_may_know_of_does_not_hurry_anything(site, kept, secret):
    cite(kept.source, **secret)
    before = Page.objects.values().get()
    watch_sources()
    assert Page.objects.values().get() == before


def test_a_source_that_became_private_is_never_asked_again(site, kept):
    record_access(kept.source_id, access=Access.PRIVATE, by=UserFactory())
    look(kept)
    assert site.asked == []
    assert kept.due_at is None
    with pytest.raises(Refused, match="private"):
        retry_page(kept.pk, by=UserFactory())


def test_robots_txt_is_heeded_for_what_nobody_cites(site, kept):
    site.answers["/robots.txt"] = redirect("https://port.example/r.txt")
    site.answers["/r.txt"] = (
        served("x").replace(b"<html>", b"").replace(b"text/html", b"text/plain")
    )
    rules = b"User-agent: *\nDisallow: /\n"
    site.answers["/r.txt"] = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(rules)
    ) + rules
    cache.clear()
    look(kept)
    assert "/log" not in site.asked
    assert (kept.state, Source.objects.get().gone_at) == (PageState.KEPT, None)
    cite(kept.source)
    watch_sources()
    look(kept)
    assert "/log" in site.asked


# Access.
@pytest.mark.parametrize(
    ("status", "access"), [(401, "registration"), (402, "paywall"), (403, "registration")]
)
def test_a_refusal_proposes_an_access_and_is_no_sign_that_the_page_is_gone(
    site, kept, status, access
):
    site.answers["/log"] = refusal(status)
    look(kept)
    source = Source.objects.get()
    assert (source.access, source.proposed_access, source.gone_at) == ("open", access, None)
    assert f"status {status}" in source.access_reason


def test_what_a_page_says_of_itself_is_proposed_and_a_person_records_it(site):
    site.answers["/log"] = served(
        FIRST,
        head=f'<script type="application/ld+json">{json.dumps(NOT_FREE)}</script>',
    )
    page = PageFactory(url=URL, host="port.example")
    work_off(Page)
    source = Source.objects.get()
    assert (source.access, source.proposed_access) == ("open", "paywall")
    record_access(source.pk, access="open", by=UserFactory())
    look(page)
    source.refresh_from_db()
    assert (source.access, source.proposed_access) == ("open", "")
    assert Event.objects.filter(verb="source.access_recorded").count() == 1


# What people see of it.
def cited_by_a_public_verdict():
    verdict = verdict_in(VerdictState.PUBLISHED)
    evidence = verdict.citations.first().evidence
    return verdict, evidence.source, evidence.passage


@pytest.mark.parametrize("still", [True, False])
def test_a_public_verdict_is_flagged_when_the_words_it_cites_are_gone_until_somebody_looked(still):
    verdict, source, passage = cited_by_a_public_verdict()
    text = passage.text + " More was added." if still else "Something else is said here now."
    store_documents([Document(title="x", text=text, outlet=source.outlet.name, url=source.url)])
    Source.objects.filter(pk=source.pk).update(changed_at=timezone.now())
    flagged = Verdict.objects.resting_on_changed()
    assert list(flagged) == ([] if still else [verdict])
    examine_source(source.pk, by=UserFactory())
    assert not flagged.all().exists()
    with pytest.raises(Refused):
        examine_source(source.pk, by=UserFactory())


def test_a_public_verdict_is_flagged_when_its_source_is_gone():
    verdict, source, _ = cited_by_a_public_verdict()
    Source.objects.filter(pk=source.pk).update(gone_at=timezone.now(), gone="Status 404.")
    assert list(Verdict.objects.resting_on_changed()) == [verdict]


def test_an_import_of_other_words_flags_the_verdict_and_the_same_words_again_do_not():
    verdict, source, passage = cited_by_a_public_verdict()
    said, other = passage.snapshot.text, "Something else is said here now."
    for text, flagged in ((said, False), (other, True), (said, False), (other, True)):
        given = Document(title="x", text=text, outlet=source.outlet.name, url=source.url)
        add_documents([(given, cut(text, passages(text)))])
        assert list(Verdict.objects.resting_on_changed()) == ([verdict] if flagged else [])
        shown = Passage.objects.current().filter(snapshot__source=source)
        assert {found.snapshot.text for found in shown} == {text}
    examine_source(source.pk, by=UserFactory())
    assert not Verdict.objects.resting_on_changed().exists()
