"""Paragraphs that a page sets apart as quotations: somebody else speaks there."""

import pytest

from claims.kinds import Placement
from claims.splitting.splitter import split_article

FIRST = "The board closed 40 mills in Ohio in May."
SECOND = "The county sold 9 mills to Peru in June."
AFTER = "The council voted on 3 dams in July."


def _split(*paragraphs, apart):
    text = "\n\n".join(paragraphs)
    ranges = [(text.index(words), text.index(words) + len(words)) for words in apart]
    return split_article(text, apart=ranges)


def _speakers(splitting):
    return [claim.attribution.name if claim.attribution else "" for claim in splitting.claims]


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("Ann Lee wrote on Monday:", "Ann Lee"),
        ("The judge wrote on Monday:", "judge"),
        ("The law is clear in Ohio.", "unnamed"),
    ],
)
def test_who_is_introduced_speaks_all_that_is_set_apart_and_else_somebody_unknown(before, speaker):
    splitting = _split(before, FIRST, SECOND, AFTER, apart=[FIRST, SECOND])

    assert _speakers(splitting)[-3:] == [speaker, speaker, ""]


def test_without_that_the_article_speaks():
    assert set(_speakers(_split("The law is clear in Ohio.", FIRST, AFTER, apart=[]))) == {""}


def test_marks_and_signatures_inside_say_more_than_the_page_does():
    signed = "The board closed 40 mills. — Jon Holm (@jonholm) May 18, 2018"
    splitting = _split(
        "Ann Lee wrote on Monday:",
        f"“{FIRST[:-1]},” Karl Berg said.",
        signed,
        AFTER,
        apart=[signed],
    )

    assert _speakers(splitting)[-3:] == ["Karl Berg", "Jon Holm", ""]


def test_what_is_set_apart_is_placed_as_a_quotation():
    splitting = _split("Ann Lee wrote on Monday:", FIRST, AFTER, apart=[FIRST])

    assert [block.placement for block in splitting.blocks] == [
        Placement.BODY,
        Placement.QUOTATION,
        Placement.BODY,
    ]


def test_plain_text_sets_apart_with_a_mark_before_each_paragraph_of_sentences():
    splitting = _split(
        "Ann Lee wrote on Monday:", f"> {FIRST}", ">", f">> {SECOND}", AFTER, apart=[]
    )

    assert [claim.text for claim in splitting.claims] == [FIRST, SECOND, AFTER]
    assert _speakers(splitting) == ["Ann Lee", "Ann Lee", ""]
    assert [block.placement for block in splitting.blocks].count(Placement.QUOTATION) == 2


def test_behind_what_is_set_apart_the_article_goes_on():
    longer = (
        "The county council of Tarn voted on 3 dams in July, and the mayor did not object to it."
    )
    splitting = _split("Ann Lee wrote on Monday:", f"> {FIRST}", longer, apart=[])

    assert set(_speakers(splitting)[1:]) == {""}


def test_what_a_mark_stands_before_without_a_stop_is_a_link():
    splitting = _split("The law is clear in Ohio.", "> The board closed 40 mills", AFTER, apart=[])

    assert Placement.QUOTATION not in [block.placement for block in splitting.blocks]
