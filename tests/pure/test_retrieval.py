"""Gathering: every provider is asked once, and nothing is shown that must not be."""

from dataclasses import replace

import pytest

from sources.ports import Found, Judgement, ProviderDown, Query, Stance
from sources.relays import Relation, Told
from sources.retrieval import KEPT_NEUTRAL, PER_DOCUMENT, READ, gather

CLAIM = Told("Forty boats left the harbour.", claimant="Ministry of Fish")
QUERY = Query(CLAIM.text)


def passage(text: str, url: str = "") -> Found:
    return Found(url or f"https://g.example/{text}", "Report", text, outlet="The Gazette")


class Shelf:
    """A provider that has these passages, best first, or is down."""

    outside = False

    def __init__(self, name: str, *texts: Found | str, down: bool = False) -> None:
        self.name = name
        self.passages = [text if isinstance(text, Found) else passage(text) for text in texts]
        self.down = down
        self.asked: list[Query] = []

    def questions(self, query: Query) -> list[str]:
        return [query.text]

    def search(self, query: Query, limit: int) -> list[Found]:
        self.asked.append(query)
        if self.down:
            raise ProviderDown(f"{self.name} is down")
        return self.passages[:limit]


class Reader:
    """A stance model that takes a side as the words of the passage tell it to."""

    name = "reader/1"

    def __init__(self) -> None:
        self.read: list[str] = []

    def judge(self, claim: str, passages: list[str]) -> list[Judgement]:
        self.read += passages
        return [self._judged(text) for text in passages]

    def _judged(self, text: str) -> Judgement:
        if "deny" in text:
            return Judgement(Stance.CONTRADICTS, 0.9, shown=True)
        if "confirm" in text:
            return Judgement(Stance.SUPPORTS, 0.8, shown=True)
        return Judgement(Stance.NEUTRAL, 0.7, shown=False)


def gathered(*shelves: Shelf):
    return gather(CLAIM, QUERY, providers=shelves, model=Reader())


def kept(*shelves: Shelf) -> list[str]:
    return [one.found.text for one in gathered(*shelves).judged]


def test_every_provider_is_asked_once_and_says_how_it_went():
    shelves = Shelf("library", "I confirm it."), Shelf("empty"), Shelf("away", down=True)

    asked = gathered(*shelves).asked

    assert [(one.provider, one.found, one.error) for one in asked] == [
        ("library", 1, ""),
        ("empty", 0, ""),
        ("away", 0, "away is down"),
    ]
    assert [shelf.asked for shelf in shelves] == [[QUERY]] * 3


def test_when_nobody_answers_there_is_nothing_to_go_on_with():
    with pytest.raises(ProviderDown, match="one is down; two is down"):
        gathered(Shelf("one", down=True), Shelf("two", down=True))


def test_a_provider_that_knows_nothing_has_answered():
    assert gathered(Shelf("empty"), Shelf("away", down=True)).judged == ()


def test_what_two_providers_rank_high_comes_before_what_one_ranks_highest():
    one = Shelf("one", "I confirm A.", "I confirm B.")
    two = Shelf("two", "I confirm C.", "I confirm B.")

    assert kept(one, two)[0] == "I confirm B."


def test_the_same_words_are_read_once_however_they_are_spaced():
    one, two = Shelf("one", "I confirm  it."), Shelf("two", passage("I confirm it.", "https://b/"))

    judged = gathered(one, two).judged

    assert [item.provider for item in judged] == ["one"]


def test_one_document_does_not_crowd_out_the_others():
    long = [passage(f"I confirm {n}.", "https://long.example/") for n in range(PER_DOCUMENT + 4)]

    assert len(kept(Shelf("library", *long, "I deny it."))) == PER_DOCUMENT + 1
    assert "I deny it." in kept(Shelf("library", *long, "I deny it."))


def test_passages_without_an_address_are_not_taken_for_one_document():
    texts = [f"I confirm {number}." for number in range(PER_DOCUMENT + 4)]
    nowhere = [Found("", f"Report {text}", text, outlet="") for text in texts]

    assert len(kept(Shelf("library", *nowhere))) == len(texts)


def test_only_the_best_are_read():
    reader = Reader()
    shelf = Shelf("library", *[f"I confirm {number}." for number in range(READ + 10)])
    shelf.search = lambda query, limit: shelf.passages

    result = gather(CLAIM, QUERY, providers=[shelf], model=reader)

    assert len(reader.read) == result.read == READ


def test_everything_that_takes_a_side_is_kept_and_a_few_that_take_none():
    texts = [f"Nothing {n}." for n in range(8)] + ["I deny it.", "I confirm it."]

    texts_kept = kept(Shelf("library", *texts))

    assert texts_kept == [f"Nothing {n}." for n in range(KEPT_NEUTRAL)] + texts[-2:]


def test_a_relay_keeps_its_stance_and_is_not_shown_to_support_anything():
    relay = "I confirm that the Ministry of Fish said forty boats left the harbour."

    (judged,) = gathered(Shelf("library", relay)).judged

    assert judged.relation == Relation.RELAYS_CLAIMANT
    assert judged.judgement.stance == Stance.SUPPORTS
    assert not judged.judgement.shown


def test_what_is_kept_says_how_it_came_here():
    first, second = gathered(Shelf("library", "I confirm it.", "I deny it.")).judged

    assert (first.rank, second.rank) == (1, 2)
    assert first.provider == "library"
    assert gathered(Shelf("library")).model == "reader/1"
    assert gathered(Shelf("library")).queries == (CLAIM.text,)


def test_a_claim_that_leans_on_another_sentence_is_shown_support_and_no_contradiction():
    leaning = replace(CLAIM, needs_context=True)
    shelves = [Shelf("a", "Records confirm it.", "Records deny it.")]

    found = gather(leaning, QUERY, providers=shelves, model=Reader())

    assert [(one.judgement.stance, one.judgement.shown) for one in found.judged] == [
        (Stance.SUPPORTS, True),
        (Stance.CONTRADICTS, False),
    ]


def test_a_claim_that_could_be_told_of_many_events_is_shown_no_stance():
    few_words = Told("Pyongyang has denied involvement.")

    found = gather(few_words, QUERY, providers=[Shelf("a", "Records confirm it.")], model=Reader())

    assert not found.judged[0].judgement.shown
