"""Acts that have to give way to others: done once more, and what was typed is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.actions.review import take_claim
from claims.models import Bringing, Submission
from claims.states import VerdictState
from factcheck.models import Event
from tests.collisions import let_acts_give_way
from tests.factories import ClaimFactory
from tests.stories import claim_with_evidence
from tests.ui.conftest import path, typed

SAYS = "Others wrote at the same moment, and nothing of this was saved. Send it again."


@pytest.fixture
def claim(reviewer):
    return take_claim(ClaimFactory().pk, by=reviewer)


@pytest.fixture
def draft(browser, reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    browser.post(path("start_verdict", claim))
    return claim.verdicts.get()


def verbs():
    return list(Event.objects.order_by("position").values_list("verb", flat=True))


def test_an_act_that_gave_way_is_done_once_more(browser, claim):
    let_acts_give_way(1)
    answer = browser.post(path("reword", claim), {"wording": "1", "text": "Fifty boats left."})
    assert answer.status_code == 302
    claim.refresh_from_db()
    assert (claim.text, claim.wording) == ("Fifty boats left.", 2)
    assert verbs() == ["claim.taken", "claim.reworded"]


def test_who_had_to_give_way_twice_finds_what_they_typed_and_sends_it_again(browser, claim):
    let_acts_give_way(2)
    sent = {"wording": "1", "text": "Fifty </textarea> boats."}
    answer = browser.post(path("reword", claim), sent)
    assert answer.status_code == 409
    assert SAYS in answer.text
    assert "Fifty &lt;/textarea&gt; boats.</textarea>" in answer.text
    assert browser.post(path("reword", claim), sent).status_code == 302


def test_a_file_is_brought_whole_at_the_second_try(browser, claim):
    let_acts_give_way(1)
    file = SimpleUploadedFile("log.txt", b"Forty boats left the harbour.")
    assert browser.post(path("bring", claim), {"file": file}).status_code == 302
    assert bytes(Bringing.objects.get().file) == b"Forty boats left the harbour."


def test_what_is_saved_stays_when_proposing_it_has_to_be_done_once_more(browser, draft):
    browser.post(path("save_verdict", draft), typed(draft))
    draft.refresh_from_db()
    before = len(verbs())
    let_acts_give_way(1)
    sent = typed(draft, summary="Forty boats.", propose="")
    assert browser.post(path("save_verdict", draft), sent).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.summary) == (VerdictState.PROPOSED, "Forty boats.")
    assert verbs()[before:] == ["verdict.saved", "verdict.proposed"]


def test_a_draft_that_is_saved_while_it_is_typed_says_when_it_was_not(browser, draft):
    let_acts_give_way(2)
    sent = typed(draft)
    answer = browser.post(path("autosave_verdict", draft), sent)
    assert (answer.status_code, answer.text) == (409, SAYS)
    assert browser.post(path("autosave_verdict", draft), sent).status_code == 200


def test_an_article_that_could_not_be_handed_in_is_kept_in_its_form(browser):
    let_acts_give_way(2)
    sent = {"text": "Forty boats left.", "purpose": "fact_check", "visibility": "confidential"}
    answer = browser.post(reverse("claims:hand_in"), sent)
    assert answer.status_code == 422
    assert SAYS in answer.text
    assert "Forty boats left.</textarea>" in answer.text
    assert browser.post(reverse("claims:hand_in"), sent).status_code == 302
    assert Submission.objects.count() == 1
