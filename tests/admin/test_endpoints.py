"""Endpoints of publishers: added, tried, paused, given another secret and removed by buttons."""

import re

import pytest

from claims.models import Delivery, Endpoint
from claims.notices import CHOSEN
from claims.states import DeliveryState
from tests.factories import DeliveryFactory, EndpointFactory, PublisherFactory

pytestmark = pytest.mark.django_db
SHOWN = re.compile(r">(whsec_[^<]+)</code>")


def press(office, row, name, **sent):
    table = row._meta
    address = f"/admin/{table.app_label}/{table.model_name}/{row.pk}/act/{name}/"
    return office.post(address, sent)


def add(office, publisher, **sent):
    sent = {"url": "https://customer.example/told", "notices": ["verdict.published"]} | sent
    return press(office, publisher, "add-endpoint", **sent)


def test_a_secret_is_shown_once_when_an_endpoint_is_added(office):
    publisher = PublisherFactory()
    form = office.get(f"/admin/factcheck/publisher/{publisher.pk}/act/add-endpoint/").text
    assert form.count("checked") == len(CHOSEN), "of everything, unless somebody says otherwise"
    answer = add(office, publisher)
    assert "no-store" in answer.headers["Cache-Control"]
    (secret,) = SHOWN.findall(answer.text)
    endpoint = Endpoint.objects.get()
    assert endpoint.notices == ["verdict.published"]
    listed = f"/admin/claims/endpoint/?publisher={publisher.pk}"
    for page in (listed, f"/admin/claims/endpoint/{endpoint.pk}/change/"):
        html = office.get(page).text
        assert endpoint.url in html
        assert secret.removeprefix("whsec_") not in html
        assert endpoint.seed not in html
    reloaded = add(office, publisher)
    assert reloaded.status_code == 409
    assert not SHOWN.search(reloaded.text)
    assert listed in office.get(f"/admin/factcheck/publisher/{publisher.pk}/change/").text


@pytest.mark.parametrize(
    ("sent", "status", "why"),
    [
        ({"url": "http://customer.example/"}, 409, "must begin with https://"),
        ({"url": "https://10.0.0.7/"}, 409, "not a public address"),
        ({"url": ""}, 422, "This field is required"),
        ({"notices": []}, 422, "This field is required"),
        ({"notices": ["ping"]}, 422, "not one of the available choices"),
    ],
)
def test_an_endpoint_that_could_not_be_told_is_not_added_and_the_form_keeps_what_was_typed(
    office, sent, status, why
):
    answer = add(office, PublisherFactory(), **sent)
    assert (answer.status_code, Endpoint.objects.count()) == (status, 0)
    assert why in answer.text
    assert f'value="{sent.get("url", "https://customer.example/told")}"' in answer.text or not (
        sent.get("url", "x")
    )


def test_a_publisher_that_is_suspended_gets_none(office):
    publisher = PublisherFactory(active=False)
    assert (
        "add-endpoint" not in office.get(f"/admin/factcheck/publisher/{publisher.pk}/change/").text
    )
    assert "not active" in add(office, publisher).text
    assert not Endpoint.objects.exists()


def test_the_secret_is_changed_once_however_often_the_form_is_sent(office):
    endpoint = EndpointFactory()
    form = office.get(f"/admin/claims/endpoint/{endpoint.pk}/act/change-secret/").text
    (name,) = re.findall(r'name="instead_of" value="([^"]+)"', form)
    shown = press(office, endpoint, "change-secret", instead_of=name)
    assert SHOWN.search(shown.text)
    again = press(office, endpoint, "change-secret", instead_of=name)
    assert again.status_code == 409
    assert "changed since this form was opened" in again.text
    assert "Signs too until" in office.get(f"/admin/claims/endpoint/{endpoint.pk}/change/").text


def test_an_endpoint_is_pinged_paused_resumed_and_removed(office):
    endpoint = EndpointFactory()
    page = f"/admin/claims/endpoint/{endpoint.pk}/change/"
    press(office, endpoint, "ping")
    delivery = Delivery.objects.get()
    assert delivery.notice == "ping"
    press(office, endpoint, "pause")
    html = office.get(page).text
    assert "Paused. A moderator paused it." in html
    assert "act/ping/" not in html
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.STOPPED
    press(office, endpoint, "resume")
    assert "act/pause/" in office.get(page).text
    removed = press(office, endpoint, "remove")
    assert removed.url == "/admin/claims/endpoint/"
    assert "The endpoint is removed." in office.get(removed.url).text


def test_the_log_of_an_endpoint_says_what_was_answered_and_sends_again(office):
    failed = DeliveryFactory(failed=True, status=500, last_error="<b>Status 500</b>")
    other = DeliveryFactory(sent=True)
    listed = office.get(f"/admin/claims/delivery/?endpoint={failed.endpoint_id}").text
    assert f"/admin/claims/delivery/{failed.pk}/change/" in listed
    assert f"/admin/claims/delivery/{other.pk}/change/" not in listed
    assert "&lt;b&gt;Status 500&lt;/b&gt;" in listed
    assert "customer.example" in listed
    page = f"/admin/claims/delivery/{failed.pk}/change/"
    assert failed.ids["submission"] in office.get(page).text
    press(office, failed, "send-again")
    failed.refresh_from_db()
    assert failed.state == DeliveryState.PENDING
    assert "act/send-again/" not in office.get(page).text
    assert press(office, failed, "send-again").status_code == 409
    paused = DeliveryFactory(stopped=True, endpoint__paused=True)
    assert "resume that first" in press(office, paused, "send-again").text


def test_the_log_is_searched_by_the_id_of_what_it_is_about(office):
    wanted, other = DeliveryFactory(sent=True), DeliveryFactory(sent=True)
    for asked in (wanted.ids["submission"], str(wanted.public_id)):
        listed = office.get(f"/admin/claims/delivery/?q={asked}").text
        assert f"/admin/claims/delivery/{wanted.pk}/change/" in listed
        assert f"/admin/claims/delivery/{other.pk}/change/" not in listed


def test_lists_ask_a_fixed_number_of_questions(office, django_assert_max_num_queries):
    DeliveryFactory.create_batch(20, sent=True)
    with django_assert_max_num_queries(9):
        assert office.get("/admin/claims/delivery/").status_code == 200
    with django_assert_max_num_queries(9):
        assert office.get("/admin/claims/endpoint/").status_code == 200
    with django_assert_max_num_queries(9):
        found = office.get(f"/admin/claims/delivery/?endpoint={Endpoint.objects.first().pk}")
        assert found.status_code == 200


def test_work_that_is_stuck_is_sent_again_from_its_list(office):
    failed = DeliveryFactory(failed=True)
    assert "Telling a publisher" in office.get("/admin/stuck/").text
    office.post(f"/admin/stuck/claims.delivery/{failed.pk}/retry/")
    failed.refresh_from_db()
    assert failed.state == DeliveryState.PENDING
