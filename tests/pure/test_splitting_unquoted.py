"""Who speaks where print sets no quotation marks, and what is printed twice."""

import time

import pytest

from claims.splitting.paragraphs import LONGEST, lines_of
from claims.splitting.splitter import split_article
from claims.splitting.unquoted import labels

TALK = """AMY LEE: The council counted 400 dead birds in May.

BO HOLM, engineer: The Tarn dam lost 9 percent of its water in 2019. I have measured it myself.

The repair cost 40 million euros in Ohio alone.

LEE: The county of Ohio closed 14 schools in June.

The Herald was founded in 1901 in Ohio."""


def _said(text):
    return {claim.text: claim.claimant for claim in split_article(text).claims}


def test_a_printed_conversation_names_who_speaks_up_to_the_next_label():
    said = _said(TALK)

    assert said["The council counted 400 dead birds in May."] == "Amy Lee"
    assert said["The Tarn dam lost 9 percent of its water in 2019."] == "Bo Holm"
    assert said["The repair cost 40 million euros in Ohio alone."] == "Bo Holm"
    assert said["The county of Ohio closed 14 schools in June."] == "Amy Lee"


@pytest.mark.parametrize(
    ("asks", "answers", "who"), [("Q", "A", "unnamed"), ("Mr. Hallam", "Bo Holm", "Bo Holm")]
)
def test_an_interview_is_not_the_articles_own_voice(asks, answers, who):
    text = (
        f"{asks}: How many birds died in May?\n{answers}: The council counted 400 dead birds.\n"
        f"{asks}: And the dam?\n{answers}: The Tarn dam lost 9 percent of its water in 2019."
    )
    assert _said(text)["The Tarn dam lost 9 percent of its water in 2019."] == who


def test_two_names_that_ask_nothing_are_headings():
    text = "Ohio: It rose by 4%.\nUtah: It fell by 3%.\n" * 2
    assert labels(text.split("\n")) == {}


def test_behind_the_last_label_the_article_may_speak_again():
    assert _said(TALK)["The Herald was founded in 1901 in Ohio."] == ""


def test_pieces_of_conversations_strewn_over_an_article_are_no_turns():
    own = "\n\n".join(f"The county of Ohio closed {n} schools in June." for n in range(2, 7))
    text = "\n\n".join(
        f"{name}: The dam lost {n} percent.\n\n{own}"
        for n, name in enumerate(("REPORTER", "LEE", "REPORTER"), 2)
    )
    said = _said(text)

    assert said["The dam lost 3 percent."] == "Lee"
    assert said["The county of Ohio closed 4 schools in June."] == ""


def test_who_says_i_in_a_conversation_is_named():
    assert "Bo Holm said: I have measured it myself." in _said(TALK)


@pytest.mark.parametrize(
    "text",
    [
        "AMY LEE: The council counted 400 dead birds in May.\n\nBO HOLM: The dam lost 9 percent.",
        "FIGURES: The dam lost 9 percent.\n\nCOSTS: It cost 40 euros.\n\nSCHOOLS: Ohio shut 14.",
    ],
    ids=["two turns", "nobody speaks twice"],
)
def test_other_words_in_capitals_are_headings(text):
    assert set(_said(text).values()) == {""}


def test_a_post_is_said_by_who_signs_it():
    text = (
        "Ann Lee answered the council in Ohio on Thursday.\n\n"
        "The Tarn dam lost 9 percent of its water in 2019. — Ann Lee (@annlee) January 18, 2020"
    )

    assert _said(text)["The Tarn dam lost 9 percent of its water in 2019."] == "Ann Lee"


def test_a_post_printed_below_its_quotation_is_one_claim():
    text = (
        "“The Tarn dam lost 9 percent of its water in 2019,” Ann Lee wrote.\n\n"
        "The Tarn dam lost 9 percent of its water in 2019. The repair cost 40 million euros."
    )
    found = split_article(text)

    assert [claim.text for claim in found.claims] == [
        "The Tarn dam lost 9 percent of its water in 2019.",
        "The repair cost 40 million euros.",
    ]
    assert [dropped.why for dropped in found.dropped] == ["repeated"]


def test_a_few_words_may_be_said_twice():
    text = "“The dam lost water,” Ann Lee wrote in May.\n\nThe dam lost water. It cost 40 euros."

    assert len(split_article(text).claims) == 3


def test_a_line_that_begins_small_goes_on_with_the_sentence_before():
    text = (
        "The council should have told Ann Lee of Ohio in May that it\n\n"
        "closed 14 schools in the county in 2019.\n\nThe dam lost water in June 2019."
    )
    found = split_article(text)

    assert found.claims[0].quote == text[: text.index("\n\nThe dam")]


def test_the_items_of_a_list_are_no_sentence():
    text = (
        "The council of Ohio would do three things in May 2019:\n\nraise taxes on the very rich\n\n"
        "cut its deficit by 40 percent"
    )

    assert [claim.quote for claim in split_article(text).claims] == [text.partition("\n")[0]]


def test_many_broken_lines_and_labels_take_time_in_proportion_to_their_number():
    began = time.process_time()

    text = "The council of Ohio said it" + "\n\nclosed the dam" * 50_000
    assert len(list(lines_of(text))) <= len(text) // LONGEST + 1
    assert (
        len(
            labels(
                [f"SPEAKER {'A' * (n % 40 + 2)}{'B' * (n // 40 % 40)}: Yes." for n in range(50_000)]
            )
        )
        == 50_000
    )

    assert time.process_time() - began < 5


HOUSE = """Mr. Burgon: What is he doing? Waiting lists stand at 7.6 million.

The Minister for Health (Mr. Stephen Barclay): The waiting list fell by 120,000 in May.

Ms Jane Dodds (Mid Wales) (LD): Powys lost 40 hospital beds in May.

Mr. Barclay: The Government built three hospitals in 2022.

The Prime Minister: Inflation fell to 6.8% in July."""


def test_the_record_of_a_parliament_names_who_speaks():
    said = _said(HOUSE)

    assert said["Waiting lists stand at 7.6 million."] == "Burgon"
    assert said["The waiting list fell by 120,000 in May."] == "Stephen Barclay"
    assert said["Powys lost 40 hospital beds in May."] == "Jane Dodds"
    assert said["The Government built three hospitals in 2022."] == "Stephen Barclay"
    assert said["Inflation fell to 6.8% in July."] == "The Prime Minister"


CHECK = """CLAIM: Sweden has banned cash payments in all shops.

THE FACTS: Sweden has not banned cash.

What was claimed

A man in Stockholm was fined 500 kronor for paying with coins.

Our verdict

Police in Stockholm fined nobody in 2023 for paying with coins."""


def test_what_a_fact_check_checks_is_said_by_somebody_else():
    said = _said(CHECK)

    assert said["Sweden has banned cash payments in all shops."] == "unnamed"
    assert said["A man in Stockholm was fined 500 kronor for paying with coins."] == "unnamed"
    assert said["Sweden has not banned cash."] == ""
    assert said["Police in Stockholm fined nobody in 2023 for paying with coins."] == ""
