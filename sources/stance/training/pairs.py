"""Make labelled pairs for fitting the head, out of unlabelled news and of claims with evidence.

Labels follow from how a pair is made, not from anybody's reading:

- a headline, or a sentence of an article, against the passage it stands over
  or in: supports;
- the same with one number, day, direction or negation edited in the claim, or
  the year of what happens only once: contradicts;
- the same with a number edited together with the year, or with a name:
  neutral, because it speaks of another time or of somebody else;
- any of these against the nearest passages of other articles, and of the same
  article elsewhere: neutral. They are on the topic and settle nothing, which
  is what a search brings back most of the time. A claim with a number also
  gets a passage with another number in the same unit;
- a claim of a labelled collection against the nearest evidence of other
  claims: neutral.

Edited and unedited claims get neutral passages alike, so that nothing about
the claim by itself gives the label away.
"""

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from sources.passages import sentences
from sources.stance.figures import ONCE, compare, figures
from sources.stance.words import content_stems

PASSAGE_WORDS = 50


@dataclass(frozen=True)
class Pair:
    claim: str
    evidence: str
    label: str
    source: str
    document: str


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


def claims(article: Article) -> Iterator[tuple[str, int, str]]:
    """Yield (claim, index of its passage, kind)."""
    title_words = content_stems(article.title)
    if len(title_words) >= 5 and "?" not in article.title and ":" not in article.title:
        shares = [
            len(title_words & content_stems(passage)) / len(title_words)
            for passage in article.passages[:4]
        ]
        best = int(np.argmax(shares))
        if shares[best] >= 0.6:
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


_OPPOSITES = {
    "rose": "fell", "increased": "decreased", "increase": "decrease", "higher": "lower",
    "above": "below", "won": "lost", "opened": "closed", "gained": "lost",
    "approved": "rejected", "accepted": "refused", "started": "ended", "began": "ended",
    "supports": "opposes", "supported": "opposed", "allowed": "banned", "guilty": "innocent",
    "released": "detained", "rise": "fall", "rises": "falls", "wins": "loses",
    "growth": "decline", "hired": "fired",
}  # fmt: skip
_OPPOSITES |= {value: key for key, value in _OPPOSITES.items()}
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_SMALL = "two three four five six seven eight nine ten eleven twelve".split()


def edit_number(claim: str, rng: random.Random) -> str | None:
    found = [
        match
        for match in re.finditer(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])", claim)
        if not re.fullmatch(r"(19|20)\d\d", match[0])
    ]
    if not found:
        return None
    match = rng.choice(found)
    value = float(match[0].replace(",", ""))
    factor = rng.choice([0.3, 0.5, 0.7, 1.4, 2, 3])
    changed = round(value * factor, 1) if "." in match[0] else max(1, round(value * factor))
    if changed == value:
        changed = value + 2
    written = f"{changed:,}" if "," in match[0] or changed >= 10000 else f"{changed:g}"
    return claim[: match.start()] + written + claim[match.end() :]


def edit_year(claim: str, rng: random.Random) -> str | None:
    return _replace(
        claim,
        r"\b(?:19|20)\d\d\b",
        lambda year: str(int(year) + rng.choice([-6, -3, -2, -1, 1, 2])),
        rng,
    )


def edit_year_of_one_event(claim: str, rng: random.Random) -> str | None:
    year = next((figure for figure in figures(claim) if figure.kind == "year"), None)
    return edit_year(claim, rng) if year and year.property in ONCE else None


def edit_day(claim: str, rng: random.Random) -> str | None:
    for names in (_DAYS, _SMALL):
        found = _replace(
            claim,
            rf"\b(?:{'|'.join(names)})\b",
            lambda name, names=names: rng.choice([other for other in names if other != name]),
            rng,
        )
        if found:
            return found
    return None


def edit_direction(claim: str, rng: random.Random) -> str | None:
    return _replace(claim, rf"\b(?:{'|'.join(_OPPOSITES)})\b", _OPPOSITES.__getitem__, rng)


def edit_negation(claim: str, rng: random.Random) -> str | None:
    if re.search(r"\b(not|never|no|none)\b|n[’']t", claim):
        return None
    return _replace(
        claim,
        r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should)\b",
        lambda verb: f"{verb} not",
        rng,
    )


def _replace(
    claim: str, pattern: str, change: Callable[[str], str], rng: random.Random
) -> str | None:
    found = list(re.finditer(pattern, claim))
    if not found:
        return None
    match = rng.choice(found)
    return claim[: match.start()] + change(match[0]) + claim[match.end() :]


