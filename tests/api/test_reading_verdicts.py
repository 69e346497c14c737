"""Published verdicts as publishers read and poll them."""

import json
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.actions.publishing import publish_verdict
from claims.models import Verdict, Visibility
from claims.states import VerdictState
from tests.api.callers import caller, handed_in, ready_for_a_verdict
from tests.factories import CheckLinkFactory, PublisherFactory, UserFactory
from tests.stories import CORRECTION, claim_with_evidence, published_anew, verdict_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return caller(PublisherFactory())


def listed(client, **asked):
    answer = client.get(reverse("api:verdicts"), asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]


def read(client, verdict, name="verdict", **headers):
    return client.get(reverse(f"api:{name}", args=[verdict.public_id]), headers=headers)


@pytest.mark.parametrize("state", ["draft", "proposed", "approved"])
def test_a_verdict_in_work_is_not_found(client, state):
    verdict = verdict_in(VerdictState(state))
    assert listed(client) == []
    assert read(client, verdict).status_code == 404
    assert read(client, verdict, "claim_review").status_code == 404


def test_everybody_reads_what_is_published(client):
    verdict = verdict_in(VerdictState.PUBLISHED)
    told = read(client, verdict).json()
    assert told["claim_text"] == verdict.claim_text
    assert told["rating"] == {
        "scale": "default",
        "code": "true",
        "label": "True",
        "number": 5,
        "best": 5,
    }
    assert [citation["number"] for citation in told["citations"]] == [1]
    assert listed(client) == [told]


def test_a_verdict_tells_what_others_had_found(client):
    claim = claim_with_evidence()
    link = CheckLinkFactory(claim=claim, prior__checked_at=date(2024, 5, 3))
    verdict = verdict_in(VerdictState.PUBLISHED, claim)
    assert read(client, verdict).json()["checked_elsewhere"] == [link.as_published()]


def test_a_verdict_names_nobody_who_made_it_and_no_private_note(client):
    verdict = verdict_in(VerdictState.WITHDRAWN)
    told = json.dumps(read(client, verdict).json())
    people = [verdict.author, verdict.published_by, *(a.approver for a in verdict.approvals.all())]
    assert all(person.username not in told for person in people)
    assert "waiver_note" not in told


def test_a_corrected_verdict_is_told_with_what_it_corrects(client):
    earlier = verdict_in(VerdictState.SUPERSEDED)
    newer, older = listed(client)
    assert (older["id"], older["state"]) == (str(earlier.public_id), "superseded")
    assert newer["correction"] == {
        "corrects": older["id"],
        "kind": CORRECTION[0],
        "note": CORRECTION[1],
    }
    assert older["updated_at"] == newer["published_at"] >= older["published_at"]


def test_a_withdrawn_verdict_says_why(client):
    told = read(client, verdict_in(VerdictState.WITHDRAWN)).json()
    assert told["state"] == "withdrawn"
    assert told["withdrawal_note"] == "The count was of another harbour."
    assert told["updated_at"] >= told["published_at"]


def test_a_verdict_says_which_withdrawn_one_it_was_published_in_the_place_of(client):
    withdrawn = verdict_in(VerdictState.WITHDRAWN)
    told = read(client, published_anew(withdrawn)).json()
    assert told["correction"] is None
    assert told["replaces"]["verdict"] == str(withdrawn.public_id)
    assert told["replaces"]["note"] == withdrawn.withdrawal_note
    assert read(client, withdrawn).json()["replaces"] is None


def test_verdicts_are_found_by_claim(client):
    verdict = verdict_in(VerdictState.PUBLISHED)
    verdict_in(VerdictState.PUBLISHED)
    (told,) = listed(client, claim=verdict.claim.public_id)
    assert told["id"] == str(verdict.public_id)


def test_verdicts_are_found_by_an_article_of_ones_own():
    handed = handed_in(PublisherFactory(), visibility=Visibility.PUBLIC)
    verdict = verdict_in(VerdictState.PUBLISHED, ready_for_a_verdict(handed.claim))
    verdict_in(VerdictState.PUBLISHED)
    (told,) = listed(caller(handed.publisher), article=handed.article.public_id)
    assert told["id"] == str(verdict.public_id)


def test_anothers_article_finds_no_verdicts(client):
    foreign = handed_in(PublisherFactory())
    answer = client.get(reverse("api:verdicts"), {"article": foreign.article.public_id})
    assert answer.status_code == 404


def begun_first_published_last():
    """Three public verdicts: the first was begun before the second and published after it."""
    first = verdict_in(VerdictState.APPROVED)
    second, third = (verdict_in(VerdictState.PUBLISHED) for _ in range(2))
    publish_verdict(first.pk, by=UserFactory())
    return [str(verdict.public_id) for verdict in (first, third, second)]


def test_what_was_published_last_comes_first_whenever_it_was_begun(client):
    expected = begun_first_published_last()
    assert [told["id"] for told in listed(client)] == expected


