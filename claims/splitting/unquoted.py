"""Tell who speaks where print sets no quotation marks: conversations and embedded posts."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice, takewhile

from claims.splitting.speakers import UNNAMED

_LABEL = re.compile(
    r"(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,6})"
    r"(?:, [^:\n]{1,60})?(?: \([^:()\n]{1,30}\))?:\s+(?=\S)"
)
_MIXED_LABEL = re.compile(
    r"(?P<name>[QA]|(?:[A-Z][\w.'’-]+ ){0,3}[A-Z][\w'’-]+)(?: \([^:()\n]{1,30}\))?:\s+(?=\S)"
)
_HONORIFIC = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Baroness|Madam)\b\.?"
_SPEAKER_OF_HOUSE = r"(?:Deputy |Acting )?(?:Speaker|Presiding Officer|Llywydd|Chair)"
_FLOOR_LABEL = re.compile(
    rf"(?:The [A-Z][^:()\n]{{2,80}} \((?=[^:()\n]+\):))?"
    rf"(?P<name>{_HONORIFIC}(?: [A-Z][\w.'’-]+){{1,4}}"
    rf"|(?:The )?{_SPEAKER_OF_HOUSE}|The (?:Prime|First) Minister)"
    r"\)?(?: \([^:()\n]{1,40}\)){0,2}:\s+(?=\S)"
)
_INNER_LABEL = re.compile(
    r"(?<!\S)(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){0,6})"
    r"(?: \([^:()\n]{1,30}\))?:\s+(?=\S)"
)
_PLAIN_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx)\b\.? ")
_UNNAMED_LABELS = frozenset("QA")
_SIGNATURE = re.compile(
    r"[—–-]\s*(?P<name>[^—–\n@()]{2,60}?) ?\(@\w{1,20}\)\s+[A-Z][a-z]+ \d{1,2}, \d{4}"
    r"(?: Report)?(?: End of Twitter post(?: \d+)? by @\w{1,20})?\s*$"
)
_PAPER = r"(?P<name>[A-Z][\w.'’-]*(?: (?:of|the|and|[A-Z][\w.'’-]*)){0,4})"
_EXCERPT = re.compile(
    rf"(?:From|Per|Via) (?:[Tt]he )?{_PAPER}"
    r":\s+(?=[“\"][^\n]*[”\"]\s*\Z)"
)
_EXCERPT_HEADING = re.compile(
    rf"(?:From the|(?:Per|Via)(?: [Tt]he)?) {_PAPER}"
    r"(?:['’]s)?(?: (?:news )?(?:story|report|article|piece|statement|ruling|opinion|account))?:"
)
_NAME = re.compile(r"(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w.'’-]+:?")
_LONGEST_BARE = 4
"""Words of a name in capitals; before longer ones stands what its bearer is."""
_LONGEST_NAME = 40
"""Characters of a line that only names who speaks below it."""
_TRANSCRIPT = re.compile(r"\btranscript\b[^.]{0,60}:\s*$", re.IGNORECASE)
_CLAIMED = r"(?:the |fake |viral )?(?:claim|rumou?r|myth)|what (?:was|is being) claimed"
_CHECKED = r"(?:the )?(?:facts?|truth|reality|verdict|assessment)|our (?:verdict|rating)"
_CLAIM_LABEL = re.compile(rf"(?:{_CLAIMED})(?: #?\d{{1,2}})?\s*:\s+(?=\S)", re.IGNORECASE)
_CHECK_LABEL = re.compile(rf"(?:{_CHECKED})\s*:\s+(?=\S)", re.IGNORECASE)
_CLAIM_HEADING = re.compile(rf"(?:{_CLAIMED})(?: #?\d{{1,2}})?\s*:?", re.IGNORECASE)
_FEWEST_TURNS = 3
_FEWEST_TALKING = 2
_LONGEST_TURN = 3
"""Paragraphs without a label that may still belong to the turn before."""


def announces_transcript(line: str) -> bool:
    """Whether all that follows is what was said: "Transcript as follows:"."""
    return _TRANSCRIPT.search(line) is not None


def turns_within(line: str) -> list[int]:
    """Return where turns begin that are printed one behind the other, three at least.

    >>> turns_within("BO LEE: Is it safe? ANN HOLM: It is. LEE: Who says so?")
    [0, 20, 37]
    >>> turns_within("AP: The mast fell. UN: It did.")
    []
    """
    labels_of = (match for match in _INNER_LABEL.finditer(line) if not _is_heading(match))
    found = list(labels_of)
    several = len({match["name"].split()[-1] for match in found}) > 1
    return [match.start() for match in found] if several and len(found) >= _FEWEST_TURNS else []


def _is_heading(label: re.Match[str]) -> bool:
    """Whether it is what a screen showed: "[ON-SCREEN HEADLINE: Boats Sink]"."""
    before = label.string[: label.start()]
    return before.count("[") > before.count("]")


def labels(lines: Sequence[str]) -> dict[int, tuple[str, int]]:
    """Return the speaker of each labelled line and how many characters the label takes.

    A conversation has at least three turns, of at least two who speak, one of them
    more than once; anything else in capitals before a colon is a heading. A later
    "LEE" is the "AMY LEE" of before. In records of parliaments everybody is addressed,
    and so is no heading ("The Minister for Health (Mr. Bo Holm):"). Other names that are
    not in capitals need two who speak twice, one of whom mostly asks; "Q" and "A" say
    that somebody speaks, and not who.

    >>> labels(["AMY LEE: Is it safe?", "BO HOLM, engineer: It is.", "LEE: Who says so?"])
    {0: ('Amy Lee', 9), 1: ('Bo Holm', 19), 2: ('Amy Lee', 5)}
    >>> labels(["Q: Is it safe?", "A: It is.", "Q: Who says so?", "A: We do."])[1]
    ('unnamed', 3)
    >>> labels(["RELATED: Is it safe?", "RELATED: It is."])
    {}
    """
    found, turns = _labelled(lines, _LABEL)
    if len(found) >= _FEWEST_TURNS and len(turns) > 1 and max(turns.values()) > 1:
        return found
    found, turns = _labelled(lines, _FLOOR_LABEL)
    if len(found) >= _FEWEST_TURNS and len(turns) > 1:
        return found
    found, turns = _labelled(lines, _MIXED_LABEL)
    talking = {name for name, times in turns.items() if times > 1}
    asked = Counter(name for n, (name, _) in found.items() if lines[n].rstrip().endswith("?"))
    if len(talking) < _FEWEST_TALKING or all(2 * asked[name] < turns[name] for name in talking):
        return {}
    return {
        number: (UNNAMED if name in _UNNAMED_LABELS else name, length)
        for number, (name, length) in found.items()
        if name in talking
    }


def checked(lines: Sequence[str]) -> tuple[dict[int, int], frozenset[int]]:
    """Return the labels of a fact-check, in characters, and which lines hold what it checks.

    What stands behind "Claim:", or below "What was claimed", somebody else says: the
    article prints it to check it, and does not name who.

    >>> checked(["CLAIM: The mast fell.", "The facts: It stands.", "What was claimed", "It fell."])
    ({0: 7, 1: 11}, frozenset({0, 3}))
    """
    lengths: dict[int, int] = {}
    claimed = set()
    for number, line in enumerate(lines):
        if (match := _CLAIM_LABEL.match(line)) is not None:
            lengths[number] = match.end()
            claimed.add(number)
        elif (match := _CHECK_LABEL.match(line)) is not None:
            lengths[number] = match.end()
        elif _CLAIM_HEADING.fullmatch(line.strip()) and "".join(lines[number + 1 : number + 2]):
            claimed.add(number + 1)
    return lengths, frozenset(claimed)


def excerpts(lines: Sequence[str]) -> dict[int, tuple[str, int]]:
    """Return what lines are quoted from that name it first, and the characters that takes.

    Or that the line before names: "Via The Daily Mail:", but not "From Paris:".

    >>> excerpts(['From The Daily Mail: "The mast fell."', "From Paris: a letter."])
    {0: ('Daily Mail', 21)}
    >>> excerpts(["Via the Herald:", "The mast fell.", "It lies there."])
    {1: ('Herald', 0)}
    >>> excerpts(["From Monday:", "The mast fell."])
    {}
    """
    headings = ((n + 1, _EXCERPT_HEADING.fullmatch(line.strip())) for n, line in enumerate(lines))
    named = {n: (match["name"], 0) for n, match in headings if match and "".join(lines[n : n + 1])}
    found = ((number, _EXCERPT.match(line)) for number, line in enumerate(lines))
    return named | {number: (match["name"], match.end()) for number, match in found if match}


def _labelled(
    lines: Sequence[str], pattern: re.Pattern[str]
) -> tuple[dict[int, tuple[str, int]], Counter[str]]:
    """The name and the length of the label of each line that has one; each name's lines."""
    found: dict[int, tuple[str, int]] = {}
    known: dict[str, str] = {}
    turns: Counter[str] = Counter()
    for number, line in enumerate(lines):
        if (match := pattern.match(line)) is None:
            continue
        name = match["name"].title() if match["name"].isupper() else match["name"]
        if len(words := name.split()) > _LONGEST_BARE:
            name = " ".join(words[-2:])  # "WHITE HOUSE PRESS SECRETARY BO HOLM:"
        name = _PLAIN_TITLE.sub("", name, count=1)
        full = known.setdefault(name.split()[-1], name)
        name = name if " " in name else full
        turns[name] += 1
        found[number] = name, match.end()
    return found, turns


