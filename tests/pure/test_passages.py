"""How a document is cut into passages and sentences."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.passages import LONGEST, digest, passages, sentences


def texts_of(spans, text):
    return [text[start:end] for start, end in spans]


def cut(text):
    return texts_of(passages(text), text)


def split(text, language="en"):
    return texts_of(sentences(text, language), text)


def words(count, word="word"):
    """One sentence of so many words."""
    return " ".join(["Some", *[word] * (count - 1)]) + "."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Hart met Dr. Lo. They left.", ["Mr. Hart met Dr. Lo.", "They left."]),
        ("J. K. Rowling wrote it. It sold.", ["J. K. Rowling wrote it.", "It sold."]),
        ("Rates rose 4.5% in 2023. They fell.", ["Rates rose 4.5% in 2023.", "They fell."]),
        ("The U.S. Senate voted. It passed.", ["The U.S. Senate voted.", "It passed."]),
        ("He moved to the U.S. The house stayed.", ["He moved to the U.S.", "The house stayed."]),
        ("He met the U.S. President at 5 p.m. Monday.", None),
        ("He sued Acme Inc. The court agreed.", ["He sued Acme Inc.", "The court agreed."]),
        ("He sued Acme Inc. Chairman Bo Lee.", None),
        (
            "It is No. 10 of 12. He voted no. She left.",
            ["It is No. 10 of 12.", "He voted no.", "She left."],
        ),
        ("On Jan. 5 it rained.", None),
        ("“It is over.” Nobody spoke.", ["“It is over.”", "Nobody spoke."]),
        (
            "“Is it over?” Hart asked. “Yes!” she said.",
            ["“Is it over?” Hart asked.", "“Yes!” she said."],
        ),
        ("“Is it over?” he asked.", None),
        ("He shouted “No!” and left.", None),
        ("They didn't. Today they do.", ["They didn't.", "Today they do."]),
        ("Wait... He is here.", ["Wait...", "He is here."]),
        ("1. First point. 2. Second point.", ["1. First point.", "2. Second point."]),
        ("(It failed.) Then it worked.", ["(It failed.)", "Then it worked."]),
        ("他来了。她走了！", ["他来了。", "她走了！"]),
        ("One line\nAnother line", ["One line", "Another line"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, expected):
    assert split(text) == ([text] if expected is None else expected)


def test_german_ordinals_and_abbreviations_do_not_end_a_sentence():
    text = "Am 3. Oktober sprach Dr. Kern z. B. Kurz. Danach schwieg er."
    assert split(text, "de") == ["Am 3. Oktober sprach Dr. Kern z. B. Kurz.", "Danach schwieg er."]


def test_a_paragraph_wrapped_at_a_fixed_width_is_one_paragraph():
    text = (
        "The committee told reporters on Monday that President\nHart had signed the order and that "
        "it would soon\ntake effect. Nobody in the capital was surprised by\nthe news."
    )
    assert len(split(text)) == 2
    assert cut(text) == [text]


def test_a_passage_ends_with_a_paragraph_where_it_can():
    text = "\n\n".join([words(30), words(25), words(30), words(30)])
    assert [len(passage.split()) for passage in cut(text)] == [55, 60]


def test_a_long_paragraph_is_cut_between_sentences_into_passages_of_a_length():
    assert [len(passage.split()) for passage in cut(" ".join([words(20)] * 10))] == [60, 60, 80]


def test_the_short_end_of_a_section_joins_the_passage_before_it():
    assert len(cut("\n\n".join([words(50), words(10)]))) == 1


def test_a_sentence_too_long_for_any_passage_is_cut_after_a_clause():
    text = " ".join(["and they said so"] * 12) + ", " + " ".join(["but nobody did"] * 23) + "."
    first, second = cut(text)
    assert first.endswith("so,")
    assert second.startswith("but")


def test_a_heading_begins_a_passage_and_is_never_crossed():
    text = "\n\n".join(["How it began", words(50), "What the law says", words(50)])
    first, second = cut(text)
    assert first.startswith("How it began")
    assert second.startswith("What the law says")


def test_a_short_question_between_paragraphs_is_a_heading():
    text = "\n\n".join([words(20), "How long is it?", words(50)])
    assert cut(text)[1].startswith("How long is it?")


@pytest.mark.parametrize(
    "line",
    [
        "https://news.example/2020/story.html",
        "READ MORE: Loudspeakers return to the border",
        "Advertisement",
        "Share on Facebook",
        "Sign up for our daily newsletter",
        "Copyright © 2020 The Example Times.",
        "Follow Anna Hart on Twitter @annahart",
        "People in Seoul protesting (Image: EXAMPLE)",
        "Image copyright Example Image caption The minister in May",
        "* * *",
    ],
)
def test_lines_that_only_serve_the_page_belong_to_no_passage(line):
    text = "\n\n".join([words(50), line, words(50)])
    assert cut(text) == [words(50), words(50)]


def test_headlines_of_other_pages_after_read_more_belong_to_no_passage():
    text = "\n\n".join(
        [
            words(50),
            "READ MORE:",
            "Loudspeakers return to the border",
            "Leader in shock move",
            words(50),
        ]
    )
    assert cut(text) == [words(50), words(50)]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell by 4%.",
        "Related costs rose, the ministry said.",
        "Watch out.",
        "Copyright law changed in May, he said.",
        "Reuters reported it first.",
    ],
)
def test_sentences_that_begin_like_a_button_are_kept(line):
    text = "\n\n".join([words(50), line, words(50)])
    assert line in " ".join(cut(text))


def test_a_script_without_spaces_is_measured_in_characters():
    text = "这是一个关于边境扬声器的句子。" * 30
    lengths = [len(passage) for passage in cut(text)]
    assert sum(lengths) == len(text)
    assert max(lengths) <= LONGEST + 10


PIECES = st.one_of(
    st.sampled_from(
        [
            "word",
            "Mr.",
            "U.S.",
            "ended.",
            "“Why?”",
            "READ MORE:",
            "4.5%",
            "\n",
            "\n\n",
            "。",
            "Advertisement",
        ]
    ),
    st.text(max_size=12),
)
DOCUMENTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=400).map(" ".join))


@given(DOCUMENTS)
def test_spans_are_in_order_inside_the_text_apart_and_without_space_at_their_ends(text):
    for spans in (passages(text), sentences(text)):
        end = 0
        for span in spans:
            assert end <= span.start < span.end <= len(text)
            assert not text[span.start].isspace()
            assert not text[span.end - 1].isspace()
            end = span.end


@given(DOCUMENTS)
def test_every_word_is_in_exactly_one_sentence(text):
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@given(st.lists(st.lists(st.integers(1, 130), min_size=1, max_size=5), max_size=8))
def test_every_word_of_running_text_is_in_exactly_one_passage_of_bounded_length(paragraphs):
    text = "\n\n".join(" ".join(words(n) for n in paragraph) for paragraph in paragraphs)
    found = cut(text)
    assert " ".join(found).split() == text.split()
    assert all(len(passage.split()) <= LONGEST for passage in found)


@given(DOCUMENTS)
def test_a_line_is_left_out_as_a_whole_or_not_at_all(text):
    covered = {place for start, end in passages(text) for place in range(start, end)}
    for line in re.finditer(r"[^\n]+", text):
        words = [place for place in range(*line.span()) if not text[place].isspace()]
        assert len(covered.intersection(words)) in {0, len(words)}


@pytest.mark.parametrize(
    "text",
    [
        "." * 200_000,
        "Mr. " * 50_000,
        '."' * 100_000,
        "a" * 200_000,
        "\n" * 200_000,
        " \n" * 100_000,
        "((" * 99_999,
    ],
    ids=["stops", "abbreviations", "quotes", "one word", "newlines", "blank lines", "brackets"],
)
def test_hostile_text_takes_time_in_proportion_to_its_length(text):
    began = time.process_time()
    passages(text)
    assert time.process_time() - began < 2


def test_digests_are_equal_when_the_words_are():
    assert digest("One two\n\nthree") == digest(" One two three ")
    assert digest("One two") != digest("One Two")
    assert digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
