"""An article with its claims where they stand."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

from django.conf.locale import LANG_INFO
from django.db.models import QuerySet

from claims.actions.grounds import Doubt, doubts
from claims.highlighting import Block, Segment, Span, blocks_of, segments
from claims.kinds import NOT_IN_BODY, Anchor, Placement
from claims.models import (
    Appearance,
    ArticleVersion,
    Attribution,
    Claim,
    Evidence,
    ModelRun,
    Search,
    Verdict,
)
from claims.ordering import in_order, seen
from claims.reading.articles import DECIDED
from claims.reading.evidence import Sides, by_side
from claims.reading.links import checked_before
from claims.reading.progress import Progress, run_of
from claims.states import VerdictState
from sources.models import Passage
from sources.ports import Stance

_LANGUAGES = {"zh": "Chinese", "no": "Norwegian", "und": "a language that was not recognised"}

DIMMED = frozenset({Placement.CAPTION, Placement.LINK_BLOCK})


@dataclass(slots=True)
class ReadClaim:
    """A claim as the panel beside its article shows it.

    ``number`` counts the claims in their order, from 1; an appearance without
    a place says that the words are gone. ``above`` and ``below`` are the
    numbers of its neighbours in the list; 0 where there is none. ``verdict`` is
    the public one, ``withdrawn`` the last that was, if none is public since, ``doubts`` what
    happened to what the public one cites, ``before`` the verdict on what it says again.
    """

    number: int
    claim: Claim
    appearance: Appearance
    attributions: list[Attribution] = field(default_factory=list)
    sides: Sides = field(default_factory=Sides)
    search: Search | None = None
    verdict: Verdict | None = None
    withdrawn: Verdict | None = None
    doubts: Sequence[Doubt] = ()
    before: Verdict | None = None
    above: int = 0
    below: int = 0

    @property
    def orphaned(self) -> bool:
        """Whether this version of the article makes the claim no longer."""
        return self.appearance.anchor == Anchor.ORPHANED

    @property
    def replaced(self) -> bool:
        """Whether other claims stand for it, since people split or merged it."""
        return self.claim.was_replaced

    @property
    def not_in_body(self) -> bool:
        """Whether a headline says it that the article does not bear out."""
        return NOT_IN_BODY in self.claim.reasons

    @property
    def more(self) -> list[tuple[Stance, Evidence]]:
        """The evidence after the first piece of each side, with its side."""
        return [(Stance.CONTRADICTS, piece) for piece in self.sides.contradicting[1:]] + [
            (Stance.SUPPORTS, piece) for piece in self.sides.supporting[1:]
        ]

    @property
    def decided(self) -> bool:
        """Whether people are done with it: decided, or checked again while its verdict stands."""
        return self.claim.state in DECIDED or self.verdict is not None


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of the article, the claims they make, and why they were left out.

    ``begins`` names the claims whose first appearance begins with these words,
    ``again`` those that begin here once more, such as a merged one's place.
    """

    text: str
    claims: tuple[ReadClaim, ...] = ()
    begins: tuple[ReadClaim, ...] = ()
    again: tuple[ReadClaim, ...] = ()
    why: str = ""

    @property
    def innermost(self) -> ReadClaim:
        """The shortest claim over these words: what a click on them means."""
        return self.claims[-1]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the article, cut into words of equal marks."""

    block: Block
    words: Sequence[Words]

    @property
    def why(self) -> str:
        """Why the whole block was left out; empty if some of it was read."""
        reasons = {words.why for words in self.words if words.text.strip()}
        return reasons.pop() if len(reasons) == 1 else ""

    @property
    def dimmed(self) -> bool:
        """Whether it is no part of the reporter's prose, and nobody is asked about it."""
        asked = any(read.claim.desk for words in self.words for read in words.claims)
        return not asked and (bool(self.why) or self.block.placement in DIMMED)

    @property
    def quoted(self) -> bool:
        """Whether the page sets it apart as a quotation."""
        return self.block.placement == Placement.QUOTATION


