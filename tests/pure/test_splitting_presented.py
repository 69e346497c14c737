"""Who speaks in a quotation that a sentence leads up to, and whom "he" means among two."""

from datetime import date

import pytest

from claims.splitting.splitter import split_article


def _claims(text):
    return [(claim.text, claim.claimant) for claim in split_article(text).claims]


LOST = '"The city lost 3,000 jobs in 2016."'


@pytest.mark.parametrize(
    ("lead", "claimant"),
    [
        ("Here's more:", "unnamed"),
        ("The order was clear:", "unnamed"),
        ("The Dispatch's take on the race:", "Dispatch"),
        ("Lee's spokesman had a simple answer:", "Lee's spokesman"),
        ("Twitter chief Ann Lee responded late Wednesday, saying:", "Ann Lee"),
        ("Governor Ann Lee framed the issue thus:", "Ann Lee"),
        ("According to a Herald story in June:", "Herald story in June"),
        ("A source close to the White House added:", "source close to the White House"),
    ],
)
def test_what_a_sentence_leads_up_to_is_not_said_by_the_article(lead, claimant):
    assert _claims(f"{lead} {LOST}") == [("The city lost 3,000 jobs in 2016.", claimant)]


def test_whose_comment_it_was_says_it_and_not_who_spoke_before():
    text = (
        "Ben Holm argued that the state lost 40 mills. Mr. Lee’s comment, in context, was: "
        "“We’ve created 4.3 million jobs over the last 27 months.”"
    )

    assert _claims(text)[-1] == (
        "Lee said: We’ve created 4.3 million jobs over the last 27 months.",
        "Lee",
    )


@pytest.mark.parametrize(
    "text",
    [
        "The loss goes beyond the banks: “The city lost 3,000 jobs in 2016.”",
        "Governor Ann Lee vetoed 40 bills in 2016: “The state lost 3,000 jobs in a year.”",
        "Ann Lee was sued by Ben Holm in May: “The mayor lied about 3,000 jobs in Ohio.”",
        "The mayor's office burned down in May: “We lost 40 files in the fire.”",
        "Lee left when the mayor called: “The city lost 3,000 jobs in 2016.”",
    ],
)
def test_words_that_tell_something_by_themselves_stay(text):
    assert _claims(text) == [(text, "")]


def test_a_mark_before_the_next_paragraph_of_a_quotation_does_not_end_it():
    text = (
        "The statement issued by the White House said:\n\n"
        '"The mills closed in 2012. Ann Lee went on to lead the plant in Iowa. "In 1992, the '
        'mayor closed 40 mills. Lee ran for office and lost 3,000 votes."\n\n'
        "In an interview on Monday, Ben Holm praised the council for 40 new mills."
    )

    assert [claimant for _, claimant in _claims(text)] == ["White House"] * 4 + [""]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Lee asserted that none of the people had applied for and received aid from Ohio.",
            [("None of the people had applied for and received aid from Ohio.", "Lee")],
        ),
        (
            "The plan has the potential, Lee said, to raise the price of 40 drugs.",
            [("The plan has the potential to raise the price of 40 drugs.", "Lee")],
        ),
        (
            (
                "Ben Holm is a US senator from Iowa, but he had a stern warning for Ohio this May: "
                "You may be rich and predictably safe now, but you lost 3,000 votes if you "
                "count all."
            ),
            [
                ("Ben Holm is a US senator from Iowa.", ""),
                (
                    (
                        "Ben Holm had a stern warning for Ohio this May: You may be rich and "
                        "predictably safe now, but you lost 3,000 votes if you count all."
                    ),
                    "",
                ),
            ],
        ),
        (
            "The Pentagon confirmed that Peru launched a missile at around 10:30 a.m. Hawaii time.",
            [("Peru launched a missile at around 10:30 a.m. Hawaii time.", "Pentagon")],
        ),
    ],
)
def test_what_belongs_together_stays_together(text, claims):
    assert _claims(text) == claims


@pytest.mark.parametrize(
    "text",
    [
        (
            "While some parents may insist on heroic measures, many of us, after talks with "
            "surgeons, specialists in high-risk pregnancies and other medical professionals "
            "decide that rest is the best of 40 cures."
        ),
        (
            "Lee said Holm denied something she hadn't been accused of and noted that he'd never "
            "made such claims, but Bell, who was agitated and put off by the talk, brought the "
            "talk to an end in May."
        ),
    ],
)
def test_what_would_break_off_stays_as_it_is_printed(text):
    assert [claim.text for claim in split_article(text).claims] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Imagine you live in a poor village where you fetch 40 litres of water from a well.",
        "Thanks to Ann Lee for highlighting the 40 mills that closed in 2016.",
        "Or that Iowa, like some other states, has a law extending 40 rights to all couples.",
    ],
)
def test_what_is_only_imagined_or_thanked_for_is_nothing_to_check(text):
    found = split_article(f"The mills closed in 2012. {text}").claims

    assert [claim.desk for claim in found][1:] in ([False], [])


