"""./dev check as somebody sees it who types it."""

import json
import re
import sys
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from typing import Any

import pytest

from claims.actions.evidence import accept_evidence, reject_evidence
from claims.actions.review import reword_claim
from claims.models import ArticleVersion, Claim, Evidence, Search, Submission
from factcheck.management.commands import check_article
from sources import registry
from sources.actions import read_snapshots
from sources.ports import Stance
from sources.storing import store_documents
from sources.web import Fetcher
from tests.documents import mail_of
from tests.factories import UserFactory
from tests.loopback import PUBLIC, page, serving
from tests.model_server import http, model_server
from tests.stories import split_in_two
from tests.terminal.harbour import ARTICLE, LIBRARY

pytestmark = pytest.mark.django_db(transaction=True)


def checked(check: Callable[..., str], *arguments: object) -> dict[str, Any]:
    return json.loads(check("--json", *arguments))


def test_json_has_exactly_the_keys_that_were_promised(check, article, library):
    answer = checked(check, article, "--published", "2020-06-24", "--outlet", "Harbour Times")

    assert answer.keys() == {"article", "claims"}
    assert answer["article"].keys() == {"title", "text", "outlet", "published_at"}
    assert answer["article"]["outlet"] == "Harbour Times"
    assert answer["article"]["published_at"] == "2020-06-24"
    assert len(answer["claims"]) >= 4
    for claim in answer["claims"]:
        assert claim.keys() == {
            *("start", "end", "quote", "text", "kind", "desk", "claimant"),
            *("check_worthiness", "reasons", "needs_context", "read_with", "evidence"),
        }
        for piece in claim["evidence"]:
            assert piece.keys() == {
                *("stance", "confidence", "shown", "relation", "passage", "rationale", "source"),
                *("figures", "quotations"),
            }
            assert piece["source"].keys() == {"title", "url", "outlet", "published_at"}
    assert any(claim["evidence"] for claim in answer["claims"])


def test_each_claim_stands_at_its_offsets_and_each_rationale_in_its_passage(
    check, article, library
):
    answer = checked(check, article)

    text = answer["article"]["text"]
    places = [claim["start"] for claim in answer["claims"]]
    assert places == sorted(places)
    rationales = 0
    for claim in answer["claims"]:
        assert text[claim["start"] : claim["end"]] == claim["quote"] != ""
        for piece in claim["evidence"]:
            assert piece["rationale"] in piece["passage"]
            assert piece["source"]["url"].startswith("https://")
            rationales += bool(piece["rationale"])
    assert rationales >= 2


def test_both_sides_are_found_and_a_relay_is_called_one(check, article, library):
    answer = checked(check, article, "--published", "2020-06-24")

    (boats,) = [c for c in answer["claims"] if c["text"].startswith("Forty boats left Portsea")]
    assert boats["claimant"].endswith("oastguard")
    by_outlet = {piece["source"]["outlet"]: piece for piece in boats["evidence"]}
    log = by_outlet["Portsea Port Authority"]
    assert (log["stance"], log["shown"], log["confidence"]) == ("contradicts", True, 0.87)
    assert log["figures"] == [
        {
            "claimed": "Forty boats left Portsea in 2020",
            "found": "thirty boats left Portsea",
            "how": "unsure",
        }
    ]
    assert log["quotations"] == []
    relay = by_outlet["Portsea Courier"]
    assert (relay["relation"], relay["shown"]) == ("relays_claimant", False)


def test_what_a_person_decided_counts_more_than_what_the_machine_said(check, article, library):
    checked(check, article)
    claim = Claim.objects.get(text="The harbour was built in 1902.")
    museum = Evidence.objects.get(claim=claim, source__outlet__name="Harbour Museum")
    other = Evidence.objects.filter(claim=claim).exclude(pk=museum.pk).earliest("pk")
    accept_evidence(museum.pk, Stance.CONTRADICTS, by=UserFactory())
    reject_evidence(other.pk, "Another harbour.", by=UserFactory())

    answer = checked(check, article)

    (built,) = [c for c in answer["claims"] if c["text"] == claim.text]
    stances = {piece["source"]["outlet"]: piece["stance"] for piece in built["evidence"]}
    assert stances["Harbour Museum"] == "contradicts"
    assert other.source.outlet.name not in stances


