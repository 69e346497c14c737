"""The article with every claim where it stands, and its evidence beside it."""

import re

import pytest
from django.urls import reverse

from claims.actions.attributing import Voice, attribute_claim
from claims.kinds import NOT_IN_BODY, Kind
from claims.models import Evidence
from claims.states import VersionState
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    AttributionFactory,
    ClaimFactory,
    EvidenceFactory,
    ModelRunFactory,
    PassageFactory,
    SearchFactory,
)
from tests.stories import merged_claim

TEXT = "Forty boats at sea\n\nForty boats left the harbour on Monday, officials said.\n\nPhoto: AP"


@pytest.fixture
def version(db):
    return ArticleVersionFactory(split=True, text=TEXT)


def page_of(browser, version):
    response = browser.get(reverse("claims:article", args=[version.article.public_id]))
    assert response.status_code == 200
    return response.text


def words_of(html):
    """The text column as a reader reads it, without the markup."""
    column = html.split('id="text"')[1].split('id="claims"')[0]
    return re.sub(r"<[^>]+>", "", column)


def claim_at(version, quote, **columns):
    appearance = AppearanceFactory(version=version, quote=quote, **columns)
    SearchFactory(claim=appearance.claim, done=True)
    return appearance.claim


def test_claims_kept_aside_are_counted_beside_those_of_the_desk(browser, version):
    claim_at(version, "Forty boats left the harbour on Monday")
    assert "kept aside" not in page_of(browser, version)
    for quote in ("Forty boats at sea", "officials"):
        claim_at(version, quote, claim=ClaimFactory(article=version.article, desk=False))
    html = page_of(browser, version)
    assert 'href="#claims">1 claim and 2 kept aside</a>' in html
    assert '1 claim <span class="count">and 2 kept aside</span></h2>' in html


def test_a_claim_shows_the_sentence_it_must_be_read_with(browser, version):
    claim = claim_at(version, "Forty boats left the harbour on Monday")
    claim.needs_context, claim.read_with = True, "It rained <all> week."
    claim.save()

    assert "Read it with: <q>It rained &lt;all&gt; week.</q>" in page_of(browser, version)


@pytest.mark.django_db
def test_what_the_page_sets_apart_is_a_quotation_here_too(browser):
    start = TEXT.index("Forty boats left")
    placed = [[0, 18, "headline"], [start, TEXT.index("\n\nPhoto"), "quotation"]]
    version = ArticleVersionFactory(split=True, text=TEXT, blocks=placed)

    quoted = page_of(browser, version).split("<blockquote>")[1].split("</blockquote>")[0]
    assert "Forty boats left the harbour" in quoted


def test_the_place_of_a_merged_claim_has_the_number_of_the_one_that_stays(browser, version):
    kept = claim_at(version, "Forty boats left the harbour on Monday")
    merged_claim(kept, "officials said")
    html = page_of(browser, version)
    places = re.findall(r'<span class="anchor"([^>]*) data-number="1"></span>(\w)', html)
    assert places == [(' id="words-1"', "F"), ("", "o")]


def test_overlapping_claims_are_marked_where_they_stand_and_no_word_is_lost(browser, version):
    claim_at(version, "Forty boats left the harbour on Monday")
    claim_at(version, "the harbour on Monday, officials said")
    html = page_of(browser, version)
    assert "Forty boats left the harbour on Monday, officials said." in words_of(html)
    marks = re.findall(r'data-claims="([\d ]+) "[^>]*>(.*?)</a>', html)
    assert [(over, re.sub(r"<[^>]+>", "", words)) for over, words in marks] == [
        ("1", "Forty boats left "),
        ("1 2", "the harbour on Monday"),
        ("2", ", officials said"),
    ]


