"""What must be so before a verdict goes to the public, as a checklist."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from claims.actions.refusals import Refused
from claims.models import (
    Citation,
    Claim,
    CorrectionKind,
    Evidence,
    EvidenceKind,
    PartyKind,
    ReplyOutcome,
    ReplyRequest,
    Verdict,
    Visibility,
    origins_of,
)
from claims.ratings import OF_TRUE_WORDS, SCALES, UNPROVEN
from claims.states import EvidenceState, VerdictState
from sources.models import Access, Nearness, nearness
from sources.ports import Stance
from sources.relays import Relation

PRIMARY_RECORDS = frozenset(
    {EvidenceKind.INTERVIEW, EvidenceKind.DATASET, EvidenceKind.OBSERVATION}
)
"""What a person heard, saw or has the figures of; a document is brought, not told of."""

WAIVERS = {
    "single_authority": "Only one body can know this.",
    "urgent_harm": "Waiting would do harm.",
    "source_at_risk": "Naming a second source would endanger somebody.",
}
"""Public reasons for publishing although a gate is closed."""

ANSWERING = frozenset({PartyKind.PERSON, PartyKind.BODY, PartyKind.UNKNOWN})
"""Who can be asked for an answer: no document, and no group without a name."""

_CITED = re.compile(r"\[(\d{1,3})\]")


@dataclass(frozen=True, slots=True)
class Gate:
    """One line of the checklist.

    ``how`` says what opens it, ``warning`` what to look at although it is open.
    """

    code: str
    label: str
    open: bool
    how: str = ""
    warning: str = ""


def cited_numbers(explanation: str) -> set[int]:
    """The numbers an explanation cites.

    >>> sorted(cited_numbers("Crime fell [2], police say [1][2]."))
    [1, 2]
    """
    return {int(number) for number in _CITED.findall(explanation)}


def check_gates(verdict: Verdict) -> list[Citation]:
    """Return the verdict's citations; raise Refused with everything that is missing."""
    citations = list(verdict.citations.with_evidence())
    missing = [gate for gate in gates(verdict, citations) if not gate.open]
    if missing:
        raise Refused(" ".join(gate.how for gate in missing))
    return citations


def gates(verdict: Verdict, citations: Sequence[Citation]) -> list[Gate]:
    """The checklist of a verdict.

    Reads its claim's article and searches, what it corrects and what that cites, and the
    citations' sources.

    The approval by a second person is no line here: the database itself
    refuses to publish without it.
    """
    numbers = {citation.number for citation in citations}
    cited = cited_numbers(verdict.explanation)
    rating_known = verdict.rating in {rating.code for rating in SCALES[verdict.scale].ratings}
    evidence = [citation.evidence for citation in citations]
    if verdict.rating in UNPROVEN:
        grounded = verdict.claim.searches.filter(finished_at__isnull=False).exists() or any(
            piece.kind == EvidenceKind.NOTHING_FOUND for piece in evidence
        )
        ground = Gate(
            "ground", "A log of what was searched", grounded, "Search, or record what was searched."
        )
    else:
        ground = Gate(
            "ground",
            "One primary source, or two independent origins",
            _grounded([piece for piece in evidence if piece.state == EvidenceState.ACCEPTED])
            or verdict.waiver in WAIVERS,
            "Accept and cite a primary source or a second origin, or give a public reason.",
        )
    return [
        Gate(
            "rating",
            "A rating of the scale",
            rating_known,
            "Choose a rating.",
            _one_sided(verdict, evidence) if rating_known else "",
        ),
        *_correction(verdict),
        Gate(
            "explanation",
            "An explanation",
            bool(verdict.explanation.strip()),
            "Explain what the evidence shows.",
        ),
        Gate(
            "citations",
            "Every number cited exists, and every citation is used",
            cited == numbers,
            _difference(cited, numbers),
        ),
        _accepted(verdict, citations),
        _standing(verdict, citations),
        Gate(
            "frozen",
            "Cited sources are stored and may be shown",
            all(
                piece.source.access != Access.PRIVATE
                for piece in evidence
                if piece.source and piece.passage_id
                if piece.publication == Evidence.Publication.FULL
            ),
            "Describe private sources instead of citing their words.",
        ),
        ground,
        *_reply(verdict),
        Gate(
            "public",
            "The article is public",
            verdict.claim.article.visibility == Visibility.PUBLIC,
            "The article is confidential: whoever handed it in, or an editor, must make it public "
            "before its words are.",
        ),
    ]


