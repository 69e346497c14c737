"""Mix the examples that the network is trained on, out of the collections and of unlabelled text.

    python -m sources.stance.training.mix DATA OUTPUT.jsonl.gz

DATA is the folder with the collections. Every example carries its source; a
source that is not listed here stops the run. ``relevance`` says whether the
evidence settles the claim, ``polarity`` whether it contradicts it; each is -1
where the source does not say, and then trains one head only.
"""

import argparse
import gzip
import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from sources.stance.agreement import names
from sources.stance.training import edits
from sources.stance.training.examples import Example, Search, contrasts, settles_nothing, split
from sources.stance.training.facts import facts
from sources.stance.training.news import LEFT_OUT_ARTICLES, articles, claims
from sources.stance.words import content_stems as uncached_stems

content_stems = cache(uncached_stems)

LIMITS = {
    "fever_train_slice": 9999, "fever_dev": 9999, "climate_fever": 9999, "covidfact": 9999,
    "scifact": 9999, "emergent": 9999, "politihop": 9999, "mnli": 9999, "lingnli": 14000,
    "snli": 5700, "cad_nli": 2700, "conjnli": 4800, "infotabs": 2700, "semiauto_nli_wiki": 4000,
    "perspectrum": 2000, "rte_glue": 1200,
}  # fmt: skip
"""Rows of one label of a source."""
LEFT_OUT = {"healthver"}
"""Thresholds are chosen on it; the network never sees it."""
NOT_USED = {"arc_stance", "help_conj"}
"""Opinions in forums, and phrases that are no claims."""
TIMES = {"climate_fever": 3, "scifact": 3, "emergent": 4, "politihop": 5, "covidfact": 2, "mnli": 3}
"""How often a pair is among the examples: small collections of real claims weigh more."""
HEADLINE = 0.45
"""Share of a headline's words that a passage has to have to be what it was made from."""
ONLY_POLARITY = {"perspectrum"}
ONLY_SUPPORTS = {"rte_glue"}
"""Contradictions sit inside this source's neutral, which is therefore dropped."""


