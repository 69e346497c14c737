"""Searching the library: by words and by meaning, and never what must not be shown."""

import random
import re
from datetime import date

import numpy as np
import pytest
from django.db import connection
from django.utils import timezone

from sources import library as library_module
from sources import registry
from sources.actions import read_snapshots
from sources.library import Library
from sources.models import Access, Collection, Lexeme, MiniLMEmbedding, Outlet, Passage, Source
from sources.ports import Query
from sources.ranking import Filters, by_meaning, by_words
from sources.storing import Document, store_documents

pytestmark = pytest.mark.django_db

FERRY = "The ferry to Inverhallow sank in the storm on 3 March and nobody was hurt."
BREAD = "Rye bread is baked in the north with honey and caraway."
TAX = "Parliament cut the tax on fuel by two pence."
BLOCKED = {"blocked": True, "blocked_at": timezone.now(), "block_reason": "It invents."}


def add(text: str, url: str = "", outlet: str = "The Gazette", **about: object) -> Source:
    document = Document(
        title=text[:30], text=text, outlet=outlet, url=url or f"https://g.example/{text[:9]}"
    )
    (snapshot,) = store_documents([document])
    read_snapshots([snapshot], registry.encoder())
    Source.objects.filter(pk=snapshot.source_id).update(**about)
    return snapshot.source


def found(text: str, language: str = "en") -> list[str]:
    return [item.text for item in Library(registry.encoder()).search(Query(text), 20)]


def test_an_empty_library_knows_nothing():
    assert found("The ferry sank.") == []


def test_the_passage_with_the_claims_rare_words_comes_first():
    for text in (BREAD, FERRY, TAX):
        add(text)

    assert found("A ferry sank on its way to Inverhallow.")[0] == FERRY


def test_a_passage_is_found_by_meaning_when_no_word_is_the_same():
    for text in (BREAD, FERRY, TAX):
        add(text)

    assert by_words("A vessel went under during heavy weather", "en", 10) == []
    assert found("A vessel went under during heavy weather")[0] == FERRY


def test_what_is_found_says_where_it_stands_and_how_it_was_found():
    source = add(FERRY, url="https://g.example/ferry", published_at="2024-03-04")
    add(BREAD)

    first = Library(registry.encoder()).search(Query("The ferry to Inverhallow sank."), 5)[0]

    assert (first.url, first.title, first.outlet) == (source.url, source.title, "The Gazette")
    assert str(first.published_at) == "2024-03-04"
    assert first.document == FERRY
    assert first.ranks == {"lexical": 1, "vector": 1}
    assert first.scores["vector"] > 0.6
    assert Passage.objects.get(pk=first.passage_id).text == FERRY


def test_outlets_of_one_group_are_one_origin():
    add(FERRY, outlet="The Inverhallow Post")
    Outlet.objects.update(origin_group="Northern Papers")

    assert Library(registry.encoder()).search(Query(FERRY), 1)[0].origin == "Northern Papers"


def test_one_origin_gets_half_of_the_places_while_others_wait():
    for number in range(6):
        text = f"The ferry to Inverhallow sank, says paper {number}."
        add(text, url=f"https://post.example/{number}", outlet=f"Post {number}")
    Outlet.objects.update(origin_group="Northern Papers")
    add("Some ferry, long ago, went to Inverhallow.", outlet="The Archive")

    origins = [item.origin for item in Library(registry.encoder()).search(Query(FERRY), 4)]

    assert origins == ["Northern Papers", "Northern Papers", "The Archive", "Northern Papers"]


def test_one_document_gives_three_passages_before_others_come():
    long = [f"The ferry to Inverhallow sank, say {n} people who saw it." for n in range(6)]
    text = "\n\n".join(f"{line} {'They stood on the pier and counted. ' * 9}" for line in long)
    add(text, outlet="The Long Read")
    add("A ferry sank.", outlet="The Archive")

    outlets = [item.outlet for item in Library(registry.encoder()).search(Query(FERRY), 9)]

    assert sorted(outlets[:4]) == ["The Archive", *["The Long Read"] * 3]
    assert outlets[4:] == ["The Long Read"] * 3


