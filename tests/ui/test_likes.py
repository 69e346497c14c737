"""What the page of a claim says of claims like it, and what a person makes of that."""

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.actions.linking import confirm_link
from claims.models import ClaimLink
from claims.states import VerdictState
from factcheck.models import Event
from sources.models import Source
from tests.factories import AppearanceFactory, ArticleFactory, ClaimLinkFactory, UserFactory
from tests.stories import verdict_in

pytestmark = pytest.mark.django_db


def page_of(claim):
    return reverse("claims:claim", args=[claim.public_id])


def claim_in(article):
    return AppearanceFactory(version__article=article).claim


def link_between(older=None, newer=None, **columns):
    older = older or claim_in(ArticleFactory(public=True))
    newer = newer or claim_in(ArticleFactory(public=True))
    return ClaimLinkFactory(claim=newer, other=older, **columns)


def post(browser, link, act, **sent):
    return browser.post(reverse(f"claims:{act}_link", args=[link.public_id]), sent)


def test_both_pages_tell_of_the_other_claim(browser):
    link = link_between(relation="stronger")

    newer = browser.get(page_of(link.claim)).text
    older = browser.get(page_of(link.other)).text

    assert "Says more than" in newer
    assert page_of(link.other) in newer
    assert "More is said in" in older
    assert page_of(link.claim) in older
    assert "Suggested, 0.90:" in newer


def test_a_claim_like_no_other_has_no_such_part(browser):
    claim = claim_in(ArticleFactory())
    assert 'id="likes"' not in browser.get(page_of(claim)).text


def test_the_verdict_of_the_other_claim_is_named(browser):
    verdict = verdict_in(VerdictState.PUBLISHED)
    AppearanceFactory(version__article=verdict.claim.article, claim=verdict.claim)
    link = link_between(older=verdict.claim)

    page = browser.get(page_of(link.claim)).text

    assert reverse("claims:public", args=[verdict.claim.public_id]) in page
    assert verdict.rating_label in page


SHAKEN = "A source it cites has changed, gone, or been retracted or blocked since"


@pytest.mark.parametrize("happened", ["gone_at", "retracted_at"])
def test_an_earlier_verdict_says_that_a_source_it_cites_does_not_stand_any_more(browser, happened):
    verdict = verdict_in(VerdictState.PUBLISHED)
    AppearanceFactory(version__article=verdict.claim.article, claim=verdict.claim)
    link = link_between(older=verdict.claim)
    assert SHAKEN not in browser.get(page_of(link.claim)).text

    cited = Source.objects.filter(evidence__citations__verdict=verdict)
    why = {"gone_at": "gone", "retracted_at": "retraction"}[happened]
    cited.update(**{happened: timezone.now(), why: "It was withdrawn."})

    assert SHAKEN in browser.get(page_of(link.claim)).text


def test_a_person_confirms_as_something_else_and_takes_it_back(browser, reviewer):
    link = link_between(relation="same")

    answer = post(browser, link, "confirm", relation="weaker")

    assert answer.url == page_of(link.claim) + "#likes"
    link.refresh_from_db()
    assert (link.decision, link.confirmed_as, link.relation) == ("confirmed", "weaker", "same")
    page = browser.get(page_of(link.claim)).text
    assert "Says less than" in page
    assert f"confirmed by {reviewer.name}" in page
    assert "confirmed that it is like another claim" in page
    event = Event.objects.latest("position")
    assert event.data["suggested"] == "same"

    post(browser, link, "reconsider")
    link.refresh_from_db()
    assert (link.decision, link.confirmed_as, link.decided_by) == ("suggested", "", None)


def test_a_refused_link_stays_to_be_undone_and_leads_back_where_it_was_refused(browser):
    link = link_between()

    answer = post(browser, link, "refuse", **{"from": "other"})

    assert answer.url == page_of(link.other) + "#likes"
    page = browser.get(page_of(link.other)).text
    assert "Not like it:" in page
    assert reverse("claims:reconsider_link", args=[link.public_id]) in page


def test_of_two_people_the_second_is_told(browser):
    link = link_between()
    confirm_link(link.pk, "same", by=UserFactory())

    answer = post(browser, link, "refuse")

    assert answer.status_code == 409
    assert "meanwhile" in answer.text


def test_a_link_is_not_confirmed_as_nothing(browser):
    link = link_between()
    answer = post(browser, link, "confirm", relation="near")
    assert answer.status_code == 422
    assert ClaimLink.objects.get().decision == "suggested"


def test_the_page_of_a_public_claim_does_not_tell_of_a_confidential_one(browser):
    secret = claim_in(ArticleFactory())
    link = link_between(newer=secret)

    assert page_of(link.other) in browser.get(page_of(secret)).text
    assert page_of(secret) not in browser.get(page_of(link.other)).text


def test_many_likes_cost_as_many_queries_as_one(browser, django_assert_max_num_queries):
    link = link_between()
    for _ in range(5):
        link_between(newer=link.claim)
    with django_assert_max_num_queries(18):
        assert browser.get(page_of(link.claim)).text.count('class="like suggested"') == 6
