"""Who knows a thing, and who only passes on what somebody said.

A passage that repeats the claimant shows that it was said, never that it is
so. Rules over printed words: a speaker's name beside a verb of saying.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sources.copies import share_copied
from sources.passages import sentences


class Relation(StrEnum):
    """Whether a passage's source knows what it says by itself."""

    INDEPENDENT = "independent"
    RELAYS_CLAIMANT = "relays_claimant"
    RELAYS_ARTICLE = "relays_article"


@dataclass(frozen=True, slots=True)
class Told:
    """A claim as it was told: by whom, in which article of which outlet.

    ``claimant`` is empty when the article speaks in its own voice;
    ``described_as`` is how the article introduces the claimant.
    ``needs_context`` says that ``text`` is not understood by itself: what
    "them" or "last week" means stands in another sentence.
    """

    text: str
    claimant: str = ""
    described_as: str = ""
    needs_context: bool = False
    article: str = ""
    article_url: str = ""
    outlet: str = ""


COPIED = 0.5
"""Share of a passage's runs of words in the article from which it is a copy of it."""
MOUTHPIECE = 0.3
"""Share of a document's sentences told by one speaker that makes it theirs."""

SAYING = (
    r"(?:say|says|said|saying|told|tells|telling|claim(?:s|ed|ing)?|announc(?:e|es|ed|ing)|report(?:s|ed|ing)?"
    r"|state[sd]?|stating|add(?:s|ed)|warn(?:s|ed|ing)?|insist(?:s|ed|ing)?|argu(?:e|es|ed|ing)|call(?:s|ed|ing)"
    r"|declar(?:e|es|ed|ing)|assert(?:s|ed|ing)?|carried|quot(?:e|es|ed|ing)|describ(?:e|es|ed|ing)"
    r"|accus(?:e|es|ed|ing)|advis(?:e|es|ed)|promis(?:e|es|ed)|put|wrote|writes|denie[sd]|boast(?:s|ed)?"
    r"|estimat(?:e|es|ed)|according)"
)
_AGAIN = re.compile(
    r"^\W*(?:it|he|she|they|the (?:agency|report|statement|spokes\w+|ministry|council|company))\b"
    rf"(?:\W+\w+){{0,3}}?\W+(?:also |then |further )?{SAYING}\b",
    re.IGNORECASE,
)
_STATE_MEDIA = re.compile(
    r"\b(?:state(?:-run|-owned)?|official) (?:media|news agency|television|tv)\b", re.IGNORECASE
)
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|ours|us)\b")  # US is a country
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")
_LONG_NAME = re.compile(r"\b[A-Z]\w+(?:['’]s)?(?: (?:of |the |for |and )*[A-Z]\w+(?:['’]s)?){2,}")
_BODIES = frozenset(
    """agency army association bank board bureau club commission committee company council court
    department foundation government institute ministry navy office organisation organization
    party police regime service society trust union university""".split()
)
_SMALL = frozenset("the a an of and for in on to at by from with mr mrs ms dr sir".split())


def relation(
    told: Told, passage: str, *, url: str = "", outlet: str = "", document: str = ""
) -> Relation:
    """Say whether ``passage`` is independent of whoever made the claim.

    1. The checked article itself, its outlet, or a copy of its words relays it.
    2. A source published by the claimant, or by somebody the article is about
       who speaks of itself, relays the claimant.
    3. So does a passage in which the sentence that is nearest to the claim is
       told by the claimant, and one in a document that mostly tells what the
       claimant said.

    >>> told = Told("Exports rose by 4%.", claimant="Ministry of Trade")
    >>> relation(told, "The Ministry of Trade said exports rose by 4%.").value
    'relays_claimant'
    >>> relation(told, "Customs records show that exports rose by 4%.").value
    'independent'
    """
    if _same(url, told.article_url) or same_name(outlet, told.outlet):
        return Relation.RELAYS_ARTICLE
    if told.article and share_copied(passage, told.article) >= COPIED:
        return Relation.RELAYS_ARTICLE
    if not told.claimant:
        return Relation.INDEPENDENT
    speaker = _speaker(told)
    nearest = _nearest(told.text, passage)
    claimants_words = (
        _speaks_for(outlet, told.claimant)
        or _employs(outlet, told.described_as)
        or (nearest and _own_account(passage[slice(*nearest)], outlet, told.article))
        or nearest in _told_by(passage, speaker)
        or _mostly(document, speaker)
    )
    return Relation.RELAYS_CLAIMANT if claimants_words else Relation.INDEPENDENT


def _same(one: str, other: str) -> bool:
    return bool(one) and one.rstrip("/") == other.rstrip("/")


