"""Handing in through the API, and following what was handed in."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from claims.actions.keys import revoke_key
from claims.actions.splitting import store_claims
from claims.carrying import carry
from claims.models import ArticleVersion, Claim, Submission
from claims.tasks import _earlier, _standing, take_in
from tests.api.asking import asking
from tests.factories import SubmissionFactory, UserFactory
from tests.splits import found_claim, split_of

pytestmark = pytest.mark.django_db

TOMORROW = (timezone.now() + timedelta(days=1)).date()
NEVER = "019ab2c4-7f30-7cc1-9d3e-5b0f4f8e2a11"
BOATS = "Boats at sea\n\nForty boats left. Two ferries sank. The pier is closed."
EDITED = "Boats at sea\n\nForty boats leave. The pier is closed. Rain fell all day."


def pointers(answer):
    assert answer.status_code == 422
    return [error["pointer"] for error in answer.json()["errors"]]


def handed_in(api, text=BOATS, **more):
    answer = api.post("submissions", {"text": text, **more})
    assert answer.status_code == 202
    return answer.json()


# What cannot be handed in.
@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#"),
        ({"text": "  "}, "#"),
        ({"text": "A.", "url": "https://paper.example/", "visibility": "public"}, "#"),
        ({"url": "https://paper.example/"}, "#/visibility"),
        ({"url": "ftp://paper.example/", "visibility": "public"}, "#/url"),
        ({"url": "https://", "visibility": "public"}, "#/url"),
        ({"text": "A.", "published_at": "20261124"}, "#/published_at"),
        ({"text": "A.", "published_at": "2026-02-30"}, "#/published_at"),
        ({"text": "A.", "deadline": "2026-11-24T10:00:00"}, "#/deadline"),
        ({"text": "A.", "deadline": "2026-11-24 10:00:00Z"}, "#/deadline"),
        ({"text": "A.", "deadline": "2020-11-24T10:00:00Z"}, "#/deadline"),
        ({"text": "A.", "deadline": "0001-01-01T00:00:00Z"}, "#/deadline"),
        ({"text": "A.", "deadline": "9999-12-31T23:59:59Z"}, "#/deadline"),
        ({"text": "A.", "published_at": "0001-01-01"}, "#/published_at"),
        ({"text": "A.", "published_at": "1899-12-31"}, "#/published_at"),
        ({"url": "https://ada:secret@paper.example/", "visibility": "public"}, "#/url"),
        ({"url": "https://[paper.example/", "visibility": "public"}, "#/url"),
        ({"text": "A.", "title": "Boats\nat sea"}, "#/title"),
        ({"text": "A.", "outlet": "The\tTide"}, "#/outlet"),
        ({"text": "A.", "outlet": "The \u2028Tide"}, "#/outlet"),
        ({"text": "A.", "external_id": "\x07"}, "#/external_id"),
        ({"text": "A.", "title": "\ufeffBoats"}, "#/title"),
        ({"text": "A.", "reason": "\x85"}, "#/reason"),
        ({"text": "\ufeffA."}, "#/text"),
        ({"text": "A.\ufffe"}, "#/text"),
        ({"text": "A.\U0001ffff"}, "#/text"),
        ({"text": "A.\x0b"}, "#/text"),
        ({"text": "A.", "external_id": 7}, "#/external_id"),
        ({"text": "A.", "external_id": "x" * 201}, "#/external_id"),
        ({"text": "A.", "visibility": True}, "#/visibility"),
        ({"text": "A" * 400_001}, "#/text"),
        ({"text": "A.", "externalId": "story-1"}, "#/externalId"),
    ],
)
def test_what_cannot_be_handed_in_says_which_field(api, body, pointer):
    assert pointers(api.post("submissions", body)) == [pointer]
    assert not Submission.objects.exists()


# Handing in.
def test_what_is_handed_in_is_the_publishers_and_confidential(api):
    answer = api.post("submissions", {"text": BOATS})
    submission = Submission.objects.get()
    assert answer.status_code == 202
    assert answer.headers["Location"] == answer.json()["location"]
    assert answer.json()["location"] == (
        f"{settings.SITE_URL}/api/v1/submissions/{submission.public_id}"
    )
    assert int(answer.headers["Retry-After"]) >= 1
    assert (submission.publisher, submission.visibility) == (api.publisher, "confidential")
    assert submission.api_key == api.key


def test_everything_told_is_kept(api):
    told = {
        "external_id": "story-1",
        "title": "Boats",
        "outlet": "The Harbour Times",
        "published_at": "2026-11-24",
        "purpose": "pre_publication",
        "visibility": "public",
        "reason": "Libel lawyers ask.",
        "deadline": f"{TOMORROW:%Y-%m-%d}T10:00:00+02:00",
    }
    answer = handed_in(api, **told)
    assert answer | told | {"deadline": f"{TOMORROW:%Y-%m-%d}T08:00:00Z"} == answer
    submission = Submission.objects.get()
    assert submission.deadline == datetime.combine(TOMORROW, time(8), UTC)


def test_a_text_keeps_its_tabs_and_line_breaks_of_every_kind(api):
    text = "Boats\r\n\r\nForty\tboats left.\u2028Two came.\n"
    handed_in(api, text)
    assert Submission.objects.get().text == text


def test_an_address_is_handed_in_publicly(api):
    url = "https://paper.example/boats"
    answer = api.post("submissions", {"url": url, "visibility": "public"})
    assert (answer.status_code, answer.json()["url"]) == (202, url)


# Following.
def test_what_another_publisher_handed_in_is_not_found(api, other):
    theirs = handed_in(other)["id"]
    by_a_person = SubmissionFactory().public_id
    for wanted in (theirs, by_a_person, NEVER):
        answer = api.get(f"submissions/{wanted}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert answer.json() == api.get(f"submissions/{NEVER}").json()


def test_while_it_is_worked_on_one_is_told_when_to_ask_again(api):
    answer = api.get(f"submissions/{handed_in(api)['id']}")
    assert (answer.json()["state"], answer.json()["done"]) == ("received", False)
    assert answer.json()["changes"] is None
    assert 1 <= int(answer.headers["Retry-After"]) <= 60


def test_who_follows_is_told_that_nothing_changed_and_when_to_ask_again(api):
    identity = handed_in(api)["id"]
    client = Client(headers={"Authorization": f"Bearer {api.raw}"})
    for path in (f"/api/v1/submissions/{identity}", "/api/v1/submissions"):
        etag = {"If-None-Match": client.get(path)["ETag"]}
        again = client.get(path, headers=etag)
        assert (again.status_code, again.content) == (304, b"")
        assert ("Retry-After" in again.headers) == path.endswith(identity)
        Submission.objects.update(title="Ships")
        assert client.get(path, headers=etag).status_code == 200
        Submission.objects.update(title="Boats")


def test_when_it_waits_for_another_try_one_is_told_so(api):
    identity = handed_in(api)["id"]
    Submission.objects.update(due_at=timezone.now() + timedelta(seconds=40))
    assert 38 <= int(api.get(f"submissions/{identity}").headers["Retry-After"]) <= 40


def test_when_it_failed_one_is_told_why_and_not_to_wait(api):
    identity = handed_in(api)["id"]
    Submission.objects.update(state="failed", due_at=None, last_error="There is no text in it.")
    answer = api.get(f"submissions/{identity}")
    assert answer.json()["done"] is True
    assert answer.json()["error"] == "There is no text in it."
    assert "Retry-After" not in answer.headers


def split(submission_id, *quotes):
    """Read a submission and split what it became as a worker would, finding ``quotes``."""
    submission = Submission.objects.get(public_id=submission_id)
    take_in(submission.pk)
    submission.refresh_from_db()
    version = submission.version
    before = version.article.versions.filter(number=version.number - 1).first()
    standing = _standing(before)
    carried = carry([_earlier(place) for place in standing], version.text)
    lease = ArticleVersion.objects.lease(version.pk)
    found = [found_claim(version, quote) for quote in quotes]
    store_claims(version, lease, split_of(*found, carried=carried, earlier=standing), by="splitter")


def test_of_a_first_version_all_claims_are_new(api, django_assert_num_queries):
    identity = handed_in(api)["id"]
    split(identity, "Forty boats left", "Two ferries sank", "The pier is closed")
    with django_assert_num_queries(4):  # key, submission with version, two for the changes
        answer = api.get(f"submissions/{identity}").json()
    assert (answer["done"], answer["version"]["number"]) == (True, 1)
    assert answer["version"]["state"] == "split"
    changes = answer["changes"]
    assert [claim["quote"] for claim in changes["new"]] == [
        "Forty boats left",
        "Two ferries sank",
        "The pier is closed",
    ]
    assert changes["carried"] == changes["changed"] == changes["gone"] == []


def test_the_same_external_id_with_other_text_says_what_became_of_each_claim(api):
    first = handed_in(api, external_id="story-1")["id"]
    split(first, "Forty boats left", "Two ferries sank", "The pier is closed")
    second = handed_in(api, EDITED, external_id="story-1")["id"]
    split(second, "Rain fell all day")
    answer = api.get(f"submissions/{second}").json()
    assert answer["version"]["number"] == 2
    changes = answer["changes"]
    quotes = {
        what: [(claim["earlier_quote"], claim["quote"]) for claim in claims]
        for what, claims in changes.items()
    }
    assert quotes == {
        "carried": [("The pier is closed", "The pier is closed")],
        "changed": [("Forty boats left", "Forty boats leave")],
        "gone": [("Two ferries sank", None)],
        "new": [(None, "Rain fell all day")],
    }
    pier = Claim.objects.get(text="The pier is closed.")
    assert changes["carried"][0]["id"] == str(pier.public_id)
    assert api.get(f"submissions/{first}").json()["version"]["number"] == 1


def test_what_went_before_is_not_gone_again(api):
    for text in (BOATS, EDITED, EDITED + " Snow fell."):
        identity = handed_in(api, text, external_id="story-1")["id"]
        split(identity, *(["Two ferries sank"] if text == BOATS else []))
    assert api.get(f"submissions/{identity}").json()["changes"]["gone"] == []


def test_what_comes_back_after_a_version_without_it_is_new(api):
    for text, found in ((BOATS, ["Two ferries sank"]), ("Rain fell all day.", []), (BOATS, [])):
        identity = handed_in(api, text, external_id="story-1")["id"]
        split(identity, *found)
    changes = api.get(f"submissions/{identity}").json()["changes"]
    assert [(claim["earlier_quote"], claim["quote"]) for claim in changes["new"]] == [
        (None, "Two ferries sank")
    ]
    assert changes["changed"] == []


def test_an_id_in_capitals_is_the_same_id(api):
    identity = handed_in(api)["id"]
    assert api.get(f"submissions/{identity.upper()}").json()["id"] == identity


def test_the_same_text_again_is_the_same_version(api):
    first = handed_in(api, external_id="story-1")["id"]
    split(first, "Forty boats left")
    second = handed_in(api, external_id="story-1")["id"]
    take_in(Submission.objects.get(public_id=second).pk)
    assert (
        api.get(f"submissions/{second}").json()["version"]
        == (api.get(f"submissions/{first}").json()["version"])
    )


def test_a_later_text_waits_until_the_earlier_one_is_read(api):
    first, second = (handed_in(api, text, external_id="story-1")["id"] for text in (BOATS, EDITED))
    for identity in (second, first):
        take_in(Submission.objects.get(public_id=identity).pk)
    waiting = Submission.objects.get(public_id=second)
    assert waiting.version is None
    Submission.objects.filter(pk=waiting.pk).update(due_at=timezone.now())
    take_in(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.version.number, waiting.version.text) == (2, EDITED)


def test_one_external_id_of_two_publishers_is_two_articles(api, other):
    articles = set()
    for each in (api, other):
        identity = handed_in(each, external_id="story-1")["id"]
        split(identity)
        articles.add(each.get(f"submissions/{identity}").json()["version"]["article"])
    assert len(articles) == 2


# Listing.
def test_the_list_holds_ones_own_newest_first(api, other, django_assert_num_queries):
    handed_in(other)
    mine = [handed_in(api, f"Boat {number}.")["id"] for number in range(5)]
    split(mine[0])
    api.get("submissions")
    with django_assert_num_queries(2):  # the key, and the rows with their versions
        answer = api.get("submissions").json()
    assert [row["id"] for row in answer["results"]] == mine[::-1]
    assert answer["next"] is None


def test_pages_miss_and_repeat_nothing_while_others_hand_in(api):
    mine = [handed_in(api, f"Boat {number}.")["id"] for number in range(5)]
    page = api.get("submissions", limit="2", external_id="").json()
    handed_in(api, "One more.")
    seen = [row["id"] for row in page["results"]]
    while page["next"]:
        path = page["next"].removeprefix(f"{settings.SITE_URL}/api/v1/")
        page = api.get(path).json()
        seen += [row["id"] for row in page["results"]]
    assert seen == mine[::-1]


def test_the_list_is_asked_by_external_id_and_state(api):
    mine = handed_in(api, external_id="story-1")["id"]
    handed_in(api, "Another.")
    assert [
        row["id"] for row in api.get("submissions", external_id="story-1").json()["results"]
    ] == [mine]
    assert len(api.get("submissions", state="received").json()["results"]) == 2
    assert api.get("submissions", state="ready").json()["results"] == []


def test_a_new_key_of_the_same_publisher_sees_the_same(api):
    mine = handed_in(api)["id"]
    revoke_key(api.key.pk, by=UserFactory())
    assert asking(api.publisher).get(f"submissions/{mine}").status_code == 200
