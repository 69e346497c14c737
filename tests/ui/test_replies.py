"""The right of reply on the page of a claim, and under its verdict."""

from datetime import timedelta

from django.utils import timezone

from claims.actions.attributing import Voice, attribute_claim
from claims.actions.publishing import publish_verdict
from claims.kinds import Kind
from claims.models import ReplyOutcome, ReplyRequest
from claims.states import VerdictState
from tests.factories import PartyFactory, ReplyRequestFactory, UserFactory
from tests.stories import approve, claim_with_evidence, propose, verdict_in
from tests.ui.conftest import path


def test_somebody_is_asked_and_their_answer_is_public(browser, reviewer, world):
    verdict = verdict_in(VerdictState.DRAFT, claim_with_evidence(reviewer=reviewer))
    claim, today = verdict.claim, timezone.localdate()
    sent = {"asked": "The port", "asked_on": today, "due_on": today + timedelta(days=3)}
    assert browser.post(path("ask_for_reply", claim), sent).url.endswith("#replies")
    asked = ReplyRequest.objects.get()
    assert "<strong>The port</strong>, asked on" in browser.get(path("claim", claim)).text
    told = {"outcome": "answered", "answer": "It was <b>May</b>.", "answered_on": today}
    told["recorded"] = 0
    browser.post(path("record_reply", asked), told)
    for step in (propose, approve):
        step(verdict.pk, reviewer)
    publish_verdict(verdict.pk, by=UserFactory())
    html = world.get(path("public", claim)).text
    assert "It was &lt;b&gt;May&lt;/b&gt;." in html
    assert "The port, asked on" in html


def test_what_is_missing_is_said_at_the_form_and_nothing_is_lost(browser, reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    answer = browser.post(path("ask_for_reply", claim), {"asked": "The port", "asked_on": "soon"})
    assert answer.status_code == 422
    assert "Not recorded. Write days as 2026-05-31." in answer.text
    assert 'value="The port"' in answer.text
    answer = browser.post(path("ask_nobody", claim), {"reason": ""})
    assert "Say why nobody is asked" in answer.text
    asked = ReplyRequestFactory(claim=claim)
    sent = {"outcome": "declined", "answer": "We said no.", "recorded": 0}
    answer = browser.post(path("record_reply", asked), sent)
    assert answer.status_code == 422
    assert "We said no.</textarea>" in answer.text
    asked.refresh_from_db()
    assert asked.outcome == ReplyOutcome.WAITING


def test_a_public_reason_is_written_down(browser, reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    browser.post(path("ask_nobody", claim), {"reason": "He died in 1998."})
    assert "He died in 1998." in browser.get(path("claim", claim)).text
    asked = ReplyRequest.objects.get()
    browser.post(path("take_back_reply", asked))
    html = browser.get(path("claim", claim)).text
    assert "Nobody was asked yet." in html
    assert "took back what was written down" in html
    assert "He died in 1998." in html.partition("1 taken back")[2]
    browser.post(path("bring_back_reply", asked))
    assert "Nobody was asked yet." not in browser.get(path("claim", claim)).text


def test_a_stale_record_shows_what_stands(browser, reviewer):
    asked = ReplyRequestFactory(claim=claim_with_evidence(reviewer=reviewer))
    sent = {"outcome": "answered", "answer": "It was May.", "recorded": 0}
    browser.post(path("record_reply", asked), sent)
    late = browser.post(path("record_reply", asked), sent | {"answer": "It was June."})
    assert late.status_code == 409
    assert "It was May." in late.text
    assert "It was June." in late.text


def test_what_was_written_down_for_another_claimant_says_so(browser, reviewer):
    claim = claim_with_evidence(reviewer=reviewer, claimant=PartyFactory(name="Lena Marsh"))
    ReplyRequestFactory(claim=claim)
    told = "Written down for Lena Marsh: it counts for nothing in a verdict on Tom Vale"
    assert "Written down for" not in browser.get(path("claim", claim)).text
    attribute_claim(
        claim.pk, Voice("Tom Vale"), Kind.EVENT, said_at=None, attribution=1, by=reviewer
    )
    assert told in browser.get(path("claim", claim)).text
