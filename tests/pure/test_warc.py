"""Bytes as WARC records, read back by us and by the archive's own tool."""

import gzip
import io
from base64 import b32encode
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from warcio.archiveiterator import ArchiveIterator

from sources.warc import BrokenRecord, opened, resource_record, response_record

AT = datetime(2026, 3, 1, 12, 30, 5, 250_000, tzinfo=UTC)
BODY = b"<p>Vierzig Boote \r\n\r\n WARC/1.1 </p>" * 50


def answer(body=BODY, **columns):
    given = {"status": 200, "headers": [("Content-Type", "text/html"), ("X-By", "ä")], "at": AT}
    return response_record("https://port.example/log?a=1", body=body, **given | columns)


@pytest.mark.parametrize("body", [BODY, b"", b"\x00\xff" * 9000])
def test_an_answer_comes_back_as_it_was(body):
    record = opened(answer(body))
    assert (record.uri, record.kind, record.at, record.body) == (
        "https://port.example/log?a=1",
        "response",
        AT,
        body,
    )
    assert record.payload_digest == "sha256:" + b32encode(sha256(body).digest()).decode()


def test_the_record_is_one_gzip_member_of_warc_1_1_with_the_headers_as_sent():
    text = gzip.decompress(
        answer(headers=[("Content-Encoding", "gzip"), ("Via", "a"), ("Via", "b")])
    )
    assert text.startswith(b"WARC/1.1\r\n")
    assert b"HTTP/1.1 200 OK\r\n" in text
    assert text.count(b"Via: ") == 2
    assert b"X-Archive-Orig-Content-Encoding: gzip" in text
    found = next(iter(ArchiveIterator(io.BytesIO(answer()), check_digests="raise")))
    assert found.http_headers.get_header("Content-Length") == str(len(BODY))


def test_a_file_is_a_resource():
    record = opened(
        resource_record("urn:sha256:00", content_type="application/pdf", body=b"%PDF", at=AT)
    )
    assert (record.kind, record.body) == ("resource", b"%PDF")


def _edited(record, old, new):
    return gzip.compress(gzip.decompress(record).replace(old, new))


@pytest.mark.parametrize(
    "broken",
    [
        _edited(answer(), b"Vierzig", b"Funfzig"),
        _edited(answer(), b"WARC-Payload-Digest: sha256:", b"WARC-Payload-Digest: sha256:AA"),
        _edited(answer(), b"WARC-Payload-Digest", b"X-Digest"),
        answer()[:-40],
        b"",
        b"no record",
    ],
)
def test_a_record_that_was_changed_is_not_opened(broken):
    with pytest.raises(BrokenRecord):
        opened(broken)
