"""What people hand in becomes text, or one line that says why not."""

import codecs
import re
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources import limited
from sources.extract import NothingToRead, extract, extract_safely
from tests.documents import docx_of, mail_bytes, pdf_of

STORY = "Dam opens early\n\nThe dam near Lund opened in May. It cost 4 million crowns."


def plain(body, charset=None):
    return extract(body, content_type="text/plain", charset=charset)


def refusal(body, content_type="text/plain", **about):
    with pytest.raises(NothingToRead) as refused:
        extract(body, content_type=content_type, **about)
    message = str(refused.value)
    assert "\n" not in message
    assert len(message) < 160
    return message


def test_a_first_line_without_a_full_stop_is_the_headline():
    found = plain(STORY.encode())
    assert found.title == "Dam opens early"
    assert found.text == STORY
    assert [(found.text[b.start : b.end], b.placement) for b in found.blocks] == [
        ("Dam opens early", "headline"),
        ("The dam near Lund opened in May. It cost 4 million crowns.", "body"),
    ]


def test_a_text_of_one_line_has_no_headline_and_needs_no_full_stop():
    found = plain(b"The moon is made of cheese")
    assert (found.title, found.text) == ("", "The moon is made of cheese")


def test_a_first_line_that_is_a_sentence_is_no_headline():
    found = plain(b"The dam near Lund opened in May.\n\nIt cost 4 million crowns.")
    assert found.title == ""
    assert {block.placement for block in found.blocks} == {"body"}


def test_newlines_of_every_kind_become_one_kind():
    text = (
        "Dam opens\r\n\r\nIt opened in May this year.\rIt is large and new.\u2029It cost 4 million."
    )
    assert "\r" not in plain(text.encode()).text
    assert len(plain(text.encode()).blocks) == 4


@pytest.mark.parametrize(
    ("text", "encoding", "stated"),
    [
        ("Über den Damm wird seit Mai geredet.", "utf-8", None),
        ("Über den Damm wird seit Mai geredet.", "utf-8", "latin-1"),
        ("Über den Damm wird seit Mai geredet.", "utf-8-sig", None),
        ("Über den Damm wird seit Mai geredet.", "latin-1", "iso-8859-1"),
        ("Über den großen Damm wird geredet. Dort fließt kühles Wasser.", "latin-1", "utf-8"),
        ("Über den Damm wird seit Mai geredet.", "utf-16", None),
        ("Über den Damm wird seit Mai geredet.", "utf-16-le", "utf-16-le"),
        ("The dam has been talked about since May.", "utf-16-le", "UTF-16LE"),
        ("Плотину открыли в мае этого года, сообщило агентство.", "koi8-r", "koi8-r"),
        ("ダムは五月に開かれ、費用は四百万だった。", "shift_jis", "shift_jis"),
        ("ダムは五月に開かれ、費用は四百万だった。", "iso-2022-jp", "iso-2022-jp"),
        ("大坝于五月开放，耗资四百万。", "gb18030", "gb18030"),
    ],
)
def test_text_in_any_encoding_is_read_even_when_the_stated_one_is_wrong(text, encoding, stated):
    assert plain(text.encode(encoding), stated).text == text


@pytest.mark.parametrize("encoding", ["latin-1", "cp1251", "cp1253"])
def test_an_encoding_that_nobody_states_is_guessed(encoding):
    text = {
        "latin-1": "Über den großen Damm wird seit März geredet. Später fließt hier kühles Wasser.",
        "cp1251": "Плотину открыли в мае этого года. Она стоила четыре миллиона крон.",
        "cp1253": "Το φράγμα άνοιξε τον Μάιο. Κόστισε τέσσερα εκατομμύρια κορώνες.",
    }[encoding]
    assert plain(text.encode(encoding)).text == text


def test_one_broken_byte_does_not_spoil_a_page_of_utf8():
    body = ("Über den Damm wird seit Mai geredet, hört man. " * 20).encode()
    assert "Über den Damm" in plain(body[:400] + b"\xff" + body[400:]).text


@pytest.mark.parametrize("charset", ["rot13", "zlib", "base64", "no-such-thing", "\x00", "é", ""])
def test_a_stated_encoding_that_makes_no_sense_is_passed_over(charset):
    story = "Über den großen Damm wird seit März geredet. Später fließt hier kühles Wasser."
    assert plain(story.encode("latin-1"), charset).text == story


def test_characters_that_could_hide_words_are_dropped():
    hidden = "The d\u00adam o\u200bpened\u202e in\x07 May\ufeff this year."
    assert plain(hidden.encode()).text == "The dam opened in May this year."


