"""What a claim is to an older one that is like it.

Pure. A claim that follows from the older one, and the older one from it, says
the same; what follows one way only says more or less. Whether one follows
from the other is the stance model's word, which reads the older claim as if
it were a passage, where it is sure enough to be shown: of what it calls the
same else one in eight is not. Nothing is decided by it: a person confirms or
refuses every link.
"""

from dataclasses import dataclass

from claims.kinds import Likeness


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
    """
    if _plain(claim.text) == _plain(older.text) or (follows and implies):
        said_again = claim.claimant and _plain(claim.claimant) == _plain(older.claimant)
        return Likeness.REPEATS if said_again else Likeness.SAME
    if implies:
        return Likeness.STRONGER
    return Likeness.WEAKER if follows else Likeness.RELATED


def _plain(text: str) -> str:
    return " ".join(text.casefold().strip(" .").split())
