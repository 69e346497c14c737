"""What was corrected, updated and withdrawn in public, wherever it is told."""

import json
import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.actions.correcting import begin_correction
from claims.actions.publishing import withdraw_verdict
from claims.actions.verdicts import save_draft
from claims.models import CorrectionKind, Visibility
from claims.states import VerdictState
from tests.factories import AppearanceFactory, ArticleVersionFactory, PartyFactory, UserFactory
from tests.stories import (
    STEPS,
    claim_with_evidence,
    corrected,
    finished,
    published,
    published_anew,
    verdict_in,
)

NOTE = "The port withdrew its table.\n\nAll of it."
REPLACES = "Replaces a verdict (True) withdrawn on"


def withdrawn_after_a_correction():
    verdict = corrected(CorrectionKind.KEEPS_RATING, "It was May.")
    withdraw_verdict(verdict.pk, NOTE, by=UserFactory())
    verdict.refresh_from_db()
    return verdict


def page_of(verdict):
    return f"/c/{verdict.claim.public_id}/"


def test_a_verdict_in_the_place_of_a_withdrawn_one_says_so_wherever_it_is_told_of(world):
    verdict = published_anew(withdrawn_after_a_correction(), rating="false")
    page = world.get(page_of(verdict)).text
    above = page[page.index('class="page verdict"') : page.index("<h1")]
    assert REPLACES in above
    assert "The port withdrew its table." in above
    assert "It was May." not in above
    changed = page[page.index('id="corrections"') :]
    assert changed.index("All of it.</p>") < changed.index("It was May.</p>")
    feed = world.get("/c/feed.json").json()["items"][0]["content_html"]
    assert "<p>The port withdrew its table.</p>\n\n<p>All of it.</p>" in feed
    embedded = world.get(f"{page_of(verdict)}embed/").text
    assert f"<span><strong>{REPLACES}" in embedded, "no blank where the line may begin"
    for text in (feed, world.get("/c/").text, embedded):
        assert REPLACES in text
        assert "The port withdrew its table." in text
        assert "Corrected" not in text
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    told = [comment["text"] for comment in data["correction"]]
    assert told == ["It was May.", f"Replaces a verdict (True) that was withdrawn: {NOTE}"]


def test_a_correction_of_such_a_verdict_is_told_above_it_in_place_of_the_withdrawal(world):
    anew = published_anew(withdrawn_after_a_correction())
    page = world.get(page_of(corrected(CorrectionKind.KEEPS_RATING, "It was June.", anew))).text
    above = page[page.index('class="page verdict"') : page.index("<h1")]
    assert "It was June." in above
    assert "Replaces" not in above
    assert REPLACES in page


def test_a_withdrawn_verdict_announces_its_withdrawal_and_no_rating(world):
    page = world.get(page_of(withdrawn_after_a_correction())).text
    title = re.search(r"<title>(.*?)</title>", page)[1]
    assert title.startswith("Withdrawn: ")
    assert '<h1 class="claimed"><span class="hidden">Withdrawn: </span>' in page
    assert page.count("<h1") == 1
    assert '<s class="rating">True</s>' in page
    assert "<p>The port withdrew its table.</p>\n\n<p>All of it.</p>" in page


def test_the_record_tells_every_correction_update_and_withdrawal_and_nothing_else(world):
    published("Ships came.")
    verdict_in(VerdictState.APPROVED)
    verdict = withdrawn_after_a_correction()
    updated = corrected(CorrectionKind.UPDATE, "The log came in.\n\nAt last.")
    html = world.get("/c/corrections/").text
    assert re.findall(r"<p><strong>(\w+)</strong></p>", html) == [
        "Updated",
        "Withdrawn",
        "Corrected",
    ]
    for told in ("<p>At last.</p>", "<p>All of it.</p>", "It was May.", page_of(verdict)):
        assert told in html
    assert "Ships came." not in html
    items = world.get("/c/corrections/feed.json").json()["items"]
    assert [item["tags"] for item in items] == [["updated"], ["withdrawn"], ["corrected"]]
    ids = [updated.correction, verdict, verdict.correction]
    assert [item["id"] for item in items] == [f"urn:uuid:{act.public_id}" for act in ids]
    assert items[1]["date_published"] == verdict.withdrawn_at.isoformat()
    assert "<p>All of it.</p>" in items[1]["content_html"]
    for item in items:
        for name in ("atom", "rss"):
            assert item["id"] in world.get(f"/c/corrections/feed.{name}").text


