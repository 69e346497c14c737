"""Documents on a claim's page: bringing them, what became of them, choosing their words."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.actions.choosing import choose_passages
from claims.models import Bringing, Evidence
from sources.models import Access
from sources.ports import Stance
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    ArticleVersionFactory,
    BringingFactory,
    EvidenceFactory,
    PassageFactory,
    SearchFactory,
    SnapshotFactory,
    offer_of,
)
from tests.ui.conftest import logged_in, path, person

TEXT = "The log counts 40 boats.\n\nNobody was hurt.\n\nThe log counts them <twice>."


@pytest.fixture
def claim(db, reviewer):
    version = ArticleVersionFactory(split=True, article=ArticleFactory(public=True))
    return AppearanceFactory(version=version).claim


@pytest.fixture
def ready(claim):
    """A document of which two passages are offered."""
    snapshot = SnapshotFactory(text=TEXT, source__title="The <log>")
    first = PassageFactory(snapshot=snapshot, end=24)
    second = PassageFactory(snapshot=snapshot, start=26, end=42)
    sure = {"stance": "contradicts", "shown": True, "confidence": 0.87, "rationale": [4, 7]}
    return BringingFactory(
        claim=claim,
        ready=True,
        snapshot=snapshot,
        offers=[offer_of(first, **sure), offer_of(second)],
    )


def page_of(browser, claim):
    answer = browser.get(path("claim", claim))
    assert answer.status_code == 200
    return answer.text


def keys(bringing):
    return [offer["passage"] for offer in bringing.offers]


def confidential(claim):
    type(claim.article).objects.filter(pk=claim.article_id).update(
        visibility="confidential", canonical_url=""
    )


# Bringing.
def test_an_address_is_brought_and_waits_in_sight(browser, claim, reviewer):
    answer = browser.post(path("bring", claim), {"url": " https://port.example/log "})
    assert answer.url == path("claim", claim) + "#documents"
    bringing = Bringing.objects.get()
    assert (bringing.url, bringing.brought_by) == ("https://port.example/log", reviewer)
    html = page_of(browser, claim)
    assert "Being fetched and read." in html
    assert f'data-poll="{path("reading", bringing)}"' in html
    assert "See how far it is" in html


def test_a_file_is_brought_with_its_name_and_type(browser, claim):
    file = SimpleUploadedFile("log.html", b"<p>Boats</p>", "application/octet-stream")
    browser.post(path("bring", claim), {"file": file, "outlet": "Port of Hull"})
    bringing = Bringing.objects.get()
    assert (bringing.file_name, bringing.content_type) == ("log.html", "text/html")
    assert (bytes(bringing.file), bringing.outlet) == (b"<p>Boats</p>", "Port of Hull")


def test_a_refused_address_is_kept_and_says_why(browser, claim):
    answer = browser.post(path("bring", claim), {"url": "http://10.0.0.7/secret"})
    assert answer.status_code == 422
    assert "is not a public address" in answer.text
    assert 'value="http://10.0.0.7/secret"' in answer.text


def test_a_refused_file_is_asked_for_again_and_what_was_typed_is_kept(browser, claim):
    file = SimpleUploadedFile("log.txt", b"")
    answer = browser.post(path("bring", claim), {"file": file, "outlet": "Port of Hull"})
    assert answer.status_code == 422
    assert "The file is empty." in answer.text
    assert "Choose the file once more" in answer.text
    assert 'value="Port of Hull"' in answer.text


def test_what_is_ticked_stands_before_the_words_it_means(browser, claim):
    html = page_of(browser, claim)
    switch = '<label class="switch" for="id_public"><input type="checkbox" name="public"'
    assert switch in html
    assert re.search(r'id="id_public"[^>]*> A published paper that anybody may read</label>', html)


def test_for_a_confidential_claim_the_page_says_what_to_do_and_the_server_refuses(browser, claim):
    confidential(claim)
    html = page_of(browser, claim)
    assert "Nothing is fetched for a confidential article" in html
    assert 'name="url"' not in html
    assert 'name="file"' in html
    answer = browser.post(path("bring", claim), {"url": "https://port.example/log"})
    assert answer.status_code == 422
    assert "save it, and bring the file" in answer.text
    assert not Bringing.objects.exists()


def test_what_failed_says_why_and_is_tried_again(browser, claim):
    bringing = BringingFactory(claim=claim, failed=True, last_error="This holds no sentence.")
    assert "It could not be read: This holds no sentence." in page_of(browser, claim)
    for _ in range(2):
        answer = browser.post(path("reread", bringing))
    assert answer.status_code == 409
    bringing.refresh_from_db()
    assert bringing.state == "received"


def test_progress_says_how_far_it_is_and_when_it_is_over(browser, claim):
    bringing = BringingFactory(claim=claim, failures=2, last_error="Busy.")
    part = browser.get(path("reading", bringing)).text
    assert 'data-over="no"' in part
    assert "Tried 2 times, and it goes on by itself. Last answer: Busy." in part
    assert 'data-over="yes"' in browser.get(path("reading", BringingFactory(ready=True))).text


# Choosing.
def test_offers_are_introduced_as_the_machines_and_the_side_is_left_to_the_person(
    browser, claim, ready
):
    html = page_of(browser, claim)
    assert "Passages from The &lt;log&gt;" in html
    assert "The <mark>log</mark> counts 40 boats." in html
    assert "Suggested by the stance model, right with a probability of 0.87:" in html
    assert "selected>" not in html.split(f'id="document-{ready.public_id}"')[1].split("</form>")[0]
    assert not Evidence.objects.exists()


def test_chosen_passages_stand_beside_the_claim_on_the_side_that_was_said(browser, claim, ready):
    first, second = keys(ready)
    sent = {
        "wording": "1",
        "passage": [first, second],
        f"stance-{first}": "supports",
        f"stance-{second}": "neutral",
    }
    answer = browser.post(path("choose", ready), sent)
    assert answer.url == path("claim", claim) + "#evidence"
    assert sorted(Evidence.objects.values_list("stance", "state", "publication")) == [
        ("neutral", "accepted", "full"),
        ("supports", "accepted", "full"),
    ]
    html = page_of(browser, claim)
    assert "2 beside the claim" in html
    assert 'type="checkbox" name="passage"' not in html
    assert "Ada set words of “The &lt;log&gt;” beside the claim." in html


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"wording": "1"}, "Choose at least one passage."),
        ({"wording": "1", "stance-1": "neutral"}, "for a passage that is not ticked."),
        (
            {"wording": "1", "passage": "1", "stance-1": "supports", "stance-2": "neutral"},
            "Tick it",
        ),
        ({"wording": "1", "passage": "1"}, "Choose a side for each passage that is ticked."),
        ({"wording": "1", "passage": "x", "stance-x": "neutral"}, "does not offer"),
        ({"wording": "1", "passage": "9" * 30, f"stance-{'9' * 30}": "neutral"}, "does not offer"),
    ],
)
def test_a_choice_that_makes_no_sense_is_explained(browser, ready, sent, why):
    answer = browser.post(path("choose", ready), sent)
    assert answer.status_code == 422
    assert why in answer.text


def test_who_chooses_for_an_old_wording_is_shown_the_new_one(browser, claim, ready):
    (first, _) = keys(ready)
    type(claim).objects.filter(pk=claim.pk).update(wording=2, text="Forty boats left Hull.")
    sent = {"wording": "1", "passage": first, f"stance-{first}": "supports"}
    answer = browser.post(path("choose", ready), sent)
    assert answer.status_code == 409
    assert "The claim was reworded meanwhile." in answer.text
    assert "They were chosen for wording 1" in page_of(browser, claim)


def test_a_private_documents_words_are_kept_from_the_public(browser, claim):
    private = BringingFactory(claim=claim, ready=True, snapshot__source__access=Access.PRIVATE)
    assert "Nothing, not even its title" in page_of(browser, claim)
    (key,) = keys(private)
    sent = {"wording": "1", "passage": key, f"stance-{key}": "supports"}
    assert browser.post(path("choose", private), sent).status_code == 422
    browser.post(path("choose", private), sent | {"publication": "described"})
    assert Evidence.objects.get().publication == "described"


# The document itself.
def test_the_frozen_text_is_shown_whole_with_what_is_offered_marked(browser, ready):
    html = browser.get(path("document", ready)).text
    assert '<p data-start="0"><mark>The log counts 40 boats.</mark></p>' in html
    assert "&lt;twice&gt;" in html


def test_only_what_was_read_has_a_page(browser, claim):
    assert browser.get(path("document", BringingFactory(claim=claim))).status_code == 404


def test_other_words_are_set_beside_the_claim(browser, ready):
    sent = {"wording": "1", "quote": "counts\n them <twice>", "stance": "contradicts"}
    assert browser.post(path("quote", ready), sent).status_code == 302
    piece = Evidence.objects.get()
    assert (piece.passage.text, piece.stance) == ("counts them <twice>", "contradicts")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("fifty boats", "do not stand in the document."),
        ("The log counts", "stand in the document several times."),
        (" ", "do not stand in the document."),
    ],
)
def test_words_the_document_does_not_hold_once_are_refused_and_kept(browser, ready, words, why):
    sent = {"wording": "1", "quote": words, "stance": "supports"}
    answer = browser.post(path("quote", ready), sent)
    assert answer.status_code == 422
    assert f"These words {why}" in answer.text
    assert f"{words}</textarea>" in answer.text
    assert not Evidence.objects.exists()


def test_a_selection_says_which_of_two_equal_words_is_meant(browser, ready):
    sent = {"wording": "1", "quote": "The log", "stance": "supports", "start": "44", "end": "51"}
    browser.post(path("quote", ready), sent)
    assert Evidence.objects.get().passage.start == 44


# Who, and how much it costs.
def test_while_somebody_else_holds_the_claim_its_documents_are_for_reading(
    editors_browser, claim, ready, reviewer
):
    type(claim).objects.filter(pk=claim.pk).update(state="in_review", reviewer=reviewer)
    html = page_of(editors_browser, claim)
    assert "Passages from The" in html
    assert 'type="checkbox"' not in html
    assert path("bring", claim) not in html
    assert path("quote", ready) not in editors_browser.get(path("document", ready)).text
    (first, _) = keys(ready)
    sent = {"wording": "1", "passage": first, f"stance-{first}": "supports"}
    answer = editors_browser.post(path("choose", ready), sent)
    assert answer.status_code == 409
    assert "Ada has this claim in hand." in answer.text


@pytest.mark.parametrize("act", ["choose", "quote", "reread"])
def test_without_the_role_no_document_is_touched(act, ready, claim):
    eve = logged_in(person("eve"))
    assert eve.post(path(act, ready)).status_code == 403
    assert eve.post(path("bring", claim)).status_code == 403


def test_many_documents_ask_no_more_questions(
    browser, claim, ready, reviewer, django_assert_max_num_queries
):
    for _ in range(5):
        BringingFactory(claim=claim, ready=True)
        BringingFactory(claim=claim, failed=True)
        BringingFactory(claim=claim)
        EvidenceFactory(claim=claim, accepted=True)
        SearchFactory(claim=claim, done=True)
    choose_passages(ready.pk, {keys(ready)[0]: Stance.SUPPORTS}, wording=1, by=reviewer)
    with django_assert_max_num_queries(18):
        page_of(browser, claim)
    with django_assert_max_num_queries(13):
        browser.get(path("document", ready))


def test_a_mistake_is_set_aside_from_beside_the_claim_and_brought_back(browser, claim):
    failed = BringingFactory(claim=claim, failed=True, file_name="holiday.pdf")
    browser.post(path("set_aside_document", failed))
    html = browser.get(path("claim", claim)).text
    assert f"document-{failed.public_id}" not in html
    assert "holiday.pdf" in html.partition("1 set aside")[2]
    browser.post(path("bring_back_document", failed))
    assert f"document-{failed.public_id}" in browser.get(path("claim", claim)).text
