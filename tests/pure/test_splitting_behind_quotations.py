"""Who is quoted where the parser reads a quotation and the words behind it as one clause."""

import pytest

from claims.splitting.splitter import split_article


def said(text):
    return [(claim.claimant, claim.text) for claim in split_article(text).claims]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            (
                "“The ‘safe’ in ‘safe harbour’ has been lost,” as the historian Helen Oduya puts it in "
                "her new book, “The Long Pier.”"
            ),
            ("Helen Oduya", "The ‘safe’ in ‘safe harbour’ has been lost."),
        ),
        (
            (
                "“Tarn Watch is a club of worried neighbours looking to halt the plan that has been "
                "drawn up to close the port,” said the website set up to herald the birth of the club, "
                "which has since been shut down."
            ),
            (
                "website",
                (
                    "Tarn Watch is a club of worried neighbours looking to halt the plan that has been "
                    "drawn up to close the port."
                ),
            ),
        ),
        (
            "“They are walking in separately,” one of the anchors asserted.",
            ("one of the anchors", "They are walking in separately."),
        ),
        (
            (
                "“The port has an interest in knowing how far its nets are open to storms,” the four "
                "said in a letter seen by the Tarn Herald."
            ),
            ("four", "The port has an interest in knowing how far its nets are open to storms."),
        ),
    ],
)
def test_whoever_stands_behind_the_marks_says_it(text, claim):
    assert said(text)[0] == claim


@pytest.mark.parametrize(
    "text",
    [
        "“The Long Pier,” a film that opened on Friday, tells of 40 boats.",
        "“The port is closed for good,” we said in 2012.",
    ],
)
def test_what_is_no_quotation_of_others_is_nobodys(text):
    assert said(text)[0][0] == ""


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            (
                "Justice Holm added, “Tarn’s experience, like much experience elsewhere since the "
                "court’s ruling in Port Unions, casts grave doubt on the court’s view that ships do "
                "not corrupt or appear to do so.”"
            ),
            [("Holm", "Holm added: Tarn’s experience")],
        ),
        (
            "As the Tarn Board reported back in 2003: “Those who take most of their fish from the port are more likely than others to go hungry.”",
            [("the Tarn Board", "The Tarn Board reported back: Those who take")],
        ),
        (
            "The officer went on to say that Oduya was visibly drunk in May.",
            [("officer", "Oduya was visibly drunk in May.")],
        ),
        (
            (
                "His follower, the local columnist Helen Oduya, has gone so far as to declare that "
                "“there's no such thing any more as a port.”"
            ),
            [("Helen Oduya", "Helen Oduya said: There's no such thing")],
        ),
        (
            "Oduya criticized Harrow’s plan, saying, “There were no boats in the port of Tarn.”",
            [
                ("", "Oduya criticized Harrow’s plan."),
                ("Oduya", "There were no boats in the port of Tarn."),
            ],
        ),
        (
            (
                "Oduya has seized upon it, saying during last week’s address that “Tarn will never be "
                "a port.”"
            ),
            [("", "Oduya has seized upon it."), ("Oduya", "Oduya said: Tarn will never be")],
        ),
        (
            "Helen Oduya won 52 percent of the vote, tweeting: “We lost 3,000 jobs in the city.”",
            [
                ("", "Helen Oduya won 52 percent of the vote."),
                ("Helen Oduya", "Helen Oduya said: We lost 3,000 jobs in the city."),
            ],
        ),
    ],
)
def test_whoever_stands_before_the_marks_says_it_and_nothing_beside_it(text, claims):
    told = said(text)
    assert [name for name, _ in told] == [name for name, _ in claims]
    assert all(
        wording.startswith(start) for (_, wording), (_, start) in zip(told, claims, strict=True)
    )


@pytest.mark.parametrize(
    "text",
    [
        "Oduya has not said, “The port is closed for good and all.”",
        "The plan, it was noted, was “a port that is closed for good.”",
    ],
)
def test_what_nobody_said_is_nobodys(text):
    assert {name for name, _ in said(text)} == {""}


def test_brackets_that_end_a_clause_stay():
    text = (
        "The bureau put it at 6.6, however the Tarn Survey said it was a 5.9-magnitude tremor, "
        "which struck at the relatively shallow depth of about half a mile (1 kilometer)."
    )
    assert said(text)[-1][1].endswith("half a mile (1 kilometer).")
