"""Read a claim against words that leave out when it was.

News says "on Tuesday" where a claim has the date. To a network the missing
date looks like another one, and it takes the same sentence for a
contradiction. So what a stretch does not say of the time is left out of the
claim too before the two are read; the rest of the passage or the day it was
published makes up for it, or nothing does.
"""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sources.ports import Judgement, Stance, StanceModel
from sources.stance.figures import DAYS, MONTHS

SOON = timedelta(days=31)
"""For so long after it was, what happened is told with "on Tuesday" or no date at all."""
EVEN_ODDS = 0.5
"""Confidence in a neutral that only time makes one: nobody has measured how often it is right."""
_MONTHS = {name: number for number, name in enumerate(MONTHS.title().split(), start=1)}
_MONTH = "|".join(_MONTHS)
_DAY = "|".join(DAYS.title().split())
_YEAR = r"(?:19|20)\d\d"
_LEAD = r"(?:,|(?:,?\s|\A)(?:[Oo]n|[Ii]n|[Ss]ince|[Bb]y|[Dd]uring|[Aa]fter|[Bb]efore|[Uu]ntil|of))"
_WRITTEN = rf"""
    (?:(?:{_DAY}),?\s)?
    (?: (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})\b
      | (?P<month2>{_MONTH})\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d)
      | (?P<month3>{_MONTH})(?=,?\s{_YEAR}\b)
    )(?P<of_year>,?\s(?P<year>{_YEAR})\b)?
  | (?P<year2>{_YEAR})\b(?![,.]?\d|%|-)
"""
_DATE = re.compile(
    rf"\s\[(?P<filled>(?:(?:\d{{1,2}}\s)?(?:{_MONTH})\s)?{_YEAR})\]"
    rf"|(?P<lead>{_LEAD})\s(?:early\s|late\s|mid-)?(?:{_WRITTEN})(?:,(?=\s))?",
    re.VERBOSE,
)
_FILLED = re.compile(rf"(?:(?:(?P<day>\d{{1,2}})\s)?(?P<month>{_MONTH})\s)?(?P<year>{_YEAR})")
_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_NAMES_MONTH = re.compile(
    rf"\b(?:{_MONTH.replace('May|', '')}|May(?=\s\d|,|\.)|\d\sMay|(?:{_SHORT})(?=\.?\s\d))\b"
)
_NAMES_YEAR = re.compile(rf"\b{_YEAR}\b")


def judge_in_time(
    model: StanceModel,
    claim: str,
    passages: Sequence[str],
    published: Sequence[date | None] = (),
) -> list[Judgement]:
    """Return the model's judgement of each passage, as far as it is of the claim's time.

    ``published`` are the days on which the passages were published, where they are known.
    Words that do not say when it was support a claim that does only where the passage names
    the year elsewhere or was published soon after; published before, they settle nothing.
    """
    days = [*published, *[None] * (len(passages) - len(published))]
    judgements = model.judge(claim, passages)
    return [
        judgement if _is_of_its_time(claim, passage, judgement, day) else _unsettled(judgement)
        for judgement, passage, day in zip(judgements, passages, days, strict=True)
    ]


def as_timed_as(claim: str, passage: str) -> str:
    """Return the claim without its months and years where the passage names none at all.

    >>> as_timed_as("Peru sold it on 16 June 2020.", "On Tuesday, Peru sold it.")
    'Peru sold it.'
    >>> as_timed_as("Peru sold it on 16 June 2020.", "Peru sold it on 13 June.")
    'Peru sold it on 16 June.'
    >>> as_timed_as("Peru sold it on Tuesday [16 June 2020].", "On Tuesday, Peru sold it.")
    'Peru sold it on Tuesday.'
    """
    month, year = _NAMES_MONTH.search(passage), _NAMES_YEAR.search(passage)

    def kept(found: re.Match[str]) -> str:
        printed = found.group()
        named = found["filled"] or found["month"] or found["month2"] or found["month3"]
        if year is not None and (month is not None or not named):
            return printed
        if month is not None and named and not found["filled"]:
            return printed.replace(found["of_year"] or "\0", "")
        if year is not None and found["year"]:
            return f" in {found['year']}"
        if year is not None:
            return printed
        return "," * (printed.endswith(",") and not printed.startswith(","))

    bare = _DATE.sub(kept, claim).lstrip(" ,")
    return bare[:1].upper() + bare[1:] if bare != claim else claim


def _is_of_its_time(claim: str, passage: str, judgement: Judgement, day: date | None) -> bool:
    deciding = passage[slice(*judgement.rationale)] if judgement.rationale else passage
    asked = as_timed_as(claim, deciding)
    if judgement.stance is Stance.NEUTRAL or asked == claim:
        return True
    if day is None and _NAMES_MONTH.search(asked):
        return True  # the same day and month, of a year that goes without saying
    periods = [*_periods(claim)]
    if day is not None and any(day < first for first, _ in periods):
        return False
    named = all(str(first.year) in passage for first, _ in periods)
    soon = day is not None and all(day <= last + SOON for _, last in periods)
    return judgement.stance is Stance.CONTRADICTS or (bool(periods) and (named or soon))


def _unsettled(judgement: Judgement) -> Judgement:
    return replace(
        judgement, stance=Stance.NEUTRAL, confidence=EVEN_ODDS, shown=False, rationale=None
    )


def _periods(claim: str) -> Iterator[tuple[date, date]]:
    """Yield the first and the last day of each of the claim's dates that has a year."""
    for found in _DATE.finditer(claim):
        filled = _FILLED.fullmatch(found["filled"] or "")
        parts = filled or found
        year = parts["year"] or (None if filled else found["year2"])
        if year is None:
            continue
        month = parts["month"] or (None if filled else found["month2"] or found["month3"])
        day = parts["day"] or (None if filled else found["day2"])
        number = _MONTHS.get(month or "", 0)
        last = calendar.monthrange(int(year), number or 12)[1]
        first_day = min(int(day or 1), last)
        yield (
            date(int(year), number or 1, first_day),
            date(int(year), number or 12, first_day if day else last),
        )
