"""Requests of people whose session or form is over: nothing of what they wrote is lost."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from factcheck.kept import Kept, offer_again
from factcheck.login import LoginForm

SCRIPT = "fetch"
"""What our scripts say they ask with, in X-Requested-With."""


class LoginRequired(LoginRequiredMiddleware):
    """Middleware. Lets nobody through who is not logged in, and keeps what they sent."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., Any],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Ask who it is only where that matters: what is for everybody depends on no cookie."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # a page is no redirect
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """Ask to log in: a script in a word, a person on a page that carries what they wrote.

        Whoever only knows the address of the site is led to what is published.
        """
        if is_script(request):
            return _tell_script()
        if _knocks(request):
            return redirect("claims:published")
        kept = Kept.of(request) if is_workspace(request) else None
        if kept is None or not (kept.fields or kept.files):
            return super().handle_no_permission(request, view_func)
        return _ask_to_log_in(request, kept)


def too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is none of this session.

    What was written is shown if a page of this site sent it: another site may
    have written whatever it wants to be sent again.
    """
    if is_script(request) and not request.user.is_authenticated:
        return _tell_script()
    kept = Kept.of(request) if sent_from_here(request) and is_workspace(request) else None
    if kept is None:
        return render(request, "403_csrf.html", status=403)
    if _is_open(request):
        why = "This form is too old, or your browser took no cookie from its page."
        return offer_again(request, kept, why=why, status=403)
    if request.user.is_authenticated:
        return offer_again(
            request, kept, why="This form is too old to be accepted as it is.", status=403
        )
    return _ask_to_log_in(request, kept)


def _knocks(request: HttpRequest) -> bool:
    """Whether somebody who was never logged in here asks for the bare address of the site.

    They are of the world; a cookie of a session that is over is one of a colleague.
    """
    known = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method in ("GET", "HEAD") and request.get_full_path() == "/" and not known


def is_script(request: HttpRequest) -> bool:
    """Whether a script of ours asks, which reads no page."""
    return request.headers.get("X-Requested-With") == SCRIPT


def _is_open(request: HttpRequest) -> bool:
    """Whether whoever has no login may send the form too; not that to log in itself."""
    match = request.resolver_match
    return (
        match is not None
        and match.app_name == "claims"
        and not getattr(match.func, "login_required", True)
    )


def _tell_script() -> HttpResponse:
    answer = HttpResponse("You are logged out.", status=401, content_type="text/plain")
    answer.headers["WWW-Authenticate"] = "Session"
    return answer


def _ask_to_log_in(request: HttpRequest, kept: Kept) -> HttpResponse:
    context = {"form": LoginForm(request), "kept": kept, "next": kept.path}
    return render(request, "registration/login.html", context, status=403)


def sent_from_here(request: HttpRequest) -> bool:
    """Whether a page of this site sent the request, as the browser says."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    site = urlsplit(said)
    return f"{site.scheme}://{site.netloc}" == f"{request.scheme}://{request.get_host()}"


def is_workspace(request: HttpRequest) -> bool:
    """Whether the form is of the workspace: the moderation's may hold what nobody else sees."""
    match = request.resolver_match
    return match is not None and (match.app_name == "claims" or match.view_name == "login")
