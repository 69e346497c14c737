"""Documents people bring to a claim: asked for, and read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from claims.actions.days import check_day
from claims.actions.intake import lock_same_text
from claims.actions.refusals import Refused, check_fields, check_in_work, check_not_held_by_another
from claims.models import Article, Bringing, Claim, Visibility
from claims.models.bringing import Offer
from claims.states import BringingState, IllegalMove, check_move
from factcheck.models import Actor, Event, User
from sources.actions import cite_passages
from sources.addresses import FetchRefused, check_url
from sources.models import Access, Passage, Snapshot, SourceKind
from sources.offering import Offered
from sources.storing import Document, store_documents

SAVE_THE_PAGE = (
    "The article is confidential, and fetching an address tells its server that somebody checks "
    "it. Open the page yourself, save it, and bring the file: then nothing leaves this workspace."
)
KEPT_INSIDE = (
    "The article is confidential, and a published paper is found by other claims too: others would "
    "see that somebody brought it. Bring it as a private file."
)


@dataclass(frozen=True, slots=True)
class Brought:
    """What somebody brings: exactly one of ``url`` and ``file``.

    ``outlet`` says who published a file, ``kind`` what it is and ``published_at`` when; what is
    ``public`` anybody may read.
    """

    url: str = ""
    file: bytes | None = None
    file_name: str = ""
    content_type: str = ""
    outlet: str = ""
    kind: str = SourceKind.ARTICLE
    published_at: date | None = None
    public: bool = False


@transaction.atomic
def bring_document(claim_id: int, brought: Brought, *, by: User) -> Bringing:
    """Bring a document to a claim; a worker reads it after the commit.

    The same document that still waits to be read is the one that was asked
    for. Raise Refused when it cannot be fetched or is no file, and for an
    address when the claim's article is confidential.
    """
    claim = (
        Claim.objects.select_for_update(of=["self"], no_key=True)
        .select_related("article")
        .get(pk=claim_id)
    )
    check_not_held_by_another(claim, by)
    check_in_work(claim)
    url = brought.url.strip()
    if bool(url) == (brought.file is not None):
        raise Refused("Give an address or a file: exactly one of them.")
    if url:
        _check_address(url, claim.article)
    if brought.file == b"":
        raise Refused("The file is empty.")
    _check_told(brought, claim.article)
    if brought.file is not None and len(brought.file) > settings.MAX_UPLOAD_BYTES:
        raise Refused(f"The file is larger than {settings.MAX_UPLOAD_BYTES:,} bytes.")
    bringing = Bringing(
        claim=claim,
        wording=claim.wording,
        url=url,
        file=brought.file,
        file_name=brought.file_name,
        content_type=brought.content_type,
        outlet=brought.outlet.strip(),
        kind=brought.kind,
        published_at=brought.published_at,
        public=brought.public,
        brought_by=by,
    )
    check_fields(bringing, ["url", "file_name", "content_type", "outlet", "kind"])
    waiting = claim.bringings.filter(state=BringingState.RECEIVED, url=url, file=brought.file)
    if (same := waiting.light().first()) is not None:
        return same
    bringing.save(force_insert=True)
    bringing.hint()
    Event.objects.record(
        "document.brought", bringing, by=by, thread=claim, how="address" if url else "file"
    )
    return bringing


def _check_told(brought: Brought, article: Article) -> None:
    """Raise Refused for what cannot be so of a file, or is not for anybody to read."""
    check_day(brought.published_at, "The day it was published", "published_at")
    if brought.public and article.visibility != Visibility.PUBLIC:
        raise Refused(KEPT_INSIDE, "public")


def _check_address(url: str, article: Article) -> None:
    if article.visibility != Visibility.PUBLIC:
        raise Refused(SAVE_THE_PAGE)
    try:
        check_url(url)
    except FetchRefused as refused:
        raise Refused(str(refused)) from None


@transaction.atomic
def store_brought(
    bringing: Bringing,
    lease: UUID,
    document: Document,
    offered: Sequence[Offered],
    *,
    wording: int,
    by: Actor,
) -> Snapshot:
    """Freeze a document that was read, and offer its passages; return what is frozen.

    Words the workspace holds already make no second snapshot: a public
    document's, or a private one's of the same owner. Raise Refused when its
    outlet is blocked or it was retracted, and LeaseLost if the worker came too late.
    """
    Bringing.objects.fence(bringing.pk, lease)
    snapshot = _held(bringing, document)
    if snapshot is None:
        # Marked as read, a private document never gets into the library.
        read_at = datetime.now(UTC) if bringing.private else None
        (snapshot,) = store_documents([document], read_at=read_at)
    source = snapshot.source
    if source.outlet.blocked:
        raise Refused(f"{source.outlet.name} is blocked here and never shown as evidence.")
    if source.retracted_at is not None:
        raise Refused(f"This source was retracted: {source.retraction}")
    passages = cite_passages(
        snapshot,
        [offer.span for offer in offered],
        findable=source.access != Access.PRIVATE,
    )
    Bringing.objects.finish(
        bringing.pk,
        lease,
        state=BringingState.READY,
        snapshot=snapshot,
        wording=wording,
        offers=[_offer(one, passage) for one, passage in zip(offered, passages, strict=True)],
    )
    Event.objects.record(
        "document.read",
        bringing,
        by=by,
        thread=bringing.claim,
        snapshot=snapshot.public_id,
        digest=snapshot.digest,
        offered=len(offered),
    )
    return snapshot


def _held(bringing: Bringing, document: Document) -> Snapshot | None:
    """The frozen copy of a file's words that this claim's owner may see, if there is one."""
    if not bringing.private:
        return None
    lock_same_text(f"brought:{document.digest}")
    same = Snapshot.objects.filter(digest=document.digest).defer("record").order_by("pk")
    article = bringing.claim.article
    if article.owner_id:
        mine = Q(bringings__claim__article__owner=article.owner_id)
    elif article.publisher_id:
        mine = Q(bringings__claim__article__publisher=article.publisher_id)
    else:
        mine = Q(bringings__claim__article=article)
    return same.exclude(source__access=Access.PRIVATE).first() or same.filter(mine).first()


def _offer(offered: Offered, passage: Passage) -> Offer:
    judgement = offered.judgement
    return Offer(
        passage=passage.pk,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        digest=passage.digest,
        stance=judgement.stance,
        confidence=judgement.confidence,
        shown=judgement.shown,
        rationale=list(judgement.rationale) if judgement.rationale else None,
        relation=offered.relation,
        why={
            "provider": "document",
            "rank": offered.rank,
            "ranks": dict(offered.ranks),
            "found_by": dict(offered.scores),
            "read_as": dict(judgement.scores),
            "model": offered.model,
        },
    )


@transaction.atomic
def retry_bringing(bringing_id: int, *, by: User) -> Bringing:
    """Ask for another try, now, at a document that failed or waits for its next try."""
    bringing = _locked(bringing_id)
    if not bringing.waits_for_another_try():
        check_move(BringingState(bringing.state), BringingState.RECEIVED)
    bringing.state, bringing.set_aside_at = BringingState.RECEIVED, None
    bringing.make_due()
    bringing.save(update_fields=["state", "set_aside_at", *Bringing.WORK_FIELDS])
    bringing.hint()
    Event.objects.record("document.retried", bringing, by=by, thread=bringing.claim)
    return bringing


@transaction.atomic
def set_aside_document(bringing_id: int, *, by: User) -> Bringing:
    """Take a document that was brought by mistake from beside its claim; it is kept.

    Not while its words count there, which are rejected first, nor while it is being read.
    """
    bringing = _locked(bringing_id)
    check_not_held_by_another(bringing.claim, by)
    if bringing.set_aside_at is not None:
        raise IllegalMove("It is set aside already.")
    if bringing.state == BringingState.RECEIVED:
        raise IllegalMove("It is still being read.")
    if bringing.snapshot is not None and _counts(bringing, bringing.snapshot):
        raise Refused("Its words count beside the claim: reject those first.")
    bringing.set_aside_at = timezone.now()
    bringing.save(update_fields=["set_aside_at"])
    Event.objects.record("document.set_aside", bringing, by=by, thread=bringing.claim)
    return bringing


@transaction.atomic
def bring_back_document(bringing_id: int, *, by: User) -> Bringing:
    """Put a document beside its claim again that was set aside."""
    bringing = _locked(bringing_id)
    check_not_held_by_another(bringing.claim, by)
    if bringing.set_aside_at is None:
        raise IllegalMove("It stands beside the claim already.")
    bringing.set_aside_at = None
    bringing.save(update_fields=["set_aside_at"])
    Event.objects.record("document.brought_back", bringing, by=by, thread=bringing.claim)
    return bringing


def _counts(bringing: Bringing, snapshot: Snapshot) -> bool:
    """Whether somebody accepted words of the document, and brought it by no other way."""
    accepted = bringing.claim.evidence.accepted().filter(source=snapshot.source_id)
    others = bringing.claim.bringings.filter(
        snapshot__source=snapshot.source_id, set_aside_at__isnull=True
    ).exclude(pk=bringing.pk)
    return accepted.exists() and not others.exists()


def _locked(bringing_id: int) -> Bringing:
    """A document, with its claim; the claim is locked first, as choosing its words locks it."""
    claim_id = Bringing.objects.values_list("claim", flat=True).get(pk=bringing_id)
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    light = Bringing.objects.light().select_related("snapshot")
    bringing = light.select_for_update(of=["self"], no_key=True).get(pk=bringing_id)
    bringing.claim = claim
    return bringing
