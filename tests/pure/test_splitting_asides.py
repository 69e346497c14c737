"""Facts told in passing become statements; what would lose its meaning stays whole."""

from datetime import date

import pytest

from claims.splitting.splitter import split_article


def _texts(text, **known):
    return [claim.text for claim in split_article(text, **known).claims]


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (
            (
                "Anna Berg ran the Senate's Office for Young Farmers, where she paid 40 million "
                "euros and closed 14 schools."
            ),
            [
                "Anna Berg ran the Senate's Office for Young Farmers.",
                "In the Senate's Office for Young Farmers, Anna Berg paid 40 million euros.",
                "Anna Berg closed 14 schools.",
            ],
        ),
        (
            (
                "Anna Berg leads Sen. Karl Holm of Ohio by 47 to 40 percent and "
                "Sen. Peter Lind of Iowa by 49 to 41 percent."
            ),
            [
                "Anna Berg leads Sen. Karl Holm of Ohio by 47 to 40 percent.",
                "Anna Berg leads Sen. Peter Lind of Iowa by 49 to 41 percent.",
            ],
        ),
        (
            "Anna Berg blames the treaty for a decline in wages and for the loss of 9,000 jobs.",
            [
                "Anna Berg blames the treaty for a decline in wages.",
                "Anna Berg blames the treaty for the loss of 9,000 jobs.",
            ],
        ),
        (
            "A poll shows Anna Berg well in front of rivals in Ohio, one of the biggest states.",
            [
                "A poll shows Anna Berg well in front of rivals in Ohio.",
                "Ohio is one of the biggest states.",
            ],
        ),
    ],
)
def test_a_fact_told_in_passing_is_a_statement(text, statements):
    assert _texts(text) == statements


@pytest.mark.parametrize(
    "text",
    [
        # The number is told of both together.
        "The council closed 14 old schools in May and in June.",
        # A condition holds for both verbs.
        "The agency will return 750 million dollars and close 14 offices if the court agrees.",
        # Their number is what is told.
        "Fifty-eight percent of respondents said they support the bridge.",
        # A question is no statement.
        "The senator asked why the agency needed a loan of 40 million euros in 2010.",
        # The clause is its subject.
        "They lost 14 seats to Google, which surprised many voters.",
    ],
)
def test_what_would_lose_its_meaning_stays_whole(text):
    assert _texts(text) == [text]


def test_what_only_seems_said_keeps_its_hedge():
    text = "Anna Berg seemed to indicate that the bridge would cost 40 million euros."

    assert "seemed to indicate" in _texts(text)[0]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("“I closed 14 schools in May,” said Anna Berg.", "Anna Berg closed 14 schools in May."),
        ("“I have closed 14 schools,” said Anna Berg.", "Anna Berg has closed 14 schools."),
        ("“We closed 14 schools in May,” said Anna Berg.", "Anna Berg said: We closed 14 schools"),
        (
            "“If prices rise by 4 percent,” Anna Berg said, “that's not inflation.”",
            "If prices rise by 4 percent, that's not inflation.",
        ),
    ],
)
def test_a_quotation_is_worded_with_its_speaker(text, statement):
    assert _texts(text)[0].startswith(statement)


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        (
            "Alto Motors lost 9 percent in May. The company closed 14 plants.",
            "Alto Motors closed 14 plants.",
        ),
        (
            "Alto Motors lost 9 percent to Bern Motors in May. The company closed 14 plants.",
            "The company closed 14 plants.",
        ),
        (
            "Karl Holm left in May. In his new role, Peter Lind closed 14 plants.",
            "In his new role, Peter Lind closed 14 plants.",
        ),
    ],
)
def test_a_body_or_person_is_named_only_when_no_other_can_be_meant(text, statement):
    assert _texts(text)[-1] == statement


def test_a_surname_before_its_full_name_stays_as_printed():
    text = "Berg closed 14 schools in May. Anna Berg is the third mayor of the city."

    assert _texts(text)[0] == "Berg closed 14 schools in May."


def test_a_relative_date_is_filled_in_behind_the_words_as_printed():
    claim = split_article(
        "The council closed 14 schools on Tuesday.", published_at=date(2020, 6, 24)
    ).claims[0]

    assert claim.text == "The council closed 14 schools on Tuesday."
    assert claim.dated_text == "The council closed 14 schools on Tuesday [23 June 2020]."


@pytest.mark.parametrize(
    "text",
    [
        "The council will close 14 schools on Tuesday.",
        "“The council closed 14 schools on Tuesday,” said Anna Berg.",
        "The council closed 14 schools on Tuesday, June 9.",
        "The council closed 14 schools every Tuesday.",
        "The mayor said so on five Tuesday talk shows in Tarn.",
        "It was on a hot Tuesday that the council closed 14 schools.",
    ],
)
def test_a_date_that_may_be_another_is_not_filled_in(text):
    assert not split_article(text, published_at=date(2020, 6, 24)).claims[0].dates


def test_of_whom_of_two_it_tells_is_not_guessed():
    text = "The pope met relatives of the lost ferry and young women, who left Ohio in May 2019."

    assert _texts(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        # Not Iowa is used, and not the producer.
        "Iowa is the leading producer of 40 kinds of corn, which is used to make fuel in Ohio.",
        # The fine rather than the bank.
        "They will owe a fine in May, to be collected by the IRS, which will start at 95 dollars.",
        # What somebody may do, rather than with what.
        "The president wants to toss out 40 rules, which would run up against the law of Ohio.",
        # The restrictions rather than those who oppose them.
        "Opponents of the restrictions -- which would have been the first in May -- left Ohio.",
        # The day rather than the site.
        "In Ohio 880,000 people saw the site on Monday – which was the last day of the sale.",
        # The place rather than what lies near it.
        "Even opening the park near the DMZ — where 40 firms had cheap labour — depends on Ohio.",
    ],
)
def test_a_clause_that_may_tell_of_something_else_stays_where_it_is(text):
    assert _texts(text) == [text]
