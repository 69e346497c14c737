"""Saying that an act was done, and leading on to what waits next for whoever did it."""

from django.contrib import messages
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from claims.models import Verdict
from claims.reading import desk
from claims.views.people import PersonRequest

SHOWN = 80
"""Characters of the name of what an act was done to, or of the next claim."""


def named(name: str) -> str:
    """What an act was done to, as the next page calls it."""
    return f"“{Truncator(name).chars(SHOWN)}”"


def say_done(request: PersonRequest, words: str, done: Verdict) -> None:
    """Say on the next page what was done; to an editor also which verdict waits next.

    ``done`` is the verdict it was done to, which is before their eyes.
    """
    if not request.user.has_perm("claims.approve_verdict"):
        messages.success(request, words)
        return
    for what, waiting in (
        ("decide", desk.waiting_for_approval(request.user)),
        ("publish", desk.ready_to_publish()),
    ):
        following = _first(waiting, done)
        if following is not None:
            page = reverse("claims:verdict", args=[following.public_id])
            claim = Truncator(following.claim_text).chars(SHOWN)
            line = format_html('{} Next to {}: <a href="{}">{}</a>', words, what, page, claim)
            messages.success(request, line)
            return
    messages.success(request, f"{words} No other verdict waits for you.")


def _first(waiting: QuerySet[Verdict], done: Verdict) -> Verdict | None:
    return waiting.exclude(pk=done.pk).first()
