"""Articles: the list, one article with its claims, and trying again what failed."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from claims.actions.intake import retry_split, retry_submission
from claims.models import Submission
from claims.reading import article as reading
from claims.states import IllegalMove
from claims.views.people import PersonRequest, reviewers_only

PER_PAGE = 25


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """Every article, the newest first, and above them what is still being read."""
    page = Paginator(reading.articles(), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "claims/article_list.html",
        {
            "page": page,
            "rows": reading.rows(page),
            "submissions": reading.submissions_without_article()[:PER_PAGE],
        },
    )


@require_safe
def article(request: HttpRequest, article_id: UUID, number: int | None = None) -> HttpResponse:
    """One version of an article, the newest unless ``number`` says otherwise."""
    versions = reading.versions_of(article_id)
    if number is not None:
        versions = versions.filter(number=number)
    version = get_object_or_404(versions[:1])
    return render(request, "claims/article.html", {"page": reading.article_page(version)})


@require_safe
def progress(request: HttpRequest, article_id: UUID) -> HttpResponse:
    """How far the machine is with an article's newest version: a part of its page."""
    version = get_object_or_404(reading.versions_of(article_id)[:1])
    return render(request, "claims/_progress.html", {"progress": reading.progress(version)})


@reviewers_only
@require_POST
def split_again(request: PersonRequest, article_id: UUID) -> HttpResponse:
    """Have the newest version split once more."""
    version = get_object_or_404(reading.versions_of(article_id)[:1])
    try:
        retry_split(version.pk, by=request.user)
    except IllegalMove:
        messages.info(request, "It is being split already.")
    return redirect("claims:article", article_id)


@require_safe
def submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """What became of something handed in; once it is an article, that article."""
    found = get_object_or_404(
        Submission.objects.select_related("version__article").defer("text", "file"),
        public_id=submission_id,
    )
    if found.version is not None:
        return redirect("claims:article", found.version.article.public_id)
    return render(request, "claims/submission.html", {"submission": found})


@reviewers_only
@require_POST
def read_again(request: PersonRequest, submission_id: UUID) -> HttpResponse:
    """Have something that could not be read fetched once more."""
    found = get_object_or_404(Submission.objects.defer("text", "file"), public_id=submission_id)
    try:
        retry_submission(found.pk, by=request.user)
    except IllegalMove:
        messages.info(request, "It is being read already.")
    return redirect("claims:submission", submission_id)
