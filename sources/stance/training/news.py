"""Articles without labels: their passages, and sentences of theirs that can stand as claims."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sources.passages import sentences
from sources.stance.words import content_stems

PASSAGE_WORDS = 50
LEFT_OUT_ARTICLES = 10
"""One article in so many is never shown to the network."""


@dataclass(frozen=True)
class Article:
    url: str
    title: str
    passages: list[str]


def articles(path: Path) -> Iterator[Article]:
    with gzip.open(path, "rt") as lines:
        for line in lines:
            row = json.loads(line)
            title = row["title"].strip()
            text = row["text"].removeprefix(title).strip()
            passages = list(_passages(text))
            if len(passages) > 3:
                yield Article(row["url"], title, passages)


def _passages(text: str) -> Iterator[str]:
    kept: list[str] = []
    for paragraph in text.split("\n"):
        for span in sentences(paragraph):
            kept.append(paragraph[span.start : span.end])
            if sum(len(sentence.split()) for sentence in kept) >= PASSAGE_WORDS:
                yield " ".join(kept)
                kept = []
    if kept:
        yield " ".join(kept)


_PRONOUN_START = re.compile(
    r"^(he|she|it|they|this|that|these|those|but|and|so|his|her|their|its|there|we|i|you|"
    r"in addition|however|meanwhile|also|then|still|yet|or|if|because|while|when|as)\b",
    re.IGNORECASE,
)
_ATTRIBUTION_END = re.compile(
    r",? (according to [^,]+|(?:[\w.’' -]+ )?(?:said|says|reported|told [\w ]+)(?: on \w+)?)\.$"
)
_LEADING_PHRASE = re.compile(r"^(?:On|In|At|By|During|Since|After|Before) [^,]{3,40}, (?=[A-Z\w])")


def claims(article: Article, headline: float = 0.6) -> Iterator[tuple[str, int, str]]:
    """Yield (claim, index of its passage, kind).

    The headline is one when a passage has this share of its words.
    """
    title_words = content_stems(article.title)
    if len(title_words) >= 5 and "?" not in article.title and ":" not in article.title:
        shares = [
            len(title_words & content_stems(passage)) / len(title_words)
            for passage in article.passages[:4]
        ]
        best = shares.index(max(shares))
        if shares[best] >= headline:
            yield article.title.rstrip(".") + ".", best, "news_headlines"
    for index, passage in enumerate(article.passages):
        for span in sentences(passage):
            sentence = passage[span.start : span.end]
            if (
                8 <= len(sentence.split()) <= 28
                and sentence[0].isupper()
                and sentence.endswith(".")
                and not re.search(r"[\"“”?:]|\b(I|we|you|our)\b", sentence)
                and not _PRONOUN_START.match(sentence)
            ):
                yield shortened(sentence), index, "news_sentences"


def shortened(sentence: str) -> str:
    """Leave out an attribution at the end and a phrase at the beginning."""
    sentence = _ATTRIBUTION_END.sub(".", sentence)
    rest = _LEADING_PHRASE.sub("", sentence)
    return rest[0].upper() + rest[1:] if len(rest.split()) >= 7 else sentence


def left_out(path: Path) -> list[Article]:
    """Return the articles that the network has not seen, see ``mix``."""
    found = sorted(articles(path), key=lambda article: article.url)
    return found[::LEFT_OUT_ARTICLES]
