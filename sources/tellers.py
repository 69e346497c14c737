"""Which sentences of a text are told by somebody, rather than by the text itself.

Pure. Rules over printed words: a name beside a verb of saying, "he added"
after it, and everything within a quotation that belongs to such a sentence.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sources.passages import sentences

SAYING = (
    r"(?:say|says|said|saying|told|tells|telling|claim(?:s|ed|ing)?|announc(?:e|es|ed|ing)|report(?:s|ed|ing)?"
    r"|state[sd]?|stating|add(?:s|ed)|warn(?:s|ed|ing)?|insist(?:s|ed|ing)?|argu(?:e|es|ed|ing)|call(?:s|ed|ing)"
    r"|declar(?:e|es|ed|ing)|assert(?:s|ed|ing)?|carried|quot(?:e|es|ed|ing)|describ(?:e|es|ed|ing)"
    r"|accus(?:e|es|ed|ing)|advis(?:e|es|ed)|promis(?:e|es|ed)|put|wrote|writes|denie[sd]|boast(?:s|ed)?"
    r"|estimat(?:e|es|ed)|according)"
)
_UTTERING = (
    rf"(?:{SAYING}|tell|add|state|announce|warn|argue|tweet(?:s|ed|ing)?|not(?:es|ed|ing)|acknowledg(?:es|ed|ing)|confirm(?:s|ed|ing)?"
    r"|suggest(?:s|ed|ing)?|alleg(?:es|ed|ing)|predict(?:s|ed|ing)?|vow(?:s|ed|ing)?|pledg(?:es|ed|ing)"
    r"|threaten(?:s|ed|ing)?|repeat(?:s|ed|ing)?|tout(?:s|ed|ing)?|hint(?:s|ed|ing)?|mention(?:s|ed|ing)?"
    r"|signal(?:l?ed|s|l?ing)?|explain(?:s|ed|ing)?|complain(?:s|ed|ing)?|contend(?:s|ed|ing)?"
    r"|conclud(?:es|ed|ing)|respond(?:s|ed|ing)?|repl(?:ies|ied|ying)|testif(?:ies|ied|ying)"
    r"|maintain(?:s|ed|ing)?|believ(?:es?|ed|ing)|thinks?|thought|wants?|wanted|expect(?:s|ed|ing)?"
    r"|hop(?:es|ed|ing)|remark(?:s|ed|ing)?|comment(?:s|ed|ing)?|recall(?:s|ed|ing)?|reveal(?:s|ed|ing)?"
    r"|stress(?:es|ed|ing)?|emphasi[sz](?:es|ed|ing)|conced(?:es|ed|ing)|admit(?:s|ted|ting)?"
    r"|urg(?:es|ed|ing)|demand(?:s|ed|ing)?|brag(?:s|ged|ging)?|counter(?:s|ed)|agree[sd]?|spoke|speaking"
    r"|declin(?:es|ed)|request(?:s|ed)?|reiterat(?:es|ed|ing)|prais(?:es|ed|ing)|blam(?:es|ed|ing)|found|finds?|show(?:s|ed)"
    r"|speech|statement|tweet|interview|remarks?|comments?|testimony|words|assertions?|accusations?"
    r"|announcement|warnings?|account|view)"
)
"""What a name stands beside where somebody tells or holds something, also as a noun."""
_BY = (
    r"(?:according to|as told by|cit(?:ing|ed|es)|quot(?:ing|ed|es)|per"
    r"|(?:statement|tweet|remark|speech|report|data|figure|survey|poll)s? (?:from|by|of))"
)
_INVERTED = rf"(?:{SAYING}|tweeted|noted|explained|suggested|replied|responded|concluded|recalled)"
_ENDS = (
    r"(?=\s*(?:[,.;:”\"')–—-]|$)"
    r"|\s+(?:in|on|at|during|after|before|who|last|late|when|as|to|from)\b)"
)
_PRONOUN = r"(?:he|she|they|it|the (?:agency|report|statement|spokes\w+|ministry|council|company))"
_GOING_ON = re.compile(
    rf"\b{_PRONOUN}(?:\W+\w+){{0,3}}?\W+{_UTTERING}\b|\b{_INVERTED}\W+{_PRONOUN}\b", re.IGNORECASE
)
_TITLES = (
    r"(?:vice )?president|prime minister|premier|chancellor|(?:\w+ )?secretary|(?:\w+ )?minister"
    r"|senator|congress(?:wo)?man|representative|governor|mayor|chief|general|judge|justice"
    r"|attorney general|director|chair(?:wo)?man|spokes(?:wo)?man|speaker|ambassador|king|queen"
    r"|pope|leader|sheriff|professor|officer|candidate|nominee|lawyer|adviser|analyst"
)
_STATE_MEDIA = re.compile(
    r"\b(?:state(?:-run|-owned)?|official) (?:media|news agency|television|tv)\b", re.IGNORECASE
)
_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")
_LONG_NAME = re.compile(r"\b[A-Z]\w+(?:['’]s)?(?: (?:of |the |for |and )*[A-Z]\w+(?:['’]s)?){2,}")
_ANYBODY = r"[A-Z][\w.'-]*(?:\s(?:of |the |for )*[A-Z][\w.'-]*){0,4}"
_SOMEBODY = re.compile(
    r"(?<![\w.])(?!(?:He|She|It|They|We|You|I|That|This|These|Who|Which|But|And|As|When)\b)"
    rf"{_ANYBODY}(?:, [^,]{{1,80}},)?(?: (?:has|had|have|also|then|later))?(?: on [A-Z]\w+)?"
    rf" {SAYING}\b"
    rf"|\b(?:said|says|told|according to) (?:the |a )?{_ANYBODY}"
)
"""A name beside a verb of saying, whoever bears it."""
_BOTH = re.compile(r"(?P<whose>[A-Z].*? and .*?) (?P<what>[a-z]\w+s)")
"""U.S. and South Korean officials: these and those."""
_GENERIC = frozenset(
    "newspaper paper magazine website site poll survey report agency news online data study".split()
)
_BODIES = frozenset(
    """agency army association bank board bureau club commission committee company council court
    department foundation government institute ministry navy office organisation organization
    party police regime service society trust union university""".split()
)
SMALL = frozenset("the a an of and for in on to at by from with mr mrs ms dr sir".split())
REACH = 3
"""Sentences after which "he" no longer means who was named before."""
BESIDE = 10
"""Words beside a quotation that may belong to nobody: "came the answer"."""
INTRODUCED = 30
"""Characters at the beginning of a sentence in which it names whom it is about."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody, as texts name them: ``telling`` finds them beside a verb of saying."""

    name: re.Pattern[str]
    telling: re.Pattern[str]
    titled: re.Pattern[str] | None
    """The title alone beside such a verb; and the same where others in the texts bear it too."""
    shares: re.Pattern[str] | None


