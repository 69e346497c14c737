"""One claim: where it is said, what stands for and against it, and what was done with it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from claims.actions.gates import PRIMARY_RECORDS
from claims.actions.grounds import Doubt, doubts
from claims.kinds import NO_STATEMENT, QUESTION, Placement
from claims.models import (
    HEAVY,
    OWN_FIRST,
    Appearance,
    ArticleVersion,
    Attribution,
    Claim,
    EarlierWording,
    Evidence,
    Objection,
    ReplyRequest,
    Search,
    Verdict,
    origins_of,
)
from claims.models.attribution import said_of
from claims.reading.attributing import Attributed, attributed, voice_of
from claims.reading.beside import quotations_of
from claims.reading.bringing import Document, documents
from claims.reading.checks import Check, checks_beside
from claims.reading.evidence import Sides, by_side
from claims.reading.history import Happening, history
from claims.reading.links import Like, likes
from claims.reading.objections import objections_to
from claims.reading.searches import Difference, looked, lost
from claims.rewording import Piece, changes
from claims.states import EvidenceState, VerdictState
from factcheck.models import User
from sources.origins import Origin

AROUND = 240
"""Characters of the article shown before and after the quote."""
PROSE = frozenset({Placement.STANDFIRST, Placement.BODY, Placement.QUOTATION})
STATING_NOTHING = frozenset({QUESTION, NO_STATEMENT})
"""What gives no claim and is part of the text all the same."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a claim: whose it is, nobody's if a machine's, and what it changed."""

    number: int
    text: str
    by: User | None
    changed: list[Piece]


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Everything the page of a claim shows."""

    claim: Claim
    appearance: Appearance | None
    attributions: list[Attribution]
    attributed: list[Attributed]
    merged_places: list[Appearance]
    sides: Sides
    searches: list[Search]
    looked: list[tuple[Search, Difference | None]]
    lost: frozenset[int]
    verdicts: list[Verdict]
    wordings: list[Wording]
    kin: list[Claim]
    history: list[Happening]
    documents: list[Document]
    mistaken: list[Document]
    """Documents that were brought by mistake, and set aside."""
    likes: list[Like]
    origins: dict[int, Origin]
    checks: list[Check]
    replies: list[ReplyRequest]
    taken_back: list[ReplyRequest]
    doubts: list[Doubt]
    objections: list[Objection]
    loaded_at: datetime = field(default_factory=timezone.now)

    @property
    def said(self) -> Attribution | None:
        """What is said of the claimant where the claim stands."""
        return said_of(self.claim, self.attributions)

    @property
    def voice(self) -> str:
        """Who says it, as the form offers it."""
        return voice_of(self.claim)

    @property
    def read_by_machine(self) -> str:
        """Who says it and of what kind it is as the splitter read it, if people changed that."""
        first = self.attributed[-1] if self.attributed else None
        return first.words if first and not self.claim.added_by_id and first.by is None else ""

    @property
    def above(self) -> str:
        """The end of the paragraph above, when the quote opens its own; no headline."""
        place = self.appearance
        if place is None or place.start is None or self._around("before").strip():
            return ""
        return _last(_above(place.version, place.start))

    @property
    def before(self) -> str:
        """Words of the paragraph that lead up to the quote."""
        return self._around("before")

    @property
    def after(self) -> str:
        """Words of the paragraph that follow the quote."""
        return self._around("after")

    @property
    def independent(self) -> int:
        """How many independent origins the accepted evidence for and against has.

        What a person recorded and is primary is an origin of its own, by its title.
        """
        counting = [piece for piece in self.sides.counting if piece.state == EvidenceState.ACCEPTED]
        named = {self.origins[piece.pk].name for piece in counting if piece.pk in self.origins}
        recorded = {piece.title.casefold() for piece in counting if piece.kind in PRIMARY_RECORDS}
        return len(named) + len(recorded)

    @property
    def fallen(self) -> int:
        """How many accepted pieces are of sources retracted or blocked since."""
        return sum(bool(one.source and one.source.objections) for one in self.sides.accepted)

    @property
    def quotations(self) -> list[str]:
        """What the article prints in quotation marks where it makes the claim."""
        return quotations_of(self.appearance) if self.appearance else []

    @property
    def in_approval(self) -> bool:
        """Whether a verdict on it is with the approver or ready to publish."""
        return self._verdict(VerdictState.PROPOSED, VerdictState.APPROVED) is not None

    @property
    def counting(self) -> set[int]:
        """The keys of those ``replies`` that were written down for the present claimant."""
        return {reply.pk for reply in self.replies if reply.counts_for(self.claim)}

    @property
    def asked_before(self) -> set[int]:
        """The keys of those ``replies`` that are of asking before the claim was said."""
        return {reply.pk for reply in self.replies if reply.is_before(self.claim)}

    @property
    def untold(self) -> bool:
        """Whether the public verdict tells otherwise who was asked for an answer."""
        public = self._verdict(VerdictState.PUBLISHED)
        told = [reply.as_published() for reply in self.replies if reply.pk in self.counting]
        return public is not None and public.replies != told

    @property
    def in_work(self) -> Verdict | None:
        """The verdict somebody writes, approves or may publish."""
        return self._verdict(VerdictState.DRAFT, VerdictState.PROPOSED, VerdictState.APPROVED)

    @property
    def public(self) -> Verdict | None:
        """The verdict the world reads."""
        return self._verdict(VerdictState.PUBLISHED)

    @property
    def withdrawn(self) -> Verdict | None:
        """The last verdict that was public, if it was withdrawn and none is public since."""
        return None if self.public else self._verdict(VerdictState.WITHDRAWN)

    @property
    def words_may_change(self) -> bool:
        """Whether no verdict stands in the way of another wording or claimant."""
        in_work = self.in_work
        return in_work.state == VerdictState.DRAFT if in_work else self.public is None

    @property
    def may_be_replaced(self) -> bool:
        """Whether no verdict stands in the way of dismissing, splitting and merging it."""
        return self.words_may_change and self.public is None

    @property
    def discarded(self) -> Verdict | None:
        """The newest draft that was given up."""
        return self._verdict(VerdictState.DISCARDED)

    @property
    def searching(self) -> bool:
        """Whether a worker still looks for evidence for the present wording."""
        return any(
            search.due_at and search.wording == self.claim.wording and not search.only
            for search in self.searches
        )

    @property
    def searched(self) -> bool:
        """Whether a search for the present wording is over."""
        return any(
            search.finished_at and search.wording == self.claim.wording and not search.only
            for search in self.searches
        )

    @property
    def owed(self) -> list[Search]:
        """Searches of providers that did not answer for the present wording, the next first."""
        waiting = [
            search
            for search in self.searches
            if search.due_at
            and search.only
            and search.outside
            and search.wording == self.claim.wording
        ]
        return sorted(waiting, key=lambda search: search.due_at or search.created_at)

    @property
    def parts(self) -> list[Claim]:
        """The claims it is split into now."""
        mine = [claim for claim in self.kin if claim.split_from_id == self.claim.pk]
        return [claim for claim in mine if not claim.was_put_back]

    @property
    def merged(self) -> list[Claim]:
        """The claims of the article that it stands for."""
        mine = [claim for claim in self.kin if claim.merged_into_id == self.claim.pk]
        return [claim for claim in mine if not claim.was_put_back]

    @property
    def machine_text(self) -> str:
        """The machine's wording, if people gave another; empty otherwise."""
        if self.claim.worded_by_id is None:
            return ""
        return next((wording.text for wording in self.wordings[1:] if wording.by is None), "")

    def _verdict(self, *states: VerdictState) -> Verdict | None:
        return next((verdict for verdict in self.verdicts if verdict.state in states), None)

    def _around(self, where: Literal["before", "after"]) -> str:
        place = self.appearance
        if place is None or place.start is None or place.end is None:
            return ""
        text = place.version.text
        if where == "after":
            return _first(text[place.end :].partition("\n")[0])
        return _last(text[: place.start].rpartition("\n")[2])


