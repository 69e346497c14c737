"""Tell what a file is by its first bytes; names and stated types are often wrong."""

import io
import re
import zipfile
from pathlib import PurePath

HTML, TEXT, MARKDOWN = "text/html", "text/plain", "text/markdown"
PDF, MAIL = "application/pdf", "message/rfc822"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
READ = (HTML, TEXT, MARKDOWN, PDF, DOCX, MAIL)

_BY_NAME = {".htm": HTML, ".html": HTML, ".xhtml": HTML, ".md": MARKDOWN, ".markdown": MARKDOWN}
_START = 4096  # bytes that are looked at
_MAGIC = {
    b"{\\rtf": "An RTF file",
    b"\x89PNG": "A picture",
    b"\xff\xd8\xff": "A picture",
    b"GIF8": "A picture",
    b"RIFF": "A picture, sound or film",
    b"II*\x00": "A picture",
    b"MM\x00*": "A picture",
    b"\x1f\x8b": "A compressed file",
    b"BZh": "A compressed file",
    b"7z\xbc\xaf": "A compressed file",
    b"Rar!": "A compressed file",
    b"\xfd7zXZ": "A compressed file",
    b"%!PS": "A PostScript file",
    b"\x7fELF": "A program",
    b"MZ\x90": "A program",
}
_PACKED = {
    "xl/": "A spreadsheet",
    "ppt/": "A presentation",
    "META-INF/container.xml": "An EPUB book",
    "content.xml": "An OpenDocument file",
}
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta|title|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADER = re.compile(r"([A-Za-z][A-Za-z-]{1,40}):[ \t]", re.ASCII)
_OF_MAIL = frozenset(
    """from to cc subject date received return-path message-id mime-version delivered-to reply-to
    content-type content-transfer-encoding sender""".split()
)


class Unread(ValueError):
    """A kind of file that is not read; the message names it."""


def stated_by(name: str) -> str:
    """Return the kind of text that the ending of a file's name states; empty for all others.

    >>> stated_by("Release.MD")
    'text/markdown'
    """
    return _BY_NAME.get(PurePath(name).suffix.lower(), "")


def kind_of(body: bytes, stated: str = "") -> str:
    """Return the content type of ``body``, one of READ.

    ``stated`` is what a name or a server says; it only decides among kinds of
    text. Raise Unread for anything else.
    """
    if b"%PDF-" in body[:1024]:
        return PDF
    if body.startswith(b"PK\x03\x04"):
        return _in_zip(body)
    if body.startswith(_OLE):
        # An encrypted .docx is a container of the old kind.
        raise Unread("A file locked with a password" if _LOCKED in body else "An old Word file")
    for magic, name in _MAGIC.items():
        if body.startswith(magic):
            raise Unread(name)
    start = _as_text(body[:_START])
    if _MARKUP.match(start):
        return HTML
    if _is_mail(start):
        return MAIL
    stated = stated.partition(";")[0].strip().lower()
    if stated in {HTML, "application/xhtml+xml"}:
        return HTML
    return MARKDOWN if stated == MARKDOWN else TEXT


def _as_text(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start.decode("utf-16", "replace")
    return start.decode("utf-8-sig", "replace")


def _in_zip(body: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, OverflowError):
        raise Unread("A broken archive") from None
    if "word/document.xml" in names:
        return DOCX
    for start, name in _PACKED.items():
        if any(packed_name.startswith(start) for packed_name in names):
            raise Unread(name)
    raise Unread("An archive")


def _is_mail(start: str) -> bool:
    """Whether it begins with header lines of which two are those of a message."""
    seen = set()
    for line in start.splitlines():
        header = _HEADER.match(line)
        if header:
            seen.add(header[1].lower())
        elif not line[:1].isspace() and not (not seen and line.startswith("From ")):
            break
    return len(seen & _OF_MAIL) >= 2 and bool(seen & {"from", "subject"})