def _reply(verdict: Verdict) -> list[Gate]:
    """The line of a verdict that goes against somebody who is named; others have none.

    It is shut until it is written down of everybody who was asked what came of it. What was
    written down for another claimant, or of asking before the claim was said, opens nothing.
    """
    scale = SCALES[verdict.scale].ratings
    against = any(rating.adverse for rating in scale if rating.code == verdict.rating)
    claimant = verdict.claim.claimant
    if claimant is None or claimant.kind not in ANSWERING or not against:
        return []
    written = list(ReplyRequest.objects.of(verdict.claim))
    asked = [reply for reply in written if reply.counts_for(verdict.claim)]
    waiting = [reply for reply in asked if reply.is_waiting]
    late = [reply for reply in waiting if reply.is_late]
    how = (
        f"Ask {claimant.name} for an answer on the claim's page, or say there why nobody is asked."
    )
    if late:
        how = (
            f"{late[0].asked} was to answer by {late[0].due_on:%-d %B %Y}: write down on the "
            "claim's page what came of it."
        )
    elif waiting:
        last = max(reply.due_on for reply in waiting)
        how = f"{waiting[0].asked} may still answer, until {last:%-d %B %Y}."
    elif others := [reply for reply in written if reply.taken_back_at is None]:
        how = f"{_why_not_counted(others[-1], verdict.claim)} {how}"
    label = "Whoever it goes against was asked for an answer, or it is said why not"
    return [Gate("reply", label, bool(asked) and not waiting, how, _asked_early(verdict, asked))]


def _why_not_counted(reply: ReplyRequest, claim: Claim) -> str:
    if reply.is_before(claim):
        return (
            f"{reply.asked} was asked on {reply.asked_on:%-d %B %Y}, and the claim was said on "
            f"{claim.said_at:%-d %B %Y}."
        )
    whom = reply.claimant
    return f"What is written down was for {whom.name if whom else 'nobody named'}."


def _asked_early(verdict: Verdict, asked: Sequence[ReplyRequest]) -> str:
    """What to say of people who were asked before anybody here had the article."""
    here = timezone.localdate(verdict.claim.article.created_at)
    early = [
        reply for reply in asked if reply.outcome != ReplyOutcome.NOT_ASKED if reply.asked_on < here
    ]
    if not early:
        return ""
    return (
        f"{early[0].asked} was asked on {early[0].asked_on:%-d %B %Y}, before the article was "
        f"handed in ({here:%-d %B %Y}): see that it was about this claim."
    )


def _accepted(verdict: Verdict, citations: Sequence[Citation]) -> Gate:
    """The line about what people decided on the cited evidence.

    A draft takes over what each piece is accepted as when it is proposed; what was proposed says
    what it was then, and is not published while that is decided otherwise.
    """
    refused = [each for each in citations if each.evidence.state != EvidenceState.ACCEPTED]
    turned = [
        each
        for each in citations
        if verdict.state != VerdictState.DRAFT
        and each not in refused
        and each.stance != each.evidence.stance
    ]
    how = []
    if refused:
        how.append(f"Accept what {_numbers(refused)} cites, or cite something else.")
    how += [
        f"[{each.number}] is cited as “{each.get_stance_display()}”, and was accepted since as "
        f"“{each.evidence.get_stance_display()}”: return this verdict, or take it back, and "
        "propose it again."
        for each in turned
    ]
    label = "Only accepted evidence is cited, for the side it was accepted for"
    return Gate("accepted", label, not how, " ".join(how))


def _numbers(citations: Sequence[Citation]) -> str:
    return " and ".join(f"[{citation.number}]" for citation in citations)


