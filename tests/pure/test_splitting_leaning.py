"""The sentence to read with a claim whose claimant, or whose surname, tells nobody anything."""

import pytest

from claims.splitting import FoundClaim
from claims.splitting.splitter import split_article


def _last(text: str, title: str = "") -> FoundClaim:
    return split_article(text, title=title).claims[-1]


def _read_with(text: str, title: str = "") -> str:
    claim = _last(text, title)
    return claim.read_with(text)


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (
            "Earnest, a spokesman, met Marie Harf in May. Two planes left for the North.",
            "The prisoner was seen by a doctor, she said.",
        ),
        (
            "A study by the Pew Center was printed in May. Nobody in Ohio read it.",
            "Most Catholics accept gay marriage, the study found.",
        ),
    ],
)
def test_a_claimant_who_is_not_named_leans_on_the_sentence_that_tells(
    before: str, sentence: str
) -> None:
    ships = "Two ships are in the port. Three boats left. Forty men sat on a pier in May."

    assert _read_with(f"{before} {ships} {sentence}").startswith(before.partition(". ")[0])


def test_a_surname_leans_on_the_sentence_that_has_it_first() -> None:
    text = (
        "An artist named Banksyre painted the wall in May. The county paid 40 dollars for it. "
        "The port of Ohio has a new pier. Banksyre hung a cross on the wall."
    )
    before = "The port of Ohio has a new pier."

    assert _read_with(text) == f"An artist named Banksyre painted the wall in May. … {before}"
    assert _read_with(text, title="Banksyre paints a wall") == before


@pytest.mark.parametrize(
    "sentence",
    [
        "The lung association filed a similar suit.",
        "Japan’s bank tried the same stimulus.",
        "The following year, a spy was arrested in Ohio.",
        "Two months later, Marie Lee was recalled from Peru.",
        "The White House instead provides broad guidance.",
        "The agency is at the high end with an estimate of about 50.",
    ],
)
def test_what_is_compared_or_counted_leans_on_the_sentence_before(sentence: str) -> None:
    before = "The Sierra Club went to court over 40 warheads in Ohio in 2012."

    assert _read_with(f"{before} {sentence}") == before


@pytest.mark.parametrize(
    "sentence",
    [
        "Peru filed a suit similar to that of Ohio.",
        "Japan’s bank tried the same stimulus as Peru.",
        "Peru paid a fine instead of a tax.",
        "Peru counted 50 warheads in Ohio.",
    ],
)
def test_what_says_itself_with_what_it_is_compared_leans_on_nothing(sentence: str) -> None:
    before = "The Sierra Club went to court over 40 warheads in Ohio in 2012."

    assert not _last(f"{before} {sentence}").needs_context
