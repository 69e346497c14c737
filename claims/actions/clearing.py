"""Clearing the desk of an article that nobody shall check, such as spam, and bringing it back."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from claims.actions.locking import lock_article
from claims.actions.redating import bring_apart
from claims.actions.refusals import Refused, check_fields
from claims.actions.splitting import want_evidence
from claims.models import Article, ArticleVersion, Claim, Search, Submission, Verdict
from claims.states import ClaimState, Dismissal
from factcheck.models import Actor, Event, Hints, User

SET_ASIDE = ["set_aside_at", "set_aside_reason"]


@transaction.atomic
def set_aside_article(article_id: int, *, reason: str, by: User) -> Article:
    """Take an article off the lists and dismiss its open claims, all for one reason.

    It is kept. Claims that somebody has in hand, and those with a verdict,
    stay as they are. What copies of it repeat is checked there from now on.
    Another text of it that is handed in brings it back.
    """
    return put_aside(lock_article(article_id), reason, by)


def put_aside(
    article: Article, reason: str, by: User, *, continued_as: UUID | None = None
) -> Article:
    """Set a locked article aside, and record it; part of an act.

    ``continued_as`` is the version of another article that its text became.
    """
    if article.set_aside_at is not None:
        raise Refused("This article is set aside already.")
    if not reason.strip():
        raise Refused("Say why nobody shall check it.")
    article.set_aside_reason = reason.strip()
    check_fields(article, ["set_aside_reason"])
    article.set_aside_at = Now()
    article.save(update_fields=SET_ASIDE)
    unclaimed = list(_locked(article).filter(state=ClaimState.OPEN))
    told = Verdict.objects.in_work() | Verdict.objects.standing()
    decided = set(told.filter(claim__in=unclaimed).values_list("claim_id", flat=True))
    dismissed = [claim for claim in unclaimed if claim.pk not in decided]
    for claim in dismissed:
        claim.move_to(ClaimState.DISMISSED)
        claim.dismissal, claim.note = Dismissal.OUTSIDE_REMIT, article.set_aside_reason
        claim.reviewer = by
    _save(dismissed)
    freed = bring_apart(dismissed)
    _search(freed)
    Event.objects.record(
        "article.set_aside",
        article,
        by=by,
        why=reason,
        claims=_ids(dismissed),
        freed=_ids(freed),
        continued_as=continued_as,
    )
    return article


@transaction.atomic
def bring_back_article(article_id: int, *, by: Actor) -> Article:
    """Put an article on the lists again, and the claims that were dismissed with it.

    What it repeats of another that is set aside is checked here. Raise Refused while its text
    is the newest version of another article: nobody checks one text twice.
    """
    article = lock_article(article_id)
    if article.set_aside_at is None:
        raise Refused("This article is not set aside.")
    there = continued_in(article)
    if there is not None:
        raise Refused(
            f"Its text is version {there.number} of “{there.title or 'Untitled'}”, and is checked "
            "there. If that is a mistake, hand in the right text of that article first."
        )
    restored = list(_dismissed_with(article))
    for claim in restored:
        claim.move_to(ClaimState.OPEN)
        claim.dismissal = claim.note = ""
        claim.reviewer = None
    article.set_aside_at, article.set_aside_reason = None, ""
    article.save(update_fields=SET_ASIDE)
    _save(restored)
    searched = set(Search.objects.filter(claim__in=restored).values_list("claim_id", flat=True))
    unsearched = [claim for claim in restored if claim.desk and claim.pk not in searched]
    unchecked = Claim.objects.filter(
        links_back__claim__in=restored, article__set_aside_at__isnull=False
    )
    _search([*unsearched, *bring_apart(list(unchecked))])
    Event.objects.record("article.brought_back", article, by=by, claims=_ids(restored))
    return article


@transaction.atomic
def set_aside_own_article(article_id: int, *, reason: str, by: User) -> Article:
    """Let whoever handed an article in by mistake set it aside, as a moderator would."""
    _check_own(lock_article(article_id), by)
    return set_aside_article(article_id, reason=reason, by=by)


@transaction.atomic
def bring_back_own_article(article_id: int, *, by: User) -> Article:
    """Let whoever handed an article in bring it back, if they set it aside themselves."""
    article = lock_article(article_id)
    _check_own(article, by)
    told = Event.objects.about(article.public_id).filter(verb="article.set_aside").last()
    if told is None or told.user_id != by.pk:
        raise Refused("A moderator set it aside; a moderator brings it back.")
    return bring_back_article(article_id, by=by)


def continued_in(article: Article) -> ArticleVersion | None:
    """The newest version of another article, if it has the text for which this was set aside.

    None for an article that is not set aside; three queries for one that is.
    """
    if article.set_aside_at is None:
        return None
    told = Event.objects.about(article.public_id).filter(verb="article.set_aside").last()
    became = told.data.get("continued_as") if told else None
    newest = ArticleVersion.objects.newest().select_related("article").defer("text", "blocks")
    there = newest.filter(article__versions__public_id=became).first() if became else None
    same = there is not None and article.versions.latest("number").digest == there.digest
    return there if same else None


def is_only_theirs(article: Article, person: User) -> bool:
    """Whether this person alone handed the article in. One query at most."""
    if article.owner_id != person.pk:
        return False
    others = Submission.objects.filter(version__article=article).exclude(submitted_by=person)
    return not others.exists()


def _check_own(article: Article, by: User) -> None:
    """Raise Refused unless only ``by`` handed it in, and nobody works on its claims or did."""
    if not is_only_theirs(article, by):
        raise Refused("Others asked for it too, or handed it in: a moderator sets it aside.")
    worked_on = Q(state__in=[ClaimState.IN_REVIEW, ClaimState.CLOSED]) & ~Q(reviewer=by)
    told = Verdict.objects.counted().filter(claim__article=article)
    if Claim.objects.filter(worked_on, article=article).exists() or told.exists():
        raise Refused("Somebody works on its claims, or decided some: a moderator sets it aside.")


def _locked(article: Article) -> QuerySet[Claim]:
    return article.claims.select_for_update(no_key=True).order_by("pk")


def _dismissed_with(article: Article) -> QuerySet[Claim]:
    """Claims dismissed when it was set aside, and those found since, which no person dismissed."""
    about = Event.objects.about(article.public_id).filter(verb="article.set_aside")
    told = about.last()
    return _locked(article).filter(
        Q(public_id__in=told.data["claims"] if told else []) | Q(reviewer__isnull=True),
        dismissal=Dismissal.OUTSIDE_REMIT,
        note=article.set_aside_reason,
    )


def _save(claims: Sequence[Claim]) -> None:
    Claim.objects.bulk_update(claims, ["state", "dismissal", "note", "reviewer"])


def _search(claims: Sequence[Claim]) -> None:
    searches = want_evidence(claims)
    Hints(Search.task, [search.pk for search in searches]).after_commit()


def _ids(claims: Sequence[Claim]) -> list[str]:
    return [str(claim.public_id) for claim in claims]
