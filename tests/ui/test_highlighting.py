"""Where an article's words are marked, whatever spans there are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.highlighting import Span, blocks_of, found_in, segments

TEXT = "Kim 김정은 met “them” 🎈 on Monday.\n\nNobody saw it."


@st.composite
def spans(draw):
    places = st.integers(0, len(TEXT))
    found = draw(st.lists(st.tuples(places, places), max_size=8))
    return [Span(min(pair), max(pair), key) for key, pair in enumerate(found) if pair[0] != pair[1]]


@given(spans(), st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_segments_are_the_text_with_each_character_under_exactly_its_spans(spans, one, other):
    start, end = min(one, other), max(one, other)
    cut = segments(TEXT, start, end, spans)
    assert "".join(segment.text for segment in cut) == TEXT[start:end]
    for segment in cut:
        for place in range(segment.start, segment.start + len(segment.text)):
            over = {span.key for span in spans if span.start <= place < span.end}
            assert set(segment.keys) == over


@given(spans())
def test_each_span_begins_in_one_segment(spans):
    cut = segments(TEXT, 0, len(TEXT), spans)
    assert sorted(key for segment in cut for key in segment.begins) == [s.key for s in spans]


def test_the_shortest_of_overlapping_spans_comes_last():
    cut = segments(TEXT, 0, 10, [Span(2, 5, 1), Span(0, 10, 2)])
    assert [segment.keys for segment in cut] == [(2,), (2, 1), (2,)]


def test_a_span_that_begins_before_the_block_marks_it_but_does_not_begin_in_it():
    cut = segments("One. Two.", 5, 9, [Span(0, 9, 1)])
    assert [(segment.text, segment.keys, segment.begins) for segment in cut] == [("Two.", (1,), ())]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5))
def test_blocks_hold_every_word_once(pairs):
    stored = [(min(pair), max(pair), "body") for pair in pairs]
    held = [place for block in blocks_of(TEXT, stored) for place in range(block.start, block.end)]
    assert len(held) == len(set(held))
    assert {p for p, letter in enumerate(TEXT) if not letter.isspace()} <= set(held)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("oats   left", "oats\n left"),  # from inside a word, however it is spaced
        ("boats left the", None),
        ("One b", "One  b"),
        ("Two boats", None),  # stands there twice
        ("once. Two boats", "once.\n\nTwo boats"),
        (".*", None),
    ],
)
def test_words_are_found_where_they_stand_once(quote, found):
    text = "One  boats\n left at once.\n\nTwo boats came. Two boats sank."
    place = found_in(text, quote, "", "")
    assert (place and text[slice(*place)]) == found


def test_words_between_stored_blocks_are_body_text():
    text = "Title\n\nForgotten.\n\nLast."
    blocks = blocks_of(text, [(0, 5, "headline"), (19, 24, "caption")])
    assert [(text[b.start : b.end], str(b.placement)) for b in blocks] == [
        ("Title", "headline"),
        ("Forgotten.", "body"),
        ("Last.", "caption"),
    ]
