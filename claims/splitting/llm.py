"""Let a language model cut an article finer than the rules did, without trusting it.

The rules have split the article before, and every answer is held against what
they found. They decide what is noise, what is worth a check and what goes to
the desk. The model's part is where a sentence is cut, how a statement is worded
and who says it, and each of these only in words that the same sentence prints.
Where it leaves out what the rules found in a sentence, theirs stay.

So whatever a model answers, and whatever an article talks it into, no statement
is lost and none holds words from elsewhere.
"""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from claims.kinds import OFF_DESK, Kind, Role, Target
from claims.splitting.faithful import (
    says_the_same,
    stems_in,
    turning_words_in,
    weights_in,
    words_in,
)
from claims.splitting.questions import (
    LONGEST_ANSWER,
    LONGEST_WORDING,
    MOST_CLAIMS,
    SHAPE,
    Numbered,
    Question,
    Told,
    numbered,
    questions,
    told,
)
from claims.splitting.results import Attribution, FoundClaim, Splitting
from claims.splitting.wording import as_said, tidy
from sources.llm import Account, LanguageModel, Limits, Unanswered

LIMITS = Limits(seconds=60.0, calls=40, tokens=150_000)
"""For one article. The time is half of what a worker has for it; the rules need the rest."""
AT_ONCE = 4
"""Questions that wait for their answers side by side."""
SAID_ENOUGH = 0.8
"""Share of a rule's claim that the model's must say to take its place."""
_SHORTEST = 2
"""Words of a quote."""
_LONGEST_NAME = 8
"""Words."""

SHAPELESS = "not of the shape asked for"
NOWHERE = "words that the sentence does not print"
TOO_MANY = "more than a sentence can hold"
TWICE = "told twice"
LEFT_OUT = "left out what the rules found"
COARSER = "kept together what the rules took apart"
UNSAID = "where the rules see no statement"
REWORDED = "worded otherwise than printed"
"""The rules' wording of the printed words takes its place."""
UNKNOWN_CLAIMANT = "said by somebody the sentence does not name"
"""The claim is kept, with the claimant the rules found."""


@dataclass(frozen=True, slots=True)
class Refined:
    """What came of it: the splitting, and how often something told was not taken, and why."""

    splitting: Splitting
    refused: dict[str, int]


