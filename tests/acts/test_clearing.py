"""Taking an article that nobody shall check off the desk, and bringing it back."""

import pytest

from claims.actions.clearing import (
    bring_back_article,
    bring_back_own_article,
    set_aside_article,
    set_aside_own_article,
)
from claims.actions.intake import Handed, ReadArticle, store_article, submit
from claims.actions.refusals import Refused
from claims.actions.review import dismiss_claim
from claims.actions.splitting import store_claims
from claims.models import Article, ArticleVersion, Claim, Search, Submission
from claims.reading.articles import SoughtArticles, articles
from claims.reading.claim import claim_page
from claims.reading.moderation import troubles
from claims.states import ClaimState, Dismissal, VerdictState
from factcheck.models import Event
from tests.factories import (
    ArticleFactory,
    ArticleVersionFactory,
    ClaimFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.splits import found_claim, split_of
from tests.stories import claim_with_evidence, verdict_in

pytestmark = pytest.mark.django_db


def state_of(claim):
    return Claim.objects.get(pk=claim.pk).state


def test_it_leaves_the_lists_with_its_open_claims_and_comes_back_with_them():
    moderator, article = UserFactory(), ArticleFactory(visibility="public")
    spam = ClaimFactory(article=article)
    held = ClaimFactory(article=article, in_review=True)
    public = verdict_in(VerdictState.PUBLISHED, claim_with_evidence(article=article)).claim
    Claim.objects.filter(pk=public.pk).update(state="open", outcome="")
    vague = ClaimFactory(article=article)
    dismiss_claim(vague.pk, Dismissal.VAGUE, by=moderator, note="It is spam.")

    set_aside_article(article.pk, reason="It is spam.", by=moderator)

    dismissed = Claim.objects.get(pk=spam.pk)
    assert (dismissed.dismissal, dismissed.note) == (Dismissal.OUTSIDE_REMIT, "It is spam.")
    assert [state_of(held), state_of(public)] == [ClaimState.IN_REVIEW, ClaimState.OPEN]
    assert list(articles(SoughtArticles())) == []
    told = [line.words for line in claim_page(spam.public_id).history]
    assert told == ["set its article aside, and with it dismissed the claim: It is spam"]
    with pytest.raises(Refused, match="already"):
        set_aside_article(article.pk, reason="Again.", by=moderator)

    bring_back_article(article.pk, by=moderator)

    assert state_of(spam) == ClaimState.OPEN
    assert state_of(vague) == ClaimState.DISMISSED
    assert list(articles(SoughtArticles())) == [article]
    with pytest.raises(Refused, match="not set aside"):
        bring_back_article(article.pk, by=moderator)


def test_a_reason_is_asked_for():
    with pytest.raises(Refused, match="Say why"):
        set_aside_article(ArticleFactory().pk, reason=" ", by=UserFactory())


def test_a_text_that_cannot_be_split_leaves_the_stuck_work():
    version = ArticleVersionFactory(failed=True)
    assert [trouble.pk for trouble in troubles()] == [version.pk]
    set_aside_article(version.article_id, reason="One word.", by=UserFactory())
    assert troubles() == []


def test_another_text_brings_it_back():
    person = UserFactory()
    for text in ("Forty boats.", "Forty boats."):
        read(text, person)
    article = Article.objects.get()
    set_aside_article(article.pk, reason="Spam.", by=person)
    read("Forty boats.", person)
    assert Article.objects.get().set_aside_at
    read("Fifty boats.", person)
    assert Article.objects.get().set_aside_at is None
    assert ArticleVersion.objects.count() == 2


def test_another_text_brings_its_claims_back_too():
    read("Forty boats.", UserFactory())
    article = Article.objects.get()
    claim = ClaimFactory(article=article)
    set_aside_article(article.pk, reason="Spam.", by=UserFactory())
    read("Fifty boats.", UserFactory())
    assert state_of(claim) == ClaimState.OPEN
    event = Event.objects.get(verb="article.brought_back")
    assert (event.component, event.data) == ("reader", {"claims": [str(claim.public_id)]})


def test_what_a_colleague_decided_alike_stays_decided():
    article, colleague = ArticleFactory(), UserFactory()
    earlier, later = ClaimFactory(article=article), ClaimFactory(article=article)
    dismiss_claim(earlier.pk, Dismissal.OUTSIDE_REMIT, by=colleague, note="Spam.")
    set_aside_article(article.pk, reason="Spam.", by=UserFactory())
    bring_back_article(article.pk, by=UserFactory())
    assert [state_of(earlier), state_of(later)] == [ClaimState.DISMISSED, ClaimState.OPEN]


def test_claims_found_while_it_is_set_aside_come_to_the_desk_when_it_is_brought_back():
    version = ArticleVersionFactory()
    lease = ArticleVersion.objects.lease(version.pk)
    set_aside_article(version.article_id, reason="Spam.", by=UserFactory())
    found = split_of(found_claim(version, "Forty boats left the harbour"))
    store_claims(version, lease, found, by="splitter")

    claim = Claim.objects.get()
    assert (claim.state, claim.dismissal, claim.note) == ("dismissed", "outside_remit", "Spam.")
    assert not Search.objects.exists()

    bring_back_article(version.article_id, by=UserFactory())

    assert Claim.objects.waiting().get() == claim
    assert Search.objects.due().get().claim == claim


def read(text, person):
    address = "https://paper.example/boats"
    submission = submit(Handed(url=address, visibility="public"), by=person)
    lease = Submission.objects.lease(submission.pk)
    found = ReadArticle(text=text, title="Boats", extractor="test", canonical_url=address)
    store_article(submission, lease, found, by="reader")


# By whoever handed it in.
def test_who_handed_an_article_in_by_mistake_sets_it_aside_and_brings_it_back():
    claim = ClaimFactory()
    article, owner = claim.article, claim.article.owner
    with pytest.raises(Refused, match="moderator sets it aside"):
        set_aside_own_article(article.pk, reason="A slip.", by=UserFactory())
    set_aside_own_article(article.pk, reason="A slip.", by=owner)
    claim.refresh_from_db()
    assert claim.state == ClaimState.DISMISSED
    bring_back_own_article(article.pk, by=owner)
    claim.refresh_from_db()
    assert claim.state == ClaimState.OPEN


def test_what_others_want_or_work_on_is_not_set_aside_by_one_of_them():
    claim = ClaimFactory(in_review=True)
    article, owner = claim.article, claim.article.owner
    with pytest.raises(Refused, match="Somebody works on its claims"):
        set_aside_own_article(article.pk, reason="A slip.", by=owner)
    Claim.objects.update(state=ClaimState.OPEN, reviewer=None)
    version = ArticleVersionFactory(article=article)
    asked = SubmissionFactory(ready=True, version=version)
    with pytest.raises(Refused, match="Others asked for it too"):
        set_aside_own_article(article.pk, reason="A slip.", by=owner)
    type(asked).objects.update(submitted_by=owner)
    set_aside_article(article.pk, reason="Spam.", by=UserFactory())
    with pytest.raises(Refused, match="a moderator brings it back"):
        bring_back_own_article(article.pk, by=owner)