def _above(version: ArticleVersion, start: int) -> str:
    """The paragraph above that of ``start``, without what is no part of the text: a byline."""
    left_out = {(out, end) for out, end, why in version.dropped if why not in STATING_NOTHING}
    above = [
        (first, end)
        for first, end, placement in version.blocks
        if end <= start and placement in PROSE and (first, end) not in left_out
    ]
    return version.text[slice(*above[-1])] if above else ""


def _first(words: str) -> str:
    """The first words, AROUND characters at most."""
    cut = words[:AROUND]
    return words if len(words) <= AROUND else f"{cut.rpartition(' ')[0] or cut} …"


def _last(words: str) -> str:
    """The last words, AROUND characters at most."""
    cut = words[-AROUND:]
    return words if len(words) <= AROUND else f"… {cut.partition(' ')[2] or cut}"


def is_searched(claim: Claim) -> bool:
    """Whether a worker still looks for evidence for the present wording. One query."""
    searches = Search.objects.filter(claim=claim, wording=claim.wording, only="")
    return searches.filter(due_at__isnull=False).exists()


def claim_page(claim_id: UUID) -> ClaimPage:
    """Load the page of one claim: eleven queries, one more when it was reworded, one when
    somebody changed who says it, two with a public verdict, two with likes, five where
    others checked claims, and one if it was ever handed over.

    One more when it was split, merged, or came of that, and one to three for
    the places of claims merged into it. Raise Claim.DoesNotExist.
    """
    shown = (
        "article",
        "claimant",
        "reviewer",
        "worded_by",
        "attributed_by",
        "added_by",
        "split_from",
        "merged_into",
        "handover",
    )
    appearance = (
        Appearance.objects.filter(claim__public_id=claim_id)
        .select_related("version", *(f"claim__{name}" for name in shown))
        .order_by("-version__number", *OWN_FIRST)
        .first()
    )
    claim = (
        appearance.claim
        if appearance
        else Claim.objects.select_related(*shown).get(public_id=claim_id)
    )
    evidence = list(
        Evidence.objects.filter(claim=claim)
        .with_changes()
        .select_related(
            "source__outlet",
            "passage__snapshot",
            "decided_by",
            "related_by",
            "added_by",
            "search",
            "carried_from__claim",
        )
        .defer(*(f"passage__{column}" for column in HEAVY))
    )
    attributions = list(Attribution.objects.filter(appearance=appearance).select_related("party"))
    kin = list(Claim.objects.filter(Q(split_from=claim) | Q(merged_into=claim)).order_by("pk"))
    searches = list(Search.objects.filter(claim=claim).order_by("-pk"))
    verdicts = list(
        Verdict.objects.filter(claim=claim).select_related("author").order_by("-number")
    )
    replies = list(ReplyRequest.objects.of(claim))
    brought = documents(claim, evidence)
    public = [verdict.pk for verdict in verdicts if verdict.state == VerdictState.PUBLISHED]
    return ClaimPage(
        claim=claim,
        appearance=appearance,
        attributions=attributions,
        attributed=attributed(claim, said_of(claim, attributions)),
        merged_places=_merged_places(appearance) if appearance and kin else [],
        sides=by_side(evidence),
        searches=searches,
        looked=looked(searches, evidence),
        lost=lost(claim, searches, evidence),
        verdicts=verdicts,
        wordings=_wordings(claim) if claim.wording > 1 else [],
        kin=kin,
        history=history(claim, evidence, replies, [one.bringing for one in brought]),
        documents=[one for one in brought if one.bringing.set_aside_at is None],
        mistaken=[one for one in brought if one.bringing.set_aside_at is not None],
        likes=likes(claim),
        origins=origins_of(evidence),
        checks=checks_beside(claim),
        replies=[reply for reply in replies if reply.taken_back_at is None],
        taken_back=[reply for reply in replies if reply.taken_back_at is not None],
        doubts=[doubt for told in doubts(public).values() for doubt in told],
        objections=objections_to(claim) if any(one.published_at for one in verdicts) else [],
    )


def _merged_places(shown: Appearance) -> list[Appearance]:
    """Where else its version makes the claim, in the words of claims merged into it."""
    others = Appearance.objects.filter(
        claim=shown.claim_id, version=shown.version_id, merged_from__isnull=False
    ).exclude(pk=shown.pk)
    return list(others.prefetch_related("attributions__party").order_by("start"))


def _wordings(claim: Claim) -> list[Wording]:
    """Every wording of a claim that was reworded, the present one first."""
    earlier = EarlierWording.objects.filter(claim=claim).select_related("worded_by")
    all_of_them = [(row.number, row.text, row.worded_by) for row in earlier.order_by("number")]
    all_of_them.append((claim.wording, claim.text, claim.worded_by))
    before = ["", *(text for _, text, _ in all_of_them)]
    return [
        Wording(number, text, by, changes(was, text) if was else [(text, "kept")])
        for was, (number, text, by) in zip(before, all_of_them, strict=False)
    ][::-1]