def speaker(claimant: str, described_as: str = "", *, texts: Iterable[str] = ()) -> Speaker:
    """How a claimant is named; ``texts`` tell the titles that stand before the name.

    >>> army = speaker("generals of the Korean People's Army (KPA)")
    >>> bool(army.telling.search("In a statement the army said it would act."))
    True
    >>> bool(speaker("Trump").telling.search("Lee said Trump was wrong."))
    False
    """
    texts = [plain(text) for text in texts]
    names = _names(_borne(plain(claimant), texts), plain(described_as))
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    if _STATE_MEDIA.search(described_as) or _STATE_MEDIA.search(claimant):
        either += "|" + _STATE_MEDIA.pattern
    name = rf"\b(?:{either or '(?!)'})(?:'s)?(?!\w)"
    telling = re.compile(
        rf"{name}(?:\W+\w+){{0,6}}?\W+{_UTTERING}\b"
        rf"|{name}[^,.;:\n]{{0,40}}, [^,;:\n]{{1,100}}, {_UTTERING}\b"
        rf"|\b{_BY}(?:\W+\w+){{0,4}}?\W+{name}"
        rf"|\b{_INVERTED}(?: the)?(?: [\w.]+){{0,3}}? {name}{_ENDS}",
        re.IGNORECASE,
    )
    titles = _titles(names, [plain(described_as), *texts])
    shared = {title for title in titles if _borne_by_others(title, names, texts)}
    return Speaker(
        re.compile(name, re.IGNORECASE), telling, _titled(titles - shared), _titled(titles & shared)
    )


