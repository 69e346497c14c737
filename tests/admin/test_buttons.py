"""Every button calls an act, and says what came of it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from claims.actions.keys import digest_of
from claims.models import Evidence, Search
from claims.scopes import MEANINGS
from claims.states import ClaimState, VerdictState
from factcheck.models import ApiKey, Event, Publisher, User
from sources import health, registry
from tests.collisions import let_acts_give_way
from tests.factories import (
    ApiKeyFactory,
    ClaimFactory,
    OutletFactory,
    OutsideProviderFactory,
    PublisherFactory,
    SearchFactory,
    SourceFactory,
    UserFactory,
)
from tests.stories import verdict_in
from tests.ui.conftest import person

ADA = {"email": "ada@desk.example", "roles": ["Reviewers"]}


def press(office, table, row, act, **sent):
    return office.post(f"/admin/{table}/{row.pk}/act/{act}/", sent)


def last_event():
    return Event.objects.latest("position")


# Outlets and sources.
def test_an_outlet_is_blocked_and_let_go(office, moderator):
    outlet = OutletFactory()
    assert press(office, "sources/outlet", outlet, "block", reason=" ").status_code == 422
    assert press(office, "sources/outlet", outlet, "block", reason="Invents.").status_code == 302
    outlet.refresh_from_db()
    assert outlet.blocked
    assert (last_event().verb, last_event().user) == ("outlet.blocked", moderator)
    again = press(office, "sources/outlet", outlet, "block", reason="Invents.")
    assert again.status_code == 409
    assert "blocked already" in again.text
    assert 'class="nowrap"' in office.get("/admin/sources/outlet/").text, "says since when"
    press(office, "sources/outlet", outlet, "unblock")
    outlet.refresh_from_db()
    assert not outlet.blocked
    html = office.get(f"/admin/sources/outlet/{outlet.pk}/change/").text
    assert "Invents." in html, "stays told"
    assert "Was blocked before because" in html
    assert "Block reason" not in html
    assert 'class="nowrap"' not in office.get("/admin/sources/outlet/").text


def test_an_outlet_is_described(office):
    outlet = OutletFactory(name="Harbour office", kind="other")
    sent = {"name": "Harbour Office", "kind": "government", "origin_group": "City"}
    press(office, "sources/outlet", outlet, "describe", **sent, reliability_note="Counts boats.")
    outlet.refresh_from_db()
    assert (outlet.name, outlet.kind, outlet.origin) == ("Harbour Office", "government", "City")
    assert last_event().data["changed"] == ["name", "kind", "reliability_note", "origin_group"]


@pytest.mark.parametrize(
    ("sent", "status", "why"),
    [
        ({"name": "", "kind": "news"}, 422, "This field is required"),
        ({"name": "A\0", "kind": "news"}, 422, "Null characters"),
        ({"name": "A", "kind": "king"}, 422, "not one of the available choices"),
        ({"name": "the HARBOUR times", "kind": "news"}, 409, "another outlet called"),
    ],
)
def test_a_description_that_does_not_do_is_kept_and_explained(office, sent, status, why):
    OutletFactory(name="The Harbour Times")
    outlet = OutletFactory(name="Harbour office")
    sent = sent | {"reliability_note": "What I typed."}
    answer = press(office, "sources/outlet", outlet, "describe", **sent)
    assert answer.status_code == status
    assert why in answer.text
    assert "What I typed." in answer.text
    outlet.refresh_from_db()
    assert outlet.name == "Harbour office"


def test_a_description_that_has_to_give_way_to_others_is_tried_again_and_kept(office):
    outlet = OutletFactory(name="Harbour office", kind="other")
    sent = {"name": "Harbour Office", "kind": "government"}
    let_acts_give_way(3)
    answer = press(office, "sources/outlet", outlet, "describe", **sent)
    assert answer.status_code == 409
    assert "nothing of this was saved" in answer.text
    assert 'value="Harbour Office"' in answer.text
    # One more has to give way, and its second try does not.
    assert press(office, "sources/outlet", outlet, "describe", **sent).status_code == 302
    outlet.refresh_from_db()
    assert outlet.name == "Harbour Office"


def test_a_retraction_needs_a_reason_and_flags_the_verdicts_that_cite_it(office, editors_browser):
    verdict = verdict_in(VerdictState.PUBLISHED)
    source = Evidence.objects.get(claim=verdict.claim).source
    page = f"/verdicts/{verdict.public_id}/"
    flagged = "/admin/claims/verdict/?rests_on=retracted"
    assert press(office, "sources/source", source, "retract", reason=" ").status_code == 422
    assert "Rests on a retracted source" not in editors_browser.get(page).text
    assert verdict.claim_text not in office.get(flagged).text

    press(office, "sources/source", source, "retract", reason="Its figures were <made up>.")

    assert last_event().verb == "source.retracted"
    assert "Its figures" not in str(last_event().data)
    html = editors_browser.get(page).text
    assert "Rests on a retracted source" in html
    assert "Its figures were &lt;made up&gt;." in html
    assert verdict.claim_text in office.get(flagged).text
    assert "Public verdicts rest on a retracted source" in office.get("/admin/").text
    public = editors_browser.get(f"/c/{verdict.claim.public_id}/").text
    assert "retracted" not in public

    press(office, "sources/source", source, "reinstate")

    assert "Rests on a retracted source" not in editors_browser.get(page).text
    assert verdict.claim_text not in office.get(flagged).text


def test_the_verdicts_that_cite_a_source_are_listed(office):
    verdict = verdict_in(VerdictState.PUBLISHED)
    other = SourceFactory()
    source = Evidence.objects.get(claim=verdict.claim).source
    html = office.get(f"/admin/sources/source/{source.pk}/change/").text
    (link,) = re.findall(r'href="(/admin/claims/verdict/\?source=\d+)"', html)
    assert verdict.claim_text in office.get(link).text
    assert verdict.claim_text not in office.get(f"/admin/claims/verdict/?source={other.pk}").text
    assert office.get("/admin/claims/verdict/?source=x").status_code == 200


def test_only_buttons_that_make_sense_are_offered(office):
    source = SourceFactory(retracted=True)
    html = office.get(f"/admin/sources/source/{source.pk}/change/").text
    assert "act/reinstate/" in html
    assert "act/retract/" not in html


# Providers.
def test_a_provider_is_switched_off_and_on(office, moderator, settings):
    settings.OUTSIDE_PROVIDERS = ["wikipedia"]
    provider = OutsideProviderFactory(name="wikipedia")
    press(office, "sources/outsideprovider", provider, "switch_off")
    assert (last_event().verb, last_event().user) == ("provider.switched_off", moderator)
    assert "Switched off" in office.get("/admin/providers/").text
    assert [p.name for p in registry.providers(outside=True)] == ["library"]
    again = press(office, "sources/outsideprovider", provider, "switch_off")
    assert again.status_code == 409
    assert press(office, "sources/outsideprovider", provider, "try").status_code == 409
    press(office, "sources/outsideprovider", provider, "switch_on")
    assert [p.name for p in registry.providers(outside=True)] == ["library", "wikipedia"]
    assert press(office, "sources/outsideprovider", provider, "switch_on").status_code == 409


def test_a_provider_that_rests_is_tried_at_once_with_what_waits_for_it(office):
    provider = OutsideProviderFactory(name="wikipedia", down=True, rests_until="2100-01-01T00:00Z")
    waiting = SearchFactory(only="wikipedia", due_at="2100-01-01T00:00Z")
    other = SearchFactory(only="gdelt", due_at="2100-01-01T00:00Z")
    press(office, "sources/outsideprovider", provider, "try")
    health.admit("wikipedia")
    assert set(Search.objects.due()) == {waiting}
    assert other.due_at
    assert last_event().verb == "provider.tried"


# People.
def test_an_invitation_shows_the_link_and_sends_no_mail_without_a_server(office, settings):
    settings.EMAIL_HOST = ""
    settings.SITE_URL = "https://checks.example"
    answer = office.post("/admin/factcheck/user/act/invite/", ADA)
    assert answer.status_code == 200
    (link,) = re.findall(r"https://checks\.example(/invitation/[^<]+/)", answer.text)
    assert office.get(link).status_code == 200
    assert mail.outbox == []
    ada = User.objects.get(username="ada@desk.example")
    assert [group.name for group in ada.groups.all()] == ["Reviewers"]
    assert "token" not in str(last_event().data)
    assert "Invited" in office.get("/admin/factcheck/user/").text


def test_with_a_mail_server_the_link_is_mailed_too(office, settings):
    settings.EMAIL_HOST = "mail.desk.example"
    answer = office.post("/admin/factcheck/user/act/invite/", ADA)
    (link,) = re.findall(r"http://[^<]+/invitation/[^<]+/", answer.text)
    assert "It was mailed to ada@desk.example" in answer.text
    assert mail.outbox[0].to == ["ada@desk.example"]
    assert link in mail.outbox[0].body


def test_a_mail_server_that_is_down_loses_no_invitation(office, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    answer = office.post("/admin/factcheck/user/act/invite/", ADA)
    assert "could not be sent" in answer.text
    assert "/invitation/" in answer.text
    assert User.objects.filter(username="ada@desk.example").exists()


def test_inviting_somebody_twice_keeps_what_was_typed(office):
    UserFactory(username="ada@desk.example")
    answer = office.post("/admin/factcheck/user/act/invite/", ADA)
    assert answer.status_code == 409
    assert "has a login" in answer.text
    assert 'value="ada@desk.example"' in answer.text


def test_an_invitation_asks_for_a_role_and_keeps_the_address(office):
    answer = office.post("/admin/factcheck/user/act/invite/", ADA | {"roles": []})
    assert answer.status_code == 422
    assert "Choose at least one role." in answer.text
    assert 'value="ada@desk.example"' in answer.text
    assert not User.objects.filter(username="ada@desk.example").exists()


def test_no_moderator_raises_themselves(office, moderator):
    answer = press(office, "factcheck/user", moderator, "roles", roles=["Moderators", "Editors"])
    assert answer.status_code == 409
    assert "Nobody decides about themselves" in answer.text
    assert [group.name for group in moderator.groups.all()] == ["Moderators"]
    sent = {"is_superuser": "on", "roles": ["Editors"]}
    other = person("nia")
    press(office, "factcheck/user", other, "roles", **sent)
    other.refresh_from_db()
    assert not other.is_superuser
    assert [group.name for group in other.groups.all()] == ["Editors"]


@pytest.mark.parametrize("act", ["shut-out", "roles"])
def test_claims_of_somebody_who_does_not_get_in_can_be_put_back(office, act):
    ada = person("ada", "Reviewers")
    claim = ClaimFactory(in_review=True, reviewer=ada)
    press(office, "factcheck/user", ada, act)
    assert "held by people who are shut out" in office.get("/admin/").text
    assert str(claim) in office.get("/admin/claims/claim/?reviewer_is=shut_out").text
    press(office, "claims/claim", claim, "put-back")
    claim.refresh_from_db()
    assert (claim.state, claim.reviewer) == (ClaimState.OPEN, None)
    late = press(office, "claims/claim", claim, "put-back")
    assert late.status_code == 409
    assert "Nobody has this claim in hand" in late.text


# Publishers and keys.
def key_form(office, publisher):
    """What the form for a key carries that nobody sees."""
    page = office.get(f"/admin/factcheck/publisher/{publisher.pk}/act/issue-key/").text
    found = re.search(r'<input type="hidden" name="beginning" value="([^"]+)"', page)
    return {"beginning": found[1]}


def issue(office, publisher, **sent):
    sent = key_form(office, publisher) | sent
    return press(office, "factcheck/publisher", publisher, "issue-key", **sent)


def test_what_a_key_may_do_is_named_as_the_api_names_it(office):
    publisher = PublisherFactory()
    page = office.get(f"/admin/factcheck/publisher/{publisher.pk}/act/issue-key/").text
    for scope, meaning in MEANINGS.items():
        assert f"{meaning} <code>{scope}</code>" in page


def test_a_key_is_shown_once_and_stored_as_a_digest(office):
    added = office.post("/admin/factcheck/publisher/act/add/", {"name": "The Harbour Times"})
    publisher = Publisher.objects.get(name="The Harbour Times")
    assert added.headers["Location"] == f"/admin/factcheck/publisher/{publisher.pk}/change/"
    sent = {"label": "newsroom", "scopes": ["submissions:write"], "expires_at": "2099-01-31"}
    answer = issue(office, publisher, **sent)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    (raw,) = re.findall(r">(fc_[^<]+)</code>", answer.text)
    key = ApiKey.objects.get(publisher=publisher)
    assert key.expires_at.date().isoformat() == "2099-01-31"
    for page in (f"/admin/factcheck/apikey/{key.pk}/change/", "/admin/factcheck/apikey/"):
        html = office.get(page).text
        assert key.prefix in html
        assert raw not in html
        assert key.digest not in html
    assert key.digest == digest_of(raw)
    press(office, "factcheck/apikey", key, "revoke")
    key.refresh_from_db()
    assert key.revoked_at
    assert "Revoked" in office.get("/admin/factcheck/apikey/").text


@pytest.mark.parametrize(
    ("sent", "status", "why"),
    [
        ({"label": "x", "scopes": []}, 422, "This field is required"),
        ({"label": "x", "scopes": ["everything"]}, 422, "not one of the available choices"),
        ({"label": "x", "scopes": ["match"], "expires_at": "2020-01-01"}, 409, "in the past"),
        ({"label": "x", "scopes": ["match"], "expires_at": "soon"}, 422, "Enter a valid date"),
    ],
)
def test_a_key_that_would_open_nothing_is_not_made(office, sent, status, why):
    answer = issue(office, PublisherFactory(), **sent)
    assert answer.status_code == status
    assert why in answer.text
    assert not ApiKey.objects.exists()


def test_reloading_the_page_that_shows_a_key_issues_no_other(office):
    publisher = PublisherFactory()
    sent = key_form(office, publisher) | {"label": "newsroom", "scopes": ["match"]}
    shown = press(office, "factcheck/publisher", publisher, "issue-key", **sent)
    key = ApiKey.objects.get()
    assert f">{key.prefix}_" in shown.text
    reloaded = press(office, "factcheck/publisher", publisher, "issue-key", **sent)
    assert reloaded.status_code == 409
    assert f"it issued the key {key.prefix} then, and nothing now" in reloaded.text
    assert f"{key.prefix}_" not in reloaded.text
    assert list(ApiKey.objects.all()) == [key]
    issue(office, publisher, label="newsroom", scopes=["match"])
    assert ApiKey.objects.count() == 2


@pytest.mark.parametrize("beginning", ["", "x", "fc_0123456g", "fc_<b>"])
def test_a_form_for_a_key_that_was_tampered_with_issues_none(office, beginning):
    sent = {"label": "newsroom", "scopes": ["match"], "beginning": beginning}
    answer = issue(office, PublisherFactory(), **sent)
    assert answer.status_code in {409, 422}
    assert "open it again" in answer.text
    assert not ApiKey.objects.exists()


def test_a_suspended_publisher_gets_no_key(office):
    publisher = PublisherFactory()
    form = key_form(office, publisher)
    press(office, "factcheck/publisher", publisher, "suspend")
    html = office.get(f"/admin/factcheck/publisher/{publisher.pk}/change/").text
    assert "act/issue-key/" not in html
    sent = form | {"label": "x", "scopes": ["match"]}
    answer = press(office, "factcheck/publisher", publisher, "issue-key", **sent)
    assert answer.status_code == 409
    press(office, "factcheck/publisher", publisher, "resume")
    publisher.refresh_from_db()
    assert publisher.active


def test_keys_are_listed_by_how_long_they_last(office):
    now = timezone.now()
    soon = ApiKeyFactory(expires_at=now + timedelta(days=3))
    ended = ApiKeyFactory(expires_at=now - timedelta(days=3))
    usable = ApiKeyFactory()
    for state, shown in (("soon", [soon]), ("ended", [ended]), ("usable", [soon, usable])):
        html = office.get(f"/admin/factcheck/apikey/?state={state}").text
        listed = {key for key in (soon, ended, usable) if f"{key.prefix}<" in html}
        assert listed == set(shown), state
    assert "Keys are about to expire" in office.get("/admin/").text
