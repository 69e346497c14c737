"""Numbers and dates of a claim beside those of a text."""

import pytest

from sources.stance.figures import compare, figures


def compared(claim, text):
    return compare(figures(claim), figures(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It weighs 1,250 tonnes.", 1250),
        ("It cost $2.5 billion.", 2.5e9),
        ("It cost £3m.", 3e6),
        ("It cost £3 m.", 3e6),
        ("It is 9 m high.", 9),
        ("Founded: 1881.", 1881),
        ("The club (1881) folded.", 1881),
        ("Rents rose by 4.5%.", 4.5),
        ("Twenty-one boats left.", 21),
        ("A dozen of them, 12 dozen eggs.", 144),
        ("Half of them left.", 50),
        ("Three quarters of them left.", 75),
        ("Rents fell by a half.", 50),
        ("One in five left.", 20),
        ("One in every 10 boats left.", 10),
        ("Half a million boats left.", 500_000),
        ("It cost 5 crore.", 5e7),
        ("The count was 1.200.000.", 1_200_000),
        ("It opened in 1066.", 1066),
        ("In 1731, it opened.", 1731),
        ("By 1731 metres it fell short.", 1731),
    ],
)
def test_a_number_is_read_however_it_is_written(text, value):
    assert [figure.value for figure in figures(text)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Tensions often seem heightened.",
        "Version v12b",
        "No one came.",
        "A third party came half an hour late.",
        "One in a crowd.",
    ],
)
def test_letters_inside_a_word_are_no_number(text):
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Between 20 and 30 people came.", [(20, 30)]),
        ("Some 20 to 30 million people came.", [(20e6, 30e6)]),
        ("It cost $20–30 million.", [(20e6, 30e6)]),
        ("They won 3-1.", [(3, None)]),
        ("They voted 12 to 31.", [(12, None), (31, None)]),
        ("Rents rose from 4 to 6 euros.", [(4, None), (6, None)]),
        ("In the 2019-20 season", []),
    ],
)
def test_a_range_is_one_figure_and_a_score_or_a_change_is_none(text, ends):
    found = [figure for figure in figures(text) if figure.kind == "number"]
    assert [(figure.value, figure.high) for figure in found] == ends


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("About 20 boats were built.", "Some 21 boats were built."),
        ("The yard cost $3 billion.", "The yard cost $2.9bn."),
        ("More than 20 people died.", "24 people died."),
        ("Over one million people came.", "More than 1.2 million people came."),
        ("At least 12 boats sank.", "A storm sank 12 boats."),
        ("A 47-year-old man drowned.", "The man, aged 47, drowned."),
        ("It sank on June 16.", "It sank on 16 June 2020."),
    ],
)
def test_figures_that_can_both_be_true_agree(claim, text):
    found = compared(claim, text)
    assert found.same == 1
    assert not found.clash


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The fire killed 12 people.", "The fire killed seven people."),
        ("Rents rose by 4 percent.", "Rents rose by 9 percent in all districts."),
        ("The hall was built in 1998.", "The hall was built in 2003."),
        ("The board met on Friday.", "The board met on Monday."),
        ("The board met on June 9.", "The board met on June 23."),
        ("Over one million people came.", "About 400,000 people came."),
        ("24 people died.", "32 people died in the fire."),
    ],
)
def test_another_figure_for_the_same_thing_clashes(claim, text):
    assert compared(claim, text).clash


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("The fire killed 12 people.", "The fire injured 45 people."),
        ("The fire killed 12 people.", "The fire destroyed 40 houses."),
        ("The hall was constructed in 2018.", "The hall was visited by the king in 2019."),
        ("Rents rose by 4 percent in 2012.", "Rents rose by 9 percent in 2016."),
        ("Rents rose by 4 percent in the first quarter.", "Rents rose by 9% in the last quarter."),
        ("Rents rose by 4 percent.", "Rents rose by 9 percent last year."),
        ("She voted against the bill in 2017.", "She voted against the bill in 2010."),
        ("More than 20 people died.", "24 people died."),
        ("Rents rose by 4 percent.", "Rents rose by 9 percent in 2006."),
    ],
)
def test_another_property_or_period_does_not_clash(claim, text):
    assert not compared(claim, text).clash


def test_a_figure_that_nothing_can_be_compared_with_is_missing():
    found = compared("The fire killed 12 people in 2012.", "The fire was put out at dawn.")
    assert (found.same, found.different, found.missing) == (0, 0, 1)
