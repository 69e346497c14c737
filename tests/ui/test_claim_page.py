"""A claim's own page: its place, its evidence on two sides, and every act on it."""

import re

import pytest
from django.urls import reverse

from claims.actions.review import reword_claim
from claims.models import Article, Evidence, Search
from claims.states import ClaimState, EvidenceState
from tests.factories import (
    LONG_AGO,
    AppearanceFactory,
    ArticleVersionFactory,
    AttributionFactory,
    EvidenceFactory,
    PassageFactory,
    SearchFactory,
)
from tests.ui.conftest import logged_in, path, person

TEXT = "Boats\n\nIt was cold. Forty boats left the harbour, officials said. Nobody was hurt."


@pytest.fixture
def claim(db, reviewer):
    version = ArticleVersionFactory(split=True, text=TEXT, title="Boats at sea")
    appearance = AppearanceFactory(version=version)
    AttributionFactory(appearance=appearance, party__name="officials", verb="said")
    found = appearance.claim
    type(found).objects.filter(pk=found.pk).update(state="in_review", reviewer=reviewer)
    found.refresh_from_db()
    return found


def page_of(browser, claim):
    answer = browser.get(path("claim", claim))
    assert answer.status_code == 200
    return answer.text


def test_the_quote_stands_in_its_context(browser, claim):
    html = page_of(browser, claim)
    assert "It was cold. <mark>Forty boats left the harbour</mark>, officials said." in html
    assert "Boats at sea" in html


def blocks_of(text):
    starts = [m.start() for m in re.finditer(r"^.", text, re.MULTILINE)]
    placements = ["headline", *["body"] * (len(starts) - 1)]
    ends = [text.find("\n", start) for start in starts[:-1]] + [len(text)]
    return [list(block) for block in zip(starts, ends, placements, strict=True)]


def page_of_text(browser, text, **columns):
    version = ArticleVersionFactory(text=text, blocks=blocks_of(text), **columns)
    return page_of(browser, AppearanceFactory(version=version).claim)


def test_a_quote_that_opens_its_paragraph_stands_below_the_end_of_the_one_above(browser, db):
    above = f"{'Nobody knew it. ' * 30}It was cold."
    text = f"Boats at sea\n\n{above}\n\nForty boats left the harbour. It sank."
    html = page_of_text(browser, text)
    shown = html.split('<p class="above">')[1].split("</p>")[0]
    assert shown.startswith("… ")
    assert shown.endswith("Nobody knew it. It was cold.")
    assert "</p><mark>Forty boats left the harbour</mark>. It sank." in html


def test_words_without_blanks_are_cut_anywhere(browser, db):
    text = f"Boats\n\n{'海' * 400}\n\nForty boats left the harbour{'海' * 400}"
    html = page_of_text(browser, text)
    assert f'<p class="above">… {"海" * 240}</p>' in html
    assert f"</mark>{'海' * 240} …" in html


def test_the_headline_is_not_shown_above_the_first_paragraph(browser, db):
    html = page_of_text(browser, "Boats at sea\n\nForty boats left the harbour. It sank.")
    assert 'class="above"' not in html


@pytest.mark.parametrize(
    ("why", "shown"),
    [
        ("byline or date line", "Nobody knew it."),
        ("question", "By Ann Lee"),
        ("no statement", "By Ann Lee"),
    ],
)
def test_of_what_gives_no_claim_only_words_of_the_text_are_shown_above_a_quote(
    browser, db, why, shown
):
    text = "Boats\n\nNobody knew it.\n\nBy Ann Lee\n\nForty boats left the harbour. It sank."
    place = text.index("By Ann")
    html = page_of_text(browser, text, dropped=[[place, place + 10, why]])
    assert f'<p class="above">{shown}</p>' in html


