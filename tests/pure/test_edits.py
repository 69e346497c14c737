"""Which edits of an article's words make another claim of them."""

import time

import pytest

from claims.edits import says_otherwise


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("At least 12 people came.", "At most 12 people came."),
        ("The bridge cost $5 million.", "The bridge cost £5 million."),
        ("The strike lasted 3 days.", "The strike lasted 3 weeks."),
        ("Rates went from 4% to 5%.", "Rates went from 5% to 4%."),
        ("All of the students passed.", "Some of the students passed."),
        ("Most students passed.", "Some students passed."),
        ("Few people came.", "Many people came."),
        ("The train is always late.", "The train is sometimes late."),
        ("The blast killed 12 people.", "The blast hurt 12 people."),
        ("Twelve people were killed.", "Twelve people were injured."),
        ("The crane lifts 5 tonnes.", "The crane lifts 5 kilograms."),
        ("He earns 900 euros per month.", "He earns 900 euros per year."),
        ("He earns 900 euros a month.", "He earns 900 euros annually."),
        ("She was the first president.", "She was the second president."),
        ("The tax rose by 5 percent.", "The tax rose by 5 percentage points."),
        ("The pact was signed on 4 May 2020.", "The pact was signed on 4 May 2021."),
        ("The pact was signed on Sept. 4.", "The pact was signed on Oct. 4."),
        ("Smith, 47, resigned.", "Smith, 48, resigned."),
        ("The mayor, Ann Lee, resigned.", "The mayor, Ann Reed, resigned."),
        ("The pump works.", "The pump fails to work."),
        ("The mayor resigned.", "The mayor reportedly resigned."),
        ("The reactor was safe.", "The reactor was unsafe."),
        ("The change would cost 4,000 jobs.", "The change would hardly cost 4,000 jobs."),
        ("Fares rose last year.", "Some fares rose last year."),
        ("Fares rose last year.", "Critics say fares rose last year."),
        ("The tax will cost 4,000 jobs.", "The tax may cost 4,000 jobs."),
        ("Rents rose by 12 percent.", "Rents rose to 12 percent."),
        ("Anna Kroll said fares rose.", "Maria Kroll said fares rose."),
    ],
)
def test_an_edit_that_makes_another_claim_is_told(before, after):
    assert says_otherwise(before, after)
    assert says_otherwise(after, before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The pact was signed on 4 May.", "The pact was signed on 4 May 2020."),
        ("The pact was signed on May 4.", "The pact was signed on May 4, 2020."),
        ("The pact was signed on Sept. 4.", "The pact was signed on September 4."),
        ("The pact was signed on 4 Oct.", "The pact was signed on 4 October."),
        ("Rents rose in Sept.", "Rents rose in September."),
        ("No fewer than 12 people came.", "At least 12 people came."),
        ("The storm sank a dozen boats.", "The storm sank 12 boats."),
        ("She won her first race.", "She won her 1st race."),
        ("The law of the US forbids it.", "The law of the United States forbids it."),
        ("The law of the U.S. forbids it.", "The law of the United States forbids it."),
        ("It sank 12 boats, then 14 boats.", "It sank 12 ships, then 14 ships."),
        ("Anna Smith said rents rose.", "Mayor Smith said rents rose."),
        ("President Biden signed the law.", "Joe Biden signed the law."),
        ("Rents rose, the mayor said.", "Rents rose, the mayor claimed."),
        ("Rents rose, the mayor said.", "Rents rose, the mayor argued."),
        ("The king will speak in June.", "The king is to speak in June."),
        ("Some fares rose.", "Some of the fares rose."),
        ("Rents rose by between 4 and 5 percent.", "Rents rose by 4-5%."),
        ("The pump does not work.", "The pump fails to work."),
        ("Anna Smith, 47, resigned.", "Anna Smith resigned."),
        ("On 4 May the storm sank 12 boats.", "The storm sank 12 boats on 4 May."),
        ("It killed 12 men and 14 women.", "It killed 14 women and 12 men."),
        ("It cost $5 million.", "It cost 5 million dollars."),
        ("The crane lifts 5 kg.", "The crane lifts 5 kilograms."),
        ("He earns 900 euros a month.", "He earns 900 euros monthly."),
        ("The blast left 12 dead and 40 hurt.", "The blast left 40 injured and 12 dead."),
    ],
)
def test_an_edit_that_says_the_same_is_none(before, after):
    assert not says_otherwise(before, after)
    assert not says_otherwise(after, before)


def test_a_long_text_of_figures_and_names_is_compared_in_no_time():
    text = "On 4 May 2020, Ann Lee, 47, paid $5 a month for the first 12 boats. " * 200
    begun = time.perf_counter()
    assert not says_otherwise(text, text)
    assert time.perf_counter() - begun < 5
