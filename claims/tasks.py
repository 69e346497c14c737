"""Celery entry points. Each leases a row, computes with no transaction open, calls one act.

Arguments are plain keys, so that a task outlives a deploy. Running one twice
does nothing the second time.
"""

import time
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

from celery import shared_task
from django.conf import settings

from claims.actions.bringing import KEPT_INSIDE, SAVE_THE_PAGE, store_brought
from claims.actions.gathering import store_evidence
from claims.actions.intake import ReadArticle, store_article
from claims.actions.matching import read_before, read_unread
from claims.actions.refusals import Refused
from claims.actions.splitting import Outdated, Split, store_claims
from claims.asking import judge, refined, run_of
from claims.carrying import Earlier, carry, days_before, redated, unclaimed
from claims.comparing import Liked
from claims.delivering import send
from claims.kinds import Placement
from claims.models import (
    Appearance,
    ArticleVersion,
    Bringing,
    Claim,
    Delivery,
    Evidence,
    IdempotencyKey,
    Objection,
    Search,
    Submission,
    Visibility,
)
from claims.questions import question_of
from claims.reading.copies import original_of, printed_claims, repeated
from claims.reading.likes import likes_of
from claims.splitting import NothingToSplit
from claims.splitting.splitter import split_article
from claims.states import SubmissionState, VersionState
from factcheck.attempts import NotYet, Unreadable, attempt
from factcheck.locks import Lock, alone
from sources import health, registry
from sources.actions import freeze_found, read_snapshots
from sources.addresses import canonical_url
from sources.archiving import archive_cited, save_cited
from sources.bringing import fetched, handed_in
from sources.calls import told_call
from sources.checking import store_checks
from sources.extract import NothingToRead, extract_safely
from sources.language import language_of
from sources.models import Access, Archiving
from sources.offering import best_passages
from sources.ports import NotAsked, ProviderDown
from sources.retrieval import gather
from sources.storing import Document
from sources.watching import watch_cited
from sources.watching import watch_sources as watch_new_sources
from sources.wayback import ArchiveDown
from sources.web import FetchFailed, FetchRefused

SPARED = 60.0  # seconds until a provider that is spared may be asked, if it does not say
READ_SECONDS = 8.0
"""Of one round: whoever waits for a worker waits no longer for vectors."""
LONGEST_HEADLINE = 150  # characters; a longer first line is a paragraph


@shared_task(name=Submission.task)
def take_in(submission_id: int) -> None:
    """Fetch and read what was handed in."""
    attempt(Submission, submission_id, _take_in, component="reader")


@shared_task(name=ArticleVersion.task)
def split(version_id: int) -> None:
    """Split one article version into claims."""
    attempt(ArticleVersion, version_id, _split, component="splitter")


@shared_task(name=Search.task)
def gather_evidence(search_id: int) -> None:
    """Look for evidence for one wording of one claim."""
    attempt(Search, search_id, _gather, component="searcher", waits_for=(ProviderDown,))


@shared_task(name=Bringing.task)
def bring_document(bringing_id: int) -> None:
    """Fetch and read a document somebody brought to a claim, and offer its best passages."""
    attempt(Bringing, bringing_id, _bring, component="reader")


@shared_task(name=Delivery.task)
def deliver(delivery_id: int) -> None:
    """Tell a publisher's endpoint of one thing."""
    attempt(Delivery, delivery_id, send, component="teller")


@shared_task(name="claims.watch_sources")
def watch_sources() -> None:
    """See that every source is looked at again, cited ones often, and that cited pages are saved.

    A citation nobody outside may know of makes no difference to when a page is asked.
    """
    cited = Evidence.objects.openly_cited()
    watch_new_sources()
    watch_cited(cited.values("source"))
    if registry.archive() is not None:
        archive_cited(cited.values("passage__snapshot"))


@shared_task(name=Archiving.task)
def save_to_archive(archiving_id: int) -> None:
    """Have a public archive save a page that is openly cited, or ask how far it is."""
    attempt(Archiving, archiving_id, _archive, component="archivist", waits_for=(ArchiveDown,))


@shared_task(name="claims.read_entries")
def read_entries() -> None:
    """Read, for a few seconds, what texts and claims are compared with and was not read yet."""
    with alone(Lock.READ_ENTRIES) as mine:
        if mine:
            read_unread(registry.encoder(), until=time.monotonic() + READ_SECONDS)


@shared_task(name="claims.forget_requests")
def forget_requests() -> None:
    """Forget the answers to requests that are too old to be repeated."""
    IdempotencyKey.objects.all().expired().delete()


