"""How often a claim with its date is taken to be contradicted by the sentence it was made of.

    python -m benchmarks.timely NEWS.jsonl.gz --seed 31 --articles 260

Each claim in which the splitter filled in what "on Tuesday" or "last month" means is read
beside the sentence of the article that it was made of: nothing supports it better. One line is
the network that reads the claim whole, one leaves out what the sentence does not say of the
time, and the last reads the same sentence as if it had been published a year before.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

from benchmarks.reading import articles, published
from claims.splitting import NothingToSplit
from claims.splitting.splitter import split_article
from sources.ports import Judgement
from sources.stance import onnx
from sources.stance.timely import judge_in_time

Pair = tuple[str, str, date]


def pairs(news: Path, seed: int, count: int) -> Iterator[Pair]:
    """Yield a dated claim, the sentence it was made of, and the article's day."""
    for article in random.Random(seed).sample(articles(news), count):
        day = published(article)
        if day is None:
            continue
        text = article["text"]
        try:
            found = split_article(text, title=article["title"], published_at=day)
        except NothingToSplit:
            continue
        for claim in found.claims:
            inside = [span for span in found.sentences if span[0] <= claim.start < span[1]]
            if claim.dates and claim.desk and inside:
                yield claim.dated_text, text[slice(*inside[0])], day


def row(name: str, judgements: Sequence[Judgement]) -> str:
    """Return one line of the table: name, and the share of each stance, all and shown."""
    total = len(judgements)
    counted = Counter((str(j.stance), j.shown) for j in judgements)
    shares = []
    for stance in ("supports", "contradicts"):
        shown = counted[stance, True]
        shares.append(f"{shown / total:.0%} of {(shown + counted[stance, False]) / total:.0%}")
    return f"{name:<28} {shares[0]:>16} {shares[1]:>18}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("news", type=Path)
    parser.add_argument("--seed", type=int, default=31)
    parser.add_argument("--articles", type=int, default=260)
    options = parser.parse_args()
    found = list(pairs(options.news, options.seed, options.articles))
    model = onnx.OnnxStance()
    print(f"{len(found)} claims; shown, of all\n{'':<28} {'supports':>16} {'contradicts':>18}")
    with patch.object(onnx, "as_timed_as", lambda claim, text: claim):
        print(row("claim read whole", [model.judge(c, [s])[0] for c, s, _ in found]))
    for name, back in (("as timed as the sentence", 0), ("published a year before", 365)):
        days = [day - timedelta(days=back) for _, _, day in found]
        read = [
            judge_in_time(model, c, [s], [d])[0] for (c, s, _), d in zip(found, days, strict=True)
        ]
        print(row(name, read))


if __name__ == "__main__":
    main()