def same_name(one: str, other: str) -> bool:
    """Whether two names of outlets or bodies mean the same.

    >>> same_name("The Harbour Times", "harbour times"), same_name("express.co.uk", "Express")
    (True, True)
    >>> same_name("KCNA", "Korean Central News Agency"), same_name("Times", "Harbour Times")
    (True, False)
    """
    mine, yours = _significant(one), _significant(other)
    if not mine or not yours:
        return False
    return mine == yours or _initials(mine, other) or _initials(yours, one)


def _speaks_for(outlet: str, claimant: str) -> bool:
    """Whether an outlet is the claimant, perhaps named in short.

    >>> _speaks_for("Northford Town Council", "the council"), _speaks_for("Trade Weekly", "Trade")
    (True, False)
    """
    mine, theirs = _significant(outlet), _significant(claimant)
    short = bool(theirs) and bool(mine) and set(theirs) <= set(mine) and mine[-1] in theirs
    return short or same_name(outlet, claimant)


def _employs(outlet: str, described_as: str) -> bool:
    """Whether the claimant is described by the outlet's name: "head of Acme Dairy".

    >>> _employs("Acme Dairy (news)", "the head of Acme Dairy"), _employs("", "a farmer")
    (True, False)
    """
    words = _significant(outlet)
    return len(words) > 1 and set(words) <= set(_significant(described_as))


def _own_account(sentence: str, outlet: str, article: str) -> bool:
    """Whether somebody the article is about speaks of itself: "We replaced the pipe."

    >>> _own_account("We replaced the pipe.", "Acme Dairy", "Acme Dairy was shut in May.")
    True
    >>> _own_account("“We replaced it,” a worker said.", "Acme Dairy", "Acme Dairy was shut.")
    False
    """
    named = set(_significant(outlet))
    spoken_of = named <= set(re.findall(r"\w+", article.lower())) if named else False
    return spoken_of and bool(_WE.search(_QUOTED.sub(" ", sentence)))


def _significant(name: str) -> list[str]:
    name = re.sub(r"\([^)]*\)", " ", name)
    site = re.fullmatch(r"(?:https?://)?(?:www\.)?([\w-]+)(?:\.\w{2,6}){1,2}/?", name.strip())
    if site:
        name = site[1]
    return [word for word in re.findall(r"\w+", name.lower()) if word not in _SMALL]


def _initials(words: Sequence[str], acronym: str) -> bool:
    return len(words) > 2 and "".join(word[0] for word in words) == acronym.strip().lower()


def _speaker(told: Told) -> re.Pattern[str]:
    """A pattern of the claimant beside a verb of saying, either way round.

    >>> bool(_speaker(Told("", claimant="generals of the Korean People's Army (KPA)")).search(
    ...     "In a statement the army said it would act."))
    True
    """
    names = {told.claimant.strip(), " ".join(_significant(told.claimant))}
    for printed in (told.claimant, told.described_as):
        names |= set(_ACRONYM.findall(printed))
        names |= {match.group() for match in _LONG_NAME.finditer(printed)}
    words = _significant(told.claimant)
    if len(words) > 2:
        names.add("".join(word[0] for word in words).upper())
    elif len(words) == 2 and told.claimant[:1].isupper():
        names.add(words[-1])
    last_words = {name.lower().split()[-1] for name in names if name}
    names |= {f"the {word}" for word in last_words & _BODIES}
    name = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True) if n)
    if _STATE_MEDIA.search(told.described_as) or _STATE_MEDIA.search(told.claimant):
        name += "|" + _STATE_MEDIA.pattern
    return re.compile(
        rf"\b(?:{name})(?:['’]s)?(?!\w)(?:\W+\w+){{0,6}}?\W+{SAYING}\b"
        rf"|\b{SAYING}\b(?:\W+\w+){{0,4}}?\W+(?:{name})(?!\w)",
        re.IGNORECASE,
    )


def _told_by(text: str, speaker: re.Pattern[str]) -> set[tuple[int, int]]:
    """The sentences the speaker tells, with those that go on ("It added that ...")."""
    told: set[tuple[int, int]] = set()
    going_on = False
    for span in sentences(text):
        sentence = text[span.start : span.end]
        going_on = bool(speaker.search(sentence)) or (going_on and bool(_AGAIN.match(sentence)))
        if going_on:
            told.add((span.start, span.end))
    return told


def _nearest(claim: str, passage: str) -> tuple[int, int] | None:
    """The sentence of the passage that shares most words with the claim."""
    wanted = set(re.findall(r"\w{3,}", claim.lower()))
    spans = [(span.start, span.end) for span in sentences(passage)]
    return max(
        spans,
        key=lambda s: len(wanted & set(re.findall(r"\w{3,}", passage[s[0] : s[1]].lower()))),
        default=None,
    )


def _mostly(document: str, speaker: re.Pattern[str]) -> bool:
    total = len(sentences(document)) if document else 0
    return total >= 3 and len(_told_by(document, speaker)) / total >= MOUTHPIECE
