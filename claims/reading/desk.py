"""The desk: claims that wait for somebody, and verdicts that wait for a second person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchVector
from django.db.models import (
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)

from claims.actions.grounds import Doubt, doubts
from claims.kinds import Kind
from claims.models import (
    Addressee,
    Approval,
    ArticleVersion,
    Claim,
    Handover,
    Objection,
    Party,
    TakenAway,
    Verdict,
    anchor_now,
    was_searched,
)
from claims.models.claim import (
    CLAIM_WORDS,
    CLAIM_WORDS_IN,
    MOST_URGENT_FIRST,
    ClaimQuerySet,
)
from claims.models.party import NAME_WORDS, NAME_WORDS_IN
from claims.models.publishing import VerdictQuerySet
from claims.models.versions import ARTICLE_WORDS_IN, HEADLINE_WORDS
from claims.reading.finding import in_full_text
from claims.reading.links import checked_before
from claims.reading.missing import missing
from claims.states import ClaimState, VerdictState
from factcheck.models import User

OFFERED = 50
"""Headlines offered while one is typed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which claims a person asks for; empty means any. ``state`` "all" shows every state.

    ``headline`` is words of the title and the outlet that any version of the article has,
    ``claimant`` words of what the desk calls who says it.
    """

    state: str = ClaimState.OPEN
    kind: str = ""
    claimant: str = ""
    words: str = ""
    headline: str = ""
    article: UUID | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A claim on the desk: its article's newest title, and how its evidence stands.

    ``verdict`` is the one in work, ``public`` the one the world reads meanwhile,
    ``withdrawn`` the last that it read, if that was withdrawn and none is public since.
    ``doubts`` is what happened to what the public one cites, ``missing`` why one that is approved
    cannot be published. ``before`` is what was published on what the claim says again.
    """

    claim: Claim
    title: str
    supporting: int
    contradicting: int
    verdict: Verdict | None = None
    public: Verdict | None = None
    withdrawn: Verdict | None = None
    doubts: Sequence[Doubt] = ()
    missing: str = ""
    before: Verdict | None = None


def claims(wanted: Wanted) -> QuerySet[Claim, int]:
    """Keys of the claims asked for, urgent and check-worthy first; those kept aside by kind alone.

    Keys alone, because sorting 40,000 whole claims to show 50 of them takes
    most of a page's time.
    """
    found = Claim.objects.of_kind(Kind(wanted.kind)) if wanted.kind else Claim.objects.on_desk()
    if wanted.claimant:
        found = _said_by(wanted.claimant, found)
    if wanted.state != "all":
        found = found.filter(state=wanted.state)
    if wanted.words:
        words = in_full_text(wanted.words, CLAIM_WORDS_IN)
        found = found.alias(search=CLAIM_WORDS).filter(search=words)
    if wanted.headline:
        words = in_full_text(wanted.headline, ARTICLE_WORDS_IN)
        titled = ArticleVersion.objects.annotate(search=HEADLINE_WORDS).filter(search=words)
        found = found.filter(article__in=titled.values("article"))
    if wanted.article:
        found = found.filter(article__public_id=wanted.article)
    return found.values_list("pk", flat=True)


def _said_by(words: str, found: ClaimQuerySet) -> ClaimQuerySet:
    named = in_full_text(words, NAME_WORDS_IN)
    parties = Party.objects.annotate(search=NAME_WORDS).filter(search=named)
    known = Q(attributed_by__isnull=False) | Q(check_worthiness__isnull=False)
    called = found.alias(
        own_voice=SearchVector(Value("The article itself"), config=NAME_WORDS_IN),
        not_known=SearchVector(Value("Claimant not known"), config=NAME_WORDS_IN),
    )
    return called.filter(
        Q(claimant__in=parties)
        | Q(known, claimant__isnull=True, own_voice=named)
        | Q(~known, claimant__isnull=True, not_known=named)
    )


def headlines() -> list[str]:
    """Titles of the newest articles, to pick from."""
    titles = ArticleVersion.objects.order_by("-pk").values_list("title", flat=True)
    return list(dict.fromkeys(titles[:OFFERED]))