def test_evidence_shows_source_date_rationale_and_how_sure_the_machine_is(browser, version):
    claim = claim_at(version, "Forty boats left the harbour")
    passage = PassageFactory(snapshot__text="The count was 12 boats. Nobody was hurt.")
    EvidenceFactory(
        claim=claim,
        passage=passage,
        machine_stance="contradicts",
        confidence=0.87,
        shown=True,
        rationale_start=0,
        rationale_end=23,
    )
    html = page_of(browser, version)
    assert "<mark>The count was 12 boats.</mark> Nobody was hurt." in html
    assert "Suggested by the stance model, right with a probability of 0.87:" in html
    assert "likely contradicts" in html
    assert passage.snapshot.source.title in html
    assert passage.snapshot.source.outlet.name in html
    assert "undated" in html


def test_a_stance_the_machine_is_not_sure_of_is_not_shown(browser, version):
    claim = claim_at(version, "Forty boats left the harbour")
    EvidenceFactory(claim=claim, confidence=0.4, shown=False)
    html = page_of(browser, version)
    assert "Suggested by" not in html
    assert "1 kept as background" in html


def test_a_relay_is_marked_as_such_and_gives_the_words_no_side(browser, version):
    claim = claim_at(version, "Forty boats left the harbour")
    EvidenceFactory(claim=claim, confidence=0.9, shown=True, relation="relays_claimant")
    html = page_of(browser, version)
    assert "Relays the claimant: shows that it was said, not that it is so" in html
    assert "mark lean-neither" in html


def test_a_persons_decision_says_who_and_when_and_hides_the_machines_word(
    browser, version, reviewer
):
    claim = claim_at(version, "Forty boats left the harbour")
    EvidenceFactory(claim=claim, accepted=True, shown=True, confidence=0.9, decided_by=reviewer)
    Evidence.objects.update(decided_at="2026-11-20T10:00Z")
    html = page_of(browser, version)
    assert "accepted by Ada, 20 Nov 2026" in html
    assert "Suggested by" not in html


def test_text_from_outside_is_never_markup(browser, db):
    hostile = "<script>alert(1)</script> boats left."
    version = ArticleVersionFactory(split=True, title=hostile, text=f"Title\n\n{hostile}")
    appearance = AppearanceFactory(version=version, quote=hostile)
    AttributionFactory(appearance=appearance, described_as=hostile, party__name=hostile)
    EvidenceFactory(
        claim=appearance.claim,
        passage=PassageFactory(snapshot__text=hostile, snapshot__source__title=hostile),
        shown=True,
        confidence=0.9,
    )
    assert "<script>alert" not in page_of(browser, version)


@pytest.mark.parametrize(
    ("address", "linked"),
    [("https://news.example/1", True), ("javascript://news.example/%0aalert(1)", False)],
)
def test_only_web_addresses_become_links(browser, address, linked):
    version = ArticleVersionFactory(split=True, article__canonical_url=address)
    assert ("Original page" in page_of(browser, version)) == linked


def test_what_was_left_out_is_dimmed_and_says_why(browser, db):
    start = TEXT.index("Photo")
    version = ArticleVersionFactory(
        split=True, text=TEXT, dropped=[[start, len(TEXT), "photo credit"]]
    )
    html = page_of(browser, version)
    assert re.search(r'class="dimmed">Photo: AP\s*<span class="why"> Left out: photo credit', html)
    assert "1 passage left out, and why" in html


def test_what_a_person_put_on_the_desk_is_not_left_out_any_more(browser, reviewer):
    text = "Title\n\nForty boats left the port in 2023."
    place = (text.index("Forty"), len(text))
    version = ArticleVersionFactory(
        split=True,
        text=text,
        dropped=[[*place, "photo caption"]],
        blocks=[[*place, "caption"]],
    )
    claim = ClaimFactory(article=version.article, kind="image", desk=False, check_worthiness=0.0)
    AppearanceFactory(version=version, claim=claim, quote=text[slice(*place)])
    html = page_of(browser, version)
    assert "Left out: caption" in html
    assert "1 passage left out, and why" in html
    attribute_claim(
        claim.pk, Voice(), Kind.QUANTITY, said_at=claim.said_at, attribution=1, by=reviewer
    )
    html = page_of(browser, version)
    assert "Left out" not in html
    assert "left out, and why" not in html


