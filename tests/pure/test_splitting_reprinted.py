"""Whose words an article prints for others, where no marks say so."""

import pytest

from claims.splitting.splitter import split_article


def said(text):
    """Each claim's claimant and wording."""
    return [(claim.claimant, claim.text) for claim in split_article(text).claims]


def by(text, words):
    """Who says the claim with these words."""
    (name,) = {name for name, wording in said(text) if words in wording}
    return name


INTERVIEW = """Helen Oduya's history of harbours is a lively book.

Oduya ran the port of Tarn for ten years. She spoke with Paul Harrow about the book.

So when was the golden age of your port?

I would say the 1950s. The port lost 40 boats in 1961.

Did you discover any other heroes?

We had a few. The port authority opened its first school in 1932.

And what did you leave out?

The ferry of 1940 sank with 12 sailors on board.

The book costs 30 euros in all shops of Tarn."""


def test_whoever_is_asked_answers():
    assert by(INTERVIEW, "lost 40 boats in 1961") == "Helen Oduya"
    assert by(INTERVIEW, "first school") == "Helen Oduya"
    assert by(INTERVIEW, "ran the port of Tarn") == ""
    assert by(INTERVIEW, "30 euros") == ""


def test_questions_without_an_interview_are_the_articles():
    lead = "She spoke with Paul Harrow about the book."
    assert by(INTERVIEW.replace(lead, "It was printed in May 2012."), "lost 40 boats") == ""


SPEECH = """Forty years have passed since the ferry sank.

President Ann B. Lee's words to the council on that day still count. I will excerpt them here.

On Monday, the storm sank 40 boats in our harbour. We lost 12 sailors in one night.

The harbour of Tarn was built again in 1985."""


def test_an_excerpt_is_in_the_words_of_whoever_held_the_speech():
    assert by(SPEECH, "40 boats") == "Ann B. Lee"
    assert by(SPEECH, "12 sailors") == "Ann B. Lee"
    assert by(SPEECH, "built again") == ""


@pytest.mark.parametrize(
    ("line", "words", "name"),
    [
        ("CAPTAIN PAUL HARROW: Well, I saw 40 boats sink in May.", "40 boats", "Paul Harrow"),
        ("Statement from Oduya There were four boats that I saw in May.", "four boats", "Oduya"),
        (
            "Tarn Herald: Mast falls on ferry in the harbour after storm in May",
            "Mast",
            "Tarn Herald",
        ),
        ("OUR VIEW: We lost 40 boats in May.", "40 boats", ""),
    ],
)
def test_a_line_names_who_speaks_in_it(line, words, name):
    assert (
        by(f"The port lies in the north of Tarn.\n\n{line}\n\nIt was built in 1931.", words) == name
    )


def test_what_a_page_took_from_elsewhere_is_somebodys():
    text = "The port is old.\n\nText via Ferryweb:\n\nForty boats sank in Tarn in May."
    assert by(text, "Forty boats") == "unnamed"


def test_turns_printed_one_behind_the_other_are_parted():
    text = (
        "The talk of Monday is printed below.\n\n"
        "ANN LEE: How many boats sank? BO HOLM: Forty boats sank in May 2012. "
        "[ON-SCREEN HEADLINE: Boats Sink] They were built in Tarn. LEE: And nobody was hurt? "
        "PAUL HARROW: Twelve sailors of the port were hurt."
    )
    assert by(text, "Forty boats") == "Bo Holm"
    assert by(text, "built in Tarn") == "Bo Holm"
    assert by(text, "Twelve sailors") == "Paul Harrow"


def test_whoever_says_we_without_marks_goes_on_saying_it():
    text = (
        "The port warned them, with spokeswoman Helen Oduya saying, We closed 40 docks in May. "
        "We also closed two schools in June. The port lies in the north of Tarn. "
        "We counted 12 ferries in 2012."
    )
    assert by(text, "two schools") == "Helen Oduya"
    assert by(text, "lies in the north") == ""
    assert by(text, "12 ferries") == ""