def test_evidence_stands_on_its_side_and_says_why_it_is_shown(browser, claim):
    why = {"provider": "library", "rank": 2, "ranks": {"lexical": 3}, "model": "reader 1"}
    EvidenceFactory(claim=claim, shown=True, confidence=0.9, why=why)
    EvidenceFactory(claim=claim, shown=True, confidence=0.8, machine_stance="contradicts")
    EvidenceFactory(claim=claim, confidence=0.6, machine_stance="neutral")
    EvidenceFactory(claim=claim, rejected=True)
    html = page_of(browser, claim)
    for_it, against = html.split('id="for"')[1].split('id="against"')
    assert "likely supports" in for_it
    assert "Library, place 2, lexical 3" in for_it
    assert "likely contradicts" in against
    assert (
        "The stance model takes no side, right with a probability of 0.60"
        in html.split("<h2>Background")[1]
    )
    assert "Another harbour." in html


def test_origins_are_counted_once_for_each_independent_origin(browser, claim):
    passage = PassageFactory()
    other = PassageFactory(snapshot__source__outlet=passage.snapshot.source.outlet)
    for each in (passage, other):
        EvidenceFactory(claim=claim, passage=each, accepted=True)
    EvidenceFactory(claim=claim, accepted=True, relation="relays_claimant")
    assert "3 accepted, 1 independent origin<" in page_of(browser, claim)


def test_what_nobody_accepted_is_no_origin(browser, claim):
    EvidenceFactory(claim=claim, shown=True, confidence=0.9)
    assert "0 accepted, 0 independent origins<" in page_of(browser, claim)


@pytest.mark.parametrize(
    ("titles", "kind", "origins"),
    [
        (["Harbour master"], "interview", "1 independent origin<"),
        (["Harbour master", "harbour master"], "interview", "1 independent origin<"),
        (["Harbour master", "The log"], "observation", "2 independent origins<"),
        (["Harbour master", "The log"], "document", "0 independent origins<"),
        (["Harbour master"], "calculation", "0 independent origins<"),
    ],
)
def test_what_a_person_recorded_is_an_origin_where_it_is_primary(
    titles, kind, origins, browser, claim
):
    for title in titles:
        EvidenceFactory(
            claim=claim, by_hand=True, accepted=True, kind=kind, title=title, passage_digest=title
        )
    assert f"{len(titles)} accepted, {origins}" in page_of(browser, claim)


def test_a_reprint_says_whose_words_it_prints_and_how_near_it_is(browser, claim):
    first = PassageFactory(snapshot__source__primary=True)
    EvidenceFactory(claim=claim, passage=first, shown=True, confidence=0.9)
    EvidenceFactory(claim=claim, passage=PassageFactory(), shown=True, confidence=0.8)
    page = page_of(browser, claim)
    assert "Primary: the figures themselves" in page
    assert "Secondary: article" in page
    name = first.snapshot.source.outlet.name
    assert f"origin {name}, because it prints the same words as {name}" in page


@pytest.mark.parametrize("stance", ["supports", "contradicts", "neutral"])
def test_a_person_accepts_a_passage_for_a_side(browser, claim, reviewer, stance):
    piece = EvidenceFactory(claim=claim, shown=True, confidence=0.9)
    answer = browser.post(path("accept", piece), {"stance": stance})
    assert answer.url.endswith(f"#evidence-{piece.public_id}")
    piece.refresh_from_db()
    assert (piece.state, piece.stance, piece.decided_by) == ("accepted", stance, reviewer)


def test_rejecting_without_a_reason_asks_for_it_and_takes_it(browser, claim):
    piece = EvidenceFactory(claim=claim)
    asked = browser.post(path("reject", piece), {"reason": " "})
    assert asked.status_code == 422
    assert "Say why it does not count." in asked.text
    assert 'name="reason"' in asked.text
    browser.post(path("reject", piece), {"reason": "Another harbour."})
    piece.refresh_from_db()
    assert (piece.state, piece.rejection) == ("rejected", "Another harbour.")
    browser.post(path("reconsider", piece))
    piece.refresh_from_db()
    assert piece.state == EvidenceState.SUGGESTED


def test_evidence_is_added_by_hand(browser, claim, reviewer):
    sent = {
        "kind": "interview",
        "title": "Harbour master, by telephone",
        "body": "She counted forty.",
        "stance": "supports",
        "publication": "described",
    }
    assert browser.post(path("add_evidence", claim), sent).status_code == 302
    piece = Evidence.objects.get()
    assert (piece.kind, piece.body, piece.added_by) == ("interview", sent["body"], reviewer)
    assert piece.publication == "described"
    assert "Harbour master, by telephone" in page_of(browser, claim)


