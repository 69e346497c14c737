"""Who is named as the claimant, and who is not, in sentences that strict readers took amiss."""

import pytest

from claims.kinds import Kind
from claims.splitting.splitter import split_article

BEFORE = "The mayor resigned on Monday.\n\n"


def _claims(text: str) -> list[tuple[str, str]]:
    return [
        (claim.text, claim.attribution.name if claim.attribution else "")
        for claim in split_article(BEFORE + text).claims[1:]
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In 2016, just 32% of people told the bank that they trusted the news.",
            [("In 2016, just 32% of people told the bank that they trusted the news.", "")],
        ),
        (
            "Ann Lee announced a plan to build 30 schools.",
            [("Ann Lee announced a plan to build 30 schools.", "")],
        ),
        (
            "Jonathan Haidt explains the same habit in his book, “The Righteous Mind.”",
            [("Jonathan Haidt explains the same habit in his book, “The Righteous Mind.”", "")],
        ),
        (
            "Most believe the bridge, according to the senior official.",
            [("Most believe the bridge.", "senior official")],
        ),
        (
            (
                "The statement said both leaders had agreed “to explore by July the conditions for "
                "talks between all parties” - beyond a Sunday deadline announced by Iran."
            ),
            [
                (
                    (
                        "Both leaders had agreed “to explore by July the conditions for talks "
                        "between all parties” - beyond a Sunday deadline announced by Iran."
                    ),
                    "statement",
                )
            ],
        ),
        (
            "Chris Smith of the Herald gushed, “No invention has saved more lives in 24 years.”",
            [("No invention has saved more lives in 24 years.", "Chris Smith")],
        ),
        (
            "Sources close to McConnell say that he acknowledges the politics have shifted in May.",
            [
                (
                    (
                        "Sources close to McConnell say that he acknowledges the politics have "
                        "shifted in May."
                    ),
                    "",
                )
            ],
        ),
        (
            "“Everyone is safe in May,” general secretary for the health service, Ann Lee, said.",
            [("Ann Lee said: Everyone is safe in May.", "Ann Lee")],
        ),
        (
            "Ten men guard the site, and the search will resume, Ann Lee of the service, said.",
            [
                ("Ten men guard the site.", "Ann Lee"),
                ("Ann Lee said: The search will resume.", "Ann Lee"),
            ],
        ),
        (
            (
                "“It’s my understanding that you want 9 men,” reads the letter, a copy of which "
                "was obtained by The Washington Times."
            ),
            [("The letter reads: It’s my understanding that you want 9 men.", "letter")],
        ),
        (
            "The U.S. Geological Survey said there was a 5.9-magnitude tremor.",
            [("There was a 5.9-magnitude tremor.", "The U.S. Geological Survey")],
        ),
        (
            "“Very nice day in Ohio,” Wood said.",
            [("Wood said: Very nice day in Ohio.", "Wood")],
        ),
        (
            "Susan Collins explained why she would be voting for Holm.",
            [("Susan Collins explained why she would be voting for Holm.", "")],
        ),
        (
            "Half of voters say they are disappointed, leaving an opening for Holm.",
            [("Half of voters say they are disappointed, leaving an opening for Holm.", "")],
        ),
        (
            "“This is a threat to 40 men,” an unnamed, senior White House official told us.",
            [
                (
                    "This is a threat to 40 men.",
                    "senior White House official",
                )
            ],
        ),
        (
            "All told, the senator is a pick that cost Holm 40 dollars.",
            [("All told, the senator is a pick that cost Holm 40 dollars.", "")],
        ),
        (
            "Among those who chose, two out of three say they may change their minds.",
            [("Among those who chose, two out of three say they may change their minds.", "")],
        ),
        (
            "He was responding to claims by leaders that the plane had been hit in May.",
            [
                (
                    "He was responding to claims by leaders that the plane had been hit in May.",
                    "",
                )
            ],
        ),
        (
            "A study in the 1990s by UC Berkeley's Franklin Zimring found that Peru has 40 mills.",
            [("Peru has 40 mills.", "Franklin Zimring")],
        ),
        (
            "Polls show that ratings slip in May, Aaron Blake said.",
            [("Polls show that ratings slip in May.", "Aaron Blake")],
        ),
        (
            "The board said the bridge was closed. “There are 40 cracks,” it wrote on Monday.",
            [("The bridge was closed.", "board"), ("There are 40 cracks.", "board")],
        ),
        (
            "Ann Lee said the bridge was closed. “There are 40 cracks,” it wrote on Monday.",
            [
                ("The bridge was closed.", "Ann Lee"),
                ("There are 40 cracks.", "it"),
            ],
        ),
    ],
)
def test_the_claimant_is_who_says_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert _claims(text) == expected


def test_two_who_say_it_are_both_named() -> None:
    text = (
        "Republican presidential candidate Donald Trump and running mate Mike Pence indicated "
        "Saturday that they would fight their election campaign to its conclusion next month."
    )

    assert _claims(text) == [(text, "Donald Trump and Mike Pence")]


