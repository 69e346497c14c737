"""The administration is for moderators, and changes nothing but by its buttons."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Approval, Claim, Verdict
from claims.states import VerdictState
from factcheck.models import Event, User
from tests.admin.everything import PAGES, acts, details, lists
from tests.factories import ApiKeyFactory, SearchFactory, SourceFactory, SubmissionFactory
from tests.stories import claim_with_evidence, verdict_in
from tests.ui.conftest import logged_in, person


def test_every_table_is_tried_here(rows):
    names = {f"{m._meta.app_label}/{m._meta.model_name}" for m in admin.site._registry}
    assert names == rows.keys()


def test_every_page_opens_for_a_moderator(office, rows):
    for address in [*PAGES, *lists(rows), *details(rows), *acts(rows)]:
        assert office.get(address).status_code == 200, address


def test_pages_carry_no_inline_style_or_script(office, rows):
    for address in [*PAGES, *lists(rows), *details(rows), *acts(rows)]:
        answer = office.get(address)
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert not re.search(r"<style|<script(?! src=)|\sstyle=|\son\w+=", answer.text), address


def test_nobody_else_gets_in(client, rows):
    staff = person("sam", "Editors")
    staff.is_staff = True
    staff.save(update_fields=["is_staff"])
    others = [logged_in(person("ada", "Reviewers")), logged_in(staff)]
    before = everything()
    for address in [*PAGES, *lists(rows), *details(rows), *acts(rows)]:
        assert client.get(address).url.startswith("/login/?next="), address
        for other in others:
            for answer in (other.get(address, follow=True), other.post(address, follow=True)):
                assert answer.status_code == 403, address
                assert "Your role does not allow this" in answer.text
    assert everything() == before


def test_a_moderator_who_is_shut_out_is_out_at_the_next_request(office, moderator):
    User.objects.filter(pk=moderator.pk).update(is_active=False)
    assert office.get("/admin/").url.startswith("/login/")


@pytest.mark.parametrize("who", ["moderator", "superuser"])
def test_django_adds_changes_and_deletes_nothing(request, rows, who):
    browser = logged_in(request.getfixturevalue(who))
    before = everything()
    for name, row in rows.items():
        sent = {"state": "closed", "name": "x", "is_superuser": "on", "title": "x", "_save": "1"}
        change = f"/admin/{name}/{row.pk}/change/"
        assert browser.post(change, sent).status_code == 403
        assert browser.post(f"/admin/{name}/{row.pk}/delete/", {"post": "yes"}).status_code == 403
        assert browser.post(f"/admin/{name}/add/", sent).status_code == 403
        browser.post(f"/admin/{name}/", {"action": "delete_selected", "_selected_action": row.pk})
    assert everything() == before
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("superuser", [False, True])
def test_no_author_approves_a_verdict_here(db, superuser):
    author = person("mona", "Moderators")
    User.objects.filter(pk=author.pk).update(is_superuser=superuser, is_staff=superuser)
    verdict = verdict_in(VerdictState.PROPOSED, claim_with_evidence(reviewer=author))
    browser = logged_in(author)
    page = f"/admin/claims/verdict/{verdict.pk}"
    assert browser.post(f"{page}/change/", {"state": "approved"}).status_code == 403
    for act in ("approve", "publish", "approve_verdict"):
        assert browser.post(f"{page}/act/{act}/", {"digest": verdict.digest}).status_code == 404
    approval = {"verdict": verdict.pk, "approver": author.pk, "decision": "approved"}
    assert browser.post("/admin/claims/approval/add/", approval).status_code == 404
    desk = f"/verdicts/{verdict.public_id}/approve/"
    answer = browser.post(desk, {"digest": verdict.digest})
    assert answer.status_code == 422
    assert "another person must decide" in answer.text
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.PROPOSED
    assert not Approval.objects.exists()


def test_claims_and_verdicts_lead_to_the_desk(office, rows):
    claim, verdict = rows["claims/claim"], rows["claims/verdict"]
    html = office.get(f"/admin/claims/claim/{claim.pk}/change/").text
    assert f'href="/claims/{claim.public_id}/"' in html
    html = office.get(f"/admin/claims/verdict/{verdict.pk}/change/").text
    assert f'href="/verdicts/{verdict.public_id}/"' in html


def test_private_documents_are_shown_beside_their_claim_alone(office):
    source = SourceFactory(access="private", url=None, title="Letter from a whistleblower")
    assert source.title not in office.get("/admin/sources/source/").text
    assert office.get(f"/admin/sources/source/{source.pk}/change/").status_code == 302
    assert office.get(f"/admin/sources/source/{source.pk}/act/retract/").status_code == 404


def test_what_is_not_there_is_not_found(office, rows):
    for address in (
        "/admin/claims/claim/0/act/put-back/",
        "/admin/sources/source/999999999999999999999/act/retract/",
        "/admin/sources/source/act/retract/",
        f"/admin/sources/source/{rows['sources/source'].pk}/act/nonsense/",
        "/admin/stuck/claims.claim/1/retry/",
        "/admin/stuck/claims.search/0/retry/",
        "/admin/stuck/handed-in/0/set-aside/",
        "/admin/nowhere/",
    ):
        assert office.post(address).status_code == 404, address


def test_a_pressed_button_needs_a_token(moderator, rows):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(moderator)
    for address in acts(rows):
        assert browser.post(address).status_code == 403, address
    assert browser.post("/admin/history/check/").status_code == 403


def everything():
    """What must not change when somebody only tries."""
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (*admin.site._registry, Event, Claim, Verdict)
    ]


def queries(browser, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def test_each_page_asks_the_database_a_fixed_number_of_questions(office, rows):
    addresses = [*PAGES, *lists(rows), *details(rows)]
    for address in addresses:
        office.get(address)  # what Django keeps in memory is there from now on
    before = {address: queries(office, address) for address in addresses}
    for number in range(3):
        more_rows(number)
    after = {address: queries(office, address) for address in addresses}
    assert after == before
    assert max(after.values()) <= 25


def more_rows(number):
    verdict_in(VerdictState.PUBLISHED)
    ApiKeyFactory()
    person(f"ed{number}", "Editors")
    SubmissionFactory(failed=True)
    SearchFactory(due_at=None, last_error="No provider answered.")


def test_a_list_never_counts_a_whole_table(office, rows, django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as captured:
        office.get("/admin/claims/claim/?q=boats")
    counts = [sql for query in captured if "COUNT(" in (sql := query["sql"]) and "boats" in sql]
    assert counts
    assert all("LIMIT 2000" in sql for sql in counts)
