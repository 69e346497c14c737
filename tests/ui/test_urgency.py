"""What whoever asked wants, where reviewers see it; and what comes first."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from claims.actions.verdicts import return_verdict
from claims.models import Claim
from claims.states import VerdictState
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    ClaimFactory,
    PublisherFactory,
    SubmissionFactory,
)
from tests.stories import claim_with_evidence, seen, verdict_in

OVER = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
NOON = datetime(2030, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def version(db):
    return ArticleVersionFactory(split=True)


def page_of(browser, version):
    return browser.get(reverse("claims:article", args=[version.article.public_id])).text


def test_the_article_tells_who_asked_why_by_when_and_what_they_say(browser, version, reviewer):
    SubmissionFactory(
        ready=True,
        version=version,
        submitted_by=reviewer,
        purpose="pre_publication",
        deadline=NOON,
        reason="Look at <b>the count</b>\nfirst.",
    )
    html = page_of(browser, version)
    assert "24 November 2030, 12:00 UTC" in html
    assert "Check before publication · asked by Ada" in html
    assert "Look at &lt;b&gt;the count&lt;/b&gt;<br>first." in html


def test_what_was_asked_of_the_version_before_is_still_told(browser, version):
    tide = PublisherFactory(name="The <Tide>")
    SubmissionFactory(
        ready=True, by_publisher=True, publisher=tide, version=version, reason="Mind the count."
    )
    newer = ArticleVersionFactory(article=version.article, split=True)
    SubmissionFactory(ready=True, version=newer)
    html = page_of(browser, newer)
    assert "1 earlier request<" in html
    assert "asked by The &lt;Tide&gt;" in html
    assert "of version 1" in html
    assert "Mind the count." in html


def test_of_many_requests_the_newest_are_told(browser, version, django_assert_max_num_queries):
    for number in range(12):
        SubmissionFactory(ready=True, version=version, reason=f"Note {number}.")
    with django_assert_max_num_queries(14):
        html = page_of(browser, version)
    assert "9 and more earlier requests" in html
    assert "Note 11." in html
    assert "Note 1." not in html


def test_lists_and_pages_say_when_a_claim_is_due_until_it_is_decided(browser, version):
    claim = AppearanceFactory(version=version).claim
    Claim.objects.update(deadline=NOON)
    pages = ["/", "/desk/?state=all", reverse("claims:claim", args=[claim.public_id])]
    pages.append(reverse("claims:article", args=[version.article.public_id]))
    assert all("24 Nov 2030, 12:00 UTC" in browser.get(page).text for page in pages)
    Claim.objects.update(state="dismissed", dismissal="vague")
    assert not any("24 Nov 2030" in browser.get(page).text for page in pages)


def test_a_deadline_that_is_over_is_said_to_be_so_wherever_it_is_told(browser, version, reviewer):
    claim = AppearanceFactory(version=version).claim
    Claim.objects.update(deadline=OVER)
    SubmissionFactory(ready=True, version=version, submitted_by=reviewer, deadline=OVER)
    told = 'overdue since <time datetime="2026-01-05T12:00:00+00:00">'
    pages = ["/", "/desk/?state=all", reverse("claims:claim", args=[claim.public_id])]
    pages.append(reverse("claims:article", args=[version.article.public_id]))
    for page in pages:
        html = browser.get(page).text
        assert told in html
        assert "due <time" not in html
    assert "Was needed by <time" in html
    assert "Needed by <time" not in html


def test_what_can_still_be_met_comes_first_and_what_is_over_counts_as_having_no_deadline(
    browser, version
):
    given = [("Over.", OVER, 0.5), ("Dull.", None, 0.1), ("Strong.", None, 0.9), ("Due.", NOON, 0)]
    for text, deadline, likely in given:
        ClaimFactory(article=version.article, text=text, deadline=deadline, check_worthiness=likely)
    html = browser.get("/desk/").text
    places = [html.index(f">{text}</a>") for text in ("Due.", "Strong.", "Over.", "Dull.")]
    assert places == sorted(places)


@pytest.mark.parametrize("state", ["received", "failed"])
def test_the_list_says_by_when_an_article_is_needed_that_is_not_split(
    browser, reviewer, state, django_assert_max_num_queries
):
    for deadline in (NOON, OVER):
        columns = {"failed": True} if state == "failed" else {}
        version = ArticleVersionFactory(**columns)
        SubmissionFactory(ready=True, version=version, submitted_by=reviewer, deadline=deadline)
    with django_assert_max_num_queries(11):
        html = browser.get("/").text
    assert "due <time" in html
    assert "24 Nov 2030, 12:00 UTC" in html
    assert "overdue since <time" in html


@pytest.mark.parametrize("failed", [True, False])
def test_the_list_says_by_when_something_is_needed_that_is_not_read(browser, reviewer, failed):
    for deadline in (NOON, OVER):
        SubmissionFactory(submitted_by=reviewer, failed=failed, deadline=deadline)
    html = browser.get("/").text
    assert "24 Nov 2030, 12:00 UTC" in html
    assert "overdue since <time" in html


def test_a_reviewer_changes_and_lifts_a_deadline_and_says_why(browser, version):
    claim = AppearanceFactory(version=version).claim
    submission = SubmissionFactory(ready=True, version=version, deadline=OVER)
    path = reverse("claims:deadline", args=[submission.public_id])
    assert path in page_of(browser, version)
    sent = {"deadline": "2030-11-24T12:00", "reason": "It goes to print <later>."}
    browser.post(path, sent)
    html = page_of(browser, version)
    assert "Needed by <time" in html
    assert "Ada changed the deadline on <time" in html
    assert "It goes to print &lt;later&gt;." in html
    assert "due <time" in browser.get(reverse("claims:claim", args=[claim.public_id])).text
    browser.post(path, {"deadline": "", "reason": "Nobody waits."})
    html = page_of(browser, version)
    assert "Ada lifted the deadline on <time" in html
    assert "eeded by <time" not in html
    assert "due <time" not in browser.get(reverse("claims:claim", args=[claim.public_id])).text


@pytest.mark.parametrize(
    ("deadline", "reason", "why"),
    [
        ("2030-11-24T12:00", " ", "Say why the deadline is changed."),
        ("2020-11-24T12:00", "Late.", "The deadline is over."),
        ("2130-11-24T12:00", "Late.", "more than ten years away"),
        ("2026-01-05T12:00", "Late.", "This is its deadline already."),
        ("soon", "Late.", "Enter a valid date/time."),
    ],
)
def test_a_deadline_that_cannot_be_is_refused_and_what_was_typed_is_kept(
    browser, version, deadline, reason, why
):
    submission = SubmissionFactory(ready=True, version=version, deadline=OVER)
    path = reverse("claims:deadline", args=[submission.public_id])
    answer = browser.post(path, {"deadline": deadline, "reason": reason})
    assert answer.status_code == 422
    assert why in answer.text
    assert deadline in answer.text
    submission.refresh_from_db()
    assert submission.deadline == OVER


def test_a_reviewer_marks_a_claim_urgent_and_takes_that_back(browser, version):
    claim = ClaimFactory(article=version.article)
    page = reverse("claims:claim", args=[claim.public_id])
    path = reverse("claims:urgent", args=[claim.public_id])
    assert ">Mark urgent</button>" in browser.get(page).text
    assert browser.post(path, {"urgent": "yes"}).url == page
    assert ">urgent</strong>" in browser.get("/desk/").text
    assert ">Mark not urgent</button>" in browser.get(page).text
    browser.post(path, {"urgent": "no"})
    assert ">urgent</strong>" not in browser.get("/desk/").text


def test_what_is_decided_meanwhile_is_not_marked(browser, version):
    claim = ClaimFactory(article=version.article, closed=True)
    answer = browser.post(reverse("claims:urgent", args=[claim.public_id]), {"urgent": "yes"})
    assert answer.status_code == 409
    assert "The claim is closed or dismissed" in answer.text


def test_the_form_says_in_which_zone_times_are_read(browser, settings):
    assert f"Needed by (time in {settings.TIME_ZONE})" in browser.get("/submit/").text


def test_who_writes_and_who_decides_see_by_when_and_what_comes_first(
    browser, editors_browser, reviewer, editor
):
    later, due = (verdict_in(VerdictState.PROPOSED, on_desk(reviewer)) for _ in range(2))
    Claim.objects.filter(pk=due.claim_id).update(deadline=NOON, priority=1)
    told = "24 Nov 2030, 12:00 UTC"
    for who, page in (
        (editors_browser, reverse("claims:approvals")),
        (browser, reverse("claims:my_work")),
    ):
        html = who.get(page).text
        assert told in html
        assert html.index(str(due.public_id)) < html.index(str(later.public_id))
    page = reverse("claims:verdict", args=[due.public_id])
    assert told in editors_browser.get(page).text
    return_verdict(due.pk, seen(due.pk), "Say which harbour.", by=editor)
    assert told in browser.get(reverse("claims:my_work")).text
    html = browser.get(page).text
    assert told in html
    assert "urgent</strong>" in html


def on_desk(reviewer):
    claim = claim_with_evidence(reviewer=reviewer)
    ArticleVersionFactory(article=claim.article, split=True)
    return claim
