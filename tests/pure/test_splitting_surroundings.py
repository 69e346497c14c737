"""Every claim comes with the words around it that tell what it is about."""

import pytest

from claims.splitting.splitter import split_article

FIRST = "Portsea signed a deal with Peru in 2019."


def _read_with(text: str, title: str = "") -> str:
    claim = split_article(text, title=title).claims[-1]
    return claim.read_with(text)


def test_what_is_understood_by_itself_is_read_with_the_sentence_before_all_the_same():
    text = f"{FIRST} Ohio closed 14 schools in May 2016."

    assert not split_article(text).claims[-1].needs_context
    assert _read_with(text) == FIRST


@pytest.mark.parametrize("before", ["It cost 40 million euros.", "All of Ohio is thrilled."])
def test_a_sentence_before_that_tells_little_is_read_with_the_one_before_it(before):
    assert _read_with(f"{FIRST} {before} Ohio closed 14 schools.") == f"{FIRST} {before}"


def test_a_question_before_is_read_as_well():
    before = "Who closed the schools of Ohio in May 2016?"

    assert _read_with(f"{FIRST} {before} Peter Holm led Ohio in those years.") == before


def test_a_part_of_a_sentence_is_read_with_the_rest():
    text = (
        f"{FIRST} Peter Holm closed 14 schools of Ohio in May, "
        "but Anna Berg opened 20 mills in 2017."
    )

    assert _read_with(text) == text


def test_each_word_that_is_left_open_brings_its_sentence():
    text = (
        f"{FIRST} Anna Berg wrote a report on Ohio. The port has a new pier. "
        "Forty boats left the North for Ohio in May. The report says that the deal is dead."
    )

    assert _read_with(text) == (
        f"{FIRST} Anna Berg wrote a report on Ohio. … Forty boats left the North for Ohio in May."
    )


def test_the_headline_is_read_anyway():
    text = f"Portsea closes 14 schools\n\n{FIRST}"

    assert _read_with(text, title="Portsea closes 14 schools") == ""


def test_the_headline_is_not_among_what_tells_who_is_meant():
    title = "The mill and the county"
    text = f"{title}\n\nThe county signed a deal with Peru in May. It cost 40 million euros."

    assert _read_with(text, title=title) == "The county signed a deal with Peru in May."
