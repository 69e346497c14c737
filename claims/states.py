"""Who must act next: every state of the workspace, and what may follow what.

The tables below are the only place where moves are listed. The acts, the
database's constraints, docs/states.md and the tests all read them.
"""

from enum import StrEnum


class IllegalMove(ValueError):
    """The state machine has no such move."""


class State(StrEnum):
    """Base of the enums whose members are stored as text."""

    @property
    def label(self) -> str:
        """The member's name for people.

        >>> ClaimState.IN_REVIEW.label
        'In review'
        """
        return self.value.replace("_", " ").capitalize()

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of stored text and label, as Django's fields want them."""
        return [(state.value, state.label) for state in cls]


class SubmissionState(State):
    """A submission waits for its text."""

    RECEIVED = "received"  # a worker will fetch and read it
    READY = "ready"  # its article version is known
    FAILED = "failed"  # a person must look at the error and retry


class VersionState(State):
    """An article version waits to be split."""

    RECEIVED = "received"  # a worker will split it
    SPLIT = "split"  # its claims are on the desk
    FAILED = "failed"  # a person must retry or mark the claims by hand


class ClaimState(State):
    """A claim waits for a person."""

    OPEN = "open"  # anybody may take it
    IN_REVIEW = "in_review"  # its reviewer decides
    CLOSED = "closed"  # decided; see its outcome
    DISMISSED = "dismissed"  # will not be checked; see its reason


class VerdictState(State):
    """A verdict waits for its author, its approver, or nobody."""

    DRAFT = "draft"  # its author writes
    DISCARDED = "discarded"  # given up as a draft; may be written on
    PROPOSED = "proposed"  # a second person must approve or return it
    APPROVED = "approved"  # may be published
    PUBLISHED = "published"  # public and frozen
    SUPERSEDED = "superseded"  # a corrected version took its place
    WITHDRAWN = "withdrawn"  # public as withdrawn, with its reason


class EvidenceState(State):
    """Evidence waits for a person's decision."""

    SUGGESTED = "suggested"  # a machine set it beside the claim
    ACCEPTED = "accepted"  # counts, for the side a person said
    REJECTED = "rejected"  # does not count; see its reason


class BringingState(State):
    """A document a person brings to a claim waits to be read."""

    RECEIVED = "received"  # a worker will fetch and read it
    READY = "ready"  # frozen, and its best passages are offered
    FAILED = "failed"  # a person must look at the reason and retry, or bring another


class DeliveryState(State):
    """A notice to a publisher's endpoint waits to be sent."""

    PENDING = "pending"  # a worker will send it
    SENT = "sent"  # the endpoint took it; may be sent again
    FAILED = "failed"  # given up; a person may send it again
    STOPPED = "stopped"  # nobody was to be told any more; may be sent again


class Outcome(State):
    """How a claim was closed."""

    VERDICT = "verdict"  # its verdict is public
    CONFIRMED = "confirmed"  # accepted evidence bears it out
    FIX_NEEDED = "fix_needed"  # the article must say it otherwise
    UNVERIFIABLE = "unverifiable"  # searched, and nothing settles it
    CUT = "cut"  # no longer in the article


class Dismissal(State):
    """Why a claim will not be checked."""

    OPINION = "opinion"  # a judgement nobody can check
    PREDICTION = "prediction"  # about what has not happened yet
    VAGUE = "vague"  # too unclear to be true or false
    NO_PUBLIC_DATA = "no_public_data"  # nobody outside could know
    ALREADY_CHECKED = "already_checked"  # somebody has published a check
    DUPLICATE = "duplicate"  # another claim here says the same
    SATIRE = "satire"  # not meant to be believed
    OUTSIDE_REMIT = "outside_remit"  # not for this desk
    SPLITTING_ERROR = "splitting_error"  # the article does not say this
    SPLIT = "split"  # a person split it: its parts are checked


MOVES: dict[type[State], dict[State, frozenset[State]]] = {
    SubmissionState: {
        SubmissionState.RECEIVED: frozenset({SubmissionState.READY, SubmissionState.FAILED}),
        SubmissionState.READY: frozenset(),
        SubmissionState.FAILED: frozenset({SubmissionState.RECEIVED}),
    },
    VersionState: {
        VersionState.RECEIVED: frozenset({VersionState.SPLIT, VersionState.FAILED}),
        VersionState.SPLIT: frozenset(),
        VersionState.FAILED: frozenset({VersionState.RECEIVED}),
    },
    ClaimState: {
        ClaimState.OPEN: frozenset({ClaimState.IN_REVIEW, ClaimState.DISMISSED}),
        ClaimState.IN_REVIEW: frozenset({ClaimState.OPEN, ClaimState.CLOSED, ClaimState.DISMISSED}),
        ClaimState.CLOSED: frozenset({ClaimState.OPEN}),
        ClaimState.DISMISSED: frozenset({ClaimState.OPEN}),
    },
    VerdictState: {
        VerdictState.DRAFT: frozenset({VerdictState.PROPOSED, VerdictState.DISCARDED}),
        VerdictState.DISCARDED: frozenset({VerdictState.DRAFT}),
        VerdictState.PROPOSED: frozenset({VerdictState.APPROVED, VerdictState.DRAFT}),
        VerdictState.APPROVED: frozenset({VerdictState.PUBLISHED, VerdictState.DRAFT}),
        VerdictState.PUBLISHED: frozenset({VerdictState.SUPERSEDED, VerdictState.WITHDRAWN}),
        VerdictState.SUPERSEDED: frozenset(),
        VerdictState.WITHDRAWN: frozenset(),
    },
    EvidenceState: {
        EvidenceState.SUGGESTED: frozenset({EvidenceState.ACCEPTED, EvidenceState.REJECTED}),
        EvidenceState.ACCEPTED: frozenset({EvidenceState.REJECTED, EvidenceState.SUGGESTED}),
        EvidenceState.REJECTED: frozenset({EvidenceState.ACCEPTED, EvidenceState.SUGGESTED}),
    },
    BringingState: {
        BringingState.RECEIVED: frozenset({BringingState.READY, BringingState.FAILED}),
        BringingState.READY: frozenset(),
        BringingState.FAILED: frozenset({BringingState.RECEIVED}),
    },
    DeliveryState: {
        DeliveryState.PENDING: frozenset(
            {DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.STOPPED}
        ),
        DeliveryState.SENT: frozenset({DeliveryState.PENDING}),
        DeliveryState.FAILED: frozenset({DeliveryState.PENDING, DeliveryState.STOPPED}),
        DeliveryState.STOPPED: frozenset({DeliveryState.PENDING}),
    },
}
"""By kind of state, because members of two kinds with the same text are equal: 'failed'."""


def check_move(old: State, new: State) -> None:
    """Raise IllegalMove unless ``old -> new`` is in the table.

    >>> check_move(ClaimState.OPEN, ClaimState.IN_REVIEW)
    >>> check_move(ClaimState.OPEN, ClaimState.CLOSED)
    Traceback (most recent call last):
        ...
    claims.states.IllegalMove: open -> closed

    >>> check_move(VersionState.FAILED, VersionState.RECEIVED)
    """
    if new not in MOVES[type(old)][old]:
        raise IllegalMove(f"{old} -> {new}")
