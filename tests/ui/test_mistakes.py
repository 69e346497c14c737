"""Mistakes in a form: the same page again, with what is wrong and what was typed."""

import re

import pytest

from claims.actions.review import reword_claim, take_claim
from claims.models import Claim, Evidence
from claims.states import VerdictState
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    ArticleVersionFactory,
    BringingFactory,
    EvidenceFactory,
)
from tests.stories import placed_beside, verdict_in
from tests.ui.conftest import ALERT, path

TEXT = "Boats\n\nIt was cold. Forty boats left the harbour, officials said. Nobody was hurt."


@pytest.fixture
def claim(reviewer):
    article = ArticleFactory(public=True)
    version = ArticleVersionFactory(split=True, text=TEXT, title="Boats at sea", article=article)
    found = AppearanceFactory(version=version).claim
    return take_claim(found.pk, by=reviewer)


@pytest.fixture
def hurt(claim):
    return placed_beside(claim, "Nobody was hurt", text="Nobody was hurt on Monday.")


def test_a_split_with_unchanged_parts_keeps_the_passage_and_all_parts(browser, claim):
    sent = {"wording": "1", "version": "1", "text-1": claim.text, "text-2": claim.text}
    sent |= {"text-3": "A </textarea> third.", "quote-1": "Forty boats", "start-1": "20"}
    answer = browser.post(path("split", claim), sent)
    assert answer.status_code == 422
    assert f"{ALERT}Not split. One part still says all of it." in answer.text
    assert "<mark>Forty boats left the harbour</mark>, officials said." in answer.text
    assert answer.text.count(f">{claim.text}</textarea>") == 2
    assert "A &lt;/textarea&gt; third.</textarea>" in answer.text
    assert ">Forty boats</textarea>" in answer.text
    assert 'name="start-1" value="20"' in answer.text
    assert re.search(r"<details open>\s*<summary[^>]*>More parts", answer.text)
    assert 'name="text-6"' in answer.text


def test_a_split_of_what_somebody_took_keeps_the_parts_and_offers_no_button(editors_browser, claim):
    sent = {"wording": "1", "version": "1", "text-1": "Forty boats.", "text-2": "They left."}
    late = editors_browser.post(path("split", claim), sent)
    assert late.status_code == 409
    assert "Ada has this claim in hand." in late.text
    assert "They left.</textarea>" in late.text
    assert ">Split the claim</button>" not in late.text


def test_a_merge_with_nothing_ticked_says_so_above_the_list(browser, claim, hurt):
    answer = browser.post(path("merge", claim), {"wording": "1"})
    assert answer.status_code == 422
    assert f"{ALERT}Not merged. Choose at least one other claim.</p>" in answer.text
    assert hurt.text in answer.text
    assert "checked" not in answer.text.split("<form", 2)[2]


def test_who_merges_into_other_words_than_they_read_keeps_the_ticks(browser, claim, hurt, reviewer):
    reword_claim(claim.pk, "Forty boats left Hull.", wording=1, by=reviewer)
    ticked = {"wording": "1", "claim": [f"{hurt.public_id}:1"]}
    late = browser.post(path("merge", claim), ticked)
    assert late.status_code == 409
    assert "Forty boats left Hull." in late.text
    assert f'value="{hurt.public_id}:1" checked' in late.text
    assert '<input type="hidden" name="wording" value="2">' in late.text
    assert browser.post(path("merge", claim), ticked | {"wording": "2"}).status_code == 302
    assert Claim.objects.get(pk=hurt.pk).merged_into == claim


def test_closing_without_evidence_says_so_where_the_claim_ends(browser, claim):
    sent = {"outcome": "confirmed", "note": "The log </textarea> says so."}
    answer = browser.post(path("close", claim), sent)
    assert answer.status_code == 422
    end = answer.text.split('id="end"')[1]
    assert f"{ALERT}Not closed. Accept at least one piece of evidence first.</p>" in end
    assert "The log &lt;/textarea&gt; says so.</textarea>" in end
    assert '<h1 lang="en">Forty boats left the harbour.</h1>' in answer.text


