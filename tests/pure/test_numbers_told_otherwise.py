"""Figures that two texts tell in other words: shares, units, ranges, changes and dates."""

import pytest

from sources.numbers import How, compared


def hows(claim, passage):
    return [row.how for row in compared(claim, passage)]


@pytest.mark.parametrize(
    ("claim", "passage", "how"),
    [
        ("A third of Welsh homes were cold.", "33% of Welsh homes were cold.", How.ROUNDED),
        ("A third of Welsh homes were cold.", "8% of Welsh homes were cold.", How.DIFFERS),
        ("Half of teachers want to quit.", "12% of teachers want to quit.", How.DIFFERS),
        ("Half of teachers want to quit.", "50% of teachers want to quit.", How.SAME),
        ("A quarter of staff left Acme.", "25% of staff left Acme.", How.SAME),
        ("Two thirds of staff left Acme.", "A third of staff left Acme.", How.DIFFERS),
        ("One in five children is obese.", "Two in ten children are obese.", How.SAME),
        ("One in five children is obese.", "20% of children are obese.", How.SAME),
        ("One in five children is obese.", "One in ten children is obese.", How.DIFFERS),
        ("Nine out of 10 doctors agree.", "90% of doctors agree.", How.SAME),
        (
            "Wind produced a half of Britain's electricity in 2021.",
            "In 2021 wind farms produced 21% of Britain's electricity.",
            How.DIFFERS,
        ),
    ],
)
def test_a_share_in_words_is_a_share_in_percent(claim, passage, how):
    assert hows(claim, passage) == [how]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The tunnel is 10 kilometres long.", "The tunnel is 6.2 miles long."),
        ("The tunnel is 10 miles long.", "The tunnel is 16 kilometres long."),
        ("The tower is 300 metres high.", "The tower is 984 feet high."),
        ("The field covers 100 hectares.", "The field covers 247 acres."),
        ("The parcel weighed 10 pounds.", "The parcel weighed 4.5 kilograms."),
        ("Athens reached 43 degrees Celsius.", "Athens reached 109 degrees Fahrenheit."),
        ("Between 20 and 30 people were arrested.", "27 people were arrested."),
        ("20 to 30 people were arrested.", "27 people were arrested."),
        ("20-30 people were arrested.", "27 people were arrested."),
        ("It stands between 560 ft and 575 ft tall.", "It stands 570 ft tall."),
        ("Acme has 12,500 employees.", "Acme has 12.500 employees."),
    ],
)
def test_what_is_equal_in_another_unit_or_within_a_range_does_not_differ(one, other):
    assert hows(one, other) == hows(other, one) == [How.ROUNDED]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The scheme cost 5 crore rupees.", "The scheme cost 50 million rupees."),
        ("The scheme cost 2 lakh rupees.", "The scheme cost 200,000 rupees."),
        ("Acme has 12,000 employees.", "Acme has 12.000 employees."),
        ("The path is 1 kilometre long.", "The path is 1000 metres long."),
    ],
)
def test_what_is_the_same_value_in_another_scale_is_the_same(one, other):
    assert hows(one, other) == hows(other, one) == [How.SAME]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The tunnel is 10 kilometres long.", "The tunnel is 10 miles long."),
        ("Between 20 and 30 people were arrested.", "47 people were arrested."),
    ],
)
def test_another_value_in_another_unit_or_beside_a_range_differs(claim, passage):
    assert hows(claim, passage) == [How.DIFFERS]


def test_a_value_told_roughly_in_another_unit_is_not_surely_another():
    assert hows("The path is 20 miles long.", "The path is 30 kilometres long.") == [How.UNSURE]


def test_what_says_how_long_something_is_is_no_unit():
    assert hows("The tunnel is 10 miles long.", "The tunnel took 10 minutes, long.") == []


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (
            "The new hospital in Turku has 600 beds.",
            "The new hospital in Turku has 450 beds in single rooms and 150 in shared ones.",
        ),
        ("He won 52% of the vote.", "His rival won 48% of the vote."),
        ("Holm won 52% of the vote.", "Holm's rival won 48% of the vote."),
        ("The cart has four wheels.", "The cart has five or six wheels."),
    ],
)
def test_a_part_a_choice_or_another_subject_is_no_contradiction(claim, passage):
    assert set(hows(claim, passage)) == {How.UNSURE}


