"""Making a verdict public, and taking it back in public."""

from django.db import transaction
from django.db.models.functions import Now

from claims.actions.gates import check_gates
from claims.actions.locking import lock_article_of
from claims.actions.objections import settle_objections
from claims.actions.refusals import Refused, check_fields
from claims.actions.review import reopen
from claims.actions.telling import tell_of_verdict
from claims.actions.verdicts import lock_verdict
from claims.models import Correction, Verdict
from claims.notices import Notice
from claims.states import ClaimState, IllegalMove, Outcome, VerdictState
from factcheck.models import Event, User


@transaction.atomic
def publish_verdict(verdict_id: int, *, by: User) -> Verdict:
    """Make an approved verdict public; it closes its claim.

    The verdict it corrects, if any, stays readable as superseded; what readers rightly objected
    to in it is tied to the correction. Evidence may have been rejected since it was proposed, so
    the gates are tried again. The database refuses a verdict that no second person approved as
    it stands.
    """
    # The database holds the article too, so that nobody makes it confidential meanwhile.
    lock_article_of(Verdict.objects.values_list("claim_id", flat=True).get(pk=verdict_id))
    verdict = lock_verdict(verdict_id)
    claim = verdict.claim
    verdict.move_to(VerdictState.PUBLISHED)
    if claim.state != ClaimState.IN_REVIEW:
        raise IllegalMove("Nobody has this claim in hand; take it first.")
    check_gates(verdict)
    correction = Correction.objects.filter(successor=verdict).select_related("verdict").first()
    earlier = (
        claim.verdicts.select_for_update(no_key=True).filter(state=VerdictState.PUBLISHED).first()
    )
    if earlier is not None:
        earlier.move_to(VerdictState.SUPERSEDED)
        earlier.save(update_fields=["state"])
    verdict.published_at, verdict.published_by = Now(), by
    verdict.save(update_fields=["state", "published_at", "published_by"])
    claim.move_to(ClaimState.CLOSED)
    claim.outcome = Outcome.VERDICT
    claim.save(update_fields=["state", "outcome"])
    if correction is not None:
        settle_objections(correction)
    tell_of_verdict(Notice.VERDICT_CORRECTED if correction else Notice.VERDICT_PUBLISHED, verdict)
    Event.objects.record(
        "verdict.corrected" if correction else "verdict.published",
        verdict,
        by=by,
        thread=claim,
        rating=verdict.rating,
        digest=verdict.digest,
    )
    return verdict


@transaction.atomic
def withdraw_verdict(verdict_id: int, note: str, *, by: User) -> Verdict:
    """Say in public that a verdict does not stand; its claim is open again.

    A correction in work never stands in the way: it is not published before it
    was proposed again, as a verdict of its own.
    """
    verdict = lock_verdict(verdict_id)
    if not note.strip():
        raise Refused("Say in public why the verdict is withdrawn.")
    verdict.move_to(VerdictState.WITHDRAWN)
    verdict.withdrawn_at, verdict.withdrawal_note = Now(), note.strip()
    check_fields(verdict, ["withdrawal_note"])
    verdict.save(update_fields=["state", "withdrawn_at", "withdrawal_note"])
    if verdict.claim.state == ClaimState.CLOSED:
        reopen(verdict.claim)
    tell_of_verdict(Notice.VERDICT_WITHDRAWN, verdict)
    Event.objects.record("verdict.withdrawn", verdict, by=by, thread=verdict.claim, why=note)
    return verdict
