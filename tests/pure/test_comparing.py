"""Whether two readings say the same, and where they differ."""

import time

import pytest

from sources.comparing import Piece, differences, standing

OLD = "Forty boats left the harbour on Monday.\n\nNo ferry sailed.\n\nThe storm was bad."


def test_words_stand_however_they_are_quoted_and_spaced():
    said = "“Forty  boats” left on Monday."
    assert standing(said, 'He said: "Forty boats" left[2] on Monday.') == 1.0
    assert standing(said, "Fifty boats left on Monday.") == 0.0


@pytest.mark.parametrize(
    ("later", "share"),
    [(OLD, 1.0), (OLD.replace("bad", "worse"), 2 / 3), ("Something else.", 0.0), ("", 0.0)],
)
def test_the_share_of_sentences_that_stand(later, share):
    assert standing(OLD, later) == pytest.approx(share)


def test_only_paragraphs_that_changed_are_shown_word_by_word():
    later = OLD.replace("Forty", "Fifty") + "\n\nAll came back."
    assert list(differences(OLD, later)) == [
        [
            Piece("gone", "Forty "),
            Piece("new", "Fifty "),
            Piece("same", "boats left the harbour on Monday."),
        ],
        [Piece("new", "All came back.")],
    ]
    assert list(differences(OLD, OLD)) == []


def test_what_goes_is_gone():
    assert list(differences(OLD, "Forty boats left the harbour on Monday.")) == [
        [Piece("gone", "No ferry sailed.\n\nThe storm was bad.")]
    ]


def test_short_words_that_stay_between_changes_change_with_them():
    (pieces,) = differences("It was red in the north of the town.", "She is blue in a town.")
    assert [piece.what for piece in pieces] == ["gone", "new", "same"]


@pytest.mark.parametrize("line", ["boats ", "boats left.\n\n"])
def test_hostile_texts_take_no_longer(line):
    began = time.monotonic()
    list(differences(line * 100_000, line * 90_000 + "x"))
    assert time.monotonic() - began < 20
