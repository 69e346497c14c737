"""What of a piece of evidence can be set word by word beside its claim: figures and quotations."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.models import Appearance, Evidence
from sources import numbers, quotes

FIGURES = {
    numbers.How.SAME: "same figure",
    numbers.How.ROUNDED: "same but for rounding",
    numbers.How.DIFFERS: "differs",
    numbers.How.OTHER_PERIOD: "other period",
    numbers.How.OTHER_PLACE: "other place",
    numbers.How.OTHER_BASE: "out of something else",
    numbers.How.OTHER_EVENT: "date of something else",
    numbers.How.UNSURE: "another figure, not surely of the same thing",
}
QUOTATIONS = {
    quotes.How.VERBATIM: "word for word",
    quotes.How.ELLIPSIS: "changed only where it says so",
    quotes.How.SPLICED: "joined from separate places",
    quotes.How.ALTERED: "altered",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """A figure of the claim, the passage's nearest to it, and how they stand to each other."""

    claimed: str
    found: str
    how: str
    words: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation the article prints, cut where it and the passage part."""

    quotation: str
    how: str
    words: str
    pieces: tuple[quotes.Piece, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What the evidence has of the claim's figures and of the article's quotations."""

    figures: list[Figures]
    quotations: list[Quoted]


def quotations_of(appearance: Appearance) -> list[str]:
    """What the article prints in quotation marks where it makes the claim."""
    if appearance.start is None or appearance.end is None:
        text, start, end = appearance.quote, 0, len(appearance.quote)
    else:
        text, start, end = appearance.version.text, appearance.start, appearance.end
    return [each.words for each in quotes.printed(text, start, end)]


def beside(claim: str, quotations: Sequence[str], evidence: Evidence) -> Beside:
    """Compare a claim's wording, and quotations where it is made, with the words of evidence."""
    words = evidence.passage.text if evidence.passage else evidence.body
    figures = numbers.compared(claim, words)
    told = filter(None, (quotes.compared(quotation, words) for quotation in quotations))
    return Beside(
        [Figures(str(row.claimed), str(row.found), row.how, FIGURES[row.how]) for row in figures],
        [Quoted(each.quotation, each.how, QUOTATIONS[each.how], each.pieces) for each in told],
    )