@pytest.mark.parametrize(
    ("between", "claimant"),
    [
        ("The plan of Ben Holm was dropped in May.", "He"),
        ("Lee and Ben Holm met in May.", "Tom Lee"),
        ("The plan was dropped in May.", "Tom Lee"),
        ("He met Ben Holm in May.", "Tom Lee"),
    ],
)
def test_he_is_nobody_where_another_was_named_since(between, claimant):
    text = f"Tom Lee lost 40 seats in 2012. {between} He said the mills closed in 2016."

    assert _claims(text)[-1] == ("The mills closed in 2016.", claimant)


def test_a_surname_that_the_parser_takes_for_a_body_is_the_person_of_before():
    text = (
        "Ann Treadwell left the council in May.\n\n"
        '"It will work to find a way to close 40 mills," Treadwell said.'
    )

    assert _claims(text)[-1][1] == "Ann Treadwell"


def test_a_surname_that_acts_is_written_out_though_the_parser_takes_it_for_a_body():
    text = "Ann Treadwell left the council in May. On Monday, Treadwell sold 40 mills in Iowa."

    assert _claims(text)[-1] == ("On Monday, Ann Treadwell sold 40 mills in Iowa.", "")


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("Pelosi tore 40 pages in half.", "Nancy Pelosi tore 40 pages in half."),
        ("The Pelosi bill closed 40 mills.", "The Pelosi bill closed 40 mills."),
        (
            "Like many of her critics, Rep. [Nancy] Pelosi [D] blames the fund for 40 losses.",
            "Like many of her critics, Rep. [Nancy] Pelosi [D] blames the fund for 40 losses.",
        ),
    ],
)
def test_a_surname_that_the_parser_takes_for_nothing_is_written_out(sentence, claim):
    text = f"House Speaker Nancy Pelosi met the president in May. {sentence}"

    assert _claims(text)[-1] == (claim, "")


def test_after_a_transcript_is_announced_all_is_said_by_whoever_is_named():
    text = (
        "Ann Lee warned the council in May.\n\nTranscript as follows:\n\n"
        "LEE: The mills closed in 2016.\n\n"
        + "\n\n".join(f"In {year} the city lost 3,000 jobs." for year in range(2001, 2007))
        + "\n\nLEE: The mayor left in May.\n\nHOLM: The mayor left in June.\n\n"
        + "LEE: The port closed in 2016.\n\nThe city lost 40 mills in 2017."
    )
    found = split_article(text)

    assert [claim.claimant for claim in found.claims] == [
        "",
        *["Ann Lee"] * 8,
        "Holm",
        "Ann Lee",
        "",  # nobody knows where the last turn ends
    ]
    assert text[found.dropped[0].start : found.dropped[0].end] == "Transcript as follows:"


def test_a_quotation_that_begins_inside_a_sentence_swallows_nothing():
    text = (
        'Lee said "the mills closed. "Holm left in May, and the city lost 3,000 jobs. The '
        'council met in June. "We won," Lee said.'
    )

    assert ("The council met in June.", "") in _claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Henry Ford founded the company in 1903. Ford recalled 40,000 cars in 2016.",
        "George Washington was elected in 1789. Washington said the tax cost 3,000 jobs.",
    ],
)
def test_a_firm_or_a_city_is_not_the_person_it_is_named_after(text):
    found = split_article(text).claims[-1]

    assert "Henry" not in found.text
    assert "George" not in found.claimant


@pytest.mark.parametrize(
    "text",
    [
        "The bill may be signed into law by the governor today.",
        "Lee might be sentenced to 40 years in prison today.",
    ],
)
def test_what_may_be_done_today_is_dated(text):
    found = split_article(text, published_at=date(2018, 5, 4)).claims

    assert [claim.dated_text for claim in found] == [text.replace("today", "today [4 May 2018]")]


@pytest.mark.parametrize(
    "text",
    [
        "The transcript of the 2016 interview, which is published below, shows 40 mills.",
        "The transcript of the call shows 40 million dollars spent here in May.",
    ],
)
def test_what_a_transcript_shows_is_a_statement(text):
    assert _claims(f"{text}\n\nThe mayor left in May.")[0][0] == text


def test_stray_marks_do_not_end_in_an_error():
    assert _claims(". mills closed but\n\nhim\n\n)\n\nThe mayor left in May.")
