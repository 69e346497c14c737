"""Saying that an act was done, and leading on to what waits next for whoever did it."""

from collections.abc import Iterator

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from claims.models import Verdict
from claims.reading import desk
from claims.views.people import PersonRequest
from factcheck.models import User

SHOWN = 80
"""Characters of the name of what an act was done to, or of the next claim."""
LOOKED_AT = 10
"""Approved verdicts that are looked at for one to publish next."""


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
    following = next((one for one in _waiting(request.user) if one[1] != done), None)
    if following is None:
        messages.success(request, f"{words} No other verdict waits for you.")
        return
    what, verdict = following
    page = reverse("claims:verdict", args=[verdict.public_id])
    claim = Truncator(verdict.claim_text).chars(SHOWN)
    line = format_html('{} Next to {}: <a href="{}">{}</a>', words, what, page, claim)
    messages.success(request, line)


def _waiting(editor: User) -> Iterator[tuple[str, Verdict]]:
    """What an editor is to do, and to which verdict, the first of each first."""
    yield from (("decide", verdict) for verdict in desk.waiting_for_approval(editor)[:2])
    approved = desk.approved(LOOKED_AT)
    yield from (("publish", verdict) for verdict, missing in approved if not missing)
    yield from (("mend", verdict) for verdict, missing in approved if missing)
