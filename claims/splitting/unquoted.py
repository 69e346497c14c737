"""Tell who speaks where print sets no quotation marks: conversations and embedded posts."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

_LABEL = re.compile(
    r"(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3})"
    r"(?:, [^:\n]{1,60})?(?: \([^:()\n]{1,30}\))?:\s+(?=\S)"
)
_SIGNATURE = re.compile(
    r"[—–-]\s*(?P<name>[^—–\n@()]{2,60}?) ?\(@\w{1,20}\)\s+[A-Z][a-z]+ \d{1,2}, \d{4}\s*$"
)
_FEWEST_TURNS = 3


def labels(lines: Sequence[str]) -> dict[int, tuple[str, int]]:
    """Return the speaker of each labelled line and how many characters the label takes.

    A conversation has at least three turns, of at least two who speak, one of them
    more than once; anything else in capitals before a colon is a heading. A later
    "LEE" is the "AMY LEE" of before.

    >>> labels(["AMY LEE: Is it safe?", "BO HOLM, engineer: It is.", "LEE: Who says so?"])
    {0: ('Amy Lee', 9), 1: ('Bo Holm', 19), 2: ('Amy Lee', 5)}
    >>> labels(["RELATED: Is it safe?", "RELATED: It is."])
    {}
    """
    found: dict[int, tuple[str, int]] = {}
    known: list[str] = []
    for number, line in enumerate(lines):
        if (match := _LABEL.match(line)) is None:
            continue
        name = match["name"].title()
        name = next((full for full in known if full.split()[-1] == name), name)
        known.append(name)
        found[number] = name, match.end()
    turns = Counter(known)
    spoken = len(known) >= _FEWEST_TURNS and len(turns) > 1 and max(turns.values()) > 1
    return found if spoken else {}


def speakers(lines: Sequence[str], labelled: Mapping[int, tuple[str, int]]) -> dict[int, str]:
    """Return who speaks in which line.

    A turn goes on up to the next label; behind the last one nobody knows where the
    conversation ends. A post is signed at its end.

    >>> speakers(["The wall is the wall. — Ann Lee (@annlee) January 18, 2018"], {})
    {0: 'Ann Lee'}
    """
    found: dict[int, str] = {}
    last = max(labelled, default=0)
    for number, line in enumerate(lines):
        if number in labelled:
            found[number] = labelled[number][0]
        elif number - 1 in found and number < last:
            found[number] = found[number - 1]
        elif (signature := _SIGNATURE.search(line)) is not None:
            found[number] = signature["name"].strip()
    return found