def turns_below_names(lines: Sequence[str]) -> dict[int, str]:
    """Return who speaks in which line where names stand on lines of their own above the turns.

    Two names at least, each above two turns, and one of them mostly asks: anything else is
    headings. The last turn ends with its paragraph, because nobody knows what comes behind.

    >>> turns_below_names(["Ann Lee", "Why?", "Bo Holm", "So.", "Ann Lee", "So?", "Bo Holm", "No."])
    {1: 'Ann Lee', 3: 'Bo Holm', 5: 'Ann Lee', 7: 'Bo Holm'}
    >>> turns_below_names(["New York", "It rose.", "Los Angeles", "It fell."] * 2)
    {}
    """
    plain = [line.strip().rstrip(":") for line in lines]
    short = [line if len(line) <= _LONGEST_NAME else "" for line in plain]
    names = {n for n, line in enumerate(short) if _NAME.fullmatch(line)}
    above = Counter(plain[n] for n in names if n + 1 not in names and "".join(plain[n + 1 : n + 2]))
    people = {name for name, turns in above.items() if turns > 1}
    found: dict[int, str] = {}
    asked: Counter[str] = Counter()
    speaking, last = "", max((n for n in names if plain[n] in people), default=-1)
    for number, line in enumerate(plain):
        if number in names and line in people:
            speaking = line
        elif speaking and line and number <= last + 1:
            found[number] = speaking
            ends = number + 1 in names or number + 1 == len(plain)
            asked[speaking] += ends and line.endswith("?")
    asks = any(2 * asked[name] >= above[name] for name in people)
    return found if len(people) > 1 and asks else {}


