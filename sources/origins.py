"""From whom several passages have what they say: five reprints of one agency are one origin.

Pure. Rules over printed words; what they say is shown with the reason, so
that a reader can disagree.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sources.copies import share_copied
from sources.relays import same_name
from sources.tellers import SAYING
from sources.wires import CALLED

REPRINT = 0.5
"""Share of one passage's runs of words in another from which they are one text."""

_NAME = (
    r"((?:[A-Z][\w’'.&-]*|[A-Z])(?:\s(?:(?:of|the|for|and|de|van)\s)*[A-Z][\w’'.&-]*){0,5}"
    r"|[Tt]he (?:\w+ ){0,2}(?:ministry|department|agency|army|bank|board|bureau|coastguard"
    r"|commission|committee|council|court|government|hospital|institute|office|party|police|union|university))"
)
_SAYER = re.compile(
    rf"\b[Aa]ccording to (?:a |an |the )?(?:\w+ (?:for|of|from|by) (?:the )?)?{_NAME}"
    rf"|\b(?:for|of|from|at) (?:the )?{_NAME}(?:, [^,]{{1,60}},)? {SAYING}\b"
    rf"|{_NAME}(?:, [^,]{{1,60}},)?(?: ha[sd]| have)? {SAYING}\b"
    rf"|\b(?:said|says|told|added) (?:the )?{_NAME}"
)
_NOBODY = frozenset("he she it they we i you that this who which but and officials".split())


@dataclass(frozen=True, slots=True)
class Standing:
    """What tells where a passage's knowledge comes from.

    ``outlet`` is who stands behind its outlet, ``credit`` the agency its
    document credits, ``deciding`` the words of ``text`` that settle the claim.
    """

    outlet: str
    text: str
    credit: str = ""
    deciding: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who a passage has it from; ``why`` is empty where it is the outlet itself."""

    name: str
    why: str = ""


def origins(standings: Sequence[Standing]) -> list[Origin]:
    """The origin of each passage, in order; as many names as there are independent ones.

    1. An agency that the document credits stands behind its outlet.
    2. Passages whose deciding words are told by the same speaker rest on that speaker, and
       so does what the speaker publishes itself.
    3. A passage that prints the words of an earlier one has its origin.

    >>> origins([Standing("Port Times", "Forty boats left.", credit="Reuters"),
    ...          Standing("Reuters", "The harbour was closed.")])[0]
    Origin(name='Reuters', why='credits Reuters')
    """
    behind = [one.credit or CALLED.get(one.outlet, one.outlet) for one in standings]
    speakers = [teller(one.deciding) for one in standings]
    names = list(behind)
    reasons = [
        f"credits {one.credit}" if one.credit and not same_name(one.credit, one.outlet) else ""
        for one in standings
    ]
    for place, one in enumerate(standings):
        for other in range(place):
            if names[place] == names[other]:
                continue
            if same_name(behind[place], behind[other]):
                why = ""
            elif speaker := _shared_speaker(place, other, speakers, behind):
                why = f"rests on what {speaker} said"
            elif _one_text(one, standings[other]):
                why = f"prints the same words as {standings[other].outlet}"
            else:
                continue
            reasons[place] = reasons[place] or why
            names = [names[other] if name == names[place] else name for name in names]
    return [Origin(name, why) for name, why in zip(names, reasons, strict=True)]


def _shared_speaker(place: int, other: int, speakers: Sequence[str], behind: Sequence[str]) -> str:
    """The speaker on whom both of two passages rest; empty when there is none."""
    mine, theirs = speakers[place], speakers[other]
    if mine and (same_name(mine, theirs) or same_name(mine, behind[other])):
        return mine
    return theirs if theirs and same_name(theirs, behind[place]) else ""


def _one_text(one: Standing, other: Standing) -> bool:
    return max(share_copied(one.text, other.text), share_copied(other.text, one.text)) >= REPRINT


def teller(sentence: str) -> str:
    """The named speaker who tells a sentence; empty when the text tells it itself.

    >>> teller("Forty boats left the harbour, the coastguard said.")
    'coastguard'
    >>> teller("According to a spokesman for the Port Authority, it fell."), teller("It fell.")
    ('Port Authority', '')
    """
    for found in _SAYER.finditer(sentence):
        name = re.sub(r"^[Tt]he ", "", next(group for group in found.groups() if group))
        name = re.sub(r"[’']s$|\.$", "", name)
        if name.lower() not in _NOBODY:
            return name
    return ""
