"""Choose the few stretches of a passage that are worth reading against a claim.

A small network that is given a whole passage is led astray by what stands
around the sentence that matters. It reads single sentences, and neighbours
together, because the second of two often says "it" or "there".
"""

import math
import re
from collections.abc import Callable, Sequence

from sources.passages import Span, sentences
from sources.stance.words import content_stems

SENTENCES = 4
"""Single sentences read from one passage at most."""
SHORTEST = 3
"""Content words without which the beginning of a claim is none itself."""
LONGEST = 1000
"""Characters of a stretch that are read; no sentence of prose has more."""
LONGEST_PART = 500
"""Characters of a record that are read at a time: the network reads no more tokens."""
_ENTRY = re.compile(r"[^\W\d_][^.:!?|\n]{0,39}(?::| \|)\s")
"""The label of an entry: "Born: 1950", or as tables of a page are read, "Born | 1950"."""
_TAIL = re.compile(
    r",\s(?:with|which|who|where|whilst|while|and)\s|\s(?:as a way|in order)\s(?:to|of)\s",
    re.IGNORECASE,
)


def main_part(claim: str) -> str | None:
    """Return the claim without what is added at its end, or None when nothing is.

    What contradicts this part contradicts the whole; what supports it does
    not support the whole.

    >>> main_part("The town hall was built in 1998, which pleased the mayor.")
    'The town hall was built in 1998.'
    """
    tail = _TAIL.search(claim)
    if tail is None or len(content_stems(claim[: tail.start()])) < SHORTEST:
        return None
    return claim[: tail.start()] + "."


def stretches(claim: str, passage: str) -> list[tuple[int, int]]:
    """Return the half-open ranges of ``passage`` to read, nearest to ``claim`` first.

    They are its nearest sentences, and the nearest one of all together with
    the sentence before and with the sentence after. A record, such as the table
    beside an encyclopaedia's article, is read whole: "Born: 1950" by itself
    says nothing of anybody.

    >>> passage = "It rained. The bridge fell. Nobody was hurt. The mayor wept."
    >>> [passage[start:end] for start, end in stretches("The bridge fell.", passage)][0]
    'The bridge fell.'
    """
    spans = list(sentences(passage))
    if _is_record(passage, spans):
        return _parts(spans)
    ranked = sorted(range(len(spans)), key=_distance(claim, passage, spans))
    chosen = [(spans[i].start, spans[i].end) for i in ranked[:SENTENCES]]
    for i in ranked[:1]:
        for one, next_ in ((i - 1, i), (i, i + 1)):
            if one >= 0 and next_ < len(spans) and _adjoin(passage, spans[one], spans[next_]):
                chosen.append((spans[one].start, spans[next_].end))
    return [(start, min(end, start + LONGEST)) for start, end in chosen]


def _is_record(passage: str, spans: Sequence[Span]) -> bool:
    """Whether most of the passage are entries of a table, each with its label and a colon."""
    entries = sum(bool(_ENTRY.match(passage, span.start, span.end)) for span in spans)
    return entries > 1 and 2 * entries > len(spans)


def _parts(spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Join entries as long as they can be read at once."""
    parts = [(spans[0].start, spans[0].end)]
    for span in spans[1:]:
        start, _ = parts[-1]
        if span.end - start > LONGEST_PART:
            parts.append((span.start, span.end))
        else:
            parts[-1] = (start, span.end)
    return [(start, min(end, start + LONGEST)) for start, end in parts]


def _adjoin(passage: str, one: Span, following: Span) -> bool:
    """Whether two sentences stand in one paragraph."""
    return "\n" not in passage[one.end : following.start]


def _distance(claim: str, passage: str, spans: Sequence[Span]) -> Callable[[int], float]:
    wanted = content_stems(claim)

    def distance(index: int) -> float:
        present = content_stems(passage[spans[index].start : spans[index].end])
        return -len(wanted & present) / math.sqrt(len(present) + 5)

    return distance