@pytest.mark.parametrize(
    ("claim", "passage", "how"),
    [
        ("Emissions fell by 8 percent.", "Emissions rose by 8 percent.", How.OPPOSITE),
        ("Homes lost 15% of their value.", "Homes gained 15% of their value.", How.UNSURE),
        ("Emissions fell by 8%.", "Emissions were 8% higher.", How.OPPOSITE),
        ("Rents rose to 12%.", "Rents rose by 12%.", How.OTHER_MOVE),
        ("Acme employs 400 people.", "Acme does not employ 400 people.", How.DENIED),
        ("Acme employs 400 people.", "Acme doesn’t employ even 400 people.", How.DENIED),
        ("GDP grew 2% in the first quarter of 2021.", "GDP grew 2% in 2021.", How.OTHER_PERIOD),
        ("Rents rose 2% in May 2021.", "Rents rose 2% in 2021.", How.OTHER_PERIOD),
        ("Rents rose from 4 to 6 euros.", "Rents rose from 4 to 5 euros.", How.DIFFERS),
    ],
)
def test_the_same_figure_of_the_opposite_is_not_the_same(claim, passage, how):
    assert hows(claim, passage) == [how]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Emissions fell by 8 percent.", "Emissions dropped by 8%."),
        ("Emissions fell by 8 percent.", "There was a fall of 8 percent in emissions."),
        ("Rents fell to 12%.", "Rents stood at 12%."),
        ("Acme sold 40 boats in March 2019.", "Acme sold 40 boats in 2019."),
    ],
)
def test_the_same_change_in_other_words_is_the_same(claim, passage):
    assert hows(claim, passage) == [How.SAME]


def test_what_something_was_before_is_not_set_beside_what_it_came_to():
    rows = compared(
        "The fare rose from 4 euros to 6 euros.", "The fare rose from 4 euros to 5 euros."
    )
    assert [(row.claimed.words, row.found.words) for row in rows] == [
        ("4 euros", "4 euros"),
        ("6 euros", "5 euros"),
    ]


def test_a_passage_with_the_claims_figure_and_another_of_the_same_shows_both():
    rows = compared(
        "The library lent 91,000 books in 2022.",
        "The council urged the library to lend 91,000 books in 2022. "
        "In fact the library lent 64,000 books in 2022.",
    )
    assert [(row.found.words, row.how) for row in rows] == [
        ("91,000 books", How.SAME),
        ("64,000 books", How.UNSURE),
    ]


@pytest.mark.parametrize(
    "passage",
    [
        "The library lent 91,000 books in 2022. It lent 64,000 books in 2021.",
        "The library lent 91,000 books in 2022. It bought 4,000 books in 2022.",
        "The library lent 91,000 books in 2022, not 64,000 books.",
    ],
)
def test_another_year_another_property_or_a_denial_is_not_shown_beside_the_same_figure(passage):
    assert hows("The library lent 91,000 books in 2022.", passage) == [How.SAME]


@pytest.mark.parametrize(
    ("claim", "passage", "how"),
    [
        ("The bank was founded in 1731.", "The bank was founded in 1721.", How.DIFFERS),
        ("The bank was founded in 1731.", "Founded on 4 July 1731, the bank grew.", How.SAME),
        ("The law took effect on 1 May 2020.", "The law took effect on 3 May 2020.", How.DIFFERS),
        ("The law took effect on 1 May.", "The law took effect on 3 May.", How.UNSURE),
        ("Lund held the vote on 23 June.", "Lund held the vote on 24 June.", How.DIFFERS),
        ("Lund held the vote on 23 June.", "Lund and York held the vote on 24 June.", How.UNSURE),
        ("Lund held the vote on 1 May 2019.", "Lund held the vote on 3 May 2020.", "other_period"),
        (
            "The port of Lund was dredged in 2021.",
            "Dredging the port of Lund was postponed to 2026. It was last dredged in 2019.",
            How.UNSURE,
        ),
    ],
)
def test_dates_of_the_same_event_stand_beside_each_other(claim, passage, how):
    assert hows(claim, passage) == [how]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Lund held the vote on 23 June.", "York held the vote on 24 June."),
        ("Lund held the vote on 23 June.", "Lund was flooded on 24 June."),
        ("In 1731 houses people were cold.", "Founded in 1731."),
    ],
)
def test_dates_of_other_things_do_not(claim, passage):
    assert hows(claim, passage) == []


def test_a_day_is_shown_with_its_year():
    [row] = compared("Lund voted on 23 June 2016.", "Lund voted on June 24, 2016.")
    assert (str(row.claimed), str(row.found)) == ("voted 23 June 2016", "voted June 24, 2016")
