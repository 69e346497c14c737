"""Measures of length, area, mass, volume and warmth, in which two texts may tell the same.

A mile is no kilometre, but 10 kilometres and 6.2 miles are as long. Only what
is measured alike everywhere is here: not tons, pints or barrels.
"""

import re
from dataclasses import dataclass

_LENGTH = {
    r"k(?:ilo)?m(?:et(?:re|er)s?)?": 1_000,
    r"met(?:re|er)s?": 1,
    r"c(?:enti)?m(?:et(?:re|er)s?)?": 0.01,
    r"milli(?:met(?:re|er)s?)|mm": 0.001,
    r"miles?": 1_609.344,
    r"yards?": 0.9144,
    r"f(?:oo|ee)?t": 0.3048,
    r"inch(?:es)?": 0.0254,
}
_AREA = {r"hectares?": 10_000, r"acres?": 4_046.856} | {
    rf"(?:square|sq\.?)\s(?:{name})": size * size for name, size in _LENGTH.items()
}
_MASS = {
    r"k(?:ilo(?:gram(?:me)?)?s?|g)": 1,
    r"grams?|grammes?": 0.001,
    r"pounds?|lbs?": 0.453592,
    r"ounces?|oz": 0.0283495,
}
_VOLUME = {r"lit(?:re|er)s?": 1, r"millilit(?:re|er)s?|ml": 0.001, r"hectolit(?:re|er)s?": 100}
_DEGREES = r"\s?°\s?{0}\b|\s?degrees?\s{1}"
_WARMTH = {
    _DEGREES.format("C", "(?:Celsius|centigrade)"): (1.0, 0.0),
    _DEGREES.format("F", "Fahrenheit"): (5 / 9, -32.0),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured, and how its unit becomes the one that all such units become."""

    of: str
    unit: str
    factor: float = 1.0
    offset: float = 0.0

    def common(self, value: float) -> float:
        """The value in the unit that all of this kind become."""
        return (value + self.offset) * self.factor

    def converted(self, value: float, other: "Measure") -> float:
        """A value in the unit of ``other``.

        >>> mile, kilometre = measured(" miles"), measured(" kilometres")
        >>> round(mile.converted(10, kilometre), 1)
        16.1
        """
        return self.common(value) / other.factor - other.offset


_KINDS = {"length": _LENGTH, "area": _AREA, "mass": _MASS, "volume": _VOLUME}
_MEASURES = [
    (re.compile(rf"[\s-]?(?:{name})\b(?!\s?/|[’'])", re.IGNORECASE), Measure(of, name, size))
    for of, table in _KINDS.items()
    for name, size in table.items()
] + [
    (re.compile(name), Measure("warmth", name, factor, offset))
    for name, (factor, offset) in _WARMTH.items()
]


def measured(after: str) -> Measure | None:
    """The measure that the words after a number begin with."""
    return next((measure for pattern, measure in _MEASURES if pattern.match(after)), None)
