"""What a claim is to an older one, by the stance model's word and by their figures."""

import pytest

from claims.comparing import Worded, likeness
from claims.kinds import Likeness

EXACT = "The trial treated 5,310 patients."
LEAST = "The trial treated at least 5,000 patients."


def relation(claim, older, *, follows=False, implies=False):
    return likeness(Worded(claim), Worded(older), follows=follows, implies=implies)


@pytest.mark.parametrize(("follows", "implies"), [(False, False), (True, True), (False, True)])
@pytest.mark.parametrize(
    ("claim", "older", "expected"),
    [
        (LEAST, EXACT, Likeness.WEAKER),
        (EXACT, LEAST, Likeness.STRONGER),
        ("The trial treated up to 6,000 patients.", EXACT, Likeness.WEAKER),
        ("Between 20 and 30 people were held.", "27 people were held.", Likeness.WEAKER),
        ("The trial treated more than 6,000 patients.", LEAST, Likeness.STRONGER),
        ("The trial treated more than 6,000 patients.", EXACT, Likeness.RELATED),
        ("Rents fell by 4%.", "Rents rose by 4%.", Likeness.RELATED),
    ],
)
def test_of_claims_with_the_same_words_the_figures_tell_which_says_more(
    claim, older, expected, follows, implies
):
    assert relation(claim, older, follows=follows, implies=implies) == expected


def test_a_looser_figure_implies_no_tighter_one_whatever_else_is_said():
    claim = "On Monday doctors in Lund said that they had treated at least 5,000 patients."
    older = "By May 5,310 patients had been treated."
    assert relation(claim, older, follows=True, implies=True) == Likeness.WEAKER
    assert relation(claim, older, implies=True) == Likeness.RELATED


@pytest.mark.parametrize(
    ("follows", "implies", "expected"),
    [
        (True, True, Likeness.SAME),
        (True, False, Likeness.WEAKER),
        (False, True, Likeness.STRONGER),
        (False, False, Likeness.RELATED),
    ],
)
def test_where_figures_are_equal_the_model_tells(follows, implies, expected):
    claim = "In the trial 5,310 patients were treated."
    assert relation(claim, EXACT, follows=follows, implies=implies) == expected


def test_a_number_is_the_same_with_its_thousands_marked():
    assert relation(EXACT, "The trial treated 5310 patients.") == Likeness.SAME


def test_other_names_or_a_denial_are_not_left_to_the_figures():
    assert relation("Lund treated at least 50 patients.", "York treated 53 patients.") == (
        Likeness.RELATED
    )
    assert relation("Lund did not ask at least 50 patients.", "Lund asked 53 patients.") == (
        Likeness.RELATED
    )
