"""What a claim is to an older one that is like it.

Pure. A claim that follows from the older one, and the older one from it, says
the same; what follows one way only says more or less. Whether one follows
from the other is the stance model's word, which reads the older claim as if
it were a passage, where it is sure enough to be shown: of what it calls the
same else one in eight is not. It reads figures badly, so those have a say:
from 5,310 follows "at least 5,000", and nothing from another figure. Nothing
is decided by it: a person confirms or refuses every link.
"""

import re
from dataclasses import dataclass

from claims.kinds import Likeness
from sources.numbers import How, compared
from sources.stance.agreement import agreement, names
from sources.stance.words import content_stems

SAME_WORDS = 0.75
"""Share of the words of two claims that both have, from which only their figures are asked."""
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_BOUNDS = content_stems("more less fewer than least most over above under below between exceed")


@dataclass(frozen=True, slots=True)
class Worded:
    """A claim's wording, and who says so; empty when the article does in its own voice."""

    text: str
    claimant: str = ""


@dataclass(frozen=True, slots=True)
class Liked:
    """An older claim, what the claim is to it, and how probably both are about the same."""

    other_id: int
    relation: Likeness
    score: float
    method: str


def likeness(claim: Worded, older: Worded, *, follows: bool, implies: bool) -> Likeness:
    """What ``claim`` is to ``older``, given whether it follows from it, and implies it.

    >>> older = Worded("Rents rose by 4% in May.", "the mayor")
    >>> likeness(Worded("In May rents rose by 4%."), older, follows=True, implies=True).value
    'same'
    >>> likeness(Worded("rents rose by 4% in may", "The mayor"), older, follows=False,
    ...          implies=False).value
    'repeats'
    >>> likeness(Worded("Rents rose."), older, follows=True, implies=False).value
    'weaker'
    >>> likeness(Worded("In May rents rose by at least 3%."), older, follows=True,
    ...          implies=True).value
    'weaker'
    """
    if _plain(claim.text) != _plain(older.text):
        follows, implies = _by_figures(claim.text, older.text, follows, implies)
        if not (follows and implies):
            if implies:
                return Likeness.STRONGER
            return Likeness.WEAKER if follows else Likeness.RELATED
    said_again = claim.claimant and _plain(claim.claimant) == _plain(older.claimant)
    return Likeness.REPEATS if said_again else Likeness.SAME


def _by_figures(claim: str, older: str, follows: bool, implies: bool) -> tuple[bool, bool]:
    """Whether one follows from the other, as far as their figures let it."""
    rows = list({row.claimed: row for row in reversed(compared(claim, older))}.values())
    if any(row.how not in (How.SAME, How.ROUNDED, How.UNSURE) for row in rows):
        return False, False
    rows = [row for row in rows if row.how is not How.UNSURE]
    weaker = all(row.claimed.figure.covers(row.found.figure) for row in rows)
    stronger = all(row.found.figure.covers(row.claimed.figure) for row in rows)
    if weaker == stronger:  # figures that are the same, or rounded, have nothing to say
        return follows, implies
    if _says_the_same_else(claim, older):
        return weaker, stronger
    return follows and weaker, implies and stronger


def _says_the_same_else(claim: str, older: str) -> bool:
    ours, theirs = (content_stems(text) - _BOUNDS for text in (claim, older))
    found = agreement(claim, older, older)
    return (
        len(ours & theirs) >= SAME_WORDS * len(ours | theirs)
        and names(claim) == names(older)
        and not (found.negation_differs or found.one_denies or found.opposites)
    )


def _plain(text: str) -> str:
    return _THOUSANDS.sub("", " ".join(text.casefold().strip(" .").split()))
