"""How likely it is that a fact-checker would mark a sentence, and why."""

import math
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Span

from claims.splitting import features

VERSION = "1"
DESK_THRESHOLD = 0.4

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
def _weights() -> dict[str, NDArray[np.float32]]:
    with as_file(files(__package__).joinpath("worthiness.npz")) as path, np.load(path) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def check_worthiness(sentence: Span) -> float:
    """Return the probability that the sentence states something worth a check."""
    weights = _weights()
    logit = (
        float(weights["bias"])
        + float(weights["signs"] @ features.signs(sentence))
        + float(weights["meaning"] @ features.meaning(sentence))
        + float(weights["hashed"][features.hashed(sentence)].sum())
    )
    return 1 / (1 + math.exp(-logit))


def reasons(sentence: Span, *, attributed: bool, direct: bool) -> tuple[str, ...]:
    """Return what in the sentence can be checked, in readable words."""
    found = [_REASONS[ent.label_] for ent in sentence.ents if ent.label_ in _REASONS]
    if any(t.tag_ in {"JJR", "RBR", "JJS", "RBS"} for t in sentence):
        found.append("comparison")
    if direct:
        found.append("quotation")
    elif attributed:
        found.append("attributed statement")
    return tuple(dict.fromkeys(found))
