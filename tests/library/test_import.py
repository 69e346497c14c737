"""Importing files of rows: CSV as programs write it, going on after a crash, and the report."""

import gzip
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection
from django.urls import reverse

from sources.importing import Overtaken, Report, begin_import, finish_import, store_rows
from sources.management.commands import add_documents
from sources.models import Import, Snapshot, Source
from sources.tables import NoTable, TableFile
from tests.library.test_add_documents import add, written
from tests.ui.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reports(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("reports")
    monkeypatch.chdir(folder)
    return folder


def table(path: Path, text: str, encoding: str = "utf-8") -> Path:
    body = text.encode(encoding)
    path.write_bytes(gzip.compress(body) if path.suffix == ".gz" else body)
    return path


CSV = 'Headline,Body,Link,Publisher,Date\n"Boats, many","Forty boats ""left"" Hull.\nAll came back.",https://g.example/1,Gazette,2020-06-04\n'


@pytest.mark.parametrize("name", ["news.csv", "news.csv.gz"])
def test_a_table_with_names_of_its_own_becomes_documents(tmp_path, name):
    add(table(tmp_path / name, CSV))
    source = Source.objects.get()
    assert (source.title, source.url, source.outlet.name) == (
        "Boats, many",
        "https://g.example/1",
        "Gazette",
    )
    assert str(source.published_at) == "2020-06-04"
    assert source.snapshots.get().text == 'Forty boats "left" Hull.\nAll came back.'


GERMAN = (
    "Vierzig Boote fuhren am Montag über die Förde – alle kamen zurück, heißt es. Für größere "
    "Schäden fände sich kein Beleg, erklärte die Behörde."
)


@pytest.mark.parametrize(
    ("encoding", "between"),
    [("utf-8-sig", ","), ("utf-16", ";"), ("utf-16-le", "\t"), ("cp1252", ";"), ("utf-8", "|")],
)
def test_encodings_and_separators_are_told_from_the_file(tmp_path, encoding, between):
    mark = "\ufeff" if encoding == "utf-16-le" else ""
    rows = [["text", "outlet"], [GERMAN, "Küstenblatt"]]
    text = mark + "".join(between.join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)
    add(table(tmp_path / "news.csv", text, encoding))
    snapshot = Snapshot.objects.get()
    assert snapshot.text == rows[1][0]
    assert snapshot.source.outlet.name == "Küstenblatt"


@pytest.mark.parametrize(
    "cell", ["=HYPERLINK(A1)", "+1 boats left.", "-2 boats", "@SUM(A1)", "\tx y"]
)
def test_a_formula_is_data(tmp_path, cell):
    add(table(tmp_path / "news.csv", f'text,outlet\n"{cell}",Gazette\n'))
    assert Snapshot.objects.get().text == cell


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("title,outlet\nBoats,Gazette\n", "no column is called text; the first row names: title"),
        ("text,title\nBoats,Gazette\n", "no column is called outlet or url"),
        ("text,Body,outlet\na,b,c\n", "two columns are text"),
        ("", "the file is empty"),
    ],
)
def test_a_table_without_the_names_it_needs_is_refused_as_a_whole(tmp_path, text, why):
    file = table(tmp_path / "news.csv", text)
    with pytest.raises(NoTable, match=why):
        TableFile(file)
    with pytest.raises(CommandError):
        add(file)


BAD = (
    "text,outlet,kind\n"
    "Forty boats left.,Gazette,news\n"
    "Too,many,news,cells\n"
    '"Broken"quote,Gazette,news\n'
    ",Gazette,news\n"
    "\n"
    "Thirty boats left.,Gazette,gossip\n"
    "Twenty boats left.,Gazette\n"
    '"Never closed,Gazette,news\nTen boats left.,Gazette,news\n'
)


def test_rejected_rows_are_reported_with_line_reason_and_content(tmp_path, reports):
    _, told = add(table(tmp_path / "news.csv", BAD))
    assert sorted(Snapshot.objects.values_list("text", flat=True)) == [
        "Forty boats left.",
        "Twenty boats left.",
    ]
    (report,) = reports.glob("news.csv.*.rejected.jsonl")
    assert str(report.name) in "".join(told.split())
    rows = [json.loads(line) for line in report.read_text().splitlines()]
    assert [(row["line"], row["why"]) for row in rows] == [
        (3, "4 cells under 3 names"),
        (4, "not CSV: ',' expected after '\"'"),
        (5, "text is empty"),
        (7, "kind is 'gossip', not one of " + rows[3]["why"].split("one of ")[1]),
        (9, "not CSV: a quotation mark is never closed"),
    ]
    assert rows[0]["content"] == ["Too", "many", "news", "cells"]
    assert rows[1]["content"] == '"Broken"quote,Gazette,news\n'
    assert rows[3]["content"] == {
        "text": "Thirty boats left.",
        "outlet": "Gazette",
        "kind": "gossip",
    }
    assert "Ten boats" in rows[4]["content"]


