"""What the lists of the administration say of keys, imports and claims, and how they narrow."""

import re
from datetime import timedelta

from django.utils import timezone

from claims.states import ClaimState, VerdictState
from factcheck.models import User
from sources.models import Import
from tests.admin.everything import details, lists
from tests.admin.test_buttons import press
from tests.factories import ApiKeyFactory, ArticleVersionFactory, ClaimFactory
from tests.stories import verdict_in

KEYS = "/admin/factcheck/apikey/"


def test_a_key_of_a_suspended_publisher_is_not_in_use(office):
    soon = timezone.now() + timedelta(days=1)
    for expires_at in (None, soon):
        ApiKeyFactory(publisher__active=False, expires_at=expires_at)
    assert office.get(KEYS).text.count(">Publisher suspended<") == 3  # the filter's too
    for state, there in (("usable", 0), ("soon", 0), ("ended", 0), ("suspended", 2)):
        html = office.get(KEYS, {"state": state}).text
        assert html.count('class="field-prefix"') == there, state


def test_an_import_that_was_killed_says_so_until_somebody_leaves_it_at_that(office):
    ago = timezone.now() - timedelta(hours=3)
    killed = Import.objects.create(
        name="news.csv", digest="a" * 64, rows=500, stored=500, moved_at=ago
    )
    going = Import.objects.create(name="more.csv", digest="b" * 64)
    assert "An import was interrupted" in office.get("/admin/").text
    html = office.get("/admin/sources/import/?state=interrupted").text
    assert "Interrupted after row 500: run ./dev manage add_documents" in html
    assert "more.csv" not in html
    assert press(office, "sources/import", going, "give-up").status_code == 409
    assert press(office, "sources/import", killed, "give-up").status_code == 302
    assert "Everything is in order" in office.get("/admin/").text
    assert "Ended by a person" in office.get("/admin/sources/import/").text


def test_the_claims_of_a_person_are_listed_under_their_name(office):
    ada = User.objects.create_user("ada@desk.example", first_name="Ada", last_name="Moss")
    claim = ClaimFactory(text="Forty boats left.", in_review=True, reviewer=ada)
    ClaimFactory(text="Nine trains came.", in_review=True)
    page = office.get(f"/admin/factcheck/user/{ada.pk}/change/").text
    in_hand = f"/admin/claims/claim/?reviewer={ada.pk}&state__exact=in_review"
    assert in_hand.replace("&", "&amp;") in page
    for listed in (in_hand, "/admin/claims/claim/?q=Ada+Moss", "/admin/claims/claim/?q=ada@desk"):
        html = office.get(listed).text
        assert ">Ada Moss<" in html
        assert claim.text in html
        assert "Nine trains" not in html


def test_no_button_is_offered_that_would_strand_an_approved_verdict(office):
    verdict = verdict_in(VerdictState.APPROVED)
    page = f"/admin/claims/claim/{verdict.claim_id}/change/"
    assert "act/put-back/" not in office.get(page).text
    claim = ClaimFactory(in_review=True)
    assert "act/put-back/" in office.get(f"/admin/claims/claim/{claim.pk}/change/").text


def test_an_approved_verdict_on_a_claim_in_nobodys_hands_is_taken_first(editors_browser):
    verdict = verdict_in(VerdictState.APPROVED)
    page = f"/verdicts/{verdict.public_id}/"
    assert f"{page}publish/" in editors_browser.get(page).text
    type(verdict.claim).objects.filter(pk=verdict.claim_id).update(
        state=ClaimState.OPEN, reviewer=None
    )
    assert f"{page}publish/" not in editors_browser.get(page).text
    assert "Take claim to publish it" in editors_browser.get(page).text


def test_an_article_is_set_aside_and_names_what_stays(office):
    claim = ClaimFactory(text="Buy my pills.")
    held = ClaimFactory(text="Pills cure all.", article=claim.article, in_review=True)
    page = f"/admin/claims/article/{claim.article_id}/change/"
    assert press(office, "claims/article", claim.article, "set-aside", reason="Spam.").url == page
    html = office.get(page).text
    assert held.text in html
    assert claim.text not in html
    assert press(office, "claims/article", claim.article, "bring-back").status_code == 302
    assert claim.text in office.get(page).text


def test_every_value_is_in_words_beside_its_columns_name_and_no_no_is_drawn_as_a_fault(
    office, rows
):
    for page in (*lists(rows), *details(rows)):
        html = office.get(page).text
        assert "admin/img/icon-" not in html, page
        assert not re.search(r"<dd>(<ul></ul>|-)?</dd>|<td[^>]*></td>", html), page
        assert html.count("<td ") == html.count('<td data-heading="'), page
    outlet = details({"sources/outlet": rows["sources/outlet"]})[0]
    assert re.search(r"<dt>Blocked</dt>\s*<dd>.*no</", office.get(outlet).text)


def test_the_page_of_an_act_is_headed_by_what_it_is_done_to(office):
    article = ArticleVersionFactory(title="Boats leave at noon").article
    page = office.get(f"/admin/claims/article/{article.pk}/act/set-aside/").text
    assert "<h1>Set aside: Boats leave at noon</h1>" in page
    assert '<a href="/admin/claims/article/">Articles</a></p>' in page
