"""What each act says on the next page: what it was done to, and what became of it."""

import pytest

from claims.models import Claim
from claims.ordering import seen
from claims.states import VerdictState
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    BringingFactory,
    ClaimLinkFactory,
    EvidenceFactory,
    PriorCheckFactory,
    SnapshotFactory,
)
from tests.stories import placed_beside, verdict_in
from tests.ui.conftest import SAYS

TEXT = "Boats\n\nForty boats left the harbour, officials said. Nobody was hurt. It was cold."


@pytest.fixture
def claim(db):
    version = ArticleVersionFactory(split=True, text=TEXT, article__public=True)
    return AppearanceFactory(version=version).claim


def said(browser, path, sent=None):
    """What the next page says of an act, without its markup."""
    page = browser.post(path, sent or {}, follow=True)
    assert page.status_code == 200
    return page.text.split(SAYS)[1].split("</li>")[0].rpartition(">")[2]


def test_what_became_of_a_piece_of_evidence_is_said_with_its_name(browser, claim):
    log, diary = (
        EvidenceFactory(claim=claim, passage__snapshot__source__title=title)
        for title in ("Log", "Diary")
    )

    def done(act, piece=log, **sent):
        return said(browser, f"/evidence/{piece.public_id}/{act}/", sent)

    assert done("accept", stance="supports") == "“Log” counts for the claim."
    assert done("accept", stance="neutral") == "“Log” counts as background."
    assert done("reject", reason="Of May.") == "“Log” does not count. Next to decide: “Diary”."
    assert done("reconsider") == "“Log” counts as background again."
    assert done("reconsider") == "“Log” is undecided again."
    relayed = {"relation": "relays_article", "reason": "A copy."}
    assert done("relate", **relayed) == "“Log” only relays the checked article."
    done("reject", reason="Of May.")
    assert done("reject", diary, reason="Of May.") == (
        "“Diary” does not count. Nothing else beside the claim is undecided."
    )


def test_evidence_that_is_brought_is_said_with_its_name(browser, claim):
    sent = {"kind": "interview", "title": "Master", "body": "Forty.", "stance": "contradicts"}
    added = said(browser, f"/claims/{claim.public_id}/evidence/", sent | {"publication": "full"})
    assert added == "Added: “Master” counts against the claim."
    address = {"url": "https://port.example/log"}
    brought = said(browser, f"/claims/{claim.public_id}/documents/", address)
    assert brought == "“https://port.example/log” is being read."
    again = BringingFactory(claim=claim, failed=True)
    assert "is read again." in said(browser, f"/documents/{again.public_id}/read-again/")


def test_words_of_a_document_that_count_are_said_by_side(browser, claim):
    log = SnapshotFactory(text="The log counts 40 boats.", source__title="Log")
    document = BringingFactory(claim=claim, ready=True, snapshot=log)
    sent = {"quote": "40 boats", "stance": "supports", "wording": "1"}
    told = said(browser, f"/documents/{document.public_id}/quote/", sent)
    assert told == "Passages of “Log” that count: 1 for the claim."
    assert said(browser, f"/documents/{document.public_id}/quote/", sent) == "They counted already."


def test_what_became_of_claims_is_said(browser, claim):
    hurt = placed_beside(claim, "Nobody was hurt")
    page, place = f"/claims/{claim.public_id}", f"/articles/{claim.article.public_id}"
    parts = {"text-1": "Forty boats left.", "text-2": "Boats left the harbour."}
    split = said(browser, f"{page}/split/", parts | {"wording": "1", "version": "1"})
    assert split == "Split into 2 claims, which are checked in its place."
    assert said(browser, f"{page}/unsplit/") == "Put together again; it is checked as a whole."
    ticked = {"wording": "1", "claim": f"{hurt.public_id}:1"}
    merged = said(browser, f"{page}/merge/", ticked)
    assert merged == "Merged; it stands for 1 other claim too."
    apart = said(browser, f"/claims/{hurt.public_id}/unmerge/")
    assert apart == "Taken apart again; this claim is checked by itself."
    order = seen(type(claim.article).objects.get().claim_order)
    moved = said(browser, f"{page}/move/", {"place": "2", "order": order})
    assert moved == f"“{claim.text}” is number 2 now."
    marked = said(
        browser, f"{place}/mark/", {"version": "1", "quote": "It was cold", "kind": "event"}
    )
    assert marked == "Marked as a claim: “It was cold”. A search begins."
    assert Claim.objects.filter(text="It was cold").exists()


def test_what_was_made_of_likes_and_checks_is_said(browser, claim):
    link = ClaimLinkFactory(claim=claim, other=placed_beside(claim, "Nobody was hurt"))
    check = PriorCheckFactory(title="Boats, checked")
    refused = said(browser, f"/links/{link.public_id}/refuse/")
    assert refused == f"Refused: it is not like “{link.other.text}”."
    here = said(browser, f"/links/{link.public_id}/reconsider/", {"from": "other"})
    assert here == f"Undecided again: whether it is like “{claim.text}”."
    path = f"/claims/{claim.public_id}/checks/{check.public_id}"
    assert said(browser, f"{path}/confirm/") == "“Boats, checked” is about this claim."


def test_what_became_of_verdicts_is_said(editors_browser, editor):
    public = verdict_in(VerdictState.PUBLISHED)
    path = f"/verdicts/{public.public_id}/withdraw/"
    withdrawn = said(editors_browser, path, {"note": "Of another harbour."})
    assert withdrawn == "Withdrawn; everybody can read why."
    draft = verdict_in(VerdictState.DRAFT)
    discarded = said(editors_browser, f"/verdicts/{draft.public_id}/discard/")
    assert discarded == "Discarded; the draft can be brought back."