def told_by(text: str, of: Speaker) -> set[tuple[int, int]]:
    """The sentences of ``text`` that a speaker tells, as half-open ranges.

    >>> text = "“We won. They lost,” Ann Lee said. It rained. She added that it was late."
    >>> [text[slice(*span)] for span in sorted(told_by(text, speaker("Ann Lee")))][1:]
    ['They lost,” Ann Lee said.', 'She added that it was late.']
    """
    spans = [(span.start, span.end) for span in sentences(text)]
    quotations, closed = quoted_parts(text)
    outside = _without(plain(text), closed)
    told: set[tuple[int, int]] = set()
    since = REACH + 1  # sentences since the speaker was named
    for start, end in spans:
        sentence = outside[start:end]
        named = of.name.search(sentence)
        near = since <= REACH and not (_SOMEBODY.search(sentence) and not named)
        if (
            of.telling.search(sentence)
            or (of.titled and of.titled.search(sentence))
            or (near and _GOING_ON.search(sentence))
            or (near and of.shares and of.shares.search(sentence))
        ):
            told.add((start, end))
            since = 0
        elif named:
            since = 0
        elif _SOMEBODY.search(sentence):
            since = REACH + 1
        else:
            since += bool(re.search(r"\w", sentence))
    return told | _quoted(spans, quotations, told, outside, of)


def _quoted(
    spans: Sequence[tuple[int, int]],
    quotations: Sequence[tuple[int, int]],
    told: set[tuple[int, int]],
    outside: str,
    of: Speaker,
) -> set[tuple[int, int]]:
    """The sentences within quotations that are the speaker's.

    They are if the speaker tells one of them; and where nobody is named beside the quotation,
    if the sentence before is the speaker's or begins with the name ("Lee was clear: ...").
    """
    found: set[tuple[int, int]] = set()
    for opened, closed in quotations:
        within = [span for span in spans if span[0] < closed and opened < span[1]]
        if not within:
            continue
        before = spans[spans.index(within[0]) - 1] if within[0] != spans[0] else None
        beside = " ".join(outside[start:end] for start, end in within)
        introduced = before is not None and (
            before in told | found
            or of.name.search(outside[slice(*before)][:INTRODUCED]) is not None
        )
        bare = opened <= within[0][0] + 1 and len(re.findall(r"\w+", beside)) <= BESIDE
        theirs = any(span in told for span in within)
        if theirs or (introduced and bare and not _SOMEBODY.search(beside)):
            found |= set(within)
    return found


def plain(text: str) -> str:
    """The text with typewriter's apostrophes, each character at its place."""
    return text.replace("’", "'").replace("‘", "'")


