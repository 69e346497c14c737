"""Rating scales: the words a verdict may use, with their numbers and meaning.

Numbers follow schema.org's Rating: from 1 (worst) to the highest number of
the scale (best); ratings without a number say that nothing was measured.
Scales are presets; a verdict freezes the label and number it was given.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rating:
    """One word of a scale. ``adverse`` ratings call for a right of reply."""

    code: str
    label: str
    number: int | None
    definition: str
    adverse: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """A named, ordered set of ratings, from the falsest to the truest."""

    code: str
    label: str
    ratings: tuple[Rating, ...]

    def __getitem__(self, code: str) -> Rating:
        """Return the rating called ``code``; raise KeyError if there is none."""
        for rating in self.ratings:
            if rating.code == code:
                return rating
        raise KeyError(code)

    @property
    def ends(self) -> tuple[Rating, Rating]:
        """The falsest and the truest of the ratings that have a number."""
        numbered = [rating for rating in self.ratings if rating.number is not None]
        return numbered[0], numbered[-1]

    @property
    def best(self) -> int:
        """The highest number of the scale."""
        return max(rating.number for rating in self.ratings if rating.number is not None)


DEFAULT = Scale(
    "default",
    "Workspace scale",
    (
        Rating("false", "False", 1, "The evidence shows that this is not so.", adverse=True),
        Rating("mostly_false", "Mostly false", 2, "The main point is wrong.", adverse=True),
        Rating(
            "misleading",
            "Misleading",
            2,
            "The words may be accurate, but leave out what changes their meaning.",
            adverse=True,
        ),
        Rating("mixed", "Mixed", 3, "Some of it is right, some of it is wrong."),
        Rating("mostly_true", "Mostly true", 4, "The main point is right; a detail is not."),
        Rating("true", "True", 5, "The evidence shows that this is so."),
        Rating("unproven", "Unproven", None, "No evidence was found that settles it."),
        Rating("not_checkable", "Not checkable", None, "Nobody could settle it with evidence."),
    ),
)

POLITIFACT = Scale(
    "politifact",
    "PolitiFact",
    (
        Rating("pants_on_fire", "Pants on Fire", 1, "Not accurate, and ridiculous.", adverse=True),
        Rating("false", "False", 2, "Not accurate.", adverse=True),
        Rating("mostly_false", "Mostly False", 3, "An element of truth only.", adverse=True),
        Rating("half_true", "Half True", 4, "Partially accurate; leaves out important details."),
        Rating("mostly_true", "Mostly True", 5, "Accurate, but needs clarification."),
        Rating("true", "True", 6, "Accurate, with nothing significant missing."),
    ),
)

AFRICA_CHECK = Scale(
    "africa_check",
    "Africa Check",
    (
        Rating("incorrect", "Incorrect", 1, "The best evidence refutes it.", adverse=True),
        Rating("misleading", "Misleading", 2, "Leaves a false impression.", adverse=True),
        Rating("exaggerated", "Exaggerated", 2, "Overstates what is so.", adverse=True),
        Rating("understated", "Understated", 2, "Understates what is so.", adverse=True),
        Rating("mostly_correct", "Mostly correct", 3, "Right but for a detail."),
        Rating("correct", "Correct", 4, "The best evidence supports it."),
        Rating("unproven", "Unproven", None, "Evidence is insufficient or not public."),
    ),
)

SCALES = {scale.code: scale for scale in (DEFAULT, POLITIFACT, AFRICA_CHECK)}

CODES = list(dict.fromkeys(rating.code for scale in SCALES.values() for rating in scale.ratings))
"""The codes of every scale, each once."""

CONFIDENCES = {"low": "Low", "moderate": "Moderate", "high": "High"}
"""How sure the people who found it are."""

UNPROVEN = frozenset({"unproven", "not_checkable"})
"""Ratings whose ground is a log of what was searched, not accepted evidence."""

OF_TRUE_WORDS = frozenset({"misleading", "exaggerated", "understated"})
"""Ratings of words that evidence may well support: they say too little, or too much."""
