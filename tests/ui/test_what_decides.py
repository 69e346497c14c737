"""What nobody who decides may overlook: words that are gone, doubts, a withdrawal."""

import pytest

from claims.actions.review import take_claim
from claims.states import VerdictState
from tests.factories import AppearanceFactory, ArticleVersionFactory, EvidenceFactory, SearchFactory
from tests.stories import claim_with_evidence, propose, published, verdict_in, withdraw
from tests.ui.conftest import path, typed

GONE = "The newest version of the article does not say this any more."


@pytest.fixture
def claim(reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    version = ArticleVersionFactory(article=claim.article, split=True)
    AppearanceFactory(claim=claim, version=version)
    return claim


def corrected_away(claim):
    version = ArticleVersionFactory(article=claim.article, split=True, text="Sixty boats left.")
    AppearanceFactory(claim=claim, version=version, orphaned=True)


def test_words_the_article_says_no_more_are_told_to_whoever_writes(browser, claim):
    draft = verdict_in(VerdictState.DRAFT, claim)
    pages = (path("verdict", draft), "/desk/mine/", "/desk/?state=all")
    assert not any(GONE in browser.get(page).text for page in pages)
    corrected_away(claim)
    assert all(GONE in browser.get(page).text for page in pages)
    saved = browser.post(path("autosave_verdict", draft), typed(draft))
    assert GONE in saved.text.partition("data-seen")[2].partition("<ul")[0]


def test_words_the_article_says_no_more_are_told_to_whoever_approves(editors_browser, claim):
    verdict = verdict_in(VerdictState.PROPOSED, claim)
    corrected_away(claim)
    assert GONE in editors_browser.get("/desk/approvals/").text
    page = editors_browser.get(path("verdict", verdict)).text
    assert GONE in page.partition('id="decide"')[0]
    assert GONE in page.partition('id="decide"')[2].partition("Every gate is open.")[0]


def test_one_of_two_places_that_is_gone_is_no_claim_that_is_gone(browser, claim):
    version = ArticleVersionFactory(article=claim.article, split=True)
    AppearanceFactory(claim=claim, version=version, orphaned=True)
    AppearanceFactory(claim=claim, version=version)
    assert GONE not in browser.get("/desk/?state=all").text


def leaning(claim, **columns):
    columns = {"machine_stance": "contradicts", "confidence": 0.76} | columns
    return EvidenceFactory(claim=claim, **columns)


def test_what_the_model_leans_on_is_not_nothing(browser, claim):
    for _ in range(4):
        EvidenceFactory(claim=claim, machine_stance="neutral", confidence=0.1)
    withheld = leaning(claim)
    html = browser.get(path("claim", claim)).text
    against = html.partition('<h2 id="against"')[2].partition("</section>")[0]
    assert "Nothing sure. The model leans this way on one passage" in against
    assert "Nothing found" not in against
    assert "<blockquote>" not in against
    background = html.partition('id="background" open')[2]
    first = background.partition("<article")[2]
    assert str(withheld.public_id) in first.partition("</article>")[0]
    assert first.startswith(' class="evidence piece neutral"')


def test_what_relays_or_was_rejected_leans_to_no_side(browser, claim):
    leaning(claim, relation="relays_claimant")
    leaning(claim, rejected=True)
    SearchFactory(claim=claim, done=True)
    html = browser.get(path("claim", claim)).text
    assert "Nothing found against it." in html
    assert "leans" not in html


def test_what_is_likelier_wrong_than_right_is_no_leaning(browser, claim):
    SearchFactory(claim=claim, done=True)
    leaning(claim)
    leaning(claim, confidence=0.31)
    html = browser.get(path("claim", claim)).text
    assert "leans this way on one passage" in html
    assert "right with a probability of 0.31" in html


def test_the_card_beside_the_article_says_that_nothing_is_sure(browser):
    place = AppearanceFactory(version__split=True)
    SearchFactory(claim=place.claim, done=True)
    page = path("article", place.version.article)
    assert "Nothing for or against it found" in browser.get(page).text
    leaning(place.claim)
    html = browser.get(page).text
    assert "Nothing sure for or against it found" in html
    assert "The model leans to a side on 1 of these" in html


def public_again(claim, author):
    take_claim(claim.pk, by=author)
    claim.refresh_from_db()
    verdict_in(VerdictState.PUBLISHED, claim)


def test_a_withdrawn_verdict_leaves_its_trace_until_another_is_public(browser):
    verdict = published()
    claim = verdict.claim
    pages = (path("claim", claim), "/desk/?state=all", path("article", claim.article))
    assert not any("was withdrawn on" in browser.get(page).text for page in pages)
    withdraw(verdict.pk, verdict.author)
    for page in pages:
        html = browser.get(page).text
        assert "because: The count was of another harbour." in html
        assert f'href="{path("verdict", verdict)}"' in html
        assert f'href="{path("public", claim)}"' in html
    assert "Verdict withdrawn on" in browser.get(pages[0]).text.partition('class="page claim"')[0]
    public_again(claim, verdict.author)
    assert not any("was withdrawn on" in browser.get(page).text for page in pages)


def test_the_second_person_is_told_of_accepted_evidence_that_is_not_cited(
    browser, editors_browser, claim
):
    EvidenceFactory(claim=claim, accepted=True, stance="neutral")
    left_out = EvidenceFactory(claim=claim, accepted=True, stance="contradicts")
    draft = verdict_in(VerdictState.DRAFT, claim)
    told = f'<strong>Contradicts</strong>: <a href="{path("claim", claim)}'
    for page in (browser.get(path("verdict", draft)).text, decided_on(editors_browser, draft)):
        assert page.count(f"#evidence-{left_out.public_id}") == 1
        assert told in page
        assert page.count("</strong>: <a href") == 1
        assert "A later version of the article" not in page


def test_the_second_person_is_told_that_no_search_has_run(editors_browser, claim):
    draft = verdict_in(VerdictState.DRAFT, claim)
    assert "No search for evidence" not in decided_on(editors_browser, draft)
    claim.searches.update(wording=7)
    assert "No search for evidence" in editors_browser.get(path("verdict", draft)).text


def decided_on(editors_browser, draft):
    """The page on which a second person decides."""
    propose(draft.pk, draft.author)
    return editors_browser.get(path("verdict", draft)).text