def test_a_sentence_left_out_inside_a_paragraph_is_still_readable(browser, db):
    text = "Title\n\nBoats left. Read more here. They came back."
    start = text.index("Read")
    version = ArticleVersionFactory(
        split=True, text=text, dropped=[[start, start + 15, "link to another article"]]
    )
    html = page_of(browser, version)
    assert 'title="Left out: link to another article">Read more here.</span>' in html
    assert "Boats left. Read more here. They came back." in words_of(html)


def test_progress_counts_claims_searched_and_a_failed_search_says_why(browser, version):
    claim_at(version, "Forty boats left the harbour")
    appearance = AppearanceFactory(version=version, quote="officials said")
    SearchFactory(claim=appearance.claim, due_at=None, last_error="the library is locked")
    html = page_of(browser, version)
    assert "1 of 2 claims searched. 1 search failed" in html
    assert "The search failed: the library is locked" in html


def test_sources_that_did_not_answer_take_one_line_and_are_named_behind_it(browser, version):
    claim = AppearanceFactory(version=version).claim
    down = [
        {"provider": provider, "found": 0, "seconds": 3.0, "error": f"{provider}: ConnectTimeout"}
        for provider in ("crossref", "wikipedia")
    ]
    SearchFactory(claim=claim, done=True, providers=down)
    line, _, behind = (
        page_of(browser, version)
        .partition("<details>\n        <summary")[2]
        .partition("</summary>")
    )
    assert "2 sources did not answer and are asked again" in line
    assert "Wikipedia, for 1 claim" in behind.partition("</details>")[0]
    assert "Wikipedia" not in line


def test_coverage_counts_what_people_decided(browser, version):
    AppearanceFactory(version=version)
    AppearanceFactory(version=version, quote="officials said")
    done = AppearanceFactory(version=version, quote="on Monday").claim
    type(done).objects.filter(pk=done.pk).update(state="dismissed", dismissal="vague")
    assert "<strong>1</strong> of 3 decided" in page_of(browser, version)


def test_words_no_longer_in_the_text_keep_their_claim_and_say_so(browser, version):
    AppearanceFactory(version=version, quote="Sixty boats left", orphaned=True)
    html = page_of(browser, version)
    assert "No longer in the text of this version: <q>Sixty boats left</q>" in html


def test_an_empty_library_says_so_and_how_to_fill_it(browser, version):
    AppearanceFactory(version=version)
    assert "./dev manage add_documents" in page_of(browser, version)
    PassageFactory()
    assert "./dev manage add_documents" not in page_of(browser, version)


def test_while_it_is_split_the_page_says_so_and_moves_on_by_itself(browser, db):
    version = ArticleVersionFactory(text=TEXT)
    html = page_of(browser, version)
    assert "Splitting the article into claims" in html
    assert '<noscript><meta http-equiv="refresh"' in html
    assert "data-poll" in html


def test_a_failed_split_shows_the_error_and_can_be_tried_again(browser, db):
    version = ArticleVersionFactory(failed=True, last_error="There is no sentence in this text.")
    html = page_of(browser, version)
    assert "There is no sentence in this text." in html
    assert "Split it again" in html
    answer = browser.post(reverse("claims:split_again", args=[version.article.public_id]))
    assert answer.status_code == 302
    version.refresh_from_db()
    assert version.state == VersionState.RECEIVED


def test_an_older_version_is_marked_as_such(browser, version):
    newer = ArticleVersionFactory(article=version.article, split=True, text="Sixty boats.")
    old = browser.get(reverse("claims:version", args=[version.article.public_id, 1])).text
    assert "This is version 1." in old
    assert "Forty boats left" in old
    assert "Sixty boats." in page_of(browser, newer)


