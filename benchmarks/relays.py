"""How often a passage that only repeats somebody is shown as support of what was said.

    python -m benchmarks.relays LIBRARY.jsonl.gz --draw PAIRS.jsonl --seed 1 [--articles 300]
    python -m benchmarks.relays LIBRARY.jsonl.gz --pairs PAIRS.jsonl [PAIRS.jsonl ...]

LIBRARY has one article a line: url, title, outlet, published_at, text. ``--draw`` splits
articles drawn with the seed as the product does, and writes claims that somebody makes, each
with up to two passages of other articles of which one sentence has most of its words. Read
them, and put into ``label``:

relay    all that the passage knows of it is that the claimant said it
knows    the passage supports the claim, and has it from itself or somebody else
(empty)  anything else; such pairs are not counted

``--pairs`` counts. Beside the pairs that were read stand made ones: the claims told in thirteen
ways by the claimant, and in eight ways by others; the same words in edited copies of their
article, in reports of the same agency, and in other articles of the same outlet. Printed for
each kind, for ours and for a toy that knows a relay by its outlet alone: how many are
recognised, and how many are shown as support once the stance model has read them.
"""

import argparse
import gzip
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.reading import articles, published
from benchmarks.stance_peers import NewsSearch
from claims.splitting import NothingToSplit
from claims.splitting.splitter import split_article
from sources.origins import teller
from sources.passages import passages, sentences
from sources.ports import Found, Judgement, Stance, StanceModel
from sources.relays import Relation, Told, same_name
from sources.retrieval import says_enough, weighed
from sources.stance.onnx import OnnxStance
from sources.stance.training.edits import same
from sources.stance.words import content_stems
from sources.wires import behind

SAID = 0.7
"""Share of a claim's words in one sentence from which the passage may say the same."""
NEAREST, DRAWN = 12, 2
BEGINNING = 8000
"""Characters of a document that go along with its passages, as in the library."""
OF_EACH = 150
"""Pairs of each made kind."""

BY_CLAIMANT = (
    "{C} said that {p}.",
    "{C} said {p}.",
    "According to {C}, {p}.",
    "{P}, {C} said.",
    "{P}, according to {C}.",
    "“{P},” {C} told reporters on Tuesday.",
    "{C} has repeatedly insisted that {p}.",
    "“{P},” said {C}. “Everybody knows it.”",
    "{C} was clear about it. “{P},” came the answer, and there was no more to add.",
    "{C} spoke for an hour. Later, when pressed, they added that {p}.",
    "“We have looked into it. {P},” {C} wrote in a statement.",
    "In a statement, {C} maintained that {p}.",
    "Many were surprised to hear {C} tell a crowd on Sunday that {p}.",
)
BY_OTHERS = (
    "{O} said that {p}.",
    "{P}, according to {O}.",
    "“{P},” {O} told reporters on Tuesday.",
    "Records of the county show that {p}.",
    "{P}, as photographs taken there on Tuesday show.",
    "{C} could not be reached for comment. Documents seen by this newspaper show that {p}.",
    "{P}. {C} had left town by then.",
    "{O} went through the files and found that {p}.",
)


@dataclass(frozen=True)
class Pair:
    """A claim beside a passage, and whether the passage only relays it."""

    kind: str
    told: Told
    found: Found
    relays: bool


def nearest_share(claim: str, claimant: str, passage: str) -> float:
    """The largest share of the claim's words, but for the claimant's, in one sentence."""
    wanted = content_stems(claim) - content_stems(claimant)
    shares = (
        len(wanted & content_stems(passage[span.start : span.end])) / max(1, len(wanted))
        for span in sentences(passage)
    )
    return max(shares, default=0.0)


