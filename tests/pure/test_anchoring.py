import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.anchoring import cases, ours, outcome
from claims.anchoring import CONTEXT, Anchor, anchor, context

# Seeds, not hypothesis' own randoms: those shrink to articles of twelve equal sentences.
_SEEDS = st.integers(0, 2**32).map(random.Random)
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qi ro su ta ve wi xo zu".split()


def _sentence(rng: random.Random) -> str:
    words = [
        "".join(rng.choices(_SYLLABLES, k=rng.randint(1, 4))) for _ in range(rng.randint(6, 18))
    ]
    return " ".join(words).capitalize() + "."


def _article(rng: random.Random, sentences: int = 12) -> list[str]:
    return [_sentence(rng) for _ in range(sentences)]


def _edited(rng: random.Random, sentence: str, share: float) -> str:
    """Change words of the sentence until up to ``share`` of its characters differ."""
    words, left = sentence.split(), int(len(sentence) * share)
    for at in rng.sample(range(len(words)), len(words)):
        if len(words[at]) <= left:
            left -= len(words[at])
            words[at] = words[at][::-1].upper()[: len(words[at])]
    return " ".join(words)


def _anchored(article: list[str], chosen: int, changed: list[str]):
    old, new = " ".join(article), " ".join(changed)
    start = old.index(article[chosen])
    end = start + len(article[chosen])
    return anchor(old[start:end], *context(old, start, end), start, new), new


@given(_SEEDS, st.integers(0, 11))
@settings(max_examples=80, deadline=None)
def test_untouched_words_are_found_whatever_happens_around_them(rng, chosen):
    article = _article(rng)
    changed = []
    for i, sentence in enumerate(article):
        fate = rng.random()
        if i == chosen or fate < 0.6:
            changed.append(sentence)
        elif fate < 0.8:
            changed.append(_edited(rng, sentence, 0.3))
        elif fate < 0.9:
            changed += [_sentence(rng), sentence]

    found, new = _anchored(article, chosen, changed)

    assert found.kind in {Anchor.EXACT, Anchor.MOVED}
    assert new[found.start : found.end] == article[chosen]


@given(_SEEDS, st.integers(0, 11))
@settings(max_examples=80, deadline=None)
def test_an_unchanged_article_keeps_every_claim_exactly(rng, chosen):
    article = _article(rng)

    found, new = _anchored(article, chosen, article)

    assert found.kind is Anchor.EXACT
    assert new[found.start : found.end] == article[chosen]


@given(_SEEDS, st.integers(0, 11), st.floats(0, 0.2))
@settings(max_examples=80, deadline=None)
def test_lightly_edited_words_are_found_in_their_old_context(rng, chosen, share):
    article = _article(rng)
    changed = list(article)
    changed[chosen] = _edited(rng, article[chosen], share)

    found, new = _anchored(article, chosen, changed)

    assert found.kind in {Anchor.EXACT, Anchor.MOVED}
    assert new[found.start : found.end] == changed[chosen]


@given(_SEEDS, st.integers(0, 11), st.booleans(), st.floats(0, 0.15))
@settings(max_examples=80, deadline=None)
def test_a_look_alike_is_never_jumped_to_silently(rng, chosen, original_stays, share):
    article = _article(rng)
    changed = list(article)
    if not original_stays:
        changed[chosen] = _edited(rng, article[chosen], 0.15)
    copy = _edited(rng, article[chosen], share) if original_stays else article[chosen]
    at = rng.choice([i for i in range(13) if abs(i - chosen) > 2])
    changed.insert(at, copy)
    true_start = " ".join(changed).index(changed[chosen + (at <= chosen)])

    found, _ = _anchored(article, chosen, changed)

    assert found.kind is Anchor.AMBIGUOUS or found.start == true_start


@given(_SEEDS, st.integers(0, 11))
@settings(max_examples=40, deadline=None)
def test_the_same_words_twice_are_ambiguous_at_the_likelier_place(rng, chosen):
    article = _article(rng)
    changed = [_sentence(rng), article[chosen], _sentence(rng), *article]

    found, new = _anchored(article, chosen, changed)

    assert found.kind is Anchor.AMBIGUOUS
    assert found.start == new.rindex(article[chosen])