def test_the_version_that_was_read_is_made_public_and_no_later_one(browser, reviewer):
    version = ArticleVersionFactory(split=True, article__owner=reviewer)
    page = reverse("claims:article", args=[version.article.public_id])
    disclose = reverse("claims:disclose", args=[version.article.public_id])
    form = browser.get(page).text.partition("Make it public")[2]
    assert '<input type="hidden" name="version" value="1">' in form
    ArticleVersionFactory(article=version.article, split=True)
    overtaken = browser.post(disclose, {"version": "1"})
    assert overtaken.status_code == 409
    assert "Version 2 has come since the one you read" in overtaken.text
    older = reverse("claims:version", args=[version.article.public_id, 1])
    assert disclose not in browser.get(older).text
    said = browser.post(disclose, {"version": "2"}, follow=True).text
    assert "The article is public now; verdicts may quote it." in said
    assert "waits" not in said


def test_the_page_asks_a_fixed_number_of_questions(browser, version, django_assert_max_num_queries):
    for quote in ("Forty boats left", "the harbour", "on Monday", "officials", "said"):
        appearance = AppearanceFactory(version=version, quote=quote)
        AttributionFactory(appearance=appearance)
        SearchFactory(claim=appearance.claim, done=True)
        for stance in ("supports", "contradicts", "supports"):
            EvidenceFactory(
                claim=appearance.claim, machine_stance=stance, shown=True, confidence=0.9
            )
        EvidenceFactory(claim=appearance.claim, accepted=True)
    with django_assert_max_num_queries(16):
        page_of(browser, version)


def test_an_article_in_another_language_says_that_nothing_is_guessed(browser):
    version = ArticleVersionFactory(
        split=True, text="Titel\n\nVierzig Boote liefen aus.", language="de"
    )
    claim = ClaimFactory(article=version.article, kind="unknown", check_worthiness=None)
    claim_at(version, "Vierzig Boote liefen aus", claim=claim)
    html = page_of(browser, version)
    assert "Written in German: sentences only, no claimant or check-worthiness is guessed" in html
    assert "Claimant not known" in html
    assert html.count("The article itself") == 1  # to be chosen for a claim marked by hand
    assert "check-worthy" not in html


def test_what_was_not_read_is_named_below_the_text(browser):
    version = ArticleVersionFactory(split=True, notes=["Attachments not read: <dam>.png."])
    assert "Attachments not read: &lt;dam&gt;.png." in page_of(browser, version)


def test_a_headline_the_body_does_not_bear_out_says_so_beside_its_claim(browser, version):
    claim_at(version, "Forty boats left the harbour on Monday")
    warning = "The headline says this; the body of the article does not."
    assert warning not in page_of(browser, version)

    claim = claim_at(version, "Forty boats at sea")
    claim.reasons = ["number", NOT_IN_BODY]
    claim.save(update_fields=["reasons"])

    assert page_of(browser, version).count(warning) == 1


def test_a_quiet_line_says_that_the_language_model_did_not_help(browser, version):
    claim_at(version, "Forty boats left the harbour")
    ModelRunFactory(version=version, down=True)
    line = "Split by the offline rules: the language model did not answer in time."
    assert line in page_of(browser, version)
    progress = reverse("claims:progress", args=[version.article.public_id])
    assert line in browser.get(progress).text


def test_what_the_language_model_did_and_cost_can_be_read(browser, version):
    claim_at(version, "Forty boats left the harbour")
    ModelRunFactory(version=version, refused={"words that the sentence does not print": 3})
    html = page_of(browser, version)
    assert "Split by the rules and refined by scripted" in html
    assert "1 question, 780 tokens, 1.5 seconds." in html
    assert '3 × <span class="muted">words that the sentence does not print</span>' in html
    assert "offline rules:" not in html


def test_without_a_language_model_nothing_is_said_of_one(browser, version):
    claim_at(version, "Forty boats left the harbour")
    html = page_of(browser, version)
    assert "language model" not in html
    assert "refined" not in html
