"""Whether a wording says what the article prints, as far as code can tell without understanding.

Strict on purpose: a wording that is refused costs nothing but its style, because
the printed words take its place.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FIGURE = re.compile(r"[^\W\d_]?\d[\d.,:/]*\d|\d")
_ENDING = re.compile(r"(?:['’]s?|ing|ed|es|s|e)$")
_FREE = frozenset(
    "a an the this that these those it its he she they him his her their them who whom whose which "
    "of in on at for with as and to from into is are was were be been being has have had do "
    "does did having there here".split()
)
"""Words that a wording may add or leave out."""
_IS = frozenset("is are was were be been being".split())
_TURNING = frozenset(
    "not no never none nobody nothing neither nor without cannot hardly barely false untrue "
    "may might can could would should must shall will if unless whether until except only "
    "reportedly allegedly apparently supposedly likely unlikely possibly perhaps probably".split()
)
"""Words without which the rest of a statement says something else."""
_WEIGHTY = _TURNING | frozenset(
    "all every each some any few many most several half least more less fewer than over under "
    "above below before after since by about around nearly almost roughly approximately "
    "one two three four five six seven eight nine ten eleven twelve hundred hundreds thousand "
    "thousands million millions billion billions trillion dozen dozens first second third".split()
)
"""Words that turn a statement when they come or go: each stands as often as it is printed."""
KEPT = 0.6
"""Share of the printed words of meaning that a wording keeps at least."""
NEARLY_ALL = 0.9
"""The same for a wording that adds an "is": "Ann hit Ben" is not "Ann was hit"."""


def words_in(text: str) -> list[str]:
    """Return the words of ``text`` in small letters, "n't" as "not".

    >>> words_in("Ann’s dog didn't bark.")
    ["ann's", 'dog', 'did', 'not', 'bark']
    """
    small = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    small = small.replace("can't", "can not").replace("won't", "will not")
    return _WORD.findall(re.sub(r"n't\b", " not", small).replace("cannot", "can not"))


def stems_in(text: str) -> list[str]:
    """Return the words of meaning, without endings, in order; figures are not among them.

    >>> stems_in("The mayors resigned in 2019.")
    ['mayor', 'resign']
    """
    return [
        _ENDING.sub("", word) or word
        for word in words_in(text)
        if word not in _FREE and word not in _WEIGHTY and not word[:1].isdigit()
    ]


def turning_words_in(text: str) -> set[str]:
    """Return the words without which the rest of ``text`` says something else."""
    return set(words_in(text)) & _TURNING


def weights_in(text: str) -> set[str]:
    """Return the words and figures that may not get lost, however a statement is cut."""
    return {*_weighty(text), *_FIGURE.findall(text)}


def says_the_same(wording: str, quote: str, *, known: Iterable[str] = (), aside: str = "") -> bool:
    """Whether ``wording`` holds nothing that is not printed, in its order, and nothing is turned.

    ``known`` are texts whose words it may use instead of the quote's: the whole
    sentence, and wordings in which rules have filled in who "he" is. ``aside``
    are words of who says it, which need not be repeated.

    >>> says_the_same("The mayor did not resign.", "the mayor didn't resign")
    True
    >>> says_the_same("The mayor resigned.", "the mayor didn't resign")
    False
    >>> says_the_same("Ben hit Ann.", "Ann hit Ben")
    False
    """
    printed = stems_in(quote)
    ours = stems_in(wording)
    in_order = any(_in_order(ours, stems_in(text)) for text in (quote, *known))
    if not ours or not in_order:
        return False
    if _weighty(wording) != _weighty(quote) or not _figures_kept(wording, quote):
        return False
    wanted = set(printed) - set(stems_in(aside))
    kept = len(wanted.intersection(ours)) / max(1, len(wanted))
    adds_is = bool(_IS.intersection(words_in(wording)) - _IS.intersection(words_in(quote)))
    return kept >= (NEARLY_ALL if adds_is else KEPT)


def _weighty(text: str) -> Counter[str]:
    return Counter(word for word in words_in(text) if word in _WEIGHTY)


def _figures_kept(wording: str, quote: str) -> bool:
    """Whether the wording has the figures of the quote, all of them and in their order."""
    return _FIGURE.findall(wording) == _FIGURE.findall(quote)


def _in_order(some: Sequence[str], whole: Sequence[str]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in some)
