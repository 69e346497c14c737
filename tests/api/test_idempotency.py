"""A request that is repeated is done once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import IdempotencyKey, Submission
from claims.models.delivery import KEPT
from claims.tasks import forget_requests
from tests.api.asking import asking
from tests.at_once import at_once
from tests.collisions import let_acts_give_way

BODY = {"text": "Forty boats left."}


@pytest.mark.django_db
def test_the_same_key_and_body_have_the_same_answer(api):
    first = api.post("submissions", BODY, Idempotency_Key="a")
    Submission.objects.update(state="failed", due_at=None)
    again = api.post("submissions", BODY, Idempotency_Key="a")
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_what_gave_way_to_others_is_done_once_more_and_answered_once(api):
    let_acts_give_way(1)
    first = api.post("submissions", BODY, Idempotency_Key="a")
    assert first.status_code == 202
    assert api.post("submissions", BODY, Idempotency_Key="a").json() == first.json()
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_who_had_to_give_way_twice_is_asked_to_come_again(api):
    let_acts_give_way(2)
    answer = api.post("submissions", BODY)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert api.post("submissions", BODY).status_code == 202


@pytest.mark.django_db
def test_how_the_json_is_laid_out_makes_no_other_body(api):
    api.post("submissions", '{"text": "A.", "reason": "B"}', Idempotency_Key="a")
    again = api.post("submissions", '{"reason":"\\u0042","text":"A."}', Idempotency_Key="a")
    assert again.status_code == 202


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_refused(api):
    api.post("submissions", BODY, Idempotency_Key="a")
    answer = api.post("submissions", BODY | {"title": "Boats"}, Idempotency_Key="a")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_a_refused_request_does_not_use_its_key_up(api):
    assert api.post("submissions", {}, Idempotency_Key="a").status_code == 422
    assert api.post("submissions", BODY, Idempotency_Key="a").status_code == 202


@pytest.mark.django_db
def test_without_a_key_each_request_is_another(api):
    for _ in range(2):
        assert api.post("submissions", BODY).status_code == 202
    assert Submission.objects.count() == 2


@pytest.mark.django_db
def test_a_key_is_its_publishers_own(api, other):
    for each in (api, other):
        assert each.post("submissions", BODY, Idempotency_Key="a").status_code == 202
    assert Submission.objects.count() == 2


@pytest.mark.django_db
def test_a_new_api_key_of_the_publisher_repeats_too(api):
    first = api.post("submissions", BODY, Idempotency_Key="a")
    again = asking(api.publisher).post("submissions", BODY, Idempotency_Key="a")
    assert again.json() == first.json()


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 256])
def test_a_key_that_is_none_is_refused(api, key):
    answer = api.post("submissions", BODY, Idempotency_Key=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "parameter_invalid")
    assert answer.json()["errors"][0]["parameter"] == "Idempotency-Key"


@pytest.mark.django_db
def test_after_a_day_the_key_is_free_again(api):
    api.post("submissions", BODY, Idempotency_Key="a")
    IdempotencyKey.objects.update(created_at=timezone.now() - KEPT - timedelta(minutes=1))
    assert api.post("submissions", {"text": "Other."}, Idempotency_Key="a").status_code == 202
    assert Submission.objects.count() == 2


@pytest.mark.django_db
def test_old_answers_are_swept_away_and_young_ones_stay(api):
    for key in "ab":
        api.post("submissions", BODY, Idempotency_Key=key)
    old = IdempotencyKey.objects.filter(key="a")
    old.update(created_at=timezone.now() - KEPT - timedelta(minutes=1))
    forget_requests()
    assert [kept.key for kept in IdempotencyKey.objects.all()] == ["b"]


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_one_is_done_and_the_others_are_told_so(api):
    answers = at_once(*[lambda: api.post("submissions", BODY, Idempotency_Key="a")] * 8)
    identity = str(Submission.objects.get().public_id)
    told = {(answer.status_code, answer.json().get("id")) for answer in answers}
    assert (202, identity) in told
    assert told <= {(202, identity), (409, None)}


@pytest.mark.django_db(transaction=True)
def test_while_the_first_is_answered_the_second_is_told_to_wait(api):
    def ask():
        return api.post("submissions", BODY, Idempotency_Key="a")

    api.get("submissions")  # notes the use of the key, which would be waited for
    with transaction.atomic():
        first = ask()  # and not committed yet
        (second,) = at_once(ask)
    assert (second.status_code, second.json()["code"]) == (409, "idempotency_key_in_use")
    assert second.headers["Retry-After"] == "1"
    assert ask().json() == first.json()
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_the_database_refuses_a_second_answer_to_one_request(api):
    api.post("submissions", BODY, Idempotency_Key="a")
    kept = IdempotencyKey.objects.get()
    kept.pk = None
    with pytest.raises(IntegrityError, match="idempotency_key_once_per_publisher"):
        kept.save(force_insert=True)
