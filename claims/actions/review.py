"""What a reviewer does to a claim."""

from django.db import transaction

from claims.actions.attributing import Voice, attribute_places, party_of
from claims.actions.grounds import doubts
from claims.actions.locking import lock_article
from claims.actions.refusals import (
    Overtaken,
    Refused,
    StandsAlready,
    check_fields,
    check_held_by,
    check_no_public_verdict,
    check_no_verdict_in_approval,
    check_not_held_by_another,
    check_not_set_aside,
    check_wording,
    check_words_may_change,
)
from claims.actions.urgency import deadline_of
from claims.anchoring import context
from claims.kinds import Kind, Target
from claims.models import (
    Appearance,
    ArticleVersion,
    Claim,
    EarlierWording,
    EvidenceKind,
    Search,
    Visibility,
)
from claims.states import (
    ClaimState,
    Dismissal,
    IllegalMove,
    Outcome,
    VersionState,
)
from factcheck.models import Event, User


@transaction.atomic
def take_claim(claim_id: int, *, by: User) -> Claim:
    """Put an open claim in ``by``'s hands; what a machine kept off the desk is on it from now.

    The row lock makes two reviewers who press Take together queue up; the
    second finds the claim in review and gets IllegalMove.
    """
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    check_not_held_by_another(claim, by)
    claim.move_to(ClaimState.IN_REVIEW)
    claim.reviewer, claim.desk = by, True
    claim.save(update_fields=["state", "reviewer", "desk"])
    Event.objects.record("claim.taken", claim, by=by)
    return claim


@transaction.atomic
def release_claim(claim_id: int, *, by: User) -> Claim:
    """Put a claim that ``by`` holds back on the desk."""
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    check_held_by(claim, by)
    put_down(claim)
    Event.objects.record("claim.released", claim, by=by)
    return claim


@transaction.atomic
def reword_claim(claim_id: int, text: str, *, wording: int, by: User) -> Claim:
    """Give the claim a new wording and look for evidence for it.

    ``wording`` is the number of the wording the person saw; raise Overtaken
    if it has changed since.
    """
    claim = (
        Claim.objects.select_for_update(of=["self"], no_key=True)
        .select_related("article")
        .get(pk=claim_id)
    )
    check_not_held_by_another(claim, by)
    text = " ".join(text.split())
    if claim.wording != wording:
        raise Overtaken("Somebody reworded this claim meanwhile; read their wording first.")
    if not text:
        raise Refused("A claim needs words.")
    check_wording(text)
    if text == claim.text:
        raise Refused("These are the words the claim has.")
    if claim.state not in (ClaimState.OPEN, ClaimState.IN_REVIEW):
        raise IllegalMove("Only a claim that is open or in review can be reworded.")
    check_words_may_change(claim)
    EarlierWording.objects.create(
        claim=claim, number=claim.wording, text=claim.text, worded_by=claim.worded_by
    )
    claim.text, claim.wording, claim.worded_by = text, claim.wording + 1, by
    check_fields(claim, ["text"])
    claim.needs_context, claim.read_with = False, ""
    claim.save(update_fields=["text", "wording", "worded_by", "needs_context", "read_with"])
    search = Search.objects.create(
        claim=claim,
        wording=claim.wording,
        why=Search.Why.REWORDED,
        outside=claim.article.visibility == Visibility.PUBLIC,
    )
    search.hint()
    Event.objects.record("claim.reworded", claim, by=by, wording=claim.wording)
    return claim


@transaction.atomic
def dismiss_claim(claim_id: int, reason: Dismissal, *, by: User, note: str = "") -> Claim:
    """Say that the claim will not be checked, and why."""
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    check_not_held_by_another(claim, by)
    if reason == Dismissal.SPLIT:
        raise Refused("Say into which claims it is to be split.")
    claim.move_to(ClaimState.DISMISSED)
    check_no_verdict_in_approval(claim)
    check_no_public_verdict(claim)
    claim.dismissal, claim.note, claim.reviewer = Dismissal(reason), note, by
    check_fields(claim, ["note"])
    claim.save(update_fields=["state", "dismissal", "note", "reviewer"])
    Event.objects.record("claim.dismissed", claim, by=by, why=note, reason=reason)
    return claim


@transaction.atomic
def restore_claim(claim_id: int, *, by: User) -> Claim:
    """Bring a dismissed or closed claim back to the desk.

    Not one that was split or merged: others stand for it until that is undone.
    """
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    if claim.state not in (ClaimState.DISMISSED, ClaimState.CLOSED):
        raise IllegalMove("Only a dismissed or closed claim can be brought back.")
    if claim.was_split:
        raise IllegalMove("Its parts stand for it; undo the split instead.")
    if claim.was_merged:
        raise IllegalMove("Another claim stands for it; undo the merging instead.")
    verb = "claim.restored" if claim.state == ClaimState.DISMISSED else "claim.reopened"
    reopen(claim)
    Event.objects.record(verb, claim, by=by)
    return claim


