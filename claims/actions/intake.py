"""From what was handed in to an article version."""

from dataclasses import dataclass, field, fields
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from claims.actions.clearing import bring_back_article, continued_in
from claims.actions.handed import Handed, check_handed, check_may_follow
from claims.actions.inside import keep_searches_inside
from claims.actions.refusals import Refused, check_fields
from claims.actions.urgency import give_deadline
from claims.models import Article, ArticleVersion, Submission, Visibility
from claims.notices import Notice
from claims.states import IllegalMove, SubmissionState, VersionState, check_move
from factcheck.locks import Lock
from factcheck.models import Actor, ApiKey, Event, Publisher, User
from sources.copies import bands

__all__ = [
    "Handed",
    "ReadArticle",
    "lock_same_text",
    "retry_split",
    "retry_submission",
    "set_aside_submission",
    "store_article",
    "submit",
]

AT_ITS_END: dict[str, Notice] = {
    VersionState.SPLIT: Notice.SUBMISSION_READY,
    VersionState.FAILED: Notice.SUBMISSION_FAILED,
}
"""What is told at once of a text that was handed in before."""


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article as it was read: text with headline and standfirst first.

    ``blocks`` are (start, end, placement) in code points of ``text``; ``notes``
    say what was handed in and not read; copies are looked up by ``bands``.
    """

    text: str
    title: str
    extractor: str
    byline: str = ""
    outlet: str = ""
    language: str = "en"
    published_at: date | None = None
    canonical_url: str = ""
    blocks: tuple[tuple[int, int, str], ...] = field(default_factory=tuple)
    notes: tuple[str, ...] = ()
    bands: list[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bands", bands(self.text))


@transaction.atomic
def submit(handed: Handed, *, by: User | ApiKey, follows: int | None = None) -> Submission:
    """Take in a request to check something; a worker reads it after the commit.

    ``follows`` is the article of which a person says that it is the next version. Raise Refused
    when it cannot be taken in.
    """
    key = by if isinstance(by, ApiKey) else None
    check_handed(handed, by_program=key is not None)
    if follows is not None and isinstance(by, User):
        check_may_follow(Article.objects.get(pk=follows), handed.visibility, by)
        if handed.url.strip():
            raise Refused("An address tells by itself of which article it is a version.", "url")
    submission = Submission(
        submitted_by=by if isinstance(by, User) else None,
        publisher=key.publisher if key else None,
        api_key=key,
        url=handed.url.strip(),
        text=handed.text if handed.text.strip() else "",
        file=handed.file,
        file_name=handed.file_name,
        content_type=handed.content_type,
        title=handed.title,
        outlet=handed.outlet,
        published_at=handed.published_at,
        purpose=handed.purpose,
        visibility=handed.visibility,
        reason=handed.reason,
        deadline=handed.deadline,
        external_id=handed.external_id,
        follows_id=follows,
    )
    check_fields(submission, [field.name for field in fields(Handed) if field.name != "file"])
    submission.save(force_insert=True)
    submission.hint()
    Event.objects.record("submission.received", submission, by=by, purpose=handed.purpose)
    return submission


@transaction.atomic
def store_article(
    submission: Submission, lease: UUID, article: ReadArticle, *, by: Actor
) -> ArticleVersion:
    """Write what a worker read: the article, its version, and the wish to split it.

    Text equal to the latest version makes a new one only if its headline,
    outlet or date was corrected. A new one brings back an article that was set aside.
    Raise LeaseLost if the worker came too late.
    """
    Submission.objects.fence(submission.pk, lease)
    home = _article_for(submission, article)
    digest = sha256(article.text.encode()).hexdigest()
    latest = home.versions.order_by("-number").first()
    same_text = latest is not None and latest.digest == digest
    about = _about(submission, article, home, latest, same_text=same_text)
    if latest and same_text and about == {name: getattr(latest, name) for name in about}:
        version = latest
    else:
        version = ArticleVersion.objects.create(
            article=home,
            number=latest.number + 1 if latest else 1,
            byline=article.byline[:500],
            language=article.language,
            **about,
            text=article.text,
            blocks=[list(block) for block in article.blocks],
            notes=list(article.notes),
            digest=digest,
            extractor=article.extractor,
            bands=article.bands,
        )
        version.hint()
    Submission.objects.finish(submission.pk, lease, state=SubmissionState.READY, version=version)
    give_deadline(version)
    if version.state in AT_ITS_END:
        Submission.objects.filter(pk=submission.pk).tell(AT_ITS_END[version.state])
    if version is not latest and home.set_aside_at is not None:
        bring_back_article(home.pk, by=by)
    Event.objects.record(
        "submission.ready", submission, by=by, version=version.public_id, digest=digest
    )
    return version


def _about(
    submission: Submission,
    article: ReadArticle,
    home: Article,
    latest: ArticleVersion | None,
    *,
    same_text: bool,
) -> dict[str, Any]:
    """Headline, outlet and date: as given, else as read in another text, else as they were.

    Of a text that is here already a publisher corrects its own articles only.
    """
    corrects = submission.publisher_id in (None, home.publisher_id) or not same_text
    given = submission if corrects else None
    last: list[Submission | ReadArticle | ArticleVersion | None] = [latest, article]
    order = [given, *(last if same_text else reversed(last))]

    def first(name: str) -> Any:
        told = [getattr(one, name) for one in order if one is not None]
        return next((value for value in told if value), told[-1])

    return {
        "title": first("title").strip()[:500],
        "outlet": first("outlet").strip()[:200],
        "published_at": first("published_at"),
    }


def _article_for(submission: Submission, article: ReadArticle) -> Article:
    """The article a submission belongs to, never joined across owners unless public.

    A publisher's article that was once confidential, or becomes so, stays
    confidential: its earlier and later words must not be asked about outside.
    """
    owner: dict[str, User | Publisher | None] = {
        "owner": submission.submitted_by,
        "publisher": submission.publisher,
    }
    if submission.external_id and submission.publisher:
        home, _ = Article.objects.get_or_create(
            publisher=submission.publisher,
            external_id=submission.external_id,
            defaults={"visibility": submission.visibility},
        )
        home = _locked(home)
        was_public = home.visibility == Visibility.PUBLIC
        if was_public and submission.visibility == Visibility.CONFIDENTIAL:
            keep_searches_inside(home)
            home.visibility, home.disclosed_at = Visibility.CONFIDENTIAL, None
            home.save(update_fields=["visibility", "disclosed_at"])
        return home
    if submission.follows is not None:
        home = _locked(submission.follows)
        if home.visibility == submission.visibility:  # still
            return home
    digest = sha256(article.text.encode()).hexdigest()
    if submission.url:
        home, _ = Article.objects.get_or_create(
            canonical_url=article.canonical_url or submission.url,
            visibility=Visibility.PUBLIC,
            defaults=owner,
        )
        return _locked(_where_it_went(home, digest))
    lock_same_text(f"{submission.submitted_by_id}:{submission.publisher_id}:{digest}")
    same = Article.objects.filter(
        **owner,
        canonical_url="",
        external_id="",
        visibility=submission.visibility,
        versions__digest=digest,
    ).first()
    if same is None:
        return Article.objects.create(**owner, visibility=submission.visibility)
    return _locked(_where_it_went(same, digest))


def _where_it_went(article: Article, digest: str) -> Article:
    """The article itself, or the one whose newest version its text became."""
    there = continued_in(article)
    return there.article if there is not None and there.digest == digest else article


def _locked(article: Article) -> Article:
    return Article.objects.select_for_update(no_key=True).get(pk=article.pk)


def lock_same_text(key: str) -> None:
    """Make transactions about one owner's same text follow one another."""
    number = int.from_bytes(sha256(key.encode()).digest()[:4], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [Lock.SAME_TEXT.value, number])


