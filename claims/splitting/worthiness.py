"""How likely it is that a fact-checker would mark a sentence, and why."""

import math
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from spacy.tokens import Span

from claims.splitting import features
from claims.splitting.spans import entities

VERSION = "2"
DESK_THRESHOLD = 0.33
"""Below one half: a reviewer dismisses a claim in a second, and cannot see one that is missing."""

_REASONS = {
    "PERCENT": "number",
    "MONEY": "number",
    "CARDINAL": "number",
    "QUANTITY": "number",
    "ORDINAL": "number",
    "DATE": "date",
    "TIME": "date",
    "PERSON": "named person",
    "ORG": "named body",
    "GPE": "named place",
    "LOC": "named place",
    "FAC": "named place",
    "NORP": "named group",
    "LAW": "law",
}


@lru_cache(maxsize=1)
def _weights() -> dict[str, features.Row]:
    with as_file(files(__package__).joinpath("worthiness.npz")) as path, np.load(path) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def check_worthiness(sentence: Span, setting: features.Row) -> float:
    """Return the probability that the sentence states something worth a check.

    ``setting`` is ``features.setting(...)``. A logistic regression; what it was
    trained on stands in ``training/README.md``.
    """
    weights = _weights()
    grams, letters = features.grams(sentence), features.letters(sentence)
    logit = (
        float(weights["bias"])
        + float(weights["signs"] @ features.signs(sentence))
        + float(weights["meaning"] @ features.meaning(sentence))
        + float(weights["setting"] @ setting)
        + float(weights["grams"][grams].sum()) / math.sqrt(max(1, len(grams)))
        + float(weights["letters"][letters].sum()) / math.sqrt(max(1, len(letters)))
    )
    return 1 / (1 + math.exp(-logit))


def reasons(sentence: Span, *, attributed: bool, direct: bool) -> tuple[str, ...]:
    """Return what in the sentence can be checked, in readable words."""
    found = [_REASONS[ent.label_] for ent in entities(sentence) if ent.label_ in _REASONS]
    if any(t.tag_ in {"JJR", "RBR", "JJS", "RBS"} for t in sentence):
        found.append("comparison")
    if direct:
        found.append("quotation")
    elif attributed:
        found.append("attributed statement")
    return tuple(dict.fromkeys(found))
