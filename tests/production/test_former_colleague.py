"""The name of somebody who left, taken out as docs/operations.md says: the history stays whole."""

import re

import pytest
from django.db import connection

from claims.states import VerdictState
from factcheck.embedded.wheels import CHECKOUT
from factcheck.models import Event
from factcheck.people import invite, join, shut_out
from tests.stories import verdict_in
from tests.ui.conftest import person

PAGE = (CHECKOUT / "docs" / "operations.md").read_text()
(STATEMENT,) = re.findall(r"^  (UPDATE factcheck_user.*?;)$", PAGE, re.DOTALL | re.MULTILINE)
PASSWORD = "quiet-reading-room-7"


@pytest.mark.django_db
def test_a_former_colleague_has_no_name_and_did_what_they_did(client):
    mona = person("mona", "Moderators")
    ada, token = invite(email="ada@desk.example", roles=["Reviewers"], by=mona)
    join(ada.pk, token, first_name="Ada", last_name="Moss", password=PASSWORD)
    verdict_in(VerdictState.PUBLISHED)

    def forget():
        with connection.cursor() as cursor:
            cursor.execute(STATEMENT.replace("NAME", "ada@desk.example"))
            return cursor.rowcount

    assert forget() == 0  # who may log in is not forgotten
    shut_out(ada.pk, by=mona)
    assert forget() == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_to_json(u)::text FROM factcheck_user AS u WHERE id = %s", [ada.pk]
        )
        (row,) = cursor.fetchone()
    assert not re.search(r"\b(?:ada|moss)\b", row, re.IGNORECASE)
    assert list(Event.objects.verify()) == []
    assert Event.objects.get(verb="person.joined").actor == "A former colleague"
    assert not client.login(username=f"left-{ada.public_id}", password=PASSWORD)
