"""Split articles from standard input: one JSON object a line in, one a line out.

    python -m claims.splitting < articles.jsonl > claims.jsonl

In: ``{"article": "id", "text": "...", "title": "", "published_at": "2020-06-24", "outlet": "",
"language": "en"}``, the last four optional. Out: ``{"article", "claims", "dropped", "blocks",
"engine"}``; an article without a sentence has no claims and an ``"error"``. A line that is not
such an object ends the run with exit code 2 and its number.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from claims.splitting import FoundClaim, NothingToSplit
from claims.splitting.splitter import ENGINE, split_article


class Unreadable(ValueError):
    """A line of the input is not an article; the message says which and why."""


def answers(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield one answer for each article; raise Unreadable at a line that is none."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        article = _read(number, line)
        answer: dict[str, Any] = {"article": article["article"], "claims": [], "dropped": []}
        try:
            splitting = split_article(
                article["text"],
                title=article["title"],
                outlet=article["outlet"],
                published_at=article["published_at"],
                language=article["language"],
            )
        except NothingToSplit as error:
            yield answer | {"error": str(error), "engine": ENGINE}
            continue
        yield answer | {
            "claims": [as_json(claim) for claim in splitting.claims],
            "dropped": [asdict(dropped) for dropped in splitting.dropped],
            "blocks": [asdict(block) for block in splitting.blocks],
            "engine": splitting.engine,
        }


def as_json(claim: FoundClaim) -> dict[str, Any]:
    """Return a claim as JSON knows it."""
    return asdict(claim) | {
        "claimant": claim.claimant,
        "desk": claim.desk,
        "dated_text": claim.dated_text,
    }


def _read(number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
        text = row["text"]
        published = row.get("published_at") or ""
        if not isinstance(text, str):
            raise TypeError("text is not a string")
        return {
            "article": row.get("article", str(number)),
            "text": text,
            "title": str(row.get("title") or ""),
            "outlet": str(row.get("outlet") or ""),
            "language": str(row.get("language") or "en"),
            "published_at": date.fromisoformat(published[:10]) if published else None,
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise Unreadable(f"line {number} is not an article ({reason})") from None


def main() -> int:
    """Answer every line of standard input on standard output."""
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
    try:
        for answer in answers(sys.stdin):
            sys.stdout.write(json.dumps(answer) + "\n")
    except Unreadable as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