@dataclass(slots=True)
class ArticlePage:
    """Everything the article page shows."""

    version: ArticleVersion
    versions: list[ArticleVersion]
    claims: list[ReadClaim]
    paragraphs: list[Paragraph]
    library_is_empty: bool
    run: ModelRun | None

    @property
    def on_desk(self) -> list[ReadClaim]:
        """The claims people are asked to decide, in their order."""
        return [read for read in self.claims if read.claim.desk]

    @property
    def aside(self) -> list[ReadClaim]:
        """Opinions, predictions and pictures: kept, but nobody is asked about them."""
        return [read for read in self.claims if not read.claim.desk and not read.replaced]

    @property
    def replaced(self) -> list[ReadClaim]:
        """What people split or merged: other claims stand for it."""
        return [read for read in self.claims if read.replaced]

    @property
    def order(self) -> str:
        """The mark of the order shown, for whoever changes it."""
        return seen(self.version.article.claim_order)

    @property
    def decided(self) -> int:
        """How many claims of the desk people are done with."""
        return sum(read.decided for read in self.on_desk)

    @property
    def progress(self) -> Progress:
        """How far the machine is."""
        searches = [read.search for read in self.on_desk if read.search]
        return Progress(self.version, len(self.on_desk), searches, self.run)

    @property
    def headline(self) -> Paragraph | None:
        """The headline where the text holds it."""
        return self._first(Placement.HEADLINE)

    @property
    def standfirst(self) -> Paragraph | None:
        """The standfirst where the text holds it."""
        return self._first(Placement.STANDFIRST)

    @property
    def body(self) -> list[Paragraph]:
        """Every other paragraph."""
        above = (self.headline, self.standfirst)
        return [paragraph for paragraph in self.paragraphs if paragraph not in above]

    @property
    def dropped(self) -> list[tuple[str, str]]:
        """The words that make no claim, and why they were left out."""
        read = [
            (place.start, place.end)
            for place in (claim.appearance for claim in self.claims if claim.claim.desk)
            if place.start is not None and place.end is not None
        ]
        return [
            (self.version.text[start:end], why)
            for start, end, why in self.version.dropped
            if not any(begin <= start and end <= over for begin, over in read)
        ]

    @property
    def written_in(self) -> str:
        """The language in which nothing was guessed; empty for English."""
        return "" if self.version.language.startswith("en") else language_name(self.version)

    @property
    def is_newest(self) -> bool:
        """Whether no later version is known."""
        return self.version == self.versions[0]

    def _first(self, placement: Placement) -> Paragraph | None:
        return next((p for p in self.paragraphs if p.block.placement == placement), None)


def language_name(version: ArticleVersion) -> str:
    """The English name of the language of a version."""
    code = version.language.partition("-")[0]
    info = LANG_INFO.get(code, {})
    return info.get("name") or _LANGUAGES.get(code) or f"a language with the code {code}"


def versions_of(article_id: UUID) -> QuerySet[ArticleVersion]:
    """The versions of one article, the newest first."""
    return (
        ArticleVersion.objects.filter(article__public_id=article_id)
        .select_related("article__owner", "article__publisher")
        .order_by("-number")
    )


def article_page(version: ArticleVersion) -> ArticlePage:
    """Load the page of one version: nine queries, one more before anything was found.

    And one each for claims like others and for what is public.
    """
    appearances = list(
        Appearance.objects.filter(version=version)
        .select_related(
            *("claim__claimant", "claim__reviewer", "claim__worded_by", "claim__added_by"),
            "claim__attributed_by",
        )
        .order_by("start", "end", "pk")
    )
    claims = _read_claims(appearances, version.article.claim_order)
    found = any(read.sides.supporting or read.sides.contradicting for read in claims)
    placed = {read.claim.pk: read for read in claims}
    return ArticlePage(
        version=version,
        versions=list(versions_of(version.article.public_id).defer("text", "blocks", "dropped")),
        claims=claims,
        paragraphs=_paragraphs(version, appearances, placed),
        library_is_empty=not found and not Passage.objects.exists(),
        run=run_of(version),
    )


