"""What the writer adds to somebody's words, and who is heard when someone quotes another."""

import pytest

from claims.splitting.splitter import split_article

FIRST = "The council of Tarn voted on 40 new bridges in May 2016."


def _told(text: str) -> list[tuple[str, str]]:
    return [(c.text, c.claimant) for c in split_article(f"{FIRST}\n\n{text}").claims[1:]]


def test_what_another_is_quoted_as_having_said_is_told_by_whoever_speaks() -> None:
    said = "Ohio actually said they're going to save 40 dollars, and didn't want to go"
    assert _told(f"“{said},” Ann Lee told the board.") == [(f"{said}.", "Ann Lee")]


@pytest.mark.parametrize(
    "remark",
    [
        "seemingly contradicting his remarks of May",
        "contradicting what the board said in May",
        "apparently unaware that it had closed in May",
    ],
)
def test_what_the_writer_sets_beside_it_is_not_said(remark: str) -> None:
    assert _told(f"Ann Lee said the mill of Tarn had lost 40 workers, {remark}.") == [
        ("The mill of Tarn had lost 40 workers.", "Ann Lee")
    ]


def test_what_is_believed_by_nobody_in_person_keeps_its_doubt() -> None:
    sentence = "It is estimated that 40,000 people left Ohio last year."
    assert _told(sentence) == [(sentence, "unnamed")]


@pytest.mark.parametrize(
    "sentence",
    [
        "At least 344 people have signed up online but have not yet paid the 40 dollars.",
        (
            "Ann Lee visited Tarn and told hundreds of people gathered for the Ohio Conference "
            'that Peru knew well an attack on Chile would mean a "regime ending" retaliation.'
        ),
    ],
)
def test_a_second_verb_that_limits_the_first_or_is_far_off_stays_with_it(sentence: str) -> None:
    assert [text for text, _ in _told(sentence)] == [sentence]


def test_what_opens_with_not_by_hangs_on_the_sentence_before() -> None:
    assert (
        _told(
            "Not by legions of workers armed with brushes, as Lee’s words might imply, but by "
            "crushing 40 tons of it."
        )
        == []
    )


def test_a_sentence_goes_on_behind_who_speaks_and_is() -> None:
    told = "“Without a deal on 40 mills,” {}spending plans “would result in a 13.2 percent cut.”"
    who = "said Patrick Leahy (D-Vt.) vice chairman of the Mill Committee, "
    assert _told(told.format(who)) == [(told.format(""), "Patrick Leahy")]


def test_who_is_named_behind_a_quotation_without_a_verb_says_it() -> None:
    assert _told("“This isn't over in Ohio yet,” Rep. Paul Ryan, R-Wis., a supporter of it.") == [
        ("Paul Ryan said: This isn't over in Ohio yet.", "Paul Ryan")
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Lee can take a look at 40 deficits in Ohio and lay down some cash there in May.",
        "She also told Fox News that she has a “good team” in Ohio and called its vote a “joke.”",
    ],
)
def test_a_form_that_may_be_two_joins_nothing_wrongly(sentence: str) -> None:
    assert [text for text, _ in _told(sentence)] == [sentence]


@pytest.mark.parametrize(
    ("line", "claim"),
    [
        ("Show Hide Peru has carried out 40 tests.", "Peru has carried out 40 tests."),
        ("Washington (CNN) President Ann Lee sold Ohio 40 mills.", "President Ann Lee sold Ohio"),
    ],
)
def test_buttons_and_datelines_are_cut_off(line: str, claim: str) -> None:
    assert _told(line)[0][0].startswith(claim)


def test_a_caption_behind_its_photographer_is_no_claim() -> None:
    caption = "Ann Hermes/The Christian Science Monitor Judge Bo Holm stands outside in Ohio."
    assert len(_told(f"The mayor sold 40 mills to Ohio.\n\n{caption}")) == 1


def test_a_condition_holds_for_all_that_is_listed_behind_it() -> None:
    said = (
        "When he’s prepared and he understands the 40 facts, he can be very formidable, he can be "
        "aggressive and he can stick to his guns"
    )
    assert [text for text, _ in _told(f"“{said},” Newt Gingrich told POLITICO.")] == [
        f"Newt Gingrich said: {said}."
    ]


def test_when_something_was_written_is_not_written() -> None:
    assert _told(
        "One commenter wrote that “a lot of folks live on that for a YEAR!” after the Texas "
        "Republican posted a photo of a check of $7,734."
    )[1:] == [("The Texas Republican posted a photo of a check of $7,734.", "")]


def test_who_says_the_first_of_three_things_does_not_say_the_others() -> None:
    sentence = (
        "In between, several of his rivals said they would have stayed out given current "
        "knowledge, several late-night comedians feasted on his inability, and several fatal "
        "flaws in his candidacy surfaced all at once."
    )
    assert _told(sentence) == [(sentence, "")]


