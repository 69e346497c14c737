"""What a corrected date of an article changes in its claims."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Q

from claims.kinds import OFF_DESK, SAME_WORDS
from claims.models import Appearance, ArticleVersion, Claim, ClaimLink, EarlierWording, Evidence
from claims.states import ClaimState, EvidenceState


def day_said(published_at: date | None, days_before: int | None) -> date | None:
    """The day that lies so long before an article's; None where either is not known."""
    if published_at is None or days_before is None:
        return None
    return published_at - timedelta(days=days_before)


def word_anew(
    version: ArticleVersion, wordings: Mapping[int, str], days_before: Mapping[int, int | None]
) -> list[Claim]:
    """Give claims the machine's new ``wordings``, by key, where no person had a part in them.

    The caller has locked the article, and looks for evidence for what is
    returned.
    """
    before = version.split_before()
    if before is None or before.digest != version.digest:
        return []
    if before.published_at != version.published_at:
        _tell_days_anew(before, version, days_before)
    claims = _untouched(list(wordings))
    EarlierWording.objects.bulk_create(
        EarlierWording(claim=claim, number=claim.wording, text=claim.text) for claim in claims
    )
    for claim in claims:
        claim.text, claim.wording = wordings[claim.pk], claim.wording + 1
    Claim.objects.bulk_update(claims, ["text", "wording"])
    return claims


def _tell_days_anew(
    before: ArticleVersion, version: ArticleVersion, days_before: Mapping[int, int | None]
) -> None:
    """Give the claims of a text whose date was corrected the days on which they were said then.

    What was read anew counts where no person had a say. Whatever else was said on
    the day the article had, was said on the day it has now.
    """
    placed = Appearance.objects.filter(version=version, start__isnull=False)
    found = Claim.objects.filter(pk__in=placed.values("claim"))
    claims = list(found.order_by("pk").select_for_update(no_key=True))
    for claim in claims:
        if claim.pk in days_before and claim.attributed_by_id is None:
            claim.said_at = day_said(version.published_at, days_before[claim.pk])
        elif claim.said_at == before.published_at:
            claim.said_at = version.published_at
    Claim.objects.bulk_update(claims, ["said_at"])


def bring_apart(changed: list[Claim]) -> list[Claim]:
    """Bring to the desk every copy's claim that one of these no longer stands for.

    It says something else now, or was set aside. Those of ``changed`` themselves
    among them; what is returned are others'.
    """
    keys = [claim.pk for claim in changed]
    parted = ClaimLink.objects.filter(Q(claim__in=keys) | Q(other__in=keys), method=SAME_WORDS)
    beside = (
        Claim.objects.filter(pk__in=parted.values("claim"), state=ClaimState.OPEN, desk=False)
        .exclude(kind__in=OFF_DESK)
        .select_related("article")
        .order_by("pk")
        .select_for_update(of=["self"], no_key=True)
    )
    brought = {claim.pk: claim for claim in beside}
    for claim in [*brought.values(), *changed]:
        claim.desk = claim.desk or claim.pk in brought
    Claim.objects.bulk_update(brought.values(), ["desk"])
    return [claim for key, claim in brought.items() if key not in keys]


def _untouched(keys: list[int]) -> list[Claim]:
    """Those of the claims that wait in the machine's words, with nothing a person did, locked."""
    decided = Evidence.objects.exclude(state=EvidenceState.SUGGESTED, added_by__isnull=True)
    waiting = Claim.objects.filter(
        pk__in=keys, state=ClaimState.OPEN, added_by__isnull=True, worded_by__isnull=True
    )
    locked = waiting.order_by("pk").select_for_update(of=["self"], no_key=True)
    claims = locked.select_related("article")
    return list(
        claims.exclude(pk__in=decided.filter(claim__in=keys).values("claim")).exclude(
            verdicts__isnull=False
        )
    )
