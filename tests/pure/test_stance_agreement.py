"""What a claim and a text share, and what forbids a stance."""

import pytest

from sources.stance.agreement import agreement, names
from sources.stance.head import vetoed


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


def test_a_passage_without_any_name_of_the_claim_has_no_stance():
    found = compared(
        "Exports from Chile fell by 4 percent.", "Exports from Peru rose by 9 percent."
    )
    assert vetoed(found) == (True, True)


def test_a_denial_of_anything_forbids_support():
    found = compared("The board met in Oslo.", "The board met in Bergen, not in Oslo.")
    assert vetoed(found)[0]


def test_disagreement_without_a_ground_is_no_contradiction():
    found = compared("The board met in Oslo.", "The board of the yard in Oslo likes to travel.")
    assert vetoed(found) == (False, True)


def test_a_differing_figure_forbids_support():
    found = compared("The fire killed 12 people.", "The fire killed seven people.")
    assert vetoed(found) == (True, False)


def test_a_differing_figure_of_something_else_forbids_both():
    found = compared("The fire killed 12 people.", "The fire injured 45 people.")
    assert vetoed(found) == (True, True)


def test_a_text_that_repeats_the_claim_has_no_ground_to_contradict_it():
    claim = "The yard pulled the boat last week, but lawyers said it would be released."
    assert vetoed(compared(claim, claim)) == (False, True)
