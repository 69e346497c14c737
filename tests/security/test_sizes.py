"""What is too large is refused before it is read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.models import Submission
from tests.ui.conftest import logged_in, person

FORM_FIELDS = {"visibility": "confidential", "purpose": "fact_check"}


class Unread:
    """A body that nobody may look at."""

    def read(self, *args):
        raise AssertionError("the body was read")

    close = __iter__ = readline = read


@pytest.mark.parametrize("path", ["/submit/", "/login/", "/nowhere/", "/admin/login/"])
def test_a_large_body_is_refused_before_anything_looks_at_it(db, settings, path):
    length = settings.MAX_REQUEST_BYTES + 1
    answer = Client().generic(
        "POST", path, **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(length)}
    )
    assert answer.status_code == 413
    assert "too large" in answer.text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("length", ["-1", "1e9", "x"])
def test_a_length_that_is_none_is_refused(db, length):
    answer = Client().generic("POST", "/login/", CONTENT_LENGTH=length)
    assert answer.status_code in {400, 413}


def test_the_largest_file_that_may_be_handed_in_is_taken(db, settings):
    settings.MAX_UPLOAD_BYTES = 2_000
    browser = logged_in(person("ada", "Reviewers"))
    text = ("Forty boats left the harbour. " * 100)[:2_000].encode()
    upload = SimpleUploadedFile("boats.txt", text, "text/plain")
    assert browser.post("/submit/", FORM_FIELDS | {"file": upload}).status_code == 302
    assert bytes(Submission.objects.get().file) == text
