"""The demo content is well-formed, honest about what it is, and says what it should show."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

DEMO = Path(__file__).parents[2] / "factcheck" / "demo"
KINDS = {
    "news",
    "wire",
    "government",
    "party",
    "research",
    "reference",
    "advocacy",
    "social",
    "other",
}
STANCES = {"supports", "contradicts", "neutral", "relays"}
LONGEST_SHARED_RUN = 11  # words; longer runs read as copied, which only a relay may be

ARTICLES: dict[str, dict[str, str]] = {
    path.name: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((DEMO / "articles").glob("*.json"))
}
DOCUMENTS: list[dict[str, str]] = [
    json.loads(line) for line in (DEMO / "documents.jsonl").read_text(encoding="utf-8").splitlines()
]
EXPECTED: list[dict[str, str]] = json.loads((DEMO / "expected.json").read_text(encoding="utf-8"))
RELAYS = {pair["document"] for pair in EXPECTED if pair["stance"] == "relays"}

each_article = pytest.mark.parametrize("article", ARTICLES.values(), ids=ARTICLES.keys())
each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: d["outlet"])
each_text = pytest.mark.parametrize(
    "item", [*ARTICLES.values(), *DOCUMENTS], ids=lambda item: item["title"]
)
each_pair = pytest.mark.parametrize(
    "pair", EXPECTED, ids=lambda p: f"{p['claim_words'][:40]} / {urlsplit(p['document']).hostname}"
)


def paragraphs(item: dict[str, str]) -> list[str]:
    return item["text"].split("\n\n")


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_there_are_two_articles_and_a_small_library():
    assert len(ARTICLES) == 2
    assert 12 <= len(DOCUMENTS) <= 18


@each_article
def test_an_article_is_written_like_news_copy(article: dict[str, Any]):
    assert set(article) == {"title", "outlet", "published_at", "byline", "text"}
    headline, standfirst, byline, *body = paragraphs(article)
    assert headline == article["title"]
    assert standfirst.endswith(".")
    assert byline.startswith(f"By {article['byline']}, demo ")
    assert "READ MORE:" in body
    assert any(re.search(r"\(Image: .+ picture desk\)$", paragraph) for paragraph in body)
    assert 350 <= len(article["text"].split()) <= 550


@each_document
def test_a_document_is_short_and_has_paragraphs(document: dict[str, Any]):
    assert set(document) == {
        "url",
        "title",
        "outlet",
        "kind",
        "published_at",
        "language",
        "text",
    }
    assert document["kind"] in KINDS
    assert document["language"] == "en"
    assert len(paragraphs(document)) >= 4
    assert 120 <= len(document["text"].split()) <= 350


@each_text
def test_every_outlet_says_that_it_is_a_demo(item: dict[str, Any]):
    assert item["outlet"].endswith(" (demo)")


@each_text
def test_every_date_names_a_moment(item: dict[str, Any]):
    assert datetime.fromisoformat(item["published_at"]).tzinfo is not None


@each_text
def test_every_text_is_paragraphs_with_one_blank_line_between(item: dict[str, Any]):
    assert not re.search(r"[^\S\n]\n|\n[^\S\n]|(?<!\n)\n(?!\n)|\n{3}|\t|\r|  ", item["text"])
    assert item["text"] == item["text"].strip()


def test_documents_have_addresses_nobody_can_own():
    assert len({document["url"] for document in DOCUMENTS}) == len(DOCUMENTS)
    for document in DOCUMENTS:
        address = urlsplit(document["url"])
        assert address.scheme == "https"
        assert (address.hostname or "").endswith(".example")


def test_expected_pairs_are_many_and_different():
    pairs = {(p["article"], p["claim_words"], p["document"]) for p in EXPECTED}
    assert len(pairs) == len(EXPECTED) >= 24


@pytest.mark.parametrize("name", ARTICLES)
def test_each_article_meets_every_stance(name: str):
    assert {pair["stance"] for pair in EXPECTED if pair["article"] == name} == STANCES


@each_pair
def test_an_expected_pair_points_at_words_and_a_document_that_exist(pair: dict[str, Any]):
    assert set(pair) == {"article", "claim_words", "document", "stance"}
    assert pair["stance"] in STANCES
    assert ARTICLES[pair["article"]]["text"].count(pair["claim_words"]) == 1
    assert pair["document"] in {document["url"] for document in DOCUMENTS}


@each_pair
def test_a_document_that_only_relays_is_not_expected_to_take_sides(pair: dict[str, Any]):
    assert pair["document"] not in RELAYS or pair["stance"] == "relays"


@pytest.mark.parametrize("name", ARTICLES)
@each_document
def test_only_a_relay_repeats_an_article_at_length(name: str, document: dict[str, Any]):
    length = LONGEST_SHARED_RUN + 1
    shared = runs(ARTICLES[name]["text"], length) & runs(
        f"{document['title']} {document['text']}", length
    )
    assert not shared or document["url"] in RELAYS
