"""How claims' figures are told beside passages of which people said what they settle.

    python -m benchmarks.figures PAIRS.jsonl.gz [--every 5]

Each line has ``claim``, ``evidence`` and ``label``: supports, refutes or
neutral. Printed: for each way in which figures stand to each other, how many
pairs of each label have it, and what a pair takes. "differs" beside a passage
that supports is the error that counts.
"""

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from sources.numbers import How, compared


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--every", type=int, default=5, help="take one pair of so many")
    options = parser.parse_args()
    with gzip.open(options.pairs, "rt") as lines:
        pairs = [json.loads(line) for line in islice(lines, 0, None, options.every)]
    labels, told = Counter(pair["label"] for pair in pairs), Counter()
    began = time.perf_counter()
    for pair in pairs:
        ways = {row.how for row in compared(pair["claim"], pair["evidence"])}
        told.update((how, pair["label"]) for how in ways)
    took = (time.perf_counter() - began) / len(pairs)
    print(f"{'':14}" + "".join(f"{label:>10}" for label in labels))
    print(f"{'pairs':14}" + "".join(f"{count:10}" for count in labels.values()))
    for how in How:
        print(f"{how:14}" + "".join(f"{told[how, label]:10}" for label in labels))
    print(f"{1000 * took:.2f} ms a pair")
    return 0


if __name__ == "__main__":
    sys.exit(main())