def quoted_parts(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where double quotation marks enclose something, and those that are closed.

    An open one ends with its paragraph: the next one may go on with it, or somebody forgot.
    """
    found, closed = [], []
    for paragraph in re.finditer(r"[^\n]+", text):
        opened = -1
        for mark in re.finditer(r"[“”\"]", paragraph[0]):
            place = paragraph.start() + mark.start()
            if opened < 0 and mark[0] != "”":
                opened = place
            elif opened < 0:  # opened in a paragraph before
                found.append((paragraph.start(), place + 1))
            elif mark[0] != "“":
                found.append((opened, place + 1))
                closed.append((opened, place + 1))
                opened = -1
        if opened >= 0:
            found.append((opened, paragraph.end()))
    return found, closed


def _without(text: str, parts: Iterable[tuple[int, int]]) -> str:
    """The text with ``parts`` made blank, of the same length."""
    for start, end in parts:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def significant(name: str) -> list[str]:
    """The words of a name that tell it from others; of an address, its host's name.

    >>> significant("The Harbour Times (online)"), significant("www.express.co.uk")
    (['harbour', 'times'], ['express'])
    """
    name = re.sub(r"\([^)]*\)", " ", name)
    site = re.fullmatch(r"(?:https?://)?(?:www\.)?([\w-]+)(?:\.\w{2,6}){1,2}/?", name.strip())
    if site:
        name = site[1]
    return [word for word in re.findall(r"\w+", name.lower()) if word not in SMALL]


def _borne(claimant: str, texts: Iterable[str]) -> str:
    """The name that most often follows a mere title in texts: Trump, for the President."""
    if not re.fullmatch(rf"(?:the )?(?:{_TITLES})", claimant.strip(), re.IGNORECASE):
        return claimant
    title = re.escape(claimant.rsplit(maxsplit=1)[-1])
    named = re.findall(rf"\b(?i:{title}) (?:[A-Z][\w.]* )?([A-Z]\w+)", " ".join(texts))
    return Counter(named).most_common(1)[0][0] if named else claimant


def _names(claimant: str, described_as: str) -> set[str]:
    words = significant(claimant)
    while len(words) > 1 and words[-1] in _GENERIC:
        words.pop()
    names = {claimant.strip(), " ".join(words)}
    for text in (claimant, described_as):
        names |= set(_ACRONYM.findall(text))
        names |= {match.group() for match in _LONG_NAME.finditer(text)}
    if len(words) > 2:
        names.add("".join(word[0] for word in words).upper())
    printed = [word for word in re.findall(r"[\w.]+", claimant) if word.lower() in words]
    proper = 1 < len(words) < 4 and all(word[:1].isupper() for word in printed)
    bears_name = proper or (len(words) == 2 and claimant[:1].isupper())
    if bears_name and words[-1] not in _BODIES:
        names.add(words[-1])
    if pair := _BOTH.fullmatch(claimant):
        names |= {f"{one} {pair['what']}" for one in re.split(r", |,? and ", pair["whose"])}
    last_words = {name.lower().split()[-1] for name in names if name}
    return {name for name in names | {f"the {w}" for w in last_words & _BODIES} if name}


def _titled(titles: Iterable[str]) -> re.Pattern[str] | None:
    held = "|".join(map(re.escape, sorted(titles)))
    if not held:
        return None
    return re.compile(
        rf"\bthe (?:\w+ )?(?:{held})(?:\W+\w+){{0,4}}?\W+{_UTTERING}\b"
        rf"|\b{_INVERTED} the (?:{held})\b",
        re.IGNORECASE,
    )


def _borne_by_others(title: str, names: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether texts put a title before another name too."""
    ours = {name.lower().split()[-1] for name in names}
    followed = re.compile(rf"\b(?i:{re.escape(title)}) ((?:[A-Z][\w.-]*\s?){{1,3}})")
    return any(
        not ours & set(re.findall(r"\w+", match[1].lower()))
        for text in texts
        for match in followed.finditer(text)
    )


def _titles(names: Iterable[str], texts: Iterable[str]) -> set[str]:
    """What stands before a name as its title, in texts, or alone as its description."""
    last = "|".join(re.escape(name.split()[-1]) for name in names)
    before = re.compile(rf"\b({_TITLES})(?: (?:[A-Z][\w.-]*)){{0,2}} (?:{last})\b", re.IGNORECASE)
    alone = re.compile(rf"(?:the )?({_TITLES})\b", re.IGNORECASE)
    titles: set[str] = set()
    for place, text in enumerate(texts):
        found = [match[1] for match in before.finditer(text)]
        if not place and (described := alone.match(text.strip())):
            found.append(described[1])
        titles |= {title.lower().split()[-1] for title in found}
    return titles
