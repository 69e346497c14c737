"""Splitting, merging and ordering claims on their pages, without any script."""

import pytest
from django.urls import reverse

from claims.actions.evidence import accept_evidence
from claims.actions.review import reword_claim, take_claim
from claims.models import Claim
from claims.ordering import seen
from claims.states import VerdictState
from sources.ports import Stance
from tests.factories import AppearanceFactory, ArticleVersionFactory, EvidenceFactory
from tests.stories import (
    claim_with_evidence,
    merged_claim,
    placed_beside,
    split_in_two,
    verdict_in,
)
from tests.ui.conftest import logged_in, path, person

TEXT = "Boats\n\nIt was cold. Forty boats left the harbour, officials said. Nobody was hurt."


@pytest.fixture
def claim(db):
    version = ArticleVersionFactory(split=True, text=TEXT, title="Boats at sea")
    return AppearanceFactory(version=version).claim


@pytest.fixture
def hurt(claim):
    return placed_beside(claim, "Nobody was hurt", text="Nobody was hurt on Monday.")


def article_of(claim):
    return reverse("claims:article", args=[claim.article.public_id])


def page_of(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.text


PARTS = {
    "wording": "1",
    "version": "1",
    "text-1": "Forty boats left.",
    "quote-1": "Forty boats left",
    "text-2": "Boats left the harbour.",
    "quote-2": "Forty boats left the harbour",
    "text-3": " ",
    "quote-3": "Forty boats left the harbour",
}


def test_a_claim_is_split_and_its_page_leads_to_the_parts(browser, claim):
    form = page_of(browser, path("split", claim))
    assert "<mark>Forty boats left the harbour</mark>, officials said." in form
    assert form.count(">Forty boats left the harbour.</textarea>") == 2
    answer = browser.post(path("split", claim), PARTS)
    assert answer.url == path("claim", claim)
    first, second = Claim.objects.filter(split_from=claim).order_by("pk")
    assert first.appearances.get().quote == "Forty boats left"
    assert second.appearances.get().quote == "Forty boats left the harbour"
    html = page_of(browser, answer.url)
    assert "Split by Ada into 2 claims" in html
    assert path("claim", first) in html
    assert "Ada split the claim into 2 claims." in html
    assert path("restore", claim) not in html
    part = page_of(browser, path("claim", first))
    assert "Split off by Ada" in part
    assert "Ada split this claim off another." in part
    browser.post(path("unsplit", claim))
    assert "Put back into" in page_of(browser, path("claim", first))
    assert "Ada put this claim back into the one it was split from." in page_of(
        browser, path("claim", first)
    )
    assert "Ada put a claim together again that was split." in page_of(browser, answer.url)


def test_words_of_a_part_that_stand_nowhere_are_asked_for_and_all_is_kept(browser, claim):
    answer = browser.post(path("split", claim), PARTS | {"quote-1": "Fifty boats"})
    assert answer.status_code == 422
    assert "The words of part 1 do not stand in the text." in answer.text
    for kept in ("Fifty boats", "Boats left the harbour.", "Forty boats left."):
        assert kept in answer.text
    assert not Claim.objects.filter(split_from=claim).exists()


def test_words_that_stand_twice_in_the_text_are_those_of_the_claim(browser, claim):
    browser.post(path("split", claim), PARTS | {"quote-1": "oats"})
    assert Claim.objects.filter(split_from=claim).first().appearances.get().start == 27


def test_selected_words_say_which_of_two_places_is_meant(browser, claim):
    at = {"quote-1": "boats left the harbour", "start-1": "26", "end-1": "48"}
    browser.post(path("split", claim), PARTS | at)
    place = Claim.objects.filter(split_from=claim).first().appearances.get()
    assert (place.quote, place.start) == ("boats left the harbour", 26)


def test_who_splits_a_claim_reworded_meanwhile_sees_the_wording_and_keeps_the_parts(
    browser, claim, reviewer
):
    reword_claim(claim.pk, "Forty boats left Hull.", wording=1, by=reviewer)
    late = browser.post(path("split", claim), PARTS)
    assert late.status_code == 409
    assert "Forty boats left Hull." in late.text
    assert '<input type="hidden" name="wording" value="2">' in late.text
    assert "Boats left the harbour." in late.text


def test_a_claim_somebody_has_in_hand_says_so_instead_of_a_form(browser, editor, claim):
    take_claim(claim.pk, by=editor)
    for name in ("split", "merge"):
        html = page_of(browser, path(name, claim))
        assert "Ben has this claim in hand." in html
        assert "<textarea" not in html
    answer = browser.post(path("split", claim), PARTS)
    assert (answer.status_code, "Ben has this claim in hand." in answer.text) == (409, True)


def test_a_claim_whose_verdict_is_with_the_approver_says_what_to_do(browser, reviewer):
    claim = verdict_in(VerdictState.PROPOSED, claim_with_evidence(reviewer=reviewer)).claim
    AppearanceFactory(claim=claim, version=ArticleVersionFactory(article=claim.article, split=True))
    html = page_of(browser, path("split", claim))
    assert "Its verdict is with the approver; return that first." in html
    assert "<textarea" not in html


def test_an_undo_that_something_stands_in_the_way_of_says_what(browser, claim, reviewer):
    first, _ = split_in_two(claim)
    accept_evidence(EvidenceFactory(claim=first).pk, Stance.SUPPORTS, by=reviewer)
    answer = browser.post(path("unsplit", claim))
    assert answer.status_code == 409
    assert "was accepted or rejected; take that back first" in answer.text


def test_carried_evidence_says_where_it_was_accepted(browser, claim):
    EvidenceFactory(claim=claim, accepted=True)
    first, _ = split_in_two(claim)
    html = page_of(browser, path("claim", first))
    assert "Nobody has read it against these words" in html
    assert path("claim", claim) in html.split("Accepted beside")[1][:120]


# Merging.
def test_the_likeliest_claim_is_offered_first_and_merged(browser, claim, hurt):
    alike = placed_beside(claim, "boats left", text="Boats left the harbour.")
    form = page_of(browser, path("merge", claim))
    assert form.index(alike.text) < form.index(hurt.text)
    sent = {"wording": "1", "claim": [f"{alike.public_id}:1", f"{hurt.public_id}:1"]}
    assert browser.post(path("merge", claim), sent).url == path("claim", claim)
    html = page_of(browser, path("claim", claim))
    assert "Stands for 2 merged claims" in html
    assert "Ada merged 2 other claims into the claim." in html
    merged = page_of(browser, path("claim", alike))
    assert "Merged by Ada; this claim is checked in its place: <a" in merged
    assert "Ada merged this claim into another." in merged
    browser.post(path("unmerge", alike))
    assert "Ada took a merged claim apart again." in page_of(browser, path("claim", alike))
    assert "Ada took another claim out of this one again." in page_of(browser, path("claim", claim))


def test_what_cannot_be_merged_now_says_why(browser, editor, claim, hurt):
    take_claim(hurt.pk, by=editor)
    html = page_of(browser, path("merge", claim))
    assert "Not now: Ben has it in hand." in html
    assert html.count("disabled") == 1


def test_without_another_claim_there_is_nothing_to_merge(browser, claim):
    html = page_of(browser, path("merge", claim))
    assert "No other claim of this article waits to be decided." in html


@pytest.mark.parametrize("sent", [[], ["nonsense"], ["00000000-0000-0000-0000-000000000000:1"]])
def test_a_merge_with_nothing_changes_nothing(browser, claim, hurt, sent):
    answer = browser.post(path("merge", claim), {"wording": "1", "claim": sent})
    assert answer.status_code == 422
    assert Claim.objects.waiting().count() == 2


# The article's list.
def test_claims_that_others_stand_for_are_listed_apart_and_mark_no_words(browser, claim, hurt):
    first, _ = split_in_two(claim)
    merged_claim(hurt, "It was cold")
    html = page_of(browser, article_of(claim))
    assert "2 claims split or merged" in html
    assert "3 claims</h2>" in html
    assert "split by" in html
    assert f'href="{path("split", first)}"' in html
    marks = [part[:6] for part in html.split('data-claims="')[1:]]
    assert all("4" not in mark and "5" not in mark for mark in marks)


def test_a_claim_is_moved_by_form_and_the_list_keeps_its_order(browser, claim, hurt):
    html = page_of(browser, article_of(claim))
    order = seen([])
    assert f'name="order" value="{order}"' in html
    answer = browser.post(path("move", hurt), {"order": order, "place": "1"})
    assert answer.url == f"{article_of(claim)}#claim-1"
    html = page_of(browser, article_of(claim))
    assert html.index(hurt.text) < html.index(claim.text)
    late = browser.post(path("move", claim), {"order": order, "to": "1", "place": "2"})
    assert late.status_code == 409
    assert "Somebody changed the order meanwhile" in late.text
    assert "moved the claim to place 1 of 2 in its article" in page_of(browser, path("claim", hurt))


def test_only_the_newest_version_is_edited(browser, claim):
    version = ArticleVersionFactory(article=claim.article, split=True, text=TEXT + " Yes.")
    AppearanceFactory(claim=claim, version=version)
    old = reverse("claims:version", args=[claim.article.public_id, 1])
    assert path("move", claim) not in page_of(browser, old)
    assert path("move", claim) in page_of(browser, article_of(claim))


# Whose words.
def test_a_rewording_shows_the_machines_words_and_what_changed(browser, claim, reviewer):
    assert "worded by the splitter" in page_of(browser, path("claim", claim))
    reword_claim(claim.pk, "Forty vessels left the harbour.", wording=1, by=reviewer)
    reword_claim(claim.pk, "Forty vessels left Hull.", wording=2, by=reviewer)
    html = page_of(browser, path("claim", claim))
    assert 'The splitter\'s wording: <span class="serif">Forty boats left the harbour.' in html
    assert "Forty<del> boats</del><ins> vessels</ins> left the harbour." in html
    assert "Ada reworded the claim (wording 3)." in html
    assert "Reworded by Ada" in page_of(browser, article_of(claim))


def test_the_machines_own_claims_bear_nobodys_name(browser, claim):
    html = page_of(browser, article_of(claim))
    assert "tag human" not in html


@pytest.mark.parametrize("name", ["split", "unsplit", "merge", "unmerge", "move"])
def test_without_the_role_nothing_of_it_is_possible(claim, name):
    eve = logged_in(person("eve"))
    assert eve.post(path(name, claim)).status_code == 403
    if name in ("split", "merge"):
        assert eve.get(path(name, claim)).status_code == 403


def test_pages_of_claims_that_are_not_there_are_not_found(browser, claim):
    Claim.objects.filter(pk=claim.pk)
    nowhere = reverse("claims:split", args=["00000000-0000-0000-0000-000000000000"])
    assert browser.get(nowhere).status_code == 404


def test_the_list_of_candidates_asks_a_fixed_number_of_questions(
    browser, claim, django_assert_max_num_queries
):
    for quote in ("Forty boats", "boats left", "the harbour", "officials", "Nobody", "hurt"):
        placed_beside(claim, quote)
    with django_assert_max_num_queries(10):
        page_of(browser, path("merge", claim))
