"""What can be said about a claim and a text without understanding either.

Nothing here decides: a text may share every word with a claim and settle
nothing. These measures say where the network is not to be believed, see
``head``.
"""

import re
from dataclasses import dataclass

from sources.stance.figures import DAYS, MONTHS, Comparison, compare, figures
from sources.stance.words import content_stems, stem, words

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot)\b|n[’']t\b", re.IGNORECASE
)
_REFUSAL = re.compile(
    r"\b(?:without|den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing)|fail(?:s|ed)?)\b", re.IGNORECASE
)
_UNTRUE = re.compile(r"\b(?:untrue|false(?:ly)?|hoax|debunked|fake|myth)\b", re.IGNORECASE)
_NAME_FIRST = re.compile(r"[A-Z]\w+(?:[’']s|\s(?:has|have|had|is|was|will|and|said|says)\b)")
_DATES = content_stems(f"{DAYS} {MONTHS}")
_SCOPE = 4
"""Content words that a negation reaches; a refusal reaches half as many."""
_NEAR = 300
"""Characters in which those words stand: a text may be nothing but negations."""
_HEDGE = re.compile(
    r"\b(?:(?-i:may|will)|might|can|could|would|should|must|yet to|if|whether|plan(?:s|ned)?|"
    r"threat\w*|expect\w*|propos\w*|likely|possib\w+|perhaps|allege\w*|reportedly|rumou?r\w*|"
    r"consider\w*|claim(?:s|ed)?|urge\w*|want(?:s|ed)?|hope\w*|intend\w*|vow\w*|"
    r"ask(?:s|ed|ing)?|call(?:s|ed|ing)? (?:on|for)|demand\w*|request\w*|appeal\w* (?:to|for)|"
    r"order(?:s|ed) \w+ to|appl(?:y|ies|ied) (?:to|for)|aim(?:s|ed)? to|attempt\w*|"
    r"tr(?:y|ies|ied|ying) to|seek\w*|sought|promis\w*|pledg\w*|warn\w*|predict\w*|forecast\w*|"
    r"suggest\w*|argu\w*|accus\w*|investigat\w*|postpon\w*|delay\w*|against|instead of|"
    r"rather than|den(?:y|ies|ied|ying)|reject\w*|dismiss\w*|disput\w*)\b|\?",
    re.IGNORECASE,
)
"""What may be, is planned, asked for, alleged or denied: it says nothing of what is."""
_SOMEBODY_BESIDE = re.compile(
    r"\b(?:deputy|vice|former|acting|assistant|would-be|then|ex)[\s-](?P<office>\w+)|"
    r"\b(?P<kin>\w+)[’']s? (?:brother|sister|wife|husband|son|daughter|father|mother|cousin|"
    r"nephew|niece|partner|aide|deputy|lawyer|adviser|predecessor|successor|rival|bodyguard)\b",
    re.IGNORECASE,
)
"""Whoever is named by way of another: "the deputy mayor", "the mayor's brother"."""
_OPPOSITE_PAIRS = """
    rise/fall rose/fell increase/decrease grow/shrink higher/lower more/fewer more/less above/below
    before/after win/lose won/lost open/close start/end begin/end began/end accept/reject
    approve/reject support/oppose allow/ban permit/ban release/detain guilty/innocent
    resume/suspend resume/halt restore/cut install/remove install/dismantle build/demolish
    build/destroy enter/leave join/leave arrive/leave alive/dead survive/die gain/lose pass/fail
    safe/dangerous legal/illegal lawful/unlawful true/false confirm/deny
    domestic/foreign majority/minority cause/prevent
    raise/cut raise/lower unchanged/raise unchanged/rise unchanged/cut add/cut suspend/continue
    suspend/proceed veto/sign convict/acquit guilty/acquit resign/stay admit/deny ban/approve
    hold/cancel proceed/cancel deploy/withdraw join/withdraw impose/lift agree/refuse halt/continue
    stop/continue end/continue resume/stop jail/release jail/free arrest/free beat/lose reopen/close
    strengthen/weaken expand/shrink double/halve keep/scrap restore/sever intact/destroy
    improve/worsen largest/smallest hottest/coldest highest/lowest tie/win increase/fall rise/drop
    growth/decline rise/decline increase/drop protect/harm hire/fire buy/sell import/export
"""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a claim and a text compare; shares lie between 0 and 1.

    ``recall`` is the share of the claim's content words that the text has,
    ``names`` the share of the claim's names (1 when it has none),
    ``context_names`` the same in the whole passage. ``negation_differs`` is whether one of the two
    negates a word that the other has too and does not negate; ``one_denies``
    whether there is a "not" in one and none in the other, whatever it reaches.
    ``somebody_beside`` is whether the text names somebody by way of whom the claim
    names, a deputy or a brother, and the claim does not.
    ``hedged`` is whether the text says so of something planned, asked for,
    alleged or denied, and the claim does not.
    """

    recall: float
    names: float
    context_names: float
    figures: Comparison
    negation_differs: bool
    one_denies: bool
    opposites: bool
    hedged: bool
    somebody_beside: bool


def agreement(claim: str, text: str, passage: str) -> Agreement:
    """Compare ``claim`` with ``text``, a stretch of ``passage``.

    >>> agreement("Exports rose.", "Exports fell in May.", "Exports fell in May.").opposites
    True
    """
    wanted, present = content_stems(claim), content_stems(text)
    return Agreement(
        recall=_share(wanted, present),
        names=_share(names(claim), present, when_none=1.0),
        context_names=_share(names(claim), content_stems(passage), when_none=1.0),
        figures=compare(figures(claim), figures(text)),
        negation_differs=_negation_differs(claim, text),
        one_denies=bool(_NEGATION.search(claim)) != bool(_NEGATION.search(text)),
        opposites=_has_opposites(wanted, present),
        hedged=bool(_HEDGE.search(text)) and not _HEDGE.search(claim),
        somebody_beside=bool(wanted & _named_by_way_of(text) - _named_by_way_of(claim)),
    )


def _named_by_way_of(text: str) -> set[str]:
    """Return the stems of whom others are named by: of the mayor in "the mayor's brother"."""
    return {stem(found["office"] or found["kin"]) for found in _SOMEBODY_BESIDE.finditer(text)}


def _negation_differs(claim: str, text: str) -> bool:
    ours, theirs = _negated(claim), _negated(text)
    if ours and theirs:
        return False  # which of several negations answers which is more than words can tell
    return not (ours.isdisjoint(content_stems(text)) and theirs.isdisjoint(content_stems(claim)))


def _negated(text: str) -> set[str]:
    """Return the stems that a negation reaches: those after "not", those before "is false"."""
    found: set[str] = set()
    for pattern, scope in ((_NEGATION, _SCOPE), (_REFUSAL, _SCOPE // 2)):
        for negation in pattern.finditer(text):
            behind = text[negation.end() : negation.end() + _NEAR]
            clause = re.split(r"[.;:]|, ", behind, maxsplit=1)[0]
            found |= content_stems(" ".join(_content(clause)[:scope]))
    for denial in _UNTRUE.finditer(text):
        ahead = text[max(0, denial.start() - _NEAR) : denial.start()]
        clause = re.split(r"[.;:]", ahead)[-1]
        found |= content_stems(" ".join(_content(clause)[-2 * _SCOPE :]))
    return found - names(text)


def _content(text: str) -> list[str]:
    return [word for word in words(text) if content_stems(word)]


def names(text: str) -> set[str]:
    """Return the stems of words written like names.

    The first word counts when what follows makes it look like a name. A
    headline that capitalises every word has no names that could be told apart.

    >>> sorted(names("Kim Yo Jong ordered the move, KCNA said."))
    ['jong', 'kcna', 'kim', 'yo']
    """
    written = words(text)
    capitals = [word[0].isupper() for word in written]
    if not written or sum(capitals) > 0.7 * len(written):
        return set()
    found = {stem(word) for word, capital in zip(written[1:], capitals[1:], strict=True) if capital}
    if written[0].isupper() or capitals[:2] == [True, True] or _NAME_FIRST.match(text):
        found.add(stem(written[0]))
    return (found & content_stems(text)) - _DATES


def _share(wanted: set[str], present: set[str], when_none: float = 0.0) -> float:
    return len(wanted & present) / len(wanted) if wanted else when_none


def _opposites() -> dict[str, set[str]]:
    table: dict[str, set[str]] = {}
    for pair in _OPPOSITE_PAIRS.split():
        one, other = (stem(word) for word in pair.split("/"))
        table.setdefault(one, set()).add(other)
        table.setdefault(other, set()).add(one)
    return table


_OPPOSITES = _opposites()


def _has_opposites(claimed: set[str], found: set[str]) -> bool:
    return any(
        not _OPPOSITES[word].isdisjoint(found - claimed)
        for word in (claimed - found) & _OPPOSITES.keys()
    )
