"""Verdicts and claims brought to a state by the acts themselves, the only way there."""

from claims.actions.correcting import begin_correction
from claims.actions.discarding import discard_draft
from claims.actions.dividing import Part, split_claim
from claims.actions.merging import merge_claims
from claims.actions.publishing import publish_verdict, withdraw_verdict
from claims.actions.review import take_claim
from claims.actions.verdicts import (
    Draft,
    Seen,
    approve_verdict,
    propose_verdict,
    save_draft,
    start_verdict,
)
from claims.models import Claim, Correction, CorrectionKind, Party, Verdict, Visibility
from claims.states import VerdictState
from factcheck.models import User
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    ClaimFactory,
    EvidenceFactory,
    PassageFactory,
    SourceFactory,
    UserFactory,
)

CORRECTION = (Correction.Kind.KEEPS_RATING, "The count was made in May.")


def public_claim(**columns: object) -> Claim:
    """A claim of a public article, in review."""
    if "article" not in columns:
        columns["article__visibility"] = Visibility.PUBLIC
    return ClaimFactory(**({"in_review": True} | columns))


def claim_with_evidence(**columns: object) -> Claim:
    """A claim of a public article, in review, with one accepted passage of a primary source."""
    claim = public_claim(**columns)
    source = SourceFactory(primary=True)
    EvidenceFactory(claim=claim, passage=PassageFactory(snapshot__source=source), accepted=True)
    return claim


def finished(claim: Claim, **columns: object) -> Draft:
    """A draft that passes every gate."""
    evidence = claim.evidence.accepted().earliest("pk")
    content = {
        "rating": "true",
        "summary": "Forty boats left.",
        "explanation": "The count was 40 boats [1].",
        "citations": (evidence.pk,),
    }
    return Draft(**(content | columns))


def seen(verdict_id: int) -> Seen:
    """What a second person reads of the verdict now."""
    verdict = Verdict.objects.get(pk=verdict_id)
    return Seen(verdict.digest, verdict.state)


def verdict_in(state: VerdictState, claim: Claim | None = None) -> Verdict:
    """A verdict that took every step to ``state``."""
    claim = claim or claim_with_evidence()
    author = claim.reviewer
    verdict = start_verdict(claim.pk, by=author)
    save_draft(verdict.pk, finished(claim), by=author)
    for step in STEPS[state]:
        step(verdict.pk, author)
    return Verdict.objects.get(pk=verdict.pk)


def published(
    text: str = "Forty boats left the harbour.", claimant: str = "Jo Reed", **columns: object
) -> Verdict:
    """A published verdict on a claim that says ``text``, read in the Gazette."""
    said_by, _ = Party.objects.get_or_create(name=claimant, kind="person")
    claim = claim_with_evidence(text=text, claimant=said_by)
    version = ArticleVersionFactory(article=claim.article, outlet="Gazette", split=True)
    AppearanceFactory(claim=claim, version=version)
    verdict = start_verdict(claim.pk, by=claim.reviewer)
    save_draft(verdict.pk, finished(claim, **columns), by=claim.reviewer)
    for step in STEPS[VerdictState.PUBLISHED]:
        step(verdict.pk, claim.reviewer)
    verdict.refresh_from_db()
    return verdict


def propose(verdict_id: int, author: object) -> None:
    propose_verdict(verdict_id, by=author)


def discard(verdict_id: int, author: object) -> None:
    discard_draft(verdict_id, by=author)


def approve(verdict_id: int, author: object) -> None:
    verdict = Verdict.objects.get(pk=verdict_id)
    approve_verdict(verdict_id, verdict.digest, by=UserFactory())


def publish(verdict_id: int, author: object) -> None:
    publish_verdict(verdict_id, by=UserFactory())


def withdraw(verdict_id: int, author: object) -> None:
    withdraw_verdict(verdict_id, "The count was of another harbour.", by=UserFactory())


def supersede(verdict_id: int, author: object) -> None:
    successor = correction_of(Verdict.objects.get(pk=verdict_id))
    for step in (propose, approve, publish):
        step(successor.pk, author)


def correction_of(public: Verdict) -> Verdict:
    """The draft of a correction of a public verdict, by its author."""
    return begin_correction(public.claim_id, *CORRECTION, by=public.author)


def corrected(kind: CorrectionKind, note: str, public: Verdict | None = None) -> Verdict:
    """A verdict that corrects or updates another in public, with the same rating."""
    public = public or verdict_in(VerdictState.PUBLISHED)
    draft = begin_correction(public.claim_id, kind, note, by=public.author)
    for step in STEPS[VerdictState.PUBLISHED]:
        step(draft.pk, public.author)
    return Verdict.objects.get(pk=draft.pk)


def published_anew(withdrawn: Verdict, **columns: object) -> Verdict:
    """A verdict in the place of one that was withdrawn."""
    claim = take_claim(withdrawn.claim_id, by=withdrawn.author)
    verdict = start_verdict(claim.pk, by=withdrawn.author)
    save_draft(verdict.pk, finished(claim, **columns), by=withdrawn.author)
    for step in STEPS[VerdictState.PUBLISHED]:
        step(verdict.pk, withdrawn.author)
    return Verdict.objects.get(pk=verdict.pk)


STEPS = {
    VerdictState.DRAFT: (),
    VerdictState.DISCARDED: (discard,),
    VerdictState.PROPOSED: (propose,),
    VerdictState.APPROVED: (propose, approve),
    VerdictState.PUBLISHED: (propose, approve, publish),
    VerdictState.WITHDRAWN: (propose, approve, publish, withdraw),
    VerdictState.SUPERSEDED: (propose, approve, publish, supersede),
}


def parts(*texts: str) -> list[Part]:
    """What a claim may be split into."""
    return [Part(text) for text in texts or ("Forty boats left.", "They left the harbour.")]


def split_in_two(claim: Claim, *, by: User | None = None) -> list[Claim]:
    """The parts of a claim that has been split in two."""
    version = claim.appearances.latest("version__number").version.number
    made = split_claim(
        claim.pk, parts(), wording=claim.wording, version=version, by=by or UserFactory()
    )
    claim.refresh_from_db()
    return made


def placed_beside(claim: Claim, quote: str, **columns: object) -> Claim:
    """Another claim of the same article, in the version where the claim stands."""
    version = claim.appearances.latest("version__number").version
    other = ClaimFactory(article=claim.article, **columns)
    AppearanceFactory(claim=other, version=version, quote=quote)
    return other


def merged_claim(kept: Claim | None = None, quote: str = "officials said") -> Claim:
    """A claim that was merged into another of its article."""
    kept = kept or AppearanceFactory().claim
    other = placed_beside(kept, quote)
    merge_claims(kept.pk, {other.pk: 1}, wording=kept.wording, by=UserFactory())
    other.refresh_from_db()
    return other