@transaction.atomic
def retry_submission(submission_id: int, *, by: Actor) -> Submission:
    """Ask for another try, now, at a submission that failed or waits for its next try."""
    submission = Submission.objects.select_for_update(no_key=True).get(pk=submission_id)
    if not submission.waits_for_another_try():
        check_move(SubmissionState(submission.state), SubmissionState.RECEIVED)
    submission.state = SubmissionState.RECEIVED
    submission.set_aside_at = None
    submission.make_due()
    submission.save(update_fields=["state", "set_aside_at", *Submission.WORK_FIELDS])
    submission.hint()
    Event.objects.record("submission.retried", submission, by=by)
    return submission


@transaction.atomic
def set_aside_submission(submission_id: int, *, by: Actor) -> Submission:
    """Take what could not be read off the lists of what waits; it is kept, and may be retried.

    Raise IllegalMove when it was read meanwhile, or is being read.
    """
    submission = Submission.objects.select_for_update(no_key=True).get(pk=submission_id)
    if submission.state != SubmissionState.FAILED:
        raise IllegalMove("Only what could not be read is set aside.")
    if submission.set_aside_at is None:
        submission.set_aside_at = timezone.now()
        submission.save(update_fields=["set_aside_at"])
        Event.objects.record("submission.set_aside", submission, by=by)
    return submission


@transaction.atomic
def retry_split(version_id: int, *, by: Actor) -> ArticleVersion:
    """Ask for another try, now, at splitting a version that failed or waits for its next try."""
    version = ArticleVersion.objects.select_for_update(no_key=True).get(pk=version_id)
    if not version.waits_for_another_try():
        check_move(VersionState(version.state), VersionState.RECEIVED)
    version.state = VersionState.RECEIVED
    version.make_due()
    version.save(update_fields=["state", *ArticleVersion.WORK_FIELDS])
    version.hint()
    Event.objects.record("article.split_retried", version, by=by, thread=version.article)
    return version
