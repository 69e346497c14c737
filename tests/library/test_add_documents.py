"""Filling the library from files, folders and addresses."""

import gzip
import json
import os
import signal
import subprocess
import sys
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from numpy.typing import NDArray

from factcheck.models import Event
from sources import registry
from sources.actions import read_snapshots
from sources.models import MiniLMEmbedding, Outlet, Passage, Snapshot, Source
from sources.ranking import Filters, by_words
from sources.storing import Document, store_documents
from sources.warc import opened
from sources.web import Fetcher
from tests.loopback import PUBLIC, page, serving

pytestmark = pytest.mark.django_db

ROWS = [
    {
        "title": f"Report {number}",
        "text": f"The count of boats in harbour {number} was {number * 7}. Nobody was hurt.",
        "url": f"https://gazette.example/{number}",
        "outlet": "The Gazette",
        "published_at": f"2020-06-{number + 1:02}",
        "kind": "news",
    }
    for number in range(12)
]


@pytest.fixture(autouse=True)
def reports(tmp_path_factory, monkeypatch):
    """The folder the command is called in, where it leaves its reports."""
    folder = tmp_path_factory.mktemp("reports")
    monkeypatch.chdir(folder)
    return folder


def written(path: Path, rows: list[dict[str, object]]) -> Path:
    body = "\n".join(json.dumps(row) for row in rows).encode()
    path.write_bytes(gzip.compress(body) if path.suffix == ".gz" else body)
    return path


def add(*places: object) -> tuple[str, str]:
    """Run the command; return what it said, and what it said about trouble and progress."""
    out, err = StringIO(), StringIO()
    try:
        with redirect_stderr(err):
            call_command("add_documents", *map(str, places), stdout=out)
    finally:
        sys.stderr.write(err.getvalue())
    return out.getvalue(), err.getvalue()


def everything() -> dict[str, list[tuple[object, ...]]]:
    """What the library holds, without keys and times."""
    return {
        "passages": sorted(
            Passage.objects.values_list("snapshot__source__url", "start", "end", "text", "digest"),
            key=repr,
        ),
        "embedded": sorted(MiniLMEmbedding.objects.values_list("passage__text")),
        "lexemes": sorted(stored_rows("SELECT language, word, passages FROM sources_lexeme")),
        "collection": stored_rows("SELECT * FROM sources_collection"),
        "unread": list(Snapshot.objects.unread().values_list("pk")),
    }


def vectors() -> dict[str, NDArray[np.float32]]:
    return {
        text: np.array(vector, dtype=np.float32)
        for text, vector in MiniLMEmbedding.objects.values_list("passage__text", "vector")
    }


def stored_rows(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


@pytest.mark.parametrize("name", ["news.jsonl", "news.jsonl.gz"])
def test_lines_of_json_become_findable_passages(tmp_path, name):
    said, _ = add(written(tmp_path / name, ROWS))

    assert said == "12 passages added; the library holds 12.\n"
    source = Source.objects.get(url="https://gazette.example/3")
    assert (source.title, source.outlet.name, source.outlet.kind) == (
        "Report 3",
        "The Gazette",
        "news",
    )
    assert str(source.published_at) == "2020-06-04"
    passage = Passage.objects.get(snapshot__source=source)
    assert passage.text == ROWS[3]["text"]
    assert MiniLMEmbedding.objects.filter(passage=passage).exists()
    assert not Snapshot.objects.unread().exists()


def test_a_folder_is_read_file_by_file(tmp_path):
    written(tmp_path / "news.jsonl", ROWS[:2])
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "note.txt").write_text("The harbour office counted 40 boats.\n")
    page_ = "<html><body><article><h1>Storm over Portsea</h1>" + "<p>The storm was bad.</p>" * 5
    (tmp_path / "page.html").write_text(page_)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")

    said, trouble = add(tmp_path)

    assert Snapshot.objects.count() == 4
    assert Source.objects.get(title="Storm over Portsea").url is None
    assert "picture.png" in trouble
    assert "A picture is not read" in trouble
    assert said == "4 passages added; the library holds 4.\n"


def test_a_public_address_is_fetched(monkeypatch):
    body = b"<html><body><article><h1>Storm over Portsea</h1>" + b"<p>The storm was bad.</p>" * 5
    with serving(lambda path: [page(body)]) as backend:
        fetcher = Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend)
        monkeypatch.setattr(registry, "fetcher", lambda: fetcher)
        add("http://paper.example/storm?utm_source=mail#top")

    source = Source.objects.get()
    assert source.url == "http://paper.example/storm"
    assert source.outlet.name == "paper.example"
    snapshot = source.snapshots.get()
    assert opened(bytes(snapshot.record)).body == body


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://169.254.169.254/latest"])
def test_a_private_address_is_rejected(address):
    with pytest.raises(CommandError) as failed:
        add(address)

    assert failed.value.returncode == 2
    assert not Source.objects.exists()


