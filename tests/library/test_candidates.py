"""Which passages a claim's words lead to, planned by how many passages hold each."""

from sources.ranking import CANDIDATES, COMMON, CONJUNCTIONS, question

MANY = 1_000_000


def test_rare_words_are_asked_for_alone():
    assert question([(3, "inverhallow"), (40, "lifeboat")], MANY) == "'inverhallow' | 'lifeboat'"


def test_commoner_words_must_stand_together():
    asked = question([(3, "inverhallow"), (15_000, "ferri"), (20_000, "storm")], MANY)

    assert asked == "'inverhallow' | ('ferri' & 'storm')"


def test_three_words_must_stand_together_where_two_would_match_too_much():
    asked = question([(40_000, "ferri"), (45_000, "storm"), (49_000, "island")], MANY)

    assert asked == "('ferri' & 'storm' & 'island')"


def test_words_of_every_tenth_passage_find_nothing_by_themselves():
    common = int(COMMON * MANY) + 1

    assert question([(5, "ferri"), (common, "say")], MANY) == "'ferri'"
    assert question([(common, "say"), (common, "year")], MANY) == "('say' & 'year')"


def test_in_a_small_library_every_word_counts():
    assert question([(1, "ferri"), (2, "storm")], 2) == "'ferri' | 'storm'"


def test_the_index_is_asked_a_bounded_question():
    words = [(1000 + number, f"word{number}") for number in range(12)]

    asked = question(words, MANY)

    assert asked.count("|") < CONJUNCTIONS
    alone = [part for part in asked.split(" | ") if "&" not in part]
    assert sum(1000 + int(part[5:-1]) for part in alone) <= CANDIDATES


def test_a_word_that_fills_the_bound_alone_is_still_asked_for():
    assert question([(CANDIDATES + 1, "ferri")], MANY) == "'ferri'"


def test_any_character_may_stand_in_a_word():
    assert question([(1, "o'hara\\")], 10) == "'o''hara\\\\'"
