"""Writing a verdict, approving it as a second person, publishing, correcting, withdrawing."""

import json
import re

import pytest

from claims.models import Verdict
from claims.states import ClaimState, VerdictState
from sources.ports import Stance
from tests.factories import (
    ArticleVersionFactory,
    EvidenceFactory,
    UserFactory,
)
from tests.stories import claim_with_evidence, verdict_in
from tests.ui.conftest import logged_in, path, person, typed


@pytest.fixture
def claim(reviewer):
    return claim_with_evidence(reviewer=reviewer)


@pytest.fixture
def draft(browser, claim):
    browser.post(path("start_verdict", claim))
    return claim.verdicts.get()


def test_a_draft_opened_again_keeps_the_day_its_rating_is_true_of(browser, draft):
    Verdict.objects.filter(pk=draft.pk).update(as_of="2026-11-20")
    html = browser.get(path("verdict", draft)).text
    assert 'value="2026-11-20"' in re.search(r'<input[^>]*name="as_of"[^>]*>', html)[0]


def test_starting_a_verdict_leads_to_its_editor_with_the_evidence_numbered(browser, claim):
    answer = browser.post(path("start_verdict", claim))
    html = browser.get(answer.url).text
    evidence = claim.evidence.get()
    assert re.search(rf'name="number-{evidence.public_id}"\s+value="1"', html)
    assert "Missing:</span> A rating of the scale" in html


def test_the_checklist_of_a_new_draft_is_of_the_evidence_it_is_offered(browser, claim):
    EvidenceFactory(claim=claim, accepted=True)
    html = browser.get(browser.post(path("start_verdict", claim)).url).text
    assert "Done:</span> One primary source, or two independent origins" in html
    assert "The explanation does not use [1], [2]." in html


def test_what_takes_no_side_is_background_wherever_it_is_read_or_chosen(browser, claim):
    EvidenceFactory(claim=claim, accepted=True, stance=Stance.NEUTRAL)
    editor = browser.get(browser.post(path("start_verdict", claim)).url).text
    assert "<strong>Background</strong>" in editor
    page = browser.get(path("claim", claim)).text
    assert '<option value="neutral">Background</option>' in page
    assert "Neutral" not in editor + page


def test_suggestions_nobody_decided_on_are_told_to_who_proposes_and_who_approves(
    browser, editors_browser, draft
):
    claim, told = draft.claim, "1 suggestion against it is undecided."
    assert told not in browser.get(path("verdict", draft)).text
    against = {"machine_stance": Stance.CONTRADICTS, "shown": True}
    EvidenceFactory(claim=claim, **against)
    EvidenceFactory(claim=claim, accepted=True, **against)
    EvidenceFactory(claim=claim, machine_stance=Stance.CONTRADICTS)
    html = browser.get(path("verdict", draft)).text
    assert told in html
    assert f'{path("claim", claim)}#evidence">Read it</a>' in html
    browser.post(path("save_verdict", draft), typed(draft) | {"propose": "yes"})
    html = editors_browser.get(path("verdict", draft)).text
    assert "Every gate is open." in html
    assert told in html


def test_saving_keeps_what_was_typed_and_moves_the_checklist(browser, draft):
    browser.post(path("save_verdict", draft), typed(draft))
    draft.refresh_from_db()
    assert (draft.rating, draft.state) == ("true", "draft")
    assert draft.citations.get().number == 1
    html = browser.get(path("verdict", draft)).text
    assert "The count was **40** boats [1]." in html
    assert "Missing:" not in html


def test_a_draft_is_saved_while_it_is_typed(browser, draft):
    answer = browser.post(path("autosave_verdict", draft), typed(draft))
    draft.refresh_from_db()
    assert f'data-seen="{draft.digest}"' in answer.text
    assert "Missing:" not in answer.text
    shut = browser.post(path("autosave_verdict", draft), typed(draft, explanation="So [2]."))
    assert "No evidence has the number [2]." in shut.text
    stale = browser.post(path("autosave_verdict", draft), typed(draft, seen="0" * 64))
    assert stale.status_code == 409
    assert "You changed this draft elsewhere meanwhile" in stale.text


