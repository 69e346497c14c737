"""Correcting what is public: where it is written, and what the world reads of it."""

import json
import re

from claims.actions.correcting import begin_correction
from claims.actions.publishing import withdraw_verdict
from claims.actions.review import take_claim
from claims.actions.verdicts import save_draft, start_verdict
from claims.models import CorrectionKind, Verdict
from claims.states import ClaimState, VerdictState
from tests.factories import EvidenceFactory, UserFactory
from tests.stories import (
    STEPS,
    claim_with_evidence,
    corrected,
    correction_of,
    finished,
    verdict_in,
)
from tests.ui.conftest import path, typed


def test_a_correction_begins_with_a_public_note(browser, reviewer):
    verdict = verdict_in(VerdictState.PUBLISHED)
    claim = verdict.claim
    asked = browser.post(path("correct", claim), {"kind": "keeps_rating", "note": " "})
    assert asked.status_code == 422
    claim.refresh_from_db()
    assert claim.state == ClaimState.CLOSED
    sent = {"kind": "keeps_rating", "note": "It was May."}
    answer = browser.post(path("correct", claim), sent)
    started = Verdict.objects.get(state=VerdictState.DRAFT)
    assert answer.url == path("verdict", started)
    assert "It was May.</textarea>" in browser.get(answer.url).text


def test_a_correction_that_is_wrong_about_the_rating_is_mended_where_it_is_written(
    browser, reviewer
):
    verdict = verdict_in(VerdictState.PUBLISHED, claim_with_evidence(reviewer=reviewer))
    sent = {"kind": "changes_rating", "note": "It was May."}
    browser.post(path("correct", verdict.claim), sent)
    draft = Verdict.objects.get(state=VerdictState.DRAFT)
    refused = browser.post(
        path("save_verdict", draft), typed(draft, propose="yes", **sent), follow=True
    )
    assert "The rating is “True” as before: choose another" in refused.text
    draft.refresh_from_db()
    mended = typed(draft, propose="yes", kind="keeps_rating", note="It was June.")
    browser.post(path("save_verdict", draft), mended)
    draft.refresh_from_db()
    told = draft.correction
    assert (draft.state, told.kind, told.note) == ("proposed", "keeps_rating", "It was June.")


def test_a_correction_without_its_note_is_not_saved_and_loses_nothing(browser, reviewer):
    verdict = verdict_in(VerdictState.PUBLISHED, claim_with_evidence(reviewer=reviewer))
    browser.post(path("correct", verdict.claim), {"kind": "keeps_rating", "note": "It was May."})
    draft = Verdict.objects.get(state=VerdictState.DRAFT)
    answer = browser.post(path("save_verdict", draft), typed(draft, kind="keeps_rating", note=""))
    assert answer.status_code == 422
    assert "What is corrected, in public: This field is required." in answer.text
    assert 'name="note"' in answer.text
    assert "The count was **40** boats [1]." in answer.text


