"""What the search for evidence needs from the outside: four small ports.

Adapters implement these Protocols; nothing here knows how. An adapter never
decides anything about a claim: it finds text, measures it, or says that it
cannot.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Stance(StrEnum):
    """What a passage says about a claim, once it has been read.

    ``NEUTRAL`` means that the passage does not settle the claim by itself:
    off the topic, partial, about another time or place, or mixed.
    """

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Original:
    """What a document came as, from its own server: ``record`` is its bytes as a WARC record."""

    record: bytes | None
    content_type: str
    headers: Mapping[str, str]
    fetched_at: datetime
    extractor: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What a fact-checker said about a claim: theirs, in their words and on their scale."""

    claim: str
    rating: str
    claimant: str = ""
    said_at: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that a provider returned for a query.

    ``passage_id`` is set when the passage is already stored here (the
    library); outside providers leave it empty and give the words alone.
    ``origin`` names who stands behind the outlet, if not the outlet itself;
    ``document`` is the whole text the passage stands in, when at hand, and
    ``original`` its bytes. ``ranks`` and ``scores`` say how it was found
    ("lexical": 3, "vector": 1), ``matched`` which of the claim's words it holds,
    as they are indexed, and ``by`` the versions of what found it, so that a
    reviewer can be told why it is shown.

    ``kind``, ``outlet_kind``, ``access`` and ``language`` are what a provider
    knows of the document, in the words of sources.models; empty where it does
    not say. ``check`` is set when this is somebody's check of a claim, which
    is shown apart and never read as a passage. Without ``text`` it is a mere
    address, of a page that still has to be read.
    """

    url: str
    title: str
    text: str
    outlet: str = ""
    published_at: date | None = None
    passage_id: int | None = None
    origin: str = ""
    document: str = ""
    ranks: Mapping[str, int] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)
    original: Original | None = None
    kind: str = ""
    outlet_kind: str = ""
    access: str = ""
    language: str = ""
    check: Checked | None = None
    matched: Sequence[str] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """One question to a provider.

    ``text`` is the claim or a few of its words. ``said_at`` is when the claim
    was made, if known: providers may prefer passages from around that day.
    """

    text: str
    said_at: date | None = None
    language: str = "en"


class ProviderDown(Exception):
    """The provider cannot answer now; ask it again later.

    ``again_in`` is in how many seconds that makes sense, where it is known.
    """

    def __init__(self, message: str, *, again_in: float | None = None) -> None:
        super().__init__(message)
        self.again_in = again_in


class NotAsked(ProviderDown):
    """The provider was spared: it rests after failures, or its limit is reached."""


class Provider(Protocol):
    """Somewhere to look for passages."""

    name: str
    outside: bool
    """Whether asking it sends the query out of this installation."""

    def questions(self, query: Query) -> Sequence[str]:
        """Return what it is asked about the query, in its own language; nothing asks nothing."""
        ...

    def search(self, query: Query, limit: int) -> Sequence[Found]:
        """Return at most ``limit`` passages, best first.

        An empty sequence means that it was asked and knows nothing. Raise
        ProviderDown when it did not answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the stance model made of one passage.

    ``confidence`` is the probability, between 0 and 1, that ``stance`` is
    right. ``shown`` is whether that is enough to put the stance before a
    reviewer; it is false for every neutral. ``rationale`` is the half-open
    range of the passage's characters that decided, or None.
    """

    stance: Stance
    confidence: float
    shown: bool
    rationale: tuple[int, int] | None = None
    scores: Mapping[str, float] = field(default_factory=dict)


class StanceModel(Protocol):
    """Reads passages against a claim."""

    name: str
    """Name and version, stored with every judgement."""

    def judge(self, claim: str, passages: Sequence[str]) -> list[Judgement]:
        """Return one judgement for each passage, in order."""
        ...


class Encoder(Protocol):
    """Turns text into vectors whose cosine measures likeness of meaning."""

    name: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit-length row for each text: shape (len(texts), dimensions)."""
        ...
