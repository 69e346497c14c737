"""Which passages of one document are put before a person."""

from collections.abc import Sequence

import numpy as np
import pytest

from sources.offering import ENCODED, OFFERED, READ, best_passages
from sources.ports import Judgement, Stance
from sources.relays import Relation, Told

CLAIM = "Forty boats left the harbour."
FILLER = "It rained in the hills and the roads were wet for a week or so. " * 4
ABOUT = "Forty boats left the harbour on Monday, the log says. " + FILLER


class Letters:
    """An encoder for which texts are alike that hold the same word."""

    name = "letters"
    dimensions = 2

    def __init__(self, word: str = "boats") -> None:
        self.word = word
        self.encoded: Sequence[str] = ()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded = texts
        alike = [text == CLAIM or self.word in text for text in texts]
        return np.array([[1.0, 0.0] if yes else [0.0, 1.0] for yes in alike], dtype=np.float32)


class Reader:
    """A stance model that is sure of passages with a word, and of nothing else."""

    name = "reader/1"

    def __init__(self, sure_of: str = "nothing at all") -> None:
        self.sure_of = sure_of
        self.read: Sequence[str] = ()

    def judge(self, claim: str, passages: Sequence[str]) -> list[Judgement]:
        self.read = passages
        return [
            Judgement(Stance.CONTRADICTS, 0.9, shown=True)
            if self.sure_of in passage
            else Judgement(Stance.NEUTRAL, 0.5, shown=False)
            for passage in passages
        ]


def offered(paragraphs: Sequence[str], *, told: Told | None = None, **models):
    text = "\n\n".join(paragraphs)
    given = {"encoder": Letters(), "model": Reader()} | models
    found = best_passages(
        told or Told(CLAIM), text, language="en", url="", outlet="Port of Hull", **given
    )
    return [text[slice(*offer.span)] for offer in found], found


def paragraphs(number: int) -> list[str]:
    return [f"Paragraph {n} tells of other things. {FILLER}" for n in range(number)]


def test_the_passage_with_the_claims_words_and_meaning_comes_first():
    texts, found = offered([*paragraphs(8), ABOUT])
    assert texts[0].startswith("Forty boats left")
    assert (found[0].ranks["lexical"], found[0].ranks["vector"]) == (1, 1)
    assert found[0].scores["vector"] == 1.0
    assert found[0].model == "reader/1"
    assert len(texts) == OFFERED


def test_words_without_the_claims_words_are_found_by_meaning():
    vessels = f"Two score vessels put to sea. {FILLER}"
    texts, found = offered([*paragraphs(30), vessels], encoder=Letters("vessels"))
    assert texts[0].startswith("Two score vessels")
    assert "lexical" not in found[0].ranks


def test_numbers_are_words():
    claim = "The council paid £240,000 in 2024."
    sum_of = f"It cost 240,000 in all. {FILLER}"
    texts, _ = offered([*paragraphs(9), sum_of], told=Told(claim), encoder=Letters("no such word"))
    assert texts[0].startswith("It cost 240,000")


def test_what_takes_a_side_comes_before_what_is_only_near():
    denied = f"The storm kept every ship in port. {FILLER}"
    texts, found = offered([ABOUT, denied, *paragraphs(4)], model=Reader("storm"))
    assert texts[0].startswith("The storm")
    assert found[0].judgement.stance == Stance.CONTRADICTS
    assert texts[1].startswith("Forty boats")


def test_a_relay_is_offered_as_one_and_never_as_settling_the_claim():
    told = Told(CLAIM, claimant="Port of Hull")
    _, found = offered([ABOUT], told=told, model=Reader("Forty"))
    assert found[0].relation == Relation.RELAYS_CLAIMANT
    assert not found[0].judgement.shown


def test_words_that_stand_in_it_twice_are_offered_once():
    texts, found = offered([ABOUT, *paragraphs(2), ABOUT])
    assert sum(text.startswith("Forty boats") for text in texts) == 1
    assert found[0].span.start == 0


def test_of_a_long_report_a_bounded_part_is_encoded_and_read():
    encoder, reader = Letters(), Reader()
    texts, _ = offered([*paragraphs(ENCODED + 50), ABOUT], encoder=encoder, model=reader)
    assert len(encoder.encoded) == ENCODED + 1
    assert len(reader.read) == READ
    assert texts[0].startswith("Forty boats left")


@pytest.mark.parametrize("text", ["", "Share this article", "© 2024 The Paper"])
def test_a_text_without_a_passage_offers_nothing(text):
    assert offered([text]) == ([], [])
