"""A draft verdict discarded from its editor, and brought back."""

import re

import pytest

from claims.states import VerdictState
from tests.stories import claim_with_evidence
from tests.ui.conftest import logged_in, path, person, typed


@pytest.fixture
def claim(reviewer):
    return claim_with_evidence(reviewer=reviewer)


@pytest.fixture
def draft(browser, claim):
    browser.post(path("start_verdict", claim))
    return claim.verdicts.get()


def test_a_draft_is_discarded_from_its_editor_and_brought_back(browser, draft, claim):
    assert path("discard_draft", draft) in browser.get(path("verdict", draft)).text

    answer = browser.post(path("discard_draft", draft))

    assert answer.url == path("claim", claim) + "#end"
    page = browser.get(path("claim", claim)).text
    assert "discarded the draft verdict" in page
    assert path("start_verdict", claim) in page
    assert path("verdict", draft) in page
    assert path("restore_draft", draft) in browser.get(path("verdict", draft)).text

    browser.post(path("restore_draft", draft))
    assert path("save_verdict", draft) in browser.get(path("verdict", draft)).text


def test_what_was_typed_last_is_saved_before_a_draft_is_discarded(browser, draft):
    editor = browser.get(path("verdict", draft)).text
    assert f'form="draft" formaction="{path("discard_draft", draft)}"' in editor
    browser.post(path("discard_draft", draft), typed(draft, explanation="Forty, by the log [1]."))
    draft.refresh_from_db()
    assert (draft.state, draft.explanation) == (VerdictState.DISCARDED, "Forty, by the log [1].")


def test_a_draft_whose_last_words_cannot_be_saved_is_not_discarded(browser, draft):
    sent = typed(draft, explanation="Forty, by the log [1].", rating="default:nonsense")
    refused = browser.post(path("discard_draft", draft), sent)
    assert refused.status_code == 422
    assert "Forty, by the log [1].</textarea>" in refused.text
    draft.refresh_from_db()
    assert draft.state == VerdictState.DRAFT


def test_an_editor_discards_a_draft_that_is_not_theirs(editors_browser, draft):
    assert path("discard_draft", draft) in editors_browser.get(path("verdict", draft)).text
    editors_browser.post(path("discard_draft", draft))
    draft.refresh_from_db()
    assert draft.state == VerdictState.DISCARDED


def test_another_reviewer_does_not_discard_it(draft):
    other = logged_in(person("cy", "Reviewers"))
    assert path("discard_draft", draft) not in other.get(path("verdict", draft)).text
    assert other.post(path("discard_draft", draft)).status_code == 422


def test_whose_draft_was_discarded_under_their_hands_is_told_by_whom(
    browser, editors_browser, draft
):
    editors_browser.post(path("discard_draft", draft))
    told = re.compile(r"Ben discarded this draft on .* it can be brought back\.")
    answer = browser.post(path("autosave_verdict", draft), typed(draft))
    assert answer.status_code == 409
    assert told.match(answer.text)
    late = browser.post(path("save_verdict", draft), typed(draft, summary="Thirty-nine."))
    assert told.search(late.text)
    assert '<p class="serif stands">Discarded</p>' in late.text
    assert "Thirty-nine." in late.text
    html = browser.get(path("verdict", draft)).text
    assert "A draft that was given up by Ben on" in html
    browser.post(path("restore_draft", draft))
    draft.refresh_from_db()
    assert draft.state == "draft"
