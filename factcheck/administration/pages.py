"""The pages of the administration that are no table."""

from itertools import islice
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from claims.actions.intake import set_aside_submission
from claims.actions.refusals import Refused
from claims.actions.retrying import RETRIES
from claims.models import Submission
from claims.reading import language_model as model
from claims.reading import moderation as reading
from claims.states import IllegalMove
from claims.views.people import PersonRequest
from factcheck.models import Event, EventChain

CHECKED = 50_000
"""Events that are checked while somebody waits; the command checks all there are."""
BREAKS = 50
"""Breaks that are listed: with more, the history was not edited but lost."""


@require_safe
def attention(request: HttpRequest) -> HttpResponse:
    """What needs a moderator now."""
    return _page(
        request, "index.html", "What needs attention", now=reading.attention(), many=reading.MANY
    )


@require_safe
def stuck(request: HttpRequest) -> HttpResponse:
    """Work that failed, with its error, and whether it will be tried again."""
    troubles = [
        (trouble, trouble.model._meta.label_lower if trouble.model in RETRIES else "")
        for trouble in reading.troubles()
    ]
    return _page(request, "stuck.html", "Stuck work", troubles=troubles, many=reading.MANY)


@require_POST
def retry(request: PersonRequest, model: str, key: int) -> HttpResponse:
    """Try one piece of work again, now."""
    act = next((RETRIES[kind] for kind in RETRIES if kind._meta.label_lower == model), None)
    if act is None or not apps.get_model(model)._default_manager.filter(pk=key).exists():
        raise Http404
    try:
        act(key, by=request.user)
    except IllegalMove:
        messages.warning(request, "Nothing to do: it was done, or taken up, meanwhile.")
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "A worker will try again at once.")
    return redirect("admin:stuck")


@require_POST
def set_aside(request: PersonRequest, key: int) -> HttpResponse:
    """Take something handed in that cannot be read off the lists of what waits."""
    if not Submission.objects.filter(pk=key).exists():
        raise Http404
    try:
        set_aside_submission(key, by=request.user)
    except IllegalMove:
        messages.warning(request, "Nothing to do: it was read, or is being read again.")
    else:
        messages.success(request, "It is set aside. It is kept, and can be read again on its page.")
    return redirect("admin:stuck")


@require_safe
def providers(request: HttpRequest) -> HttpResponse:
    """How each provider of evidence answered lately."""
    return _page(request, "providers.html", "Providers", providers=reading.providers())


@require_safe
def language_model(request: HttpRequest) -> HttpResponse:
    """Whether the language model answers, and what it cost."""
    return _page(request, "language_model.html", "Language model", page=model.language_model())


@require_POST
def check_history(request: HttpRequest) -> HttpResponse:
    """Follow the chain of the newest events and say where it is broken."""
    head = EventChain.objects.get(pk=1)
    since = max(1, head.position - CHECKED + 1)
    breaks = list(islice(Event.objects.verify(since=since), BREAKS))
    return _page(
        request,
        "history_checked.html",
        "The history, checked",
        breaks=breaks,
        since=since,
        head=head,
    )


def _page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    context = admin.site.each_context(request) | {"title": title} | context
    return render(request, f"admin/{template}", context)