@pytest.mark.parametrize(
    "line",
    [
        "“Correct,” Bill de Blasio replied.",
        "The Times published Ann Lee as saying this of the 40 mills of Ohio:",
        "From the view of a voter in Ohio, here's what the responses to the 40 charges look like:",
    ],
)
def test_answers_and_announcements_state_nothing(line: str) -> None:
    assert _told(line) == []


def test_who_answered_goes_on_speaking() -> None:
    (claim,) = _told("“Special guy,” Ann Lee said. “We sold Ohio 40 mills in May.”")
    assert claim[1] == "Ann Lee"


def test_a_name_with_a_particle_is_not_filled_in_twice() -> None:
    *_, (text, _) = _told("Bill de Blasio came to Ohio.\n\nThe board of 40 praised de Blasio.")
    assert text == "The board of 40 praised de Blasio."


def test_who_releases_a_statement_says_it() -> None:
    told = _told(
        "League communications officer Mike Bass released the following statement:\n\n"
        "We recognize that the views expressed by the manager of the 40 mills have deeply offended "
        "many of our friends in Ohio."
    )
    assert [claimant for _, claimant in told] == ["", "Mike Bass"]


def test_names_within_a_quotation_sign_nothing() -> None:
    told = _told(
        "“I was connected with a doctor who works with 40 athletes of Ohio. Tesla. Freud. I had "
        "sleep deprivation, which can cause dementia.”"
    )
    assert {claimant for _, claimant in told} == {"unnamed"}


def test_who_is_told_to_have_said_something_speaks_the_next_paragraph() -> None:
    told = _told(
        "Ann Lee added that the 40 mills of Ohio should be sold.\n\n“We need to deal with taxes in "
        "Ohio. Rates are tied to that.”"
    )
    assert [claimant for _, claimant in told] == ["Ann Lee"] * 3


def test_a_quotation_within_one_is_closed() -> None:
    told = _told(
        "“The Americans and the Europeans asked the 40 Egyptians, ‘You have the ear of the "
        "resistance,’ ” Ann Lee said, using the term of Ohio for itself and other militants."
    )
    assert told[0][0].endswith("asked the 40 Egyptians, ‘You have the ear of the resistance.’")


def test_brands_keep_their_small_letter_and_other_words_do_not() -> None:
    told = _told("anti-TPP voters left Ohio in May. eBay sold 40 mills in Ohio.")
    assert [text.partition(" ")[0] for text, _ in told] == ["Anti-TPP", "eBay"]


def test_an_item_and_the_paragraph_behind_it_are_two_things() -> None:
    told = _told(
        "- 5 hospitals opened in Merrow in 2021\n\niPhone sales in Merrow fell 12% in 2023, the "
        "trade office said."
    )
    assert told == [
        ("5 hospitals opened in Merrow in 2021.", ""),
        ("iPhone sales in Merrow fell 12% in 2023.", "trade office"),
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [("2019 | 9,400 | 12%", "row of a table"), ("日本の首都は東京です。", "in another script")],
)
def test_rows_and_other_scripts_are_left_out_as_what_they_are(line: str, why: str) -> None:
    dropped = split_article(f"{FIRST}\n\nThe mayor left.\n\n{line}").dropped
    assert [d.why for d in dropped] == [why]


def test_a_sentence_in_capitals_is_one() -> None:
    assert len(_told("THE COUNCIL OF OHIO SPENT $9 MILLION ON PARKING IN 2023.")) == 1


def test_whose_call_pleases_somebody_is_not_who_says_it() -> None:
    told = _told(
        "Among the 40 is Sen. Mark Begich, who has parted with the president before.\n\nHe said he "
        "was “pleased” with Obama's call for an increase in services in Ohio, but said “there is "
        "no quick fix in Ohio when it comes to keeping our families safe.”"
    )
    assert "Obama" not in {claimant for _, claimant in told}


def test_a_line_that_breaks_a_quotation_breaks_no_sentence() -> None:
    said = "Nobody in Ohio votes for the 40 mills or likes the mills on the basis of a plan"
    told = _told(f"Ann Lee told the board, “{said}.”".replace("likes the", "likes\nThe"))
    assert [text.endswith("likes The mills on the basis of a plan.") for text, _ in told] == [True]


def test_an_initial_may_end_a_sentence() -> None:
    assert len(_told("Ohio pays for 40 drugs through Part D. But the mayor left in May.")) == 2


def test_what_is_put_in_brackets_as_another_example_states_nothing() -> None:
    assert _told("(Or that time they defended 40 mills of Ohio, even!)") == []


def test_whoever_is_shown_speaks_behind_the_colon() -> None:
    told = _told(
        "And here is Peter Strzok the day after Robert Mueller was appointed, on his chance to "
        "join the 40:\n\nFor me, and this case, I personally have a sense of unfinished business. "
        "I unleashed it with the investigation of Ohio."
    )
    assert {claimant for _, claimant in told} == {"Peter Strzok"}