def read(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt") as lines:
        for line in lines:
            row = json.loads(line)
            source = row["source"]
            if source in NOT_USED or source in LEFT_OUT:
                continue
            if source not in LIMITS:
                raise SystemExit(f"{path}: the source {source!r} is not one the network may see.")
            yield row


def labelled(rows: list[dict[str, str]]) -> Iterator[Example]:
    taken: Counter[tuple[str, str]] = Counter()
    least = {
        source: min(
            (sum(r["source"] == source and r["label"] == label for r in rows) or 10**6)
            for label in ("supports", "refutes")
        )
        for source in LIMITS
    }
    for row in rows:
        source, label = row["source"], row["label"]
        if label == "neutral" and (
            source in ONLY_SUPPORTS or source == "scifact" or row.get("synthetic")
        ):
            continue  # whole abstracts and chance finds: their own negatives are made below
        taken[source, label] += 1
        limit = min(LIMITS[source], 2 * least[source] if label != "neutral" else 10**6)
        if taken[source, label] > limit:
            continue
        settled = label != "neutral"
        relevance = -1 if source in ONLY_POLARITY else int(settled)
        polarity = int(label == "refutes") if settled else -1
        for _ in range(TIMES.get(source, 1)):
            yield Example(row["claim"], row["evidence"], relevance, polarity, source)


def searched(rows: list[dict[str, str]], rng: random.Random) -> Iterator[Example]:
    """Yield claims with sentences near them that are other claims' evidence and settle nothing."""
    for family in (
        {"fever_train_slice", "fever_dev"},
        {"climate_fever"},
        {"covidfact"},
        {"scifact"},
        {"politihop"},
    ):
        own = [row for row in rows if row["source"] in family]
        owners: dict[str, set[str]] = defaultdict(set)
        for row in own:
            for sentence in split(row["evidence"]):
                if 30 < len(sentence) < 500:
                    owners[sentence].add(row["claim"])
        search = Search(owners)
        of_claim = {row["claim"]: row["source"] for row in own if row["label"] != "neutral"}
        wanted = list(of_claim)
        for claim, found in zip(wanted, search.near(wanted, min(30, len(owners))), strict=True):
            fitting = list(islice((s for s in found if settles_nothing(claim, s, owners[s])), 8))
            count = 2 if of_claim[claim].startswith("fever") else 4
            for sentence in rng.sample(fitting, min(len(fitting), count)):
                yield Example(claim, sentence, 0, -1, of_claim[claim])


def abstracts(rows: list[dict[str, str]], folder: Path, rng: random.Random) -> Iterator[Example]:
    """Yield claims of scifact with other sentences of the abstract that settles them."""
    with gzip.open(folder / "corpus.jsonl.gz", "rt") as lines:
        corpus = [split(json.loads(line)["text"]) for line in lines]
    place_of = {s.strip(): i for i, text in enumerate(corpus) for s in text}
    for row in rows:
        if row["source"] != "scifact" or row["label"] == "neutral":
            continue
        evidence = [s.strip() for s in split(row["evidence"])]
        place = next((place_of[s] for s in evidence if s in place_of), None)
        if place is None:
            continue
        others = [s for s in corpus[place] if s not in row["evidence"] and len(s) > 30]
        wanted = content_stems(row["claim"])
        others.sort(key=lambda s: -len(wanted & content_stems(s)))
        # The nearest may say it too, and the last sentences conclude.
        for sentence in rng.sample(others[1:7], min(2, len(others[1:7]))):
            if sentence not in corpus[place][-2:]:
                yield Example(row["claim"], sentence, 0, -1, "scifact")


def collections_contrasts(rows: list[dict[str, str]], rng: random.Random) -> Iterator[Example]:
    """Edit supporting and neutral pairs of the collections."""
    wanted = {
        "fever_train_slice": 7000,
        "fever_dev": 1500,
        "climate_fever": 500,
        "scifact": 500,
        "covidfact": 500,
        "emergent": 300,
        "mnli": 800,
        "rte_glue": 700,
    }
    taken: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    others = edits.names_of([row["claim"] + " ." for row in rows if "fever" in row["source"]])
    change = edits.changes(others)
    for place, row in enumerate(rows):
        source = row["source"]
        if source not in wanted or row["label"] == "refutes" or taken[source] >= wanted[source]:
            continue
        if row["label"] == "supports":
            example = Example(row["claim"], row["evidence"], 1, 0, source)
            made = list(contrasts(example, change, kinds, rng, f"c{place}"))
            taken[source] += bool(made)
            yield from made
        elif source != "rte_glue" and rng.random() < 0.35:
            claim = None
            for kind in rng.sample(list(change), len(change)):
                claim = claim or change[kind](row["claim"], rng)
            if claim:
                yield Example(claim, row["evidence"], 0, -1, source)
    print("edits of collections", dict(kinds))


def news(path: Path, rng: random.Random, *, limit: int) -> Iterator[Example]:
    """Yield sentences of articles against their own: as they are, edited, beside neighbours."""
    found = sorted(articles(path), key=lambda article: article.url)
    search = Search(
        {
            s: {article.url}
            for article in found
            for p in article.passages
            for s in split(p)
            if 30 < len(s) < 400
        }
    )
    found = [a for place, a in enumerate(found) if place % LEFT_OUT_ARTICLES]
    rng.shuffle(found)
    others = edits.names_of([p for a in found for p in a.passages[::6]])
    change = edits.changes(others)
    kinds: Counter[str] = Counter()
    made = 0
    for article in found:
        offered = list(claims(article, HEADLINE))
        rng.shuffle(offered)
        kept: Counter[str] = Counter()
        for claim, index, kind in sorted(offered, key=lambda c: c[2]):
            kept[kind] += 1
            if kept[kind] > (1 if kind == "news_headlines" else 3) or made >= limit:
                continue
            made += 1
            passage = article.passages[index]
            parts = split(passage)
            wanted = content_stems(claim)
            best = max(parts, key=lambda s: len(wanted & content_stems(s)))
            # As the product reads: one sentence, or two together.
            place = parts.index(best)
            evidence = best
            if len(parts) > 1 and rng.random() < 0.4:
                evidence = (
                    " ".join(parts[max(0, place - 1) : place + 1]) if place else " ".join(parts[:2])
                )
            if kind == "news_headlines":
                evidence = passage
            group = f"n{article.url}{kept[kind]}{kind}"
            base = Example(claim, evidence, 1, 0, kind)
            group_made = list(contrasts(base, change, kinds, rng, group))
            yield from group_made or [base]
            claims_now = list({e.claim for e in group_made} or {claim})
            about = names(claim)
            if kind == "news_headlines":
                beside = article.passages[max(0, index - 1) : index + 2]
            else:  # of the whole article, what speaks of the same people and places
                beside = [p for p in article.passages if about & content_stems(p)]
            others_of_it = [
                s
                for p in beside
                for s in split(p)
                if s != best and len(s) > 30 and len(wanted & content_stems(s)) < 0.5 * len(wanted)
            ]
            others_of_it.sort(key=lambda s: -len(wanted & content_stems(s)))
            near = [
                s
                for s in next(search.near([claim], 25))
                if article.url not in search.owners[s]
                and len(wanted & content_stems(s)) < 0.6 * len(wanted)
            ][:6]
            for sentence in rng.sample(
                others_of_it[:8], min(3, len(others_of_it[:8]))
            ) + rng.sample(near, min(2, len(near))):
                yield Example(rng.choice(claims_now), sentence, 0, -1, kind)
    print("edits of news", dict(kinds))


def with_partner(examples: list[Example]) -> list[Example]:
    """Add what a model that sees only the claim makes of it, fitted on other claims."""
    texts = [example.claim for example in examples]
    vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True).fit_transform(texts)
    _, groups = np.unique(np.array(texts), return_inverse=True)
    found = {}
    for head in ("relevance", "polarity"):
        labels = np.array([getattr(example, head) for example in examples])
        known = np.flatnonzero(labels >= 0)
        odds = cross_val_predict(
            LogisticRegression(C=1.0, solver="liblinear"), vectors[known], labels[known],
            groups=groups[known], cv=GroupKFold(4), method="decision_function",
        )  # fmt: skip
        common = labels[known].mean()
        right = ((odds > 0) == (labels[known] == 1)).mean()
        print(f"claim alone, {head}: {right:.3f} right, commonest {max(common, 1 - common):.3f}")
        told = np.clip(odds - np.log(common / (1 - common)), -3, 3)
        found[head] = dict(zip(known.tolist(), told.tolist(), strict=True))
    return [
        replace(
            example,
            claim_relevance=round(found["relevance"].get(place, 0.0), 3),
            claim_polarity=round(found["polarity"].get(place, 0.0), 3),
        )
        for place, example in enumerate(examples)
    ]