def _correction(verdict: Verdict) -> list[Gate]:
    """The line of a correction, whose public note says whether the rating changes.

    A draft that corrects what was withdrawn has none: proposed, it is no correction any more.
    """
    correction = getattr(verdict, "correction", None)
    if correction is None:
        return []
    public = correction.verdict
    if public.state == VerdictState.WITHDRAWN:
        standing = Gate(
            "correction",
            "What it corrects still stands",
            False,
            "The verdict it corrects was withdrawn: return this one, or take it back, and propose "
            "it again; it is a verdict of its own then.",
        )
        return [] if verdict.state == VerdictState.DRAFT else [standing]
    changes = (verdict.scale, verdict.rating) != (public.scale, public.rating)
    how = (
        f"The rating is not “{public.rating_label}” any more: choose “Changes the rating” under "
        "What it changes."
        if changes
        else f"The rating is “{public.rating_label}” as before: choose another, or say under "
        "What it changes that it stays."
    )
    return [
        Gate(
            "correction",
            "The correction says truly whether the rating changes",
            changes == (correction.kind == CorrectionKind.CHANGES_RATING),
            how,
        )
    ]


def _one_sided(verdict: Verdict, evidence: Sequence[Evidence]) -> str:
    """What to say of a rating that all cited evidence which takes a side speaks against."""
    scale = SCALES[verdict.scale]
    rating = scale[verdict.rating]
    sides = {piece.stance for piece in evidence} & {Stance.SUPPORTS, Stance.CONTRADICTS}
    if rating.number is None or rating.code in OF_TRUE_WORDS or len(sides) != 1:
        return ""
    middle = (1 + scale.best) / 2
    if rating.number > middle and sides == {Stance.CONTRADICTS}:
        return f"Nothing cited supports the claim, and the rating is “{rating.label}”."
    if rating.number < middle and sides == {Stance.SUPPORTS}:
        return f"Nothing cited contradicts the claim, and the rating is “{rating.label}”."
    return ""


def _standing(verdict: Verdict, citations: Sequence[Citation]) -> Gate:
    """The line about sources that were retracted, or whose outlet is blocked.

    What the corrected verdict cites already is no obstacle once somebody looked at it and said
    why that verdict may stand: a verdict that may stand can be corrected.
    """
    fallen = [
        (citation, source)
        for citation in citations
        if (source := citation.evidence.source) and source.objections
    ]
    cited_already = _cited_by_corrected(verdict) if fallen else set()
    refused, kept = [], []
    for citation, source in fallen:
        told = f"[{citation.number}] {' '.join(source.objections)}"
        if citation.evidence_id in cited_already and not source.wants_looking_at:
            kept.append(f"{told} What cites it may stand: {source.examination}")
        else:
            refused.append(told)
    return Gate(
        "standing",
        "Every cited source stands, or what cites it may",
        not refused,
        f"Cite something else. {' '.join(refused)}",
        "" if refused else " ".join(kept),
    )


def _cited_by_corrected(verdict: Verdict) -> set[int]:
    """The evidence that the public verdict cites which this one corrects. One query."""
    correction = getattr(verdict, "correction", None)
    if correction is None or correction.verdict.state != VerdictState.PUBLISHED:
        return set()
    return set(correction.verdict.citations.values_list("evidence_id", flat=True))


def _grounded(evidence: Sequence[Evidence]) -> bool:
    counting = [piece for piece in evidence if piece.relation == Relation.INDEPENDENT]
    if any(
        piece.kind in PRIMARY_RECORDS
        or (piece.source and nearness(piece.source)[0] == Nearness.PRIMARY)
        for piece in counting
    ):
        return True
    return len({origin.name for origin in origins_of(counting).values()}) >= 2


def _difference(cited: set[int], numbers: set[int]) -> str:
    missing = ", ".join(f"[{number}]" for number in sorted(cited - numbers))
    unused = ", ".join(f"[{number}]" for number in sorted(numbers - cited))
    return " ".join(
        part
        for part in (
            f"No evidence has the number {missing}." if missing else "",
            f"The explanation does not use {unused}." if unused else "",
        )
        if part
    )
