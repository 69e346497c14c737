"""What splitting an article gives: claims at their exact places, and what was left out."""

from dataclasses import dataclass

from claims.kinds import OFF_DESK, ClaimantKind, Kind, Placement, Role, Target
from claims.splitting.dates import with_dates


class NothingToSplit(ValueError):
    """The text holds no sentence; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to make a claim.

    ``name`` is printed in the article, except "unnamed" for "it is reported".
    ``named`` is false for "experts", "officials" and their like. ``verb`` is
    the verb phrase as printed, hedges included; ``via`` the go-between who
    relays the saying ("X said, Y reported": Y). ``kind`` is what a named one is.
    """

    name: str
    named: bool
    role: Role = Role.ASSERTS
    described_as: str = ""
    verb: str = ""
    direct: bool = False
    hedged: bool = False
    via: str = ""
    kind: ClaimantKind = ClaimantKind.UNKNOWN


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """One statement to check: ``article[start:end] == quote``.

    ``text`` is the wording that stands on its own, in the article's words and
    figures only; ``dates`` are its relative dates as printed, each with what it
    means, and ``dated_text`` has them filled in. ``check_worthiness`` is the
    probability, 0 to 1, that a fact-checker would mark it; None in a language
    that is not English, where nothing is guessed. ``needs_context``
    says that ``text`` is not understood by itself, ``surroundings`` are the ranges
    of the sentences it is read with, none for a caption: what tells what its words leave
    open, the sentence before, and its own when it is a part of that. ``attribution``
    is None in the article's own voice. ``days_before`` is how long before the article
    it was said: on its day, unless it names another; None where that is no one day.
    """

    start: int
    end: int
    quote: str
    text: str
    kind: Kind
    check_worthiness: float | None
    reasons: tuple[str, ...] = ()
    needs_context: bool = False
    surroundings: tuple[tuple[int, int], ...] = ()
    attribution: Attribution | None = None
    target: Target = Target.CONTENT
    dates: tuple[tuple[str, str], ...] = ()
    days_before: int | None = 0

    @property
    def dated_text(self) -> str:
        """The text with the meaning of relative dates in brackets behind them."""
        return with_dates(self.text, self.dates)

    def read_with(self, text: str) -> str:
        """The surrounding words of the article's ``text``, "" for none."""
        return " … ".join(text[start:end] for start, end in self.surroundings)

    @property
    def desk(self) -> bool:
        """Whether the claim goes to the desk by itself."""
        return self.kind not in OFF_DESK

    @property
    def claimant(self) -> str:
        """The innermost party that asserts the claim; empty for the article's own voice,
        or when ``check_worthiness`` is None and nobody knows.
        """
        return self.attribution.name if self.attribution else ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A range of the article that holds no claim, and why."""

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph and where in the article it is believed to stand."""

    start: int
    end: int
    placement: Placement


@dataclass(frozen=True, slots=True)
class Splitting:
    """Everything one run of the splitter found; ``engine`` names its version.

    ``sentences`` are the ranges of the sentences that were read for claims;
    none where nothing is guessed.
    """

    claims: tuple[FoundClaim, ...]
    dropped: tuple[Dropped, ...]
    blocks: tuple[Block, ...]
    engine: str
    sentences: tuple[tuple[int, int], ...] = ()