def test_what_people_edited_is_told_from_the_machines_work(check, article, library):
    checked(check, article)
    built = Claim.objects.get(text="The harbour was built in 1902.")
    first, _ = split_in_two(built)
    boats = Claim.objects.filter(added_by=None, desk=True).earliest("pk")
    reword_claim(boats.pk, "Boats left Portsea.", wording=1, by=UserFactory())

    claims = {claim["text"]: claim for claim in checked(check, article)["claims"]}
    printed = check(article)

    assert built.text not in claims
    assert (claims[first.text]["made_by"], claims[first.text]["worded_by"]) == ("person", "person")
    assert claims["Boats left Portsea."]["worded_by"] == "person"
    assert "made_by" not in claims["Boats left Portsea."]
    assert f"{first.text}\n   (marked or split off by a person)" in printed
    assert "Boats left Portsea.\n   (worded by a person)" in printed


def test_people_read_claims_and_passages_in_eighty_columns(check, article, library):
    told = check(article, "--published", "2020-06-24")

    assert "1. " in told
    assert "- contradicts 0.87 · Portsea Port Authority" in told
    assert "+ supports 0.87 · Harbour Museum" in told
    assert "relays the claimant" in told
    assert re.search(r"oastguard says", told)
    marked = " ".join(told.split())
    assert ">Papers confirm that the harbour of Portsea was built in 1902.< It has" in marked
    assert "https://museum.example/history" in told
    assert "claim Forty boats left · passage thirty boats left" in marked
    for line in told.splitlines():
        assert len(line) <= 80, line
    last = f"{Claim.objects.count()} claims in “Forty boats left the harbour”."
    assert told.splitlines()[-1] == last


def test_the_sentence_a_claim_must_be_read_with_is_printed_below_it(check, tmp_path):
    file = tmp_path / "deal.txt"
    file.write_text("The county signed a deal with Peru in 2019. The deal cost 40 million euros.")

    assert "read with: The county signed a deal with Peru in 2019." in check(file)


def test_an_empty_library_says_so(check, article):
    told = check(article)

    assert "The library has nothing on this; add documents" in told
    assert "supports" not in told


def test_an_article_may_come_from_another_program(check, monkeypatch):
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(ARTICLE.encode())))

    assert checked(check, "-")["article"]["text"].startswith("Forty boats left the harbour")


def test_a_page_is_fetched_and_kept_inside(check, monkeypatch, settings):
    settings.OUTSIDE_PROVIDERS = ["wikipedia"]
    paragraphs = "".join(f"<p>{line}</p>" for line in ARTICLE.split("\n\n")[1:])
    html = f"<html><body><article><h1>Forty boats left the harbour</h1>{paragraphs}"
    with serving(lambda path: [page(html.encode())]) as backend:
        fetcher = Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend)
        monkeypatch.setattr(registry, "fetcher", lambda: fetcher)
        answer = checked(check, "https://paper.example/boats")

    assert answer["article"]["title"] == "Forty boats left the harbour"
    assert Submission.objects.get().visibility == "confidential"
    assert not Search.objects.filter(outside=True).exists()


def test_the_same_article_again_is_searched_again_and_not_split_again(check, article):
    checked(check, article)
    read_snapshots(store_documents(LIBRARY), registry.encoder())

    again = checked(check, article)

    assert ArticleVersion.objects.count() == 1
    assert Claim.objects.count() == len(again["claims"])
    assert any(claim["evidence"] for claim in again["claims"])


def test_a_file_that_is_not_there_is_said_in_one_line(refused, tmp_path):
    assert "No such file" in refused(tmp_path / "nothing.txt")
    assert "Is a directory" in refused(tmp_path)


