"""A search says what changed since the one before it."""

import pytest
from django.urls import reverse

from claims.actions.evidence import relate_evidence, search_again
from claims.actions.review import dismiss_claim
from claims.models import Relation, Search
from claims.reading.claim import claim_page
from claims.states import Dismissal
from sources.ports import Stance
from tests.acts.test_gathering import run
from tests.factories import ClaimFactory, PassageFactory, SearchFactory, UserFactory
from tests.ui.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def passages():
    return [
        PassageFactory(digest=str(number) * 64, snapshot__source__title=f"Report {number}")
        for number in range(4)
    ]


def again(claim) -> Search:
    search_again(claim.pk, by=UserFactory())
    return Search.objects.due().get(claim=claim)


def since(claim):
    return [difference for _, difference in claim_page(claim.public_id).looked]


def titles(pieces):
    return [piece.source.title for piece in pieces]


def test_the_first_search_has_nothing_to_be_compared_with(passages):
    claim = ClaimFactory()
    run(SearchFactory(claim=claim), *passages)

    assert since(claim) == [None]


def test_a_repeated_search_tells_what_is_new_gone_and_moved(passages):
    claim = ClaimFactory()
    first, second, third, fourth = passages
    run(SearchFactory(claim=claim), first, second, third)

    run(again(claim), first, third, fourth)

    change, _ = since(claim)
    assert titles(change.new) == ["Report 3"]
    assert titles(change.gone) == ["Report 1"]
    assert [(m.evidence.source.title, m.before, m.now) for m in change.moved] == [
        ("Report 2", 3, 2)
    ]
    assert change.versions == []


def test_a_repeated_search_tells_that_another_model_judged(passages):
    claim = ClaimFactory()
    run(SearchFactory(claim=claim), *passages)
    Search.objects.update(versions={"stance": "older/1"})

    run(again(claim), *passages)

    change, _ = since(claim)
    assert change.versions == [("stance", "older/1", "test")]
    assert (change.new, change.gone, change.moved) == ([], [], [])


def test_a_repeated_search_tells_what_is_judged_otherwise(passages, client):
    claim = ClaimFactory()
    run(SearchFactory(claim=claim), *passages)
    run(again(claim), *passages, stance=Stance.CONTRADICTS)
    client.force_login(person("ada", "Reviewers"))

    change, _ = since(claim)
    page = " ".join(client.get(reverse("claims:claim", args=[claim.public_id])).text.split())

    assert {(one.before, one.now) for one in change.rejudged} == {("supports", "contradicts")}
    assert "0 new, 0 gone, 0 moved, 4 judged otherwise</summary>" in page
    assert "<li>Contradicts, before supports: <a href=" in page


def test_a_search_from_before_stances_were_recorded_is_compared_without_them(passages):
    claim = ClaimFactory()
    run(SearchFactory(claim=claim), *passages)
    first = Search.objects.get(claim=claim)
    first.kept = [{k: v for k, v in kept.items() if k != "stance"} for kept in first.kept]
    first.save(update_fields=["kept"])
    run(again(claim), *passages, stance=Stance.CONTRADICTS)

    change, _ = since(claim)

    assert change.rejudged == []


def test_a_search_that_finds_the_same_says_so(passages, client):
    claim = ClaimFactory()
    run(SearchFactory(claim=claim), *passages)
    run(again(claim), *passages)
    client.force_login(person("ada", "Reviewers"))

    page = client.get(reverse("claims:claim", args=[claim.public_id])).text

    assert "Found the same in the same order as the search of" in page


def test_what_the_newest_search_did_not_find_is_marked_where_it_stands(passages, client):
    claim = ClaimFactory()
    first, second, *_ = passages
    run(SearchFactory(claim=claim), first, second)
    client.force_login(person("ada", "Reviewers"))
    page = reverse("claims:claim", args=[claim.public_id])
    assert "Not found by the newest search" not in client.get(page).text

    run(again(claim), first)

    (piece,) = claim.evidence.filter(source__title="Report 1")
    html = client.get(page).text
    assert html.count("Not found by the newest search") == 1
    of_it = html.split(f'id="evidence-{piece.public_id}"')[1].split("</article>")[0]
    assert "Not found by the newest search" in of_it


def test_what_a_person_said_a_piece_relays_stays_said_after_another_search(passages):
    claim = ClaimFactory()
    run(SearchFactory(claim=claim), passages[0])
    (piece,) = claim.evidence.all()
    relate_evidence(piece.pk, Relation.RELAYS_ARTICLE, "It prints the article.", by=UserFactory())

    run(again(claim), passages[0])

    (piece,) = claim.evidence.all()
    assert (piece.relation, piece.relation_reason) == ("relays_article", "It prints the article.")
    assert not piece.shown


def test_the_page_leads_from_a_search_to_what_changed(passages, client):
    claim = ClaimFactory()
    run(SearchFactory(claim=claim), passages[0])
    run(again(claim), passages[1])
    client.force_login(person("ada", "Reviewers"))

    page = " ".join(client.get(reverse("claims:claim", args=[claim.public_id])).text.split())

    assert "1 new, 1 gone, 0 moved" in page
    assert ">Report 1</a></li>" in page.partition("New: ")[2][:200]
    assert ">Report 0</a></li>" in page.partition("Not found any more: ")[2][:200]


def test_a_search_whose_suggestions_nobody_wanted_is_not_compared(passages):
    claim = ClaimFactory()
    run(SearchFactory(claim=claim), *passages)
    search = again(claim)
    dismiss_claim(claim.pk, Dismissal.OPINION, by=UserFactory())

    run(search, passages[0])

    assert since(claim) == [None, None]
