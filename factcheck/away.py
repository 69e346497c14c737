"""Requests while the database is away: the page says so, and keeps what was sent."""

import logging
import sys

import psycopg
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error
from psycopg.errors import AdminShutdown, CannotConnectNow, CrashShutdown, TooManyConnections

from factcheck.attempts import DATABASE_GONE
from factcheck.expired import is_script, is_workspace, sent_from_here
from factcheck.kept import Kept

log = logging.getLogger(__name__)

ASK_AGAIN = 5  # seconds
_ENDED = AdminShutdown | CrashShutdown | CannotConnectNow | TooManyConnections
_CONNECTION = "08"  # the class of PostgreSQL's error codes about connections


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed: with 503 if it was for want of the database, or with 500.

    As the handler of every such request, and not as middleware: who asks is
    looked up by middleware too, and Django lets no other see what that raises.
    """
    error = sys.exc_info()[1]
    if error is None or not is_away(error):
        return server_error(request)
    log.error("the database does not answer: %s", str(error).partition("\n")[0])
    answer = _tell_script() if is_script(request) else _page(request)
    answer.headers["Retry-After"] = str(ASK_AGAIN)
    # The line above is all there is to tell; Django would add where in the code it happened.
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer


def is_away(error: BaseException) -> bool:
    """Whether there is no connection to the database; what it refuses or gives up is no such."""
    cause = error.__cause__
    if not isinstance(error, DATABASE_GONE) or not isinstance(cause, psycopg.Error):
        return False
    state = cause.sqlstate
    return state is None or state.startswith(_CONNECTION) or isinstance(cause, _ENDED)


def _page(request: HttpRequest) -> HttpResponse:
    """What was sent is shown if a page of the workspace sent it: nothing else vouches for it."""
    sent = request.method == "POST"
    kept = Kept.of(request) if sent and sent_from_here(request) and is_workspace(request) else None
    return render(request, "503.html", {"kept": kept, "sent": sent}, status=503)


def _tell_script() -> HttpResponse:
    return HttpResponse(
        "The database does not answer. What you typed stays here: go on in a minute.",
        status=503,
        content_type="text/plain",
    )
