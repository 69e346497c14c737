"""Measure what a language model adds to the splitter, and what is lost on the way.

    python -m benchmarks.refining --scorer score_splitting.py --gold FOLDER --scripted
    LLM_KEY=... python -m benchmarks.refining --scorer ... --gold ... --url URL --model NAME

``--scripted`` asks no model: a server on this machine speaks the protocol and
answers from the labels, once with the annotators' own wordings and once with the
printed words. It knows everything, so what it loses is what the plumbing costs:
quotes that are not located, wordings and claimants that are not believed. It
says nothing about how good a real model is.
"""

import argparse
import json
import os
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

from benchmarks.splitting import COLUMNS, load_scorer
from claims.splitting import Splitting
from claims.splitting.__main__ import as_json
from claims.splitting.llm import LIMITS, refine
from claims.splitting.splitter import split_article
from sources.llm import Account, Endpoint, LanguageModel, Unanswered
from tests.model_server import Asked, claims, entry, model_server


def by_rules(article: dict) -> Splitting:
    return split_article(
        article["text"],
        title=article["title"],
        outlet=article["source"],
        published_at=date.fromisoformat(article["date"]) if article.get("date") else None,
    )


def from_labels(article: dict, *, printed: bool) -> Callable[[Asked], bytes]:
    """A model that tells each required statement as the first annotator did."""

    def answer(asked: Asked) -> bytes:
        told = []
        for number, sentence in asked.sentences.items():
            for unit in article["units"]:
                words = article["text"][unit["start"] : unit["end"]]
                if unit["class"] != "required" or not (sentence in words or words in sentence):
                    continue
                quote = min(sentence, words, key=len)
                lists = [statements for statements in unit.get("standalone", []) if statements]
                wordings = [quote] if printed or not lists else lists[0]
                told += [entry(number, quote, w, unit["claimants"][0]) for w in wordings]
                break
        return claims(*told)

    return answer


def refined(articles: list[dict], model_of: Callable[[dict], LanguageModel]) -> tuple:
    """What the model made of each article, and what it cost."""
    results, refused, failures = [], Counter(), []
    calls = tokens = 0
    seconds = 0.0
    for article in articles:
        account, found = Account(LIMITS), by_rules(article)
        try:
            result = refine(
                article["text"],
                found,
                model=model_of(article),
                account=account,
                title=article["title"],
                outlet=article["source"],
            )
            found = result.splitting
            refused.update(result.refused)
        except Unanswered as error:
            failures.append(str(error))
        calls, seconds = calls + account.calls, seconds + account.seconds
        tokens += account.prompt_tokens + account.completion_tokens
        results.append([as_json(claim) for claim in found.claims])
    return results, refused, failures, f"{calls} calls, {tokens:,} tokens, {seconds:.1f} s"


def scripted(articles: list[dict], *, printed: bool) -> tuple:
    """As ``refined``, over HTTP, with the labels for a model; and how many it told."""
    told = Counter()
    by_article = {article["stem"]: from_labels(article, printed=printed) for article in articles}
    now = [""]

    def answer(asked: Asked) -> bytes:
        given = by_article[now[0]](asked)
        content = json.loads(given.split(b"\r\n\r\n", 1)[1])["choices"][0]["message"]["content"]
        told["claims"] += len(json.loads(content)["claims"])
        return given

    with model_server(answer) as server:

        def model_of(article: dict) -> LanguageModel:
            now[0] = article["stem"]
            return LanguageModel(Endpoint(server.url, "labels"))

        return (*refined(articles, model_of), told["claims"])


def print_row(name: str, scorer: ModuleType, articles: list[dict], results: list) -> None:
    pairs = zip(articles, results, strict=True)
    summary = scorer.summary([scorer.score_article(a, found) for a, found in pairs])
    print(f"{name:28}" + "".join(f"{summary[column]!s:>12}" for column in COLUMNS))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--scripted", action="store_true")
    parser.add_argument("--url")
    parser.add_argument("--model")
    asked = parser.parse_args()
    scorer = load_scorer(asked.scorer)
    articles = [
        json.loads(path.read_text("utf-8")) | {"stem": path.stem}
        for path in sorted(asked.gold.glob("*.json"))
    ]
    print(f"{asked.gold.name}: {len(articles)} articles")
    print(f"{'':28}" + "".join(f"{name:>12}" for name in COLUMNS.values()))
    rules = [[as_json(claim) for claim in by_rules(article).claims] for article in articles]
    print_row("rules", scorer, articles, rules)
    notes = []
    if asked.scripted:
        for name, printed in (("labels, as worded", False), ("labels, as printed", True)):
            results, refused, failures, cost, told = scripted(articles, printed=printed)
            print_row(f"rules + {name}", scorer, articles, results)
            notes.append(f"{name}: {told} told; {cost}; {dict(refused)} {failures or ''}")
    if asked.url:
        model = LanguageModel(Endpoint(asked.url, asked.model, os.environ.get("LLM_KEY", "")))
        results, refused, failures, cost = refined(articles, lambda article: model)
        print_row(f"rules + {asked.model}"[:28], scorer, articles, results)
        notes.append(f"{asked.model}: {cost}; {dict(refused)} {failures or ''}")
    print("\n".join(notes))


if __name__ == "__main__":
    main()
