"""Handing in an article by text, address or file."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from claims.models import Submission
from tests.factories import ArticleVersionFactory, SubmissionFactory
from tests.ui.conftest import logged_in, path, person

FORM = {"visibility": "confidential", "purpose": "fact_check"}
PATH = "/submit/"


def test_text_becomes_a_submission_whose_progress_is_shown(browser, reviewer):
    answer = browser.post(
        PATH,
        FORM
        | {
            "text": "Boats\n\nForty boats left.",
            "outlet": "The Tide",
            "published_at": "2026-11-20",
            "purpose": "pre_publication",
        },
    )
    submission = Submission.objects.get()
    assert answer.url == reverse("claims:submission", args=[submission.public_id])
    assert submission.submitted_by == reviewer
    assert submission.text == "Boats\n\nForty boats left."
    assert (submission.outlet, str(submission.published_at)) == ("The Tide", "2026-11-20")
    assert submission.purpose == "pre_publication"
    assert "Being read" in browser.get(answer.url).text


def test_a_file_keeps_its_bytes_and_name(browser):
    upload = SimpleUploadedFile("boats.html", b"<p>Forty boats left.</p>", "text/html")
    browser.post(PATH, FORM | {"file": upload})
    submission = Submission.objects.get()
    assert bytes(submission.file) == b"<p>Forty boats left.</p>"
    assert (submission.file_name, submission.content_type) == ("boats.html", "text/html")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "exactly one"),
        (
            {"text": "A.", "url": "https://a.example/", "visibility": "public"},
            "exactly one of them",
        ),
        ({"url": "https://a.example/"}, "Paste the text to keep it confidential"),
        ({"url": "ftp://a.example/", "visibility": "public"}, "http:// or https://"),
        ({"text": "A.", "published_at": "yesterday"}, "valid date"),
        (
            {"text": "A.", "published_at": "2999-01-01"},
            "1 January 2999, is in the future.",
        ),
    ],
)
def test_what_cannot_be_taken_in_is_explained_and_nothing_typed_is_lost(browser, given, says):
    answer = browser.post(PATH, FORM | {"reason": "Before noon, please"} | given)
    assert answer.status_code == 422
    assert says in answer.text.replace("&#x27;", "'")
    assert "Before noon, please" in answer.text
    assert not Submission.objects.exists()


def test_what_is_wrong_is_told_first_and_marked_at_its_field(browser):
    for given in ({}, {"text": "A.", "url": "https://a.example/"}):
        html = browser.post(PATH, FORM | given).text
        assert 'role="alert" tabindex="-1" autofocus' in html
        assert '<a href="#id_text">' in html
        assert re.search(r'<textarea name="text"[^>]*aria-invalid="true"', html)
        assert 'id="id_text_error"' in html
        assert "confidential, or make" not in html


def test_what_nobody_sees_in_what_was_pasted_is_left_out(browser):
    given = {"text": "\ufeffBoats\n\nForty\x07 boats\ufffe left.", "outlet": "The\x0bTide\ufeff"}
    browser.post(PATH, FORM | given)
    submission = Submission.objects.get()
    assert (submission.text, submission.outlet) == ("Boats\n\nForty boats left.", "The Tide")


def test_a_time_is_read_in_the_zone_that_the_form_names(browser, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    timezone.get_default_timezone.cache_clear()
    year = timezone.now().year + 1
    browser.post(PATH, FORM | {"text": "A.", "deadline": f"{year}-01-01T12:00"})
    timezone.get_default_timezone.cache_clear()
    assert Submission.objects.get().deadline == datetime(year, 1, 1, 11, tzinfo=UTC)


def test_a_file_that_is_too_large_is_refused(browser, settings):
    settings.MAX_UPLOAD_BYTES = 1000
    upload = SimpleUploadedFile("boats.txt", b"a" * 1001, "text/plain")
    answer = browser.post(PATH, FORM | {"file": upload})
    assert "larger than 1,000 bytes" in answer.text


def test_without_a_role_nobody_hands_in(db):
    stranger = logged_in(person("eve"))
    assert stranger.get(PATH).status_code == 403
    assert stranger.post(PATH, FORM | {"text": "A."}).status_code == 403


def test_what_could_not_be_read_is_set_aside_on_its_page_and_leaves_the_list(browser):
    submission = SubmissionFactory(failed=True, title="A broken file")
    page = reverse("claims:submission", args=[submission.public_id])
    assert "A broken file" in browser.get("/").text
    answer = browser.post(reverse("claims:set_aside", args=[submission.public_id]), follow=True)
    assert "it has left the lists of what waits" in answer.text
    assert "Set it aside" not in answer.text
    assert "A broken file" not in browser.get("/").text
    browser.post(reverse("claims:read_again", args=[submission.public_id]))
    assert "Being read" in browser.get(page).text
    assert "A broken file" in browser.get("/").text


def test_what_was_read_meanwhile_is_not_set_aside(browser):
    submission = SubmissionFactory()
    answer = browser.post(reverse("claims:set_aside", args=[submission.public_id]), follow=True)
    assert "It is being read again, or was read meanwhile." in answer.text


def test_a_text_that_is_here_already_says_when_it_was_handed_in(browser, reviewer):
    first = SubmissionFactory(ready=True, submitted_by=reviewer)
    again = SubmissionFactory(ready=True, submitted_by=reviewer, version=first.version)
    article = reverse("claims:article", args=[first.version.article.public_id])
    there = reverse("claims:submission", args=[first.public_id])
    assert browser.get(there).url == article
    there = reverse("claims:submission", args=[again.public_id])
    page = browser.get(there, follow=True).text
    assert f"{first.created_at:%Y}" in page.split("This text is here already, handed in on")[1]
    for told in ("", "nonsense", first.public_id, SubmissionFactory(ready=True).public_id):
        assert "here already" not in browser.get(article, {"again": told}).text


def test_the_next_version_of_a_text_is_handed_in_from_its_article(browser, reviewer):
    first = ArticleVersionFactory(article__owner=reviewer, split=True, outlet="The Tide")
    page = reverse("claims:article", args=[first.article.public_id])
    address = f"{PATH}?follows={first.article.public_id}"
    assert f'href="{address}"' in browser.get(page).text
    html = browser.get(address).text
    assert f'<option value="{first.article.public_id}" selected>{first.title}' in html
    assert 'value="The Tide"' in html
    sent = FORM | {"text": "Boats\n\nSixty boats left.", "follows": str(first.article.public_id)}
    browser.post(address, sent)
    assert Submission.objects.get().follows == first.article
    refused = browser.post(address, sent | {"visibility": "public"})
    assert "The article is confidential, and so is its next version." in refused.text
    others = logged_in(person("eve", "Reviewers"))
    assert str(first.article.public_id) not in others.get(PATH).text
    assert f'href="{address}"' not in others.get(page).text


def test_what_is_nearly_the_same_text_is_made_the_next_version_from_the_notice(browser, reviewer):
    first = ArticleVersionFactory(article__owner=reviewer, split=True, text="Forty boats left.")
    copy = ArticleVersionFactory(
        article__owner=reviewer, split=True, text="Sixty boats left.", copy_of=first
    )
    page = reverse("claims:article", args=[copy.article.public_id])
    act = reverse("claims:continue_article", args=[copy.article.public_id])
    assert f'action="{act}"' in browser.get(page).text
    sent = {"version": "1", "earlier": str(first.article.public_id)}
    answer = browser.post(act, sent, follow=True)
    assert "It is version 2 of this article now" in answer.text
    assert "version 2 of 2" in answer.text
    was = browser.get(page).text
    assert f'Its text is checked as version 2 of <a href="{path("article", first.article)}">' in was
    bring_back = path("bring_back_article", copy.article)
    assert f'action="{bring_back}"' not in was
    refused = browser.post(bring_back)
    assert refused.status_code == 422
    assert "and is checked there" in refused.text
    assert f'action="{act}"' not in logged_in(person("eve", "Reviewers")).get(page).text