def speakers(lines: Sequence[str], labelled: Mapping[int, tuple[str, int]]) -> dict[int, str]:
    """Return who speaks in which line.

    A turn goes on up to the next label, if that is near, or if the line above the first
    label announces a transcript: behind the last one, and where pieces of conversations
    are strewn over an article, nobody knows where it ends. A post is signed at its end.

    >>> speakers(["The wall is the wall. — Ann Lee (@annlee) January 18, 2018"], {})
    {0: 'Ann Lee'}
    """
    found: dict[int, str] = {}
    turn: set[int] = set()
    first = min(labelled, default=0)
    if first and announces_transcript(lines[first - 1]):
        turn.update(set(range(first, max(labelled))) - set(labelled))
    for number in labelled:
        goes_on = takewhile(lambda n: n not in labelled, range(number + 1, len(lines)))
        following = list(islice(goes_on, _LONGEST_TURN + 1))
        if len(following) <= _LONGEST_TURN and number + len(following) + 1 < len(lines):
            turn.update(following)
    for number, line in enumerate(lines):
        if number in labelled:
            found[number] = labelled[number][0]
        elif number in turn:
            found[number] = found[number - 1]
        elif (signature := _SIGNATURE.search(line)) is not None:
            found[number] = signature["name"].strip()
    return found
