"""Tell whose words a line holds that an article prints for others, without marks.

Excerpts of speeches, statements below their heading, other papers' headlines, and a
single turn of a conversation.
"""

import re
from collections.abc import Iterator, Sequence

from claims.splitting.speakers import UNNAMED

_NAME = r"(?:[A-Z][\w.'’-]+ ){0,3}[A-Z][\w-]+"
_UTTERED = r"(?:words|remarks|speech|address|statement|testimony|comments|letter)"
_OF_SOMEBODY = re.compile(rf"\b(?P<name>{_NAME})['’]s? (?:[\w-]+ ){{0,3}}{_UTTERED}\b")
_SHOWN_BELOW = re.compile(
    r"\b(?:excerpt\w*|quot(?:e|es|ed|ing)|reprint\w*|reproduc\w+)\b[^.]{0,40}\b(?:here|below)\b"
    r"|\b(?:here|below) (?:is|are)\b[^.]{0,60}\b(?:excerpts?|transcript|text)\b",
    re.IGNORECASE,
)
_IN_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|I['’]\w+)\b")
_TITLES = re.compile(
    r"(?:(?:Vice )?President|Sen(?:ator|\.)|Rep(?:resentative|\.)|Gov(?:ernor|\.)|Mr\.|Mrs\.|Ms\.|"
    r"Dr\.|Prime|Minister|Secretary|Justice|Judge|Speaker|Pope|King|Queen) "
)
_TEXT_BY = re.compile(
    r"(?:Text|(?:Partial |Full )?[Tt]ranscript) (?:via|from|by|courtesy of) .{2,40}:"
)
_STATEMENT_OF = re.compile(
    rf"(?:Statement|Remarks|Letter|Testimony) (?:from|by|of) (?P<name>{_NAME}) "
    r"(?=(?:There|All|Both|Nobody|I|We|My|Our|It|The|This|On|In|As|Today|For) [a-z])"
)
_OUTLETS = (
    "Times|Post|News|Journal|Insider|Herald|Tribune|Newsweek|Guardian|Reuters|CNN|MSNBC|NBC|CBS|"
    "ABC|BBC|NPR|PBS|Politico|Axios|Vox|Slate|Salon|Bloomberg|Forbes|Globe|Chronicle|Telegraph|"
    "Mail|Mirror|Gazette|Observer|Economist|HuffPost|BuzzFeed|Examiner|Dispatch|Press|Beast|Hill"
)
_HEADLINE = re.compile(
    rf"(?P<name>(?:[A-Z][\w.&'’]* ){{0,3}}(?:{_OUTLETS})): (?=[A-Z][^:\n]{{30,}}[^.!?…\s\"”:]\s*\Z)"
)
_TURN = re.compile(
    r"(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){1,6})(?: \([^:()\n]{1,30}\))?:\s+(?=\S)"
)
_HEADINGS = frozenset(
    "VIEW OPINION EDITORIAL UPDATE WATCH RELATED MORE EXCLUSIVE ANALYSIS VIDEO PHOTOS POLL NOTE "
    "READ BREAKING LETTER COLUMN COMMENT LINE TAKE TAKEAWAY".split()
)


def reprinted(lines: Sequence[str]) -> dict[int, tuple[str, int]]:
    """Return whose words lines hold, and how many characters at their start only say so.

    >>> reprinted(["Herald: Mast falls on ferry in the harbour of Tarn after storm"])
    {0: ('Herald', 8)}
    >>> reprinted(["CAPTAIN ANN LEE: Well, I saw it fall.", "MY VIEW: I saw it fall."])
    {0: ('Ann Lee', 17)}
    >>> reprinted(["President Ann B. Lee's words still count. I excerpt them here.", "We sailed."])
    {1: ('Ann B. Lee', 0)}
    >>> reprinted(["Statement from Lee There were four boats.", "Text via Ferryweb:", "It fell."])
    {0: ('Lee', 19), 2: ('unnamed', 0)}
    """
    found: dict[int, tuple[str, int]] = {}
    for number, line in enumerate(lines):
        if (match := _HEADLINE.match(line) or _STATEMENT_OF.match(line)) is not None:
            found[number] = match["name"], match.end()
        elif (match := _turn(line)) is not None:
            found[number] = _person(match["name"]), match.end()
        elif _TEXT_BY.fullmatch(line.strip()):
            found |= dict.fromkeys(_following(lines, number)[:1], (UNNAMED, 0))
        elif _SHOWN_BELOW.search(line) and (match := _OF_SOMEBODY.search(line)) is not None:
            name = _TITLES.sub("", match["name"])
            found |= dict.fromkeys(_excerpt(lines, number, name), (name, 0))
    return found


def _turn(line: str) -> re.Match[str] | None:
    """The label of a single turn: a name in capitals before somebody's own words."""
    match = _TURN.match(line)
    if match is None or not _HEADINGS.isdisjoint(match["name"].split()):
        return None
    return match if _IN_PERSON.search(line, match.end()) else None


def _person(label: str) -> str:
    """The name in "WHITE HOUSE PRESS SECRETARY BO HOLM" or "CAPTAIN ANN LEE"."""
    words = label.title().split()
    initial = len(words[-2]) == len("B.")
    return " ".join(words[-2 - initial :])


def _following(lines: Sequence[str], number: int) -> list[int]:
    return [n for n in range(number + 1, len(lines)) if lines[n].strip()]


def _excerpt(lines: Sequence[str], number: int, name: str) -> Iterator[int]:
    """The next line, and those behind it in which somebody goes on to say "we"."""
    surname = name.rsplit(maxsplit=1)[-1]
    for place, n in enumerate(_following(lines, number)):
        if surname in lines[n] or (place and not _IN_PERSON.search(lines[n])):
            return
        yield n
