"""Numbers as they are written: in digits, in words, with thousands, with parts of a whole."""

import re

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
DOTTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""A number of which only its writer knows whether a dot parts thousands or decimals."""


def value_of(written: str, scale: str | None) -> float:
    """What a number is worth, with the word for its scale.

    >>> value_of("1,250", None), value_of("1.250.000", None), value_of("twenty-one", "hundred")
    (1250.0, 1250000.0, 2100.0)

    Nobody writes three zeros behind a decimal point:

    >>> value_of("12.000", None), value_of("12.500", None)
    (12000.0, 12.5)
    """
    if written[0].isdigit():
        thousands = written.count(".") > 1 or (written.endswith(".000") and DOTTED.match(written))
        return float(re.sub(r"[,.]" if thousands else ",", "", written)) * factor(scale)
    if written.lower().startswith("half"):
        return factor(scale) / 2
    parts = written.lower().split("-")
    # 1: "a million"
    return factor(scale) * sum(TENS.get(part, ONES.get(part, 1)) for part in parts)


def factor(scale: str | None) -> float:
    """What a word for a scale multiplies by."""
    return SCALES[scale.lower()] if scale else 1.0
