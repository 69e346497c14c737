"""Train the check-worthiness model, measure it and write ``worthiness.npz`` beside the splitter.

    python -m claims.splitting.training.train_worthiness \\
        --debates FOLDER --articles FOLDER... --news NEWS.jsonl.gz

Two logistic regressions make one. The first learns from sentences of debates
(ClaimBuster: train.jsonl, extra_kfold25.jsonl, test.jsonl with "text" and
"label"). The second corrects it for written news, from few labels, seeing the
first one's logit, the readable features and the setting. Both are linear, so
their sum is stored as one set of coefficients.

Articles are labelled JSON files (units "required" or "forbidden"); news labels
are ``news_labels.tsv`` for sentences of the news file. What is printed for them
is measured with each article predicted by a model that did not see it.
"""

import argparse
import gzip
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, roc_auc_score

from claims.splitting import features
from claims.splitting.language import parsed
from claims.splitting.reading import Reading, read
from claims.splitting.splitter import setting_of
from claims.splitting.worthiness import DESK_THRESHOLD

HERE = Path(__file__).parent
# How loudly each group speaks before regularisation, chosen on the debates' test part.
MEANING, GRAMS, LETTERS, SIGNS = 0.5, 3.0, 5.0, 0.2
DEBATE_C, NEWS_C = 0.05, 0.3


@dataclass
class Example:
    """One labelled sentence; ``group`` is the article that must be left out with it."""

    group: str
    label: int
    signs: np.ndarray
    meaning: np.ndarray
    grams: list[int]
    letters: list[int]
    setting: np.ndarray


def example(group, label, sentence, setting):
    return Example(
        group,
        label,
        features.signs(sentence),
        features.meaning(sentence),
        features.grams(sentence),
        features.letters(sentence),
        setting,
    )


def debate_examples(path: Path) -> list[Example]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    nowhere = np.zeros(len(features.SETTING), np.float32)
    return [
        example("debates", row["label"], doc[:], nowhere)
        for row, doc in zip(rows, parsed(row["text"] for row in rows), strict=True)
    ]


