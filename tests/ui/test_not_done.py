"""The page of what was not done: both sides in full, and no second try that must fail."""

import re

import pytest

from claims.actions.review import release_claim, take_claim
from claims.actions.verdicts import Draft, save_draft, start_verdict
from claims.states import VerdictState
from tests.factories import ClaimFactory, EvidenceFactory
from tests.stories import claim_with_evidence, correction_of, verdict_in
from tests.ui.conftest import path, typed

AGAIN = "Send mine all the same"


def sides(page):
    """What the page says under each heading, what stands now and what was sent."""
    now, mine = page.split('id="yours"')
    pairs = re.compile(
        r'<h3>([^<]+?)(?: <strong class="warning">differs</strong>)?</h3>\s*'
        r'<p class="serif stands">(.*?)</p>',
        re.DOTALL,
    )
    return dict(pairs.findall(now.split('id="now"')[1])), dict(pairs.findall(mine))


def test_what_was_chosen_in_a_draft_stands_beside_what_stands_now(browser, reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    first, second = claim.evidence.get(), EvidenceFactory(claim=claim, accepted=True)
    draft = start_verdict(claim.pk, by=reviewer)
    late = typed(draft, confidence="low", as_of="2026-05-02")
    late[f"number-{second.public_id}"] = "2"
    theirs = Draft(rating="false", confidence="high", explanation="No.", citations=[second.pk])
    save_draft(draft.pk, theirs, by=reviewer)
    page = browser.post(path("save_verdict", draft), late).text
    now, mine = sides(page)
    assert (now["Rating"][:5], mine["Rating"][:4]) == ("False", "True")
    assert (now["How sure"], mine["How sure"]) == ("High", "Low")
    assert (now["True as of"], mine["True as of"]) == ("(empty)", "2026-05-02")
    assert now["Cited evidence"].startswith(f"[1] {second.source.title}")
    assert f"[1] {first.source.title}<br>[2] {second.source.title}" in mine["Cited evidence"]
    assert AGAIN in page


def test_what_differs_between_two_windows_is_marked_on_both_sides(browser, reviewer):
    draft = start_verdict(claim_with_evidence(reviewer=reviewer).pk, by=reviewer)
    late = typed(draft, gaps="No log.\r\nNo witness.", confidence="low")
    first = Draft(rating="false", explanation="No [1].", gaps="No log.\nNo witness.")
    save_draft(draft.pk, first, by=reviewer)
    page = browser.post(path("save_verdict", draft), late).text
    told = page.split("Yours differs from what stands now in: ")[1].split(".</p>")[0].split("; ")
    assert {"Rating", "Explanation", "How sure"} <= set(told)
    assert "What could not be found" not in told
    assert page.count(">differs</strong>") == 2 * len(told)


def test_cited_evidence_stands_in_the_order_of_its_numbers(browser, reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    EvidenceFactory.create_batch(9, claim=claim, accepted=True)
    draft = start_verdict(claim.pk, by=reviewer)
    late = typed(draft, seen="0" * 64)
    for number, piece in enumerate(claim.evidence.order_by("pk"), start=1):
        late[f"number-{piece.public_id}"] = str(number)
    _, mine = sides(browser.post(path("save_verdict", draft), late).text)
    numbers = re.findall(r"\[(\d+)\]", mine["Cited evidence"])
    assert numbers == [str(number) for number in range(1, 11)]


def test_what_a_correction_changes_is_shown_on_both_sides(browser, reviewer):
    public = verdict_in(VerdictState.PUBLISHED, claim_with_evidence(reviewer=reviewer))
    draft = correction_of(public)
    late = typed(draft, kind="changes_rating", note="It was June.", seen="0" * 64)
    now, mine = sides(browser.post(path("save_verdict", draft), late).text)
    assert now["What it changes"] == "Does not change the rating"
    assert mine["What it changes"] == "Changes the rating"


@pytest.mark.parametrize(
    ("act", "sent", "chosen"),
    [
        ("dismiss", {"reason": "vague", "note": "No number."}, "Vague"),
        ("close", {"outcome": "fix_needed", "note": "No number."}, "Fix needed"),
    ],
)
def test_what_somebody_took_is_not_offered_for_a_second_try(browser, editor, act, sent, chosen):
    claim = ClaimFactory()
    take_claim(claim.pk, by=editor)
    page = browser.post(path(act, claim), sent)
    assert page.status_code == 409
    assert AGAIN not in page.text
    assert "kept to be copied" in page.text
    assert "No number.</textarea>" in page.text
    assert chosen in sides(page.text)[1].values()


def test_who_says_it_and_its_kind_are_shown_as_they_were_chosen(browser, reviewer):
    claim = ClaimFactory(in_review=True, reviewer=reviewer)
    sent = {"attribution": "7", "voice": "unnamed", "name": "officials", "kind": "quote"}
    page = browser.post(path("attribute", claim), sent).text
    mine = sides(page)[1]
    assert (mine["Who says it"], mine["Kind"]) == ("Somebody it does not name", "Quote")
    assert AGAIN in page


def test_a_correction_that_is_started_twice_leads_to_ones_own_draft(browser, reviewer):
    public = verdict_in(VerdictState.PUBLISHED, claim_with_evidence(reviewer=reviewer))
    sent = {"kind": "keeps_rating", "note": "It was May."}
    first, second = (browser.post(path("correct", public.claim), sent) for _ in range(2))
    assert second.url == first.url
    other = browser.post(path("correct", public.claim), sent | {"note": "It was June."})
    assert other.status_code == 409
    assert AGAIN not in other.text
    assert "It was June.</textarea>" in other.text
    assert f'href="{first.url}">See how it stands now' in other.text


def test_a_verdict_that_is_started_twice_leads_to_ones_own_draft(
    browser, editors_browser, reviewer, editor
):
    claim = claim_with_evidence(reviewer=reviewer)
    first, second = (browser.post(path("start_verdict", claim)) for _ in range(2))
    assert second.url == first.url
    release_claim(claim.pk, by=reviewer)
    take_claim(claim.pk, by=editor)
    assert editors_browser.post(path("start_verdict", claim)).status_code == 409


def test_what_a_correction_changes_is_asked_and_not_presumed(browser):
    public = verdict_in(VerdictState.PUBLISHED)
    page = browser.get(path("verdict", public)).text
    options = page.split('<select id="kind"')[1].split("</select>")[0]
    assert options.startswith(' name="kind" required><option value="">Choose what it changes')
    assert "selected" not in options
    answer = browser.post(path("correct", public.claim), {"kind": "", "note": "It was May."})
    assert answer.status_code == 422
    assert "It was May.</textarea>" in answer.text
