"""Who may do what: each address that changes something, for each role."""

import pytest
from django.test import Client

from factcheck.roles import ROLES
from tests.security.addresses import every_address
from tests.ui.conftest import person

REVIEW, APPROVE, ANYBODY = "review_claim", "approve_verdict", ""
NEEDS = {
    "logout": ANYBODY,
    "account": ANYBODY,
    **dict.fromkeys(
        [
            *("split_again", "mark", "hand_in", "read_again", "take", "release", "reword"),
            *("dismiss", "restore", "close", "look_again", "add_evidence", "bring", "reread"),
            *("set_aside_document", "bring_back_document"),
            *("choose", "quote", "accept", "reject", "reconsider", "relate"),
            *("start_verdict", "correct"),
            *("save_verdict", "autosave_verdict", "recall", "disclose"),
            *("discard_draft", "restore_draft", "set_aside"),
            *("confirm_link", "refuse_link", "reconsider_link"),
            *("confirm_check", "refuse_check", "reconsider_check"),
            *("attribute", "split", "unsplit", "merge", "unmerge", "move"),
            *(
                *("ask_for_reply", "ask_nobody", "record_reply", "take_back_reply"),
                "bring_back_reply",
            ),
            *("urgent", "deadline", "continue_article", "set_aside_article", "bring_back_article"),
            *("uphold", "turn_down", "not_serious", "several_not_serious", "reconsider_objection"),
            *("hand_over", "see_taken_away"),
            *("write_note", "reword_note", "take_back_note", "read_note"),
        ],
        REVIEW,
    ),
    **dict.fromkeys(["approve", "send_back", "publish", "withdraw"], APPROVE),
}
"""The permission that each address wants which takes POST; whoever adds one must say."""
FOR_STRANGERS = {"login", "invitation", "new_password", "report_error"}
BY_KEY, STAFF = "api:", "admin:"


@pytest.fixture
def superuser(db):
    return in_browser(person("root"), is_superuser=True)


def in_browser(user, **columns):
    for name, value in columns.items():
        setattr(user, name, value)
    user.save()
    client = Client()
    client.force_login(user)
    return client


def test_each_address_that_takes_posts_says_what_it_wants(superuser):
    names = set()
    for name, path in every_address():
        if name.startswith((BY_KEY, STAFF)):
            continue
        superuser = in_browser(person(f"root-{len(names)}-{name}"), is_superuser=True)
        if superuser.post(path).status_code != 405:
            names.add(name.removeprefix("claims:"))
    assert names - FOR_STRANGERS == NEEDS.keys()


def test_strangers_do_nothing(db):
    paths = {name.removeprefix("claims:"): path for name, path in every_address()}
    for name in NEEDS:
        answer = Client().post(paths[name])
        told = (answer.status_code, answer.headers.get("Location", "")[:7])
        assert told in {(302, "/login/"), (403, "")}, name


@pytest.mark.parametrize("role", ["", *ROLES])
def test_a_role_does_what_its_permissions_say_and_nothing_else(db, role):
    may = {ANYBODY, *ROLES.get(role, ())}
    client = in_browser(person("ada", role))
    paths = {name.removeprefix("claims:"): path for name, path in every_address()}
    for name, needed in NEEDS.items():
        if name == "logout":
            continue
        answer = client.post(paths[name])
        assert (answer.status_code == 403) == (needed not in may), (name, answer.status_code)


def test_a_session_opens_no_address_of_the_api(superuser):
    for name, path in every_address():
        if name.startswith(BY_KEY) and name != "api:nowhere":
            for method in ("post", "put", "patch", "delete"):
                assert getattr(superuser, method)(path).status_code in {401, 403, 404, 405}, name


@pytest.mark.parametrize("role", [None, "", "Reviewers", "Editors"])
def test_the_admin_is_closed_to_all_who_are_not_its_staff(db, role):
    client = Client() if role is None else in_browser(person("ada", role))
    open_to_all = {"admin:login", "admin:logout", "admin:jsi18n"}
    for name, path in every_address():
        if name.startswith(STAFF) and name not in open_to_all:
            for answer in (client.get(path), client.post(path)):
                to_login = answer.status_code == 302 and "login" in answer.headers["Location"]
                assert to_login or answer.status_code in {403, 404, 405}, (name, answer)