@shared_task(name="claims.forget_deliveries")
def forget_deliveries() -> None:
    """Forget the notices that are too old to be sent again."""
    Delivery.objects.expired().delete()


@shared_task(name="claims.forget_objectors")
def forget_objectors() -> None:
    """Forget who objected to a verdict, some time after that was decided."""
    Objection.objects.answered_long_ago().update(name="", email="")


@shared_task(name="claims.forget_answers")
def forget_answers() -> None:
    """Forget what providers answered too long ago, and how they were then."""
    health.forget()


def _archive(archiving: Archiving, lease: UUID) -> None:
    cited = Evidence.objects.openly_cited().values("passage__snapshot")
    save_cited(archiving, lease, registry.archive(), cited, by="archivist")


def _take_in(submission: Submission, lease: UUID) -> None:
    if Submission.objects.before(submission).filter(state=SubmissionState.RECEIVED).exists():
        raise NotYet  # else an earlier text would become the later version
    store_article(submission, lease, _read(submission), by="reader")


def _read(submission: Submission) -> ReadArticle:
    """The article in a submission; raise Unreadable when there is none in it."""
    if submission.text:
        return _as_pasted(submission)
    try:
        if submission.url:
            with told_call("web", urlsplit(submission.url).hostname or "") as call:
                page = registry.fetcher().fetch(submission.url)
                call.status = page.status
            extracted = extract_safely(
                page.body, content_type=page.content_type, charset=page.charset, url=page.url
            )
            known_as = canonical_url(extracted.canonical_url or page.url)
        else:
            extracted = extract_safely(
                bytes(submission.file or b""), content_type=submission.content_type
            )
            known_as = ""
    except (FetchRefused, NothingToRead) as error:
        raise Unreadable(str(error)) from None
    except FetchFailed as error:
        if error.retryable:
            raise
        raise Unreadable(str(error)) from None
    if len(extracted.text) > settings.MAX_ARTICLE_CHARACTERS:
        raise Unreadable(
            f"This has more than {settings.MAX_ARTICLE_CHARACTERS:,} characters; "
            "paste the part to be checked."
        )
    return ReadArticle(
        text=extracted.text,
        title=extracted.title,
        extractor=extracted.extractor,
        byline=extracted.byline,
        outlet=extracted.outlet,
        language=extracted.language or "en",
        published_at=extracted.published_at,
        canonical_url=known_as,
        blocks=tuple((block.start, block.end, block.placement) for block in extracted.blocks),
        notes=extracted.notes,
    )


def _as_pasted(submission: Submission) -> ReadArticle:
    """Pasted text as it is, with its line ends made one kind and the headline first.

    Without a title the first line is the headline, as in most pasted articles; of a long
    line, which is no headline, the beginning names the article.
    """
    text = submission.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    title = submission.title.strip() or _headline_before(submission)
    if not title:
        title = text.lstrip().split("\n", maxsplit=1)[0].strip()
        if len(title) > LONGEST_HEADLINE:
            title = f"{title[:LONGEST_HEADLINE].rstrip()} …"
    elif not text.lstrip().startswith(title):
        text = f"{title}\n\n{text}"
    return ReadArticle(
        text=text, title=title[:500], extractor="as pasted", language=language_of(text) or "en"
    )


def _headline_before(submission: Submission) -> str:
    """The headline last given under the same name for a text that had none of its own."""
    named = Submission.objects.before(submission).exclude(title="").only("title", "text")
    before = named.order_by("-pk").first()
    if before is None:
        return ""
    title = before.title.strip()
    return "" if before.text.lstrip().startswith(title) else title


def _split(version: ArticleVersion, lease: UUID) -> None:
    others = ArticleVersion.objects.filter(article=version.article_id)
    if others.filter(number__lt=version.number, state=VersionState.RECEIVED).exists():
        raise NotYet
    if others.filter(number__gt=version.number, state=VersionState.SPLIT).exists():
        raise Unreadable("A later version of the article has been split; look at that one.")
    original = original_of(version)
    if original and original.state == VersionState.RECEIVED and not original.failures:
        raise NotYet  # what it prints is not known
    try:
        found = split_article(
            version.text,
            title=version.title,
            outlet=version.outlet,
            published_at=version.published_at,
            language=version.language,
            apart=[(start, end) for start, end, at in version.blocks if at == Placement.QUOTATION],
        )
    except NothingToSplit as error:
        raise Unreadable(str(error)) from None
    found, run = refined(version, found)
    last = version.split_before()
    standing = _standing(last)
    carried = carry(
        [_earlier(place) for place in standing], version.text, old_text=last.text if last else ""
    )
    new = unclaimed(found.claims, carried)
    printed = printed_claims(original) if original else {}
    result = Split(
        new=new,
        carried=carried,
        dropped=[(dropped.start, dropped.end, dropped.why) for dropped in found.dropped],
        blocks=[(block.start, block.end, block.placement) for block in found.blocks],
        engine=found.engine,
        copy_of=original,
        repeats=repeated([(one.quote, one.dated_text) for one in new], printed),
        run=run,
        earlier=frozenset(place.pk for place in standing),
        redated=redated(found.claims, carried),
        days_before=days_before(found.claims, carried),
    )
    try:
        store_claims(version, lease, result, by="splitter")
    except Outdated:
        raise NotYet from None  # people changed what it was computed from


