"""What an edit of an article's words does to a claim that stood in them."""

from collections import Counter

from sources.stance.agreement import agreement, names
from sources.stance.figures import figures


def says_otherwise(before: str, after: str) -> bool:
    """Whether words were edited so that they make another claim than before.

    That is so when a figure or date is another, one of them denies or doubts what
    the other states, a word became its opposite, or one name stands for another. Told
    by words alone, in English; other edits are taken for rewriting.

    >>> says_otherwise("Rents rose by 9.4 percent.", "Rents rose by 9.6 percent.")
    True
    >>> says_otherwise("Rents rose by 9.4 percent.", "The rents rose by 9.4% in all.")
    False
    """
    if Counter(_figures(before)) != Counter(_figures(after)):
        return True
    there, back = agreement(before, after, after), agreement(after, before, before)
    if there.one_denies or there.negation_differs or there.opposites:
        return True
    if there.hedged or back.hedged:
        return True
    old, new = names(before), names(after)
    return bool(old - new and new - old)


def _figures(text: str) -> list[tuple[str, float]]:
    return [(figure.kind, figure.value) for figure in figures(text)]
