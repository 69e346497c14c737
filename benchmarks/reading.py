"""Draw claims of real articles, to be read one by one and judged by a person.

    python -m benchmarks.reading LIBRARY.jsonl[.gz] --seed 1 [--claims 150]

LIBRARY has one article a line: url, title, outlet, published_at, text. Articles are
drawn with the seed; of the claims that reach the desk, three at most of an article,
and of all those as many as asked for. Each is printed with its sentence between
``[[`` and ``]]``, three sentences before it and one after. Judge each by four questions:

wrong      is a name, body or date filled in that is not meant?
unfaithful does the wording say what the article does not, lose a negation, hedge,
           condition or speaker, name somebody else as the claimant, or is it no sentence?
alone      is it understood from wording, title, outlet and date?
context    is it understood when the sentence it depends on is read as well?
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from benchmarks.splitting import our_boundaries
from claims.splitting import FoundClaim, NothingToSplit
from claims.splitting.splitter import split_article

MOST_OF_ONE = 3
BEFORE, AFTER = 3, 1


def articles(path: Path) -> list[dict]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def published(article: dict) -> date | None:
    try:
        return date.fromisoformat((article.get("published_at") or "")[:10])
    except ValueError:
        return None


def drawn(library: Sequence[dict], dice: random.Random) -> Iterator[tuple[dict, FoundClaim]]:
    """Yield claims on the desk, three at most of each article."""
    for article in library:
        try:
            found = split_article(
                article["text"],
                title=article["title"],
                outlet=article["outlet"],
                published_at=published(article),
            )
        except NothingToSplit:
            continue
        desk = [claim for claim in found.claims if claim.desk]
        for claim in dice.sample(desk, min(MOST_OF_ONE, len(desk))):
            yield article, claim


def shown(number: int, article: dict, claim: FoundClaim) -> str:
    attribution = claim.attribution
    said = ""
    if attribution is not None:
        marks = [attribution.role.value, *(["direct"] if attribution.direct else [])]
        marks += ["hedged"] if attribution.hedged else []
        marks += [f"via {attribution.via}"] if attribution.via else []
        said = f"{attribution.name} | {attribution.described_as} | {attribution.verb} | " + (
            ", ".join(marks)
        )
    lines = [
        f"#{number} {article['title']} ({article['outlet']}, {article['published_at']})",
        f"   in:    {in_place(article['text'], claim)}",
        f"   CLAIM: {claim.dated_text}",
        f"   by:    {claim.claimant or '-'}    [{said}]" if said else "   by:    the article",
        f"   kind:  {claim.kind.value}",
    ]
    if claim.surroundings or claim.needs_context:
        read_with = flat(claim.read_with(article["text"]))
        lines.append(f"   needs: {read_with or '(the day of publication)'}")
    return "\n".join(lines) + "\n"


def in_place(text: str, claim: FoundClaim) -> str:
    """The sentence of the claim between its neighbours; the words of the claim are marked."""
    bounds = our_boundaries(text)
    at = [n for n, (a, b) in enumerate(bounds) if a < claim.end and claim.start < b]
    first, last = (at[0], at[-1]) if at else (0, 0)
    start = bounds[max(0, first - BEFORE)][0]
    end = bounds[min(len(bounds) - 1, last + AFTER)][1]
    return flat(
        f"{text[start : claim.start]}[[{text[claim.start : claim.end]}]]{text[claim.end : end]}"
    )


def flat(text: str) -> str:
    return " ".join(text.split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("library", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--claims", type=int, default=150)
    asked = parser.parse_args()
    dice = random.Random(asked.seed)
    library = articles(asked.library)
    # Enough articles for the claims asked for, and not many more: splitting takes its time.
    chosen = dice.sample(library, min(len(library), asked.claims))
    claims = list(drawn(chosen, dice))
    for number, (article, claim) in enumerate(
        dice.sample(claims, min(len(claims), asked.claims)), start=1
    ):
        print(shown(number, article, claim))


if __name__ == "__main__":
    main()