@dataclass(frozen=True, slots=True)
class Returned:
    """A draft that was sent back, and the word of whoever sent it."""

    verdict: Verdict
    approval: Approval


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for a person: to be written on, decided, read or begun, and objections."""

    returned: int
    approvals: int
    objections: int
    notes: int
    handed: int
    taken_away: int
    withdrawn: int

    @property
    def mine(self) -> int:
        """What My work begins with."""
        return self.returned + self.notes + self.handed + self.taken_away + self.withdrawn

    @property
    def words(self) -> str:
        """What of that there is."""
        notes = f"{self.notes} note{'' if self.notes == 1 else 's'}"
        parts = {
            f"{self.returned} returned": self.returned,
            f"{self.withdrawn} withdrawn": self.withdrawn,
            f"{self.handed} handed over": self.handed,
            f"{self.taken_away} taken out of your hands": self.taken_away,
            f"{notes} for you": self.notes,
        }
        return ", ".join(words for words, count in parts.items() if count)


def waiting_for(person: User) -> Waiting:
    """Count what waits for a person, with one query over rows that are few."""
    waiting = (
        Verdict.objects.returned_to(person),
        Verdict.objects.waiting_for_approval(by=person),
        Objection.objects.waiting(),
        Addressee.objects.unread_by(person),
        Handover.objects.waiting_for(person),
        TakenAway.objects.unseen_by(person),
        _withdrawn_from(person),
    )
    counted = User.objects.filter(pk=person.pk).values_list(*map(_how_many, waiting))
    return Waiting(*counted.get())


def _how_many(rows: QuerySet[Any]) -> Subquery:
    """The number of ``rows``, as part of another query."""
    # COUNT as a plain function: an aggregate would group the rows, and count none as nothing.
    counted = rows.model.objects.filter(pk__in=rows.values("pk")).order_by()
    return Subquery(
        counted.values(counted=Func(F("pk"), function="COUNT")), output_field=IntegerField()
    )


def returned_to(person: User, most: int) -> list[Returned]:
    """The drafts this person is to write on again, the soonest due first. Two queries."""
    drafts = list(_with_claims(Verdict.objects.returned_to(person))[:most])
    words = Approval.objects.select_related("approver").in_bulk(
        [draft.returned_by for draft in drafts]
    )
    return [Returned(draft, words[draft.returned_by]) for draft in drafts]


def held_by(person: User) -> QuerySet[Claim, int]:
    """Keys of the claims a person has in hand, but for those that My work lists by their verdict.

    Those are what was returned to them, their own proposals, and what they were handed and have
    not looked at yet.
    """
    returned = Verdict.objects.returned_to(person)
    proposed = proposed_by(person)
    found = Claim.objects.held_by(person).exclude(
        Q(pk__in=returned.values("claim"))
        | Q(pk__in=proposed.values("claim"))
        | Q(pk__in=Handover.objects.waiting_for(person).values("claim"))
    )
    return found.order_by(*MOST_URGENT_FIRST, "pk").values_list("pk", flat=True)


def rows(keys: Iterable[int]) -> list[Row]:
    """Load what the desk shows of these claims, in their order.

    Five queries, one more for claims like others, one for what is public, and those of
    ``missing`` for what is approved.
    """
    wanted = list(keys)
    told = Claim.objects.annotate(
        anchor_now=anchor_now("pk"), searched=was_searched("pk", "wording")
    )
    with_people = told.select_related("article", "claimant", "reviewer", "added_by", "worded_by")
    claims = with_people.in_bulk(wanted)
    found = [claims[key] for key in wanted if key in claims]
    newest = ArticleVersion.objects.filter(article__in={claim.article_id for claim in found})
    titles = dict(newest.newest().values_list("article_id", "title"))
    counted = Claim.objects.with_stance_counts().filter(pk__in=[claim.pk for claim in found])
    counts = {
        pk: (supporting, contradicting)
        for pk, supporting, contradicting in counted.values_list(
            "pk", F("supporting"), F("contradicting")
        )
    }
    shown = Verdict.objects.in_work() | Verdict.objects.standing() | Verdict.objects.withdrawn()
    public: dict[int, Verdict] = {}
    withdrawn: dict[int, Verdict] = {}
    in_work: dict[int, Verdict] = {}
    kinds = {VerdictState.PUBLISHED: public, VerdictState.WITHDRAWN: withdrawn}
    shown = shown.filter(claim__in=found).select_related("author").defer("explanation")
    for verdict in shown.order_by("number"):
        kinds.get(VerdictState(verdict.state), in_work)[verdict.claim_id] = verdict
    shaken = doubts([verdict.pk for verdict in public.values()])
    approved = [one.pk for one in in_work.values() if one.state == VerdictState.APPROVED]
    lacking = missing(approved)
    before = checked_before(claim for claim in found if claim.pk not in public)
    return [
        Row(
            claim,
            titles[claim.article_id],
            *counts[claim.pk],
            verdict=in_work.get(claim.pk),
            public=public.get(claim.pk),
            withdrawn=None if claim.pk in public else withdrawn.get(claim.pk),
            doubts=shaken.get(public[claim.pk].pk, ()) if claim.pk in public else (),
            missing=lacking.get(in_work[claim.pk].pk, "") if claim.pk in in_work else "",
            before=before.get(claim.pk),
        )
        for claim in found
    ]


def waiting_for_approval(person: User) -> QuerySet[Verdict]:
    """Proposals this person may decide, the urgent and soonest due first."""
    return _with_claims(Verdict.objects.waiting_for_approval(by=person))


def proposed_by(person: User) -> QuerySet[Verdict]:
    """This person's proposals that wait for somebody else."""
    return _with_claims(Verdict.objects.filter(state=VerdictState.PROPOSED, author=person))


def withdrawn_from(person: User) -> QuerySet[Verdict]:
    """This person's verdicts that were withdrawn, and whose claims wait for somebody."""
    return _with_claims(_withdrawn_from(person))


def approved(most: int) -> list[tuple[Verdict, str]]:
    """Approved verdicts nobody has published yet, with what each lacks to be published now.

    The urgent and soonest due first; one query beside those of ``missing``.
    """
    found = list(_with_claims(Verdict.objects.filter(state=VerdictState.APPROVED))[:most])
    lacking = missing([verdict.pk for verdict in found])
    return [(verdict, lacking.get(verdict.pk, "")) for verdict in found]


def _withdrawn_from(person: User) -> VerdictQuerySet:
    """What this person wrote and was withdrawn, while nobody took its claim since."""
    later = Verdict.objects.counted().filter(claim=OuterRef("claim"), number__gt=OuterRef("number"))
    mine = Verdict.objects.withdrawn().filter(author=person, claim__state=ClaimState.OPEN)
    return mine.exclude(Exists(later))


def _with_claims(verdicts: VerdictQuerySet) -> QuerySet[Verdict]:
    """With what their rows show; the urgent and soonest due first, then the oldest."""
    urgency = (F("claim__priority").desc(), F("claim__deadline").asc(nulls_last=True))
    shown = verdicts.with_anchor().select_related("claim", "author")
    return shown.defer("explanation").order_by(*urgency, "pk")