def test_pages_are_read_to_their_end_while_others_are_published(client):
    expected = begun_first_published_last()
    page = client.get(reverse("api:verdicts"), {"limit": "2"}).json()
    verdict_in(VerdictState.PUBLISHED)
    rest = client.get(page["next"].removeprefix(settings.SITE_URL)).json()
    assert [told["id"] for told in page["results"] + rest["results"]] == expected
    assert rest["next"] is None


def test_of_verdicts_published_at_one_moment_none_is_left_out(client):
    ids = {str(verdict_in(VerdictState.APPROVED).public_id) for _ in range(3)}
    now = timezone.now()
    Verdict.objects.update(state="published", published_at=now, published_by=UserFactory())
    address, read = reverse("api:verdicts") + "?limit=1", []
    while address:
        page = client.get(address.removeprefix(settings.SITE_URL)).json()
        read += [told["id"] for told in page["results"]]
        address = page["next"]
    assert len(read) == 3
    assert set(read) == ids


@pytest.mark.parametrize("cursor", ["", "A" * 22, "A" * 33, "é", "A" * 5000])
def test_a_cursor_of_nobodys_is_refused(client, cursor):
    answer = client.get(reverse("api:verdicts"), {"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "parameter_invalid")


def test_a_page_of_verdicts_is_read_in_the_order_of_one_index(client):
    begun_first_published_last()
    address = client.get(reverse("api:verdicts"), {"limit": "2"}).json()["next"]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        with CaptureQueriesContext(connection) as asked:
            client.get(address.removeprefix(settings.SITE_URL))
        (page,) = [query["sql"] for query in asked if "LIMIT 3" in (query["sql"] or "")]
        cursor.execute(f"EXPLAIN (COSTS OFF) {page}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Scan using verdict_last_published" in plan
    assert "Sort" not in plan.split("SubPlan")[0]


def test_who_polls_reads_what_changed_since(client):
    earlier = verdict_in(VerdictState.PUBLISHED)
    later = (timezone.now() + timedelta(hours=1)).isoformat()
    assert listed(client, updated_since=later) == []
    since = read(client, earlier).json()["updated_at"]
    assert [told["id"] for told in listed(client, updated_since=since)] == [str(earlier.public_id)]


def test_verdicts_are_found_by_whether_they_stand_and_by_rating(client):
    earlier = verdict_in(VerdictState.SUPERSEDED)
    withdrawn = verdict_in(VerdictState.WITHDRAWN)
    stands = earlier.claim.verdicts.get(state=VerdictState.PUBLISHED)
    for verdict in (earlier, withdrawn, stands):
        (told,) = listed(client, state=verdict.state)
        assert told["id"] == str(verdict.public_id)
    assert len(listed(client, rating="true")) == 3
    assert listed(client, rating="false") == []


def test_a_page_of_verdicts_that_did_not_change_is_not_sent_again(client):
    verdict_in(VerdictState.PUBLISHED)
    address = reverse("api:verdicts")
    etag = {"If-None-Match": client.get(address)["ETag"]}
    assert client.get(address, headers=etag).status_code == 304
    verdict_in(VerdictState.PUBLISHED)
    assert client.get(address, headers=etag).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "draft"},
        {"rating": "wrong"},
        {"updated_since": "yesterday"},
        {"updated_since": "2026-11-24T17:00:00"},
        {"claim": "7"},
        {"article": "x"},
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(client, asked):
    answer = client.get(reverse("api:verdicts"), asked)
    assert answer.status_code == 400
    assert [error["parameter"] for error in answer.json()["errors"]] == list(asked)


def test_a_verdict_that_did_not_change_is_not_sent_again(client):
    verdict = verdict_in(VerdictState.PUBLISHED)
    first = read(client, verdict)
    again = read(client, verdict, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert first["Vary"] == again["Vary"] == "Authorization"


def test_the_claim_review_is_the_one_of_the_public_page(client):
    verdict = verdict_in(VerdictState.PUBLISHED)
    answer = read(client, verdict, "claim_review", accept="application/ld+json")
    assert answer["Content-Type"] == "application/ld+json"
    page = client.get(reverse("claims:public", args=[verdict.claim.public_id])).text
    script = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert answer.json() == json.loads(script)


@pytest.mark.parametrize("state", ["superseded", "withdrawn"])
def test_a_verdict_that_does_not_stand_has_no_claim_review(client, state):
    assert read(client, verdict_in(VerdictState(state)), "claim_review").status_code == 404


@pytest.mark.parametrize("verdicts", [1, 4])
def test_the_number_of_queries_is_fixed(client, verdicts, django_assert_num_queries):
    for _ in range(verdicts):
        verdict_in(VerdictState.SUPERSEDED)
    listed(client)  # the key's last use is written once a minute
    with django_assert_num_queries(4):  # the key, the verdicts, their citations, what was withdrawn
        listed(client)