@given(_SEEDS, st.integers(0, 11))
@settings(max_examples=40, deadline=None)
def test_a_deleted_sentence_is_orphaned(rng, chosen):
    article = _article(rng)

    found, _ = _anchored(article, chosen, article[:chosen] + article[chosen + 1 :])

    assert found == (found.__class__)(None, None, Anchor.ORPHANED)


@given(st.text(min_size=1).filter(str.strip), st.text(), st.text())
@settings(max_examples=150, deadline=None)
def test_any_text_is_answered_with_a_range_inside_it(quote, before, after):
    text = before + quote + after
    found = anchor(quote, *context(text, len(before), len(before) + len(quote)), 0, text)

    assert found.kind in {Anchor.EXACT, Anchor.MOVED, Anchor.AMBIGUOUS}
    assert 0 <= found.start < found.end <= len(text)


def test_straightened_quotation_marks_change_nothing():
    old = "He came late. “It’s over,” she said. Nobody answered her."
    new = 'He came late. "It\'s over," she said. Nobody answered her.'
    start, end = old.index("“"), old.index(" Nobody")

    found = anchor(old[start:end], *context(old, start, end), start, new)

    assert (found.start, found.end, found.kind) == (start, end, Anchor.EXACT)


def test_words_in_new_surroundings_have_moved():
    old = "The mayor resigned on Monday. Crime fell by 4.5% in 2023. Taxes rose again."
    quote = "Crime fell by 4.5% in 2023."
    new = f"A wholly different opening stands here now. {quote} And the end is new as well."
    start = old.index(quote)

    found = anchor(quote, *context(old, start, start + len(quote)), start, new)

    assert found.kind is Anchor.MOVED
    assert new[found.start : found.end] == quote


def test_similar_words_among_strangers_are_only_suggested():
    old = "The mayor resigned on Monday. Crime fell by 4.5% in the city in 2023. Taxes rose again."
    quote = "Crime fell by 4.5% in the city in 2023."
    new = "A different opening stands here now. Crime fell by 5.5% in the city in 2022. It ends."
    start = old.index(quote)

    assert (
        anchor(quote, *context(old, start, start + len(quote)), start, new).kind is Anchor.AMBIGUOUS
    )


def test_a_long_text_is_searched_only_where_the_words_may_be():
    rng = random.Random(7)
    article = _article(rng, 4_000)
    changed = list(article)
    changed[2_000] = _edited(rng, article[2_000], 0.15)

    found, new = _anchored(article, 2_000, changed)

    assert new[found.start : found.end] == changed[2_000]


def test_an_empty_quote_is_refused():
    with pytest.raises(ValueError, match="empty quote"):
        anchor("  ", "a", "b", 0, "text")


def test_context_stops_at_the_edges_of_the_text():
    text = "x" * 40 + "quote" + "y" * 5
    assert context(text, 40, 45) == ("x" * CONTEXT, "y" * 5)


@given(_SEEDS)
@settings(max_examples=25, deadline=None)
def test_no_edit_makes_a_claim_jump_and_what_looks_like_it_is_told(rng):
    text = " ".join(_article(rng))
    strangers = _article(rng)
    for case in cases(text, strangers, rng):
        told = outcome(case, ours(case))
        assert told != "jumped", case
        if case.what == "unchanged":
            assert told == "found"
        if case.what.startswith(("copied", "look-alike")):
            assert told == "ambiguous", case


def test_a_look_alike_that_was_there_before_makes_nothing_unclear():
    old = (
        "Prices rose by 4 percent in May. Nobody minded. Prices rose by 5 percent in June. It ends."
    )
    quote = "Prices rose by 4 percent in May."
    around = context(old, 0, len(quote))

    assert anchor(quote, *around, 0, old, old_text=old).kind is Anchor.EXACT
    assert anchor(
        quote, *around, 0, f"{old} Prices rose by 6 percent in May.", old_text=old
    ).kind is (Anchor.AMBIGUOUS)