def test_a_share_of_people_is_heard_through_the_poll_that_counted_it() -> None:
    text = "A Herald poll found Lee ahead. 45 percent of voters said they would vote for her."

    assert [name for _, name in _claims(text)] == ["Herald", "Herald"]


def test_a_poll_is_of_the_whole_name_of_who_made_it() -> None:
    (claim,) = _claims("Holm lost in May, and a new Morning Consult poll found Lee ahead.")[1:]

    assert claim[1] == "Morning Consult"


def test_a_heading_in_capitals_signs_nothing() -> None:
    text = (
        "The worker left in May. “The site can no longer be used for any test in the North.”\n\n"
        "NUCLEAR CLUB\n\nThe county sold 9 mills in June."
    )

    assert [name for _, name in _claims(text)] == ["", "unnamed", ""]


def test_a_paper_signs_the_quotation_before_its_name() -> None:
    text = "“Senators on Friday announced a bill to make June 19 a holiday this year.” NBC News"

    assert [name for _, name in _claims(text)] == ["NBC News"]


def test_who_is_told_of_in_a_quotation_is_heard_through_the_speaker() -> None:
    text = "“There is a problem. Ann Lee said 40 mills were closed in May,” David Boaz wrote."
    claim = split_article(text).claims[-1]

    assert claim.attribution is not None
    assert (claim.attribution.name, claim.attribution.via) == ("Ann Lee", "David Boaz")


def test_what_is_believed_by_nobody_named_is_hedged() -> None:
    (claim,) = split_article("It is believed the bridge will be the first in 40 years.").claims

    assert claim.attribution is not None
    assert claim.attribution.hedged


def test_a_quotation_with_its_first_mark_the_wrong_way_round_has_a_speaker() -> None:
    text = "“We have the votes,” Manchin said.”If we had 20 percent, this thing would be home.”"

    assert [name for _, name in _claims(text)] == ["Manchin", "Manchin"]


def test_what_the_writer_explains_in_passing_is_the_writers() -> None:
    text = "White House officials said that John Kelly, who took over in May, opposed the plan."

    assert _claims(text) == [
        ("John Kelly opposed the plan.", "White House officials"),
        ("John Kelly took over in May.", ""),
    ]


def test_he_is_not_another_than_the_legislator_who_spoke_last() -> None:
    text = (
        "Scott Walker signed the bill. A person could spend it all on ice, one legislator notes. "
        "“The ice is now on the list, but a bottle of ketchup is not,” he noted."
    )

    assert [name for _, name in _claims(text)] == ["", "legislator", "he"]


def test_according_to_in_a_relative_clause_is_of_that_clause() -> None:
    text = "Many wore the shirts of a party that, according to its website, believes in 40 gods."

    assert _claims(text) == [(text, "")]


def test_another_poll_goes_on_with_no_poll_before() -> None:
    text = (
        "A Herald poll found Lee ahead. Another poll conducted by the Times put estimates at 68% "
        "to 32% against."
    )

    assert [name for _, name in _claims(text)][1] != "Herald"


@pytest.mark.parametrize(
    "sentence",
    [
        "Which it did.",
        "The spokesman Hank Holm told The Post.",
    ],
)
def test_what_asserts_nothing_is_no_claim(sentence: str) -> None:
    assert _claims(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Remember the cold hard reality of May 2017 in Ohio.",
        "And what a perfect gateway it was for Lee’s attempt to sue 40 banks!",
        "The government should ring-fence 150 million dollars for buses in Ohio.",
    ],
)
def test_what_bids_or_exclaims_stays_off_the_desk(sentence: str) -> None:
    *_, claim = split_article(BEFORE + sentence).claims

    assert (claim.kind, claim.desk) == (Kind.OPINION, False)


@pytest.mark.parametrize(
    "sentence",
    [
        "Remember that 40 people died in Ohio in May 2017.",
        "Lee should have told the Senate in May 2017 that 40 people died in Ohio.",
    ],
)
def test_what_is_to_be_remembered_or_was_to_be_done_is_a_claim(sentence: str) -> None:
    *_, claim = split_article(sentence).claims

    assert claim.kind is not Kind.OPINION


def test_a_document_announces_the_quotation_of_the_next_paragraph() -> None:
    text = "The statement issued by the White House said:\n\n“Lee’s life began at 18 in the army.”"

    assert _claims(text) == [("Lee’s life began at 18 in the army.", "White House")]


@pytest.mark.parametrize("name", ["Stone", "Daines"])
def test_he_is_nobody_before_one_whom_the_parser_takes_for_a_body(name: str) -> None:
    text = f"Leonard Williams left in May. {name} said the suit was lost. “They lost,” he said."

    assert [claimant for _, claimant in _claims(text)] == ["", name, "he"]
