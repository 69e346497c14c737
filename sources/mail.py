"""Read a message saved as a file: a press release, often a forwarded one.

Attachments are named, never opened.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime

from sources import html
from sources.article import BODY, Article, NothingToRead, one_line
from sources.decoding import decoded, visible
from sources.passages import paragraphs

EXTRACTOR = "mail 1"

_REPLIED = re.compile(r"^((fwd?|fw|re|aw|wg|tr|rv|sv|vs|i|r|enc)\s*:\s*)+", re.IGNORECASE)
_FORWARDED = re.compile(
    r"^[ \t>]*(-{2,}[^-\n]{3,60}-{2,}|begin forwarded message:|_{10,})[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(r"^\W{0,2}([A-Za-zÀ-ÿ]{2,12})\W{0,2}\s?:\s*(.*)$")
_FIELDS = {
    **dict.fromkeys("from von de da van från fra od".split(), "from"),
    **dict.fromkeys("subject betreff objet asunto oggetto assunto onderwerp ämne".split(), "title"),
    **dict.fromkeys("date sent datum gesendet envoyé fecha enviado data verzonden".split(), "date"),
    **dict.fromkeys("to cc an à para a aan kopie bcc reply".split(), ""),
}
_SIGNATURE = "-- "
_MOST_NAMES = 10


def read_mail(body: bytes) -> Article:
    """Return the words of a message; raise NothingToRead when it has none.

    Of a forwarded message what counts is the message that was forwarded, with
    its own sender, subject and date. The signature under the words is left out.
    """
    try:
        message = message_from_bytes(body, policy=policy.default)
        inner = _attached_message(message)
        article = _read(inner or message)
        names = [] if inner else list(_attachments(message))
    except (MessageError, LookupError, ValueError, AttributeError, TypeError, IndexError) as error:
        # The parser of the standard library trips over broken headers in many ways.
        if isinstance(error, NothingToRead):
            raise
        raise NothingToRead("This message is broken; paste its text instead.") from None
    if names:
        more = "" if len(names) <= _MOST_NAMES else f" and {len(names) - _MOST_NAMES} more"
        article.notes = (f"Attachments not read: {', '.join(names[:_MOST_NAMES])}{more}.",)
    return article


def _attached_message(message: EmailMessage) -> EmailMessage | None:
    """Return the one message that this one forwards as an attachment."""
    inside = [part for part in message.walk() if part.get_content_type() == "message/rfc822"]
    if len(inside) != 1:
        return None
    payload = inside[0].get_payload()
    return payload[0] if isinstance(payload, list) and payload else None  # type: ignore[return-value]


def _read(message: EmailMessage) -> Article:
    article = Article(
        EXTRACTOR,
        title=_REPLIED.sub("", _header(message, "subject")),
        byline=_name(_header(message, "from")),
        outlet=_header(message, "organization"),
        language=_header(message, "content-language"),
        published_at=_date(_header(message, "date")),
    )
    plain = message.get_body(("plain",))
    text = _text(plain) if plain is not None else ""
    if text.strip():
        return _without_forwarder(article, text)
    page = message.get_body(("html",))
    if page is None:
        return article
    article.paragraphs = [(BODY, line) for line in html.read_words(_text(page))]
    return _without_forwarder(article, "\n\n".join(line for _, line in article.paragraphs))


def _header(message: EmailMessage, name: str) -> str:
    return one_line(visible(str(message.get(name, ""))))[:500]


def _name(sender: str) -> str:
    """Return who is named as the sender; the address says nothing to a reader."""
    name, _ = parseaddr(sender)
    return re.sub(r"\s*\((via|über|par)\b.*|[\"'<>]", "", name).strip()


def _date(stated: str) -> date | None:
    try:
        return parsedate_to_datetime(stated).date()
    except (ValueError, TypeError, OverflowError):
        return None


def _text(part: MIMEPart) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    text = visible(decoded(content, part.get_content_charset()) or "")
    if part.get_content_subtype() == "plain" and part.get_param("format") == "flowed":
        lines = [line.removeprefix(" ") for line in text.split("\n")]
        flows = (line.endswith(" ") and line != _SIGNATURE for line in lines)
        text = "".join(
            line if soft else f"{line}\n" for line, soft in zip(lines, flows, strict=True)
        )
    return text


def _without_forwarder(article: Article, text: str) -> Article:
    """Fill in the paragraphs of ``text`` from where the forwarded message begins."""
    forwarded = _FORWARDED.search(text)
    if forwarded:
        lines = [re.sub(r"^(> ?)+", "", line) for line in text[forwarded.end() :].split("\n")]
        stated, rest = _own_headers(lines)
        if len(stated) >= 2:
            text = "\n".join(rest)
            article = replace(
                article,
                title=_REPLIED.sub("", stated.get("title", article.title)),
                byline=_name(stated.get("from", "")) or stated.get("from", ""),
                published_at=_date(stated.get("date", "")),
                outlet="",
                language="",
            )
    text = text.split(f"\n{_SIGNATURE}\n")[0]
    lines_of = (one_line(text[start:end]) for start, end in paragraphs(text))
    article.paragraphs = [(BODY, line) for line in lines_of if line]
    return article


def _own_headers(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """Return the headers that a forwarded message begins with, and the lines after them."""
    stated: dict[str, str] = {}
    seen = False
    for number, line in enumerate(lines):
        found = _FIELD.match(line.strip())
        name = _FIELDS.get(found[1].lower()) if found else None
        if found and name is not None:
            seen = True
            if name:
                stated.setdefault(name, one_line(found[2].strip(" *")))
        elif line.strip() and seen and line[:1].isspace():
            continue  # a long list of recipients goes on
        elif line.strip() or len(stated) >= 2:
            return stated, lines[number:]
    return stated, []


def _attachments(message: EmailMessage) -> Iterator[str]:
    for part in message.iter_attachments():
        name = one_line(visible(part.get_filename() or ""))
        yield name[:80] or f"one without a name ({part.get_content_type()})"
