"""Publishers are told: signed, once, until they take it or a person must look."""

import time
from datetime import timedelta
from functools import partial

import httpcore
import pytest
from django.conf import settings as project
from django.db import connection
from django.utils import timezone

from claims.actions.endpoints import (
    add_endpoint,
    change_secret,
    name_of_secret,
    pause_endpoint,
    ping_endpoint,
    remove_endpoint,
    resume_endpoint,
)
from claims.actions.publishers import suspend_publisher
from claims.actions.telling import WAITS, send_again
from claims.models import Delivery, Endpoint
from claims.notices import CHOSEN, Notice
from claims.reading.moderation import troubles
from claims.signing import new_seed
from claims.states import DeliveryState, IllegalMove
from claims.tasks import deliver, forget_deliveries
from factcheck.models import Event
from factcheck.refusals import Refused
from factcheck.tasks import sweep
from sources import registry
from sources.posting import Poster
from tests.at_once import at_once
from tests.factories import (
    LONG_AGO,
    DeliveryFactory,
    EndpointFactory,
    PublisherFactory,
    UserFactory,
)
from tests.loopback import PUBLIC, page, redirect, refusal
from tests.work.receiver import secret_known_as
from tests.workers import make_due, work_off

pytestmark = pytest.mark.django_db


def endpoint_with_secret(url="https://customer.example/told", publisher=None):
    owner = publisher or PublisherFactory()
    return add_endpoint(owner.pk, url=url, notices=CHOSEN, by=UserFactory())


def try_to_tell(delivery):
    """Let the time of the next try come, have a worker try, and look at the row."""
    make_due(delivery)
    deliver(delivery.pk)
    delivery.refresh_from_db()
    return delivery


# What arrives.
def test_a_notice_arrives_signed_with_ids_and_addresses_alone(receiver):
    endpoint, secret = endpoint_with_secret()
    delivery = DeliveryFactory(endpoint=endpoint)
    work_off(Delivery)
    (told,) = receiver.told
    assert told.verified_with(secret)
    assert not told.verified_with(secret_known_as(b"x" * 32))
    assert told.headers["webhook-id"] == str(delivery.public_id)
    assert told.headers["content-type"] == "application/json"
    delivery.refresh_from_db()
    key = delivery.ids["submission"]
    address = f"{project.SITE_URL}/api/v1/submissions/{key}"
    assert told.content == {
        "type": "submission.ready",
        "timestamp": delivery.created_at.isoformat().replace("+00:00", "Z"),
        "data": {"submission": {"id": key, "url": address}},
    }
    assert receiver.requests[0].startswith("POST /told HTTP/1.1\r\n")
    assert receiver.asked == [(PUBLIC, 443)]
    assert (delivery.state, delivery.status) == (DeliveryState.SENT, 204)
    assert delivery.tried_at is not None


def test_a_message_that_was_changed_or_is_old_is_not_verified(receiver):
    endpoint, secret = endpoint_with_secret()
    DeliveryFactory(endpoint=endpoint)
    work_off(Delivery)
    (told,) = receiver.told
    genuine = told.body
    told.body = genuine.replace(b"ready", b"fail.")
    assert not told.verified_with(secret)
    told.body = genuine
    told.headers["webhook-timestamp"] = str(int(time.time()) - 3600)
    assert not told.verified_with(secret)


def test_after_a_change_both_secrets_sign_for_a_day_and_then_the_new_one_alone(receiver):
    endpoint, old = endpoint_with_secret()
    _, new = change_secret(endpoint.pk, instead_of=name_of_secret(endpoint), by=UserFactory())
    assert old != new
    DeliveryFactory(endpoint=endpoint)
    work_off(Delivery)
    assert receiver.told[0].verified_with(old)
    assert receiver.told[0].verified_with(new)
    until = Endpoint.objects.get().earlier_until
    assert timedelta(hours=23) < until - timezone.now() <= timedelta(hours=24)
    Endpoint.objects.update(earlier_until=LONG_AGO)
    DeliveryFactory(endpoint=endpoint)
    work_off(Delivery)
    assert not receiver.told[1].verified_with(old)
    assert receiver.told[1].verified_with(new)


def test_no_secret_is_stored_and_the_installations_old_key_still_signs(receiver, settings):
    endpoint, secret = endpoint_with_secret()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(e)::text FROM claims_endpoint e")
        assert secret.removeprefix("whsec_") not in cursor.fetchone()[0]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another" * 10
    DeliveryFactory(endpoint=endpoint)
    work_off(Delivery)
    assert receiver.told[0].verified_with(secret)


def test_with_the_installations_key_gone_nothing_is_signed_and_a_person_is_told(receiver):
    delivery = DeliveryFactory(endpoint__seed=new_seed("a key nobody has kept"))
    work_off(Delivery)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.FAILED
    assert "give the endpoint another secret" in delivery.last_error
    assert receiver.requests == []


def test_a_ping_names_its_endpoint(receiver):
    endpoint, secret = endpoint_with_secret()
    ping_endpoint(endpoint.pk, by=UserFactory())
    work_off(Delivery)
    (told,) = receiver.told
    assert told.verified_with(secret)
    assert told.content["type"] == "ping"
    assert told.content["data"] == {"endpoint": {"id": str(endpoint.public_id)}}