def drawn(library: Sequence[dict], count: int, dice: random.Random) -> Iterator[dict]:
    """Claims that somebody makes, with what other articles print of them."""
    at: dict[str, str] = {}
    for article in library:
        for start, end in passages(article["text"], "en"):
            at.setdefault(article["text"][start:end], article["url"])
    search = NewsSearch(list(at))
    for article in dice.sample(library, count):
        try:
            found = split_article(
                article["text"],
                title=article["title"],
                outlet=article["outlet"],
                published_at=published(article),
            )
        except NothingToSplit:
            continue
        for claim in found.claims:
            said_by = claim.attribution
            if not (claim.desk and said_by and said_by.named) or claim.needs_context:
                continue
            if not says_enough(claim.dated_text):
                continue
            row = {
                "claim": claim.dated_text,
                "claimant": said_by.name,
                "described_as": said_by.described_as,
                "article": article["url"],
            }
            near = [
                passage
                for passage in search.nearest(row["claim"], NEAREST)
                if at[passage] != article["url"]
                and nearest_share(row["claim"], row["claimant"], passage) >= SAID
            ]
            for passage in near[:DRAWN]:
                yield row | {"passage": passage, "document": at[passage], "label": ""}


class Library:
    """The articles by their address, and pairs made of them."""

    def __init__(self, rows: Sequence[dict]) -> None:
        self.rows = {row["url"]: row for row in rows}

    def told(self, row: dict) -> Told:
        article = self.rows[row["article"]]
        return Told(
            text=row["claim"],
            claimant=row["claimant"],
            described_as=row["described_as"],
            article=article["text"],
            article_url=article["url"],
            outlet=article["outlet"],
        )

    def found(self, url: str, passage: str) -> Found:
        document = self.rows[url]
        return Found(
            url,
            document["title"],
            passage,
            outlet=document["outlet"],
            document=document["text"][:BEGINNING],
        )

    def read(self, rows: Sequence[dict]) -> Iterator[Pair]:
        kinds = {"relay": "read: the claimant again", "knows": "read: knows it"}
        for row in rows:
            if kind := kinds.get(row["label"]):
                found = self.found(row["document"], row["passage"])
                yield Pair(kind, self.told(row), found, row["label"] == "relay")

    def made(self, rows: Sequence[dict], dice: random.Random) -> Iterator[Pair]:
        """The claims, told in many ways among neighbours from other articles."""
        bare = [row for row in rows if not re.search(r"[:“”\"]", row["claim"] + row["claimant"])]
        bare = [row for row in bare if not teller(row["claim"])]
        names = sorted({row["claimant"] for row in rows})
        for ways, relays in ((BY_CLAIMANT, True), (BY_OTHERS, False)):
            for number in range(OF_EACH):
                row = dice.choice(bare)
                known = (row["claimant"], self.rows[row["article"]]["outlet"])
                other = dice.choice(
                    [name for name in names if not any(same_name(name, one) for one in known)]
                )
                text = ways[number % len(ways)].format(
                    C=_first_large(row["claimant"]) if number % 2 else row["claimant"],
                    O=_first_large(other),
                    P=_first_large(row["claim"].rstrip(" .")),
                    p=row["claim"].rstrip(" ."),
                )
                neighbour = dice.choice(list(self.rows.values()))
                before, after = dice.sample(_prose(neighbour["text"]), 2)
                kind = "made: the claimant again" if relays else "made: others know it"
                passage = f"{before} {text} {after}"
                found = Found("https://other.example/1", "", passage, outlet="Other Gazette")
                yield Pair(kind, self.told(row), found, relays)

    def reprinted(self, rows: Sequence[dict], dice: random.Random) -> Iterator[Pair]:
        """The claim's own passage, in a copy of its article that somebody edited."""
        for row in dice.sample(rows, min(OF_EACH, len(rows))):
            told = self.told(row)
            copy = edited(told.article, dice)
            spans = passages(copy, "en")
            passage = max(
                (copy[start:end] for start, end in spans),
                key=lambda text: nearest_share(row["claim"], row["claimant"], text),
            )
            found = Found("https://other.example/2", "", passage, "Other Gazette", document=copy)
            yield Pair("made: an edited copy of the article", told, found, True)

    def of_one_house(self, rows: Sequence[dict], dice: random.Random) -> Iterator[Pair]:
        """Passages of the same outlet, and of the same agency under another outlet's name."""
        behind_of = {url: behind(row["outlet"], row["text"]) for url, row in self.rows.items()}
        for row in dice.sample(rows, min(OF_EACH, len(rows))):
            told = self.told(row)
            outlet = self.rows[row["article"]]["outlet"]
            kinds: dict[str, Callable[[dict], bool]] = {
                "the same outlet": lambda other, outlet=outlet: other["outlet"] == outlet,
                "the same agency": lambda other, row=row, outlet=outlet: (
                    behind_of[other["url"]] == behind_of[row["article"]] != ""
                    and other["outlet"] != outlet
                ),
            }
            for kind, belongs in kinds.items():
                others = [
                    other
                    for url, other in self.rows.items()
                    if url != row["article"] and belongs(other)
                ]
                if others:
                    other = dice.choice(others)
                    text = f"{row['claim'].rstrip(' .')}. {_prose(other['text'])[0]}"
                    yield Pair(f"made: {kind}", told, self.found(other["url"], text), True)