KILLED = """
import os, sys
import django
django.setup()
from django.core.management import call_command
from sources import importing
from sources.management.commands import add_documents as command

command.ROWS_TOGETHER = 2
store, left = importing.add_documents, [int(sys.argv[2])]

def killed_inside(documents):
    if left[0] == 0:  # after the report and the count, before the commit
        os.kill(os.getpid(), 9)
    left[0] -= 1
    return store(documents)

importing.add_documents = killed_inside
call_command("add_documents", sys.argv[1])
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["news.jsonl.gz", "news.csv"])
@pytest.mark.parametrize("batches", [0, 3])
def test_a_killed_import_goes_on_with_the_next_row_and_reports_each_rejected_one_once(
    tmp_path, reports, name, batches
):
    rows = [
        {"text": "" if n % 4 == 1 else f"Report {n} counts boats.", "url": f"https://g.example/{n}"}
        for n in range(16)
    ]
    if name.endswith(".csv"):
        lines = [f"{row['text']},{row['url']}\n" for row in rows]
        file = table(tmp_path / name, "text,url\n" + "".join(lines))
    else:
        file = written(tmp_path / name, rows)
    database = connection.settings_dict
    address = f"postgres://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(file), str(batches)],
        env=os.environ
        | {
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
        check=False,
        capture_output=True,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert Import.objects.get().rows == 2 * batches
    before = list(Snapshot.objects.order_by("pk").values_list("pk", flat=True))

    _, told = add(file)

    if batches:
        assert f"going on after row {2 * batches}" in told
    done = Import.objects.get()
    assert (done.rows, done.stored, done.rejected) == (16, 12, 4)
    assert done.finished_at is not None
    assert Snapshot.objects.count() == 12
    assert (
        list(Snapshot.objects.order_by("pk").values_list("pk", flat=True))[: len(before)] == before
    )
    (report,) = reports.glob("*.rejected.jsonl")
    assert [json.loads(line)["row"] for line in report.read_text().splitlines()] == [2, 6, 10, 14]


@pytest.mark.parametrize("name", ["news.jsonl.gz", "news.csv"])
def test_a_large_file_is_read_in_another_process(tmp_path, reports, name, monkeypatch):
    monkeypatch.setattr(add_documents, "WORTH_A_PROCESS", 0)
    if name.endswith(".csv"):
        file = table(
            tmp_path / name, "text,url\n,https://g.example/0\nBoats.,https://g.example/1\n"
        )
    else:
        file = written(
            tmp_path / name,
            [{"url": "https://g.example/0"}, {"text": "Boats.", "url": "https://g.example/1"}],
        )
    add(file)
    done = Import.objects.get()
    assert (done.rows, done.stored, done.rejected) == (2, 1, 1)
    assert done.finished_at is not None
    assert Snapshot.objects.get().passages.get().text == "Boats."


def test_a_large_archive_that_breaks_off_is_told_with_what_came_before(tmp_path, monkeypatch):
    monkeypatch.setattr(add_documents, "WORTH_A_PROCESS", 0)
    rows = [{"text": f"Boats {n}.", "url": f"https://g.example/{n}"} for n in range(9)]
    file = written(tmp_path / "news.jsonl.gz", rows)
    file.write_bytes(file.read_bytes()[:-12])
    with pytest.raises(CommandError, match="1 rejected"):
        add(file)


def test_a_folder_for_reports_is_made_and_one_that_cannot_be_stops_before_the_import(tmp_path):
    file = table(tmp_path / "news.csv", BAD)
    add(file, f"--reports={tmp_path / 'new' / 'deeper'}")
    assert list((tmp_path / "new" / "deeper").glob("news.csv.*.rejected.jsonl"))

    (tmp_path / "taken").write_text("no folder")
    other = table(tmp_path / "other.csv", "text,outlet\nSixty boats left.,Gazette\n")
    with pytest.raises(CommandError, match=r"nothing was imported.*--reports"):
        add(other, f"--reports={tmp_path / 'taken' / 'in'}")
    assert not Snapshot.objects.filter(text="Sixty boats left.").exists()
    assert Import.objects.count() == 1


def test_where_nothing_can_be_written_the_report_goes_to_the_temporary_folder(
    tmp_path, monkeypatch
):
    def writable(dir):
        if dir == Path():
            raise OSError(30, "Read-only file system")
        return (tmp_path / "tried").open("w")

    monkeypatch.setattr(add_documents, "TemporaryFile", writable)
    monkeypatch.setattr(add_documents, "gettempdir", lambda: str(tmp_path / "temporary"))
    add(table(tmp_path / "news.csv", BAD))
    assert list((tmp_path / "temporary").glob("news.csv.*.rejected.jsonl"))


def test_every_file_that_is_rejected_stands_in_a_report_with_its_folder(tmp_path, reports):
    (tmp_path / "scans").mkdir()
    for number in range(24):
        (tmp_path / "scans" / f"{number}.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(CommandError, match="24 rejected"):
        add(tmp_path)
    (report,) = reports.glob("files.*.rejected.jsonl")
    rows = [json.loads(line) for line in report.read_text().splitlines()]
    assert {row["file"] for row in rows} == {
        str(tmp_path / "scans" / f"{number}.png") for number in range(24)
    }
    assert "A picture is not read" in rows[0]["why"]


def test_why_rows_were_rejected_is_kept_for_moderators(tmp_path, client):
    add(table(tmp_path / "news.csv", BAD))
    begun = Import.objects.get()
    assert begun.reasons[0] == [3, "4 cells under 3 names"]
    assert len(begun.reasons) == begun.rejected
    Import.objects.update(reasons=[[7, "kind is '<gossip>'"]])
    client.force_login(person("mona", "Moderators"))
    page = client.get(reverse("admin:sources_import_change", args=[begun.pk])).text
    assert "Line 7: kind is &#x27;&lt;gossip&gt;&#x27;" in page
    assert f"And {begun.rejected - 1} more" in page


def test_of_many_rejected_rows_the_first_hundred_reasons_are_kept(tmp_path):
    with pytest.raises(CommandError):
        add(table(tmp_path / "news.jsonl", "nonsense\n" * 130))
    begun = Import.objects.get()
    assert (begun.rejected, len(begun.reasons)) == (130, 100)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "news.csv",
            "text,outlet,publised_at,empty\nBoats left.,G,2020-05-04,\nA.,G,2020-05-05,\n",
        ),
        ("news.jsonl", '{"text": "Boats left.", "outlet": "G", "publised_at": "2020-05-04"}\n' * 2),
    ],
)
def test_columns_that_nobody_reads_are_told_once_for_a_file(tmp_path, name, text):
    _, told = add(table(tmp_path / name, text))
    assert told.count("'publised_at'") == 1
    assert "those that are: text, title, url, outlet, published_at" in told
    assert "'empty'" not in told


@pytest.mark.parametrize(("days", "stored"), [(0, 1), (1, 1), (2, 0)])
def test_a_document_of_a_day_to_come_is_rejected(tmp_path, days, stored):
    day = datetime.now(UTC).date() + timedelta(days=days)
    rows = [{"text": "Boats left.", "outlet": "G", "published_at": str(day)}]
    rows.append({"text": "Ferries left.", "outlet": "G"})
    add(written(tmp_path / "news.jsonl", rows))
    assert Source.objects.filter(published_at=day).count() == stored
    why = f"published_at is {day}, which is in the future"
    assert Import.objects.get().reasons == ([] if stored else [[1, why]])


def test_a_finished_file_is_read_anew_and_changes_nothing(tmp_path, reports):
    file = table(tmp_path / "news.csv", BAD)
    add(file)
    first = [path.read_bytes() for path in reports.iterdir()]
    add(file)
    assert Import.objects.count() == 2
    assert Snapshot.objects.count() == 2
    assert [path.read_bytes() for path in reports.iterdir()] == first


def test_of_two_runs_at_the_same_file_one_is_told():
    begun, other = begin_import("news.csv", "a" * 64), begin_import("news.csv", "a" * 64)
    store_rows(begun, [], rejected=[(1, "text is empty")], report_bytes=0)
    with pytest.raises(Overtaken):
        store_rows(other, [], rejected=[(1, "text is empty")], report_bytes=0)
    finish_import(begun)
    assert begin_import("news.csv", "a" * 64) != begun


def test_a_report_that_was_moved_away_is_begun_again(tmp_path):
    report = Report(tmp_path / "gone.jsonl", length=500)
    assert report.length == 0