def reopen(claim: Claim) -> None:
    """Move a locked claim back to the desk; part of an act, which records the event."""
    claim.move_to(ClaimState.OPEN)
    claim.outcome = claim.dismissal = claim.note = ""
    claim.reviewer = None
    claim.desk = True
    claim.save(update_fields=["state", "outcome", "dismissal", "note", "reviewer", "desk"])


def put_down(claim: Claim) -> None:
    """Move a locked claim in review back to the desk; part of an act, which records the event."""
    claim.move_to(ClaimState.OPEN)
    claim.reviewer = None
    claim.save(update_fields=["state", "reviewer"])


def take_in_hand(claim: Claim, by: User) -> None:
    """Move a locked open claim into ``by``'s hands; part of an act, which records the event."""
    claim.move_to(ClaimState.IN_REVIEW)
    claim.reviewer = by
    claim.save(update_fields=["state", "reviewer"])


@transaction.atomic
def close_claim(claim_id: int, outcome: Outcome, *, by: User, note: str = "") -> Claim:
    """End a claim without a verdict, as most checks before publication end.

    "Confirmed" and "fix needed" rest on an accepted piece of evidence;
    "unverifiable" on a search that ran, or a record that nothing was found.
    A claim that was opened again while its verdict is public closes with that
    verdict, unless it is corrected or withdrawn; where something happened to what
    the verdict cites, the note must say why it may stand.
    """
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    check_held_by(claim, by)
    outcome = Outcome(outcome)
    check_no_verdict_in_approval(claim)
    if outcome != Outcome.VERDICT:
        check_no_public_verdict(claim)
    else:
        _check_verdict_may_stand(claim, note)
    accepted = claim.evidence.accepted()
    if outcome in (Outcome.CONFIRMED, Outcome.FIX_NEEDED) and not accepted.exists():
        raise Refused("Accept at least one piece of evidence first.")
    if outcome == Outcome.UNVERIFIABLE and not (
        claim.searches.filter(finished_at__isnull=False).exists()
        or accepted.filter(kind=EvidenceKind.NOTHING_FOUND).exists()
    ):
        raise Refused("Search first, or record what was searched and not found.")
    claim.move_to(ClaimState.CLOSED)
    claim.outcome, claim.note = outcome, note
    check_fields(claim, ["note"])
    claim.save(update_fields=["state", "outcome", "note"])
    Event.objects.record("claim.closed", claim, by=by, why=note, outcome=outcome)
    return claim


def _check_verdict_may_stand(claim: Claim, note: str) -> None:
    public = claim.verdicts.standing().first()
    if public is None:
        raise IllegalMove("A verdict closes its claim when it is published.")
    happened = [doubt.words for doubt in doubts([public.pk])[public.pk] if not doubt.settled]
    if happened and not note.strip():
        raise Refused(
            f"{', '.join(happened)}. Correct or withdraw the verdict, or say in a note why it may "
            "stand."
        )


@transaction.atomic
def mark_claim(
    version_id: int,
    start: int,
    end: int,
    *,
    text: str,
    kind: Kind,
    voice: Voice | None = None,
    by: User,
) -> Claim:
    """Add a claim by hand: the words from ``start`` to ``end`` of a version make it.

    Works whether or not a machine could split the version. Without a
    ``voice`` nobody is known to say it. Raise StandsAlready if the article
    has the claim with the same words and wording.
    """
    version = ArticleVersion.objects.get(pk=version_id)
    if not 0 <= start < end <= len(version.text) or not version.text[start:end].strip():
        raise Refused("Select the words of the article that make the claim.")
    version.article = lock_article(version.article_id)
    check_not_set_aside(version.article)
    later = ArticleVersion.objects.filter(article=version.article_id, number__gt=version.number)
    if later.filter(state=VersionState.SPLIT).exists():
        raise Overtaken("The article has a newer version; mark the claim there.")
    quote = version.text[start:end]
    text = " ".join(text.split()) or " ".join(quote.split())
    check_wording(text)
    same = Claim.objects.filter(
        appearances__version=version, appearances__start=start, appearances__end=end, text=text
    ).first()
    if same is not None:
        raise StandsAlready("This claim is here already, with these words and this wording.", same)
    voice = voice and voice.tidied()
    claim = Claim(
        article=version.article,
        text=text,
        worded_by=by,
        kind=Kind(kind),
        target=Target.CONTENT,
        check_worthiness=None,
        said_at=version.published_at,
        deadline=deadline_of(version),
        added_by=by,
        attributed_by=by if voice else None,
        claimant=party_of(voice) if voice else None,
    )
    check_fields(claim, ["text"])
    claim.save(force_insert=True)
    prefix, suffix = context(version.text, start, end)
    place = Appearance.objects.create(
        claim=claim,
        version=version,
        quote=quote,
        prefix=prefix,
        suffix=suffix,
        start=start,
        end=end,
    )
    if voice:
        attribute_places([place], claim.claimant, voice)
    search = Search.objects.create(
        claim=claim,
        wording=claim.wording,
        outside=version.article.visibility == Visibility.PUBLIC,
    )
    search.hint()
    Event.objects.record("claim.added", claim, by=by, version=version.public_id)
    return claim