# What does not arrive.
@pytest.mark.parametrize(
    ("answers", "status", "why"),
    [
        ([refusal(500)], 500, "customer.example answered with status 500."),
        ([page(b"No \x1b[31mroom\n<b>", status="503 X")], 503, "It says: No [31mroom <b>"),
        ([redirect("https://elsewhere.example/")], 302, "redirects are not followed"),
        ([page(b"x" * 3_000_000, status="500 X")], 500, "It says: " + "x" * 200),
        ([b"SSH-2.0-OpenSSH\r\n"], None, "does not answer as a web server does"),
        ([], None, "does not answer as a web server does"),
    ],
)
def test_what_is_not_taken_is_tried_again_later(receiver, answers, status, why):
    receiver.answers = answers
    delivery = try_to_tell(DeliveryFactory())
    assert (delivery.state, delivery.failures, delivery.status) == ("pending", 1, status)
    assert why in delivery.last_error
    assert delivery.last_error.isprintable()
    assert "/0" not in delivery.last_error.replace(delivery.endpoint.url, "")
    assert timedelta() < delivery.due_at - timezone.now() <= WAITS[0]
    assert len(receiver.asked) == 1, "no redirect is followed"
    receiver.answers = [refusal(200)]
    assert try_to_tell(delivery).state == DeliveryState.SENT
    assert len({told.headers["webhook-id"] for told in receiver.told}) == 1


def test_a_server_that_is_slow_is_left_and_tried_again(receiver, monkeypatch):
    def slow(path):
        yield b"HTTP/1.1 200"
        time.sleep(1.5)
        yield b" OK\r\n\r\n"

    monkeypatch.setattr(registry.poster(), "_seconds", 0.4)
    receiver.answer = slow
    began = time.monotonic()
    delivery = try_to_tell(DeliveryFactory())
    assert time.monotonic() - began < 1.4
    assert "did not answer in time" in delivery.last_error


def test_what_a_server_says_after_taking_a_notice_is_not_waited_for(receiver):
    def endless(path):
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while True:
            yield b"x" * 100_000

    receiver.answer = endless
    assert try_to_tell(DeliveryFactory()).state == DeliveryState.SENT


def test_eight_tries_in_a_day_then_a_person_sees_it_and_may_send_it_again(receiver):
    receiver.answers = [refusal(500)]
    delivery = DeliveryFactory()
    waits = []
    while delivery.state == DeliveryState.PENDING:
        delivery = try_to_tell(delivery)
        if delivery.due_at:
            waits.append(delivery.due_at - timezone.now())
    assert len(receiver.told) == 8
    assert timedelta(hours=22) < sum(waits, timedelta()) < timedelta(hours=24)
    assert Event.objects.latest("position").verb == "delivery.failed"
    (trouble,) = troubles()
    assert (trouble.kind, trouble.tries_at) == ("Telling a publisher", None)
    receiver.answers = [refusal(204)]
    send_again(delivery.pk, by=UserFactory())
    work_off(Delivery)
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT
    assert troubles() == []


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "fd00::1"])
def test_a_name_that_leads_inside_is_never_connected_to(monkeypatch, address):
    connections = []

    class Counting(httpcore.SyncBackend):
        def connect_tcp(self, *args, **kwargs):
            connections.append(args)
            raise AssertionError

    poster = Poster(resolver=lambda host, port: [PUBLIC, address], backend=Counting())
    monkeypatch.setattr(registry, "poster", lambda: poster)
    delivery = try_to_tell(DeliveryFactory())
    assert connections == []
    assert delivery.state == DeliveryState.FAILED
    assert "not public" in delivery.last_error


def test_an_endpoint_that_is_gone_is_paused_with_all_that_was_on_its_way(receiver):
    receiver.answers = [page(b"gone", status="410 Gone")]
    endpoint = EndpointFactory()
    first, second = DeliveryFactory.create_batch(2, endpoint=endpoint)
    given_up = DeliveryFactory(endpoint=endpoint, failed=True)
    elsewhere = DeliveryFactory()
    try_to_tell(first)
    endpoint.refresh_from_db()
    assert not endpoint.active
    assert "410" in endpoint.paused_because
    for row in (second, given_up, elsewhere):
        row.refresh_from_db()
    assert (first.state, first.status, second.state) == ("stopped", 410, "stopped")
    assert given_up.state == DeliveryState.STOPPED
    assert elsewhere.state == DeliveryState.PENDING
    assert Event.objects.latest("position").verb == "endpoint.gone"
    assert troubles() == []
    with pytest.raises(Refused, match="paused"):
        send_again(first.pk, by=UserFactory())
    with pytest.raises(Refused, match="Nothing is sent"):
        ping_endpoint(endpoint.pk, by=UserFactory())
    resume_endpoint(endpoint.pk, by=UserFactory())
    receiver.answers = [refusal(204)]
    send_again(first.pk, by=UserFactory())
    assert try_to_tell(first).state == DeliveryState.SENT


