"""Recognise what a web page leaves in an article and no reporter wrote as a sentence."""

import re
from importlib.resources import files
from typing import Final

CAPTION: Final = "photo caption"
CREDIT: Final = "photo credit"
LINK: Final = "link to another article"
DATELINE: Final = "dateline"
SOURCE: Final = "source line"
AUTHOR: Final = "note about the author"
REPEATED: Final = "repeated"
ABOVE_HEADLINE: Final = "line above the headline"
HEADING: Final = "heading"
ROW: Final = "row of a table"
SCRIPT: Final = "in another script"
MARK: Final = "mark of a quotation"
REMARK: Final = "remark on a quotation"
EMBED: Final = "furniture of an embedded post"
PASTED: Final = "headline of another article pasted into the sentence"

LONGEST_NOISE = 400
"""Characters: a longer line is prose, whatever words stand in it."""

_AGENCY = (
    r"(?:getty(?: images?)?|reuters|associated press|ap(?: photo)?|afp|epa(?:-efe)?|efe|"
    r"pa(?: wire| media)|shutterstock|alamy|istock(?:photo)?|bloomberg|zuma(?: press)?|upi|xinhua|"
    r"anadolu(?: agency)?|tass|wikimedia(?: commons)?|flickr|nurphoto|rex(?: features)|sipa|imago|"
    r"unsplash|pixabay)"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_TERMS = {
    "{AGENCY}": _AGENCY,
    "{NAME}": r"(?-i:[A-Z][\w.'’-]+(?: (?:[a-z]{2,3} )?[A-Z][\w.'’-]*){1,4})",
    "{WEEKDAY}": r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?",
    "{DATE}": rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?(?:\s+\d{{4}})?|"
    rf"\d{{1,2}}\s+{_MONTH},?(?:\s+\d{{4}})?|\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}})",
    "{CLOCK}": r"\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?(?:\s*(?:[ECMP][DS]?T|GMT|BST|UTC))?|"
    r"\d{1,2}\s*[ap]\.?m\.?",
}

_LINK_HEADER = re.compile(
    r"""(?:more|(?:also\s+)?read(?:\s+(?:more|also|next|this|now|here))?|more\s+(?:on\s+this|stories|news|to\s+read)|
    (?:don['’]?t|do\s+not)\s+miss|see\s+(?:also|more|now)|also\s+(?:see|read)|
    related(?:\s+(?:articles?|stor(?:y|ies)|content|topics?|links?|news|coverage|reading))?|
    recommended(?:\s+(?:stories|for\s+you|reading))?|trending(?:\s+now)?|just\s+in|
    (?:most|top)\s+(?:read|popular|viewed|stories)|(?:you\s+)?(?:might|may)\s+also\s+like|
    editors?['’]?s?\s+picks?|further\s+reading|what\s+to\s+read\s+next|more\s+from\s+.{1,40}|
    in\s+case\s+you\s+missed\s+it|watch(?:\s+(?:more|now|live|also|below))?|listen(?:\s+now)?|
    popular\s+(?:now|stories)|latest(?:\s+(?:news|stories))?|photos?|pictures|gallery|slideshow|
    videos?|podcast|opinion|analysis|explainer|breaking(?:\s+news)?|live)""",
    re.IGNORECASE | re.VERBOSE,
)
_AFTER_HEADER = re.compile(r"\s*[:|>»→]+\s*")
_SENTENCE_END = re.compile(r"""[.…]["'”’)\]]*$""")
_AGENCY = r"(?:\([A-Z][\w /&.-]{1,30}\)|\((?:afp|ansa|apa|dpa|efe|lusa|sda)\)|/[A-Z]\w{2,20}/)"
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.’'-]+(?:[ /][A-Z][A-Z.’'-]+)*(?:, [A-Z][\w.]+(?: [A-Z][\w.]+)?)*,?"
    rf"(?: [A-Z][a-z]{{2,8}}\.? \d{{1,2}}(?:, \d{{4}})?,?)? ?{_AGENCY}?|"
    rf"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){{0,2}}(?:, [A-Z][\w.]+)? ?{_AGENCY}) ?"
    r"(?:—|–|--?|―) ?(?=[\w“\"‘'])|"
    rf"[A-Z][\w.’' -]{{2,30}}(?:, [A-Z][\w.]+)? ?-- ?{_AGENCY} ?-- ?(?=[\w“\"‘'])|"
    r"(?!(?:\w+ )?\w+day\b)[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2}, [A-Z][a-z]{2,8}\.? \d{1,2}: "
    r"(?=[A-Z“\"‘'])|"
    r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2} \((?:CNN|AP|AFP|UPI|EFE|CBN)\) ?(?=[A-Z“\"‘'])|"
    r"\([A-Z]{2,6}\) ?(?=[A-Z“\"‘'])"
)
_SECTION_LABEL = re.compile(
    r"(?:(?:Story|Article) [Hh]ighlights|Key [Pp]oints|At a [Gg]lance|CLOSE|Show Hide)[:\s]+"
    r"(?=[A-Z“\"‘'])"
)
_GLUED = re.compile(r"(?<=[a-z])(?=(?:[A-Z0-9]|[‘“'\"][A-Z])[\w'’]*[:,]? \S)")
_EMBEDDED = re.compile(
    r"\s*(?:https?://|www\.|\b[a-z0-9-]+(?:\.[a-z]+)?\.(?:com|rs|ly|co|org|net|me)/)\S+|"
    r"\s*[—–-]+\s*[^—\n]{1,60}\(@\w{1,20}\)\s+[A-Z][a-z]+ \d{1,2}, \d{4}(?: Report$)?|"
    r"(?:Skip|End of) Twitter post(?: \d+)? by @\w{1,20}\s*"
)
SENTENCE_STOP = re.compile(r"""[.!?…:;,]["'”’)\]]*$""")
_MORE = re.compile(r"\bMORE\b(?=[\s,.;:)('’]|$)")
_ORGANISED_CAPITALS = 0.75


def _rules() -> list[tuple[str, re.Pattern[str]]]:
    table, why = [], ""
    for line in files(__package__).joinpath("noise_rules.txt").read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and "\\" not in line:
            why = line[1:-1]
        elif line and not line.startswith("#"):
            rule = line
            for term, meaning in _TERMS.items():
                rule = rule.replace(term, meaning)
            table.append((why, re.compile(rf"\W*(?:{rule})\W*", re.IGNORECASE | re.DOTALL)))
    return table


_RULES = _rules()


def why_noise(line: str) -> str:
    """Return why a whole line or sentence is not the reporter's prose; empty if it may be.

    >>> why_noise("(Image: GETTY IMAGES)")
    'photo credit'
    >>> why_noise("Police released a photo by a witness on Monday.")
    ''
    """
    if len(line) > LONGEST_NOISE:
        return ""
    for why, rule in _RULES:
        if rule.fullmatch(line):
            return why
    return LINK if _is_shouted(line) else ""


def is_link_header(line: str) -> bool:
    """Whether the line only announces links to other articles, such as "READ MORE:"."""
    line = line.strip(" \t*•-–—>»|:")
    return bool(_LINK_HEADER.fullmatch(line))


def is_labelled_link(line: str) -> bool:
    """Whether the line is such a label followed by the linked headline itself."""
    line = line.strip(" \t*•-–—>»|")
    match = _LINK_HEADER.match(line)
    if not match or len(line) > LONGEST_NOISE / 2:
        return False
    return bool(_AFTER_HEADER.match(line, match.end())) or (
        match.group().isupper() and " " in match.group() and not _SENTENCE_END.search(line)
    )


def looks_like_headline(line: str) -> bool:
    """Whether a line could be a bare headline: short, and not ended like a sentence."""
    return len(line) <= 160 and not _SENTENCE_END.search(line.rstrip())


def dateline(line: str) -> int:
    """Return how many characters of a dateline the line starts with.

    >>> dateline("WASHINGTON (Reuters) - The Senate voted.")
    23
    >>> dateline("SAN JOSE, Calif.--(BUSINESS WIRE)--Corvid opened a plant.")
    35
    >>> dateline("A dog - a big one - barked.")
    0
    """
    match = _DATELINE.match(line)
    return match.end() if match else 0


def section_label(line: str) -> int:
    """Return how many characters of a label that runs into the text the line starts with.

    >>> section_label("Story highlights The Senate voted.")
    17
    """
    match = _SECTION_LABEL.match(line)
    return match.end() if match else 0


def pasted_headlines(line: str) -> list[tuple[int, int]]:
    """Return the ranges where a linked topic pasted headlines into the sentence.

    Some sites print, after a person's name, that name in full, the headlines
    filed under it without a blank between, and "MORE". What is cut starts
    behind the first printing of the name.

    >>> text = "Sen. Ann Lee Ann Marie LeeTax cut passes Senate MORE said no."
    >>> [text[:a] + text[b:] for a, b in pasted_headlines(text)]
    ['Sen. Ann Lee said no.']
    """
    found, at = [], 0
    for more in _MORE.finditer(line):
        glued = _GLUED.search(line, at, more.start())
        if not glued:
            continue
        surname = re.search(r"[\w'’-]+$", line[at : glued.start()])
        first = line.find(surname.group(), at) if surname else -1
        if surname and 0 <= first < glued.start() - len(surname.group()):
            found.append((first + len(surname.group()), more.end()))
        at = more.end()
    return found


def embedded(line: str) -> list[tuple[int, int]]:
    """Return the ranges of bare links and of the signature below an embedded post.

    >>> text = "Big news. https://t.co/x1 — Ann Lee (@annlee) May 1, 2020"
    >>> [text[:a] for a, b in embedded(text)][0]
    'Big news.'
    """
    return [match.span() for match in _EMBEDDED.finditer(line)]


def _is_shouted(line: str) -> bool:
    """Four words or more, nearly all in capitals and without a stop: another one's headline."""
    if _SENTENCE_END.search(line):
        return False
    words = re.findall(r"[^\W\d_]{2,}", line)
    return len(words) >= 4 and sum(word.isupper() for word in words) >= (
        _ORGANISED_CAPITALS * len(words)
    )