def mixed(data: Path, seed: int) -> list[Example]:
    rng = random.Random(seed)
    rows = list(read(data / "stance" / "train.jsonl.gz"))
    rng.shuffle(rows)
    parts: dict[str, Iterator[Example]] = {
        "labelled": labelled(rows),
        "searched": searched(rows, rng),
        "abstracts": abstracts(rows, data / "scifact_retrieval", rng),
        "edited": collections_contrasts(rows, rng),
        "facts": facts(data, rng),
        "news": news(data / "news_library" / "news.jsonl.gz", rng, limit=9000),
    }
    examples = []
    for name, part in parts.items():
        found = list(part)
        print(name, len(found), Counter((e.relevance, e.polarity) for e in found), flush=True)
        examples += found
    return with_partner(examples)


def manifest(examples: list[Example]) -> list[str]:
    """Name each source with its settling and other rows and a digest of them."""
    lines = []
    for source in sorted({example.source for example in examples}):
        own = [example for example in examples if example.source == source]
        labels = [sum(e.polarity == polarity for e in own) for polarity in (0, 1, -1)]
        rows = sorted(f"{e.claim}\t{e.evidence}\t{e.relevance}\t{e.polarity}" for e in own)
        digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        lines.append(f"| {source} | {' / '.join(map(str, labels))} | {digest[:16]} |")
    return lines


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    made = mixed(given.data, given.seed)
    with gzip.open(given.output, "wt") as lines:
        for one in made:
            lines.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
    print(*manifest(made), sep="\n")
