"""Gather evidence for one claim: ask providers, fuse, read, tell relays apart.

Pure: whoever calls it has no transaction open, and writes what comes back.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sources.passages import digest
from sources.ports import (
    Found,
    Judgement,
    NotAsked,
    Provider,
    ProviderDown,
    Query,
    Stance,
    StanceModel,
)
from sources.relays import Relation, Told, relation
from sources.stance.agreement import names
from sources.stance.figures import figures
from sources.stance.timely import judge_in_time
from sources.stance.words import content_stems

READ = 20
"""Passages the stance model reads for one claim."""
KEPT_NEUTRAL = 5
"""Passages kept beside a claim although they take no side: they are on the topic."""
PER_DOCUMENT = 3
"""Passages of one document that are read: the next ones say little new."""
SPECIFIC = 5
"""Words of meaning that tell a claim from others like it; fewer, and no stance is shown."""
RRF_K = 60
"""Cormack, Clarke and Buettcher (2009), Reciprocal Rank Fusion."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One provider's answer: how many passages, how long it took, or why none.

    ``questions`` is what it was asked; ``again_in`` is in how many seconds one
    that did not answer may be asked again, if that is known.
    """

    provider: str
    found: int
    seconds: float
    error: str = ""
    questions: tuple[str, ...] = ()
    again_in: float | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage that was read, with everything that explains why it is here."""

    found: Found
    provider: str
    rank: int
    judgement: Judgement
    relation: Relation


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one search brought: passages worth keeping, best first, and who was asked."""

    judged: tuple[Judged, ...]
    asked: tuple[Asked, ...]
    read: int
    queries: tuple[str, ...]
    model: str
    checks: tuple[Found, ...] = ()


def gather(
    told: Told, query: Query, *, providers: Iterable[Provider], model: StanceModel
) -> Gathered:
    """Ask every provider about the claim and judge what they found.

    1. Each provider is asked once; one that is down is noted, not fatal.
       Checks of claims by others are put aside: they are not passages.
    2. Rankings are fused by reciprocal rank; the same words count once, and
       one document gives at most PER_DOCUMENT passages.
    3. The stance model reads the best READ of them.
    4. A relay never counts as support of what was said, and what a claim means
       that leans on another sentence the model has not read: see ``weighed``.

    Raise ProviderDown when not one provider answered.
    """
    asked: list[Asked] = []
    rankings: dict[str, Sequence[Found]] = {}
    checks: list[Found] = []
    failures: list[ProviderDown] = []
    for provider in providers:
        began = time.monotonic()
        answer = Asked(provider.name, 0, 0.0, questions=tuple(provider.questions(query)))
        try:
            found = provider.search(query, READ)
        except ProviderDown as down:
            failures.append(down)
            answer = replace(answer, error=str(down), again_in=down.again_in)
        else:
            rankings[provider.name] = [one for one in found if not one.check]
            checks += [one for one in found if one.check]
            answer = replace(answer, found=len(found))
        asked.append(replace(answer, seconds=round(time.monotonic() - began, 3)))
    if asked and not rankings:
        raise _nobody_answered(failures)
    best = _fused(rankings)[:READ]
    judgements = judge_in_time(
        model,
        told.text,
        [found.text for found, _ in best],
        [found.published_at for found, _ in best],
    )
    judged = [
        Judged(found, provider, rank, *weighed(told, found, judgement))
        for rank, ((found, provider), judgement) in enumerate(
            zip(best, judgements, strict=True), start=1
        )
    ]
    return Gathered(
        judged=tuple(_worth_keeping(judged)),
        asked=tuple(asked),
        read=len(best),
        queries=tuple(dict.fromkeys(question for one in asked for question in one.questions)),
        model=model.name,
        checks=tuple(checks),
    )


def _nobody_answered(failures: Sequence[ProviderDown]) -> ProviderDown:
    """One failure for all; NotAsked if every one of them is."""
    kind = NotAsked if all(isinstance(down, NotAsked) for down in failures) else ProviderDown
    waits = [down.again_in for down in failures if down.again_in is not None]
    return kind("; ".join(map(str, failures)), again_in=min(waits, default=None))


def _fused(rankings: Mapping[str, Sequence[Found]]) -> list[tuple[Found, str]]:
    """One ranking of all, each with the provider that ranked it highest."""
    scores: dict[str, float] = {}
    first: dict[str, tuple[int, Found, str]] = {}
    for provider, ranking in rankings.items():
        for rank, found in enumerate(ranking, start=1):
            key = digest(found.text)
            scores[key] = scores.get(key, 0.0) + 1 / (RRF_K + rank)
            if key not in first or rank < first[key][0]:
                first[key] = (rank, found, provider)
    taken: dict[tuple[str, str], int] = {}
    fused = []
    for key in sorted(scores, key=lambda key: -scores[key]):
        _, found, provider = first[key]
        document = (found.url, found.title)  # what was handed in has no address
        taken[document] = taken.get(document, 0) + 1
        if taken[document] <= PER_DOCUMENT:
            fused.append((found, provider))
    return fused


def weighed(told: Told, found: Found, judgement: Judgement) -> tuple[Judgement, Relation]:
    """What a stance is worth beside this claim, and whether the passage only relays.

    The stance of a relay, or one on a claim that says too little, is kept but not
    shown; nor is a contradiction of a claim that leans on another sentence, where
    the worst error would be to contradict what was not meant.
    """
    kind = relation(
        told,
        found.text,
        url=found.url,
        outlet=found.outlet,
        document=found.document,
        published_at=found.published_at,
        deciding=judgement.rationale,
    )
    against = judgement.stance == Stance.CONTRADICTS and told.needs_context
    understood = says_enough(told.text) and not against
    if judgement.shown and not (understood and kind == Relation.INDEPENDENT):
        judgement = replace(judgement, shown=False)
    return judgement, kind


def says_enough(claim: str) -> bool:
    """Whether a claim has the words to be told from others like it.

    Somebody denies involvement in many things. Each word that carries meaning
    counts once, names and figures twice; it takes SPECIFIC of them.

    >>> says_enough("Pyongyang has denied involvement.")
    False
    >>> says_enough("Pyongyang has denied involvement in the Sony hack.")
    True
    """
    meaning = len(content_stems(claim)) + len(names(claim)) + len(figures(claim))
    return meaning >= SPECIFIC


def _worth_keeping(judged: Sequence[Judged]) -> Iterable[Judged]:
    """Everything that takes a side, relays, and the nearest of what does not."""
    neutral = 0
    for item in judged:
        sided = item.judgement.shown or item.relation != Relation.INDEPENDENT
        neutral += not sided
        if sided or neutral <= KEPT_NEUTRAL:
            yield item
