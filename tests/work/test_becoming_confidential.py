"""What was begun while an article was public ends inside once it is confidential."""

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from claims.actions.intake import Handed, submit
from claims.actions.review import reword_claim
from claims.models import Article, ArticleVersion, Claim, Search, Submission
from tests.factories import ApiKeyFactory, UserFactory
from tests.outward import Outward
from tests.ui.conftest import person
from tests.work.conftest import HARBOUR
from tests.workers import work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library", "word_rules")]


@pytest.fixture
def key(settings):
    settings.OUTSIDE_PROVIDERS = ["wikipedia"]
    return ApiKeyFactory()


def handed_in(key, text, **columns) -> None:
    """What a publisher hands in under one name is read and split; its searches wait."""
    submit(Handed(text=text, external_id="boats", **columns), by=key)
    work_off(Submission, ArticleVersion)


def the_claim() -> Claim:
    return Claim.objects.get(text="The harbour was built in 1902.")


def owed(claim: Claim) -> Search:
    """A search for the one provider that did not answer."""
    return Search.objects.create(
        claim=claim,
        wording=claim.wording,
        why=Search.Why.PROVIDER_BACK,
        outside=True,
        only="wikipedia",
        due_at=timezone.now() + timezone.timedelta(hours=1),
    )


def test_searches_that_waited_ask_nobody_outside(key, outward: Outward):
    handed_in(key, HARBOUR, visibility="public")
    assert set(Search.objects.values_list("outside", flat=True)) == {True}
    owed(the_claim())
    handed_in(key, f"{HARBOUR}\n\nThe port closes in March.")
    reword_claim(the_claim().pk, "The port closes in March.", wording=1, by=UserFactory())

    work_off(Search)

    assert Article.objects.get().visibility == "confidential"
    assert outward.asked == []
    assert set(Search.objects.values_list("outside", flat=True)) == {False}
    assert not Search.objects.filter(finished_at=None).exists()


def test_the_page_of_a_claim_promises_no_provider_any_more(key, outward: Outward, client):
    client.force_login(person("ada", "Reviewers"))
    handed_in(key, HARBOUR, visibility="public")
    search = owed(the_claim())
    address = reverse("claims:claim", args=[the_claim().public_id])
    assert "it is asked again by itself" in client.get(address).text

    handed_in(key, f"{HARBOUR} ", title="Another headline")

    assert "asked again" not in client.get(address).text
    work_off(Search)
    search.refresh_from_db()
    assert (search.providers, search.last_error) == ([], "")
    page = " ".join(client.get(address).text.split())
    assert "Wikipedia: nobody was asked, as the article had become confidential." in page
    assert outward.asked == []


def test_a_search_that_was_asked_for_at_the_same_moment_stays_inside(key, outward: Outward):
    """Its maker saw a public article; whoever made that confidential did not see the search."""
    handed_in(key, HARBOUR, visibility="public")
    handed_in(key, f"{HARBOUR} ", title="Another headline")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE claims_search SET outside = true")
        cursor.execute("SET LOCAL session_replication_role = origin")

    work_off(Search)

    assert outward.asked == []
    assert set(Search.objects.values_list("outside", flat=True)) == {False}


def test_a_wording_that_nobody_searched_for_is_not_told(key, outward: Outward):
    handed_in(key, HARBOUR, visibility="public")
    search = Search.objects.get(claim=the_claim())
    Search.objects.exclude(pk=search.pk).delete()
    reword_claim(search.claim_id, "Somebody told us who built it.", wording=1, by=UserFactory())
    Search.objects.exclude(pk=search.pk).update(due_at=None)

    work_off(Search)

    search.refresh_from_db()
    assert (search.providers, search.queries, search.asked_nobody) == ([], [], True)
    assert outward.asked == []