def test_what_was_typed_is_kept_when_something_is_missing(browser, claim):
    sent = {"kind": "", "title": "A call", "body": "She counted forty.", "stance": "supports"}
    answer = browser.post(path("add_evidence", claim), sent)
    assert answer.status_code == 422
    assert "Choose what sort of thing it is." in answer.text
    assert "She counted forty." in answer.text


def test_whoever_brings_evidence_says_what_it_does(browser, claim):
    sent = {"kind": "interview", "title": "A call", "body": "Four.", "publication": "described"}
    answer = browser.post(path("add_evidence", claim), sent)
    assert answer.status_code == 422
    assert claim.evidence.count() == 0
    assert "Choose what it does to the claim" in page_of(browser, claim)


def test_rewording_keeps_the_old_wording_and_searches_again(browser, claim):
    browser.post(path("reword", claim), {"text": "Forty boats left Hull.", "wording": "1"})
    html = page_of(browser, claim)
    assert ">Forty boats left Hull.</h1>" in html
    assert "wording 2 by Ada" in html
    assert "Forty boats left the harbour." in html.split("Earlier wordings")[1]
    assert "waits to run" in html


def test_the_splitters_score_and_signs_do_not_stand_beside_a_persons_words(browser, claim):
    type(claim).objects.update(check_worthiness=0.99, reasons=["named person"])
    assert "check-worthy 0.99 (named person)" in page_of(browser, claim)
    browser.post(path("reword", claim), {"wording": "1", "text": "Boats left."})
    html = page_of(browser, claim)
    assert "check-worthy" not in html
    assert "named person" not in html
    listed = browser.get("/desk/?state=all").text
    assert "check-worthy 0.99" not in listed
    assert "reworded by Ada" in listed
    article = browser.get(reverse("claims:article", args=[claim.article.public_id])).text
    assert "named person" not in article


def test_who_loses_a_race_for_the_wording_sees_both_and_can_send_again(browser, claim, reviewer):
    reword_claim(claim.pk, "Forty boats left Hull.", wording=1, by=reviewer)
    late = browser.post(path("reword", claim), {"text": "Forty vessels left.", "wording": "1"})
    assert late.status_code == 409
    assert "Forty boats left Hull." in late.text
    assert "Forty vessels left." in late.text
    assert '<input type="hidden" name="wording" value="2">' in late.text
    browser.post(path("reword", claim), {"text": "Forty vessels left.", "wording": "2"})
    claim.refresh_from_db()
    assert claim.text == "Forty vessels left."


def test_while_somebody_else_holds_it_the_page_is_for_reading(editors_browser, claim):
    piece = EvidenceFactory(claim=claim)
    html = page_of(editors_browser, claim)
    assert "In review by Ada" in html
    assert path("accept", piece) not in html
    answer = editors_browser.post(path("accept", piece), {"stance": "supports"})
    assert answer.status_code == 409
    assert "Ada has this claim in hand." in answer.text


def test_dismissing_and_bringing_back(browser, claim):
    browser.post(path("dismiss", claim), {"reason": "vague", "note": "No number."})
    html = page_of(browser, claim)
    assert "Not checked: vague" in html
    assert "No number." in html
    browser.post(path("restore", claim))
    claim.refresh_from_db()
    assert claim.state == ClaimState.OPEN


def test_confirming_needs_evidence_and_keeps_the_note(browser, claim):
    sent = {"outcome": "confirmed", "note": "The log says so."}
    refused = browser.post(path("close", claim), sent)
    assert refused.status_code == 422
    assert "Accept at least one piece of evidence first." in refused.text
    assert "The log says so." in refused.text
    EvidenceFactory(claim=claim, accepted=True)
    browser.post(path("close", claim), sent)
    assert "Confirmed</strong> by Ada: The log says so." in page_of(browser, claim)


def test_searching_again_makes_one_search(browser, claim):
    SearchFactory(claim=claim, done=True)
    for _ in range(2):
        browser.post(path("look_again", claim))
    assert claim.searches.filter(due_at__isnull=False).count() == 1