BAD_ROWS = [
    ("not JSON", b"{broken"),
    ("not JSON", b'{"text": "\xff\xfe"}'),
    ("not JSON", b"[" * 100_000),
    ("not a JSON object", b'["text"]'),
    ("text is empty", b'{"title": "Report", "outlet": "The Gazette", "text": "  "}'),
    ("text is not text", b'{"text": 12, "outlet": "The Gazette"}'),
    ("outlet is missing", b'{"text": "Forty boats."}'),
    ("characters that are not text", rb'{"text": "Forty \u0000 boats.", "outlet": "G"}'),
    ("characters that are not text", rb'{"text": "Forty \ud800 boats.", "outlet": "G"}'),
    ("http", b'{"text": "Forty boats.", "url": "javascript:alert(1)"}'),
    ("longer than", b'{"text": "Boats.", "url": "https://g.example/' + b"a" * 3000 + b'"}'),
    ("kind is 'gossip'", b'{"text": "Forty boats.", "outlet": "G", "kind": "gossip"}'),
    ("language is", b'{"text": "Forty boats.", "outlet": "G", "language": "plain English"}'),
    ("longer than", b'{"outlet": "G", "text": "' + b"boats " * 400_000 + b'"}'),
]


def test_each_bad_line_is_rejected_with_its_place_and_reason_and_the_good_ones_go_in(
    tmp_path, monkeypatch
):
    good = json.dumps(ROWS[0]).encode()
    lines = [good, *(line for _, line in BAD_ROWS), b"", json.dumps(ROWS[1]).encode()]
    file = tmp_path / "mixed.jsonl"
    file.write_bytes(b"\n".join(lines))

    said, trouble = add(file)

    assert said == "2 passages added; the library holds 2.\n"
    told = [line for line in trouble.splitlines() if line.startswith("rejected ")]
    unwrapped = " ".join(trouble.split())
    assert unwrapped.count("rejected mixed.jsonl:") == len(BAD_ROWS) == len(told)
    for number, ((why, _), line) in enumerate(zip(BAD_ROWS, told, strict=True), start=2):
        assert line.startswith(f"rejected mixed.jsonl:{number}: ")
        assert why in line


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("cut.jsonl.gz", gzip.compress(b'{"text": "x"}' * 500, mtime=0)[:-20]),
        ("not.jsonl.gz", b"this is not gzip"),
        ("bent.jsonl.gz", gzip.compress(b"words", mtime=0)[:12] + b"\xff" * 400),
    ],
    ids=["cut", "not", "bent"],
)
def test_a_broken_archive_is_rejected_in_one_line(tmp_path, name, body):
    file = tmp_path / name
    file.write_bytes(body)

    with pytest.raises(CommandError, match="rejected") as failed:
        add(file)

    assert failed.value.returncode == 2


def test_a_place_that_is_not_there_is_said():
    with pytest.raises(CommandError) as failed:
        add("/nowhere/news.jsonl")

    assert failed.value.returncode == 2


def test_one_hundred_rejected_rows_do_not_flood_the_screen(tmp_path, capsys):
    file = tmp_path / "bad.jsonl"
    file.write_text("nonsense\n" * 100)

    with pytest.raises(CommandError, match="100 rejected"):
        add(file)

    told = capsys.readouterr().err
    assert told.count("rejected bad.jsonl:") == 20
    assert "and 80 more were rejected" in told


def test_adding_the_same_documents_again_changes_nothing(tmp_path):
    file = written(tmp_path / "news.jsonl", ROWS)
    _, told = add(file)
    assert "Embedding passages" in told
    before = everything()

    said, told = add(file)

    assert "Embedding passages" not in told

    assert said == "0 passages added; the library holds 12.\n"
    assert everything() == before


def test_a_second_run_with_one_bad_line_is_no_failure(tmp_path):
    file = written(tmp_path / "news.jsonl", [*ROWS[:2], {"text": ""}])
    add(file)

    said, _ = add(file)

    assert said == "0 passages added; the library holds 2.\n"


def test_documents_without_an_address_are_known_by_their_words(tmp_path):
    rows = [{"text": "The harbour office counted 40 boats.", "outlet": "Harbour office"}]
    for name in ("one.jsonl", "two.jsonl"):
        add(written(tmp_path / name, rows))

    assert Source.objects.count() == Snapshot.objects.count() == 1


def test_a_changed_document_makes_a_new_snapshot_of_the_same_source(tmp_path):
    add(written(tmp_path / "news.jsonl", ROWS[:1]))
    add(written(tmp_path / "news.jsonl", [ROWS[0] | {"text": "The count was corrected to 8."}]))

    source = Source.objects.get()
    assert source.snapshots.count() == 2
    assert [passage.text for passage in Passage.objects.current()] == [
        "The count was corrected to 8."
    ]


