"""Texts that are copies of one another."""

import random

from hypothesis import given
from hypothesis import strategies as st

from sources.copies import BANDS, bands, likeness, share_copied

WORDS = "the council closed bridge river boats harbour left monday tax rose north said".split()


def story(seed: int, length: int = 300) -> list[str]:
    rng = random.Random(seed)
    return [f"{rng.choice(WORDS)}{rng.randrange(40)}" for _ in range(length)]


def test_a_copy_with_an_edited_tenth_shares_a_band():
    for seed in range(50):
        words = story(seed)
        edited = [*words[:150], *story(seed + 1000, 15), *words[165:]]
        assert likeness(" ".join(words), " ".join(edited)) > 0.8
        assert set(bands(" ".join(words))) & set(bands(" ".join(edited)))


def test_stories_that_only_use_the_same_words_share_none():
    found = [set(bands(" ".join(story(seed)))) for seed in range(50)]
    assert all(one.isdisjoint(other) for i, one in enumerate(found) for other in found[:i])


def test_bands_are_numbers_a_database_can_hold():
    found = bands(" ".join(story(1)))
    assert len(found) == BANDS
    assert all(-(2**63) <= band < 2**63 for band in found)


@given(st.text())
def test_any_text_has_bands_and_is_like_itself(text):
    assert likeness(text, text) == (1.0 if bands(text) else 0.0)
    assert bands(text) == bands(text + "\n")


def test_part_of_a_text_is_copied_from_it_but_not_the_other_way_round():
    whole = " ".join(story(3))
    part = " ".join(story(3)[:30])
    assert share_copied(part, whole) == 1.0
    assert share_copied(whole, part) < 0.1
