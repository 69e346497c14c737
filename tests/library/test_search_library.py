"""Searching the library in a terminal, and line by line."""

import io
import json
from contextlib import nullcontext

import pytest
from django.core.management import CommandError, call_command

from sources import registry
from sources.actions import read_snapshots
from sources.storing import Document, store_documents

pytestmark = pytest.mark.django_db

FERRY = "The ferry to Inverhallow sank in the storm on 3 March and nobody was hurt."
BREAD = "Rye bread is baked in the north with honey and caraway."


@pytest.fixture(autouse=True)
def library() -> None:
    documents = [
        Document("Ferry", FERRY, "The Gazette", "https://g.example/ferry"),
        Document("Bread", BREAD, "The Baker", "https://b.example/bread", language="en-GB"),
    ]
    read_snapshots(store_documents(documents), registry.encoder())


def asked(monkeypatch, *lines: str, bad: bool = False, **options) -> tuple[list[dict], str]:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError) if bad else nullcontext() as refused:
        call_command("search_library", jsonl=True, stdout=out, stderr=err, **options)
    if bad:
        assert refused.value.returncode == 2
        err.write(str(refused.value))
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue()


def question(text: str, query_id: str = "1", **more: object) -> str:
    return json.dumps({"query_id": query_id, "text": text} | more)


def test_each_line_is_answered_in_order_with_ranked_passages(monkeypatch):
    answers, trouble = asked(
        monkeypatch, question("A ferry sank."), "", question("Rye bread", "two")
    )

    assert trouble == ""
    assert [answer["query_id"] for answer in answers] == ["1", "two"]
    first = answers[0]["passages"][0]
    assert (first["rank"], first["text"], first["url"]) == (1, FERRY, "https://g.example/ferry")
    assert first["ranks"] == {"lexical": 1, "vector": 1}
    assert first["matched"] == ["ferri", "sank"]
    assert first["score"] == first["scores"]["fused"] == pytest.approx(2 / 21, abs=1e-5)
    assert answers[1]["passages"][0]["text"] == BREAD


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not JSON"),
        ("[1]", "not a JSON object"),
        ('{"text": "x"}', "query_id is missing"),
        ('{"query_id": "1"}', "text must hold 1 to 10,000 characters"),
        (question(" "), "text must hold"),
        (question("x\0"), "text must hold"),
        (question("x" * 10_001), "text must hold"),
        ('{"query_id": "1", "text": 3}', "text is not text"),
        (question("x", said_at="4/5/20"), "said_at is no date like 2020-05-04"),
        (question("x", kind="song"), "kind is none of: article"),
        (question("x", colour="red"), "unknown: colour"),
        ('{"query_id": "1", "text": "\\ud800"}', "text must hold"),
    ],
)
def test_a_line_that_is_no_question_is_told_and_the_others_are_answered(monkeypatch, line, why):
    answers, trouble = asked(monkeypatch, question("Ferry"), line, question("Bread", "2"), bad=True)

    assert [answer["query_id"] for answer in answers] == ["1", "2"]
    assert f"line 2: {why}" in trouble
    assert "no questions: 1." in trouble


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"outlet": "the baker"}, [BREAD]),
        ({"outlet": "Nobody"}, []),
        ({"outlet_kind": "news"}, []),
        ({"kind": "article"}, [FERRY, BREAD]),
        ({"language": "de"}, []),
        ({"since": "2020-01-01"}, []),
    ],
)
def test_only_what_is_wanted_is_found(monkeypatch, wanted, found):
    answer, _ = asked(monkeypatch, question("Ferry and bread", **wanted))

    assert {passage["text"] for passage in answer[0]["passages"]} == set(found)


def test_options_hold_for_every_line_that_says_nothing_else(monkeypatch):
    answers, _ = asked(
        monkeypatch,
        question("Ferry and bread"),
        question("Ferry and bread", "2", outlet="The Gazette"),
        outlet="The Baker",
        limit=1,
    )

    assert [answer["passages"][0]["text"] for answer in answers] == [BREAD, FERRY]


def test_a_person_reads_what_was_found_and_by_which_words(capsys):
    call_command("search_library", "A ferry sank.")

    said = capsys.readouterr().out
    assert FERRY in said
    assert "The Gazette · without date · https://g.example/ferry" in said
    assert "found by lexical 1, vector 1: ferri sank" in said


@pytest.mark.parametrize(
    "wrong", [{}, {"jsonl": True, "text": "x"}, {"text": "x", "limit": 0}, {"text": " "}]
)
def test_a_question_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(CommandError) as refused:
        call_command("search_library", **wrong)
    assert refused.value.returncode == 2