def test_nothing_is_sent_for_a_publisher_that_is_suspended(receiver):
    delivery = DeliveryFactory()
    suspend_publisher(delivery.endpoint.publisher_id, by=UserFactory())
    assert try_to_tell(delivery).state == DeliveryState.STOPPED
    assert receiver.requests == []
    with pytest.raises(Refused, match="suspended"):
        send_again(delivery.pk, by=UserFactory())


# What people do to endpoints.
@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://customer.example/", "https"),
        ("https://127.0.0.1/", "not a public address"),
        ("https://[::1]/", "not a public address"),
        ("https://0x7f.1/", "not a valid host name"),
        ("https://localhost/", "full name"),
        ("https://customer.example:8443/", "Port 8443"),
        ("https://me:geheim@customer.example/", "user name or password"),
        ("javascript:alert(1)", "http"),
        ("https://customer.example/\nX-Y: z", "control characters"),
        (f"https://customer.example/{'x' * 2000}", "longer than"),
    ],
)
def test_an_address_nothing_can_be_sent_to_is_refused(url, why):
    with pytest.raises(Refused, match=why):
        endpoint_with_secret(url)
    assert not Endpoint.objects.exists()


def test_the_same_address_is_added_once_and_a_form_changes_a_secret_once():
    endpoint, _ = endpoint_with_secret()
    with pytest.raises(Refused, match="at this address already"):
        endpoint_with_secret(publisher=endpoint.publisher)
    form = name_of_secret(endpoint)
    change_secret(endpoint.pk, instead_of=form, by=UserFactory())
    with pytest.raises(Refused, match="changed since"):
        change_secret(endpoint.pk, instead_of=form, by=UserFactory())


def test_what_is_removed_leaves_no_secret_and_no_log_but_its_history():
    delivery = DeliveryFactory(sent=True)
    remove_endpoint(delivery.endpoint_id, by=UserFactory())
    assert not Endpoint.objects.exists()
    assert not Delivery.objects.exists()
    event = Event.objects.latest("position")
    assert (event.verb, event.data["host"]) == ("endpoint.removed", "customer.example")
    assert event.object_id == delivery.endpoint.public_id


def test_what_is_a_month_old_is_forgotten_unless_it_is_still_to_be_sent():
    old = [DeliveryFactory(sent=True), DeliveryFactory(failed=True), DeliveryFactory(stopped=True)]
    pending, fresh = DeliveryFactory(), DeliveryFactory(sent=True)
    keys = [delivery.pk for delivery in [*old, pending]]
    Delivery.objects.filter(pk__in=keys).update(created_at=LONG_AGO)
    forget_deliveries()
    assert set(Delivery.objects.all()) == {pending, fresh}


# At the same moment.
@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_tells(receiver):
    delivery = DeliveryFactory()
    at_once(*[partial(deliver, delivery.pk)] * 4)
    assert len(receiver.requests) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_whose_lease_ran_out_changes_nothing(receiver):
    delivery = DeliveryFactory()

    def overtaken(path):
        try:
            Delivery.objects.filter(pk=delivery.pk).update(
                lease_id=delivery.public_id, failures=3, last_error="Its successor's."
            )
        finally:
            connection.close()
        yield refusal(410)

    receiver.answer = overtaken
    deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.failures) == ("pending", 3)
    assert Endpoint.objects.get().active


@pytest.mark.django_db(transaction=True)
def test_whoever_pauses_while_a_worker_tells_stops_it():
    delivery = DeliveryFactory()
    lease = Delivery.objects.lease(delivery.pk)
    pause_endpoint(delivery.endpoint_id, by=UserFactory())
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.STOPPED
    assert not Delivery.objects.held(delivery.pk, lease).exists()
    with pytest.raises(Refused):
        send_again(delivery.pk, by=UserFactory())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_", range(3))
def test_an_endpoint_removed_while_something_happens_hinders_nobody(_):
    endpoint = EndpointFactory()
    results = at_once(
        partial(remove_endpoint, endpoint.pk, by=UserFactory()),
        *[partial(ping_endpoint, endpoint.pk, by=UserFactory()) for _ in range(3)],
    )
    assert {type(result) for result in results} <= {Endpoint, Endpoint.DoesNotExist}
    assert not Delivery.objects.exists()


def test_what_is_on_its_way_is_not_sent_again_too():
    delivery = DeliveryFactory()
    with pytest.raises(IllegalMove):
        send_again(delivery.pk, by=UserFactory())


def test_a_lost_hint_is_repeated_in_the_queue_of_its_own(queue):
    delivery = DeliveryFactory(notice=Notice.VERDICT_PUBLISHED)
    sweep()
    assert queue.waiting_in("telling") == [("claims.deliver", delivery.pk)]


def test_an_endpoint_that_answers_at_too_great_length_is_told_of_as_what_it_is(receiver):
    receiver.answers = [b"HTTP/1.1 102 Processing\r\n\r\n" * 20_000]
    delivery = try_to_tell(DeliveryFactory())
    assert "sent more than is read" in delivery.last_error