def test_an_address_that_is_refused_is_kept_in_its_field(browser, claim):
    answer = browser.post(path("bring", claim), {"url": "http://10.0.0.7/secret"})
    assert answer.status_code == 422
    bring = answer.text.split('<details class="below" id="bring" open>')[1]
    assert f"{ALERT}Nothing was brought." in bring
    assert 'value="http://10.0.0.7/secret"' in bring
    assert "This field is required" not in answer.text


def test_setting_nothing_beside_says_so_at_its_document_and_keeps_the_sides(browser, claim):
    other, ready = (BringingFactory(claim=claim, ready=True) for _ in range(2))
    key = ready.offers[0]["passage"]
    sent = {"wording": "1", f"stance-{key}": "contradicts"}
    answer = browser.post(path("choose", ready), sent)
    assert answer.status_code == 422
    assert answer.text.count(ALERT) == 1
    document = answer.text.split(f'id="document-{ready.public_id}"')[1].split("</article>")[0]
    assert (
        "Nothing was set beside the claim. You chose a side for a passage that is not" in document
    )
    assert '<option value="contradicts" selected>' in document
    assert f'id="document-{other.public_id}"' in answer.text


def test_what_was_ticked_is_kept_when_something_else_is_missing(browser, claim):
    ready = BringingFactory(claim=claim, ready=True)
    key = ready.offers[0]["passage"]
    sent = {"wording": "1", "passage": [str(key)], f"stance-{key}": "nonsense"}
    answer = browser.post(path("choose", ready), sent)
    assert answer.status_code == 422
    assert f'id="passage-{ready.public_id}-{key}" checked' in answer.text


def opened(html, summary):
    """The form behind a summary, which is open."""
    before, form = html.split(f">{summary}</summary>")
    assert " open>" in before.rpartition("<details")[2]
    return form.split("</form>")[0]


@pytest.mark.parametrize(
    ("typed", "message", "kept"),
    [
        (" ", "A claim needs words.", " required> </textarea>"),
        ("Forty boats left the harbour.", "These are the words the claim has.", "harbour.</text"),
        ("</textarea> " * 100, "characters at most", "&lt;/textarea&gt; &lt;"),
    ],
    ids=["empty", "unchanged", "long"],
)
def test_a_wording_that_is_refused_stays_in_its_open_form(browser, claim, typed, message, kept):
    answer = browser.post(path("reword", claim), {"wording": "1", "text": typed})
    assert answer.status_code == 422
    form = opened(answer.text, "Reword")
    assert f"{ALERT}Not reworded. " in form
    assert message in form
    assert kept in form


def test_a_dismissal_without_a_reason_keeps_its_note_and_has_the_reasons(browser, claim):
    answer = browser.post(path("dismiss", claim), {"reason": "", "note": "No number."})
    assert answer.status_code == 422
    form = opened(answer.text, "Dismiss")
    assert f"{ALERT}Not dismissed. Choose why it is not checked.</p>" in form
    assert '<option value="vague">' in form
    assert "No number.</textarea>" in form


def test_evidence_without_words_keeps_its_title_and_every_choice(browser, claim):
    sent = {"kind": "interview", "stance": "contradicts", "publication": "described"}
    answer = browser.post(path("add_evidence", claim), sent | {"title": "The clerk", "body": " "})
    assert answer.status_code == 422
    form = answer.text.split('id="add" open>')[1].split("</form>")[0]
    assert f"{ALERT}Not added. " in form
    for chosen in sent.values():
        assert f'<option value="{chosen}" selected>' in form
    assert 'value="The clerk"' in form
    assert not Evidence.objects.exists()


