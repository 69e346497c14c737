"""What of a piece of evidence can be set word by word beside its claim: figures and quotations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from claims.models import Appearance, Evidence
from sources import numbers, quotes

FIGURES = {
    numbers.How.SAME: "same figure",
    numbers.How.ROUNDED: "same but for rounding",
    numbers.How.DIFFERS: "differs",
    numbers.How.OPPOSITE: "the opposite: one rises, the other falls",
    numbers.How.OTHER_PERIOD: "other period",
    numbers.How.OTHER_PLACE: "other place",
    numbers.How.OTHER_BASE: "out of something else",
    numbers.How.OTHER_EVENT: "date of something else",
    numbers.How.OTHER_MOVE: "one says by how much, the other to what",
    numbers.How.DENIED: "one says it, the other denies it",
    numbers.How.UNSURE: "another figure, not surely of the same thing",
}
QUOTATIONS = {
    quotes.How.VERBATIM: "word for word",
    quotes.How.ELLIPSIS: "changed only where it says so",
    quotes.How.SPLICED: "joined from separate places",
    quotes.How.ALTERED: "altered",
}

NEGATIONS = {
    quotes.Where.LEFT_OUT: "A negation was left out",
    quotes.Where.BEFORE: "A negation stands just before",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """A figure of the claim, one of the passage, and how they stand to each other."""

    claimed: str
    found: str
    how: str
    words: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation the article prints, cut where it and the passage part.

    ``negations`` are those of the passage that it lacks.
    """

    quotation: str
    how: str
    words: str
    pieces: tuple[quotes.Piece, ...]
    negations: tuple[quotes.Negation, ...] = ()

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """Each negation with what it is called."""
        return [(NEGATIONS[each.where], each.words) for each in self.negations]


@dataclass(frozen=True, slots=True)
class Beside:
    """What the evidence has of the claim's figures and of the article's quotations."""

    figures: list[Figures]
    quotations: list[Quoted]

    def as_json(self) -> dict[str, Any]:
        """For scripts and publishers: the words of both texts, and codes for how they stand."""
        return {
            "figures": [
                {"claimed": row.claimed, "found": row.found, "how": row.how} for row in self.figures
            ],
            "quotations": [
                {
                    "quotation": row.quotation,
                    "how": row.how,
                    "pieces": [{"part": piece.part, "words": piece.words} for piece in row.pieces],
                    "negations": [
                        {"where": each.where, "words": each.words} for each in row.negations
                    ],
                }
                for row in self.quotations
            ],
        }


def quotations_of(appearance: Appearance) -> list[str]:
    """What the article prints in quotation marks where it makes the claim."""
    if appearance.start is None or appearance.end is None:
        return printed(appearance.quote, 0, len(appearance.quote))
    return printed(appearance.version.text, appearance.start, appearance.end)


def printed(text: str, start: int, end: int) -> list[str]:
    """What a text prints in quotation marks at a place."""
    return [each.words for each in quotes.printed(text, start, end)]


def words_of(evidence: Evidence) -> str:
    """The words of evidence that are compared: its passage's, or a person's."""
    return evidence.passage.text if evidence.passage else evidence.body


def beside(claim: str, quotations: Sequence[str], words: str) -> Beside:
    """Compare a claim's wording, and quotations where it is made, with the words of evidence."""
    figures = numbers.compared(claim, words)
    told = filter(None, (quotes.compared(quotation, words) for quotation in quotations))
    return Beside(
        [Figures(str(row.claimed), str(row.found), row.how, FIGURES[row.how]) for row in figures],
        [
            Quoted(each.quotation, each.how, QUOTATIONS[each.how], each.pieces, each.negations)
            for each in told
        ],
    )
