"""Texts that are copies of one another, found without comparing each with every other.

Pure. MinHash (Broder 1997, On the resemblance and containment of documents)
over runs of words: texts that share much of what they say word by word share
a band of their signatures, so that a database can look for equal bands.
"""

import re
from hashlib import blake2b

from rensa import RMinHash

SHINGLE = 5
"""Words in a row that two texts rarely share by chance."""
ROWS, BANDS = 4, 32
"""Of two texts with half of their runs in common, seven in eight pairs share a band; of
those with four fifths, all but one in twenty million."""
SEED = 1
"""Bands of different seeds cannot be compared; the stored ones are of this one."""


def bands(text: str) -> list[int]:
    """What to look up copies of ``text`` by: BANDS signed 64-bit numbers.

    Empty for a text of fewer than SHINGLE words, which is a copy of nothing.

    >>> one = "The council closed the old bridge over the river on Monday."
    >>> set(bands(one)) == set(bands(one.upper())), bands("Too short.")
    (True, [])
    """
    runs = shingles(text)
    if not runs:
        return []
    signature = RMinHash(num_perm=ROWS * BANDS, seed=SEED)
    signature.update([" ".join(run) for run in runs])
    values = signature.digest()
    return [_band(number, values[number * ROWS :][:ROWS]) for number in range(BANDS)]


def _band(number: int, values: list[int]) -> int:
    digest = blake2b(repr((number, values)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def likeness(one: str, other: str) -> float:
    """The share of both texts' runs of words that they have in common, from 0 to 1.

    >>> likeness("Forty boats left the old harbour.", "FORTY boats left the old harbour")
    1.0
    >>> likeness("Forty boats left the old harbour.", "Taxes rose again in the north this May.")
    0.0
    """
    mine, yours = shingles(one), shingles(other)
    return len(mine & yours) / len(mine | yours) if mine and yours else 0.0


def share_copied(text: str, from_: str) -> float:
    """The share of ``text``'s runs of words that ``from_`` prints too, from 0 to 1."""
    mine = shingles(text)
    return len(mine & shingles(from_)) / len(mine) if mine else 0.0


def shingles(text: str) -> set[tuple[str, ...]]:
    """Every run of SHINGLE words of a text, whatever stands between them."""
    words = re.findall(r"\w+", text.lower())
    return set(zip(*(words[i:] for i in range(SHINGLE)), strict=False))