def test_documents_of_the_time_of_the_claim_come_first_and_others_after():
    add(
        "The ferry sank off Inverhallow in 1995.",
        url="https://g.example/1995",
        published_at="1995-03-04",
    )
    add(
        "The ferry sank off Inverhallow in 2024.",
        url="https://g.example/2024",
        published_at="2024-03-04",
    )
    add("The ferry sank off Inverhallow, undated.", url="https://g.example/undated")
    question = "The ferry sank off Inverhallow in 1995."
    library = Library(registry.encoder())

    whenever = library.search(Query(question), 5)
    then = library.search(Query(question, said_at=date(2024, 5, 1)), 5)

    assert "1995" in whenever[0].text
    assert "1995" in then[-1].text
    assert len(then) == 3


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(outlet="THE BAKER"), {BREAD}),
        (Filters(outlet="northern papers"), {FERRY}),
        (Filters(outlet_kind="government"), {TAX}),
        (Filters(kind="report"), {TAX}),
        (Filters(language="de"), set()),
        (Filters(language="EN-gb"), {FERRY, BREAD, TAX}),
        (Filters(since=date(2024, 3, 4)), {FERRY}),
        (Filters(until=date(2024, 3, 4)), {FERRY}),
        (Filters(since=date(2024, 3, 5)), set()),
    ],
    ids=[
        "outlet",
        "group",
        "outlet kind",
        "kind",
        "language",
        "dialect",
        "since",
        "until",
        "later",
    ],
)
def test_only_what_is_wanted_is_ranked_by_words_and_by_meaning(filters, wanted):
    add(FERRY, outlet="The Post", published_at="2024-03-04")
    Outlet.objects.update(origin_group="Northern Papers")
    add(BREAD, outlet="The Baker")
    add(TAX, outlet="Parliament", kind="report")
    Outlet.objects.filter(name="Parliament").update(kind="government")
    asked = Query("A ferry sank, rye bread is baked, and the tax on fuel was cut.")

    found = Library(registry.encoder()).search(asked, 5, filters)

    assert {item.text for item in found} == wanted
    assert all(item.ranks.keys() == {"lexical", "vector"} for item in found)


def test_at_most_as_many_passages_are_returned_as_were_asked_for():
    for number in range(5):
        add(f"{number} ferries sank.")

    assert len(Library(registry.encoder()).search(Query("Ferries sank."), 3)) == 3


@pytest.mark.parametrize(
    "about",
    [{"access": Access.PRIVATE}, {"retracted_at": timezone.now(), "retraction": "Made up."}],
    ids=lambda a: next(iter(a)),
)
def test_private_and_retracted_sources_are_never_found(about):
    add(FERRY, **about)
    add(BREAD)

    assert found(FERRY) == [BREAD]


def test_blocked_outlets_are_never_found():
    add(FERRY, outlet="The Midnight Bugle")
    add(BREAD)
    Outlet.objects.filter(name="The Midnight Bugle").update(**BLOCKED)

    assert found(FERRY) == [BREAD]


def test_many_hidden_passages_do_not_hide_the_ones_that_may_be_shown(monkeypatch):
    """More near neighbours must be left out than one ranking is deep."""
    monkeypatch.setattr(library_module, "DEPTH", 10)
    hidden = [
        Document(
            title="Ferry",
            text=f"The ferry to Inverhallow sank in the storm on 3 March, say {n} people.",
            outlet="The Midnight Bugle",
            url=f"https://bugle.example/{n}",
        )
        for n in range(50)
    ]
    read_snapshots(store_documents(hidden), registry.encoder())
    add("A boat went down off Inverhallow in March.")
    Outlet.objects.filter(name="The Midnight Bugle").update(**BLOCKED)

    assert found(FERRY) == ["A boat went down off Inverhallow in March."]


def test_only_the_newest_words_of_a_document_are_found():
    add("The ferry carried 40 people.", url="https://g.example/ferry")
    add("The ferry carried 44 people, not 40 as we wrote.", url="https://g.example/ferry")

    assert Passage.objects.count() == 2
    assert found("The ferry carried 40 people.") == [
        "The ferry carried 44 people, not 40 as we wrote."
    ]


def test_words_are_counted_once_for_each_passage_that_holds_them():
    add("Ferry, ferry, ferry.")
    add("A ferry.")
    add("No boat.")

    assert Lexeme.objects.get(language="english", word="ferri").passages == 2
    size = Collection.objects.get(language="english")
    assert (size.passages, size.words) == (3, 7)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "the and of",
        "!!! ???",
        "it's a 'quoted' \\ back\\slash & | ! ( ) :* <-> claim",
        "x" * 5000,
    ],
)
def test_any_words_may_be_asked_for(text):
    add(FERRY)
    add("It's a 'quoted' claim about back\\slash & others.")

    assert isinstance(found(text), list)


def test_a_language_nobody_knows_is_searched_word_by_word():
    add(FERRY)

    assert by_words("ferry", "xx", 10) == []
    assert Library(registry.encoder()).search(Query("ferry", language="xx"), 5)[0].text == FERRY


