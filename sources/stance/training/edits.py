"""Change one detail of a sentence, so that its meaning changes, or so that it does not.

Each edit returns the changed sentence, or None where it has nothing to take
hold of.
"""

import random
import re
from collections.abc import Callable, Sequence

Edit = Callable[[str, random.Random], str | None]

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_SMALL = "two three four five six seven eight nine ten eleven twelve".split()
_UNITS = [
    ("million", "billion"), ("thousand", "million"), ("hundred", "thousand"),
    ("kilometers", "miles"), ("kilometres", "miles"), ("meters", "feet"), ("metres", "feet"),
    ("kilograms", "tonnes"), ("pounds", "tons"), ("days", "weeks"), ("months", "years"),
    ("weeks", "months"), ("hours", "days"), ("minutes", "hours"), ("percent", "percentage points"),
    ("dollars", "euros"), ("degrees Celsius", "degrees Fahrenheit"), ("inches", "feet"),
    ("$", "£"), ("€", "$"), ("per day", "per week"), ("per year", "per month"),
    ("annually", "monthly"), ("daily", "weekly"), ("people", "families"),
]  # fmt: skip
_UNITS += [(other, one) for one, other in _UNITS if one != "people"]
_OPPOSITE = {
    "rose": "fell", "increased": "decreased", "increase": "decrease", "higher": "lower",
    "above": "below", "won": "lost", "opened": "closed", "gained": "lost",
    "approved": "rejected", "accepted": "refused", "started": "ended", "began": "ended",
    "supports": "opposes", "supported": "opposed", "allowed": "banned", "guilty": "innocent",
    "released": "detained", "rise": "fall", "rises": "falls", "wins": "loses",
    "growth": "decline", "hired": "fired", "before": "after", "more": "fewer", "first": "last",
    "largest": "smallest", "highest": "lowest", "male": "female", "north": "south",
    "northern": "southern", "eastern": "western", "older": "younger", "father": "mother",
    "son": "daughter", "brother": "sister", "husband": "wife", "best": "worst", "most": "least",
    "increases": "decreases", "reduces": "raises", "reduced": "raised", "positive": "negative",
    "agreed": "refused", "alive": "dead", "legal": "illegal", "join": "leave", "joined": "left",
    "arrived": "departed", "failed": "succeeded", "confirmed": "denied", "American": "British",
}  # fmt: skip
_OPPOSITE |= {value: key for key, value in _OPPOSITE.items() if value not in _OPPOSITE}
_VERBS = r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|may|must|did|does|do)\b"
NAME = re.compile(r"(?<=[\w,] )(?:[A-Z][a-z]{2,}|[A-Z]{2,5})(?:\s[A-Z][a-z]{2,})*(?=[ ,.’'])")
_NOT_NAMES = {*_DAYS, *_MONTHS, "The", "Monday", "But", "And", "This", "That"}
_FIGURE = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


def number(text: str, rng: random.Random) -> str | None:
    found = [match for match in _FIGURE.finditer(text) if not _YEAR.fullmatch(match[0])]
    if not found:
        return _word_of(text, _SMALL, rng)
    match = rng.choice(found)
    digits = match[0].rstrip(",")
    value = float(digits.replace(",", ""))
    factor = rng.choice([0.3, 0.5, 0.7, 0.8, 1.2, 1.4, 2, 3, 10])
    changed = round(value * factor, 1) if "." in digits else max(1, round(value * factor))
    if changed == value:
        changed = value + rng.choice([1, 2, 3])
    written = f"{changed:,}" if "," in digits else f"{changed:.10g}"
    return text[: match.start()] + written + text[match.start() + len(digits) :]


def year(text: str, rng: random.Random) -> str | None:
    steps = [-20, -10, -6, -4, -3, -2, -1, 1, 2, 3, 4, 6, 10]
    return _replaced(text, _YEAR, lambda found: str(int(found) + rng.choice(steps)), rng)


def day(text: str, rng: random.Random) -> str | None:
    return _word_of(text, _DAYS, rng) or _word_of(text, _MONTHS, rng)


def unit(text: str, rng: random.Random) -> str | None:
    fitting = (
        [
            (one, other)
            for one, other in _UNITS
            if re.search(
                rf"\d[\d,.]*\s?-?{one}\b|{re.escape(one)}\d|\b(?:two|three|four|five|six) {one}\b",
                text,
            )
        ]
        if any(letter.isdigit() for letter in text) or " two " in text
        else []
    )
    if not fitting:
        return None
    one, other = rng.choice(fitting)
    return text.replace(one, other, 1)


def direction(text: str, rng: random.Random) -> str | None:
    pattern = re.compile(rf"\b(?:{'|'.join(_OPPOSITE)})\b")
    return _replaced(text, pattern, _OPPOSITE.__getitem__, rng)


def negation(text: str, rng: random.Random) -> str | None:
    """Deny what is said, or say what is denied."""
    if re.search(r"\b(?:not|never)\b", text):
        return _replaced(text, re.compile(r" (?:not|never)\b"), lambda _: "", rng)
    if re.search(r"\b(?:no|none|nobody)\b|n[’']t\b", text):
        return None
    return _replaced(
        text, re.compile(_VERBS), lambda verb: f"{verb} {rng.choice(['not', 'not', 'never'])}", rng
    )


