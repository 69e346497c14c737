"""Figures of a claim beside those of a passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.numbers import How, compared

WORDS = st.text(st.characters(codec="utf-8"), max_size=300)
SPICED = st.lists(
    st.sampled_from(
        "25 % $3bn 1,234 in of per 100,000 2019 March last year Leeds homes seven about".split()
    )
    | st.text(max_size=5),
    max_size=60,
).map(" ".join)


def hows(claim, passage):
    return [row.how for row in compared(claim, passage)]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("25 % of homes had no heating in 2019.", "In 2019, 21% of homes had no heating."),
        ("The fire killed 12 people.", "The fire killed seven people."),
        ("Forty boats left the harbour.", "The log says thirty boats left the harbour."),
        ("Acme employs 1,250 workers.", "Acme employs 1,234 workers."),
        ("More than 30 people died.", "12 people died."),
        ("The hall was built in 1998.", "The hall was built in 2003."),
        ("Rents in Leeds rose by 4% in 2023.", "Rents in Leeds rose by 9 percent in 2023."),
        ("The yard cost $3 billion.", "The yard cost $4.5 billion."),
    ],
)
def test_another_value_of_the_same_thing_differs(claim, passage):
    assert hows(claim, passage) == [How.DIFFERS]


@pytest.mark.parametrize(
    ("claim", "passage", "how"),
    [
        (
            "25 % of homes had no heating in 2019.",
            "In 2018, 21% of homes had no heating.",
            "period",
        ),
        ("Acme sold 40 boats in March 2019.", "Acme sold 30 boats in April 2019.", "period"),
        ("The fire in Leeds killed 12 people.", "A fire in York killed seven people.", "place"),
        ("Crime fell by 4.5% in Wales.", "Crime fell by 3 percent in England.", "place"),
        ("Of boats, 25% of trawlers sank.", "Of boats, 40% of ferries sank.", "base"),
        (
            "There were 12 murders per 100,000 people.",
            "There were 9 murders per million people.",
            "base",
        ),
        ("There were 12 murders.", "There were 9 murders per 100,000 people.", "base"),
        ("The bridge opened in 2018.", "The bridge was constructed in 2018.", "event"),
    ],
)
def test_a_figure_of_something_else_is_no_contradiction(claim, passage, how):
    assert hows(claim, passage) == [How(f"other_{how}")]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Globex sold 40 boats in 2019.", "Acme sold 30 boats in 2019."),
        ("Acme sold 40 boats in 2019.", "Acme sold 30 boats."),
        ("Acme sold 40 boats.", "Acme sold 30 boats in 2019."),
        ("Acme sold 40 boats in Leeds.", "Acme sold 30 boats."),
        ("Acme sold 40 boats.", "Unlike Acme, Globex sold 30 boats."),
        ("Acme sold 40 boats in 2019.", "It was 2019. Acme sold 30 boats."),
    ],
)
def test_where_the_thing_or_its_time_is_not_known_to_be_the_same_nothing_differs(claim, passage):
    assert hows(claim, passage) == [How.UNSURE]


@pytest.mark.parametrize(
    ("claim", "passage", "how"),
    [
        ("The fire killed 12 people.", "Twelve people were killed by the fire.", How.SAME),
        ("Rents rose 4.5% in 2023.", "In 2023 rents rose 4.5 percent.", How.SAME),
        ("The yard cost $3 billion.", "The yard cost $2.9bn.", How.ROUNDED),
        ("Acme employs 1,200 workers.", "Acme employs 1,234 workers.", How.ROUNDED),
        ("Rents rose 5%.", "Rents rose 4.6%.", How.ROUNDED),
        ("About 20 boats left.", "21 boats left.", How.ROUNDED),
        ("More than 20 people died.", "24 people died.", How.ROUNDED),
        ("The bridge opened in 2018.", "The bridge was opened in 2018.", How.SAME),
    ],
)
def test_equal_figures_are_the_same_but_for_rounding(claim, passage, how):
    assert hows(claim, passage) == [how]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Unemployment rose to 5 % in 2020.", "Inflation was 2 % in 2020."),
        ("The fire killed 12 people.", "The fire cost $12 million."),
        ("The fire killed 12 people.", "The fire was in 2012."),
        ("By Monday 20 speakers had been set up.", "By Monday 20 balloons had been set up."),
        ("The bridge opened in 2018.", "The council met in 2018."),
        ("It rained.", "It rained for 12 days."),
    ],
)
def test_figures_that_measure_something_else_are_not_set_beside_each_other(claim, passage):
    assert compared(claim, passage) == []


def test_the_figure_of_the_same_year_is_the_nearest():
    (row,) = compared(
        "25% of homes had no heating in 2019.",
        "Homes with no heating were 21% of homes in 2018 and 24% of homes in 2019.",
    )
    assert (str(row.claimed), str(row.found)) == (
        "25% of homes in 2019",
        "24% of homes in 2019",
    )


def test_the_figure_of_the_same_year_is_found_again_whatever_else_is_said_around_it():
    rows = compared(
        "It has been going in the opposite direction in America, decreasing from a peak of"
        " 78.9 years in 2014 to 78.6 in 2017, the last year covered by the report.",
        "Life expectancy at birth for the U.S. population was 78.7 years in 2018, an increase of"
        " 0.1 year from 78.6 years in 2017.\n\nLife expectancy fell from 78.9 years in 2014 to"
        " 78.7 years in 2015 and to 78.6 years in 2017.",
    )
    assert [(str(row.found), row.how) for row in rows] == [
        ("78.9 years in 2014", How.SAME),
        ("78.6 years in 2017", How.SAME),
    ]


def test_the_same_number_and_year_of_another_thing_are_not_set_beside_each_other():
    assert compared("Acme sold 40 boats in 2019.", "Globex hired 40 clerks in 2019.") == []
    assert compared("Turnout was 40% in 2019.", "Inflation was 40% in 2019.") == []


def test_a_date_stands_beside_that_of_the_same_event():
    (row,) = compared(
        "The hall was constructed in 2018.",
        "The hall was constructed in 2005. It opened in 2018.",
    )
    assert (str(row.found), row.how) == ("constructed 2005", How.DIFFERS)


def test_what_is_shown_says_period_place_and_base_in_the_texts_own_words():
    (row,) = compared(
        "About 12 murders per 100,000 people were counted in Leeds in March 2019.",
        "Fewer murders, 9 murders per 100,000 people, were counted in York in 2018.",
    )
    assert str(row.claimed) == "about 12 murders per 100,000 people in Leeds in March 2019"
    assert str(row.found) == "9 murders per 100,000 people in York in 2018"


@given(WORDS | SPICED, WORDS | SPICED)
def test_any_two_texts_can_be_compared_and_what_is_shown_stands_in_them(claim, passage):
    for row in compared(claim, passage):
        for quantity, text in ((row.claimed, claim), (row.found, passage)):
            squeezed = "".join(text.split())
            for part in (quantity.words, quantity.base, quantity.place):
                assert all(word in squeezed for word in part.split())


@given(SPICED)
def test_no_text_differs_from_itself(text):
    assert How.DIFFERS not in hows(text, text)


MICROGRAMS = "micrograms per cubic metre"


def test_a_unit_of_two_words_is_told_whole_and_a_period_as_it_is_said():
    claim = f"The air held 43 {MICROGRAMS} of dust in Harbour Street last year."
    passage = f"The air in Harbour Street held 43 {MICROGRAMS} of dust in 2024."
    [row] = compared(claim, passage)
    assert str(row.claimed) == f"43 {MICROGRAMS} in Harbour Street last year"
    assert str(row.found) == f"43 {MICROGRAMS} in Harbour Street in 2024"


@pytest.mark.parametrize(
    ("one", "other"),
    [("cubic metre", "cubic foot"), ("square mile", "square metre"), ("metre", "cubic metre")],
)
def test_another_unit_of_two_words_is_another_base(one, other):
    claim, passage = (f"The air held 43 grams of dust per {unit}." for unit in (one, other))
    assert hows(claim, passage) == [How.OTHER_BASE]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Two thirds of voters agree.", "Half of voters agree, not two thirds of voters."),
        ("Two thirds of voters agree.", "It isn’t two thirds of voters who agree."),
        ("Forty boats left.", "Thirty boats left, rather than the forty boats."),
        ("Forty boats left.", "It was never about forty boats that left."),
        ("Not forty boats left.", "Forty boats left."),
    ],
)
def test_a_figure_that_is_denied_is_not_the_same(claim, passage):
    assert How.DENIED in hows(claim, passage)
    assert How.SAME not in hows(claim, passage)


def test_what_is_denied_says_so_and_gives_way_to_what_is_told():
    [row] = compared("Forty boats left.", "Not forty boats left but thirty boats left.")
    assert (str(row.found), row.how) == ("not forty boats left", How.DENIED)
    [row] = compared("Fifty boats left.", "Not forty boats left but thirty boats left.")
    assert (str(row.found), row.how) == ("thirty boats left", How.DIFFERS)


@pytest.mark.parametrize(
    "passage",
    [
        "Not only forty boats left.",
        "Forty boats left, not ferries.",
        "Do not go: forty boats left.",
    ],
)
def test_what_denies_something_else_leaves_the_figure_the_same(passage):
    assert hows("Forty boats left.", passage) == [How.SAME]


def test_of_two_that_deny_it_the_figure_is_the_same():
    assert hows("Not forty boats left.", "It was not forty boats that left.") == [How.SAME]
