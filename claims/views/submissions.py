"""Handing in an article, and what became of it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from claims.actions.intake import retry_submission, set_aside_submission, submit
from claims.actions.refusals import Refused
from claims.actions.urgency import change_deadline
from claims.forms import DeadlineForm, SubmitForm
from claims.models import ArticleVersion, Submission
from claims.reading.continuing import may_be_continued
from claims.reading.submission import handed_in_before
from claims.states import IllegalMove
from claims.views.acts import Typed, perform
from claims.views.opening import by_post
from claims.views.people import PersonRequest, reviewers_only
from factcheck.collisions import Collision, twice


@reviewers_only
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: PersonRequest) -> HttpResponse:
    """Hand in an article by text, address or file."""
    also = _named(request)
    offered = may_be_continued(request.user, also)
    before = offered.get(str(also))
    form = SubmitForm(
        request.POST or None,
        request.FILES or None,
        initial=_as_before(before) if before else None,
    )
    form.offer([(key, one.title or "Untitled") for key, one in offered.items()])
    if request.method == "POST" and form.is_valid():
        handed = form.handed()  # once: an upload is read to its end
        try:
            chosen = offered.get(form.cleaned_data["follows"])
            follows = chosen.article_id if chosen else None
            submission = twice(lambda: submit(handed, by=request.user, follows=follows))
        except Refused as refused:
            form.add_error(refused.field or None, str(refused))
        except Collision as collision:
            form.add_error(None, str(collision))
        else:
            return redirect("claims:submission", submission.public_id)
    return render(
        request, "claims/hand_in.html", {"form": form}, status=422 if form.errors else 200
    )


def _named(request: HttpRequest) -> UUID | None:
    """The article from which the form was opened to hand in its next version."""
    try:
        return UUID(request.GET.get("follows", ""))
    except ValueError:
        return None


def _as_before(before: ArticleVersion) -> dict[str, object]:
    """What the form holds for the next version of an article."""
    article = before.article
    return {
        "follows": str(article.public_id),
        "visibility": article.visibility,
        "outlet": before.outlet,
        "published_at": before.published_at,
    }


@require_safe
def submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """What became of something handed in; once it is an article, that article."""
    found = get_object_or_404(
        Submission.objects.select_related("version__article").defer("text", "file"),
        public_id=submission_id,
    )
    if found.version is not None:
        article = reverse("claims:article", args=[found.version.article.public_id])
        # In the address, because whoever waits for the page may fetch it twice.
        again = f"?again={submission_id}" if handed_in_before(found) else ""
        return redirect(f"{article}{again}")
    return render(request, "claims/submission.html", {"submission": found})


@reviewers_only
@by_post
def read_again(request: PersonRequest, submission_id: UUID) -> HttpResponse:
    """Have something that could not be read fetched once more."""
    return _after(retry_submission, request, submission_id, "It is being read already.")


@reviewers_only
@by_post
def deadline(request: PersonRequest, submission_id: UUID) -> HttpResponse:
    """Change by when something is needed, or say that nobody waits for it."""
    found = get_object_or_404(Submission.objects.only("pk"), public_id=submission_id)
    form = DeadlineForm(request.POST)
    return perform(
        request,
        lambda: change_deadline(found.pk, **form.changed(), by=request.user),
        then=reverse("claims:submission", args=[submission_id]),
        said=lambda changed: (
            "The deadline is changed." if changed.deadline else "The deadline is lifted."
        ),
        typed=Typed({name: str(form[name].label) for name in form.fields}),
    )


@reviewers_only
@by_post
def set_aside(request: PersonRequest, submission_id: UUID) -> HttpResponse:
    """Take what could not be read off the lists of what waits."""
    refused = "It is being read again, or was read meanwhile."
    return _after(set_aside_submission, request, submission_id, refused)


def _after(
    act: Callable[..., Submission], request: PersonRequest, submission_id: UUID, refused: str
) -> HttpResponse:
    """The submission's page after an act on it; ``refused`` tells why there was none."""
    found = get_object_or_404(Submission.objects.defer("text", "file"), public_id=submission_id)
    try:
        act(found.pk, by=request.user)
    except IllegalMove:
        messages.info(request, refused)
    return redirect("claims:submission", submission_id)
