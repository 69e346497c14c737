"""Copied words are found at their exact place, or not at all."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sources.locating import Words


def found(text, copied):
    place = Words(text).find(copied)
    return None if place is None else text[slice(*place)]


def test_words_are_found_as_they_are():
    assert found("Rents rose. Taxes fell.", "Taxes fell.") == "Taxes fell."


def test_marks_blanks_and_composed_letters_make_no_difference():
    text = "The “old  café” – Zoe\u0301’s –\nhas\u00a0closed…"
    assert found(text, '"old café" - Zoé\'s - has closed...') == text[4:]


def test_marks_around_the_copy_make_no_difference():
    assert found("He said the price rose on Monday.", '"the price rose..."') == "the price rose"


def test_what_nobody_sees_makes_no_difference():
    assert found("The un\u00adem\u200bployed marched.", "unemployed") == "un\u00adem\u200bployed"


def test_no_word_is_found_inside_another_and_no_letter_without_its_accent():
    assert found("The price rose.", "rice rose") is None
    assert found("The price rose.", "The pric") is None
    assert found("Cafe\u0301 owners", "Cafe") is None
    assert found("It took ½ a day", "It took 1") is None
    assert found("price, rice", "rice") == "rice"


def test_scripts_without_blanks_are_found_inside_a_line():
    assert found("大坝于五月开放。", "五月开放") == "五月开放"


def test_no_words_are_nowhere():
    assert [found("Rents rose.", copied) for copied in ("", " ", "...", "\u200b")] == [None] * 4


@given(st.text(max_size=60), st.text(max_size=20))
def test_whatever_is_found_says_the_same(text, copied):
    plain = found(text, copied)
    if plain is not None:
        assert plain.strip()

        def letters(words):
            return [c for c in unicodedata.normalize("NFKD", words) if c.isalnum()]

        assert letters(plain) == letters(copied)


@given(st.lists(st.sampled_from(["café", "“so”", "co-op", "5%", "Zoe\u0301", "½"]), min_size=3))
def test_every_run_of_whole_words_is_found_where_it_reads_the_same(words):
    text = "  ".join(words)
    copied = unicodedata.normalize("NFC", " ".join(words[1:]).replace("“", '"').replace("”", '"'))
    assert found(text, copied) is not None