def test_a_correction_keeps_the_numbers_when_what_one_of_them_cites_was_rejected(browser, reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    first = claim.evidence.get()
    second = EvidenceFactory(claim=claim, accepted=True)
    begun = start_verdict(claim.pk, by=reviewer)
    content = {"explanation": "So [1]. And so [2].", "citations": (first.pk, second.pk)}
    save_draft(begun.pk, finished(claim, **content), by=reviewer)
    for step in STEPS[VerdictState.PUBLISHED]:
        step(begun.pk, reviewer)
    claim.evidence.filter(pk=first.pk).update(state="rejected", rejection="Forged.", stance="")

    draft = correction_of(Verdict.objects.get())
    assert list(draft.citations.order_by("number").values_list("number", "evidence")) == [
        (1, first.pk),
        (2, second.pk),
    ]
    page = browser.get(path("verdict", draft)).text
    assert page.count("rejected since") == 1
    assert re.search(rf'name="number-{first.public_id}"\s+value="1"', page)
    said = {"kind": "keeps_rating", "note": "It was May."}
    sent = typed(draft, explanation="So [1]. And so [2].", propose="yes", **said)
    sent |= {f"number-{first.public_id}": "1", f"number-{second.public_id}": "2"}
    refused = browser.post(path("save_verdict", draft), sent, follow=True).text
    assert "Accept what [1] cites, or cite something else." in refused


def test_a_correction_is_public_with_its_date_and_the_old_version_stays(world):
    verdict = verdict_in(VerdictState.SUPERSEDED)
    html = world.get(path("public", verdict.claim)).text
    assert "The count was made in May." in html
    assert "corrected since" in html
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    assert data["correction"][0]["text"] == "The count was made in May."
    assert data["version"] == "2"
    old = world.get(path("public_version", verdict.claim, 1)).text
    assert "An earlier version, kept for the record." in old
    assert "ld+json" not in old


def test_a_correction_in_work_is_not_seen_outside(world, browser):
    verdict = verdict_in(VerdictState.PUBLISHED)
    sent = {"kind": "keeps_rating", "note": "Not yet public."}
    browser.post(path("correct", verdict.claim), sent)
    html = world.get(path("public", verdict.claim)).text
    assert "Not yet public." not in html
    assert world.get(path("public_version", verdict.claim, 2)).status_code == 404


def notice_of(html):
    return html[html.index('class="page verdict"') : html.index("<h1")]


def test_what_was_corrected_stands_above_the_verdict_and_leads_to_the_whole_of_it(world):
    verdict = corrected(CorrectionKind.KEEPS_RATING, "It was May. " + "Not June. " * 40)
    html = world.get(path("public", verdict.claim)).text
    notice = notice_of(html)
    assert "Corrected on" in notice
    assert "does not change the rating" in notice
    assert "It was May." in notice
    assert len(notice) < len(verdict.correction.note) + 400
    assert 'href="#corrections"' in notice
    assert 'id="corrections"' in html


def test_an_earlier_version_says_what_became_of_it_and_is_found_by_no_search_engine(world):
    verdict = corrected(CorrectionKind.KEEPS_RATING, "It was May.\n\nNot June.")
    earlier = world.get(path("public_version", verdict.claim, 1)).text
    assert "Corrected on" in notice_of(earlier)
    assert "<p>It was May.</p>\n\n<p>Not June.</p>" in notice_of(earlier)
    assert '<meta name="robots" content="noindex">' in earlier
    assert 'property="og:title" content="Earlier version: True: ' in earlier
    assert "The present version, 2, rates it “True”." in notice_of(earlier)
    assert "noindex" not in world.get(path("public", verdict.claim)).text
    withdraw_verdict(verdict.pk, "Another harbour.", by=UserFactory())
    earlier = world.get(path("public_version", verdict.claim, 1)).text
    assert "The newest version, 2, was withdrawn on" in notice_of(earlier)
    assert "The present version" not in earlier


def test_the_oldest_version_tells_of_the_newest_by_itself(world):
    second = corrected(CorrectionKind.KEEPS_RATING, "It was May.")
    draft = begin_correction(
        second.claim_id, CorrectionKind.CHANGES_RATING, "It was less.", by=second.author
    )
    save_draft(draft.pk, finished(draft.claim, rating="mostly_true"), by=second.author)
    for step in STEPS[VerdictState.PUBLISHED]:
        step(draft.pk, second.author)
    oldest = path("public_version", second.claim, 1)
    assert "does not change the rating" in notice_of(world.get(oldest).text)
    assert "The present version, 3, rates it “Mostly true”." in notice_of(world.get(oldest).text)
    withdraw_verdict(draft.pk, "Another harbour.", by=UserFactory())
    assert "The newest version, 3, was withdrawn on" in notice_of(world.get(oldest).text)


def test_what_only_adds_something_is_told_as_an_update_and_corrects_nothing(world):
    verdict = corrected(CorrectionKind.UPDATE, "The log came in.")
    html = world.get(path("public", verdict.claim)).text
    assert "Updated on" in notice_of(html)
    assert ", updated since" in html
    assert '"correction":' not in html
    told = [html, *(world.get(address).text for address in ("/c/", path("embed", verdict.claim)))]
    told += [world.get("/c/feed.atom").text, world.get("/c/corrections/").text]
    for text in told:
        assert "Updated" in text
        assert "Corrected" not in text


def test_a_verdict_withdrawn_after_its_correction_says_above_only_that(world):
    verdict = corrected(CorrectionKind.KEEPS_RATING, "It was May.")
    withdraw_verdict(verdict.pk, "Another harbour.", by=UserFactory())
    html = world.get(path("public", verdict.claim)).text
    assert "Withdrawn on" in html
    assert "Corrected on" not in notice_of(html)
    assert "It was May." in html


def test_a_correction_with_hostile_words_stays_words(world):
    verdict = corrected(CorrectionKind.KEEPS_RATING, "<img src=x onerror=a()> " * 20)
    html = world.get(path("public", verdict.claim)).text
    assert "&lt;img src=x onerror=a()&gt;" in html
    assert "<img" not in html


def test_who_corrects_what_was_withdrawn_is_told_and_proposes_a_verdict_of_its_own(
    browser, reviewer
):
    public = verdict_in(VerdictState.PUBLISHED, claim_with_evidence(reviewer=reviewer))
    draft = begin_correction(
        public.claim_id, CorrectionKind.KEEPS_RATING, "It was May.", by=reviewer
    )
    says = "The verdict this corrects was withdrawn."
    assert says not in browser.get(path("verdict", draft)).text
    withdraw_verdict(public.pk, "Another harbour.", by=UserFactory())
    html = browser.get(path("verdict", draft)).text
    assert says in html
    assert "It was May.</textarea>" in html
    sent = typed(draft, kind="keeps_rating", note="It was June.", propose="yes")
    browser.post(path("save_verdict", draft), sent)
    draft.refresh_from_db()
    assert (draft.state, hasattr(draft, "correction")) == ("proposed", False)
    assert "Correction" not in browser.get(path("verdict", draft)).text


def test_who_decides_on_a_verdict_after_a_withdrawal_is_told_of_it(browser, reviewer):
    withdrawn = verdict_in(VerdictState.WITHDRAWN, claim_with_evidence(reviewer=reviewer))
    take_claim(withdrawn.claim_id, by=reviewer)
    draft = start_verdict(withdrawn.claim_id, by=reviewer)
    told = "The verdict “True” was withdrawn on"
    assert told in browser.get(path("verdict", draft)).text
    save_draft(draft.pk, finished(draft.claim), by=reviewer)
    STEPS[VerdictState.PROPOSED][0](draft.pk, reviewer)
    assert told in browser.get(path("verdict", draft)).text
