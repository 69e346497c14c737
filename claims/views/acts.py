"""Doing one act for a person, and what they see when it was not possible."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date

from claims.actions.refusals import Overtaken, Refused, StandsAlready
from claims.models import Claim
from claims.states import IllegalMove
from claims.views.people import PersonRequest
from factcheck.collisions import Collision, twice

Done = TypeVar("Done")
Member = TypeVar("Member", bound=Enum)

Again = Callable[[str, int], HttpResponse | None]
"""A page once more, with why an act was not possible, and the status that says so.

None if the page does not have the form any more.
"""

_MOVE = re.compile(r"(\w+) -> \w+")


@dataclass(frozen=True, slots=True)
class Typed:
    """What people type into an act's form, so that none of it is ever lost.

    ``labels`` names the fields they see; ``now`` loads what stands in their
    place after a lost race; ``fresh`` loads the hidden fields to send again.
    ``chosen`` tells in words what hidden fields say: nobody sends unread what they chose.
    """

    labels: Mapping[str, str] = field(default_factory=dict)
    now: Callable[[], Mapping[str, str]] = dict
    fresh: Callable[[], Mapping[str, str]] = dict
    chosen: Callable[[], Mapping[str, str]] = dict


def perform(
    request: PersonRequest,
    act: Callable[[], Done],
    *,
    then: str | Callable[[Done], str],
    said: str | Callable[[Done], str] = "",
    back: str = "",
    typed: Typed | None = None,
    missing: Again | None = None,
    lost: Again | None = None,
) -> HttpResponse:
    """Do ``act``, go to ``then`` and have it ``said`` there; explain if it was not possible.

    422 when something is missing, 409 when somebody was quicker. Both pages
    keep what was typed and lead ``back``; the latter shows what stands now
    beside it. It can be sent again, except where it would fail again.
    ``missing`` and ``lost`` give the page the person was on instead, with the
    reason where it belongs. ``then`` is an address, or gives one for what was
    done, and so is ``said``. Whoever collides with others twice is told as if
    somebody was quicker.
    """
    typed = typed or Typed()
    back = back or str(then)
    there: Claim | None = None
    may_succeed = True
    try:
        done = twice(act)
    except IllegalMove as move:
        answer, why, status = lost, because(move), 409
        may_succeed = isinstance(move, Overtaken)
    except Collision as collision:
        answer, why, status = lost, str(collision), 409
    except Refused as refused:
        answer, why, status = missing, str(refused), 422
        there = refused.claim if isinstance(refused, StandsAlready) else None
    else:
        if said:
            messages.success(request, said(done) if callable(said) else said)
        return redirect(then(done) if callable(then) else then)
    page = answer(why, status) if answer is not None else None
    if page is not None:
        return page
    return _explain(request, why, back, typed, status=status, may_succeed=may_succeed, there=there)


def because(lost: IllegalMove) -> str:
    """Why the act is not possible, for people.

    >>> because(IllegalMove("in_review -> open"))
    'It is in review by now: somebody was quicker, or this page was old.'
    """
    move = _MOVE.fullmatch(str(lost))
    if move is None:
        return str(lost)
    state = move[1].replace("_", " ")
    return f"It is {state} by now: somebody was quicker, or this page was old."


def differing(now: Mapping[str, str], mine: Mapping[str, str]) -> list[str]:
    """The labels under which both have something, and not the same.

    >>> differing({"Rating": "False", "Gaps": "a\\nb", "State": "Open"},
    ...           {"Rating": "True", "Gaps": "a\\r\\nb "})
    ['Rating']
    """
    return [label for label in now if label in mine and _words(now[label]) != _words(mine[label])]


def _words(typed: str) -> str:
    """What was typed, however a browser ends its lines."""
    return "\n".join(typed.split("\r\n")).strip()


def chosen(members: type[Member], typed: str, *, missing: str) -> Member:
    """The member whose text was sent; raise Refused, saying what is ``missing``, if none is."""
    try:
        return members(typed)
    except ValueError:
        raise Refused(missing) from None


def told(options: Iterable[tuple[str, str]], sent: str, label: str) -> dict[str, str]:
    """What was chosen of ``options``, in words under ``label``; nothing if nothing was."""
    return {label: dict(options).get(sent, sent)} if sent else {}


def day(sent: Mapping[str, str], name: str) -> date | None:
    """A day as browsers send it; None for none. Raise Refused for what is no day."""
    typed = sent.get(name, "").strip()
    try:
        found = parse_date(typed) if typed else None
    except ValueError:
        found = None
    if typed and found is None:
        raise Refused("Write days as 2026-05-31.")
    return found


def number(typed: str) -> int:
    """A number from a hidden field; one that is none fits no row."""
    return int(typed) if typed.isdecimal() and len(typed) < 19 else -1


def _explain(
    request: PersonRequest,
    why: str,
    back: str,
    typed: Typed,
    *,
    status: int,
    may_succeed: bool,
    there: Claim | None,
) -> HttpResponse:
    lost = status == 409
    sent = {
        name: values
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and name not in typed.labels
    }
    if lost:
        sent |= {name: [value] for name, value in typed.fresh().items()}
    kept = {name: request.POST.get(name, "") for name in typed.labels}
    picked, now = typed.chosen(), typed.now() if lost else {}
    mine = {**picked, **{label: kept[name] for name, label in typed.labels.items()}}
    return render(
        request,
        "claims/not_done.html",
        {
            "why": why,
            "there": there,
            "lost": lost,
            "may_succeed": may_succeed,
            "back": back,
            "typed": [(name, label, kept[name]) for name, label in typed.labels.items()],
            "chosen": picked,
            "files": list(request.FILES),
            "sent": [(name, value) for name, values in sent.items() for value in values],
            "now": now,
            "differing": differing(now, mine),
        },
        status=status,
    )
