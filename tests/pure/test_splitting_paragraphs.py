"""A text without line ends is read in pieces."""

from claims.splitting.paragraphs import LONGEST, lines_of
from claims.splitting.splitter import split_article

SENTENCE = "The mayor of Tarn said in May that {} ships had left the harbour."


def test_a_text_without_line_ends_is_cut_between_sentences():
    text = " ".join(SENTENCE.format(number) for number in range(300))
    pieces = [text[start:end] for start, end in lines_of(text)]
    assert len(text) > 3 * LONGEST
    assert max(map(len, pieces)) <= LONGEST
    assert " ".join(pieces) == text
    assert all(piece.startswith("The mayor") and piece.endswith("harbour.") for piece in pieces)


def test_what_has_no_sentences_is_cut_all_the_same_and_nothing_is_lost():
    text = "x" * (2 * LONGEST + 7)
    assert list(lines_of(text)) == [
        (0, LONGEST),
        (LONGEST, 2 * LONGEST),
        (2 * LONGEST, 2 * LONGEST + 7),
    ]


def test_claims_stand_where_they_are_printed_behind_a_cut():
    text = " ".join(SENTENCE.format(number) for number in range(200))
    claims = split_article(text).claims
    assert len(claims) == 200
    assert all(text[claim.start : claim.end] == claim.quote for claim in claims)
    assert "199 ships" in claims[-1].quote