def edit_name(claim: str, rng: random.Random, others: Sequence[str]) -> str | None:
    return _replace(claim, _NAME, lambda name: rng.choice(others), rng)


_NAME = r"(?<=[a-z] )[A-Z][a-z]{2,}(?= [a-z])"
CONTRADICTING = {
    "number": edit_number,
    "year": edit_year_of_one_event,
    "day": edit_day,
    "direction": edit_direction,
    "negation": edit_negation,
}


def edited(claim: str, rng: random.Random, others: Sequence[str]) -> tuple[str, str]:
    """Return a claim made from ``claim``, and how its own passage stands to it."""
    number = edit_number(claim, rng)
    chance = rng.random()
    if number and chance < 0.25:
        elsewhere = edit_year(number, rng) if chance < 0.1 else edit_name(number, rng, others)
        if elsewhere:
            return elsewhere, "neutral"
    if chance < 0.6:
        names = list(CONTRADICTING)
        rng.shuffle(names)
        names.sort(key="negation".__eq__)  # fits nearly every claim, so it comes last
        for name in names:
            changed = CONTRADICTING[name](claim, rng)
            if changed:
                return changed, "contradicts"
    return claim, "supports"


class Library:
    """Passages of all articles, with a search that brings back the nearest."""

    def __init__(self, found: Sequence[Article]) -> None:
        self.passages = [passage for article in found for passage in article.passages]
        self.owners = [article.url for article in found for _ in article.passages]
        self._vectorizer = TfidfVectorizer(
            stop_words="english", sublinear_tf=True, dtype=np.float32
        )
        self._matrix = self._vectorizer.fit_transform(self.passages)

    def nearest(self, text: str, limit: int) -> list[int]:
        scores = (self._matrix @ self._vectorizer.transform([text]).T).toarray().ravel()
        return [int(place) for place in np.argsort(-scores)[:limit]]

    def neutrals(
        self, claim: str, original: str, owner: str, own: str, rng: random.Random
    ) -> Iterator[str]:
        """Yield passages near ``claim`` that do not say most of it."""
        wanted, claimed = content_stems(original), figures(claim)
        left = {"elsewhere": 2, "same": 1, "numbers": 1 if claimed else 0}
        for place in self.nearest(claim, 200):
            passage = self.passages[place]
            share = len(wanted & content_stems(passage)) / max(1, len(wanted))
            same = self.owners[place] == owner
            if passage == own or share > (0.5 if same else 0.7):
                continue
            kind = "same" if same else "elsewhere"
            if not same and left["numbers"] and compare(claimed, figures(passage)).different:
                kind = "numbers"
            if left[kind] and (kind == "numbers" or rng.random() < 0.6):
                left[kind] -= 1
                yield passage


def news_pairs(path: Path, *, seed: int, headlines: int, sentence_claims: int) -> Iterator[Pair]:
    rng = random.Random(seed)
    found = sorted(articles(path), key=lambda article: article.url)
    rng.shuffle(found)
    library = Library(found)
    others = sorted({name for text in library.passages[::20] for name in re.findall(_NAME, text)})
    left = {"news_headlines": headlines, "news_sentences": sentence_claims}
    for article in found:
        offered = list(claims(article))
        rng.shuffle(offered)
        offered.sort(key=lambda claim: claim[2])  # the one headline, then sentences
        for original, index, source in offered[:3]:
            if not left[source]:
                continue
            left[source] -= 1
            claim, label = edited(original, rng, others)
            own = article.passages[index]
            yield Pair(claim, own, label, source, article.url)
            for passage in library.neutrals(claim, original, article.url, own, rng):
                if source == "news_headlines" and passage in article.passages:
                    continue  # says the headline in other words, often enough
                yield Pair(claim, passage, "neutral", source, article.url)


def retrieved_neutrals(rows: Sequence[Pair], *, seed: int) -> Iterator[Pair]:
    """Yield each claim with two of the nearest pieces of evidence of other claims."""
    rng = random.Random(seed)
    claims_of: dict[str, set[str]] = {}
    for row in rows:
        claims_of.setdefault(row.evidence, set()).add(row.claim)
    library = Library([Article("", "", list(claims_of))])
    for row in {row.claim: row for row in rows}.values():
        wanted = content_stems(row.claim)
        offered = [
            passage
            for passage in (library.passages[place] for place in library.nearest(row.claim, 30))
            if all(_likeness(wanted, content_stems(other)) < 0.35 for other in claims_of[passage])
            and len(wanted & content_stems(passage)) < 0.8 * len(wanted)
        ][:8]
        for passage in rng.sample(offered, min(2, len(offered))):
            yield Pair(row.claim, passage, "neutral", row.source, row.document)


def _likeness(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))
