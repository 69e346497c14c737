"""Examples out of single facts beside the text that they were taken from.

The facts are worded otherwise than the text, as a claim is; and other
sentences of the same text, about the same people, settle nothing.
"""

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sources.stance.training import edits
from sources.stance.training.examples import Example, content_stems, contrasts, split

LEAST = 4
"""Words of a fact, without which it says too little."""
NEUTRALS = 2
"""Other sentences of the text that each fact gets."""


def facts(data: Path, rng: random.Random) -> Iterator[Example]:
    """Yield facts beside their sentence, edited, and beside other sentences of the same text."""
    kinds: Counter[str] = Counter()
    for source, rows in (
        ("factscore", _rows(data / "factscore" / "test.jsonl.gz")),
        ("realsumm_scu", _rows(data / "realsumm_scu" / "test.jsonl")),
    ):
        texts = [(row, _sentences(row["context"])) for row in rows]
        change = edits.changes(
            edits.names_of([claim for row, _ in texts for claim in row["claims"]])
        )
        for place, (row, sentences) in enumerate(texts):
            for number, claim in enumerate(row["claims"]):
                if len(claim.split()) < LEAST:
                    continue
                wanted = content_stems(claim)
                evidence = (
                    row["text"] if source == "factscore" else _nearest(wanted, sentences, rng)
                )
                if not wanted or not evidence:
                    continue
                base = Example(claim, evidence, 1, 0, source)
                made = list(contrasts(base, change, kinds, rng, f"f{source}{place}.{number}"))
                yield from made or [base]
                versions = list({example.claim for example in made} or {claim})
                others = [
                    s
                    for s in sentences
                    if s not in evidence and len(wanted & content_stems(s)) <= 0.5 * len(wanted)
                ]
                others.sort(key=lambda s: -len(wanted & content_stems(s)))
                for sentence in rng.sample(others[:6], min(NEUTRALS, len(others[:6]))):
                    yield Example(rng.choice(versions), sentence, 0, -1, source)
    print("edits of facts", dict(kinds))


def _rows(path: Path) -> list[dict[str, str]]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt") as lines:
        return [json.loads(line) for line in lines]


def _sentences(text: str) -> list[str]:
    """Split a text; those of realsumm are printed in small letters, with blanks around stops."""
    return [part for line in text.split(" . ") for part in split(line)]


def _nearest(wanted: set[str], sentences: list[str], rng: random.Random) -> str:
    """Return the sentence of an article that says most of a fact, or the two beside it.

    Nothing when no sentence says half of it: then it follows from several.
    """
    shares = [len(wanted & content_stems(sentence)) for sentence in sentences]
    best = max(range(len(sentences)), key=shares.__getitem__, default=-1)
    if best < 0 or shares[best] < 0.5 * len(wanted):
        return ""
    around = rng.randrange(3)
    return " ".join(sentences[max(0, best - (around == 1)) : best + 1 + (around == 2)])