def test_losing_a_race_for_the_draft_shows_both_and_keeps_what_was_typed(browser, draft):
    late = typed(draft, summary="Thirty-nine, to be exact.")
    browser.post(path("save_verdict", draft), typed(draft))
    answer = browser.post(path("save_verdict", draft), late)
    assert answer.status_code == 409
    assert "Forty boats left." in answer.text
    assert "Thirty-nine, to be exact." in answer.text
    fresh = re.search(r'name="seen" value="(\w+)"', answer.text)[1]
    browser.post(path("save_verdict", draft), late | {"seen": fresh})
    draft.refresh_from_db()
    assert draft.summary == "Thirty-nine, to be exact."


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"rating": ""}, "Choose a rating."),
        ({"explanation": ""}, "Explain what the evidence shows."),
        ({"explanation": "It was so [2]."}, "No evidence has the number [2]."),
    ],
)
def test_proposing_says_everything_that_is_missing_and_saves_the_draft(
    browser, draft, columns, says
):
    sent = typed(draft, propose="yes", **columns)
    answer = browser.post(path("save_verdict", draft), sent, follow=True)
    assert "Saved, and not proposed yet." in answer.text
    assert answer.text.count(says) == 2  # above the page, and at its line of the checklist
    draft.refresh_from_db()
    assert (draft.state, draft.summary) == ("draft", "Forty boats left.")


def test_numbers_with_a_gap_are_refused_and_nothing_is_lost(browser, draft):
    EvidenceFactory(claim=draft.claim, accepted=True)
    evidence = draft.claim.evidence.latest("pk")
    sent = typed(draft) | {f"number-{evidence.public_id}": "3"}
    answer = browser.post(path("save_verdict", draft), sent)
    assert answer.status_code == 422
    assert "1, 2, 3 and so on" in answer.text
    assert "The count was **40** boats [1]." in answer.text


def test_evidence_is_cited_by_the_numbers_given(browser, draft):
    EvidenceFactory(claim=draft.claim, accepted=True)
    first, second = draft.claim.evidence.order_by("pk")
    sent = typed(draft, explanation="[1] [2]") | {
        f"number-{first.public_id}": "2",
        f"number-{second.public_id}": "1",
    }
    browser.post(path("save_verdict", draft), sent)
    assert list(draft.citations.order_by("number").values_list("evidence", flat=True)) == [
        second.pk,
        first.pk,
    ]


def test_from_draft_to_public_page_by_two_people(browser, editors_browser, world, draft):
    browser.post(path("save_verdict", draft), typed(draft, propose="yes"))
    draft.refresh_from_db()
    own = browser.get(path("verdict", draft)).text
    assert "An editor decides." in own
    page = editors_browser.get(path("verdict", draft)).text
    assert "<strong>40</strong> boats" in page
    editors_browser.post(path("approve", draft), {"digest": draft.digest, "comment": "Clear."})
    editors_browser.post(path("publish", draft))
    draft.claim.refresh_from_db()
    assert draft.claim.state == ClaimState.CLOSED
    public = world.get(path("public", draft.claim))
    assert public.status_code == 200
    assert "Forty boats left the harbour." in public.text


def test_the_author_never_approves_even_as_an_editor(db):
    editor = person("ben", "Editors")
    verdict = verdict_in(VerdictState.PROPOSED, claim_with_evidence(reviewer=editor))
    browser = logged_in(editor)
    page = browser.get(path("verdict", verdict)).text
    assert "You wrote part of this verdict; another person must decide on it." in page
    answer = browser.post(path("approve", verdict), {"digest": verdict.digest})
    assert answer.status_code == 422
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.PROPOSED


