"""Which sentences of a text somebody tells, however they are named there."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.tellers import quoted_parts, speaker, told_by


def told(text, claimant, described_as="", texts=()):
    of = speaker(claimant, described_as, texts=texts)
    return [text[slice(*span)] for span in sorted(told_by(text, of))]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Lee said the dam leaks.",
        "The dam leaks, according to Lee.",
        "“The dam leaks,” said Ms. Lee.",
        "Lee, the head of the water board of the county, said the dam leaks.",
        "Lee tweeted that the dam leaks.",
        "It ran counter to Lee’s claim that the dam leaks.",
        "In a statement from Ann Lee, the dam is said to leak.",
    ],
)
def test_a_name_beside_what_tells_or_holds_something_tells_the_sentence(sentence):
    assert told(sentence, "Ann Lee") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Bob Ray said Lee was wrong.",
        "The dam leaks.",
        "Lee left the dam.",
        "“Lee said so,” Bob Ray wrote.",
    ],
)
def test_what_others_say_or_nobody_is_not_hers(sentence):
    assert told(sentence, "Ann Lee") == []


def test_he_and_she_mean_who_was_named_last():
    text = "Ann Lee met Bob Ray. She said it leaks. Carl Orr said it was dry. He said it was old."
    assert told(text, "Ann Lee") == ["She said it leaks."]
    assert told(text, "Carl Orr") == ["Carl Orr said it was dry.", "He said it was old."]


def test_she_means_nobody_who_was_named_long_ago():
    rain = "It rained. It snowed. It was hot. The sun shone. "
    assert told(f"Ann Lee came. {rain}She said it leaks.", "Ann Lee") == []


def test_every_sentence_of_a_quotation_is_told_by_whose_it_is():
    text = "“The dam leaks. It is old,” Lee said. “It was never mended.” It rained."
    assert told(text, "Ann Lee") == [
        "“The dam leaks.",
        "It is old,” Lee said.",
        "“It was never mended.”",
    ]


def test_a_quotation_goes_on_over_paragraphs():
    text = "“The dam leaks,” Lee said.\n\n“It is old.\n\n“Nobody mended it.”\n\nIt rained."
    assert told(text, "Ann Lee")[1:] == ["“It is old.", "“Nobody mended it.”"]


def test_a_quotation_that_somebody_else_is_named_beside_is_not_hers():
    text = "Lee was asked about it. “The dam leaks,” Bob Ray said."
    assert told(text, "Ann Lee") == []


def test_a_title_means_who_bears_it_in_these_texts():
    text = "The mayor said the dam leaks."
    assert told(text, "Ann Lee", "Mayor") == [text]
    assert told(text, "Ann Lee", texts=["Mayor Ann Lee spoke on Monday."]) == [text]
    assert told(text, "Ann Lee") == []


def test_a_title_that_others_bear_too_means_who_was_named_last():
    both = "Mayor Ann Lee met Mayor Carl Orr of Northford."
    text = "The mayor said the dam leaks."
    assert told(text, "Ann Lee", "Mayor", texts=[both]) == []
    assert told(f"Lee came. {text}", "Ann Lee", "Mayor", texts=[both]) == [text]


def test_a_claimant_who_is_a_mere_title_is_who_bears_it_in_the_article():
    text = "Lee said the dam leaks."
    assert told(text, "The Mayor", texts=["Mayor Ann Lee opened the dam."]) == [text]


@pytest.mark.parametrize(
    ("claimant", "sentence"),
    [
        ("Harbour Post newspaper", "The Post reported that the dam leaks."),
        ("U.S. and South Korean officials", "South Korean officials said it flew."),
        ("U.S. and South Korean officials", "U.S. officials said it flew."),
        ("China’s foreign ministry", "It leaks, a statement from China's foreign ministry said."),
        ("generals of the Korean People's Army (KPA)", "The army said it would act."),
    ],
)
def test_bodies_are_known_by_their_short_names(claimant, sentence):
    assert told(sentence, claimant) == [sentence]


def test_an_open_quotation_ends_with_its_paragraph_and_hides_nothing():
    text = "“It leaks.\nLee said so."
    assert [text[slice(*part)] for part in quoted_parts(text)[0]] == ["“It leaks."]
    assert told("“It leaks. Ann Lee said the dam is old.", "Ann Lee") != []


@given(st.text(), st.text(max_size=20), st.text(max_size=20))
def test_any_text_has_a_reading(text, claimant, described_as):
    of = speaker(claimant, described_as, texts=[text])
    assert all(0 <= start < end <= len(text) for start, end in told_by(text, of))


@pytest.mark.parametrize(
    "text",
    [
        "said ministry of " * 2000,
        "Ministry of Housing " * 2000,
        "“a " * 3000,
        "Ministry, a, b, said " * 1500,
        "the mayor " * 3000,
    ],
)
def test_long_and_monotonous_texts_are_read_in_a_moment(text):
    of = speaker("The Ministry of Housing and Rents", "Mayor", texts=[text])
    began = time.process_time()
    told_by(text, of)
    assert time.process_time() - began < 5