def test_what_holds_no_article_is_said_in_one_line(refused, tmp_path):
    file = tmp_path / "article.txt"
    for body in (
        b"",
        b" \n\n ",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01",
        b"\x00\x01\x02\xff" * 500,
        b"12 34 56\n\n78",
        b"----------",
    ):
        file.write_bytes(body)
        assert len(refused(file)) > 30


@pytest.mark.parametrize("name", ["photo.jpg", "report.docx", "noending"])
def test_a_binary_file_is_refused_whatever_its_name(refused, tmp_path, name):
    file = tmp_path / name
    file.write_bytes(bytes(range(256)) * 20)

    refused(file)


def test_a_file_that_never_ends_is_not_read_for_ever(refused, settings):
    settings.MAX_UPLOAD_BYTES = 100_000

    assert "larger than 100,000 bytes" in refused("/dev/zero")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://10.0.0.8/page",
        "http://user:secret@paper.example/",
    ],
)
@pytest.mark.parametrize("options", [(), ("--public",)], ids=["confidential", "public"])
def test_an_address_that_must_not_be_fetched_is_said_in_one_line(refused, address, options):
    line = refused(address, *options)

    assert "secret" not in line
    assert not Claim.objects.exists()


def test_a_look_tells_a_file_that_can_be_read_from_one_that_cannot(
    check, refused, article, tmp_path
):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")

    assert check(article, "--only-look") == ""
    assert refused(empty, "--only-look")
    assert not Submission.objects.exists()


def test_an_article_without_a_title_is_not_named_by_empty_quotes(check, tmp_path):
    file = tmp_path / "page.html"
    paragraphs = "".join(f"<p>{line}</p>" for line in ARTICLE.split("\n\n")[1:])
    file.write_text(f"<html><body><article>{paragraphs}</article></body></html>")

    assert "claims in this text, which has no title." in check(file)


def test_a_server_that_does_not_answer_is_said_in_one_line(refused, monkeypatch):
    def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    monkeypatch.setattr(registry, "fetcher", lambda: Fetcher(resolver=nowhere))

    assert "paper.example" in refused("https://paper.example/boats")


def test_a_page_without_an_article_is_said_in_one_line(refused, monkeypatch):
    with serving(lambda path: [page(b"<html><body>Login")]) as backend:
        fetcher = Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend)
        monkeypatch.setattr(registry, "fetcher", lambda: fetcher)
        refused("https://paper.example/login")


def test_without_workers_the_command_does_not_wait_for_ever(article, monkeypatch, capsys):
    monkeypatch.setattr(check_article.time, "sleep", lambda _: None)

    with pytest.raises(SystemExit) as ended:
        check_article.Command().run_from_argv(["manage.py", "check_article", str(article)])

    assert ended.value.code == 1
    assert "is ./dev up running?" in capsys.readouterr().err


def test_an_article_in_another_language_is_said_to_be_one(tmp_path, capsys):
    file = tmp_path / "damm.eml"
    message = mail_of("Der Damm bei Lund wurde im Mai eröffnet. Er kostete 4,2 Mio. Kronen.")
    message.add_attachment(b"x", maintype="image", subtype="png", filename="damm.png")
    file.write_bytes(message.as_bytes())
    command = check_article.Command()
    command.run_from_argv(["manage.py", "check_article", str(file), "--json"])
    out, err = capsys.readouterr()
    claims = json.loads(out)["claims"]
    assert {(claim["kind"], claim["check_worthiness"]) for claim in claims} == {("unknown", None)}
    assert "Written in German: sentences only" in err
    assert "Attachments not read: damm.png." in err


def test_it_says_when_the_language_model_did_not_help(article, capsys, settings):
    settings.OUTSIDE_PROVIDERS = []
    settings.LLM_MODEL = "scripted"
    with model_server(lambda asked: http(401, b"")) as server:
        settings.LLM_URL = server.url
        command = check_article.Command()
        command.run_from_argv(["manage.py", "check_article", str(article), "--public"])
    line = "Split by the offline rules: the language model refused the key (status 401)."
    assert line in capsys.readouterr().err