def test_the_author_takes_a_proposal_back_from_its_page(browser, draft):
    browser.post(path("save_verdict", draft), typed(draft, propose="yes"))
    assert path("recall", draft) in browser.get(path("verdict", draft)).text
    assert browser.post(path("recall", draft)).status_code == 302
    assert "Propose verdict" in browser.get(path("verdict", draft)).text


def test_a_verdict_on_a_confidential_article_says_what_opens_it(browser, editors_browser, draft):
    article = draft.claim.article
    type(article).objects.update(visibility="confidential")
    answer = browser.post(path("save_verdict", draft), typed(draft, propose="yes"), follow=True)
    assert "must make it public" in answer.text
    assert path("article", article) in answer.text
    ArticleVersionFactory(article=article, split=True)
    assert path("disclose", article) not in browser.get(path("article", article)).text
    assert browser.post(path("disclose", article)).status_code == 422
    assert path("disclose", article) in editors_browser.get(path("article", article)).text
    assert editors_browser.post(path("disclose", article), {"version": "2"}).status_code == 409
    editors_browser.post(path("disclose", article), {"version": "1"})
    fresh = Verdict.objects.get()
    browser.post(path("save_verdict", draft), typed(fresh, propose="yes"))
    assert Verdict.objects.get().state == VerdictState.PROPOSED


def test_returning_needs_a_comment_which_the_author_reads(browser, editors_browser, draft):
    browser.post(path("save_verdict", draft), typed(draft, propose="yes"))
    draft.refresh_from_db()
    read = {"digest": draft.digest, "state": draft.state}
    empty = editors_browser.post(path("send_back", draft), read | {"comment": ""})
    assert empty.status_code == 422
    editors_browser.post(path("send_back", draft), read | {"comment": "Name the harbour."})
    html = browser.get(path("verdict", draft)).text
    assert "Returned by Ben:</strong> Name the harbour." in html


def test_approving_what_changed_since_it_was_read_is_a_lost_race(editors_browser):
    verdict = verdict_in(VerdictState.PROPOSED)
    answer = editors_browser.post(
        path("approve", verdict), {"digest": "0" * 64, "comment": "Fine by me."}
    )
    assert answer.status_code == 409
    assert "Fine by me." in answer.text


@pytest.mark.parametrize("act", ["approve", "send_back", "publish", "withdraw"])
def test_a_reviewer_neither_approves_nor_publishes_nor_withdraws(browser, act):
    verdict = verdict_in(VerdictState.PROPOSED)
    assert browser.post(path(act, verdict), {"digest": verdict.digest}).status_code == 403


@pytest.mark.parametrize("act", ["save_verdict", "autosave_verdict"])
def test_without_a_role_nobody_writes(draft, act):
    assert logged_in(UserFactory()).post(path(act, draft), typed(draft)).status_code == 403


def test_withdrawing_says_why_in_public(editors_browser, world):
    verdict = verdict_in(VerdictState.PUBLISHED)
    assert editors_browser.post(path("withdraw", verdict), {"note": ""}).status_code == 422
    editors_browser.post(path("withdraw", verdict), {"note": "Another harbour."})
    html = world.get(path("public", verdict.claim)).text
    assert "Withdrawn on" in html
    assert "Another harbour." in html
    assert "ld+json" not in html


@pytest.mark.parametrize(
    "state", [VerdictState.DRAFT, VerdictState.PROPOSED, VerdictState.PUBLISHED]
)
def test_the_page_asks_a_fixed_number_of_questions(
    state, browser, reviewer, django_assert_max_num_queries
):
    claim = claim_with_evidence(reviewer=reviewer)
    for _ in range(4):
        EvidenceFactory(claim=claim, accepted=True)
    verdict = verdict_in(VerdictState(state), claim)
    with django_assert_max_num_queries(14):
        assert browser.get(path("verdict", verdict)).status_code == 200


