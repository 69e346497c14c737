"""What providers found outside is frozen before it is set beside a claim."""

import pytest

from sources import registry
from sources.actions import freeze_found, read_snapshots
from sources.models import MiniLMEmbedding, Passage, Snapshot, Source
from sources.ports import Found
from sources.storing import Document, store_documents

pytestmark = pytest.mark.django_db

PAGE = """Portsea is a town on the coast.

Forty boats left its harbour in June. The harbour was built in 1902.

Its bread is known in the north."""
BOATS, BREAD = PAGE.split("\n\n")[1:]


def found(text: str, document: str = PAGE, **about: object) -> Found:
    about = {"url": "https://w.example/Portsea", "title": "Portsea", "outlet": "W"} | about
    return Found(text=text, document=document, **about)


def frozen(*items: Found) -> list[Passage]:
    return freeze_found(items, registry.encoder(), language="en")


def test_several_passages_of_one_document_stand_in_one_snapshot_of_it():
    boats, bread = frozen(found(BOATS), found(BREAD))

    assert (boats.text, bread.text) == (BOATS, BREAD)
    snapshot = Snapshot.objects.get()
    assert snapshot.text == PAGE
    assert boats.snapshot == bread.snapshot == snapshot
    assert PAGE[boats.start : boats.end] == BOATS
    assert (snapshot.source.url, snapshot.source.outlet.name) == ("https://w.example/Portsea", "W")


def test_words_without_their_document_are_frozen_by_themselves():
    boats, bread = frozen(found(BOATS, document=""), found(BREAD, document=""))

    assert boats.snapshot == bread.snapshot
    assert boats.snapshot.text == f"{BOATS}\n\n{BREAD}"


def test_a_document_in_which_the_words_do_not_stand_is_not_believed():
    (boats,) = frozen(found(BOATS, document="Something else altogether."))

    assert boats.snapshot.text == BOATS


def test_what_was_found_can_be_found_again_and_the_rest_of_the_page_cannot():
    frozen(found(BOATS))

    assert list(Passage.objects.values_list("text", flat=True)) == [BOATS]
    assert MiniLMEmbedding.objects.count() == 1
    assert not Snapshot.objects.unread().exists()


def test_the_same_words_found_twice_are_stored_once():
    first, second = frozen(found(BOATS)), frozen(found(BOATS), found(BREAD))

    assert second[0] == first[0]
    assert Snapshot.objects.count() == 1
    assert Passage.objects.count() == 2


def test_a_page_that_changed_makes_a_new_snapshot():
    frozen(found(BOATS))
    frozen(found(BOATS, document=PAGE + "\n\nIt rains a lot."))

    assert Source.objects.count() == 1
    assert Snapshot.objects.count() == 2


def test_passages_of_the_library_are_what_they_are():
    (snapshot,) = store_documents([Document(title="Portsea", text=BREAD, outlet="The Table")])
    read_snapshots([snapshot], registry.encoder())
    own = Passage.objects.get()
    ours = Found("", "Portsea", BREAD, passage_id=own.pk)

    boats, bread = frozen(found(BOATS), ours)

    assert (boats.text, bread) == (BOATS, own)


def test_a_document_that_waits_to_be_read_is_still_read_whole():
    (snapshot,) = store_documents(
        [Document(title="Portsea", text=PAGE, outlet="W", url="https://w.example/Portsea")]
    )

    frozen(found(BOATS))

    assert Snapshot.objects.unread().get() == snapshot
    read_snapshots([snapshot], registry.encoder())
    assert " ".join(PAGE.split()[-3:]) in Passage.objects.latest("end").text


def test_nothing_found_freezes_nothing():
    assert frozen() == []


@pytest.mark.parametrize("outlet", ["", "W"])
def test_a_provider_may_not_know_the_outlet(outlet):
    (boats,) = frozen(found(BOATS, outlet=outlet))

    assert boats.snapshot.source.outlet.name == (outlet or "w.example")
