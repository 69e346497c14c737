"""Whether two readings of a source say the same, and where they differ in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from sources.passages import paragraphs, sentences

STANDS = 0.9
"""Share of a text's sentences that must be found again for it to stand: a page as it was fetched
holds captions and footnote marks that the text somebody gave us does not."""
ANOTHER_PAGE = 0.2
"""Below this share, the address leads to something else."""
MOST_WORDS = 5_000
"""Of a stretch that changed; a longer one is shown as gone and new, for words take too long."""
SHORTEST_SAME = 3  # words

_MARK = re.compile(r"\[\d+\]")
_QUOTES = str.maketrans("“”„«»‘’‚–—\xa0", '"""""\'\'\'-- ')


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words: "same", "gone" from the earlier text, or "new" in the later one."""

    what: str
    text: str


def plain(text: str) -> str:
    """The words as they are compared: quotes, dashes and spaces of one kind, no footnote marks.

    >>> plain("“Forty  boats”[3] left")
    '"Forty boats" left'
    """
    return " ".join(_MARK.sub("", text.translate(_QUOTES)).split())


def standing(earlier: str, later: str) -> float:
    """The share of the sentences of ``earlier`` that ``later`` still says, from 0 to 1.

    >>> standing("Forty boats left Hull. Nobody was hurt at all.", "Nobody was hurt at all.")
    0.5
    """
    there = plain(later)
    said = [plain(earlier[start:end]) for start, end in sentences(earlier)]
    said = [sentence for sentence in said if len(sentence.split()) > 2] or said
    return sum(sentence in there for sentence in said) / len(said) if said else 1.0


def differences(earlier: str, later: str) -> Iterator[list[Piece]]:
    """Yield each paragraph that changed, as pieces; those that did not are left out."""
    old = [earlier[start:end] for start, end in paragraphs(earlier)]
    new = [later[start:end] for start, end in paragraphs(later)]
    matcher = SequenceMatcher(None, old, new)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            continue
        gone, come = "\n\n".join(old[a:b]), "\n\n".join(new[c:d])
        if what == "replace" and max(len(gone.split()), len(come.split())) <= MOST_WORDS:
            yield _by_words(gone, come)
        else:
            yield _changed(gone, come)


def _by_words(earlier: str, later: str) -> list[Piece]:
    """Words that went and came. One or two that stay between changes are changed with them."""
    old, new = re.findall(r"\S+\s*", earlier), re.findall(r"\S+\s*", later)
    matcher = SequenceMatcher(None, [word.strip() for word in old], [word.strip() for word in new])
    steps = matcher.get_opcodes()
    pieces: list[Piece] = []
    gone, come = "", ""
    for place, (what, a, b, c, d) in enumerate(steps):
        if what == "equal" and (b - a >= SHORTEST_SAME or place in (0, len(steps) - 1)):
            pieces += _changed(gone, come)
            gone, come = "", ""
            pieces.append(Piece("same", "".join(new[c:d])))
        else:
            gone, come = gone + "".join(old[a:b]), come + "".join(new[c:d])
    return [*pieces, *_changed(gone, come)]


def _changed(gone: str, come: str) -> list[Piece]:
    return [Piece(what, text) for what, text in (("gone", gone), ("new", come)) if text]
