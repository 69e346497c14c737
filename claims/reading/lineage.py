"""What a person looks at to split a claim, or to merge others into it."""

import re
from dataclasses import dataclass, field
from uuid import UUID

from claims.highlighting import Block, Segment, Span, blocks_of, segments
from claims.models import OWN_FIRST, Appearance, ArticleVersion, Claim
from claims.ordering import in_order
from claims.states import ClaimState, VerdictState
from factcheck.models import User

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Place:
    """A claim in the newest version that makes it."""

    claim: Claim
    appearance: Appearance

    @property
    def version(self) -> ArticleVersion:
        """That version."""
        return self.appearance.version

    @property
    def paragraphs(self) -> list[tuple[Block, list[Segment]]]:
        """The paragraphs of its words, where those are marked."""
        start, end = self.appearance.start, self.appearance.end
        if start is None or end is None:
            return []
        text = self.version.text
        span = [Span(start, end, 1)]
        return [
            (block, segments(text, block.start, block.end, span))
            for block in blocks_of(text, self.version.blocks, self.version.title)
            if block.start < end and block.end > start
        ]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that could be merged; ``why_not`` says what stands in the way, if anything does."""

    claim: Claim
    quote: str
    why_not: str = field(default="")


def place_of(claim_id: UUID) -> Place:
    """The claim where its newest version makes it; raise Appearance.DoesNotExist."""
    appearance = (
        Appearance.objects.filter(claim__public_id=claim_id)
        .select_related("version", "claim__article", "claim__claimant", "claim__reviewer")
        .order_by("-version__number", *OWN_FIRST)[:1]
        .get()
    )
    return Place(appearance.claim, appearance)


def candidates(place: Place, person: User) -> list[Candidate]:
    """The other undecided claims of the version, those with the most words in common first.

    Two queries.
    """
    found: dict[int, Appearance] = {}
    for appearance in (
        Appearance.objects.filter(
            version=place.version, claim__state__in=[ClaimState.OPEN, ClaimState.IN_REVIEW]
        )
        .exclude(claim=place.claim)
        .select_related("claim__reviewer", "claim__claimant")
        .order_by("start", "end", "pk")
    ):
        found.setdefault(appearance.claim_id, appearance)
    decided = dict(
        Claim.objects.filter(
            pk__in=found,
            verdicts__state__in=[
                VerdictState.DRAFT,
                VerdictState.PROPOSED,
                VerdictState.APPROVED,
                VerdictState.PUBLISHED,
            ],
        ).values_list("pk", "verdicts__state")
    )
    ordered = [found[key] for key in in_order(list(found), place.claim.article.claim_order)]
    words = _words(place.claim.text)
    ordered.sort(key=lambda other: -_alike(words, _words(other.claim.text)))
    return [
        Candidate(
            other.claim, other.quote, _why_not(other.claim, person, decided.get(other.claim_id))
        )
        for other in ordered
    ]


def _why_not(claim: Claim, person: User, verdict: str | None) -> str:
    if claim.state == ClaimState.IN_REVIEW and claim.reviewer and claim.reviewer != person:
        return f"{claim.reviewer.name} has it in hand"
    if verdict == VerdictState.DRAFT:
        return "a verdict on it is being written: merge the others into it"
    return "it has a verdict" if verdict else ""


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _alike(some: set[str], others: set[str]) -> float:
    """Share of all their words that two wordings have in common."""
    return len(some & others) / len(some | others) if some and others else 0.0
