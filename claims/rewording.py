"""What a rewording changed, word by word."""

import re
from difflib import SequenceMatcher

Piece = tuple[str, str]
"""Words, and what became of them: "kept", "gone" or "new"."""

_WORDS = re.compile(r"\s*\S+")


def changes(old: str, new: str) -> list[Piece]:
    """Cut two wordings into what both have, what is gone and what is new, in reading order.

    The pieces that are kept or gone joined are ``old``; those kept or new
    ``new``, but for spaces.

    >>> changes("Forty boats left.", "Forty vessels left.")
    [('Forty', 'kept'), (' boats', 'gone'), (' vessels', 'new'), (' left.', 'kept')]
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(
        None, [word.strip() for word in before], [word.strip() for word in after], autojunk=False
    )
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            pieces.append(("".join(after[k:m]), "kept"))
            continue
        if i < j:
            pieces.append(("".join(before[i:j]), "gone"))
        if k < m:
            pieces.append(("".join(after[k:m]), "new"))
    return pieces
