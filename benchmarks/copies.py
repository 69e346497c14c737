"""How many rewritten copies of a wire story are noticed at intake, and how many others are.

    python -m benchmarks.copies LIBRARY.jsonl.gz [--stories 40] [--copies 40] [--seed 1]

LIBRARY has one article a line: url, title, outlet, published_at, text. Each story is printed in
so many copies, as editors do: under a title of their own, cut from the end, paragraphs moved,
sentences reworded or dropped, paragraphs of their own added, none to all of these at once.
Printed for each share of the story's words that a copy keeps: how many copies the database
would be asked about (a band in common), and how many are taken for copies. As controls, other
articles of the library: all pairs of different outlets, and those about one event, which is three
words of the title in common within three days. Those found are printed, to be read.
"""

import argparse
import random
from collections import defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path

from benchmarks.reading import articles, published
from sources.copies import bands, likeness, share_copied
from sources.passages import sentences
from sources.stance.training.edits import same
from sources.stance.words import content_stems

COPIED = 0.35  # as in claims.reading.copies, which needs a database to be imported
LONG = 1500
"""Characters of a story at least: shorter ones are items."""


def copy_of(text: str, other: str, title: str, dice: random.Random) -> str:
    """A copy as another desk prints it; each change is made in every second one."""
    paragraphs = [part for part in text.split("\n") if part.strip()][1:]
    if dice.random() < 0.5:
        paragraphs = paragraphs[: max(3, int(len(paragraphs) * dice.uniform(0.4, 0.95)))]
    if dice.random() < 0.5:
        lead, rest = paragraphs[:2], paragraphs[2:]
        dice.shuffle(rest)
        paragraphs = lead + rest
    if dice.random() < 0.5:
        share = dice.uniform(0.05, 0.3)
        paragraphs = [_reworded(part, share, dice) for part in paragraphs]
    if dice.random() < 0.5:
        own = [part for part in other.split("\n") if part.strip()]
        for part in dice.sample(own, min(len(own), dice.randint(1, 4))):
            paragraphs.insert(dice.randrange(len(paragraphs) + 1), part)
    return "\n".join([title, *paragraphs])


def _reworded(paragraph: str, share: float, dice: random.Random) -> str:
    lines = []
    for span in sentences(paragraph):
        line, what = paragraph[span.start : span.end], dice.random()
        if what > share / 2:
            lines.append((same(line, dice) or line) if what < share else line)
    return " ".join(lines)


def found(one: str, other: str) -> tuple[bool, bool]:
    """Whether two texts share a band, and whether the younger is taken for a copy."""
    asked = bool(set(bands(one)) & set(bands(other)))
    return asked, asked and likeness(one, other) >= COPIED


def of_copies(library: list[dict], stories: int, copies: int, dice: random.Random) -> None:
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for story in dice.sample([row for row in library if len(row["text"]) >= LONG], stories):
        for _ in range(copies):
            other = dice.choice(library)
            copy = copy_of(story["text"], other["text"], other["title"], dice)
            asked, taken = found(story["text"], copy)
            for row in (round(10 * share_copied(story["text"], copy)), 11):
                counts[row] = [
                    n + more for n, more in zip(counts[row], (1, asked, taken), strict=True)
                ]
    print(f"{'of the words kept':22}{'copies':>8}{'a band in common':>18}{'taken for copies':>18}")
    for tenths, (total, asked, taken) in sorted(counts.items()):
        name = "all" if tenths == 11 else f"{tenths * 10} %"
        print(f"{name:22}{total:8}{asked / total:18.1%}{taken / total:18.1%}")


def of_others(library: list[dict]) -> None:
    held: dict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(library):
        for band in bands(row["text"]):
            held[band].append(place)
    near = {pair for places in held.values() for pair in combinations(places, 2)}
    taken = sorted(
        (likeness(library[a]["text"], library[b]["text"]), a, b)
        for a, b in near
        if library[a]["outlet"] != library[b]["outlet"]
    )
    events = list(_of_one_event(library))
    print(f"\n{len(library) * (len(library) - 1) // 2:,} pairs, of which {len(taken)} of different "
          f"outlets share a band; {len(events)} about one event")  # fmt: skip
    print(f"taken for copies of those about one event: "
          f"{sum(found(a['text'], b['text'])[1] for a, b in events)}; of all:")  # fmt: skip
    for share, a, b in reversed(taken):
        if share >= COPIED:
            one, other = library[a], library[b]
            print(f"  {share:.2f} {one['title'][:60]} ({one['outlet']}) = "
                  f"{other['title'][:60]} ({other['outlet']})")  # fmt: skip


def _of_one_event(library: list[dict]):
    dated: list[tuple[date, dict, set[str]]] = sorted(
        ((day, row, content_stems(row["title"])) for row in library if (day := published(row))),
        key=lambda entry: entry[0],
    )
    for place, (day, row, words) in enumerate(dated):
        for later, other, others in dated[place + 1 :]:
            if (later - day).days > 3:
                break
            if len(words & others) >= 3 and row["outlet"] != other["outlet"]:
                yield row, other


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("--stories", type=int, default=40)
    parser.add_argument("--copies", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    library = articles(asked.library)
    of_copies(library, asked.stories, asked.copies, random.Random(asked.seed))
    of_others(library)


if __name__ == "__main__":
    main()