def edited(text: str, dice: random.Random) -> str:
    """A rewrite: a third of the sentences gone, a third in other words, paragraphs moved."""
    kept = []
    for paragraph in text.split("\n"):
        lines = []
        for span in sentences(paragraph):
            line, what = paragraph[span.start : span.end], dice.random()
            if what > 1 / 3:
                lines.append((same(line, dice) or line) if what < 2 / 3 else line)
        if lines:
            kept.append(" ".join(lines))
    first, *rest = kept
    dice.shuffle(rest)
    return "\n".join([first, *rest])


def _prose(text: str) -> list[str]:
    lines = [text[span.start : span.end] for span in sentences(text)]
    plain = [
        line
        for line in lines
        if 8 < len(line.split()) < 30 and not teller(line) and not re.search(r"[“”\"]", line)
    ]
    return [*plain, "It had rained all day.", "Nothing else was known at first."]


def _first_large(text: str) -> str:
    return text[:1].upper() + text[1:]


def toy(told: Told, found: Found, judgement: Judgement) -> tuple[Judgement, Relation]:
    """Know a relay by its outlet alone."""
    if found.outlet == told.outlet:
        return replace(judgement, shown=False), Relation.RELAYS_ARTICLE
    return judgement, Relation.INDEPENDENT


def table(pairs: Sequence[Pair], model: StanceModel) -> None:
    judged = [(pair, model.judge(pair.told.text, [pair.found.text])[0]) for pair in pairs]

    def row(name: str, some: Sequence[tuple[Pair, Judgement]]) -> None:
        cells = f"{name:40}{len(some):6}"
        for weigh in (toy, weighed):
            weighs = [weigh(pair.told, pair.found, judgement) for pair, judgement in some]
            relays = sum(relation != Relation.INDEPENDENT for _, relation in weighs)
            support = sum(
                judgement.shown and judgement.stance is Stance.SUPPORTS for judgement, _ in weighs
            )
            cells += f"{relays / len(some):10.1%}{support / len(some):10.1%}"
        print(cells)

    for relays, name in ((True, "relays"), (False, "controls")):
        print(
            f"\n{name:40}{'pairs':>6}{'toy: relay':>10}{'support':>10}{'ours':>10}{'support':>10}"
        )
        some = [(pair, judgement) for pair, judgement in judged if pair.relays is relays]
        for kind in sorted({pair.kind for pair, _ in some}):
            row(kind, [(pair, judgement) for pair, judgement in some if pair.kind == kind])
        row(f"all {name}", some)


def lines_of(path: Path) -> list[dict]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("--draw", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--pairs", type=Path, nargs="+", default=[])
    asked = parser.parse_args()
    rows = articles(asked.library)
    dice = random.Random(asked.seed)
    if asked.draw:
        with asked.draw.open("w", encoding="utf-8") as file:
            for pair in drawn(rows, asked.articles, dice):
                print(json.dumps(pair, ensure_ascii=False), file=file, flush=True)
        return
    library = Library(rows)
    pairs = [row for path in asked.pairs for row in lines_of(path)]
    claims = list({(row["claim"], row["article"]): row for row in pairs}.values())
    every = [
        *library.read(pairs),
        *library.made(claims, dice),
        *library.reprinted(claims, dice),
        *library.of_one_house(claims, dice),
    ]
    table(every, OnnxStance())


if __name__ == "__main__":
    main()