def _read_claims(appearances: Sequence[Appearance], given: Sequence[int]) -> list[ReadClaim]:
    first: dict[int, Appearance] = {}
    for appearance in appearances:
        first.setdefault(appearance.claim_id, appearance)
    ordered = in_order(list(first), given)
    keys = sorted(ordered, key=lambda key: first[key].claim.was_replaced)  # those come last
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    found = Evidence.objects.filter(claim__in=keys).with_changes()
    for piece in found.select_related("source__outlet", "passage", "decided_by", "added_by"):
        evidence[piece.claim_id].append(piece)
    attributions: dict[int, list[Attribution]] = defaultdict(list)
    for attribution in Attribution.objects.filter(
        appearance__in=[appearance.pk for appearance in first.values()]
    ).select_related("party"):
        attributions[attribution.appearance_id].append(attribution)
    searches = {
        (search.claim_id, search.wording): search
        for search in Search.objects.filter(claim__in=keys, only="").order_by("pk")
    }
    was_public = Verdict.objects.standing() | Verdict.objects.withdrawn()
    verdicts: dict[int, Verdict] = {}
    withdrawn: dict[int, Verdict] = {}
    for verdict in (
        was_public.filter(claim__in=keys).defer("explanation", "gaps").order_by("number")
    ):
        stands = verdict.state == VerdictState.PUBLISHED
        (verdicts if stands else withdrawn)[verdict.claim_id] = verdict
    shaken = doubts([verdict.pk for verdict in verdicts.values()])
    before = checked_before(one.claim for one in first.values() if one.claim_id not in verdicts)
    claims = [
        ReadClaim(
            number=number,
            claim=appearance.claim,
            appearance=appearance,
            attributions=attributions[appearance.pk],
            sides=by_side(evidence[appearance.claim_id]),
            search=searches.get((appearance.claim_id, appearance.claim.wording)),
            verdict=verdicts.get(appearance.claim_id),
            withdrawn=None
            if appearance.claim_id in verdicts
            else withdrawn.get(appearance.claim_id),
            doubts=shaken.get(verdicts[appearance.claim_id].pk, ())
            if appearance.claim_id in verdicts
            else (),
            before=before.get(appearance.claim_id),
        )
        for number, appearance in enumerate((first[key] for key in keys), start=1)
    ]
    for desk in (True, False):
        listed = [read for read in claims if read.claim.desk == desk and not read.replaced]
        for upper, lower in pairwise(listed):
            upper.below, lower.above = lower.number, upper.number
    return claims


def _paragraphs(
    version: ArticleVersion, appearances: Sequence[Appearance], claims: dict[int, ReadClaim]
) -> list[Paragraph]:
    spans = [
        Span(appearance.start, appearance.end, appearance.claim_id)
        for appearance in appearances
        if appearance.start is not None and appearance.end is not None
        if not appearance.claim.was_replaced
    ]
    # Keys below zero are places in ``dropped``; those of claims are above.
    spans += [Span(start, end, ~place) for place, (start, end, _) in enumerate(version.dropped)]
    return [
        Paragraph(
            block,
            [
                _words(version, segment, claims)
                for segment in segments(version.text, block.start, block.end, spans)
            ],
        )
        for block in blocks_of(version.text, version.blocks, version.title)
    ]


def _words(version: ArticleVersion, segment: Segment, claims: dict[int, ReadClaim]) -> Words:
    over = tuple(claims[key] for key in segment.keys if key >= 0)
    dropped = [version.dropped[~key] for key in segment.keys if key < 0]
    beginning = [claims[key] for key in segment.begins if key >= 0]
    return Words(
        segment.text,
        over,
        tuple(read for read in beginning if read.appearance.start == segment.start),
        tuple(read for read in beginning if read.appearance.start != segment.start),
        dropped[0][2] if dropped and not over else "",
    )