def _standing(version: ArticleVersion | None) -> list[Appearance]:
    """Where the claims of the version that was split before stand in it."""
    if version is None:
        return []
    places = Appearance.objects.filter(version=version).select_related("claim")
    return list(places.order_by("start", "pk"))


def _earlier(place: Appearance) -> Earlier:
    return Earlier(
        claim_id=place.claim_id,
        text=place.claim.text,
        quote=place.quote,
        prefix=place.prefix,
        suffix=place.suffix,
        start=place.start,
        merged_from=place.merged_from_id,
        part_of=place.claim.split_from_id,
        put_back=place.claim.was_put_back,
    )


def _gather(search: Search, lease: UUID) -> None:
    started_at = datetime.now(UTC)
    told, query, wording, is_public = question_of(search.claim_id)
    if search.outside and not is_public:  # any more: what it says now may be new
        search.outside = False
        Search.objects.held(search.pk, lease).update(outside=False)
    model = judge(search)
    try:
        gathered = gather(
            told,
            query,
            # Words that nobody asked to have looked for are looked for nowhere.
            providers=registry.providers(outside=search.outside, only=search.only)
            if wording == search.wording
            else (),
            model=model,
        )
    except NotAsked as spared:
        raise NotYet(spared.again_in or SPARED) from None
    store_checks(gathered.checks, registry.encoder())
    passages = freeze_found(
        [judged.found for judged in gathered.judged], registry.encoder(), language=query.language
    )
    store_evidence(
        search,
        lease,
        gathered,
        passages,
        liked=None if search.only else _liked(search.claim_id),
        started_at=started_at,
        run=run_of(model),
        by="searcher",
    )


def _liked(claim_id: int) -> list[Liked]:
    """The older claims this one is like; those that nobody has read are read first."""
    read_before(claim_id, registry.encoder())
    claim = Claim.objects.select_related("article", "claimant").get(pk=claim_id)
    return likes_of(claim, registry.stance_model())


def _bring(bringing: Bringing, lease: UUID) -> None:
    document = _document(bringing)
    told, _, wording, _ = question_of(bringing.claim_id)
    offered = best_passages(
        told,
        document.text,
        language=document.language,
        url=document.url,
        outlet=document.outlet,
        published_at=document.published_at,
        encoder=registry.encoder(),
        model=registry.stance_model(),
    )
    try:
        snapshot = store_brought(bringing, lease, document, offered, wording=wording, by="reader")
    except Refused as refused:
        raise Unreadable(str(refused)) from None
    if snapshot.source.access != Access.PRIVATE:
        # What is public may help other claims too; what a killed worker leaves unread,
        # add_documents reads.
        read_snapshots([snapshot], registry.encoder())


def _document(bringing: Bringing) -> Document:
    """The document that was brought; raise Unreadable when there is none to be had."""
    try:
        if not bringing.url:
            handed = handed_in(
                bytes(bringing.file or b""),
                content_type=bringing.content_type,
                name=bringing.file_name,
                outlet=bringing.outlet,
            )
            if bringing.public and bringing.claim.article.visibility != Visibility.PUBLIC:  # by now
                raise Unreadable(KEPT_INSIDE)
            return replace(
                handed,
                kind=bringing.kind,
                published_at=bringing.published_at or handed.published_at,
                access=Access.PRIVATE if bringing.private else handed.access,
            )
        if bringing.claim.article.visibility != Visibility.PUBLIC:  # by now
            raise Unreadable(SAVE_THE_PAGE)
        return fetched(bringing.url, registry.fetcher())
    except (FetchRefused, NothingToRead) as error:
        raise Unreadable(str(error)) from None
    except FetchFailed as error:
        if error.retryable:
            raise
        raise Unreadable(str(error)) from None
