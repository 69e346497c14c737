"""The workspace's tables, grouped by idea."""

from claims.models.anchoring import anchor_now
from claims.models.approving import Approval
from claims.models.asking import ModelRun
from claims.models.attribution import Attribution, EarlierAttribution
from claims.models.bringing import Bringing
from claims.models.checks import CheckLink
from claims.models.claim import (
    OWN_FIRST,
    Appearance,
    Claim,
    EarlierWording,
)
from claims.models.corrections import Correction, CorrectionKind
from claims.models.delivery import Delivery, Endpoint, IdempotencyKey
from claims.models.evidence import (
    HEAVY,
    Evidence,
    EvidenceKind,
    Publication,
    origins_of,
)
from claims.models.handing import Handover, TakenAway
from claims.models.intake import Article, Purpose, Submission, Visibility
from claims.models.linking import ClaimLink
from claims.models.matching import ClaimEntry, MatchEntry
from claims.models.notes import LONGEST_NOTE, Addressee, Note
from claims.models.objections import (
    CONTACT_KEPT,
    TURNED_DOWN,
    Objection,
    ObjectionDecision,
    ObjectionKind,
)
from claims.models.party import Party, PartyKind
from claims.models.publishing import (
    Citation,
    Revision,
    Verdict,
)
from claims.models.replies import RECORDED, ReplyOutcome, ReplyRequest
from claims.models.searching import Search, SearchReason, was_searched
from claims.models.siding import STANCES
from claims.models.versions import ArticleVersion
from sources.relays import Relation

__all__ = [
    "CONTACT_KEPT",
    "HEAVY",
    "LONGEST_NOTE",
    "OWN_FIRST",
    "RECORDED",
    "STANCES",
    "TURNED_DOWN",
    "Addressee",
    "Appearance",
    "Approval",
    "Article",
    "ArticleVersion",
    "Attribution",
    "Bringing",
    "CheckLink",
    "Citation",
    "Claim",
    "ClaimEntry",
    "ClaimLink",
    "Correction",
    "CorrectionKind",
    "Delivery",
    "EarlierAttribution",
    "EarlierWording",
    "Endpoint",
    "Evidence",
    "EvidenceKind",
    "Handover",
    "IdempotencyKey",
    "MatchEntry",
    "ModelRun",
    "Note",
    "Objection",
    "ObjectionDecision",
    "ObjectionKind",
    "Party",
    "PartyKind",
    "Publication",
    "Purpose",
    "Relation",
    "ReplyOutcome",
    "ReplyRequest",
    "Revision",
    "Search",
    "SearchReason",
    "Submission",
    "TakenAway",
    "Verdict",
    "Visibility",
    "anchor_now",
    "origins_of",
    "was_searched",
]
