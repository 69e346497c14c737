"""Where an act leads and what is said there, so that nobody has to look for their place."""

import pytest
from django.utils import timezone

from claims.actions.verdicts import start_verdict
from claims.models import Evidence
from claims.reading.evidence import undecided_after
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    ClaimFactory,
    EvidenceFactory,
    SearchFactory,
)
from tests.stories import claim_with_evidence
from tests.ui.conftest import ALERT, SAYS, typed


@pytest.fixture
def claim(reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    AppearanceFactory(version=ArticleVersionFactory(article=claim.article, split=True), claim=claim)
    return claim


@pytest.mark.parametrize(
    ("act", "sent", "said"),
    [
        ("reword", {"wording": "1", "text": "Forty boats left."}, "Reworded; a search begins"),
        ("attribute", {"attribution": "1", "voice": "article", "kind": "event"}, "are saved"),
        ("dismiss", {"reason": "vague"}, "Dismissed; it is not checked."),
        ("urgent", {"urgent": "yes"}, "Marked urgent."),
        ("search-again", {}, "A new search begins."),
        ("release", {}, "Put back; anybody may take the claim."),
    ],
)
def test_the_next_page_says_what_was_done_and_has_the_focus_there(browser, claim, act, sent, said):
    page = browser.post(f"/claims/{claim.public_id}/{act}/", sent, follow=True)
    assert page.status_code == 200
    assert said in page.text.split(SAYS)[1].split("</ul>")[0]


def test_taking_and_bringing_back_are_said(browser):
    claim = ClaimFactory(article=ArticleVersionFactory(split=True).article)
    for act, said in (("take", "You have taken the claim"), ("dismiss", "Dismissed")):
        page = browser.post(f"/claims/{claim.public_id}/{act}/", {"reason": "vague"}, follow=True)
        assert said in page.text.split(SAYS)[1]
    page = browser.post(f"/claims/{claim.public_id}/restore/", follow=True)
    assert "Brought back; it is open again." in page.text.split(SAYS)[1]


@pytest.mark.parametrize(
    ("button", "said"), [("save", "Saved."), ("propose", "Proposed; a second person decides.")]
)
def test_saving_and_proposing_are_said(browser, claim, reviewer, button, said):
    draft = start_verdict(claim.pk, by=reviewer)
    sent = typed(draft) | {button: "1"}
    page = browser.post(f"/verdicts/{draft.public_id}/save/", sent, follow=True)
    assert said in page.text.split(SAYS)[1]


def test_evidence_by_hand_leads_to_itself(browser, claim):
    sent = {"kind": "interview", "title": "Master", "body": "Forty.", "stance": "supports"}
    answer = browser.post(f"/claims/{claim.public_id}/evidence/", sent | {"publication": "full"})
    added = Evidence.objects.get(body="Forty.")
    assert answer.url == f"/claims/{claim.public_id}/#evidence-{added.public_id}"


def test_the_next_piece_is_found_with_one_query(claim, django_assert_num_queries):
    piece, *_ = EvidenceFactory.create_batch(4, claim=claim)
    with django_assert_num_queries(1):
        assert undecided_after(piece)


def test_a_rejection_leads_to_the_next_piece_nobody_decided_on(browser, claim):
    first, second, third = (
        EvidenceFactory(claim=claim, shown=True, confidence=sure) for sure in (0.9, 0.8, 0.7)
    )
    page = f"/claims/{claim.public_id}/"
    for rejected, place in (
        (second, f"#evidence-{third.public_id}"),
        (third, f"#evidence-{first.public_id}"),
        (first, "#evidence"),
    ):
        answer = browser.post(
            f"/evidence/{rejected.public_id}/reject/", {"reason": "Another harbour."}
        )
        assert answer.url == page + place


def test_what_was_not_done_has_the_focus(editors_browser, claim):
    page = editors_browser.post(f"/claims/{claim.public_id}/take/")
    assert page.status_code == 409
    assert ALERT in page.text


def test_a_search_under_way_is_asked_about_until_it_is_over(browser, claim):
    search = SearchFactory(claim=claim)
    over = {"due_at": None, "started_at": timezone.now(), "finished_at": timezone.now()}
    asked = f"/claims/{claim.public_id}/searching/"
    assert f'data-poll="{asked}"' in browser.get(f"/claims/{claim.public_id}/").text
    assert 'data-over="no"' in browser.get(asked).text
    type(search).objects.filter(pk=search.pk).update(**over)
    assert 'data-over="yes"' in browser.get(asked).text
    assert asked not in browser.get(f"/claims/{claim.public_id}/").text


def test_equal_buttons_are_told_apart_by_what_they_are_for(browser, claim):
    ClaimFactory(article=ArticleVersionFactory(split=True).article)
    desk = browser.get("/desk/").text
    named = desk.partition('aria-describedby="title-')[2].partition('"')[0]
    assert f'<h2 id="title-{named}"><a class="title"' in desk
    page = browser.get(f"/claims/{claim.public_id}/").text
    (piece,) = claim.evidence.all()
    name = f"from-{piece.public_id}"
    assert f'aria-labelledby="stance-{piece.public_id} {name}"' in page
    assert page.count(f'id="{name}"') == 1
    assert page.count(f'aria-describedby="{name}"') >= 5


def test_boxes_of_parts_are_as_high_as_what_is_in_them(browser, claim):
    type(claim).objects.update(text="The harbour master counted the boats again and again. " * 6)
    page = browser.get(f"/claims/{claim.public_id}/split/").text
    assert 'name="text-1" rows="4"' in page
