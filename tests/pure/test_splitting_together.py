"""Constructions of which no half says what the whole does: they stay together."""

import pytest

from claims.splitting.splitter import split_article


def _texts(text):
    return [claim.text for claim in split_article(text).claims if claim.desk]


@pytest.mark.parametrize(
    "text",
    [
        (
            "The problem for mill owners, Holm says, arises not because they think towns "
            "shouldn't have rights so much as they think money isn't equal to speech."
        ),
        (
            "Not only did he offer this analysis at least twice, he emphasized the mill "
            "“risk” as an under-reported, highly important point."
        ),
        (
            "The number of mills that aren’t in the county at all has jumped by almost 13 "
            "million to reach 48.6 million — a finding the report’s authors say signals "
            "profound changes in the county."
        ),
        (
            "Abigail Lee wrote the book “Lasting Damage: The Transgender Craze Seducing Our "
            "Daughters” to highlight how the transgender movement is hurting women by trying to "
            "normalize the idea of girls and young women having life-changing surgeries."
        ),
        (
            "Jon Holm is a lying, cheating, philandering owner of mills who denied the sale of "
            "his own firm — oh, that most indelible scourge on the very poor he claimed to "
            "champion."
        ),
    ],
)
def test_halves_of_a_construction_stay_together(text):
    assert [words.replace(", Holm says,", "") for words in _texts(text)] == [
        text.replace(", Holm says,", "")
    ]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Those critics spit out cocktail parties as though these were the fifth and sixth "
            "circles of Dante’s Hell."
        ),
        (
            "Clinton was one-upping the Obama administration's policy of letting illegal "
            "immigrants who claim to be “children” and their parents remain in the United States "
            "indefinitely."
        ),
        (
            "The order establishes the Task Force for Building and Rebuilding Monuments to "
            "American Heroes, which will be empowered to use funding from the Interior Department."
        ),
        (
            "Americans must be prepared for a confrontation with North Korea, whose nuclear "
            "program he deemed an urgent threat."
        ),
    ],
)
def test_what_stands_only_in_its_sentence_stays_there(text):
    assert _texts(text) == [text]


def test_what_is_wished_is_wished_behind_the_and_too():
    text = (
        "“I don’t have any advice to give her on [her politics], except I wish she’d pass it and "
        "we could at least rack up a victory of 40 mills,” Lee said."
    )

    assert len(_texts(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        (
            "After the exchange of fire on Thursday, the US briefly suspended and then started "
            "back up the military exercises."
        ),
    ],
)
def test_what_two_verbs_do_to_one_thing_stays_together(text):
    assert _texts(text) == [text]
