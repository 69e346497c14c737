"""Objections of readers, as the people see them who answer: lists, one with its story, a letter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from claims.actions.objections import wrote_some
from claims.history import told
from claims.models import CONTACT_KEPT, Claim, Objection, ObjectionDecision, Verdict
from claims.models.publishing import OPEN_STATES
from claims.reading.history import Happening
from claims.states import VerdictState
from factcheck.models import Event, User

FOUND = {
    ObjectionDecision.UPHELD: "You are right. {became}",
    ObjectionDecision.NOT_UPHELD: "We looked at it again, and the verdict stands. {reason}",
}
LETTER = """\
Dear {name},

you reported an error in our verdict on this claim:

“{claim}”
{url}

{found}

Thank you for writing to us.

{organisation}
"""


@dataclass(frozen=True, slots=True)
class ObjectionPage:
    """One objection, and what may come of it.

    ``verdicts`` are the one that is public now, the one in work, and the newest withdrawn.
    """

    objection: Objection
    wrote_some: bool
    verdicts: Sequence[Verdict]
    history: list[Happening]

    @property
    def public(self) -> Verdict | None:
        """The verdict that a correction would correct."""
        return self._verdict(VerdictState.PUBLISHED)

    @property
    def in_work(self) -> Verdict | None:
        """The verdict that somebody writes, approves or may publish."""
        return self._verdict(*OPEN_STATES)

    @property
    def withdrawn(self) -> Verdict | None:
        """The version it is about or one after it, if that was withdrawn."""
        found = self._verdict(VerdictState.WITHDRAWN)
        return found if found and found.number >= self.objection.verdict.number else None

    @property
    def forgotten_at(self) -> datetime | None:
        """When it is forgotten who objected; None until it is decided."""
        decided = self.objection.decided_at
        return decided + CONTACT_KEPT if decided else None

    @property
    def letter(self) -> str:
        """An answer to whoever objected; empty where there is nothing to answer."""
        objection, verdict = self.objection, self.objection.verdict
        found = FOUND.get(ObjectionDecision(objection.decision)) if objection.decision else None
        if found is None:
            return ""
        return LETTER.format(
            name=objection.name or "reader",
            claim=verdict.claim_text,
            url=settings.SITE_URL + reverse("claims:public", args=[verdict.claim.public_id]),
            found=found.format(became=self._became, reason=objection.reason),
            organisation=settings.ORGANISATION,
        )

    @property
    def mail(self) -> str:
        """The address of that letter, for a mail program; empty without an address to send it to.

        All of it is quoted: what a reader wrote adds no other recipient.
        """
        if not self.objection.email or not self.letter:
            return ""
        told = {"subject": "Your report of an error", "body": self.letter.replace("\n", "\r\n")}
        return f"mailto:{quote(self.objection.email, safe='@')}?{urlencode(told, quote_via=quote)}"

    @property
    def _became(self) -> str:
        correction = self.objection.correction
        if correction is not None:
            return f"The verdict was corrected: {correction.note}"
        if self.withdrawn is not None:
            return f"The verdict was withdrawn: {self.withdrawn.withdrawal_note}"
        return "We will correct the verdict, in public and with the reason."

    def _verdict(self, *states: VerdictState) -> Verdict | None:
        return next((verdict for verdict in self.verdicts if verdict.state in states), None)


def objection_page(objection_id: UUID, person: User) -> ObjectionPage:
    """Load one objection: four queries. Raise Objection.DoesNotExist."""
    objection = Objection.objects.select_related(
        "verdict__claim", "decided_by", "correction__successor"
    ).get(public_id=objection_id)
    shown = [*OPEN_STATES, VerdictState.PUBLISHED, VerdictState.WITHDRAWN]
    verdicts = objection.verdict.claim.verdicts.filter(state__in=shown).order_by("-number")
    events = Event.objects.filter(object_id=objection_id).select_related(
        "user", "api_key__publisher", "reason"
    )
    return ObjectionPage(
        objection,
        wrote_some(objection.verdict, person),
        list(verdicts.defer("explanation", "checked_elsewhere", "replies")),
        [_line(event) for event in events.order_by("position")],
    )


def undecided() -> QuerySet[Objection]:
    """Those that nobody has decided on, the oldest first."""
    return _listed(Objection.objects.undecided()).order_by("pk")


def own_verdicts(objections: Iterable[Objection], person: User) -> set[int]:
    """Keys of the verdicts these are about that a person wrote some of. One query."""
    about = Verdict.objects.filter(pk__in={one.verdict_id for one in objections})
    own = about.filter(Q(author=person) | Q(revisions__author=person))
    return set(own.values_list("pk", flat=True))


def uncorrected(claim: Claim | None = None) -> QuerySet[Objection]:
    """Those that were upheld and wait for a correction, the oldest first; of one claim if asked."""
    found = Objection.objects.uncorrected()
    return _listed(found.of(claim) if claim else found).order_by("pk")


def decided() -> QuerySet[Objection]:
    """Those that somebody has decided on, the last first."""
    return _listed(Objection.objects.decided()).order_by("-decided_at", "-pk")


def objections_to(claim: Claim) -> list[Objection]:
    """Those to the verdicts on a claim, the newest first. One query."""
    return list(_listed(Objection.objects.of(claim)))


def objections_at(verdict: Verdict) -> list[Objection]:
    """What the page of a verdict tells of. One query; none for what has nothing to do with any.

    Of one that was public, those to it; of a correction in work, what it settles.
    """
    if verdict.published_at is not None:
        return list(_listed(Objection.objects.filter(verdict=verdict)).order_by("-pk"))
    correction = getattr(verdict, "correction", None)
    corrects = correction is not None and correction.verdict.state == VerdictState.PUBLISHED
    return list(uncorrected(verdict.claim)) if corrects else []


def _listed(objections: QuerySet[Objection]) -> QuerySet[Objection]:
    shown = objections.select_related("verdict__claim", "decided_by", "correction")
    return shown.defer("verdict__explanation", "verdict__checked_elsewhere", "verdict__replies")


def _line(event: Event) -> Happening:
    why = event.reason.words if hasattr(event, "reason") else ""
    return Happening(event, told(event.verb, event.data, why=why))
