"""Sessions and forms that are over: people get back to their page with what they wrote."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from claims.models import Claim
from claims.states import VerdictState
from factcheck.kept import MOST, Kept
from tests.factories import AppearanceFactory, EvidenceFactory, SubmissionFactory
from tests.stories import claim_with_evidence, verdict_in
from tests.ui.conftest import person

PASSWORD = "quiet-reading-room-7"
HERE = {"HTTP_ORIGIN": "http://testserver"}
HOSTILE = "Forty </textarea><script>alert(1)</script> vessels."


@pytest.fixture
def ada(db):
    user = person("ada", "Reviewers")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def claim(ada):
    return AppearanceFactory().claim


@pytest.fixture(autouse=True)
def passwords_cost_no_time(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def browser(db):
    """One that is logged out, has been here before, and checks tokens as in production."""
    client = Client(enforce_csrf_checks=True)
    client.get("/login/")
    return client


def path(name, *things):
    return reverse(f"claims:{name}", args=[thing.public_id for thing in things])


def fields(page, within="<main"):
    """Name and value of each hidden field and of each text that can be sent."""
    form = page.split(within, 1)[1]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    texts = re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL)
    return {name: unescape(value) for name, value in [*hidden, *texts]}


def send(browser, address, sent):
    """A form of this site, with the token that its page had."""
    token = browser.cookies[settings.CSRF_COOKIE_NAME].value
    return browser.post(address, sent | {"csrfmiddlewaretoken": token}, **HERE)


def log_in(browser, page, password=PASSWORD):
    sent = fields(page) | {"username": "ada", "password": password}
    return browser.post("/login/", sent, **HERE)


def test_what_was_written_when_the_session_was_over_is_sent_again_after_logging_in(browser, claim):
    refused = send(browser, path("reword", claim), {"text": HOSTILE, "wording": "1"})
    assert refused.status_code == 403
    assert "<h1>You were logged out</h1>" in refused.text
    assert "What you sent was not saved. What you wrote is kept" in refused.text
    assert "<script>alert" not in refused.text
    offered = log_in(browser, refused.text)
    assert "here is what you wrote" in offered.text
    assert "<script>alert" not in offered.text
    again = fields(offered.text)
    assert (again["text"], again["wording"]) == (HOSTILE, "1")
    assert f'action="{path("reword", claim)}"' in offered.text
    assert browser.post(path("reword", claim), again, **HERE).url == path("claim", claim)
    claim.refresh_from_db()
    assert claim.text == HOSTILE


def test_of_a_draft_it_is_said_that_what_was_saved_by_itself_is_saved(browser, claim):
    draft = verdict_in(VerdictState.DRAFT, claim_with_evidence())
    refused = send(browser, path("save_verdict", draft), {"summary": "Forty boats."})
    told = "the draft's page said it had saved is saved"
    assert told in refused.text
    offered = log_in(browser, refused.text)
    assert told in offered.text
    assert "Nothing was saved" not in refused.text + offered.text


def test_a_wrong_password_loses_nothing(browser, claim):
    refused = send(browser, path("reword", claim), {"text": "Forty vessels.", "wording": "1"})
    wrong = log_in(browser, refused.text, "wrong")
    assert "do not go together" in wrong.text
    assert fields(log_in(browser, wrong.text).text)["text"] == "Forty vessels."


def test_ticked_and_numbered_parts_are_kept_too(browser, claim):
    sent = {"wording": "1", "version": "1", "text-1": "One.", "text-2": "Two.", "start-1": ""}
    refused = send(browser, path("split", claim), sent | {"claim": ["a:1", "b:2"]})
    assert "Wording that stands alone, part 2" in refused.text
    offered = log_in(browser, refused.text).text
    assert [offered.count(f'value="{value}"') for value in ("a:1", "b:2")] == [1, 1]
    assert fields(offered)["text-2"] == "Two."


def test_a_reason_chosen_from_a_list_is_no_text_to_edit(browser, claim):
    refused = send(browser, path("dismiss", claim), {"reason": "vague", "note": "No number."})
    offered = log_in(browser, refused.text).text
    assert '<input type="hidden" name="reason" value="vague">' in offered
    piece = EvidenceFactory(claim=claim)
    again = Client(enforce_csrf_checks=True)
    again.get("/login/")
    assert (
        "Another harbour.</textarea>"
        in send(again, path("reject", piece), {"reason": "Another harbour."}).text
    )


def test_a_file_is_asked_for_again_and_never_carried(browser, claim, tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Forty boats, in the strictest confidence.")
    with letter.open("rb") as file:
        refused = send(browser, path("bring", claim), {"outlet": "Gazette", "file": file})
    offered = log_in(browser, refused.text).text
    assert "please pick it once more" in offered
    assert 'enctype="multipart/form-data"' in offered
    kept = Kept.unpacked(fields(refused.text)["kept"])
    assert (kept.fields, kept.files) == ([("outlet", "Gazette")], ["file"])


def test_no_password_is_carried(browser, claim):
    sent = {"text": "Forty.", "password": PASSWORD, "new_password1": PASSWORD}
    kept = Kept.unpacked(fields(send(browser, path("reword", claim), sent).text)["kept"])
    assert kept.fields == [("text", "Forty.")]


def test_what_is_too_long_to_be_carried_is_shown_to_be_copied(browser, claim):
    refused = send(browser, "/submit/", {"text": "x" * (MOST + 1), "visibility": "public"})
    assert "too long to be carried" in refused.text
    assert refused.text.count("x" * MOST) == 1
    assert log_in(browser, refused.text).url == "/submit/"


def test_a_button_alone_leads_back_to_the_page_it_stood_on(browser, claim):
    refused = send(browser, path("take", claim), {})
    assert refused.url == f"/login/?next={path('take', claim)}"
    answer = log_in(browser, browser.get(refused.url).text)
    assert browser.get(answer.url).url == path("claim", claim)


def test_what_nobody_here_signed_is_not_shown(browser, ada):
    forged = {"username": "ada", "password": PASSWORD, "kept": '{"path": "//evil.example"}'}
    assert send(browser, "/login/", forged).url == "/"


# Without the cookie of the token, or with that of another log-in.
def test_without_any_cookie_what_was_written_is_shown_with_the_door(browser, claim):
    browser.cookies.clear()
    sent = {"text": "Forty vessels.", "wording": "1", "csrfmiddlewaretoken": "x" * 64}
    refused = browser.post(path("reword", claim), sent, **HERE)
    assert refused.status_code == 403
    assert "<h1>You were logged out</h1>" in refused.text
    assert "Forty vessels.</textarea>" in refused.text
    assert fields(log_in(browser, refused.text).text)["text"] == "Forty vessels."


def test_a_form_from_before_another_log_in_is_offered_to_be_sent_again(browser, ada, claim):
    log_in(browser, browser.get("/login/").text)
    sent = {"text": "Forty vessels.", "wording": "1", "csrfmiddlewaretoken": "x" * 64}
    refused = browser.post(path("reword", claim), sent, **HERE)
    assert refused.status_code == 403
    assert "too old to be accepted as it is" in refused.text
    assert browser.post(path("reword", claim), fields(refused.text), **HERE).status_code == 302


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://testserver:81", ""])
def test_what_another_site_wrote_is_not_shown(browser, claim, origin):
    sent = {"text": "Call 555-0100.", "wording": "1"}
    refused = browser.post(path("reword", claim), sent, HTTP_ORIGIN=origin)
    assert refused.status_code == 403
    assert "555-0100" not in refused.text
    assert 'href="/login/"' in refused.text


def test_a_log_in_form_that_is_too_old_keeps_no_name(browser, ada):
    sent = {"username": "ada", "password": PASSWORD, "csrfmiddlewaretoken": "x" * 64}
    refused = browser.post("/login/", sent, **HERE)
    assert refused.status_code == 403
    assert 'name="kept"' not in refused.text


def test_scripts_are_told_in_a_word(browser, claim):
    verdict = verdict_in(VerdictState.DRAFT)
    told = browser.get(path("verdict", verdict), headers={"X-Requested-With": "fetch"})
    assert (told.status_code, told.text) == (401, "You are logged out.")
    browser.cookies.clear()
    told = browser.post(path("autosave_verdict", verdict), headers={"X-Requested-With": "fetch"})
    assert (told.status_code, told.text) == (401, "You are logged out.")


# Addresses of acts that are opened.
def test_the_address_of_an_act_leads_to_the_page_of_the_thing(ada):
    client = Client()
    client.force_login(ada)
    claim = claim_with_evidence(reviewer=ada)
    article = claim.article
    AppearanceFactory(claim=claim, version__article=article)
    verdict = verdict_in(VerdictState.DRAFT, claim)
    submission = SubmissionFactory(failed=True)
    pages = {
        path("reword", claim): path("claim", claim),
        path("mark", article): path("article", article),
        path("save_verdict", verdict): path("verdict", verdict),
        path("read_again", submission): path("submission", submission),
        path("accept", claim.evidence.get()): path("claim", claim),
    }
    for act, page in pages.items():
        assert client.get(act).url == page
        assert client.put(act).status_code == 405


def test_an_act_on_what_is_not_there_is_not_found(ada):
    client = Client()
    client.force_login(ada)
    nobodys = "01a202e0-4465-7077-b321-069f37f4e93b"
    for name in ("reword", "mark", "accept", "choose", "save_verdict", "confirm_link"):
        assert client.get(reverse(f"claims:{name}", args=[nobodys])).status_code == 404
    assert not Claim.objects.exists()


def test_who_opens_the_way_out_is_asked_and_stays_until_they_say_so(ada):
    client = Client()
    client.force_login(ada)
    assert "Log out?" in client.get("/logout/").text
    assert client.get("/").status_code == 200
    client.post("/logout/")
    assert client.get("/logout/").url == "/login/"
