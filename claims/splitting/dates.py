"""Say which day or year a relative date means, when the day of publication is known."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_RELATIVE = re.compile(
    r"(?<![\w.,–-])(?P<ago>(?P<count>\d+|two|three|four|five|six|seven|eight|nine|ten) "
    r"(?P<unit>days|years) ago)\b"
    r"|\b(?P<near>yesterday|today(?!['’]s)|tonight|this (?:morning|afternoon|evening)|last night)\b"
    r"|\b(?P<span>(?<!the )(?P<which>last|this|next) (?P<what>month|year))\b"
    r"|\b(?P<before>(?:last|next|the|every|each|a|one|this|previous) )?(?P<day>"
    + "|".join(_DAYS)
    + r")\b(?!s\b|,? (?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)|,? \d|, the \d)",
    re.IGNORECASE,
)
_NOT_EXACTLY = re.compile(
    r"\b(?:about|almost|approximately|around|over|nearly|roughly|some|more than|less than|"
    r"at least|up to|under|just shy of|well over|one or)\s$",
    re.IGNORECASE,
)
_SOMEBODYS = re.compile(r"(?:\b(?:my|your|his|her|its|our|their)|['’]s?)\s$", re.IGNORECASE)
"""Before a "last year" at a place or in an office, which is not the calendar's."""
_TWO_DAYS = re.compile(
    r"(?:sun|mon|tues|wednes|thurs|fri|satur)day (?:and|or|to|through) (?:on )?"
    r"(?:sun|mon|tues|wednes|thurs|fri|satur)day\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|would|shall|going to|plans?|planned|expected|due|scheduled|set to|"
    r"next|upcoming|until|by|starting|beginning|is|are|'ll)\b",
    re.IGNORECASE,
)
_NOWADAYS = re.compile(
    r"^today, [^,]*\b(?:is|are|has|have|can)\b(?! \w+ing\b)|"
    r"\b(?:is|are) (?:\w+ed|known|seen|with us) today\b|\b(?:we|you|they) see today\b|"
    r"\bcontinues? to [^,.;]{3,80}\btoday\b|\bas if it (?:were|was) yesterday|"
    r"\b(?:easter|palm|super|black|good|bloody|ash|fat) \w+day\b",
    re.IGNORECASE,
)
"""Where "today" means these days, or the day has a name of its own."""
_YET_TO_COME = re.compile(
    r"\b(?:will|would|may|might|could|going to|plans?|planned|expected|due|scheduled|set to|'ll|"
    r"(?:later|earlier) today)\b",
    re.IGNORECASE,
)
_NUMBERS = {
    word: n
    for n, word in enumerate("two three four five six seven eight nine ten".split(), start=2)
}
_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def dates_in(wording: str, published_at: date, *, past: bool = True) -> Iterator[tuple[str, str]]:
    """Yield relative dates of a wording as printed, each with what it means.

    A weekday is the last one up to the day of publication, and only in what is
    told as ``past`` and where nothing in the wording looks ahead; what could be
    two days is left out. So is "today" in what neither is past nor lies ahead.

    >>> list(dates_in("The council met on Tuesday.", date(2020, 6, 24)))
    [('Tuesday', '23 June 2020')]
    >>> list(dates_in("The council will meet on Tuesday.", date(2020, 6, 24)))
    []
    >>> list(dates_in("Prices rose last month.", date(2020, 1, 3)))
    [('last month', 'December 2019')]
    >>> list(dates_in("It began nearly 40 years ago, in my last year there.", date(2020, 1, 3)))
    []
    """
    seen: set[str] = set()
    nowadays = bool(_NOWADAYS.search(wording))
    for match in _RELATIVE.finditer(wording):
        if nowadays and (match["near"] or match["day"]):
            continue
        printed = match["day"] or match.group()
        meaning = _meaning(match, wording, published_at, past=past)
        if meaning and printed not in seen:
            seen.add(printed)
            yield printed, meaning


def with_dates(wording: str, dates: tuple[tuple[str, str], ...]) -> str:
    """Return the wording with each date's meaning behind it in brackets.

    >>> with_dates("It fell on Tuesday.", (("Tuesday", "23 June 2020"),))
    'It fell on Tuesday [23 June 2020].'
    """
    for printed, meaning in dates:
        place = re.search(
            rf"\b{re.escape(printed)}\b(?: (?:morning|afternoon|evening|night)\b)?(?:['’]s\b)?",
            wording,
        )
        if place:
            wording = f"{wording[: place.end()]} [{meaning}]{wording[place.end() :]}"
    return wording


def _meaning(match: re.Match[str], wording: str, published_at: date, *, past: bool) -> str:
    inside = wording[: match.start()][-2:-1].isalnum()
    # A name: "USA TODAY", "USA Today".
    named = inside and not match["day"] and match.group()[0].isupper()
    # These days: "many of us today are alone".
    always = match.group().lower() == "today" and not (past or _YET_TO_COME.search(wording))
    before = wording[max(0, match.start() - 20) : match.start()]
    vague = match["ago"] and _NOT_EXACTLY.search(before)
    of_somebody = match["span"] and _SOMEBODYS.search(before)
    if match.group().isupper() or named or always or vague or of_somebody:
        return ""
    if match["day"]:
        # Of "Thursday and Friday" one may be ahead.
        ahead = match["before"] or not past or _AHEAD.search(wording) or _TWO_DAYS.search(wording)
        back = (published_at.weekday() - _DAYS.index(match["day"].lower())) % 7
        return "" if ahead else _day(published_at - timedelta(days=back))
    if match["near"]:
        earlier = match["near"].lower() in {"yesterday", "last night"}
        return _day(published_at - timedelta(days=int(earlier)))
    if match["ago"]:
        count = _NUMBERS.get(match["count"].lower()) or int(match["count"])
        in_days = match["unit"].lower() == "days"
        return (
            _day(published_at - timedelta(days=count))
            if in_days
            else str(published_at.year - count)
        )
    step = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    if match["what"].lower() == "year":
        return str(published_at.year + step)
    year, month = divmod(published_at.year * 12 + published_at.month - 1 + step, 12)
    return f"{_MONTHS[month]} {year}"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
