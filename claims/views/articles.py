"""Articles: the list, one article with its claims, and splitting it again."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.actions.clearing import (
    bring_back_own_article,
    continued_in,
    is_only_theirs,
    set_aside_own_article,
)
from claims.actions.continuing import continue_article
from claims.actions.disclosing import disclose_article
from claims.actions.handed import check_may_follow
from claims.actions.intake import retry_split
from claims.actions.refusals import Overtaken, Refused, StandsAlready
from claims.actions.review import mark_claim
from claims.filters import ArticlesForm
from claims.kinds import Kind
from claims.models import Article, ArticleVersion, Claim, Submission, Visibility
from claims.reading import article as reading
from claims.reading import articles as listing
from claims.reading.copies import copying, kept_inside
from claims.reading.progress import progress as how_far
from claims.reading.requests import requests_for
from claims.reading.submission import handed_in_before
from claims.states import IllegalMove
from claims.views.acts import Typed, chosen, number, perform, told
from claims.views.opening import by_post
from claims.views.people import PersonRequest, reviewers_only
from claims.views.telling import named
from claims.views.voices import VOICE_TYPED, voice_in, voice_in_words, voice_typed
from claims.views.words import place_of
from factcheck.models.choices import choices

PER_PAGE = 25


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """Articles, the newest first, by words and stage if asked; before them, what is being read."""
    form = ArticlesForm(request.GET)
    sought = form.sought()
    page = Paginator(listing.articles(sought), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "claims/article_list.html",
        {
            "form": form,
            "sought": sought,
            "page": page,
            "rows": listing.rows(page),
            "submissions": listing.submissions_without_article()[:PER_PAGE],
        },
    )


@require_safe
def article(request: PersonRequest, article_id: UUID, number: int | None = None) -> HttpResponse:
    """One version of an article, the newest unless ``number`` says otherwise."""
    return _show(request, article_id, number)


def _show(
    request: PersonRequest,
    article_id: UUID,
    number: int | None = None,
    *,
    why: str = "",
    stands: Claim | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of an article; after a claim was marked in vain with why, and what was typed.

    ``stands`` is the claim that the article has already.
    """
    versions = reading.versions_of(article_id)
    if number is not None:
        versions = versions.filter(number=number)
    version = get_object_or_404(versions[:1])
    page = reading.article_page(version)
    return render(
        request,
        "claims/article.html",
        {
            "page": page,
            "requests": requests_for(version),
            "copying": copying(version),
            "kept_inside": kept_inside(version, request.user),
            "before": _handed_in_before(request, version),
            "kinds": choices(Kind),
            "zone": settings.TIME_ZONE,
            "why": why,
            "stands": stands,
            "sent": request.POST,
            "voice": voice_typed(request.POST),
            "may_edit": page.is_newest and request.user.has_perm("claims.review_claim"),
            "only_theirs": request.user.has_perm("claims.review_claim")
            and is_only_theirs(version.article, request.user),
            "continued_in": continued_in(version.article),
            "may_continue": page.is_newest and _may_continue(request, version),
            "may_hand_in_next": page.is_newest and _may_follow(request, version.article),
            "may_disclose": page.is_newest
            and version.article.visibility == Visibility.CONFIDENTIAL
            and (
                version.article.owner_id == request.user.pk
                or request.user.has_perm("claims.approve_verdict")
            ),
        },
        status=status,
    )


def _may_follow(request: PersonRequest, article: Article) -> bool:
    """Whether the person may say what the next version of an article is."""
    try:
        check_may_follow(article, article.visibility, request.user)
    except Refused:
        return False
    return True


def _may_continue(request: PersonRequest, version: ArticleVersion) -> bool:
    """Whether the person may say that this is the next version of what it is a copy of."""
    original = version.copy_of.article if version.copy_of else None
    return (
        original is not None
        and request.user.has_perm("claims.review_claim")
        and original.visibility == version.article.visibility
        and _may_follow(request, version.article)
        and _may_follow(request, original)
    )


def _handed_in_before(request: HttpRequest, version: ArticleVersion) -> Submission | None:
    """The first submission of a text that was handed in again and led here."""
    try:
        key = UUID(request.GET.get("again", ""))
    except ValueError:
        return None
    again = Submission.objects.filter(public_id=key, version=version).only("version").first()
    return handed_in_before(again) if again else None


