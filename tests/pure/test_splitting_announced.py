"""Words that a sentence announces, and clauses that the parser ties to the wrong ones."""

import pytest

from claims.splitting.splitter import split_article


def _claims(text):
    return [(claim.text, claim.claimant) for claim in split_article(text).claims]


@pytest.mark.parametrize(
    ("introduction", "claimant"),
    [
        ("The FBI issued the following statement on Thursday:", "FBI"),
        (
            "Ann Lee's campaign confirmed that she would not come, citing unfair treatment:",
            "Ann Lee's campaign",
        ),
    ],
)
def test_a_statement_is_its_givers_even_if_it_names_them(introduction, claimant):
    text = (
        f"{introduction}\n\n"
        "The FBI’s Knoxville office and Ms. Lee lost 40 people in 2016, and four mills closed. "
        "The shooter died in May.\n\nThe council met in June."
    )
    claims = dict(_claims(text))

    assert claims["The shooter died in May."] == claimant
    assert claims["The council met in June."] == ""


def test_what_ends_in_an_announced_line_is_no_claim():
    text = (
        "Justice Black's 1961 opinion in the case of the board began with the famous line:\n\n"
        "The mills closed in 2016."
    )
    found = split_article(text)

    assert [claim.text for claim in found.claims] == ["The mills closed in 2016."]
    assert [dropped.why for dropped in found.dropped] == ["announces a quotation"]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            (
                "Two states play a part in the warnings: Ohio, which said its rates for people "
                "will go up 88 percent, and Indiana, which estimated its rates will rise by "
                "72 percent."
            ),
            [
                (
                    (
                        "Two states play a part in the warnings: Ohio, which said its rates for "
                        "people will go up 88 percent, and Indiana, which estimated its rates will "
                        "rise by 72 percent."
                    ),
                    "",
                ),
            ],
        ),
        (
            (
                "It is called civility, the same civility that Holm is demanding liberals show to "
                "views of 40 parties."
            ),
            [
                (
                    (
                        "It is called civility, the same civility that Holm is demanding liberals "
                        "show to views of 40 parties."
                    ),
                    "",
                ),
            ],
        ),
        (
            (
                'Lee reminded them that it was Holm that urged "We lost 40 mills.""Ben Holm, I '
                'lost 40 votes in May," he said to the crowd.'
            ),
            [
                ('Lee reminded them that it was Holm that urged "We lost 40 mills."', ""),
                ("Lee said: Ben Holm, I lost 40 votes in May.", "Lee"),
            ],
        ),
        (
            '"The office closed in May," Ryan-Hart says.',
            [("The office closed in May.", "Ryan-Hart")],
        ),
    ],
)
def test_each_clause_is_told_of_whom_it_is_told(text, claims):
    assert _claims(text) == claims


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Ann Lee asked her about it in May. She said the mills closed in 2016.",
            ("The mills closed in 2016.", "She"),
        ),
        (
            "Ann Lee asked him about it in May. She said the mills closed in 2016.",
            ("The mills closed in 2016.", "Ann Lee"),
        ),
        (
            (
                "After three days of record deaths, the state’s toll from April 9 stood at 777, "
                "Governor Ann Lee reported on Friday."
            ),
            (
                "After three days of record deaths, the state’s toll from April 9 stood at 777.",
                "Ann Lee",
            ),
        ),
    ],
)
def test_who_is_told_of_and_when(text, claims):
    assert _claims(text)[-1] == claims


@pytest.mark.parametrize("line", ["How Lee managed to come out on top in 2016", "Who won 40 seats"])
def test_a_heading_that_asks_is_nothing_to_check(line):
    text = f"Lee lost 40 seats in May.\n\n{line}\n\nHolm left in June."

    assert all(line not in claim.quote for claim in split_article(text).claims if claim.desk)


def test_a_sentence_that_ends_before_its_list_is_no_claim():
    found = split_article("Among the cuts that Lee laid out were:\n\nThe mills closed in 2016.")

    assert [claim.text for claim in found.claims] == ["The mills closed in 2016."]


@pytest.mark.parametrize(
    "text",
    [
        "The council closed 40 mills in 2016, including:",
        "The state lost 40,000 jobs in 2016, and the towns hit hardest were:",
    ],
)
def test_what_is_told_before_a_list_is_a_claim(text):
    quotes = [claim.quote for claim in split_article(f"{text}\n\nAdams lost 3,000 jobs.").claims]

    assert "2016" in quotes[0]


def test_a_report_behind_a_statement_is_the_articles():
    text = (
        "Ann Lee made a statement in court in May about the 40 mills that closed in 2016:\n\n"
        "The council closed 40 mills in 2016, and 3,000 people lost their jobs in the city."
    )

    assert _claims(text)[-1][1] == ""


def test_while_is_left_out_before_a_place():
    text = "The mayor left Iowa in May, while in Ohio, 40 mills closed in 2016."

    assert _claims(text)[-1] == ("In Ohio, 40 mills closed in 2016.", "")


def test_a_note_in_brackets_behind_a_quotation_is_no_part_of_the_next_sentence():
    text = 'The mills closed in 2016!" [Applause] The mayor left office in May.'

    assert _claims(text)[-1][0] == "The mayor left office in May."
