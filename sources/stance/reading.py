"""Choose the few stretches of a passage that are worth reading against a claim.

A small network that is given a whole passage is led astray by what stands
around the sentence that matters. It reads single sentences, and neighbours
together, because the second of two often says "it" or "there".
"""

import math
from collections.abc import Callable, Sequence

from sources.passages import Span, sentences
from sources.stance.words import content_stems

SENTENCES = 4
"""Single sentences read from one passage at most."""
LONGEST = 1000
"""Characters of a stretch that are read; no sentence of prose has more."""


def stretches(claim: str, passage: str) -> list[tuple[int, int]]:
    """Return the half-open ranges of ``passage`` to read, nearest to ``claim`` first.

    They are its nearest sentences, and the nearest one of all together with
    the sentence before and with the sentence after.

    >>> passage = "It rained. The bridge fell. Nobody was hurt. The mayor wept."
    >>> [passage[start:end] for start, end in stretches("The bridge fell.", passage)][0]
    'The bridge fell.'
    """
    spans = list(sentences(passage))
    ranked = sorted(range(len(spans)), key=_distance(claim, passage, spans))
    chosen = [(spans[i].start, spans[i].end) for i in ranked[:SENTENCES]]
    for i in ranked[:1]:
        if i > 0:
            chosen.append((spans[i - 1].start, spans[i].end))
        if i + 1 < len(spans):
            chosen.append((spans[i].start, spans[i + 1].end))
    return [(start, min(end, start + LONGEST)) for start, end in chosen]


def _distance(claim: str, passage: str, spans: Sequence[Span]) -> Callable[[int], float]:
    wanted = content_stems(claim)

    def distance(index: int) -> float:
        present = content_stems(passage[spans[index].start : spans[index].end])
        return -len(wanted & present) / math.sqrt(len(present) + 5)

    return distance