@require_safe
def progress(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """How far the machine is with an article's newest version: a part of its page."""
    version = get_object_or_404(reading.versions_of(article_id)[:1])
    return render(request, "claims/_progress.html", {"progress": how_far(version)})


@reviewers_only
@by_post
def split_again(request: PersonRequest, article_id: UUID) -> HttpResponse:
    """Have the newest version split once more."""
    version = get_object_or_404(reading.versions_of(article_id)[:1])
    try:
        retry_split(version.pk, by=request.user)
    except IllegalMove:
        messages.info(request, "It is being split already.")
    return redirect("claims:article", article_id)


@reviewers_only
@by_post
def disclose(request: PersonRequest, article_id: UUID) -> HttpResponse:
    """Say that a confidential article, as far as it was read, may be quoted in public."""
    found = get_object_or_404(Article, public_id=article_id)
    version = number(request.POST.get("version", ""))

    def then(_: Article) -> str:
        messages.success(request, "The article is public now; verdicts may quote it.")
        return reverse("claims:article", args=[article_id])

    return perform(
        request,
        lambda: disclose_article(found.pk, version=version, by=request.user),
        then=then,
        back=reverse("claims:article", args=[article_id]),
    )


@reviewers_only
@by_post
def set_aside(request: PersonRequest, article_id: UUID) -> HttpResponse:
    """Set aside an article that one handed in by mistake."""
    found = get_object_or_404(Article, public_id=article_id)
    return perform(
        request,
        lambda: set_aside_own_article(
            found.pk, reason=request.POST.get("reason", ""), by=request.user
        ),
        then=reverse("claims:article", args=[article_id]),
        said="Set aside: it has left the lists. It is kept, and can be brought back.",
        typed=Typed({"reason": "Why nobody shall check it"}),
    )


@reviewers_only
@by_post
def bring_back(request: PersonRequest, article_id: UUID) -> HttpResponse:
    """Bring back an article that one set aside."""
    found = get_object_or_404(Article, public_id=article_id)
    return perform(
        request,
        lambda: bring_back_own_article(found.pk, by=request.user),
        then=reverse("claims:article", args=[article_id]),
        said="It is back on the lists.",
    )


@reviewers_only
@by_post
def continue_earlier(request: PersonRequest, article_id: UUID) -> HttpResponse:
    """Say that an article is the next version of one that was here."""
    version = get_object_or_404(
        ArticleVersion.objects.only("article"),
        article__public_id=article_id,
        number=number(request.POST.get("version", "")),
    )
    try:
        earlier = get_object_or_404(Article, public_id=UUID(request.POST.get("earlier", "")))
    except ValueError:
        raise Http404 from None
    return perform(
        request,
        lambda: continue_article(version.pk, earlier.pk, by=request.user),
        then=reverse("claims:article", args=[earlier.public_id]),
        said=lambda made: f"It is version {made.number} of this article now, and is being split.",
        back=reverse("claims:article", args=[article_id]),
    )


@reviewers_only
@by_post
def mark(request: PersonRequest, article_id: UUID) -> HttpResponse:
    """Add a claim by hand: words of the newest version make it.

    ``start`` and ``end`` come from a selection; without them the words must
    stand in the text exactly once.
    """
    version = get_object_or_404(reading.versions_of(article_id)[:1])
    sent = request.POST
    found: list[Claim] = []

    def act() -> Claim:
        if sent.get("version") != str(version.number):
            raise Overtaken("The article has a newer version; mark the claim there.")
        place = place_of(
            version.text,
            sent.get("quote", ""),
            sent.get("start", ""),
            sent.get("end", ""),
        )
        try:
            return mark_claim(
                version.pk,
                *place,
                text=sent.get("text", ""),
                kind=chosen(Kind, sent.get("kind", ""), missing="Choose a kind."),
                voice=voice_in(sent) if "voice" in sent else None,
                by=request.user,
            )
        except StandsAlready as stands:
            found.append(stands.claim)
            raise

    def again(why: str, status: int) -> HttpResponse:
        return _show(
            request, article_id, why=why, stands=found[0] if found else None, status=status
        )

    return perform(
        request,
        act,
        then=lambda claim: reverse("claims:claim", args=[claim.public_id]),
        said=lambda claim: f"Marked as a claim: {named(claim.text)}. A search begins.",
        back=reverse("claims:article", args=[article_id]),
        typed=Typed(
            {
                "quote": "The article's words that make it",
                "text": "Wording that stands alone",
                **(VOICE_TYPED if "voice" in sent else {}),
            },
            fresh=lambda: {"version": str(reading.versions_of(article_id)[0].number)},
            chosen=lambda: {
                **(voice_in_words(sent) if "voice" in sent else {}),
                **told(choices(Kind), sent.get("kind", ""), "Kind"),
            },
        ),
        missing=again,
    )
