"""What a server sent, or somebody handed in, as a WARC record: a form every web archive reads.

WARC/1.1 (ISO 28500:2017), one gzip member a record, SHA-256 as the digest of
the payload and of the block. Bodies are kept unpacked; what the server said of
its packing is kept under X-Archive-Orig- names, as archives do.
"""

import io
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

CONTENT_TYPE = "application/warc"
_OF_THE_WAY = frozenset({"content-encoding", "transfer-encoding", "content-length"})


class BrokenRecord(ValueError):
    """The record cannot be read, or does not hold what its digest says."""


@dataclass(frozen=True, slots=True)
class Record:
    """An opened record: what was asked for, when, and the bytes that came."""

    uri: str
    kind: str
    at: datetime
    payload_digest: str
    """"sha256:" and base32, as in the record."""
    body: bytes


class _Writer(WARCWriter):
    """Writes SHA-256, where the library knows only SHA-1, whose collisions are for sale."""

    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


def response_record(
    url: str, *, status: int, headers: Iterable[tuple[str, str]], body: bytes, at: datetime
) -> bytes:
    """The record of a server's answer."""
    kept = [
        (f"X-Archive-Orig-{name}" if name.lower() in _OF_THE_WAY else name, value)
        for name, value in headers
    ]
    line = f"{status} {_phrase(status)}"
    http = StatusAndHeaders(
        line.strip(), [*kept, ("Content-Length", str(len(body)))], protocol="HTTP/1.1"
    )
    return _written("response", url, body, at, http=http)


def resource_record(uri: str, *, content_type: str, body: bytes, at: datetime) -> bytes:
    """The record of a file that somebody handed in."""
    return _written("resource", uri, body, at, content_type=content_type)


def _written(
    kind: str,
    uri: str,
    body: bytes,
    at: datetime,
    *,
    http: StatusAndHeaders | None = None,
    content_type: str = "",
) -> bytes:
    out = io.BytesIO()
    writer = _Writer(out, gzip=True, warc_version="1.1")
    headers = {
        "WARC-Date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
    }
    record = writer.create_warc_record(
        uri,
        kind,
        payload=io.BytesIO(body),
        http_headers=http,
        warc_headers_dict=headers,
        warc_content_type=content_type,
    )
    writer.write_record(record)
    return out.getvalue()


def opened(record: bytes) -> Record:
    """Open a record; raise BrokenRecord when it is not whole or not what its digests say."""
    try:
        found = next(iter(ArchiveIterator(io.BytesIO(record), check_digests="raise")), None)
        if found is None:
            raise BrokenRecord("There is no record.")
        body = found.content_stream().read()
        headers = found.rec_headers
        digest = headers.get_header("WARC-Payload-Digest") or ""
        if found.digest_checker.passed is not True or not digest.startswith("sha256:"):
            raise BrokenRecord("The record carries no SHA-256 of what it holds.")
        return Record(
            uri=headers.get_header("WARC-Target-URI") or "",
            kind=found.rec_type,
            at=datetime.fromisoformat(headers.get_header("WARC-Date")),
            payload_digest=digest,
            body=body,
        )
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, TypeError, AttributeError) as error:
        if isinstance(error, BrokenRecord):
            raise
        raise BrokenRecord(f"The record cannot be read: {error}") from None


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
