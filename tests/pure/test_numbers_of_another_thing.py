"""What looks like a contradiction and is a figure of something else."""

import pytest

from sources.numbers import How, compared


def hows(claim, passage):
    return [row.how for row in compared(claim, passage)]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Turnout was 60%, compared with 55% in 2019.", "Turnout was 55% in 2019."),
        ("200 of the 1,000 homes burned.", "200 homes burned."),
        ("Acme has 1,200 staff, including 300 in Leeds.", "Acme has 300 staff in Leeds."),
    ],
)
def test_what_the_claim_tells_of_something_else_does_not_contradict_it(claim, passage):
    assert sorted(hows(claim, passage)) == [How.SAME, How.UNSURE]


def test_a_period_and_a_place_behind_a_later_number_are_not_given_to_an_earlier_one():
    [row] = compared("Turnout was 60%.", "Turnout was 60%, compared with 55% in 2019.")[:1]
    assert (row.found.period, row.how) == ("", How.SAME)
    [row] = compared("Acme has 1,200 staff.", "Acme has 1,200 staff, including 300 in Leeds.")[:1]
    assert (row.found.place, row.how) == ("", How.SAME)


def test_two_numbers_of_one_list_share_the_period_behind_them():
    rows = compared("12 boats and 40 cars burned in 2019.", "12 boats and 40 cars burned in 2018.")
    assert {row.how for row in rows} == {How.OTHER_PERIOD}


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "The company lost $5 million in 2020.",
            "The company's losses rose by $2 million in 2020 to $5 million.",
        ),
        ("The mayor's party lost 12 seats.", "The opposition won 12 seats from the mayor's party."),
        ("The vaccine lowers the risk by 90%.", "The vaccine raises protection by 90%."),
        ("Sales of diesel cars fell by 3%.", "Sales of electric cars rose by 40%."),
        ("The party won 55% of the vote.", "The party lost 45% of the vote."),
        ("It fell by 3%.", "It rose by 3%."),
    ],
)
def test_what_moves_the_other_way_is_opposite_only_where_surely_the_same_moves(claim, passage):
    assert set(hows(claim, passage)) <= {How.UNSURE}


def test_the_balance_of_a_deficit_is_not_its_opposite():
    assert How.OPPOSITE not in hows("The deficit fell by 3 million.", "The balance rose 3 million.")


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The death toll rose to 40.", "The death toll was lowered from 44 to 40."),
        (
            "The river rose to 5 metres.",
            "The river fell to 5 metres after it had risen to 6 metres.",
        ),
    ],
)
def test_what_came_to_the_same_value_from_either_side_is_the_same(claim, passage):
    assert hows(claim, passage) == [How.SAME]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Rents rose sharply by 3%.", "In fact, rents fell by 3%."),
        ("The council raised fares by 3%.", "The council cut fares by 5%."),
    ],
)
def test_the_same_thing_that_moves_the_other_way_is_opposite(claim, passage):
    assert hows(claim, passage) == [How.OPPOSITE]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The average rent was 900 euros.", "The median rent was 800 euros."),
        ("The average rent was 900 euros.", "The rent was 800 euros."),
        ("Net profit was $5 million.", "Gross profit was $8 million."),
        ("The minimum wage was 12 euros.", "The maximum wage was 15 euros."),
        ("The first round drew 500 voters.", "The second round drew 700 voters."),
        ("The eastern line has 40 stops.", "The western line has 60 stops."),
        ("The hall has 40 seats.", "The other hall has 60 seats."),
        ("The city spent 5 million euros on schools.", "The city spent 7 million euros on roads."),
        ("The first bridge was built in 1998.", "The second bridge was built in 2003."),
    ],
)
def test_a_figure_of_another_of_several_or_for_something_else_is_no_contradiction(claim, passage):
    assert hows(claim, passage) == [How.UNSURE]


def test_the_same_one_of_several_still_differs():
    assert hows("The average rent was 900 euros.", "The average rent was 800 euros.") == ["differs"]
