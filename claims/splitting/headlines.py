"""Ask whether the body of an article says what its headline says."""

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Span, Token

_TELLING = frozenset({"NOUN", "PROPN", "VERB", "NUM", "ADJ"})
_WINDOW = 3
"""Neighbouring sentences that may say together what a headline says."""
_ENOUGH = 0.3
"""Share of a headline's telling words that such a window holds when the body says it.

Headlines use other words than the body; of real ones about one in thirty has less.
"""
_SHORTEST = 3
_NUMERAL = re.compile(r"\d[\d.,]*\d|\d")


def body_says(headline: Span, body: Sequence[Span]) -> bool:
    """Return whether some neighbouring sentences hold enough of the headline's words.

    Every figure of the headline must stand in the body. True when there is no
    body, or the headline has too few words to tell.
    """
    wanted = _words(headline)
    if len(wanted) < _SHORTEST or not body:
        return True
    printed = {n for sentence in body for n in _NUMERAL.findall(sentence.text)}
    if not all(_is_printed(n, printed) for n in _NUMERAL.findall(headline.text)):
        return False
    words = [_words(sentence) for sentence in body]
    windows = (
        frozenset().union(*words[at : at + _WINDOW])
        for at in range(max(1, len(words) - _WINDOW + 1))
    )
    return max(len(wanted & window) for window in windows) >= _ENOUGH * len(wanted)


def _is_printed(number: str, printed: Iterable[str]) -> bool:
    """Small numbers may be spelled out, and large ones rounded: "8,023" is "8,000"."""
    bare = number.replace(",", "")
    if "." not in bare and len(bare) <= 2:
        return True
    return any(bare[:2] == other.replace(",", "")[:2] for other in printed)


def _words(sentence: Span) -> frozenset[str]:
    return frozenset(_key(t) for t in sentence if t.pos_ in _TELLING and t.is_alpha)


def _key(token: Token) -> str:
    """What a word has in common with its other forms and kin: "Korean", "Korea's"."""
    word = token.lemma_.lower()
    return word[:5] if len(word) > 5 else word
