import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.splitting import Kind, NothingToSplit
from claims.splitting.splitter import split_article

_STRANGE = st.sampled_from(
    ["\r\n", "\t", "\u00a0", "\u2028", "“", "”", "’", "e\u0301", "\U0001f600", "\ud800", "…", " "]
)
_PROSE = st.sampled_from(
    [
        "The council raised the fee to 12 euros on Monday.",
        "“Nobody asked us,” said Anna Berg, who runs the ferry.",
        "Crime fell by 4 percent, according to the ministry.\n\n",
        "READ MORE:\nA headline that is not ours",
        "She left. He stayed?",
        "(Photo: REUTERS)\n",
        "x",
    ]
)


@given(st.lists(st.one_of(_PROSE, _STRANGE, st.text(max_size=12)), max_size=14).map("".join))
@settings(max_examples=120, deadline=None)
def test_every_claim_stands_at_its_exact_place_in_any_text(text):
    try:
        found = split_article(text)
    except NothingToSplit:
        return
    for claim in found.claims:
        assert text[claim.start : claim.end] == claim.quote
        assert claim.quote
        assert 0 <= claim.check_worthiness <= 1
        assert all(0 <= start < end <= len(text) for start, end in claim.surroundings)
    for part in (*found.dropped, *found.blocks):
        assert 0 <= part.start < part.end <= len(text)


@pytest.mark.parametrize("text", ["", "   \n\t ", "Photo: Getty Images", "Why?"])
def test_a_text_without_a_sentence_is_refused_with_advice(text):
    with pytest.raises(NothingToSplit, match="words of the article"):
        split_article(text)


def test_lines_wrapped_by_hand_are_one_paragraph():
    text = (
        "The harbour authority said on Tuesday that it would close the old\n"
        "northern pier for nine months, because inspectors had found rust in\n"
        "more than forty of its steel columns and no ship may land there."
    )
    claims = split_article(text).claims

    assert len(split_article(text).blocks) == 1
    assert "\n" in claims[0].quote
    assert "\n" not in claims[0].text


def test_the_headline_is_found_by_its_title_and_gives_a_claim():
    text = "Ferry fees rise by a third\n\nThe council raised the fee to 12 euros on Monday."
    found = split_article(text, title="Ferry fees rise by a third")

    assert [block.placement for block in found.blocks] == ["headline", "body"]
    assert found.claims[0].quote == "Ferry fees rise by a third"


def test_opinions_and_predictions_are_kept_off_the_desk():
    text = (
        "The council raised the ferry fee to 12 euros on Monday. "
        "What a shameful way to treat the people we love."
    )
    first, second = split_article(text).claims

    assert first.desk
    assert (second.kind, second.desk) == (Kind.OPINION, False)
    assert first.check_worthiness > second.check_worthiness
    assert {"number", "date"} <= set(first.reasons)
