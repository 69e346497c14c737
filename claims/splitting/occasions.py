"""Say how long before its article something was said: "Lee said on Monday"."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import takewhile

from spacy.tokens import Span, Token

from claims.splitting.dates import dates_in
from claims.splitting.results import Attribution
from claims.splitting.saying import Saying
from claims.splitting.spans import entities
from claims.splitting.speakers import Spoken

_TIMES = frozenset({"DATE", "TIME"})
_SPEAKING = frozenset({"address", "appear", "speak", "talk", "testify", "write"})
_AGE = re.compile(r"\d{1,3}|.*\bold", re.IGNORECASE)
"""No day: "Lee, 45, said"."""


class Occasions:
    """On which days an article says that each of its speakers spoke.

    Whoever spoke on one day alone, as far as the article tells, said everything then.
    """

    def __init__(self, spoken: Sequence[Spoken], published_at: date | None) -> None:
        self._told = [list(_told(each, published_at)) if published_at else [] for each in spoken]
        self._paragraphs = [each.sentence.paragraph.start for each in spoken]

    def days_before(self, number: int, attribution: Attribution | None) -> int | None:
        """How many days before the article that sentence was said; 0 where no day is told.

        None where nobody can tell: the article names a week, or several days.
        """
        if attribution is None:
            return 0
        own = self._days_of(attribution.name, [number])
        if not own and any(days != 0 for _, days in self._told[number]):
            return None  # "Lee said on Monday that Holm had promised P"
        beside = [n for n, at in enumerate(self._paragraphs) if at == self._paragraphs[number]]
        own = own or self._days_of(attribution.name, beside)
        own = own or self._days_of(attribution.name, range(len(self._told)))
        return own.pop() if len(own) == 1 else None if own else 0

    def _days_of(self, name: str, numbers: Sequence[int]) -> set[int | None]:
        return {days for n in numbers for who, days in self._told[n] if who == name}


def _told(spoken: Spoken, published_at: date) -> Iterator[tuple[str, int | None]]:
    """Yield who speaks in a sentence on which day, where it names one."""
    times = [e for e in entities(spoken.sentence.tokens) if e.label_ in _TIMES]
    days = {time.start: _days_before(time, published_at) for time in times}
    for saying, attribution in spoken.sayings:
        for time in times:
            is_hour = time.label_ == "TIME" and days[time.start] is None
            if not is_hour and _is_when(time, saying):
                yield attribution.name, days[time.start]


def _is_when(time: Span, saying: Saying) -> bool:
    """Whether it belongs to the words of saying, and not to what they tell of the speaker."""
    if not any(t.i in saying.frame for t in time) or _AGE.fullmatch(time.text):
        return False
    below = takewhile(lambda t: t != saying.verb, time.root.ancestors)
    return not any(_tells_something_else(t) for t in below)


def _tells_something_else(verb: Token) -> bool:
    """Whether it is no "speaking on Monday": "who took office on Monday"."""
    return verb.dep_ == "relcl" or (verb.dep_ == "advcl" and verb.lemma_ not in _SPEAKING)


def _days_before(time: Span, published_at: date) -> int | None:
    """Days from the day it means to publication; None for a month, and for what is no one day."""
    meanings = [meaning for _, meaning in dates_in(time.text, published_at)]
    if len(meanings) != 1 or not meanings[0][0].isdigit() or " " not in meanings[0]:
        return None
    said_at = datetime.strptime(meanings[0], "%d %B %Y").date()  # noqa: DTZ007 - a day
    return (published_at - said_at).days
