"""Who is quoted where the parser reads a quotation and the words beside it as one clause."""

import pytest

from claims.splitting.splitter import split_article

SAFE = "The ‘safe’ in ‘safe harbour’ has been lost"
WATCH = "Tarn Watch is a club of neighbours looking to halt the plan that was drawn up to close it"
URGENT = "North Tarn remains the most urgent threat to regional stability"
LOGS = "These logs make clear that your office knew within two hours of the storm that it sank"
KNOWN = "The port has an interest in knowing how far its nets are open to storms"
TARNS = (
    "Tarn’s experience, like much experience elsewhere since the court’s ruling in Port Unions, "
    "casts grave doubt on the court’s view that ships do not corrupt or appear to do so"
)
FISH = "Those who take most of their fish from the port are more likely than others to go hungry"


def said(text):
    return [(claim.claimant, claim.text) for claim in split_article(text).claims]


@pytest.mark.parametrize(
    ("text", "name", "wording"),
    [
        (
            f"“{SAFE},” as the historian Helen Oduya puts it in her new book, “The Long Pier.”",
            "Helen Oduya",
            f"{SAFE}.",
        ),
        (
            f"“{WATCH},” said the website set up to herald the club, which has been shut down.",
            "website",
            f"{WATCH}.",
        ),
        (
            "“They are walking in separately,” one of the anchors asserted.",
            "one of the anchors",
            "They are walking in separately.",
        ),
        (
            f"“{KNOWN},” the four said in a letter seen by the Tarn Herald.",
            "four",
            f"{KNOWN}.",
        ),
        (
            f"“{LOGS},” the captains’ letter states.",
            "letter",
            f"The letter said: {LOGS}.",
        ),
        (
            f"“{URGENT},” Gen Helen Oduya, Pacific Fleet commander, added in a statement.",
            "Helen Oduya",
            f"Helen Oduya said: {URGENT}.",
        ),
    ],
)
def test_whoever_stands_behind_the_marks_says_it(text, name, wording):
    assert said(text)[0] == (name, wording)


@pytest.mark.parametrize(
    "text",
    [
        "“The Long Pier,” a film that opened on Friday, tells of 40 boats.",
        "“The port is closed for good,” we said in 2012.",
        "Oduya has not said, “The port is closed for good and all.”",
    ],
)
def test_what_is_no_quotation_of_others_is_nobodys(text):
    assert {name for name, _ in said(text)} == {""}


@pytest.mark.parametrize(
    ("text", "name", "start"),
    [
        (f"Justice Holm added, “{TARNS}.”", "Holm", "Holm added: Tarn’s experience"),
        (
            f"As the Tarn Board reported back in 2003: “{FISH}.”",
            "the Tarn Board",
            "The Tarn Board reported back: Those who take",
        ),
        (
            "The officer went on to say that Oduya was visibly drunk in May.",
            "officer",
            "Oduya was visibly drunk in May.",
        ),
        (
            (
                "His follower, the local columnist Helen Oduya, has gone so far as to declare that "
                "“there's no such thing any more as a port.”"
            ),
            "Helen Oduya",
            "Helen Oduya said: There's no such thing",
        ),
    ],
)
def test_whoever_stands_before_the_marks_says_it(text, name, start):
    ((claimant, wording),) = said(text)
    assert claimant == name
    assert wording.startswith(start)


@pytest.mark.parametrize(
    ("told", "added"),
    [
        ("Oduya criticized Harrow’s plan", ", saying, “There were no boats in the port of Tarn.”"),
        (
            "Oduya has seized upon it",
            ", saying during last week’s address that “Tarn will never be a port.”",
        ),
        ("Oduya won 52 percent of the vote", ", tweeting: “We lost 3,000 jobs in the city.”"),
    ],
)
def test_what_is_told_beside_a_quotation_is_the_articles(told, added):
    claims = said(told + added)
    assert claims[0] == ("", f"{told}.")
    assert [name for name, _ in claims] == ["", "Oduya"]


def test_a_mark_with_a_blank_before_it_still_closes_a_quotation():
    text = (
        "Oduya added, “At the same time, we know that ‘the storm of these nights ends badly. "
        "Nothing is gained by boats and so much is lost.’ ”\n\nThe council met in May."
    )
    assert said(text)[1:3] == [
        ("Oduya", "Nothing is gained by boats."),
        ("Oduya", "So much is lost."),
    ]


def test_who_speaks_with_a_participle_is_the_person_told_of_last():
    text = "Sony cut it in May, a thing Helen Oduya disparaged, saying, "
    text += "“They never asked my board about the film.”"
    assert said(text)[-1][0] == "Helen Oduya"


def test_a_quotation_that_nobody_closes_is_still_somebodys():
    text = (
        "Oduya tweeted, “I just spoke to the mayor, Paul Harrow, who informed me there will be no "
        "boats tonight. Enjoy yourselves!\n\nThe race was planned for Friday."
    )
    assert {name for name, _ in said(text)[:-1]} == {"Oduya"}


@pytest.mark.parametrize("end", [" Report", " End of Twitter post by @hoduya"])
def test_whoever_signed_a_post_said_it_whatever_the_page_printed_around(end):
    text = (
        "The port was closed.\n\nSkip Twitter post by @hoduya The port lost 40 boats in May. "
        f"— Helen Oduya (@hoduya) August 24, 2018{end}\n\nThe council left."
    )
    assert said(text)[1] == ("Helen Oduya", "The port lost 40 boats in May.")


def test_brackets_that_end_a_clause_stay():
    text = (
        "The bureau put it at 6.6, however the Tarn Survey said it was a 5.9-magnitude tremor, "
        "which struck at the relatively shallow depth of about half a mile (1 kilometer)."
    )
    assert said(text)[-1][1].endswith("half a mile (1 kilometer).")
