"""Carry claims over random edits of articles whose truth is known, beside simple ways.

    python -m benchmarks.anchoring ARTICLES.jsonl.gz [--edits 10000] [--seed 0]

Each round takes one article (lines of {"text"}), chooses a claim in it, a sentence or
a clause, and edits the rest: sentences deleted, changed, added. The claim itself is left
alone, or up to a fifth of its characters are changed, or a look-alike is put elsewhere.
A *jump* is a place believed without a word of doubt that is not the claim's own.
"""

import argparse
import gzip
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.anchoring import Anchor, Anchored, anchor, context

SENTENCE = re.compile(r"[A-Z][^.!?\n]{30,300}[.!?]")
CLAUSE = re.compile(r"[^,;:]{30,}[,;:] ")
NEW_WORDS = "not 12 city officials quickly Monday 4.5 percent the council reported".split()


@dataclass(frozen=True)
class Case:
    """A claim ``old[start:end]`` that stands at ``new[true_start:true_end]``; None: gone."""

    what: str
    old: str
    start: int
    end: int
    new: str
    true_start: int | None
    true_end: int | None


def edited(words: str, share: float, rng: random.Random) -> str:
    """Replace words until up to ``share`` of the characters differ."""
    parts, left = words.split(" "), len(words) * share
    for at in rng.sample(range(len(parts)), len(parts)):
        new = rng.choice(NEW_WORDS)
        if 0 < (cost := max(len(parts[at]), len(new))) <= left and parts[at] != new:
            left -= cost
            parts[at] = new
    return " ".join(parts)


def cases(text: str, strangers: list[str], rng: random.Random) -> Iterator[Case]:
    """Yield the cases of one article; ``strangers`` are sentences of other articles.

    Nothing is yielded for an article of fewer than six sentences, or when the
    chosen words stand in it twice.
    """
    spans = [match.span() for match in SENTENCE.finditer(text)]
    if len(spans) < 6:
        return
    chosen = rng.randrange(len(spans))
    start, end = spans[chosen]
    clause = CLAUSE.match(text, start, end)
    if clause and rng.random() < 0.3:
        end = clause.end() - 2
    quote = text[start:end]
    if text.count(quote) != 1:
        return
    before, after = text[:start], text[end:]
    left, right = (_around(part, strangers, rng) for part in (before, after))
    yield _case("unchanged", text, (start, end), (left, quote, right))
    lightly = edited(quote, 0.2, rng)
    yield _case("edited", text, (start, end), (left, lightly, right))
    if rng.random() < 0.5:
        far = f"{rng.choice(strangers)} {{}} {rng.choice(strangers)} "
        right_with, left_with = right + " " + far, far + left
    else:
        right_with, left_with = right + " {}", "{} " + left
    behind = rng.random() < 0.5
    for what, own, other in (
        ("copied, own words stay", quote, quote),
        ("copied, own words edited", lightly, quote),
        ("look-alike, own words stay", quote, edited(quote, 0.15, rng)),
        ("look-alike, own words edited", lightly, edited(quote, 0.15, rng)),
    ):
        one = left if behind else left_with.replace("{}", other, 1)
        two = right_with.replace("{}", other, 1) if behind else right
        yield _case(what, text, (start, end), (one, own, two))
    yield Case("deleted", text, start, end, left + right, None, None)


def _case(what: str, text: str, span: tuple[int, int], new: tuple[str, str, str]) -> Case:
    left, own, _ = new
    return Case(what, text, *span, "".join(new), len(left), len(left) + len(own))


def _around(part: str, strangers: list[str], rng: random.Random) -> str:
    """Edit the rest of an article: a tenth of its sentences deleted, changed, added each."""
    pieces, at = [], 0
    for match in SENTENCE.finditer(part):
        pieces.append(part[at : match.start()])
        fate = rng.random()
        if fate < 0.1:
            pieces.append("")
        elif fate < 0.2:
            pieces.append(edited(match.group(), 0.3, rng))
        elif fate < 0.3:
            pieces.append(f"{rng.choice(strangers)} {match.group()}")
        else:
            pieces.append(match.group())
        at = match.end()
    return "".join([*pieces, part[at:]])


def outcome(case: Case, found: Anchored) -> str:
    """Return "found", "jumped", or the kind of doubt."""
    if found.kind not in {Anchor.EXACT, Anchor.MOVED}:
        return str(found.kind)
    if case.true_start is None or case.true_end is None:
        return "jumped"
    common = min(found.end, case.true_end) - max(found.start, case.true_start)
    return "found" if common >= 0.5 * (case.true_end - case.true_start) else "jumped"


def ours(case: Case) -> Anchored:
    """The anchoring of the project, as an article's next version meets it."""
    around = context(case.old, case.start, case.end)
    quote = case.old[case.start : case.end]
    return anchor(quote, *around, case.start, case.new, old_text=case.old)


def same_words_only(case: Case) -> Anchored:
    """The first place with the same words, or none."""
    quote = case.old[case.start : case.end]
    at = case.new.find(quote)
    return Anchored(at, at + len(quote), Anchor.MOVED) if at >= 0 else always_orphaned(case)


def always_orphaned(case: Case) -> Anchored:
    """Nothing is ever found again."""
    return Anchored(None, None, Anchor.ORPHANED)


WAYS: dict[str, Callable[[Case], Anchored]] = {
    "ours": ours,
    "first same words": same_words_only,
    "always orphaned": always_orphaned,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    rng = random.Random(asked.seed)
    with gzip.open(asked.articles, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    texts = [text for text in texts if 1500 < len(text) < 9000]
    strangers = [m.group() for text in texts[:300] for m in SENTENCE.finditer(text)]
    counts: dict[tuple[str, str], Counter] = defaultdict(Counter)
    spent, edits = 0.0, 0
    while edits < asked.edits:
        for case in cases(rng.choice(texts), strangers, rng):
            for name, way in WAYS.items():
                began = time.perf_counter()
                found = way(case)
                spent += (time.perf_counter() - began) * (name == "ours")
                counts[case.what, name][outcome(case, found)] += 1
            edits += 1
    print(f"{edits} edited articles, {1000 * spent / edits:.1f} ms a claim")
    print(f"{'':30}{'':18}{'found':>9}{'ambiguous':>11}{'orphaned':>10}{'jumped':>8}")
    for (what, name), count in counts.items():
        shares = [
            count["jumped"] if column == "jumped" else f"{count[column] / count.total():.2%}"
            for column in ("found", "ambiguous", "orphaned", "jumped")
        ]
        print(f"{what:30}{name:18}{shares[0]:>9}{shares[1]:>11}{shares[2]:>10}{shares[3]:>8}")


if __name__ == "__main__":
    main()
