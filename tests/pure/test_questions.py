"""What is asked about a claim: few questions, always the same, about what tells it from others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.ports import Found
from sources.questions import LONGEST, TERMS, any_of, in_turn, nearest, questions, telling


@pytest.mark.parametrize(
    ("claim", "names", "figures", "rarest"),
    [
        (
            "North Korea has installed 20 loudspeakers.",
            ("North Korea",),
            ("20 loudspeakers",),
            "installed",
        ),
        ("Crime in Northford has doubled.", ("Northford",), (), "doubled"),
        ("Joblessness fell by 12% in 2023.", (), ("12%", "2023"), "Joblessness"),
        ("The Bank of England paid $4.5 billion.", ("Bank of England",), ("$4.5 billion",), "paid"),
        ("Der Damm bei Lund wurde eröffnet.", ("Der Damm", "Lund"), (), "wurde"),
        ("The count on Tuesday was 1,234,567 boats.", (), ("1,234,567 boats",), "count"),
    ],
)
def test_names_figures_with_units_and_rare_words_are_told_apart(claim, names, figures, rarest):
    told = telling(claim)
    assert (told.names, told.figures, told.words[0]) == (names, figures, rarest)


def test_the_first_word_of_a_claim_is_no_name_for_its_capital():
    assert telling("Vaccines cause autism.").names == ()
    assert "Vaccines" in telling("Vaccines cause autism.").words


@given(st.text(max_size=400))
def test_any_text_gives_the_same_few_short_questions_each_time(text):
    asked = questions(text)
    assert asked == questions(text)
    assert len(asked) <= 3
    assert all(0 < len(question) <= max(LONGEST, len(text)) for question in asked)
    assert len(telling(text).terms) <= TERMS


def test_a_long_claim_is_cut_at_a_word():
    asked = questions("Boats " + "left the harbour of Portsea " * 40)
    assert len(asked[-1]) <= LONGEST
    assert asked[-1].split()[-1] in ("left", "the", "harbour", "of", "Portsea")


def test_single_digits_find_everything_and_are_not_asked_for():
    assert any_of("The dam cost 4 million in 2020", 9) == ("cost", "million", "2020")


@pytest.mark.parametrize("number", ["5,310", "91,000", "4.2", "1.250.000", "2020"])
def test_a_number_is_asked_for_whole(number):
    assert any_of(f"The dam held {number} fish.", 9) == ("held", number, "fish")


def passage(text, url="https://a.example/"):
    return Found(url, "A", text)


def test_passages_that_share_more_and_rarer_words_come_first():
    dam = passage("The Lund dam cost 4.2 million crowns.")
    lund = passage("Lund has a dam.")
    other = passage("Bread is baked.")
    found = nearest([other, lund, dam], "The Lund dam cost 42 million crowns.", 5)
    assert found[0] == dam
    assert other not in found


def test_answers_to_several_questions_take_turns_and_none_is_told_twice():
    a, b, c = (passage(text) for text in "abc")
    assert in_turn([[a, b], [c, a]]) == [a, c, b]
    assert in_turn([]) == []
