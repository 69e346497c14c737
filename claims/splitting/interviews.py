"""Tell who answers where an interview is printed without marks and without names.

Its questions are paragraphs of their own; who was asked stands in what leads up to them.
"""

import re
from collections import Counter
from collections.abc import Sequence

from claims.splitting.speakers import UNNAMED

_NAME = r"(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w'’-]+"
_TALKED = r"(?:spoke|talked|sat down|chatted|caught up|corresponded)"
_WITH_ONE = re.compile(
    rf"\b(?:I|[Ww]e)\b[^.]{{0,40}} {_TALKED} (?:recently )?(?:with|to) ({_NAME})"
)
_INTERVIEW = re.compile(
    rf"\b(?:interview|conversation|Q&A|exchange) with (?:[a-z][\w ]{{0,60}} )?({_NAME})"
)
_WITH_US = re.compile(rf"\b[Ss]?[Hh]e {_TALKED} (?:recently )?(?:with|to) ({_NAME})")
_PERSON = re.compile(_NAME)
_ADDRESSES = re.compile(r"\byou(?:r|['’]ve|['’]re|['’]d)?\b", re.IGNORECASE)
_IN_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|I['’]\w+)\b")
_LONGEST_QUESTION = 500
"""Characters."""
_FEWEST_QUESTIONS = 3
_LEAST_SHARE = 0.25
"""Of the paragraphs behind the first question, those that ask."""


def answers(lines: Sequence[str]) -> dict[int, str]:
    """Return who speaks in each line that answers a question printed above it.

    Three questions at least that stand alone, two of which address somebody, behind words
    that tell of an interview; and of the answers most speak of "I" or "we". The last answer
    ends with its paragraph.

    >>> lines = ["We spoke to Ann Lee.", "How are you?", "I am fine.", "Do you sail?", "I do."]
    >>> answers([*lines, "Who taught you?", "My aunt did.", "The race is in June."])
    {2: 'Ann Lee', 4: 'Ann Lee', 6: 'Ann Lee'}
    >>> answers(["It rose.", "Why does it matter to you?", "It costs.", "How?", "So.", "What?"])
    {}
    """
    asks = [n for n, line in enumerate(lines) if _asks(line)]
    if len(asks) < _FEWEST_QUESTIONS or sum(_addresses(lines[n]) for n in asks) < 2:
        return {}
    asked = _who_is_asked(lines[: asks[0]])
    behind = [n for n in range(asks[0], len(lines)) if lines[n].strip()]
    if not asked or len(asks) < _LEAST_SHARE * len(behind):
        return {}
    last = next((n for n in behind if n > asks[-1]), asks[-1])
    told = [
        n
        for n in behind
        if n <= last and n not in asks and not lines[n].lstrip().startswith(("You ", "Your "))
    ]
    own = sum(_IN_PERSON.search(lines[n]) is not None for n in told)
    return dict.fromkeys(told, asked) if 2 * own >= len(told) else {}


def _asks(line: str) -> bool:
    return line.rstrip().endswith("?") and len(line) <= _LONGEST_QUESTION


def _addresses(line: str) -> bool:
    return _ADDRESSES.search(line) is not None


def _who_is_asked(before: Sequence[str]) -> str:
    """Whom the words before the first question name as the one who answers, "" for nobody."""
    text = "\n".join(before)
    if (found := _WITH_ONE.search(text) or _INTERVIEW.search(text)) is not None:
        return found[1]
    if (found := _WITH_US.search(text)) is None:
        return ""
    interviewer = found[1].split()[-1]  # "She spoke with Bo Holm": he asked
    named = [name.removesuffix("'s").removesuffix("’s") for name in _PERSON.findall(text)]
    others = Counter(name for name in named if interviewer not in name.split())
    surnames = Counter(
        {name: len(re.findall(rf"\b{re.escape(name.split()[-1])}\b", text)) for name in others}
    )
    best = surnames.most_common(1)
    return best[0][0] if best and best[0][1] > 1 else UNNAMED