def test_hostile_words_stay_words_on_the_public_page(browser, editors_browser, world, draft):
    hostile = "</script><script>alert(1)</script>"
    sent = typed(draft, summary=hostile, explanation=f"{hostile} <img src=x onerror=a()> [1]")
    browser.post(path("save_verdict", draft), sent | {"propose": "yes"})
    draft.refresh_from_db()
    editors_browser.post(path("approve", draft), {"digest": draft.digest})
    editors_browser.post(path("publish", draft))
    html = world.get(path("public", draft.claim)).text
    assert "<script>alert" not in html
    assert "<img" not in html
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    assert data["reviewRating"]["ratingExplanation"] == hostile


def test_a_claim_in_hand_with_a_public_verdict_is_closed_with_it(browser, claim):
    verdict_in(VerdictState.PUBLISHED, claim)
    assert "Check again; the verdict stays public" in browser.get(path("claim", claim)).text
    browser.post(path("restore", claim))
    browser.post(path("take", claim))
    page = browser.get(path("claim", claim)).text
    assert "Close with this verdict" in page
    bar = page.split('class="claimbar"')[1].split("</p>")[0]
    assert '<strong class="rating rating-true">True</strong> is public' in bar
    for act in ("reword", "attribute", "dismiss", "split", "merge"):
        assert path(act, claim) not in page
    browser.post(path("close", claim), {"outcome": "verdict"})
    claim.refresh_from_db()
    assert (claim.state, claim.outcome) == (ClaimState.CLOSED, "verdict")


def test_while_it_is_corrected_a_claims_words_may_change_and_nothing_else(browser, claim):
    verdict_in(VerdictState.PUBLISHED, claim)
    browser.post(path("correct", claim), {"kind": "keeps_rating", "note": "It was May."})
    page = browser.get(path("claim", claim)).text
    for act, offered in (("reword", 1), ("attribute", 1), ("dismiss", 0), ("split", 0)):
        assert page.count(path(act, claim)) == offered


def test_whoever_reads_a_draft_sees_it_as_it_would_be_proposed(editors_browser, claim):
    draft = verdict_in(VerdictState.DRAFT, claim)
    page = editors_browser.get(path("verdict", draft)).text
    assert "Not rated yet" not in page
    assert "The count was 40 boats. Nobody was hurt." in page
    draft.refresh_from_db()
    assert draft.rating_label == ""


# What is told after an act, and what waits next.
def after(answer, browser):
    """What the page says that an act led to."""
    assert answer.status_code == 302
    return (
        browser.get(answer.url)
        .text.split('<ul class="messages" role="status" tabindex="-1" autofocus>')[1]
        .split("</ul>")[0]
    )


def test_after_each_decision_an_editor_reads_what_was_done_and_what_waits_next(editors_browser):
    first, second, third = (
        verdict_in(VerdictState.PROPOSED, claim_with_evidence(text=text))
        for text in ("Forty boats left.", "Nine <b>boats</b> sank.", "Nobody was hurt.")
    )
    sent = {"digest": first.digest}
    said = after(editors_browser.post(path("approve", first), sent), editors_browser)
    assert "Approved; it may be published." in said
    assert f'Next to decide: <a href="{path("verdict", second)}">Nine &lt;b&gt;boats' in said
    sent = {"comment": "No.", "digest": second.digest, "state": second.state}
    said = after(editors_browser.post(path("send_back", second), sent), editors_browser)
    assert f"Returned to {second.author.name}. Next to decide: " in said
    assert path("verdict", third) in said
    sent = {"digest": third.digest}
    said = after(editors_browser.post(path("approve", third), sent), editors_browser)
    assert f'Next to publish: <a href="{path("verdict", first)}">Forty boats left.</a>' in said
    after(editors_browser.post(path("publish", first)), editors_browser)
    said = after(editors_browser.post(path("publish", third)), editors_browser)
    assert "Published; everybody can read it. No other verdict waits for you." in said