@pytest.mark.parametrize(
    "body",
    [
        bytes(range(1, 256)) * 40,
        b"The dam \x01\x02\x03\x04 opened. " * 40,
        b"The dam opened in May.\x00 It is large.",
        codecs.BOM_UTF16_LE + b"\x00\xd8" * 50,
    ],
    ids=["bytes", "controls", "nul", "half characters"],
)
@pytest.mark.parametrize("content_type", ["text/plain", "text/html"])
def test_what_is_not_text_is_refused(body, content_type):
    assert "not text" in refusal(body, content_type)


@pytest.mark.parametrize("body", [b"", b" \n\t\r\n ", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_emptiness_is_refused(body):
    assert "at least one" in refusal(body)


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "one two three four\nfive six seven eight\n",
        "1 2 3 4 5 6.",
        "Home\nNews\nSport\nWeather\n",
        "a,b,c\n1,2,3\n",
        "* * * * *",
        "！！！！",
    ],
)
def test_text_without_a_sentence_is_refused(text):
    assert "no sentence" in refusal(text.encode())


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "A picture"),
        (b"{\\rtf1\\ansi The dam opened in May.}", "An RTF file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "An old Word file"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (b"\x1f\x8b\x08\x00" + bytes(90), "A compressed file"),
    ],
    ids=["picture", "rtf", "doc", "locked", "gzip"],
)
@pytest.mark.parametrize("stated", ["", "text/plain", "text/html", "application/pdf"])
def test_a_kind_that_is_not_read_is_named_whatever_was_stated(body, name, stated):
    message = refusal(body, stated)
    assert name in message
    assert "PDF, DOCX or plain text" in message


@pytest.mark.parametrize(
    "content_type", ["text/plain; charset=utf-8", "TEXT/PLAIN", "text/markdown"]
)
def test_a_type_is_recognised_however_it_is_written(content_type):
    assert extract(STORY.encode(), content_type=content_type).text == STORY


@pytest.mark.parametrize("stated", ["", "text/html", "application/pdf", "nonsense"])
def test_what_a_file_is_its_bytes_tell_and_not_its_stated_type(stated):
    page = b"<!DOCTYPE html><title>x</title><p>The dam near Lund opened in May, they said.</p>" * 2
    assert extract(page, content_type="text/plain").content_type == "text/html"
    assert extract(mail_bytes(), content_type=stated).content_type == "message/rfc822"
    assert extract(pdf_of(), content_type=stated).content_type == "application/pdf"
    assert extract(docx_of(), content_type=stated).content_type.endswith(
        "wordprocessingml.document"
    )
    assert extract(STORY.encode(), content_type="application/pdf").content_type == "text/plain"


def test_markdown_loses_its_signs():
    found = extract(
        b"# Dam opens early\n\nThe *dam* near [Lund](https://lund.example) opened in May\nof 2020.",
        content_type="text/markdown",
    )
    assert found.title == "Dam opens early"
    assert found.text == "Dam opens early\n\nThe dam near Lund opened in May of 2020."


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The dam near Lund opened in May. It cost 4 million crowns, the council said."),
        ("de", "Der Damm bei Lund wurde im Mai eröffnet. Er kostete 4 Millionen Kronen."),
        ("fr", "Le barrage près de Lund a ouvert en mai. Il a coûté 4 millions de couronnes."),
        ("es", "La presa cerca de Lund se abrió en mayo. Costó 4 millones de coronas suecas."),
        ("ar", "افتُتح السد قرب لوند في مايو. وبلغت تكلفته 4 ملايين كرونة."),
        ("zh", "大坝于五月开放，耗资四百万。市议会周一在声明中说。"),
        ("ko", "댐은 5월에 개방되었다. 비용은 400만 크로나였다."),
        ("uk", "Дамбу біля Лунда відкрили у травні. Вона коштувала 4 мільйони крон."),
    ],
)
def test_the_language_is_told_from_the_words(language, text):
    assert plain(text.encode()).language == language


def test_the_language_of_a_long_text_is_that_of_its_words_whatever_its_page_states():
    words = "Der Damm bei Lund wurde im Mai eröffnet, wie der Bürgermeister der Stadt mitteilte. "
    page = f"<html lang=en><body><article><h1>Der Damm</h1><p>{words * 3}</p><p>{words * 2}</p>"
    assert extract(page.encode(), content_type="text/html").language == "de"


def test_what_is_too_large_is_refused():
    assert "larger" in refusal(b"The dam opened in May. " * 500_000)


@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_any_bytes_become_text_with_blocks_or_are_refused(body):
    try:
        found = plain(body)
    except NothingToRead:
        return
    assert "\x00" not in found.text
    found.text.encode("utf-8")
    placed = " ".join(found.text[block.start : block.end] for block in found.blocks)
    assert placed.split() == found.text.split()