def test_the_page_asks_a_fixed_number_of_questions(
    browser, claim, reviewer, django_assert_max_num_queries
):
    for _ in range(5):
        EvidenceFactory(claim=claim, shown=True, confidence=0.9)
        EvidenceFactory(claim=claim, accepted=True)
        SearchFactory(claim=claim, done=True)
        browser.post(path("release", claim))
        browser.post(path("take", claim))
    reword_claim(claim.pk, "Forty boats left Hull.", wording=1, by=reviewer)
    with django_assert_max_num_queries(19):
        page_of(browser, claim)


ACTS = [
    "take",
    "release",
    "reword",
    "attribute",
    "dismiss",
    "restore",
    "close",
    "look_again",
    "add_evidence",
]


@pytest.mark.parametrize("act", [*ACTS, "add_evidence", "start_verdict", "correct"])
def test_without_the_role_no_act_is_possible(act, claim):
    answer = logged_in(person("eve")).post(path(act, claim))
    assert answer.status_code == 403
    claim.refresh_from_db()
    assert claim.state == ClaimState.IN_REVIEW


def test_what_nobody_searched_is_not_said_to_have_found_nothing(browser, claim):
    html = page_of(browser, claim)
    assert html.count("Not searched.") == 2
    assert "Nothing found" not in html
    assert "Nobody has searched yet." in html
    SearchFactory(claim=claim, done=True)
    html = page_of(browser, claim)
    assert "Not searched." not in html
    assert "Nothing found for it." in html
    assert "Nothing found against it." in html


def test_a_provider_that_is_owed_is_named_with_when_it_is_asked_again(browser, claim):
    Article.objects.update(visibility="public")
    owed = {"claim": claim, "outside": True}
    SearchFactory(only="europe_pmc", due_at="2100-01-01T14:20Z", **owed)
    SearchFactory(only="gdelt", due_at="2100-01-01T14:10Z", wording=2, **owed)
    html = page_of(browser, claim)
    assert "GDELT did not answer; it" not in html
    assert "Europe PMC did not answer; it is asked again by itself at" in html
    assert "1 Jan, 14:20</time> UTC" in html
    SearchFactory(only="wikipedia", due_at="2100-01-01T14:00Z", **owed)
    assert "Wikipedia and Europe PMC did not answer; each" in page_of(browser, claim)
    Search.objects.filter(only="wikipedia").update(due_at=LONG_AGO)
    html = page_of(browser, claim)
    assert "the first as soon as a worker is free." in html
    assert "Wikipedia as soon as a worker is free" in html


def test_why_sources_did_not_answer_is_told_plainly_behind_one_line(browser, claim):
    errors = {
        "wikipedia": "wikipedia: rests, wikipedia: ConnectError",
        "crossref": "crossref: status 503, asks to wait 60 s",
    }
    SearchFactory(
        claim=claim,
        done=True,
        providers=[
            {"provider": name, "found": 0, "seconds": 1.0, "error": error}
            for name, error in errors.items()
        ],
    )
    html = page_of(browser, claim)
    assert "2 sources did not answer</summary>" in html
    assert "Wikipedia: it failed lately and is left alone for a while" in html
    assert "Crossref: something is wrong on its side" in html
    assert not any(error in html for error in errors.values())


def test_sources_that_are_asked_again_take_one_line_among_the_searches(browser, claim):
    Article.objects.update(visibility="public")
    again = {"claim": claim, "outside": True, "due_at": "2100-01-01T00:01Z"}
    error = "ProviderDown: crossref: ConnectError"
    SearchFactory(only="crossref", failures=2, last_error=error, **again)
    SearchFactory(only="wikipedia", **again)
    log = page_of(browser, claim).split("Searches</h2>")[1].partition("</section>")[0]
    line, _, behind = log.partition("</summary>")
    assert "2 sources did not answer and are asked again" in line
    assert "Crossref at 1 Jan, 00:01 UTC; tried 2 times so far, it could not be reached" in behind
    assert log.count("Wikipedia") == 1
    assert error not in log