def name(others: Sequence[str]) -> Edit:
    """Return an edit that puts another of ``others`` in the place of a name."""

    def edit(text: str, rng: random.Random) -> str | None:
        found = [match for match in NAME.finditer(text) if match[0] not in _NOT_NAMES]
        if not found:
            return None
        match = rng.choice(found)
        words = len(match[0].split())
        for _ in range(20):
            other = rng.choice(others)
            if other not in text and len(other.split()) == words:
                return text[: match.start()] + other + text[match.end() :]
        return None

    return edit


def changes(others: Sequence[str]) -> dict[str, Edit]:
    """Return the edits that change what is said, by kind."""
    return {
        "number": number,
        "year": year,
        "day": day,
        "unit": unit,
        "direction": direction,
        "negation": negation,
        "name": name(others),
    }


def names_of(texts: Sequence[str]) -> list[str]:
    found = {match[0] for text in texts for match in NAME.finditer(text)}
    return sorted(found - _NOT_NAMES)


_SAME = [
    (r"\bpercent\b", "%"), (r"\bper cent\b", "percent"), (r"(?<=\d)%", " percent"),
    (r"\bis not\b", "isn't"), (r"\bwas not\b", "wasn't"), (r"\bdid not\b", "didn't"),
    (r"\bhas not\b", "hasn't"), (r"\bwill not\b", "won't"), (r"\bdo not\b", "don't"),
    (r"\bU\.S\.", "United States"), (r"\bUnited States\b", "US"), (r"\bUK\b", "United Kingdom"),
    (r"\bUnited Kingdom\b", "UK"), (r"\bsaid\b", "stated"), (r"\bstated\b", "said"),
    (r"\bbegan\b", "started"), (r"\bstarted\b", "began"), (r"\bkilled\b", "left dead"),
    (r"\bhuge\b", "very large"), (r"\bbig\b", "large"), (r"\bshow(s?)\b", r"demonstrate\1"),
    (r"\bbought\b", "purchased"), (r"\bpurchased\b", "bought"), (r"\babout\b", "around"),
    (r"\bapproximately\b", "about"), (r"\bfilm\b", "movie"), (r"\bmovie\b", "film"),
    (r"\balso\b ", ""), (r"\bformer (?=[a-z])", "ex-"), (r"\bnearly\b", "almost"),
    (r"\balmost\b", "nearly"), (r"\bmore than\b", "over"), (r"\bover (?=\d)", "more than "),
    (r"\btwo\b", "2"), (r"\bthree\b", "3"), (r"\bfour\b", "4"), (r"\bfive\b", "5"),
    (r"\bsix\b", "6"), (r"\bseven\b", "7"), (r"\beight\b", "8"), (r"\bnine\b", "9"),
    (r"\bten\b", "10"), (r"\btwelve\b", "12"), (r"(?<![\d,.])2(?= [a-z])", "two"),
    (r"(?<![\d,.])3(?= [a-z])", "three"), (r"(?<![\d,.])4(?= [a-z])", "four"),
    (r"(?<![\d,.])5(?= [a-z])", "five"), (r"(?<=\d),(?=\d{3}\b)", ""),
    (r"\b([A-Z][a-z]+) (\d{1,2}), (?=\d{4})", r"\2 \1 "), (r"\bpeople\b", "persons"),
    (r"\bchildren\b", "kids"), (r"\bofficials\b", "authorities"),
    (r"\bgovernment\b", "administration"),
    (r"\$([\d.]+ (?:million|billion))", r"\1 dollars"), (r"\bannounced\b", "declared"),
    (r"\bhelp(s|ed)?\b", r"assist\1"), (r"\bin order to\b", "to"), (r"\bincludes\b", "comprises"),
    (r"\bwas born\b", "was given birth to"), (r"\bwon\b", "secured"),
    (r"\breleased\b", "published"),
    (r"\bresigned\b", "stepped down"), (r"\brose\b", "went up"), (r"\bfell\b", "went down"),
    (r"\bincreased\b", "grew"), (r"\bcreated\b", "made"), (r"\bcurrently\b", "now"),
]  # fmt: skip
_LEADING = re.compile(r"^((?:On|In|At|During|Since|After|Before) [^,]{3,40}), ([A-Z]?)(.*)\.$")


def same(text: str, rng: random.Random) -> str | None:
    """Say the same in other words: one or two everyday substitutions, or another order."""
    moved = _LEADING.match(text)
    if moved and rng.random() < 0.4:
        text = f"{moved[2]}{moved[3]} {moved[1][0].lower()}{moved[1][1:]}."
    fitting = [pair for pair in _SAME if re.search(pair[0], text)]
    if not fitting:
        return None if not moved else text
    for pattern, other in rng.sample(fitting, min(len(fitting), rng.choice([1, 2]))):
        text = re.sub(pattern, other, text, count=1)
    return text


def _word_of(text: str, words: Sequence[str], rng: random.Random) -> str | None:
    pattern = re.compile(rf"\b(?:{'|'.join(words)})\b")
    return _replaced(text, pattern, lambda one: rng.choice([w for w in words if w != one]), rng)


def _replaced(
    text: str, pattern: re.Pattern[str], change: Callable[[str], str], rng: random.Random
) -> str | None:
    found = list(pattern.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    return text[: match.start()] + change(match[0]) + text[match.end() :]


def gone(before: str, after: str) -> list[str]:
    """Return the words of ``before`` that an edit took away."""
    kept = re.findall(r"[\w.,$£€%’']+", after)
    return [word.strip(".,") for word in re.findall(r"[\w.,$£€%’']+", before) if word not in kept]