@pytest.fixture
def five_thousand_passages() -> None:
    """Filler with the word counts of a real library, so that the planner plans as for one."""
    dice = random.Random(1)
    words = [f"word{number}" for number in range(3000)]
    usual = [1 / (number + 1) for number in range(3000)]
    texts = [
        "\n\n".join(" ".join(dice.choices(words, usual, k=20)) for _ in range(50))
        for _ in range(100)
    ]
    snapshots = store_documents(
        [Document(title="Filler", text=text, outlet="Filler") for text in texts]
    )
    vectors = np.random.default_rng(1).standard_normal((5000, 384)).astype(np.float16)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX minilm_nearest")
        cursor.execute(
            """
            INSERT INTO sources_passage
                (snapshot_id, start, "end", text, digest, language, search, words)
            SELECT id, place - 1, place - 1 + length(line), line, md5(line), 'en',
                   to_tsvector('english', line), 20
            FROM sources_snapshot, unnest(string_to_array(text, E'\n\n')) AS line,
                 strpos(text, line) AS place
            WHERE id = ANY(%s)
            ON CONFLICT DO NOTHING
            """,
            [[snapshot.pk for snapshot in snapshots]],
        )
        keys = Passage.objects.values_list("pk", flat=True)
        MiniLMEmbedding.objects.bulk_create(
            MiniLMEmbedding(passage_id=key, vector=vector.tolist())
            for key, vector in zip(keys, vectors, strict=False)
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "CREATE INDEX minilm_nearest ON sources_minilmembedding"
            " USING hnsw (vector halfvec_cosine_ops) WITH (m = 16, ef_construction = 64)"
        )
        cursor.execute(
            """
            INSERT INTO sources_lexeme (language, word, passages)
            SELECT 'english', word, ndoc FROM ts_stat('SELECT search FROM sources_passage')
            """
        )
        Collection.objects.create(language="english", passages=5000, words=100_000)
        cursor.execute("SELECT gin_clean_pending_list('passage_search')")  # as vacuum does
        cursor.execute(
            "ANALYZE sources_passage, sources_minilmembedding, sources_lexeme, sources_snapshot,"
            " sources_source, sources_outlet"
        )


EXPECTED = {
    "candidates AS": "passage_search",
    "<=>": "minilm_nearest",
    "sources_lexeme": "lexeme_once_per_language",
    "later.source_id": "snapshot_once_per_source_and_digest",
}
"""What stands in a query, and the index it must go through."""


class Explained:
    """Runs EXPLAIN beside each query that is made, and keeps what is wrong with its plan."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.wrong: set[str] = set()

    def __call__(self, execute, sql, params, many, context):
        if "SELECT" in sql and "EXPLAIN" not in sql:
            with connection.cursor() as cursor:
                cursor.cursor.execute(f"EXPLAIN {sql}", params)
                plan = "\n".join(row[0] for row in cursor.fetchall())
            needed = {index for part, index in EXPECTED.items() if part in sql}
            self.asked |= needed
            self.wrong |= {index for index in needed if index not in plan}
            self.wrong |= set(re.findall(r"Seq Scan on sources_\w+", plan))
        return execute(sql, params, many, context)


def explained() -> Explained:
    """Searches by meaning, and for rare words and those of many passages; these filtered too."""
    plans = Explained()
    vector = np.random.default_rng(2).standard_normal(384).tolist()
    rare, common = "word2000 word2500 word2900", "word0 word1 word2 word3 word4"
    with connection.execute_wrapper(plans):
        for filters in (None, Filters(kind="article"), Filters(outlet="Filler", language="en")):
            assert by_words(rare, "en", 20, filters)
            assert len(by_words(common, "en", 20, filters)) == 20
        assert len(by_meaning(vector, MiniLMEmbedding, 20)) == 20
        assert Library(registry.encoder()).hits(Query(rare), 20)
    return plans


def test_searches_go_through_the_indexes(five_thousand_passages):
    plans = explained()
    assert plans.asked == set(EXPECTED.values())
    assert plans.wrong == set()


@pytest.mark.parametrize("lost", EXPECTED.values())
def test_an_index_that_is_missing_shows_in_the_plans(five_thousand_passages, lost):
    table = {"lexeme": "sources_lexeme", "snapshot": "sources_snapshot"}.get(lost.split("_")[0])
    with connection.cursor() as cursor:
        cursor.execute(
            f"ALTER TABLE {table} DROP CONSTRAINT {lost}" if table else f"DROP INDEX {lost}"
        )
    assert lost in explained().wrong