def test_a_rejection_without_a_reason_says_so_at_its_piece(browser, claim):
    pieces = [EvidenceFactory(claim=claim) for _ in range(2)]
    answer = browser.post(path("reject", pieces[1]), {"reason": " "})
    assert answer.status_code == 422
    assert answer.text.count(ALERT) == 1
    place = answer.text.split(f'id="evidence-{pieces[1].public_id}"')[1].split("</article>")[0]
    assert f"{ALERT}Not rejected. Say why it does not count.</p>" in place


def test_who_lost_the_claim_meanwhile_still_has_what_they_typed(editors_browser, claim):
    answer = editors_browser.post(path("dismiss", claim), {"reason": "", "note": "No number."})
    assert answer.status_code == 422
    assert "No number.</textarea>" in answer.text


def test_a_claim_that_cannot_be_marked_is_kept_beside_the_text(browser, claim):
    sent = {"version": "1", "quote": "Nobody was hurt?", "text": "Nobody was hurt on Monday."}
    sent |= {"voice": "unnamed", "name": "officials", "direct": "1", "kind": "quantity"}
    answer = browser.post(path("mark", claim.article), sent)
    assert answer.status_code == 422
    form = answer.text.split('id="mark" open>')[1].split("</form>")[0]
    assert f"{ALERT}Not added. These words do not stand in the text." in form
    assert "Nobody was hurt?</textarea>" in form
    assert "Nobody was hurt on Monday.</textarea>" in form
    assert 'value="unnamed" checked' in form
    assert 'name="name" value="officials"' in form
    assert 'name="direct" value="1" checked' in form
    assert '<option value="quantity" selected>' in form
    assert "It was cold." in answer.text


def test_a_claim_that_is_marked_already_leads_to_it(browser, claim):
    sent = {"version": "1", "quote": "Forty boats left the harbour", "text": claim.text}
    answer = browser.post(path("mark", claim.article), sent | {"kind": "event"})
    assert answer.status_code == 422
    alert = answer.text.split(f"{ALERT}Not added. ")[1].split("</p>")[0]
    assert f'<a href="{path("claim", claim)}">Open that claim</a>' in alert


def test_words_a_document_does_not_hold_are_kept_beside_it(browser, claim):
    ready = BringingFactory(claim=claim, ready=True)
    sent = {"wording": "1", "quote": "fifty ferries", "stance": "contradicts"}
    answer = browser.post(path("quote", ready), sent)
    assert answer.status_code == 422
    form, text = answer.text.split('id="mark"')[1].split("</form>")
    assert f"{ALERT}Nothing was set beside the claim. These words do not stand" in form
    assert "fifty ferries</textarea>" in form
    assert '<option value="contradicts" selected>' in form
    assert "<mark>" in text


@pytest.mark.parametrize(
    ("act", "thing", "message"),
    [
        ("correct", "claim", "No correction was started. "),
        ("withdraw", "verdict", "Not withdrawn. Say in public why"),
    ],
)
def test_a_public_verdict_is_not_changed_without_a_note(
    browser, editors_browser, act, thing, message
):
    verdict = verdict_in(VerdictState.PUBLISHED)
    about = verdict if thing == "verdict" else verdict.claim
    sent = {"kind": "changes_rating", "note": " "}
    answer = editors_browser.post(path(act, about), sent)
    assert answer.status_code == 422
    assert f"{ALERT}{message}" in answer.text
    assert answer.text.count(ALERT) == 1
    assert ('<option value="changes_rating" selected>' in answer.text) == (act == "correct")


@pytest.mark.parametrize("act", ["mark", "quote", "split"])
def test_more_words_than_are_looked_for_are_refused_with_their_number(browser, claim, act):
    thing = {"mark": claim.article, "quote": BringingFactory(claim=claim, ready=True)}
    sent = {"version": "1", "wording": "1", "quote": "boat " * 1_001, "kind": "event"}
    sent |= {"text-1": "Forty boats left.", "text-2": "They left.", "quote-2": "boat " * 1_001}
    answer = browser.post(path(act, thing.get(act, claim)), sent)
    assert answer.status_code == 422
    assert "These words have 5,005 characters, and 5,000 at most are taken." in answer.text
