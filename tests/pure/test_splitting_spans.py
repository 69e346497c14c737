"""What is kept of a paragraph is what spaCy would find in each of its stretches."""

from hypothesis import given
from hypothesis import strategies as st

from claims.splitting.grammar import LONGEST
from claims.splitting.language import parsed
from claims.splitting.spans import entities, entity_of, is_in_quotation, noun_chunks
from claims.splitting.splitter import split_article

(DOC,) = parsed(
    [
        (
            "Ann Lee, the mayor of Tarn, told the Ohio Herald on Monday that “the dam is closed.” "
            "Bo Holm, 59, of the Lake Board said: “We sold 40 ships in May,” and left for Peru."
        )
    ]
)
PLACES = st.integers(0, len(DOC))


@given(PLACES, PLACES)
def test_names_and_noun_phrases_of_a_stretch(one, other):
    stretch = DOC[min(one, other) : max(one, other)]
    assert entities(stretch) == list(stretch.ents)
    assert noun_chunks(stretch) == list(stretch.noun_chunks)


def test_each_word_knows_its_name_and_whether_it_is_quoted():
    for token in DOC:
        assert entity_of(token) == next((e for e in DOC.ents if token in e), None)
        assert is_in_quotation(token) == (DOC[: token.i].text.count('"') % 2 == 1)


def test_a_sentence_nobody_prints_stays_whole():
    listed = " and ".join(f"the {n} dams of Ohio" for n in range(90))
    text = f"Ann Lee said in May that the council closed {listed}."
    assert len(next(parsed([text]))) > LONGEST

    (claim,) = split_article(text).claims

    assert (claim.text, claim.attribution) == (text, None)