def test_the_process_with_limits_gives_the_same_answer():
    page = (
        b"<html lang=en><head><title>Dam opens early</title><meta property='article:published_time'"
        b" content='2020-05-04T10:00:00Z'></head><body><article><h1>Dam opens early</h1>"
        + b"<p>The dam near Lund opened in May, the council of the town said on Monday.</p>" * 3
        + b"</article></body></html>"
    )
    about = {"content_type": "text/html", "charset": "utf-8", "url": "https://news.example/dam"}
    assert extract_safely(page, **about) == extract(page, **about)


@settings(max_examples=6, deadline=None, derandomize=True)
@given(st.sampled_from(["pdf", "docx", "mail"]), st.randoms(use_true_random=False))
def test_damaged_files_end_in_an_answer_or_in_a_refusal(kind, random):
    body = bytearray({"pdf": pdf_of, "docx": docx_of, "mail": mail_bytes}[kind]())
    for _ in range(random.randint(1, 40)):
        body[random.randrange(len(body))] = random.randrange(256)
    with suppress(NothingToRead):
        found = extract_safely(bytes(body[: random.randint(len(body) // 2, len(body))]))
        assert all(found.text[block.start : block.end].strip() for block in found.blocks)


@pytest.mark.parametrize("make", [pdf_of, docx_of, mail_bytes])
def test_blocks_cover_the_text_with_blank_lines_between_them(make):
    found = extract(make())
    assert "\n\n".join(found.text[block.start : block.end] for block in found.blocks) == found.text


def test_the_process_with_limits_refuses_with_the_same_words():
    with pytest.raises(NothingToRead, match="no sentence"):
        extract_safely(b"hello", content_type="text/plain")


def test_a_page_that_keeps_the_parser_busy_is_given_up(monkeypatch):
    monkeypatch.setattr(limited, "SECONDS", 1.5)
    slow = (
        b"<html><body><p "
        + b" ".join(b"a%d=1" % n for n in range(200_000))
        + b">x</p></body></html>"
    )
    began = time.monotonic()
    with pytest.raises(NothingToRead, match="limits of memory and time"):
        extract_safely(slow, content_type="text/html")
    assert time.monotonic() - began < 8


@pytest.mark.parametrize(
    ("greed", "error"),
    [("bytearray(3_000_000_000)", "MemoryError"), ("open('kept', 'wb').write(b'x' * 9000)", "")],
    ids=["memory", "files"],
)
def test_the_process_can_neither_take_more_memory_nor_write_files(greed, error, tmp_path):
    code = (
        "import os, sys, io; from sources import limited\n"
        f"def greedy(body, about):\n    os.chdir({str(tmp_path)!r}); {greed}; return {{}}\n"
        "limited.answer_in_limits(greedy)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input="{}\n", capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert error in done.stderr
    assert all(not path.stat().st_size for path in tmp_path.iterdir())


def test_the_process_sees_no_settings_of_this_one(monkeypatch):
    seen = {}

    def run(command, **options):
        seen.update(options)
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setenv("SECRET_KEY", "Geheim7")
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(NothingToRead):
        extract_safely(STORY.encode(), content_type="text/plain")
    assert seen["env"] == {}


def test_plain_text_stays_exactly_as_it_is():
    text = "A headline\n\nOne ends in a blank.\u00a0\n\n  Another is  indented.\tIt ends here."
    found = plain(f"\n{text}\n".encode())
    assert found.text == text
    assert text[found.blocks[0].start : found.blocks[0].end] == "A headline"


def test_characters_that_nobody_sees_are_left_out_of_text_and_names():
    page = (
        "<html><head><title>Boats&#xFFFE;\n at\u0007 sea</title>"
        '<meta name="author" content="Jo\n&#7; Reed"></head><body><article><h1>Boats at sea</h1>'
        "<p>Forty&#xFFFF; boats\ufdd0 left the harbour on Monday, officials said.</p>"
        "<p>The harbour was built in 1902 and has two piers, the county said in a report.</p>"
        "<p>Ten ships came to the harbour on Tuesday, which was a record.</p></article>"
    )
    read = extract(page.encode())
    assert "Forty boats left the harbour" in read.text
    assert all(read.text[block.start : block.end] in read.text for block in read.blocks)
    for words in (read.title, read.byline, read.text):
        assert not re.search("[\x00-\x08\x0b-\x1f\ufdd0-\ufdef\ufffe\uffff]", words)
    assert "\n" not in read.title + read.byline