A, B = (ROWS[0] | {"text": f"The count of boats was {number}."} for number in (40, 39))


@pytest.mark.parametrize("together", [False, True])
@pytest.mark.parametrize("before", [[], [A], [A, B]])
def test_a_document_that_says_again_what_it_said_is_found_as_it_is_now(tmp_path, before, together):
    rows = [*before, A, B, A]
    for number, some in enumerate([rows] if together else [[row] for row in rows]):
        add(written(tmp_path / f"{number}.jsonl", some))

    assert Source.objects.get().snapshots.count() == 2
    assert Passage.objects.current().get().text == A["text"]
    with transaction.atomic():
        assert [hit.passage for hit in by_words("The count of boats", "en", 5)] == [
            Passage.objects.current().get().pk
        ]
        assert {
            hit.passage for hit in by_words("The count of boats", "en", 5, Filters(kind="article"))
        } == {Passage.objects.current().get().pk}


def test_a_source_that_says_something_else_is_told_of_once(tmp_path):
    file = written(tmp_path / "news.jsonl", ROWS)
    add(file)
    assert not Event.objects.filter(verb="source.changed").exists()

    changed = written(tmp_path / "later.jsonl", [B, *ROWS[1:]])
    for _ in range(2):
        add(changed)

    told = Event.objects.get(verb="source.changed")
    assert Source.objects.get(changed_at__isnull=False).url == B["url"]
    assert told.data["digest"] == Snapshot.objects.get(text=B["text"]).digest


def test_one_outlet_is_one_however_its_name_is_cased(tmp_path):
    # Python lowers the first two otherwise than the database does.
    names = ["ΑΘΗΝΑΣ", "İstanbul Post", "THE GAZETTE", "The Gazette"]
    rows = [
        {"text": f"Report {n} counts boats.", "outlet": name, "url": f"https://g.example/{n}"}
        for n, name in enumerate(names)
    ]

    add(written(tmp_path / "news.jsonl", rows))

    assert Source.objects.count() == 4
    assert Outlet.objects.count() == 3


KILLED = """
import os, sys
import django
django.setup()
from django.core.management import call_command
from sources.management.commands import add_documents as command

command.ROWS_TOGETHER = 2
left = int(sys.argv[1])

def counted(step):
    def do(*arguments, **options):
        global left
        if left == 0:
            os.kill(os.getpid(), 9)
        left -= 1
        return step(*arguments, **options)
    return do

for name in ("store_rows", "add_documents", "embed_waiting"):
    setattr(command, name, counted(getattr(command, name)))
call_command("add_documents", *sys.argv[2:])
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("steps", "findable"), [(0, 0), (3, 6), (6, 12), (7, 13)])
def test_a_run_that_was_killed_goes_on_where_it_stopped(tmp_path, steps, findable):
    """Six steps take in two rows each, one the file of its own, one makes vectors."""
    alone = tmp_path / "alone.txt"
    alone.write_text("The harbour office was closed in June, its director told the council.")
    places = [str(written(tmp_path / "news.jsonl", ROWS)), str(alone)]
    database = connection.settings_dict
    address = f"postgres://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(steps), *places],
        env=os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "factcheck.settings"},
        cwd=Path(__file__).parents[2],
        check=False,
        capture_output=True,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert Snapshot.objects.count() == Passage.objects.count() == findable

    said, _ = add(*places)

    assert said == f"{13 - findable} passages added; the library holds 13.\n"
    resumed, turned = everything(), vectors()
    call_command("flush", interactive=False, verbosity=0)
    add(*places)
    assert resumed == everything()
    # Encoded in other company, a vector differs by the rounding of int8 activations.
    assert all(turned[text] @ vector > 0.97 for text, vector in vectors().items())


def test_what_somebody_else_read_meanwhile_is_not_read_twice():
    (snapshot,) = store_documents(
        [Document(title="Report", text=ROWS[0]["text"], outlet="The Gazette")]
    )
    encoder = registry.encoder()

    assert read_snapshots([snapshot], encoder) == 1
    assert read_snapshots([snapshot], encoder) == 0
    assert Passage.objects.count() == 1


@pytest.mark.parametrize("stated", ["8/19/19", "4/12/19", "2020-13-01", "last week"])
def test_a_document_with_a_date_nobody_can_read_is_kept_without_it_and_named(tmp_path, stated):
    file = tmp_path / "news.jsonl"
    written(file, [ROWS[0] | {"published_at": stated}])
    _, trouble = add(file)
    assert Source.objects.get().published_at is None
    assert f"kept news.jsonl:1 without a date: '{stated}'" in " ".join(trouble.split())
