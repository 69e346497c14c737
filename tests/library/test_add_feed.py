"""Feeds from a terminal."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sources.models import Feed
from tests.factories import FeedFactory, UserFactory
from tests.ui.conftest import person

pytestmark = pytest.mark.django_db


def test_a_moderator_subscribes_and_lists_feeds():
    mona, out = person("mona", "Moderators"), StringIO()
    call_command("add_feed", "https://paper.example/rss", by="mona", outlet="The Paper", stdout=out)
    assert Feed.objects.get().outlet.name == "The Paper"
    FeedFactory(url="https://broken.example/rss", last_error="Status 404.", due_at=None)
    call_command("add_feed", stdout=out)
    assert out.getvalue().splitlines() == [
        "Subscribed to https://paper.example/rss; a worker reads it at once.",
        "https://paper.example/rss  -  not read yet",
        "https://broken.example/rss  -  Status 404.",
    ]
    assert mona.is_active


def test_without_any_feed_it_is_said_how_to_subscribe():
    out = StringIO()
    call_command("add_feed", stdout=out)
    assert out.getvalue() == "No feed yet. Subscribe to one: add_feed ADDRESS --by LOGIN\n"


@pytest.mark.parametrize(
    ("address", "by", "why"),
    [
        ("https://paper.example/rss", None, "who subscribes"),
        ("https://paper.example/rss", "reviewer", "no moderator"),
        ("http://127.0.0.1/rss", "mona", "not a public address"),
    ],
)
def test_what_is_wrong_is_said(address, by, why):
    person("mona", "Moderators")
    UserFactory(username="reviewer")
    with pytest.raises(CommandError, match=why):
        call_command("add_feed", address, by=by)
