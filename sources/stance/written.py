"""Numbers as they are written: in digits, in words, with thousands, with parts of a whole."""

import re
from collections.abc import Sequence
from unicodedata import numeric

ONES = {word: value for value, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen".split()
)}  # fmt: skip
TENS = {word: 10 * (value + 2) for value, word in enumerate(
    "twenty thirty forty fifty sixty seventy eighty ninety".split()
)}  # fmt: skip
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12, "dozen": 12,
    "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
SPELLED = "|".join([*TENS, *list(ONES)[2:]])
"""Alternatives of a pattern: single words that are numbers, but for "one"."""
_tens, _digits = "|".join(TENS), "|".join(list(ONES)[1:10])
_scale = r"(?:hundred|thousand|million|billion|trillion|lakh|crore)\b"
_no_share = r"\b(?!-|\s(?:in|of|out|day)\b)"
_small = rf"(?:(?:{_tens})(?:[\s-](?:{_digits})\b)?|(?:{'|'.join(list(ONES)[2:])})\b)"
IN_WORDS = rf"""
    (?:{_small}|one|an?)\s{_scale}(?:\s{_scale}|\s(?:and\s(?:one\b|{_small})|{_small}){_no_share})+
  | (?:{_tens})\s(?:{_digits}){_no_share}
"""
"""A verbose pattern: numbers of more than one word, and not only a scale behind the first."""
IN_DIGITS = r"""
    [1-9]\d{0,2}(?:[ \u00a0\u202f\u2009]\d{3}(?!\d))++(?:\.\d++)?+
  | [1-9]\d{0,2}(?:['’]\d{3}(?!\d))++(?:\.\d++)?+
  | \d{1,6}+(?:\s\d{1,2}/[1-9]\d?(?![\d/])|\s?[½¼¾⅓⅔])
  | \d{1,3}(?:\.\d{3}){2,}+ | \d++(?:,\d{3})*+(?:\.\d+)?+
"""
"""The same of numbers in digits; none of them gives back what it has read."""
_MIXED = re.compile(r"(\d+)\s?(?:(\d+)/(\d+)|([½¼¾⅓⅔]))")
DOTTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""A number of which only its writer knows whether a dot parts thousands or decimals."""


def value_of(written: str, scale: str | None) -> float:
    """What a number is worth, with the word for its scale.

    >>> value_of("1,250", None), value_of("1.250.000", None), value_of("twenty-one", "hundred")
    (1250.0, 1250000.0, 2100.0)

    >>> value_of("2 1/2", None), value_of("1 200", None), value_of("two hundred and fifty", None)
    (2.5, 1200.0, 250.0)

    Nobody writes three zeros behind a decimal point:

    >>> value_of("12.000", None), value_of("12.500", None)
    (12000.0, 12.5)
    """
    if mixed := _MIXED.fullmatch(written):
        part = numeric(mixed[4]) if mixed[4] else int(mixed[2]) / int(mixed[3])
        return (int(mixed[1]) + part) * factor(scale)
    if written[0].isdigit():
        thousands = written.count(".") > 1 or (written.endswith(".000") and DOTTED.match(written))
        return float(re.sub(r"[,.]" if thousands else r"[,\s'’]", "", written)) * factor(scale)
    if written.lower().startswith("half"):
        return factor(scale) / 2
    return factor(scale) * (_spelled(re.split(r"[\s-]", written.lower())) or 1)  # 1: "a million"


def _spelled(parts: Sequence[str]) -> float:
    whole = begun = 0.0
    for part in parts:
        if part == "hundred":
            begun = 100 * (begun or 1)
        elif part not in SCALES:
            begun += TENS.get(part, ONES.get(part, 0))
        elif begun:
            whole, begun = whole + begun * SCALES[part], 0.0
        else:
            whole = (whole or 1) * SCALES[part]
    return whole + begun


def factor(scale: str | None) -> float:
    """What a word for a scale multiplies by."""
    return SCALES[scale.lower()] if scale else 1.0
