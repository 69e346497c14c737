"""What was done with one claim, in sentences that name what it was done to, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from django.db.models import Q

from claims.history import FREED, WITH_ITS_ARTICLE, often, told
from claims.models import Bringing, Claim, Evidence, ReplyRequest
from factcheck.models import Event, User

SHOWN = 80
"""Characters of a source's title."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history, as a sentence without its full stop."""

    event: Event
    words: str


def history(
    claim: Claim,
    evidence: Iterable[Evidence],
    replies: Iterable[ReplyRequest],
    brought: Iterable[Bringing],
) -> list[Happening]:
    """What was done with a claim, the oldest first; with its kin or article where it touched it.

    So is the setting aside of the article it was checked in, as a copy of it.

    ``evidence``, ``replies`` and ``brought`` are the claim's. Two queries if it was ever split
    off or merged, one otherwise; one more if it was ever handed over.
    """
    shown = Event.objects.select_related("user", "api_key__publisher", "reason")
    with_article = Q(
        thread=claim.article.public_id,
        verb__in=WITH_ITS_ARTICLE,
        data__claims__contains=[str(claim.public_id)],
    )
    freed = Q(verb="article.set_aside", data__freed__contains=[str(claim.public_id)])
    about = Q(thread=claim.public_id) | with_article | freed
    events = list(shown.filter(about).order_by("position"))
    own = [event for event in events if event.thread == claim.public_id]
    of_article = [event for event in events if event.thread == claim.article.public_id]
    of_original = [event for event in events if str(claim.public_id) in event.data.get("freed", [])]
    kin = {other.public_id for other in (claim.split_from, claim.merged_into) if other is not None}
    kin |= {UUID(key) for event in own for key in event.data.get("claims", [])}
    touched = (
        shown.filter(thread__in=kin, data__claims__contains=[str(claim.public_id)]) if kin else []
    )
    named = {str(piece.public_id): _short(piece.name) for piece in evidence}
    named |= {str(reply.public_id): _short(reply.asked) for reply in replies if reply.asked}
    named |= _handed(own)
    named |= {str(one.public_id): _short(str(one)) for one in brought}
    lines = [
        Happening(
            event,
            told(
                event.verb,
                event.data,
                piece=next((named[key] for key in _pieces(event) if key in named), ""),
                why=_why(event),
            ),
        )
        for event in own
    ]
    lines += [
        Happening(event, told(event.verb, event.data, of_itself=False, why=_why(event)))
        for event in (*of_article, *touched)
    ]
    lines += [Happening(event, FREED) for event in of_original]
    return _folded(sorted(lines, key=lambda line: line.event.position))


def _pieces(event: Event) -> list[str]:
    """The evidence that an event is about, or the event itself, if that names anybody."""
    return [*event.data.get("evidence", []), str(event.object_id), str(event.position)]


def _handed(events: Iterable[Event]) -> dict[str, str]:
    """To whom the claim went, by the event: from whom too, unless it was they who handed it."""
    handed = [event for event in events if event.verb == "claim.handed_over"]
    keys = {event.data[name] for event in handed for name in ("to", "held_by")} - {None}
    people = {str(one.public_id): one for one in User.objects.filter(public_id__in=keys)}
    named = {}
    for event in handed:
        to, held_by = (people.get(event.data[name]) for name in ("to", "held_by"))
        of_another = held_by is not None and held_by.pk != event.user_id
        themselves = to is not None and to.pk == event.user_id
        before = f"from {held_by.name} " if held_by and of_another else ""
        named[str(event.position)] = f"{before}to {'themselves' if themselves else to}"
    return named


def _why(event: Event) -> str:
    """The reason that was given, as long as it is kept."""
    return event.reason.words if hasattr(event, "reason") else ""


def _short(title: str) -> str:
    return title if len(title) <= SHOWN else f"{title[:SHOWN].rstrip()} …"


def _folded(lines: Sequence[Happening]) -> list[Happening]:
    """The lines, what one person saved of a draft again and again as one: when last, how often."""
    folded = []
    for _, run in groupby(lines, key=_of_one_run):
        *before, last = run
        folded.append(replace(last, words=often(last.words, len(before) + 1)))
    return folded


def _of_one_run(line: Happening) -> object:
    event = line.event
    saved = event.verb == "verdict.saved"
    return (event.object_id, event.user_id) if saved else event.position