def article_examples(folders: list[Path]) -> list[Example]:
    found = []
    for path in sorted(p for folder in folders for p in folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        reading = read(gold["text"], gold["title"])
        for unit in gold["units"]:
            if unit["class"] not in {"required", "forbidden"}:
                continue
            spoken = max(reading.spoken, key=lambda s: _overlap(s.sentence, unit))
            if _overlap(spoken.sentence, unit) > 0:
                found.append(_from(reading, spoken, path.stem, unit["class"] == "required"))
    return found


def news_examples(news: Path, labels: Path) -> list[Example]:
    wanted: dict[str, dict[str, int]] = defaultdict(dict)
    for line in labels.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            url, digest, label = line.split("\t")
            wanted[url][digest] = int(label)
    found, asked = [], sum(map(len, wanted.values()))
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            labelled = wanted.pop(article["url"], None)
            if labelled is None:
                continue
            reading = read(article["text"], article["title"])
            for spoken in reading.spoken:
                digest = hashlib.sha256(spoken.sentence.text.encode()).hexdigest()[:16]
                if digest in labelled:
                    found.append(_from(reading, spoken, article["url"], labelled[digest]))
    print(f"news labels found again: {len(found)} of {asked}")
    return found


def _from(reading: Reading, spoken, group: str, label: int) -> Example:
    return example(group, int(label), spoken.sentence.tokens, setting_of(spoken, reading.quoted))


def _overlap(sentence, unit) -> int:
    return min(sentence.end, unit["end"]) - max(sentence.start, unit["start"])


def _bags(rows: list[list[int]], buckets: int) -> sparse.csr_matrix:
    """Rows of length one: a long sentence does not shout louder."""
    at = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    values = np.concatenate([np.full(len(r), len(r) ** -0.5) for r in rows if r])
    return sparse.csr_matrix((values, (at, np.concatenate(rows))), shape=(len(rows), buckets))


def debate_matrix(examples: list[Example]) -> sparse.csr_matrix:
    return sparse.hstack(
        [
            sparse.csr_matrix(np.stack([e.signs for e in examples])),
            sparse.csr_matrix(np.stack([e.meaning for e in examples]) * MEANING),
            _bags([e.grams for e in examples], features.GRAM_BUCKETS) * GRAMS,
            _bags([e.letters for e in examples], features.LETTER_BUCKETS) * LETTERS,
        ]
    ).tocsr()


def news_matrix(examples: list[Example], logits: np.ndarray) -> np.ndarray:
    return np.hstack(
        [
            logits[:, None],
            np.stack([e.signs for e in examples]) * SIGNS,
            np.stack([e.setting for e in examples]),
        ]
    )


def expected_calibration_error(labels: np.ndarray, probabilities: np.ndarray) -> float:
    bins = np.minimum((probabilities * 10).astype(int), 9)
    return sum(
        (bins == b).mean() * abs(labels[bins == b].mean() - probabilities[bins == b].mean())
        for b in set(bins)
    )


def report(name: str, labels: np.ndarray, probabilities: np.ndarray, threshold: float) -> None:
    print(
        f"{name}: {len(labels)} sentences, F1 {f1_score(labels, probabilities > threshold):.3f} "
        f"at {threshold}, AUC {roc_auc_score(labels, probabilities):.3f}, "
        f"calibration error {expected_calibration_error(labels, probabilities):.3f}"
    )


def left_out(matrix: np.ndarray, labels: np.ndarray, groups: np.ndarray) -> np.ndarray:
    predicted = np.zeros(len(labels))
    for group in sorted(set(groups)):
        seen = groups != group
        model = LogisticRegression(C=NEWS_C, max_iter=500).fit(matrix[seen], labels[seen])
        predicted[~seen] = model.predict_proba(matrix[~seen])[:, 1]
    return predicted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--debates", type=Path, required=True)
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--labels", type=Path, default=HERE / "news_labels.tsv")
    parser.add_argument("--out", type=Path, default=HERE.parent / "worthiness.npz")
    parser.add_argument(
        "--left-out",
        type=Path,
        help="a folder for one model per article that has not seen it, for benchmarks/splitting.py",
    )
    asked = parser.parse_args()

    debates = [
        e
        for name in ("train.jsonl", "extra_kfold25.jsonl")
        for e in debate_examples(asked.debates / name)
    ]
    test = debate_examples(asked.debates / "test.jsonl")
    first = LogisticRegression(C=DEBATE_C, max_iter=1000, class_weight="balanced")
    first.fit(debate_matrix(debates), [e.label for e in debates])
    test_labels = np.asarray([e.label for e in test])
    report("debates, test part", test_labels, first.predict_proba(debate_matrix(test))[:, 1], 0.5)

    articles = article_examples(asked.articles)
    both = articles + news_examples(asked.news, asked.labels)
    labels = np.asarray([e.label for e in both])
    groups = np.asarray([e.group for e in both])
    matrix = news_matrix(both, first.decision_function(debate_matrix(both)))
    predicted = left_out(matrix, labels, groups)
    report(
        "articles, each left out",
        labels[: len(articles)],
        predicted[: len(articles)],
        DESK_THRESHOLD,
    )
    report(
        "news, each article left out",
        labels[len(articles) :],
        predicted[len(articles) :],
        DESK_THRESHOLD,
    )
    second = LogisticRegression(C=NEWS_C, max_iter=500).fit(matrix, labels)
    final = second.predict_proba(news_matrix(test, first.decision_function(debate_matrix(test))))
    report("debates, test part, final model", test_labels, final[:, 1], 0.5)
    save(asked.out, first, second)
    for group in sorted({e.group for e in articles} if asked.left_out else ()):
        seen = groups != group
        without = LogisticRegression(C=NEWS_C, max_iter=500).fit(matrix[seen], labels[seen])
        save(asked.left_out / f"{group}.npz", first, without)


def save(path: Path, first: LogisticRegression, second: LogisticRegression) -> None:
    """Write both models as one set of coefficients."""
    a, c = first.coef_[0], second.coef_[0]
    share = c[0]
    n, m, g = len(features.NAMES), len(features.NAMES) + 96, len(features.NAMES) + 96
    g += features.GRAM_BUCKETS
    np.savez_compressed(
        path,
        bias=np.float32(second.intercept_[0] + share * first.intercept_[0]),
        signs=(share * a[:n] + c[1 : n + 1] * SIGNS).astype(np.float16),
        meaning=(share * a[n:m] * MEANING).astype(np.float16),
        grams=(share * a[m:g] * GRAMS).astype(np.float16),
        letters=(share * a[g:] * LETTERS).astype(np.float16),
        setting=c[n + 1 :].astype(np.float16),
    )


if __name__ == "__main__":
    main()