def test_the_record_is_paged_and_asks_a_fixed_number_of_questions(world, monkeypatch):
    assert "Nothing was corrected yet" in world.get("/c/corrections/").text
    monkeypatch.setattr("claims.views.corrections.PER_PAGE", 2)
    counts = set()
    for _ in range(2):
        withdrawn_after_a_correction()
        with CaptureQueriesContext(connection) as asked:
            html = world.get("/c/corrections/?page=1").text
        counts.add(len(asked))
    assert counts == {3}
    assert html.count('class="found"') == 2
    assert "Page 1 of 2" in html


@pytest.mark.parametrize("name", ["c", "verdict"])
def test_the_record_is_linked_from_the_public_pages(world, name):
    verdict = published()
    page = world.get("/c/" if name == "c" else page_of(verdict)).text
    assert 'href="/c/corrections/"' in page


def test_a_quotation_that_brings_its_marks_gets_no_more(world):
    claim, printed = claim_with_evidence(), "“Forty boats,” he said, to applause."
    version = ArticleVersionFactory(article=claim.article, text=printed, split=True)
    AppearanceFactory(claim=claim, version=version, quote=printed)
    verdict = verdict_in(VerdictState.PUBLISHED, claim)
    page = world.get(page_of(verdict)).text
    assert printed in page
    assert f"“{printed}" not in page


@pytest.mark.parametrize("claimant", ["Jo Reed", ""])
def test_only_what_the_article_itself_says_gets_quotation_marks(world, claimant):
    said_by = PartyFactory(name=claimant) if claimant else None
    claim = claim_with_evidence(claimant=said_by)
    version = ArticleVersionFactory(article=claim.article, split=True)
    AppearanceFactory(claim=claim, version=version)
    page = world.get(page_of(verdict_in(VerdictState.PUBLISHED, claim))).text
    assert ("“Forty boats left the harbour”" in page) == (not claimant)
    assert ("In the article's words:" in page) == bool(claimant)


def test_words_that_the_article_has_no_more_are_said_to_be_gone_unless_it_is_confidential(world):
    verdict = published()
    gone = "A later version of the article does not say this any more."
    assert gone not in world.get(page_of(verdict)).text
    article = verdict.claim.article
    later = ArticleVersionFactory(article=article, text="Ships came.", split=True)
    AppearanceFactory(claim=verdict.claim, version=later, orphaned=True)
    assert gone in world.get(page_of(verdict)).text
    type(article).objects.update(visibility=Visibility.CONFIDENTIAL)
    assert gone not in world.get(page_of(verdict)).text


def test_a_changed_rating_is_told_with_the_one_before(world):
    public = verdict_in(VerdictState.PUBLISHED)
    draft = begin_correction(
        public.claim_id, CorrectionKind.CHANGES_RATING, "It was May.", by=public.author
    )
    save_draft(
        draft.pk,
        replace(
            finished(draft.claim, rating="false"),
            correction=(CorrectionKind.CHANGES_RATING, "It was May."),
        ),
        by=public.author,
    )
    for step in STEPS[VerdictState.PUBLISHED]:
        step(draft.pk, public.author)
    assert "Changes the rating from True to False" in world.get("/c/corrections/").text
    feed = world.get("/c/corrections/feed.json").json()["items"][0]["content_html"]
    assert "changes the rating from True to False." in feed


def test_a_claim_of_nobody_knows_which_day_tells_none(world):
    claim = claim_with_evidence(claimant=PartyFactory(name="Jo Reed", kind="person"))
    AppearanceFactory(claim=claim, version__article=claim.article)
    html = world.get(page_of(verdict_in(VerdictState.PUBLISHED, claim))).text
    assert '<p class="label">Jo Reed said</p>' in html
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    assert "datePublished" not in data["itemReviewed"]
    assert data["itemReviewed"]["author"] == {"@type": "Person", "name": "Jo Reed"}
