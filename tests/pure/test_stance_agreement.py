"""What a claim and a text share, and what forbids a stance."""

import time

import numpy as np
import pytest

from sources.ports import Stance
from sources.stance.agreement import agreement, names
from sources.stance.head import doubtful, speaks_of_something_else


def compared(claim, text):
    return agreement(claim, text, text)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The mayor has resigned.", "The mayor has not resigned."),
        ("The mayor resigned on Tuesday.", "The mayor said that she wouldn’t resign."),
        ("The fire killed 12 people.", "Nobody was killed in the fire."),
        ("The vaccine causes fits.", "That the vaccine causes fits is false."),
        ("The court never heard the case.", "The court heard the case in May."),
    ],
)
def test_a_negation_of_a_shared_word_makes_a_difference(claim, text):
    assert compared(claim, text).negation_differs


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The mayor has not resigned.", "The mayor did not resign."),
        ("The yard built ten boats.", "It is not known who paid. The yard built ten boats."),
        ("The court heard the case.", "The court, which has no cellar, heard the case."),
    ],
)
def test_a_negation_of_something_else_makes_none(claim, text):
    assert not compared(claim, text).negation_differs


def test_a_word_and_its_opposite_are_noticed():
    assert compared("The bridge was closed.", "The bridge stays open.").opposites
    assert not compared("The bridge was closed.", "The bridge closed, the ferry opened.").opposites


def test_days_and_first_words_are_no_names():
    assert names("Exports from Peru fell in June, on a Monday.") == {"peru"}


def test_a_first_word_that_is_used_like_a_name_is_one():
    assert names("Peru has banned the export of gold.") == {"peru"}
    assert names("Peru’s parliament met.") == {"peru"}


def test_a_headline_in_capitals_has_no_names():
    assert names("Ferry Sinks In Heavy Seas Off Cape") == set()


def test_people_and_capitals_stand_for_their_country():
    found = compared("Troops of the North Korean army left.", "Pyongyang withdrew troops.")
    assert found.names > 0


SUPPORTS, CONTRADICTS, UNSURE = np.array((5.0, -5.0)), np.array((5.0, 5.0)), np.array((0.5, 0.5))
"""What the network may find: whether a text settles the claim, and whether it contradicts it."""


def hidden(found):
    """Whether support and contradiction are not shown even where the network finds them."""
    return doubtful(Stance.SUPPORTS, SUPPORTS, found), doubtful(
        Stance.CONTRADICTS, CONTRADICTS, found
    )


def test_a_passage_without_any_name_of_the_claim_shows_no_stance():
    found = compared("Exports from Chile fell.", "Exports from Peru rose.")
    assert hidden(found) == (True, True)


def test_a_text_with_few_words_of_a_claim_without_names_contradicts_nothing():
    claim = "A woman is sitting at a table near the river."
    assert hidden(compared(claim, "A man watches as police walk through smoke.")) == (False, True)
    assert hidden(compared(claim, "The woman at the table is standing.")) == (False, False)


def test_a_denial_of_anything_forbids_support():
    found = compared("The board met in Oslo.", "The board met in Bergen, not in Oslo.")
    assert hidden(found)[0]


def test_what_the_network_does_not_find_itself_is_not_shown():
    found = compared("The board met in Oslo.", "The board met in Oslo.")
    assert hidden(found) == (False, False)
    assert doubtful(Stance.SUPPORTS, UNSURE, found)
    assert doubtful(Stance.SUPPORTS, CONTRADICTS, found)
    assert doubtful(Stance.CONTRADICTS, SUPPORTS, found)


def test_a_differing_figure_forbids_support():
    found = compared("The fire killed 12 people.", "The fire killed seven people.")
    assert hidden(found) == (True, False)
    assert not speaks_of_something_else(found)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The fire killed 12 people.", "The fire injured 45 people."),
        ("Exports fell by 4 percent in 2015.", "Exports fell by 9 percent in 2021."),
        ("Exports from Chile fell by 4 percent.", "Exports from Peru fell by 9 percent."),
        ("The hall was built in 2018.", "The hall was opened in 2019."),
    ],
    ids=["another property", "another time", "another place", "another event"],
)
def test_a_differing_figure_of_something_else_contradicts_nothing(claim, text):
    assert speaks_of_something_else(compared(claim, text))


def test_a_figure_of_something_else_beside_a_denial_may_contradict():
    found = compared("The fire killed 12 people.", "The fire killed nobody; it injured 45 people.")
    assert not speaks_of_something_else(found)


@pytest.mark.parametrize("again", ["is not a b c ", "is false a b c "])
def test_a_text_of_nothing_but_negations_is_compared_in_no_time(again):
    text = again * (16_000 // len(again))
    begun = time.perf_counter()
    compared("The mayor resigned.", text)
    assert time.perf_counter() - begun < 3