def refine(
    text: str,
    found: Splitting,
    *,
    model: LanguageModel,
    account: Account,
    title: str = "",
    outlet: str = "",
) -> Refined:
    """Return ``found`` with the model's claims where they hold.

    Raise Unanswered when the model does not answer every question in a usable
    way within the limits of ``account``: half an article is not refined.
    """
    sentences = numbered(text, found)
    asked = list(questions(sentences))
    if len(asked) > account.limits.calls:
        raise Unanswered(f"would have to be asked more than {account.limits.calls} times")
    refused: Counter[str] = Counter()
    entries: list[Told] = []
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="language model") as threads:
        waiting = [
            threads.submit(_ask, question, title, outlet, model, account) for question in asked
        ]
        try:
            for answer in waiting:
                entries += _of_the_right_shape(answer.result(), refused)
        finally:
            threads.shutdown(cancel_futures=True)
    placed = _placed(text, sentences, entries, refused)
    claims = [claim for claim in found.claims if not _home(claim, sentences)]
    for sentence in sentences:
        rules = [claim for claim in found.claims if _home(claim, [sentence])]
        claims += _chosen(rules, placed.get(sentence.number, []), text, refused)
    return Refined(
        replace(
            found,
            claims=tuple(sorted(claims, key=lambda claim: (claim.start, claim.end))),
            engine=f"{found.engine}, refined by {model.name}"[:200],
        ),
        dict(+refused),
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """Something told, at its place in the article."""

    told: Told
    start: int
    end: int
    sentence: Numbered


def _ask(
    question: Question, title: str, outlet: str, model: LanguageModel, account: Account
) -> tuple[Question, list[Told | None]]:
    instructions, data = question.put(title, outlet)
    answer = model.ask(instructions, data, shape=SHAPE, longest=LONGEST_ANSWER, account=account)
    entries = told(answer)
    if entries is None:
        raise Unanswered("answered with something that is not the JSON it was asked for")
    return question, entries


def _of_the_right_shape(
    answer: tuple[Question, list[Told | None]], refused: Counter[str]
) -> list[Told]:
    """The entries about the sentences that were asked for, no more than they can hold."""
    question, entries = answer
    most = MOST_CLAIMS * len(question.asked)
    refused[TOO_MANY] += max(0, len(entries) - most)
    numbers = {sentence.number for sentence in question.asked}
    kept = [e for e in entries[:most] if e is not None and e.sentence in numbers]
    refused[SHAPELESS] += min(most, len(entries)) - len(kept)
    return kept


def _placed(
    text: str, sentences: Sequence[Numbered], entries: Sequence[Told], refused: Counter[str]
) -> dict[int, list[_Placed]]:
    found: dict[int, list[_Placed]] = {}
    known: set[tuple[int, int, str]] = set()
    for entry in entries:
        sentence = sentences[entry.sentence - 1]
        range_ = sentence.find(entry.quote)
        if range_ is None or len(words_in(text[slice(*range_)])) < _SHORTEST:
            refused[NOWHERE] += 1
            continue
        mine = found.setdefault(sentence.number, [])
        key = (*range_, " ".join(words_in(entry.wording)))
        if key in known:
            refused[TWICE] += 1
        elif len(mine) == MOST_CLAIMS:
            refused[TOO_MANY] += 1
        else:
            known.add(key)
            mine.append(_Placed(entry, *range_, sentence))
    return found


def _home(claim: FoundClaim, sentences: Sequence[Numbered]) -> bool:
    return any(sentence.start <= claim.start < sentence.end for sentence in sentences)


def _chosen(
    rules: list[FoundClaim], placed: Sequence[_Placed], text: str, refused: Counter[str]
) -> list[FoundClaim]:
    """The model's claims of a sentence if they say all that the rules' say, and as finely.

    Else the rules'.

    What the rules keep off the desk stays where the model is silent about it.
    """
    if not rules or not placed:
        refused[UNSAID] += len(placed)
        return rules
    notes: Counter[str] = Counter()
    told = [_claim(each, rules, text, notes) for each in placed]
    kept = [claim for claim in rules if claim in told]
    new = {(c.start, c.end, c.text): c for c in told if c not in rules and not _said(c, kept)}
    if any(sum(_said(rule, [claim]) for rule in rules if rule.desk) > 1 for claim in new.values()):
        refused[COARSER] += len(placed)
        return rules
    ours = [*kept, *new.values()]
    silent = [claim for claim in rules if not _said(claim, ours)]
    if any(claim.desk for claim in silent):
        refused[LEFT_OUT] += len(placed)
        return rules
    refused.update(notes)
    return [*ours, *silent]


def _said(claim: FoundClaim, told: Sequence[FoundClaim]) -> bool:
    """Whether the claims say nearly all of what this one says, its figures and doubts included."""
    texts = [each.text for each in told]
    if claim.attribution:
        texts.append(_attributed(claim.attribution))
    said = {stem for text in texts for stem in stems_in(text)}
    wanted = set(stems_in(claim.text))
    weights = {weight for text in texts for weight in weights_in(text)}
    return len(wanted & said) >= SAID_ENOUGH * len(wanted) and weights_in(claim.text) <= weights


def _claim(
    placed: _Placed, rules: Sequence[FoundClaim], text: str, notes: Counter[str]
) -> FoundClaim:
    """What was told as a claim, with everything that the rules know better.

    The nearest claim of the rules, if the wording is not the article's.
    """
    nearest = max(rules, key=lambda claim: _common(claim, placed))
    quote = text[placed.start : placed.end]
    attribution = _attribution(placed, nearest, notes)
    target = Target.BOTH if attribution else Target.CONTENT
    if not _is_faithful(placed, quote, rules, nearest, attribution):
        notes[REWORDED] += 1
        if nearest.target is Target.SAID:  # its text names the claimant
            return nearest
        return replace(nearest, attribution=attribution, target=target)
    wording = tidy(placed.told.wording)
    if attribution and nearest.target is Target.SAID:
        target = Target.SAID
        if attribution.name not in wording:
            wording = as_said(wording, attribution)
    return replace(
        nearest,
        start=placed.start,
        end=placed.end,
        quote=quote,
        text=wording,
        kind=_kind(placed.told.kind, nearest),
        attribution=attribution,
        target=target,
        dates=tuple(pair for pair in nearest.dates if pair[0] in wording),
    )


def _common(claim: FoundClaim, placed: _Placed) -> int:
    return min(claim.end, placed.end) - max(claim.start, placed.start)


def _kind(told: Kind, nearest: FoundClaim) -> Kind:
    """The rules decide what is off the desk and what is only said; the model, what else it is."""
    return nearest.kind if nearest.kind in OFF_DESK | {Kind.QUOTE} else told


def _is_faithful(
    placed: _Placed,
    quote: str,
    rules: Sequence[FoundClaim],
    nearest: FoundClaim,
    attribution: Attribution | None,
) -> bool:
    """Whether the wording says what is printed, without who says it, and out of no denial."""
    wording = placed.told.wording
    aside = _attributed(attribution) if attribution else ""
    known = [placed.sentence.words.text, *(claim.text for claim in rules)]
    with_speaker = bool(aside) and set(stems_in(aside)) <= set(stems_in(wording))
    return (
        wording.isprintable()
        and len(wording) <= LONGEST_WORDING
        and not with_speaker
        and turning_words_in(nearest.text) <= turning_words_in(wording)
        and says_the_same(wording, quote, known=known, aside=aside)
    )


def _attribution(placed: _Placed, nearest: FoundClaim, notes: Counter[str]) -> Attribution | None:
    """Who says it: the party told, if the sentence prints it; else whom the rules found."""
    name = " ".join(placed.told.claimant.split())
    before = nearest.attribution
    if not name or (before and stems_in(name) == stems_in(before.name)):
        return before
    if before and before.role is not Role.ASSERTS:
        return before  # who denies something does not say it
    found = placed.sentence.words.find(name)
    if found is None or len(name.split()) > _LONGEST_NAME:
        notes[UNKNOWN_CLAIMANT] += 1
        return before
    printed = placed.sentence.words.text[slice(*found)]
    if before and set(stems_in(printed)) <= set(stems_in(_attributed(before))):
        return before  # the go-between, or a part of the name
    return Attribution(printed, named=any(letter.isupper() for letter in printed))


def _attributed(attribution: Attribution) -> str:
    """Every word that tells who says it, and how."""
    return " ".join((attribution.name, attribution.verb, attribution.via, attribution.described_as))
