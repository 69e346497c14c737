"""Objections of readers to a public verdict: taking them in, deciding on them, settling them."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from claims.actions.refusals import Refused, check_fields
from claims.models import (
    TURNED_DOWN,
    Claim,
    Correction,
    Objection,
    ObjectionDecision,
    ObjectionKind,
    Verdict,
)
from claims.models.objections import LONGEST, SHORTEST
from claims.states import IllegalMove
from factcheck.models import Actor, Event, User
from sources.addresses import FetchRefused, check_url

HOUR = timedelta(hours=1)
MOST_AN_HOUR = 60
"""Objections that are taken from everybody together: more could nobody answer."""
LONGEST_REASON = 2_000
"""Characters of a reason: it fits into the letter that gives it."""


class TooMany(Refused):
    """Readers object more often than anybody could answer; they may try again later."""


@dataclass(frozen=True, slots=True)
class Objected:
    """What a reader sends: what is wrong, where that can be seen, and whom to answer."""

    kind: str
    words: str
    url: str = ""
    name: str = ""
    email: str = ""


@transaction.atomic
def receive_objection(verdict_id: int, said: Objected, *, by: Actor) -> Objection:
    """Take in what a reader says is wrong in one version of a public verdict.

    The same words again, as a browser sends them whose answer got lost, are the objection that
    waits already. The address is never asked. Raise Refused when it cannot be taken in.
    """
    verdict = Verdict.objects.public().select_related("claim").filter(pk=verdict_id).first()
    if verdict is None:
        raise Refused("There is no such public verdict.")
    objection = Objection(
        verdict=verdict,
        kind=said.kind,
        words=said.words.strip(),
        url=said.url.strip(),
        name=said.name.strip(),
        email=said.email.strip(),
    )
    _check(objection)
    same = Objection.objects.undecided().filter(verdict=verdict, words=objection.words).first()
    if same is not None:
        return same
    if Objection.objects.filter(received_at__gt=Now() - HOUR).count() >= MOST_AN_HOUR:
        raise TooMany("More was reported in the last hour than we can read. Try again later.")
    objection.save(force_insert=True)
    Event.objects.record(
        "objection.received", objection, by=by, thread=verdict.claim, version=verdict.number
    )
    return objection


@transaction.atomic
def decide_objection(
    objection_id: int, decision: ObjectionDecision, *, reason: str = "", by: User
) -> Objection:
    """Say what comes of an objection, and why, where it does not hold.

    Whoever wrote any part of the verdict may say that it is wrong, and not that it is right.
    """
    objection = _locked(objection_id)
    if objection.decision:
        raise IllegalMove("Somebody decided on it already; take that back first.")
    if decision in TURNED_DOWN and wrote_some(objection.verdict, by):
        raise Refused(
            "You wrote part of this verdict: somebody else must say that the objection does not "
            "hold. You may uphold it."
        )
    objection.reason = reason.strip() if decision == ObjectionDecision.NOT_UPHELD else ""
    if decision == ObjectionDecision.NOT_UPHELD and not objection.reason:
        raise Refused("Say why it does not hold; whoever objected may be told.", "reason")
    if len(objection.reason) > LONGEST_REASON:
        raise Refused(
            f"This has {len(objection.reason):,} characters; {LONGEST_REASON:,} at most.", "reason"
        )
    check_fields(objection, ["reason"])
    objection.decision, objection.decided_by, objection.decided_at = decision, by, Now()
    objection.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    verb = {
        ObjectionDecision.UPHELD: "objection.upheld",
        ObjectionDecision.NOT_UPHELD: "objection.not_upheld",
        ObjectionDecision.NOT_SERIOUS: "objection.not_serious",
    }[decision]
    claim, version = objection.verdict.claim, objection.verdict.number
    Event.objects.record(
        verb, objection, by=by, thread=claim, why=objection.reason, version=version
    )
    return objection


@transaction.atomic
def reconsider_objection(objection_id: int, *, by: User) -> Objection:
    """Take the decision on an objection back, unless a correction was published because of it."""
    objection = _locked(objection_id)
    if not objection.decision:
        raise IllegalMove("Nobody has decided on it.")
    if objection.correction_id:
        raise IllegalMove("A correction was published because of it.")
    objection.decision, objection.reason = "", ""
    objection.decided_by, objection.decided_at = None, None
    objection.save(update_fields=["decision", "reason", "decided_by", "decided_at"])
    claim, version = objection.verdict.claim, objection.verdict.number
    Event.objects.record("objection.reconsidered", objection, by=by, thread=claim, version=version)
    return objection


def wrote_some(verdict: Verdict, person: User) -> bool:
    """Whether a person wrote any part of a verdict."""
    return verdict.author_id == person.pk or verdict.revisions.filter(author=person).exists()


def settle_objections(correction: Correction) -> None:
    """Tie what was upheld to the correction that is published; part of an act.

    Of every version up to the one that is corrected: what was wrong there was wrong here.
    """
    corrected = correction.verdict
    upheld = Objection.objects.uncorrected().filter(
        verdict__claim=corrected.claim_id, verdict__number__lte=corrected.number
    )
    Objection.objects.filter(pk__in=upheld.values("pk")).update(correction=correction)


def _locked(objection_id: int) -> Objection:
    """Lock the claim, then the objection to the verdict on it: every act takes them so."""
    claim_id = Objection.objects.values_list("verdict__claim", flat=True).get(pk=objection_id)
    Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    objections = Objection.objects.select_for_update(of=["self"], no_key=True)
    return objections.select_related("verdict__claim").get(pk=objection_id)


def _check(objection: Objection) -> None:
    if objection.kind not in ObjectionKind.values:
        raise Refused("Choose what is wrong.", "kind")
    if not SHORTEST <= len(objection.words) <= LONGEST:
        raise Refused(
            f"Write {SHORTEST} to {LONGEST:,} characters; this has {len(objection.words):,}.",
            "words",
        )
    if objection.url:
        try:
            check_url(objection.url)
        except FetchRefused as refused:
            raise Refused(str(refused), "url") from None
    check_fields(objection, ["words", "url", "name", "email"])
