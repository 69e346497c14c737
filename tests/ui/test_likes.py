"""What the page of a claim says of claims like it, and what a person makes of that."""

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.actions.linking import confirm_link
from claims.actions.publishing import withdraw_verdict
from claims.actions.review import dismiss_claim
from claims.models import ClaimLink
from claims.reading.links import checked_no_more
from claims.states import Dismissal, VerdictState
from factcheck.models import Event
from sources.models import Source
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    CheckLinkFactory,
    ClaimLinkFactory,
    UserFactory,
)
from tests.stories import verdict_in
from tests.ui.conftest import logged_in, person

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


SHAKEN = "What it cites has changed, gone, or been retracted, blocked or rejected since"


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


def said_again(public):
    """A claim of another article that a person says is the published one again."""
    AppearanceFactory(version__article=public.claim.article, claim=public.claim)
    link = link_between(older=public.claim)
    return confirm_link(link.pk, "repeats", by=UserFactory()).claim


def article_of(claim):
    return reverse("claims:article", args=[claim.article.public_id])


def test_what_was_published_on_it_shows_before_a_claim_is_opened(browser):
    public = verdict_in(VerdictState.PUBLISHED)
    claim = said_again(public)
    link = reverse("claims:public", args=[public.claim.public_id])
    for page in ("/desk/", article_of(claim)):
        html = browser.get(page).text
        assert "The same was checked: <strong" in html
        assert link in html
    ClaimLink.objects.update(confirmed_as="related")
    assert "The same was checked" not in browser.get("/desk/").text


def test_a_check_that_was_withdrawn_is_none_any_more(browser):
    public = verdict_in(VerdictState.PUBLISHED)
    claim = said_again(public)
    dismiss_claim(claim.pk, Dismissal.ALREADY_CHECKED, by=UserFactory())
    assert not checked_no_more().exists()
    withdraw_verdict(public.pk, "Another harbour.", by=UserFactory())
    assert checked_no_more().get() == claim
    office = logged_in(person("mona", "Moderators"))
    assert "because of a verdict that was withdrawn" in office.get("/admin/").text
    listed = office.get("/admin/claims/claim/?earlier_check=withdrawn").text
    assert "1 found" in listed
    for page in ("/desk/?state=all", article_of(claim)):
        assert "was <a href" in browser.get(page).text.split("The same was checked;")[1]
    assert "verdict “True” withdrawn on" in browser.get(page_of(claim)).text
    CheckLinkFactory(claim=claim)
    assert not checked_no_more().exists()


@pytest.mark.parametrize("many", [1, 4])
def test_earlier_verdicts_cost_the_desk_as_many_queries_as_one(
    many, browser, django_assert_num_queries
):
    for _ in range(many):
        said_again(verdict_in(VerdictState.PUBLISHED))
    with django_assert_num_queries(14):
        html = browser.get("/desk/").text
    assert html.count("The same was checked") == many


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
    with django_assert_max_num_queries(20):
        assert browser.get(page_of(link.claim)).text.count('class="like suggested"') == 6
